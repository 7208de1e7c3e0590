"""Similar petitions, splitting and the carried-over list over HTTP."""

from __future__ import annotations

from states.vocabulary import Confidentiality
from tests.desk import Desk

TEXT = "Đường vào bản Nà Pát lầy lội, mùa mưa xe không đi lại được, đề nghị sửa chữa sớm"
SIMILAR = "/api/v1/petitions/similar"


def test_a_text_is_asked_in_the_body_and_nothing_is_written(desk: Desk) -> None:
    code = desk.enter(TEXT)
    events = desk.office.rows("SELECT * FROM event")
    answer = desk.as_("clerk").post(SIMILAR, json={"text": f"- {TEXT}."})
    assert answer.status_code == 200, answer.text
    [found] = answer.json()
    assert (found["code"], found["score"], found["degree"], found["text"]) == (code, 100, "same", TEXT)
    assert desk.office.rows("SELECT * FROM event") == events
    assert desk.as_("clerk").get(SIMILAR, params={"text": TEXT}).status_code == 405
    assert desk.as_("clerk").post(SIMILAR, json={}).status_code == 422


def test_similar_petitions_of_others_and_restricted_ones_do_not_exist(neighbour: Desk) -> None:
    neighbour.enter(TEXT)
    assert neighbour.as_("stranger").post(SIMILAR, json={"text": TEXT}).json() == []
    assert neighbour.as_("stranger").post(SIMILAR, json={"text": TEXT, "council": "NP"}).status_code == 404
    before = neighbour.as_("clerk").post(SIMILAR, json={"text": TEXT}).content
    neighbour.office.record(TEXT, confidentiality=Confidentiality.RESTRICTED)
    assert neighbour.as_("clerk").post(SIMILAR, json={"text": TEXT}).content == before


def test_a_petition_is_split_and_the_case_that_stays_shows_what_went_in(desk: Desk) -> None:
    code, other = desk.enter(TEXT), desk.enter("Đường bản Nà Pát hỏng")
    desk.move(other, "merge", payload={"into": code})
    path = f"/api/v1/cases/{code}/split"
    body = {"on": "2026-08-04", "parts": [TEXT, "Đề nghị khoan giếng"]}
    assert desk.as_("charge").post(path, json=body).status_code == 428
    assert desk.as_("charge", **{"If-Match": '"1"'}).post(path, json=body).status_code == 412
    answer = desk.as_("charge", **{"If-Match": '"2"', "Idempotency-Key": "k"}).post(path, json=body)
    assert answer.status_code == 200, answer.text
    assert (answer.json()["stays"]["version"], answer.headers["ETag"]) == (3, '"3"')
    [born] = answer.json()["born"]
    again = desk.as_("charge", **{"If-Match": '"2"', "Idempotency-Key": "k"}).post(path, json=body)
    assert again.content == answer.content
    part = desk.as_("clerk").get(f"/api/v1/cases/{born['code']}").json()
    assert (part["text"], part["received_on"], part["links"][0]["code"]) == ("Đề nghị khoan giếng", "2026-08-01", code)
    whole = desk.as_("clerk").get(f"/api/v1/cases/{code}").json()
    assert [(m["code"], m["text"]) for m in whole["merged"]] == [(other, "Đường bản Nà Pát hỏng")]
    assert whole["detail"]["times_raised"] == 2
    refused = desk.as_("front", **{"If-Match": "*"}).post(path, json=body)
    assert (refused.status_code, refused.json()["failed"][0]["code"]) == (403, "council_desk")


def test_what_is_carried_over_is_read_by_session(neighbour: Desk) -> None:
    code = neighbour.enter(TEXT)
    path = "/api/v1/sessions/KH2/carried-over"
    found = neighbour.as_("clerk").get(path, params={"known": "now"})
    assert found.status_code == 200, found.text
    assert (found.json()["closed"], [item["code"] for item in found.json()["items"]]) == (False, [code])
    assert neighbour.as_("clerk").get(path, params={"known": "never"}).status_code == 422
    absent = neighbour.as_("stranger").get("/api/v1/sessions/KH9/carried-over")
    foreign = neighbour.as_("stranger").get(path)
    assert (foreign.status_code, foreign.content) == (404, absent.content)
