"""A row of a list that comes again: previewed cell by cell, then corrected, amended and moved on, never overwritten."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tests import registers
from tests.lists import Lists, code_of, row_of
from tests.office import Office
from workflows import describing, verifying
from workflows.importing.report import ImportReport
from workflows.importing.row_results import Outcome, RowResult

FIRST = 4
WAITING = {"answer": "", "words": "", "result": ""}


def register(lists: Lists, *lines: registers.Line, name: str = "so-cu.xlsx") -> Path:
    return registers.write(lists.folder / name, lines)


def cells(row: RowResult) -> list[tuple[str, str, str]]:
    return [(change.column, change.old, change.new) for change in row.changes]


def again(lists: Lists, *lines: registers.Line, **order: Any) -> tuple[ImportReport, Sequence[RowResult]]:
    report = lists.take(register(lists, *lines), **order)
    return report, report.rows


def is_whole(office: Office) -> bool:
    with office.database.reading() as unit:
        return verifying.verify(unit, key=None).ok


def test_an_answer_that_has_arrived_since_is_previewed_and_then_recorded(office: Office, lists: Lists) -> None:
    code = code_of(lists.take(register(lists, registers.whole(1, **WAITING))), FIRST)
    for dry_run in (True, False):
        report, (row,) = again(lists, registers.whole(1), dry_run=dry_run)
        assert (row.outcome, row.code, row.state) == (Outcome.ALREADY_THERE, code, "answered")
        assert cells(row) == [("Số, ngày văn bản trả lời", "", "56/BC-UBND ngày 25/08/2026")]
        assert (report.changed, report.to_update, report.updated, report.written) == (1, 1, 0, 0)
        assert any("--update" in note.vi for note in report.notes)
        assert office.see(code).row["state"] == "with_authority"
    report, _ = again(lists, registers.whole(1), update=True)
    assert (report.updated, report.written) == (1, 0)
    last = office.events(code)[-1]
    assert (last["trigger"], last["occurred_on"]) == ("answer", date(2026, 8, 25))
    assert json.loads(last["payload"])["old_register"] is True
    assert [r["act"] for r in office.rows("SELECT act FROM document_row ORDER BY act")] == ["answer", "transfer"]
    report, (row,) = again(lists, registers.whole(1), update=True)
    assert (report.changed, row.changes) == (0, ())
    assert lists.count("case") == 1
    assert is_whole(office)


def test_changed_values_become_corrections_that_name_the_file_and_the_row(office: Office, lists: Lists) -> None:
    code = code_of(lists.take(register(lists, registers.whole(1))), FIRST)
    changed = registers.whole(1, received="02/8/2026", unit_on="08/8/2026", incoming="346", result="Đang giải quyết")
    _, (row,) = again(lists, changed, update=True)
    assert cells(row) == [
        ("Ngày tiếp nhận", "01/08/2026", "02/08/2026"),
        ("Ngày UBND nhận", "07/08/2026", "08/08/2026"),
        ("Số đến", "345", "346"),
        ("Kết quả", "Giải quyết xong", "Đang giải quyết, chưa có lộ trình"),
        ("Kết quả", "Đã giải quyết xong", "Đang giải quyết"),
    ]
    seen = office.see(code)
    assert (seen.row["received_on"], seen.row["result_claimed"]) == (date(2026, 8, 2), "in_progress")
    assert seen.referrals[0]["incoming_number"] == "346"
    (clock,) = (c for c in seen.clocks if c["role"] == "answer")
    assert clock["anchor_on"] == date(2026, 8, 8)
    events = office.events(code)[-3:]
    assert [e["act"] for e in events] == ["correct"] * 3
    reasons = {r["body"] for r in office.rows("SELECT body FROM text_version WHERE field = 'words'")}
    assert "Theo sổ cũ, tệp «so-cu», dòng 4" in reasons
    assert is_whole(office)


def test_another_text_is_an_amendment_and_is_found_by_search(office: Office, lists: Lists) -> None:
    old, new = "Đề nghị sửa đường vào bản Co Muông", "Đề nghị sửa đường và cống vào bản Co Muông"
    code = code_of(lists.take(register(lists, registers.line(1, old))), FIRST)
    _, (row,) = again(lists, registers.line(1, new), update=True)
    assert cells(row) == [("Nội dung kiến nghị", old, new)]
    with office.database.reading() as unit:
        assert describing.texts_of(unit, [office.see(code).id]) == {office.see(code).id: new}
    assert office.events(code)[-1]["act"] == "amend"
    assert "cong vao ban" in office.rows("SELECT folded FROM case_search")[0]["folded"]


def test_a_cell_that_became_empty_changes_nothing(office: Office, lists: Lists) -> None:
    code = code_of(lists.take(register(lists, registers.whole(1, told="x", times=3))), FIRST)
    before = office.events(code)
    report, (row,) = again(lists, registers.line(1, "Đề nghị sửa đường vào bản Co Muông", received=""), update=True)
    assert (row.outcome, row.changes, report.updated) == (Outcome.ALREADY_THERE, (), 0)
    assert office.events(code) == before


def test_a_case_that_a_person_moved_since_is_left_alone_and_told(office: Office, lists: Lists) -> None:
    code = code_of(lists.take(register(lists, registers.whole(1, **WAITING))), FIRST)
    referral = office.see(code).referrals[0]["id"]
    office.go(code, "answer", date(2026, 8, 26), referral=referral, claimed="explained", words="đã nói rõ")
    before = office.events(code)
    report, (row,) = again(lists, registers.whole(1, unit_on="09/8/2026"), update=True)
    assert [problem.code for problem in row.problems] == ["moved_since"]
    assert row.changes
    assert all(change.by_hand for change in row.changes)
    assert (report.changed, report.to_update, report.updated) == (1, 0, 0)
    assert office.events(code) == before


def test_another_paper_is_told_and_left_to_a_person(office: Office, lists: Lists) -> None:
    code = code_of(lists.take(register(lists, registers.whole(1))), FIRST)
    before = office.events(code)
    report, (row,) = again(lists, registers.whole(1, answer="70/BC-UBND ngày 05/9/2026"), update=True)
    assert [(c.old, c.new, c.by_hand) for c in row.changes] == [("56/BC-UBND", "70/BC-UBND", True)]
    assert "change_by_hand" in [problem.code for problem in row.problems]
    assert (report.to_update, office.events(code)) == (0, before)


def test_rows_are_matched_by_their_code_by_dondocs_code_and_by_their_words(office: Office, lists: Lists) -> None:
    first = [registers.whole(n, f"Đề nghị sửa đường đoạn {n}", **WAITING) for n in (1, 2, 3)]
    codes = [row.code for row in lists.take(register(lists, *first)).rows]
    by_code = registers.whole(1, "Đề nghị sửa đường đoạn 1, mặt bê tông")
    by_own = registers.whole(2, "Chép lại bằng chữ khác", code=codes[1], received="")
    by_words = registers.whole(3, "Đề nghị sửa đường đoạn 3", code="")
    report, rows = again(lists, by_own, by_words, by_code, update=True)
    assert [row.code for row in rows] == [codes[1], codes[2], codes[0]]
    assert (report.updated, lists.count("case")) == (3, 3)
    assert {office.see(str(code)).row["state"] for code in codes} == {"answered"}


def test_a_twin_of_an_unchanged_row_is_a_row_of_its_own(lists: Lists) -> None:
    one = registers.whole(1, code="")
    lists.take(register(lists, one))
    report, rows = again(lists, registers.whole(2, code="", where="Bản Nà Pát"), one)
    assert [row.outcome for row in rows] == [Outcome.ACCEPTED, Outcome.ALREADY_THERE]
    assert report.merges_proposed == 1


def test_a_row_that_may_be_several_cases_waits_for_the_office(lists: Lists) -> None:
    twins = [registers.whole(n, code="", where=where) for n, where in ((1, "Bản Nà Pát"), (2, "Bản Co Muông"))]
    codes = [row.code for row in lists.take(register(lists, *twins)).rows]
    report, (row,) = again(lists, registers.whole(1, code="", result="Chưa giải quyết"), partial=True)
    assert (row.outcome, [problem.code for problem in row.problems]) == (
        Outcome.REJECTED, ["several_cases"],
    )  # fmt: skip
    assert all(str(code) in row.problems[0].text.vi for code in codes)
    assert report.written == 0


def test_times_raised_are_topped_up(office: Office, lists: Lists) -> None:
    code = code_of(lists.take(register(lists, registers.whole(1, times=2))), FIRST)
    _, (row,) = again(lists, registers.whole(1, times=4), update=True)
    assert cells(row) == [("Số lần nêu", "2", "4")]
    assert office.see(code).detail["times_raised"] == 4


def test_a_list_of_another_name_is_another_list(lists: Lists) -> None:
    lists.take(register(lists, registers.whole(1, **WAITING)))
    renamed = register(lists, registers.whole(1), name="so-moi.xlsx")
    assert row_of(lists.take(renamed, dry_run=True), FIRST).outcome is Outcome.ACCEPTED
    assert row_of(lists.take(renamed, dry_run=True, origin="so-cu"), FIRST).outcome is Outcome.ALREADY_THERE


def test_with_one_bad_row_nothing_is_updated(office: Office, lists: Lists) -> None:
    lines = [registers.whole(n, f"Đề nghị sửa đường đoạn {n}", **WAITING) for n in (1, 2)]
    code = code_of(lists.take(register(lists, *lines)), FIRST)
    bad = registers.whole(2, "Đề nghị sửa đường đoạn 2", unit_on="07/8/2027")
    report, _ = again(lists, registers.whole(1, "Đề nghị sửa đường đoạn 1"), bad, update=True)
    assert (report.is_refused, report.updated) == (True, 0)
    assert office.see(code).row["state"] == "with_authority"


def test_a_row_that_was_raised_on_another_case_changes_nothing_there(office: Office, lists: Lists) -> None:
    earlier = office.record(registers.ROAD)
    first = registers.line(1, registers.ROAD, received="20/8/2026")
    assert lists.take(register(lists, first)).rows[0].same_as == earlier
    before = office.events(earlier)
    report, (row,) = again(lists, registers.line(1, f"{registers.ROAD}, cả cống", received="20/8/2026"), update=True)
    assert [problem.code for problem in row.problems] == ["raised_there"]
    assert (row.code, row.changes, report.updated, office.events(earlier)) == (earlier, (), 0, before)
