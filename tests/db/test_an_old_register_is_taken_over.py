"""An office begins with the register it kept: every row is born and moved on as far as the register tells."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from states.errors import BadInput
from tests import registers
from tests.lists import Lists, code_of, problem_codes, row_of, totals
from tests.office import Office
from workflows import narrating, verifying
from workflows.importing.intake import Given
from workflows.importing.report import ImportReport
from workflows.importing.tellings import Results
from workflows.papers import listed
from workflows.rates import rates
from workflows.rates.counting import count
from workflows.rates.questions import Question
from workflows.rates.recounting import recount
from workflows.rates.tables import Period

TODAY = date(2026, 9, 10)
SUMMER = (date(2026, 6, 1), date(2026, 8, 31))
FIRST = 4
"""The row of the sheet in which the register begins."""


def register(lists: Lists, *lines: registers.Line, **merged: Any) -> Path:
    return registers.write(lists.folder / "so-cu.xlsx", lines, **merged)


def code(report: ImportReport, number: int) -> str:
    return code_of(report, FIRST - 1 + number)


def is_whole(office: Office) -> bool:
    with office.database.reading() as unit:
        return verifying.verify(unit, key=None).ok


def test_a_register_with_all_its_mess_is_taken_over(office: Office, lists: Lists) -> None:
    path = register(lists, *registers.REGISTER, merge=[(1, 4, "letter"), (1, 2, "answer")])
    tried = lists.take(path, partial=True, dry_run=True)
    report = lists.take(path, partial=True)
    assert totals(report) == {
        "read": 25, "accepted": 22, "rejected": 3, "already_there": 0, "warnings": 4, "written": 22,
    }  # fmt: skip
    assert [(r.outcome, r.state, r.moves, r.problems) for r in tried.rows] == [
        (r.outcome, r.state, r.moves, r.problems) for r in report.rows
    ]
    states = {row.row_number - FIRST + 1: row.state for row in report.rows}
    assert states == {
        1: "answered", 2: "answered", 3: "with_authority", 4: "answered", 5: "with_authority", 6: "screened",
        7: "answered", 8: "answered", 9: "answered", 10: "recorded", 11: "closed", 12: "explained_at_meeting",
        13: "answered", 14: "closed", 15: "answered", 16: "recorded", 17: "answered", 18: None, 19: "answered",
        20: None, 21: None, 22: "answered", 23: "answered", 24: "answered", 25: "answered",
    }  # fmt: skip
    assert problem_codes(row_of(report, FIRST + 19)) == [("Số, ngày văn bản trả lời", "date_impossible")]
    assert problem_codes(row_of(report, FIRST + 20)) == [("Ngày UBND nhận", "day_is_not_in_the_future")]
    assert problem_codes(row_of(report, FIRST + 17)) == [("Kết quả", "result_unknown")]
    assert problem_codes(row_of(report, FIRST + 14)) == [("Kết luận của Thường trực HĐND", "move_refused")]
    assert problem_codes(row_of(report, FIRST + 21)) == [("Ngày UBND nhận", "days_in_order")]
    assert report.waiting == 14
    assert any("chờ Thường trực HĐND kết luận" in note.vi for note in report.notes)
    assert is_whole(office)


def test_every_event_has_its_own_day_and_is_marked(office: Office, lists: Lists) -> None:
    case = code(lists.take(register(lists, registers.whole())), 1)
    events = office.events(case)
    assert [(e["trigger"], e["occurred_on"]) for e in events] == [
        ("record", date(2026, 8, 1)),
        ("screen", None),
        ("transfer", date(2026, 8, 6)),
        ("prepare", date(2026, 8, 6)),
        ("send", date(2026, 8, 6)),
        ("receive", date(2026, 8, 7)),
        ("assign", None),
        ("answer", date(2026, 8, 25)),
    ]
    assert all(json.loads(e["payload"])["old_register"] is True for e in events)
    seen = office.see(case)
    assert (seen.row["result_claimed"], seen.row["result_judged"]) == ("resolved", None)
    (referral,) = seen.referrals
    assert (referral["agency_id"], referral["lead_id"]) == (office.agencies["UBND"], office.agencies["KT"])
    assert referral["incoming_number"] == "345"
    with office.database.reading() as unit:
        story = narrating.story(unit, seen, actor=office["clerk"])
    assert all(event.old_register for event in story)
    assert story[-1].document is not None
    assert (story[-1].document.number, story[-1].document.issuer and story[-1].document.issuer.code) == (
        "56/BC-UBND", "UBND",
    )  # fmt: skip
    assert story[-1].decided_by.agency is not None
    assert story[-1].decided_by.agency.code == "UBND"


def test_unknown_days_start_no_clock_and_never_make_anything_late(office: Office, lists: Lists) -> None:
    late = registers.whole(1, answer="56/BC-UBND ngày 09/9/2026")
    undated = registers.whole(2, "Đề nghị khoan thêm giếng nước", letter="13/HĐND-TT", unit_on="", incoming="")
    unreceived = registers.whole(3, "Đề nghị xây nhà văn hóa", unit_on="", incoming="", answer="60/BC-UBND")
    in_time = registers.whole(4, "Đề nghị lắp đèn đường")
    report = lists.take(register(lists, late, undated, unreceived, in_time))
    clocks = {n: [c for c in office.see(code(report, n)).clocks if c["role"] == "answer"] for n in (1, 2, 3, 4)}
    assert [(c["anchor_on"], c["provisional"], c["state"]) for c in clocks[1]] == [(date(2026, 8, 7), False, "met")]
    assert clocks[2] == []
    assert all(c["provisional"] and c["met_on"] is None for c in clocks[3])
    with office.database.reading() as unit:
        table = rates(unit, setting=office.setting, actor=office["clerk"], period=SUMMER, as_of=TODAY)
    (row,) = table.rows
    times = {line.code: line.number for line in row.times if line.number}
    assert times == {"in_time": 1, "late": 1, "answered_undated": 2}
    assert (row.rate("answered").numerator, row.rate("resolved").numerator) == (4, 0)
    assert is_whole(office)


def test_the_figures_of_a_register_equal_a_recount_from_its_events(office: Office, lists: Lists) -> None:
    lists.take(register(lists, *registers.REGISTER), partial=True, results=Results.JUDGED)
    with office.database.reading() as unit:
        question = Question(office.setting, office["clerk"], Period(*SUMMER), TODAY, "council", "commune")
        assert count(unit, question) == recount(unit, question)


def test_rows_share_the_papers_they_name_and_stand_in_their_annexes(office: Office, lists: Lists) -> None:
    lines = [registers.whole(n, f"Đề nghị sửa đường đoạn {n}") for n in (1, 2, 3)]
    lines.append(registers.whole(4, "Đề nghị sửa cầu", letter="Công văn số 12/hđnd-tt, ngày 6 tháng 8 năm 2026"))
    report = lists.take(register(lists, *lines))
    with office.database.reading() as unit:
        found = listed(unit, actor=office["clerk"], number="12/HĐND-TT", after=None, limit=10)
    assert [len(item.cases) for item in found] == [4]
    rows = office.rows(
        'SELECT r.act, r.ordinal, c.code, e.trigger FROM document_row r JOIN "case" c ON c.id = r.case_id'
        " JOIN event e ON e.case_id = r.case_id AND e.seq = r.event_seq ORDER BY r.act, r.ordinal"
    )
    codes = [code(report, n) for n in (1, 2, 3, 4)]
    assert [(r["act"], r["ordinal"], r["code"], r["trigger"]) for r in rows] == [
        *(("answer", n, one, "answer") for n, one in enumerate(codes, 1)),
        *(("transfer", n, one, "transfer") for n, one in enumerate(codes, 1)),
    ]


def test_a_letter_without_its_day_is_one_paper_for_all_its_rows(office: Office, lists: Lists) -> None:
    lines = [registers.whole(n, f"Đề nghị sửa đường đoạn {n}", letter="13/HĐND-TT") for n in (1, 2)]
    lists.take(register(lists, *lines))
    assert [r["number"] for r in office.rows("SELECT number FROM document WHERE issued_on IS NULL")] == ["13/HĐND-TT"]


def test_results_are_judged_where_the_office_says_that_they_are(office: Office, lists: Lists) -> None:
    proved = registers.whole(1, evidence="Biên bản nghiệm thu 15/BB-UBND")
    unproved = registers.whole(2, "Đề nghị khoan thêm giếng nước")
    explained = registers.whole(3, "Đề nghị xây nhà văn hóa", result="Đã giải trình, cung cấp thông tin")
    silent = registers.whole(4, "Đề nghị lắp đèn đường", result="")
    report = lists.take(register(lists, proved, unproved, explained, silent), results=Results.JUDGED)
    found = [(office.see(code(report, n)).row["state"], office.see(code(report, n)).row["result_judged"]) for n in
             (1, 2, 3, 4)]  # fmt: skip
    assert found == [("closed", "resolved"), ("answered", None), ("closed", "explained"), ("answered", None)]
    assert problem_codes(row_of(report, FIRST + 1)) == [("Kết quả", "move_refused")]
    assert "minh chứng" in row_of(report, FIRST + 1).problems[0].text.vi
    assert report.waiting == 2
    assert is_whole(office)


def test_times_raised_are_counted(office: Office, lists: Lists) -> None:
    report = lists.take(
        register(lists, registers.whole(1, times=3), registers.line(2, "Đề nghị khoan giếng", times="2 lần"))
    )
    assert [office.see(code(report, n)).detail["times_raised"] for n in (1, 2)] == [3, 2]
    assert is_whole(office)


def test_to_whom_it_went_may_be_given_for_rows_that_name_nobody(office: Office, lists: Lists) -> None:
    path = lists.csv(
        ("Đề nghị sửa đường vào bản", "12/HĐND-TT ngày 06/8/2026", "Đã giải quyết"),
        headings=("Nội dung", "Số, ngày CV chuyển", "Kết quả"),
    )
    report = lists.take(path, dry_run=True)
    assert (row_of(report, 2).state, problem_codes(row_of(report, 2))[0][1]) == ("recorded", "addressee_unsaid")
    assert lists.take(path, given=Given(addressee="Điện lực khu vực")).rows[0].state == "answered"
    with pytest.raises(BadInput):
        lists.take(path, given=Given(addressee="Cục Lạ"))


def test_feeding_a_register_again_adds_nothing(lists: Lists) -> None:
    merged = [(1, 4, "letter"), (1, 2, "answer")]
    first = lists.take(register(lists, *registers.REGISTER, merge=merged), partial=True)
    events = lists.count("event")
    for update in (False, True):
        again = lists.take(register(lists, *registers.REGISTER, merge=merged), partial=True, update=update)
        assert (again.already_there, again.changed, again.written, again.updated) == (22, 0, 0, 0)
        assert {row.code for row in again.rows} == {row.code for row in first.rows}
    assert lists.count("event") == events


def test_a_rejected_row_keeps_the_whole_register_out(lists: Lists) -> None:
    report = lists.take(register(lists, *registers.REGISTER))
    assert (report.is_refused, report.written, report.rejected) == (True, 0, 3)
    assert [lists.count(table) for table in ("case", "document", "document_row", "referral", "code_series")] == [0] * 5


def test_a_plain_list_is_no_old_register(office: Office, lists: Lists) -> None:
    case = code_of(lists.take(lists.csv(("1", "Đề nghị sửa đường vào bản", "", "", "", ""))), 2)
    assert "old_register" not in json.loads(office.events(case)[0]["payload"])
