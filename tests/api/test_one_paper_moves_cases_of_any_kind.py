"""One report of the committee on five promises is one entry, whatever kind its cases are of: all rows, or none."""

from __future__ import annotations

from typing import Any

import pytest

from tests.desk import Desk

REPORT = {"number": "88/BC-UBND", "issued_on": "2026-09-04", "type": "report", "issuer": "UBND"}
PROMISES = ("Xong cầu bản Nà Pát", "Kéo điện bản Co Muông", "Sửa nhà văn hóa", "Cấp nước", "Thu gom rác")


def promised(desk: Desk, text: str) -> str:
    payload = {"text": text, "agency": "UBND", "occasion": "answer", "due_words": "Quý IV/2026", "session": "KH2"}
    answer = desk.as_("clerk").post(
        "/api/v1/cases", json={"kind": "commitment", "on": "2026-08-20", "payload": payload}
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["code"])


@pytest.fixture
def codes(desk: Desk) -> list[str]:
    return [promised(desk, text) for text in PROMISES]


def registered(desk: Desk, /, *, login: str = "charge", **body: Any) -> Any:
    asked = {"document": REPORT, "act": "moves", "on": "2026-09-05", **body}
    return desk.as_(login).post("/api/v1/documents", json=asked)


def rows_of(codes: list[str]) -> list[dict[str, Any]]:
    """Three are reported as done, of two the report says how far they are."""
    done = [{"case": code, "values": {"words": "Đã làm xong", "evidence": "Biên bản nghiệm thu"}} for code in codes[:3]]
    going = [
        {"case": code, "trigger": "report_progress", "values": {"words": "Đang thi công", "obstacle": "Thiếu vốn"}}
        for code in codes[3:]
    ]
    return [*done, *going]


def states(desk: Desk, codes: list[str]) -> list[str]:
    return [str(desk.office.see(code).row["state"]) for code in codes]


def test_a_report_on_five_promises_is_seen_first_and_moves_each_as_its_row_says(desk: Desk, codes: list[str]) -> None:
    body: dict[str, Any] = {"trigger": "report", "rows": rows_of(codes)}
    seen = registered(desk, dry_run=True, **body).json()
    assert states(desk, codes) == ["captured"] * 5
    done = registered(desk, **body)
    assert done.status_code == 200, done.text
    told = done.json()
    assert (seen["done"], told["written"]) == (5, 5)
    assert [row["to_state"]["label"]["vi"] for row in told["rows"]] == [
        *["Đã báo cáo, chờ xem xét"] * 3,
        *["Đang thực hiện"] * 2,
    ]
    assert [row["moves"][0]["code"] for row in told["rows"]] == ["report"] * 3 + ["report_progress"] * 2
    assert told["summary"]["vi"] == "3 chuyển sang «Đã báo cáo, chờ xem xét», 2 chuyển sang «Đang thực hiện»"
    assert states(desk, codes) == ["reported"] * 3 + ["in_progress"] * 2
    event = desk.office.events(codes[0])[-1]
    assert event["decided_by"] == desk.office.agencies["UBND"]
    annex = desk.as_("clerk").get(f"/api/v1/documents/{desk.paper('88/BC-UBND')}").json()["rows"]
    assert [(row["code"], row["act"]["code"]) for row in annex] == [(code, "moves") for code in codes]
    again = registered(desk, **body).json()
    assert (again["written"], again["already_there"]) == (0, 5)


def test_one_row_that_cannot_go_keeps_all_of_them_out_and_says_why(desk: Desk, codes: list[str]) -> None:
    desk.move(codes[4], "withdraw", on="2026-09-01", payload={"words": "Không còn căn cứ"})
    refused = registered(desk, trigger="report", rows=rows_of(codes))
    assert refused.status_code == 409, refused.text
    rows = refused.json()["report"]["rows"]
    assert [row["outcome"]["code"] for row in rows] == ["done"] * 4 + ["refused"]
    assert rows[4]["problem"]["vi"] == "Chưa làm được «Ghi tiến độ»: đang ở «Thôi theo dõi»"
    assert states(desk, codes) == ["captured"] * 4 + ["withdrawn"]
    partly = registered(desk, trigger="report", rows=rows_of(codes), partial=True).json()
    assert partly["written"] == 4
    assert states(desk, codes) == ["reported"] * 3 + ["in_progress", "withdrawn"]


def test_the_acts_of_referrals_move_a_case_that_has_none_itself(desk: Desk, codes: list[str]) -> None:
    petition, _ = desk.sent("UBND")
    rows = [{"case": code, "values": {"words": "Đang làm"}} for code in (petition, codes[0])]
    told = registered(desk, act="progress", rows=rows).json()
    assert [[move["code"] for move in row["moves"]] for row in told["rows"]] == [
        ["receive", "report_progress"],
        ["report_progress"],
    ]
    assert [row["to_state"]["label"]["vi"] for row in told["rows"]] == ["Cơ quan đang giải quyết", "Đang thực hiện"]


def test_a_move_is_said_where_it_belongs_and_is_one_that_papers_make(desk: Desk, codes: list[str]) -> None:
    row = {"case": codes[0], "values": {"words": "x"}}
    wrong: tuple[dict[str, Any], ...] = ({}, {"act": "progress", "trigger": "report"}, {"trigger": "dance"})
    for said in wrong:
        problems = registered(desk, rows=[row], **said).json()["problems"]
        assert [problem["field"] for problem in problems] == ["trigger"], said
    other = registered(desk, trigger="judge", rows=[{"case": codes[0], "values": {"result": "resolved"}}]).json()
    assert "Việc đã hứa" in other["report"]["rows"][0]["problem"]["vi"]
    back = registered(desk, trigger="undo", rows=[{"case": codes[0], "values": {"seq": 2, "words": "x"}}]).json()
    assert "văn bản chung" in back["report"]["rows"][0]["problem"]["vi"]
    foreign = registered(desk, login="dien", trigger="report", rows=[row])
    assert foreign.status_code == 409, "a case that is hidden looks absent"


def test_a_kept_answer_is_given_again_only_to_who_may_still_record_it(desk: Desk, codes: list[str]) -> None:
    key = {"Idempotency-Key": "report-88"}
    asked = {"document": REPORT, "act": "moves", "trigger": "report", "rows": rows_of(codes), "on": "2026-09-05"}
    first, again = (desk.as_("charge", **key).post("/api/v1/documents", json=asked) for _ in range(2))
    assert first.json() == again.json()
    assert len(desk.office.events(codes[0])) == 2


def test_a_kept_answer_with_a_row_that_no_move_could_be_made_of_is_given_again(desk: Desk, codes: list[str]) -> None:
    petition, _ = desk.sent("UBND")
    rows = [{"case": code, "values": {"words": "Đã làm xong"}} for code in (petition, codes[0])]
    asked = {"document": REPORT, "act": "moves", "trigger": "report", "rows": rows, "partial": True, "on": "2026-09-05"}
    first, again = (
        desk.as_("charge", **{"Idempotency-Key": "k"}).post("/api/v1/documents", json=asked) for _ in range(2)
    )
    assert (first.status_code, first.json()["rows_refused"]) == (200, 1)
    assert first.json() == again.json()
