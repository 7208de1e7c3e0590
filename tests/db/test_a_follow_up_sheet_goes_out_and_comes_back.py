"""The follow-up sheet of a unit: printed, filled in, taken back by codes alone; the same sheet again adds nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from docx import Document

from states.errors import BadInput
from states.vocabulary import Confidentiality
from tests.office import Office
from tests.tables import below, cells, store, word_tables, word_text
from workflows.printing import followup, followup_return, making
from workflows.printing.followup_return import Outcome, Returned, ReturnReport
from workflows.printing.making import Form, MadeFile

Filled = dict[str, tuple[str, str, Any]]
PROGRESS, OBSTACLE, EXPECTED = 7, 8, 9


def with_unit(office: Office, *texts: str, unit: str = "KT") -> list[str]:
    codes = []
    for text in texts:
        code, [referral] = office.sent(unit, code=office.record(text, locality="Bản Nà Pát"))
        office.go(code, "receive", date(2026, 8, 7), referral=referral)
        codes.append(code)
    return codes


def sheet(office: Office, folder: Path, unit: str = "KT", form: Form = Form.XLSX) -> MadeFile:
    with office.database.reading() as reading:
        body = followup.body(reading, setting=office.setting, code=unit)
        return making.follow_up(
            reading, setting=office.setting, actor=office["charge"], store=store(folder), agency=body, form=form
        )


def excel(
    made: MadeFile, folder: Path, filled: Filled, *, edit: Callable[[list[list[Any]]], None] | None = None
) -> Path:
    """Return the sheet as a unit sends it back: filled in by its code."""
    table = cells(made)
    for row in table:
        if row[1] in filled:
            row[PROGRESS], row[OBSTACLE], row[EXPECTED] = filled[row[1]]
    if edit:
        edit(table)
    path = folder / f"back-{len(list(folder.iterdir()))}.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page, day = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
        for n, row in enumerate(table):
            for place, value in enumerate(row):
                if isinstance(value, date):
                    page.write_datetime(n, place, value, day)
                else:
                    page.write(n, place, value)
    return path


def take(office: Office, path: Path, *, login: str = "charge", dry_run: bool = False, **how: Any) -> ReturnReport:
    read = followup_return.read(path, today=date(2026, 9, 10))
    common: dict[str, Any] = {"setting": office.setting, "actor": office[login], "sheet": read, "how": Returned(**how)}
    if dry_run:
        with office.database.reading() as unit:
            return followup_return.preview(unit, **common)
    with office.database.writing() as unit:
        return followup_return.take(unit, **common)


def outcomes(report: ReturnReport) -> dict[str, Outcome]:
    return {row.code: row.outcome for row in report.rows}


def reports(office: Office, code: str) -> int:
    return sum(event["trigger"] == "report_progress" for event in office.events(code))


def test_the_sheet_lists_the_open_cases_of_a_unit_with_three_empty_columns(office: Office, tmp_path: Path) -> None:
    own, done = with_unit(office, "Sửa đường", "Đã trả lời rồi")
    [led] = with_unit(office, "Việc của UBND", unit="UBND")
    [foreign] = with_unit(office, "Việc của điện lực", unit="DIEN")
    hidden, _ = office.sent("KT", code=office.record("Kín", confidentiality=Confidentiality.RESTRICTED))
    office.go(led, "assign", date(2026, 8, 8), referral=office.see(led).referrals[0]["id"], lead="KT")
    office.go(
        done, "answer", date(2026, 9, 2), referral=office.see(done).referrals[0]["id"], claimed="explained", words="x"
    )  # fmt: skip
    office.go(
        own, "report_progress", date(2026, 8, 20), referral=office.see(own).referrals[0]["id"], words="Đang khảo sát"
    )
    rows = below(cells(sheet(office, tmp_path)), "STT")
    assert {row["Mã"] for row in rows} == {own, led}
    assert foreign not in str(rows)
    assert hidden not in str(rows)
    mine = next(row for row in rows if row["Mã"] == own)
    assert mine["Báo cáo gần nhất"] == "20/08/2026: Đang khảo sát"
    assert mine["Hạn"] == "27/08/2026, quá hạn 14 ngày"
    assert (mine["Tiến độ"], mine["Khó khăn, vướng mắc"], mine["Dự kiến xong"]) == ("", "", "")
    assert mine["Bản"] == office.see(own).row["seq"]
    word = sheet(office, tmp_path, form=Form.DOCX)
    assert [row[1] for row in word_tables(word)[0][1:]] == [row["Mã"] for row in rows]
    assert "PTD/NP/KT/20260910" in word_text(word)


def test_filled_rows_become_progress_and_empty_ones_are_listed(office: Office, tmp_path: Path) -> None:
    one, two, three = with_unit(office, "Sửa đường", "Sửa cầu", "Sửa cống")
    made = sheet(office, tmp_path)
    path = excel(
        made,
        tmp_path,
        {one: ("Đã thi công 50%", "Thiếu vốn", "30/11/2026"), two: ("Xong thiết kế", "", date(2026, 10, 1))},
    )
    seen = take(office, path, dry_run=True)
    assert (seen.written, reports(office, one)) == (0, 0)
    done = take(office, path, number="15/KT", issued_on=date(2026, 9, 9))
    assert outcomes(done) == {one: Outcome.TAKEN, two: Outcome.TAKEN, three: Outcome.NOT_REPORTED}
    assert (done.written, done.agency, done.sheet_of) == (2, "KT", date(2026, 9, 10))
    event = office.events(one)[-1]
    assert (event["trigger"], event["occurred_on"], event["decided_by"]) == (
        "report_progress", date(2026, 9, 9), office.agencies["KT"],
    )  # fmt: skip
    assert event["document_id"] is not None
    [told] = [row for row in below(cells(sheet(office, tmp_path)), "STT") if row["Mã"] == one]
    assert told["Báo cáo gần nhất"] == "09/09/2026: Đã thi công 50%; dự kiến xong 30/11/2026"


def test_the_same_sheet_again_adds_nothing_with_a_number_and_without(office: Office, tmp_path: Path) -> None:
    codes = with_unit(office, "Sửa đường", "Sửa cầu")
    filled: Filled = dict.fromkeys(codes, ("Đã thi công 50%", "Thiếu vốn", "30/11/2026"))
    path = excel(sheet(office, tmp_path), tmp_path, filled)
    assert [take(office, path).written for _ in range(2)] == [2, 0]
    done = take(office, path, number="15/KT", issued_on=date(2026, 9, 9))
    assert done.written == 0
    assert set(outcomes(done).values()) == {Outcome.ALREADY}
    assert [reports(office, code) for code in codes] == [1, 1]


def test_one_wrong_row_keeps_the_sheet_out_unless_the_good_ones_are_wanted(office: Office, tmp_path: Path) -> None:
    good, bad = with_unit(office, "Sửa đường", "Sửa cầu")
    path = excel(sheet(office, tmp_path), tmp_path, {good: ("Đang làm", "", ""), bad: ("Đang làm", "", "31/11/2026")})
    refused = take(office, path)
    assert refused.is_refused
    assert (refused.written, reports(office, good)) == (0, 0)
    [row] = [r for r in refused.rows if r.code == bad]
    assert row.problem is not None
    assert "tháng 11 chỉ có 30 ngày" in row.problem.vi
    done = take(office, path, partial=True)
    assert (done.written, reports(office, good), reports(office, bad)) == (1, 1, 0)


def test_unknown_hidden_and_foreign_codes_are_errors_by_row(office: Office, tmp_path: Path) -> None:
    [own] = with_unit(office, "Sửa đường")
    [foreign] = with_unit(office, "Điện yếu", unit="DIEN")

    def more(table: list[list[Any]]) -> None:
        start = next(n for n, row in enumerate(table) if row[1] == own)
        blank = [""] * len(table[0])
        for code in (foreign, "NP-KN-26-9999", "", "không phải mã", own):
            extra = [*blank]
            extra[1], extra[PROGRESS] = code, "Đã làm"
            table.insert(start + 1, extra)

    path = excel(sheet(office, tmp_path), tmp_path, {own: ("Đã làm", "", "")}, edit=more)
    report = take(office, path)
    problems = [(row.code, row.problem.vi) for row in report.rows if row.problem]
    assert (foreign, f"{foreign} không giao cho Phòng Kinh tế") in problems
    assert ("NP-KN-26-9999", "Không có kiến nghị NP-KN-26-9999, hoặc không có quyền") in problems
    assert ("", "Dòng có nội dung mà thiếu mã") in problems
    assert any("không phải một mã kiến nghị" in said for _, said in problems)
    assert any(code == own and "đã có ở dòng" in said for code, said in problems)
    assert reports(office, own) == 0
    hidden = take(office, path, login="kt")
    assert (foreign, f"Không có kiến nghị {foreign}, hoặc không có quyền") in [
        (row.code, row.problem.vi) for row in hidden.rows if row.problem
    ]


def test_an_old_or_wrong_sheet_is_said(office: Office, tmp_path: Path) -> None:
    [code] = with_unit(office, "Sửa đường")
    made = sheet(office, tmp_path)
    office.go(code, "urge", date(2026, 9, 1), referral=office.see(code).referrals[0]["id"])
    path = excel(made, tmp_path, {code: ("Đã làm", "", "")})
    [row] = take(office, path, dry_run=True).rows
    assert "đã thay đổi từ khi in phiếu" in row.doubts[0].vi
    with pytest.raises(BadInput) as wrong:
        take(office, path, agency="DIEN")
    assert set(wrong.value.problems) == {"agency"}

    def other(table: list[list[Any]]) -> None:
        for cut in table:
            cut[0] = str(cut[0]).replace("PTD/NP/", "PTD/XX/")

    with pytest.raises(BadInput, match="XX"):
        take(office, excel(made, tmp_path, {}, edit=other))

    def unmarked(table: list[list[Any]]) -> None:
        for cut in table:
            cut[0] = "" if "PTD/" in str(cut[0]) else cut[0]

    bare = excel(made, tmp_path, {code: ("Đã làm", "", "")}, edit=unmarked)
    with pytest.raises(BadInput, match="--agency"):
        pytest.fail(str(take(office, bare)))
    assert take(office, bare, agency="kt").written == 1


def test_a_quarter_is_kept_in_words_and_a_lone_obstacle_is_a_report(office: Office, tmp_path: Path) -> None:
    one, two = with_unit(office, "Sửa đường", "Sửa cầu")
    path = excel(sheet(office, tmp_path), tmp_path, {one: ("Đang làm", "", "quý IV/2026"), two: ("", "Thiếu vốn", "")})
    report = take(office, path)
    assert report.written == 2
    assert any("ghi vào tiến độ" in doubt.vi for row in report.rows for doubt in row.doubts)
    told = {row["Mã"]: row["Báo cáo gần nhất"] for row in below(cells(sheet(office, tmp_path)), "STT")}
    assert told[one] == "10/09/2026: Đang làm Dự kiến xong: quý IV/2026"
    assert take(office, path).written == 0


def test_a_case_answered_meanwhile_still_takes_progress_and_a_missing_case_is_told(
    office: Office, tmp_path: Path
) -> None:
    one, two = with_unit(office, "Sửa đường", "Sửa cầu")

    def shortened(table: list[list[Any]]) -> None:
        del table[next(n for n, row in enumerate(table) if row[1] == two)]

    path = excel(sheet(office, tmp_path), tmp_path, {one: ("Đã xong", "", "")}, edit=shortened)
    office.go(
        one, "answer", date(2026, 9, 8), referral=office.see(one).referrals[0]["id"], claimed="resolved", words="x"
    )
    report = take(office, path)
    assert (report.written, report.missing) == (1, (two,))


def test_a_unit_takes_its_own_sheet_back_and_no_other(office: Office, tmp_path: Path) -> None:
    [code] = with_unit(office, "Sửa đường")
    path = excel(sheet(office, tmp_path), tmp_path, {code: ("Đã làm", "", "")})
    assert take(office, path, login="dien").is_refused
    assert reports(office, code) == 0
    assert take(office, path, login="kt").written == 1


def test_a_word_sheet_comes_back_too(office: Office, tmp_path: Path) -> None:
    one, two = with_unit(office, "Sửa đường", "Sửa cầu")
    opened = Document(BytesIO(sheet(office, tmp_path, form=Form.DOCX).content))
    [row] = [row for row in opened.tables[0].rows if row.cells[1].text == one]
    row.cells[PROGRESS].text, row.cells[OBSTACLE].text, row.cells[EXPECTED].text = "Đã đổ bê tông", "", "30/11/2026"
    path = tmp_path / "phieu.docx"
    opened.save(str(path))
    report = take(office, path)
    assert outcomes(report) == {one: Outcome.TAKEN, two: Outcome.NOT_REPORTED}
    assert (report.written, report.agency) == (1, "KT")
    assert take(office, path).written == 0


def test_control_characters_are_taken_out_of_what_comes_back(office: Office, tmp_path: Path) -> None:
    [code] = with_unit(office, "Sửa đường")
    path = excel(sheet(office, tmp_path), tmp_path, {code: ("Đã\u202e làm\u200b =1+1", "", "")})
    assert take(office, path).written == 1
    [told] = below(cells(sheet(office, tmp_path)), "STT")
    assert told["Báo cáo gần nhất"] == "10/09/2026: Đã làm =1+1"


def test_a_file_that_is_no_sheet_is_refused_with_what_is_wanted(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "khac.csv"
    path.write_text("STT,Nội dung kiến nghị\n1,Sửa đường\n", encoding="utf-8")
    with pytest.raises(BadInput, match="Tiến độ"):
        followup_return.read(path, today=date(2026, 9, 10))
