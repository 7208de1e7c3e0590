"""Files for a session: cut-off days, wanting and late ones, the committee's meeting, sent back, postponed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from states.errors import NotFound, Refused
from states.facts import Signed
from tests.desk import Desk
from tests.mornings import at
from tests.office import Office
from workflows import adopting, agenda, verifying
from workflows.agenda import Agenda
from workflows.registering import Birth

REGISTERED, DUE = date(2026, 9, 1), date(2026, 9, 8)


def put(office: Office, text: str = "Kế hoạch đầu tư công", **said: Any) -> str:
    payload = {"text": text, "session": "KH2", "agency": "UBND", "due_on": DUE, **said}
    return office.born(Birth("session_document", payload, REGISTERED))


def read(office: Office, session: str = "kh2") -> Agenda:
    with office.database.reading() as unit:
        return agenda.agenda(unit, setting=office.setting, code=session, actor=office["clerk"])


def due(office: Office, code: str) -> dict[str, tuple[Any, Any, str]]:
    return {c["role"]: (c["due_on"], c["met_on"], c["state"]) for c in office.see(code).clocks}


@pytest.mark.journeys
def test_a_file_comes_wanting_is_verified_and_adopted(desk: Desk) -> None:
    said = {"text": "Kế hoạch đầu tư công năm 2027", "session": "KH2", "ordinal": 2, "agency": "UBND",
            "due_on": "2026-09-08", "file_kind": "draft_resolution"}  # fmt: skip
    answer = desk.as_("charge").post(
        "/api/v1/cases", json={"kind": "session_document", "on": "2026-09-01", "payload": said}
    )
    assert answer.status_code == 201, answer.text
    code = answer.json()["code"]
    assert code == "NP-TL-26-0001"
    desk.move(code, "receive_incomplete", on="2026-09-07", payload={"words": "Thiếu phụ lục dự án"})
    assert desk.as_("clerk").get(f"/api/v1/cases/{code}").json()["holder"]["code"] == "UBND"
    desk.move(code, "assign_committee", on="2026-09-07", payload={"committee": "VHXH"})
    told = desk.as_("clerk").get("/api/v1/sessions/KH2/agenda").json()
    (item,) = told["items"]
    assert (item["state"]["code"], item["due_on"], item["received_on"], item["days_late"]) == (
        "incomplete", "2026-09-08", None, 2  # today is the tenth
    )  # fmt: skip
    paper = {"number": "80/TTr-UBND", "issued_on": "2026-09-09", "type": "submission", "issuer": "UBND"}
    desk.move(code, "receive_file", on="2026-09-09", document=paper, payload={"pieces": "Tờ trình, dự thảo, phụ lục"})
    desk.move(code, "hold_verification", on="2026-09-10")
    own = desk.post(code, "verify", on="2026-09-10", decided_by={"agency": "UBND"})
    assert own.status_code == 409  # who drafted does not verify
    desk.move(code, "verify", on="2026-09-10", payload={"words": "Nhất trí"}, decided_by={"agency": "VHXH"})
    desk.move(code, "send_to_deputies", on="2026-09-10")
    (item,) = desk.as_("clerk").get("/api/v1/sessions/KH2/agenda").json()["items"]
    assert (item["received_on"], item["days_late"], item["committee"]["code"]) == ("2026-09-09", 1, "VHXH")
    desk.move(code, "adopt", on="2026-09-10", document={"number": "30/NQ-HĐND", "issued_on": "2026-09-10"})
    view = desk.as_("clerk").get(f"/api/v1/cases/{code}").json()
    assert (view["state"]["code"], view["next_due_on"]) == ("adopted", None)
    with desk.office.database.reading() as unit:
        assert verifying.verify(unit, key=None).faults == ()


def test_the_agenda_is_in_its_order_and_its_counts_add_up(office: Office) -> None:
    third, first, unnumbered = put(office, ordinal=3), put(office, ordinal=1), put(office)
    second = put(office, ordinal=2, due_on=None)
    office.go(first, "receive_file", date(2026, 9, 7))
    gone = put(office, ordinal=4)
    office.go(gone, "void", REGISTERED, words="nhập nhầm")
    found = read(office)
    assert [item.code for item in found.items] == [first, second, third, unnumbered]
    assert [item.days_late for item in found.items] == [0, None, 2, 2]
    assert (found.late, sum(line.number for line in found.states)) == (2, 4)
    assert found.sentence.vi == "4 nội dung, 2 hồ sơ chậm, 0 chưa đủ, 0 phải chuẩn bị lại"
    with pytest.raises(NotFound):
        read(office, "KH9")


def test_the_front_s_notice_is_an_item_of_the_agenda(office: Office) -> None:
    """S2-R8, S3-R5: what the Front tells the session has its place and its day like any other file."""
    code = put(office, "Thông báo tham gia xây dựng chính quyền", agency="UBMTTQ", file_kind="notice", ordinal=5)
    (item,) = read(office).items
    assert (item.file_kind.code, item.agency and item.agency.code, item.days_late) == ("notice", "UBMTTQ", 2)
    office.go(code, "receive_file", date(2026, 9, 9))
    office.go(code, "adopt", date(2026, 9, 9), words="HĐND đã nghe")
    assert read(office).items[0].state.code == "adopted"


def test_a_poor_file_is_sent_back_with_another_day_or_postponed_to_another_session(office: Office) -> None:
    code = put(office)
    assert set(due(office, code)) == {"submission"}  # the committee's ten days are off until somebody switches them on
    office.go(code, "receive_file", date(2026, 9, 5))
    with pytest.raises(Refused):
        office.go(code, "send_back", REGISTERED, words="sơ sài", decided_by=Signed(office.agencies["UBND"]))
    office.go(code, "send_back", date(2026, 9, 6), words="Chưa đánh giá tác động", due_on=date(2026, 9, 20))
    assert office.due(code) == date(2026, 9, 20)
    office.go(code, "postpone", date(2026, 9, 9), words="Chưa lấy ý kiến")
    postponed = office.see(code)
    assert (postponed.row["state"], postponed.row["session_id"], postponed.row["next_due_on"]) == (
        "postponed", None, None
    )  # fmt: skip
    assert read(office).items == ()
    office.go(code, "reschedule", date(2026, 9, 10), session="KH2", due_on=date(2026, 10, 10), ordinal=7)
    (item,) = read(office).items
    assert (item.code, item.ordinal, item.due_on, item.days_late) == (code, 7, date(2026, 10, 10), 0)
    with office.database.reading() as unit:
        assert verifying.verify(unit, key=None).faults == ()


def test_the_committee_meets_ten_days_before_the_opening_once_the_limit_is_switched_on(office: Office) -> None:
    """Law 87/2015, art. 78; unverified under Law 121/2025, so off until an administrator enables it."""
    with office.database.writing() as unit:
        adopting.adopt(
            unit, setting=office.setting, code="law-121-2025", from_on=date(2026, 3, 1), actor=office.operator,
            precedence="council", switches={"verification": {"enabled": True}},
        )  # fmt: skip
    code = put(office, "Nghị quyết")
    assert due(office, code)["verification"] == (date(2026, 11, 20), None, "running")  # the 21st is a Saturday
    office.clock.now = at(date(2026, 11, 22))
    office.go(code, "postpone", date(2026, 11, 20), words="Hoãn")
    assert [state for _, _, state in due(office, code).values() if state == "running"] == []
    office.go(code, "reschedule", date(2026, 11, 20), session="KH2")
    office.go(code, "hold_verification", date(2026, 11, 20))
    assert due(office, code)["verification"] == (date(2026, 11, 20), date(2026, 11, 20), "met")
