"""The inbox, one's own wishes, contacts and letters over HTTP: each sees what is theirs."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from tests import mornings
from tests.desk import Desk
from tests.mornings import at, deliver_at, duty, received

WISHES = {"email": "ubnd@example.vn", "digest_at": "07:15:00", "mail": False, "language": "en", "redirect_to": None}


def test_an_inbox_is_read_item_by_item_and_says_how_things_stand_now(desk: Desk) -> None:
    code, (referral,) = received(desk.office)
    deliver_at(desk.office, at(date(2026, 8, 25)))
    client = desk.as_("ubnd")
    found = client.get("/api/v1/inbox").json()
    assert found["total"] == 2
    newest = found["items"][0]
    assert (newest["case"], newest["due_on"], newest["overdue"]) == (code, "2026-08-27", False)
    assert newest["standing"]["vi"] == "còn 2 ngày làm việc"
    assert client.get("/api/v1/inbox", params={"limit": 1}).json()["items"] == [newest]
    read = client.post("/api/v1/inbox/read", json={"items": [newest["id"], str(uuid4())]})
    assert read.json() == {"read": 1, "unread": 1}
    assert [i["id"] for i in client.get("/api/v1/inbox", params={"unread": "true"}).json()["items"]] != [newest["id"]]
    desk.office.clock.now = at(date(2026, 8, 26))
    desk.office.go(code, "answer", date(2026, 8, 26), referral=referral, claimed="explained", words="Đã có kế hoạch")
    after = client.get("/api/v1/inbox").json()["items"][0]
    assert after["settled"]["en"] == "The time limit runs no longer, or to another day"
    assert client.post("/api/v1/inbox/read", json={"all": True}).json() == {"read": 1, "unread": 0}
    assert client.post("/api/v1/inbox/read", json={}).status_code == 422


def test_nobody_reads_or_marks_the_inbox_of_another(desk: Desk) -> None:
    received(desk.office)
    deliver_at(desk.office, at(date(2026, 8, 25)))
    item = desk.as_("ubnd").get("/api/v1/inbox").json()["items"][0]["id"]
    assert desk.as_("charge").get("/api/v1/inbox").json()["items"] == []
    assert desk.as_("charge").post("/api/v1/inbox/read", json={"items": [item]}).json() == {"read": 0, "unread": 0}
    assert desk.as_("ubnd").get("/api/v1/inbox").json()["total"] == 2


def test_a_case_that_was_taken_away_is_gone_from_the_inbox(desk: Desk) -> None:
    code, (referral,) = received(desk.office)
    deliver_at(desk.office, at(date(2026, 8, 25)))
    desk.office.go(code, "recall", date(2026, 8, 25), referral=referral)
    found = desk.as_("ubnd").get("/api/v1/inbox")
    assert (found.json()["items"], found.json()["total"]) == ([], 0)
    assert code not in found.text


def test_everybody_chooses_for_themselves(desk: Desk) -> None:
    client = desk.as_("ubnd")
    assert client.get("/api/v1/me/notices").json()["digest_at"] == "07:30:00"
    assert client.put("/api/v1/me/notices", json=WISHES).json() == WISHES
    assert client.get("/api/v1/me/notices").json() == WISHES
    assert desk.as_("charge").get("/api/v1/me/notices").json()["email"] is None
    for wrong in ({"email": "a b@c"}, {"digest_at": "23:00"}, {"redirect_to": "ubnd"}, {"redirect_to": "nobody"}):
        refused = client.put("/api/v1/me/notices", json=WISHES | wrong)
        assert refused.status_code == 422, wrong
        assert refused.json()["problems"][0]["field"] == next(iter(wrong))
    assert client.put("/api/v1/me/notices", json=WISHES | {"redirect_to": "kt"}).status_code == 200


def test_letters_cannot_be_redirected_into_another_council(neighbour: Desk) -> None:
    refused = neighbour.as_("ubnd").put("/api/v1/me/notices", json=WISHES | {"redirect_to": "stranger"})
    absent = neighbour.as_("ubnd").put("/api/v1/me/notices", json=WISHES | {"redirect_to": "nobody"})
    assert refused.status_code == absent.status_code == 422
    assert refused.text.replace("stranger", "nobody") == absent.text


def test_contacts_are_named_by_who_is_in_charge(neighbour: Desk) -> None:
    path = "/api/v1/agencies/UBND/contacts"
    one = {"place": 1, "name": "Vì Thị Đầu Mối", "email": "vp@ubnd.example.vn"}
    two = {"place": 2, "name": "Lò Văn Thay", "email": "thay@ubnd.example.vn"}
    client = neighbour.as_("charge")
    assert len(client.put(path, json={"contacts": [one, two]}).json()) == 2
    assert client.put(path, json={"contacts": [one]}).json() == [{"agency": "UBND", **one}]
    assert client.get(path).json() == [{"agency": "UBND", **one}]
    assert neighbour.as_("stranger").get(path).json() == []
    assert neighbour.as_("deputy").get(path).status_code == 403
    assert neighbour.as_("deputy").put(path, json={"contacts": [one]}).status_code == 403
    assert client.get("/api/v1/agencies/KHONGCO/contacts").status_code == 404
    for wrong in ("không", "a@b.vn\r\nBcc: c@d.vn", "a@b.vn, c@d.vn"):
        assert client.put(path, json={"contacts": [one | {"email": wrong}]}).status_code == 422, wrong


def test_letters_are_looked_after_by_the_office_of_their_council(neighbour: Desk) -> None:
    letter = mornings.dead_letter(neighbour.office, "ubnd")
    (found,) = neighbour.as_("charge").get("/api/v1/messages", params={"state": "dead"}).json()["items"]
    assert (found["id"], found["to"], found["error"]) == (str(letter), "ubnd", "550 5.1.1 no such user")
    for login in ("stranger", "deputy", "ubnd"):
        assert neighbour.as_(login).get("/api/v1/messages").json()["items"] == []
        assert neighbour.as_(login).post(f"/api/v1/messages/{letter}/retry", json={}).status_code == 404
    again = neighbour.as_("charge").post(f"/api/v1/messages/{letter}/retry", json={})
    assert again.json()["state"]["code"] == "waiting"
    neighbour.office.raw("UPDATE message SET state = 'dropped', trouble = 'empty'")
    assert neighbour.as_("charge").post(f"/api/v1/messages/{letter}/retry", json={}).status_code == 422


def test_a_duty_has_no_case_and_is_read_like_any_other(desk: Desk) -> None:
    desk.office.clock.now = at(date(2026, 9, 11))
    duty(desk.office, "duty:1", "council_office")
    deliver_at(desk.office, at(date(2026, 9, 11)))
    (item,) = desk.as_("charge").get("/api/v1/inbox").json()["items"]
    assert (item["case"], item["what"]["vi"], item["due_on"]) == (None, "Ngày mai tiếp công dân", None)
