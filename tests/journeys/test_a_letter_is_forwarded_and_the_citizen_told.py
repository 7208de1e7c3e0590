"""Letters of citizens: forwarded, urged and told in time; returned unsigned; a denunciation that nobody sees."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.desk import Desk
from tests.office import Office
from workflows import erasing, verifying

pytestmark = pytest.mark.journeys
CONTENT = "Đề nghị xem lại mức bồi thường đất ở bản Nà Pát"
WHO = {"name": "Quàng Thị Mẫu", "address": "Bản Nà Pát", "phone": "0900000000"}


def post(desk: Desk, login: str = "clerk", *, on: str = "2026-08-03", **body: Any) -> Any:
    """Enter a letter and return the answer, whatever it is."""
    return desk.as_(login).post("/api/v1/cases", json={"kind": "citizen_letter", "on": on, **body})


def enter(desk: Desk, login: str = "clerk", *, person: Any = None, **payload: Any) -> str:
    """Enter a letter and return its code."""
    body = {"payload": payload, **({"petitioner": person} if person else {})}
    answer = post(desk, login, **body)
    assert answer.status_code == 201, answer.text
    code: str = answer.json()["code"]
    return code


def clocks(office: Office, code: str) -> dict[str, tuple[str, date | None, date | None]]:
    rows = sorted(office.see(code).clocks, key=lambda clock: clock["start_seq"])
    return {c["limit_code"]: (c["state"], c["due_on"], c["met_on"]) for c in rows}


def failed(answer: Any) -> list[str]:
    return [one["code"] for one in answer.json()["failed"]]


def whole(office: Office) -> bool:
    with office.database.reading() as unit:
        return verifying.verify(unit, key=None).faults == ()


def test_a_letter_is_forwarded_urged_settled_and_told_in_time(office: Office, desk: Desk) -> None:
    petition = desk.enter()
    desk.move(petition, "divert", on="2026-08-03", payload={"to": "Văn phòng HĐND và UBND", "written": True})
    code = enter(desk, person=WHO, text=CONTENT, channel="conference", signers=3, from_case=petition)
    assert code == "NP-DT-26-0001"
    case = desk.as_("officer").get(f"/api/v1/cases/{code}").json()
    assert (case["state"]["code"], case["confidentiality"]["code"]) == ("registered", "internal")
    assert case["petitioner"] == {"name": "•••", "address": "•••", "phone": "•••", "erased": False}

    desk.move(code, "classify", "officer", on="2026-08-05", payload={"classification": "complaint"})
    slip = {"number": "7/PC-HĐND", "issued_on": "2026-08-06", "type": "transfer_slip"}
    sent = desk.move(code, "transfer", on="2026-08-06", payload={"addressees": ["UBND"]}, document=slip)
    desk.move(code, "tell_citizen", on="2026-08-07", payload={"via": "letter"})
    assert clocks(office, code)["letter.reply"] == ("met", date(2026, 8, 17), date(2026, 8, 7))

    (referral,) = sent["referrals"]
    desk.move(code, "receive", "ubnd", on="2026-08-07", referral=referral, payload={"incoming_number": "91"})
    desk.move(code, "track", on="2026-08-20", payload={"words": "Đang xác minh", "review_on": "2026-08-28"})
    desk.move(code, "urge", on="2026-08-28", referral=referral)
    desk.move(code, "note_settled", on="2026-08-31", payload={"decision": "77/QĐ-UBND"})
    assert clocks(office, code)["letter.result"][:2] == ("running", date(2026, 9, 11))
    result = {"claimed": "resolved", "words": "Đã bồi thường bổ sung", "evidence": "Quyết định 77/QĐ-UBND"}
    desk.move(code, "answer", "ubnd", on="2026-09-04", referral=referral, payload=result)
    assert desk.as_("clerk").get(f"/api/v1/cases/{code}").json()["state"]["code"] == "result_received"
    desk.move(code, "inform", on="2026-09-08", payload={"via": "letter"})
    desk.move(code, "close", on="2026-09-09", payload={"words": "Quyết định đã có hiệu lực"})

    case = desk.as_("clerk").get(f"/api/v1/cases/{code}").json()
    assert (case["state"]["code"], case["next_due_on"], case["holder"]["code"]) == ("closed", None, "VP")
    assert clocks(office, code) == {
        "letter.reply": ("met", date(2026, 8, 17), date(2026, 8, 7)),
        "letter.check": ("met", date(2026, 8, 28), date(2026, 9, 4)),
        "letter.result": ("met", date(2026, 9, 11), date(2026, 9, 4)),
    }
    chain = desk.as_("clerk").get(f"/api/v1/cases/{petition}/chain").json()
    assert [(one["code"], one["kind"]["code"], one["other"]) for one in chain["links"]] == [
        (code, "arises_from", petition)
    ]
    assert whole(office)


def test_the_same_letter_again_is_tied_to_the_first(desk: Desk) -> None:
    first = enter(desk, text=CONTENT)
    again = post(desk, payload={"text": CONTENT}, repeats=first).json()["code"]
    chain = desk.as_("clerk").get(f"/api/v1/cases/{again}/chain").json()
    assert [(one["code"], one["kind"]["code"], one["other"]) for one in chain["links"]] == [(again, "repeats", first)]


def test_an_unsigned_letter_is_returned_and_taken_up_again_when_completed(office: Office, desk: Desk) -> None:
    code = enter(desk, text=CONTENT)
    early = desk.post(code, "return_letter", on="2026-08-04", payload={"words": "Thiếu chữ ký"})
    assert early.status_code == 409
    desk.move(code, "find_ineligible", on="2026-08-04", payload={"fault": "not_signed"})
    assert desk.as_("clerk").get(f"/api/v1/cases/{code}").json()["detail"]["fault"]["label"]["vi"] == "Không có chữ ký"
    transfer = desk.post(code, "transfer", on="2026-08-05", payload={"addressees": ["UBND"]})
    assert transfer.status_code == 409
    desk.move(code, "return_letter", on="2026-08-05", payload={"words": "Đề nghị ký tên rồi gửi lại"})
    assert clocks(office, code)["letter.reply"][0] == "met"
    desk.move(code, "reopen", on="2026-08-20", payload={"words": "Công dân đã ký và gửi lại"})
    seen = office.see(code)
    assert (seen.row["state"], seen.detail["fault"]) == ("classified", None)
    assert whole(office)


def test_of_a_denunciation_nothing_is_taken_but_its_day_and_where_it_went(office: Office, desk: Desk) -> None:
    known = {"classification": "denunciation", "diverted_to": "Thanh tra tỉnh"}
    content = post(desk, payload={**known, "text": "Tố cáo ông X", "locality": "Bản Nà Pát"})
    assert content.status_code == 422
    assert {one["field"] for one in content.json()["problems"]} == {"text", "locality"}
    assert "chỉ ghi ngày và nơi chuyển đơn" in content.json()["problems"][0]["text"]
    nowhere = post(desk, payload={"classification": "denunciation"})
    assert [one["field"] for one in nowhere.json()["problems"]] == ["diverted_to"]
    assert failed(post(desk, payload=known, petitioner=WHO)) == ["denouncer_is_not_named"]
    assert office.rows("SELECT id FROM person_data") == []

    before = enter(desk, text=CONTENT)
    code = enter(desk, **known)
    after = enter(desk, text="Đơn khác")
    assert (before, after) == ("NP-DT-26-0001", "NP-DT-26-0002"), "no gap betrays it"
    assert code.startswith("NP-DT-")
    assert office.see(code).row["state"] == "diverted_denunciation"
    assert (
        office.rows(f"SELECT body FROM text_version t JOIN \"case\" c ON c.id = t.case_id WHERE c.code = '{code}'")
        == []
    )
    sees_only(office, desk, code, "clerk")

    desk.move(code, "entrust", "clerk", on="2026-08-04", payload={"officer": "charge"})
    sees_only(office, desk, code, "clerk", "charge")
    assert whole(office)


def sees_only(office: Office, desk: Desk, code: str, *logins: str) -> None:
    """For everybody else it does not exist: not by its code, not in lists, not by its move."""
    for login in office.actors:
        client = desk.as_(login)
        listed = client.get("/api/v1/cases", params={"kind": "citizen_letter", "limit": 100}).json()["items"]
        found = (client.get(f"/api/v1/cases/{code}").status_code, code in {one["code"] for one in listed})
        assert found == ((200, True) if login in logins else (404, False)), login


def test_a_letter_read_as_a_denunciation_is_hidden_from_then_on(office: Office, desk: Desk) -> None:
    code = enter(desk, text="Đơn chưa đọc kỹ", person=WHO)
    desk.move(code, "entrust", on="2026-08-04", payload={"officer": "officer"})
    refused = desk.post(code, "classify", on="2026-08-04", payload={"classification": "denunciation"})
    assert failed(refused) == ["is_no_denunciation"]
    assert "Dùng «Chuyển đơn tố cáo»" in refused.text
    desk.move(code, "divert_denunciation", on="2026-08-04", payload={"diverted_to": "Thanh tra tỉnh"})
    sees_only(office, desk, code, "charge", "officer")
    assert clocks(office, code)["letter.reply"][0] == "cancelled"
    desk.move(code, "undo", on="2026-08-05", payload={"seq": 3, "words": "Đọc nhầm"})
    assert desk.as_("clerk").get(f"/api/v1/cases/{code}").json()["confidentiality"]["code"] == "internal"
    desk.move(code, "divert_denunciation", on="2026-08-05", payload={"diverted_to": "Thanh tra tỉnh"})
    sees_only(office, desk, code, "charge", "officer")

    done = erasing.erase_petitioner(office.database, code=code, actor=office["charge"], reason="Giữ bí mật")
    assert done.cases == (code,)
    people = office.rows("SELECT name, address, phone FROM person_data")
    assert people == [{"name": None, "address": None, "phone": None}]
    assert whole(office)


def test_the_secrecy_of_a_case_is_part_of_what_history_proves(office: Office, desk: Desk) -> None:
    code = enter(desk, classification="denunciation", diverted_to="Thanh tra tỉnh")
    office.raw(f"UPDATE \"case\" SET confidentiality = 'internal' WHERE code = '{code}'")
    with office.database.reading() as unit:
        (told,) = verifying.verify(unit, key=None).faults
    assert (told.case, "confidentiality" in told.what.en) == (code, True)
