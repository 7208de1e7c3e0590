from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from states.errors import BadInput
from tests.unit.importing.conftest import TODAY, ReadCsv
from workflows.importing.grid import GridRow
from workflows.importing.headings import WHY_REJECTED, Field
from workflows.importing.intake import Given
from workflows.importing.reading import Sheet, read_petitions
from workflows.importing.rejected import require_workbook, write_rejected
from workflows.importing.report import Tally, report_of
from workflows.importing.row_results import Outcome, RowResult

LIST = "STT;Nội dung kiến nghị;Địa phương;Ngày nhận;Ngoài lề\n"


def handed_back(sheet: Sheet, path: Path) -> Sheet:
    tally = Tally()
    for row in sheet.rows():
        outcome = Outcome.REJECTED if row.is_rejected else Outcome.ACCEPTED
        tally.add([RowResult(row.row_number, outcome, row.problems)])
    report = report_of(sheet, tally, given=Given(), partial=True)
    assert write_rejected(path, sheet, report) == report.rejected
    return read_petitions(path, today=TODAY, origin=sheet.origin)


def cells(sheet: Sheet) -> list[GridRow]:
    return list(sheet.grid.rows())


def test_rejected_rows_come_back_as_they_were_with_the_reason_beside_them(read_csv: ReadCsv, tmp_path: Path) -> None:
    rows = "1;Sửa đường;Bản A;31/11/2026;x\n2;Khoan giếng;Bản B;1/8/2026;\n3;;Bản C;1/8/2026;y\n"
    back = handed_back(read_csv(LIST + rows), tmp_path / "tra-lai.xlsx")
    assert back.headings == ("STT", "Nội dung kiến nghị", "Địa phương", "Ngày nhận", "Ngoài lề", WHY_REJECTED)
    first, second = cells(back)[1:]
    assert first.cells[:5] == ("1", "Sửa đường", "Bản A", "31/11/2026", "x")
    assert second.cells[:5] == ("3", "", "Bản C", "1/8/2026", "y")
    assert "Ngày nhận: Không có ngày 31/11" in str(first.cells[5])
    assert "để trống" in str(second.cells[5])


def test_the_reason_is_never_read(read_csv: ReadCsv, tmp_path: Path) -> None:
    sheet = read_csv(LIST + "1;Sửa đường;Bản A;31/11/2026;x\n")
    back = handed_back(sheet, tmp_path / "tra-lai.xlsx")
    (was,), (now,) = sheet.rows(), back.rows()
    assert (now.fingerprint, dict(now.other)) == (was.fingerprint, {"Ngoài lề": "x"})
    assert WHY_REJECTED not in back.unknown_headings


def test_rows_rejected_again_get_the_new_reason_in_the_same_column(read_csv: ReadCsv, tmp_path: Path) -> None:
    once = handed_back(read_csv(LIST + "1;Sửa đường;Bản A;31/11/2026;x\n"), tmp_path / "mot.xlsx")
    twice = handed_back(once, tmp_path / "hai.xlsx")
    assert twice.headings == once.headings
    assert cells(twice) == cells(once)


def test_formulas_controls_and_halves_of_characters_come_back_as_text(read_csv: ReadCsv, tmp_path: Path) -> None:
    dangerous = ["=cmd|' /C calc'!A0", "+1", "-1+2", "@SUM(A1)", "{=1}", "a\x01b_x0041_", "http://x.vn", "0123"]
    rows = "".join(f"1;;Bản;1/8/2026;{text}\n" for text in dangerous)
    path = tmp_path / "tra-lai.xlsx"
    back = handed_back(read_csv(LIST + rows), path)
    assert [row.cells[4] for row in cells(back)[1:]] == dangerous
    with zipfile.ZipFile(path) as book:
        page = book.read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in page
        assert b"hyperlink" not in page
        assert not any("externalLinks" in name for name in book.namelist())


def test_dates_and_numbers_keep_their_types(tmp_path: Path) -> None:
    source = tmp_path / "danh-sach.xlsx"
    with xlsxwriter.Workbook(source, {"default_date_format": "dd/mm/yyyy"}) as book:
        page = book.add_worksheet()
        page.write_row(2, 1, ["STT", "Nội dung", "Ngày nhận", "Kinh phí", "Lúc", "Đúng"])
        page.write_row(3, 1, [1, "", date(2026, 8, 6), 12.5, datetime(2026, 8, 6, 7, 30), True])  # noqa: DTZ001 - a workbook knows no zone
    back = handed_back(read_petitions(source, today=TODAY), tmp_path / "tra-lai.xlsx")
    _, row = cells(back)
    assert row.cells[1:7] == (1.0, "", date(2026, 8, 6), 12.5, datetime(2026, 8, 6, 7, 30), True)  # noqa: DTZ001 - a workbook knows no zone


def test_divided_headings_come_back_divided(tmp_path: Path) -> None:
    source = tmp_path / "danh-sach.xlsx"
    with xlsxwriter.Workbook(source) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["DANH MỤC"])
        page.write_row(1, 0, ["TT", "Nội dung", "Lĩnh vực", "", "Địa phương"])
        page.write_row(2, 2, ["Đất đai", "Giao thông"])
        page.write_row(3, 0, [1, "", "", "x", "Bản A"])
    back = handed_back(read_petitions(source, today=TODAY), tmp_path / "tra-lai.xlsx")
    (row,) = back.rows()
    assert (row.row_number, row.field_written, row.locality_written) == (3, "Giao thông", "Bản A")


def test_what_rows_shared_with_others_is_written_out(read_csv: ReadCsv, tmp_path: Path) -> None:
    rows = "1;Sửa đường;Bản A;1/8/2026;\n2;Khoan giếng;;31/11/2026;\n"
    sheet = read_csv(LIST + rows, fill_down=frozenset({Field.LOCALITY}))
    assert cells(handed_back(sheet, tmp_path / "a.xlsx"))[1].cells[2] == "Bản A"


def test_a_text_longer_than_a_cell_can_hold_is_cut_and_says_so(read_csv: ReadCsv, tmp_path: Path) -> None:
    back = handed_back(read_csv(f"{LIST}1;{'đường ' * 20_000};Bản A;1/8/2026;\n"), tmp_path / "a.xlsx")
    row = cells(back)[1]
    assert len(str(row.cells[1])) == 32_767
    assert "bị cắt" in str(row.cells[5])


def test_only_its_owner_may_read_the_workbook_and_nothing_is_left_beside_it(read_csv: ReadCsv, tmp_path: Path) -> None:
    folder = tmp_path / "ra"
    folder.mkdir()
    handed_back(read_csv(LIST + "1;;Bản A;1/8/2026;\n"), folder / "a.xlsx")
    assert [path.name for path in folder.iterdir()] == ["a.xlsx"]
    assert (folder / "a.xlsx").stat().st_mode & 0o077 == 0


def test_the_list_itself_another_kind_of_file_or_an_absent_folder_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "a.xlsx"
    source.touch()
    require_workbook(tmp_path / "b.xlsx", source=source)
    for wrong in (source, tmp_path / "x" / ".." / "a.xlsx", tmp_path / "a.csv", tmp_path / "khong-co" / "a.xlsx"):
        with pytest.raises(BadInput) as refused:
            require_workbook(wrong, source=source)
        assert list(refused.value.problems) == ["rejected"]
