from __future__ import annotations

import csv
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from tests.unit.importing.conftest import ReadCsv, WriteXlsx
from workflows.importing.errors import ColumnsCollide, EmptyFile, HeaderNotFound, SheetNotFound, TextColumnMissing
from workflows.importing.headings import Field
from workflows.importing.known_headings import known_field
from workflows.importing.reading import read_petitions
from workflows.importing.rows import SkippedRow

FROM_THE_ANNEXES = {
    "STT": Field.ORDINAL,
    "TT": Field.ORDINAL,
    "Nội dung kiến nghị": Field.TEXT,
    "Địa phương": Field.LOCALITY,
    "Địa phương tiếp nhận": Field.LOCALITY,
    "Địa phương, Đơn vị tiếp nhận": Field.LOCALITY,
    "Huyện, thị xã, thành phố": Field.LOCALITY,
    "Cử tri các huyện": Field.LOCALITY,
    "Cử tri (xã/thôn)": Field.LOCALITY,
    "Bộ, ngành": Field.AGENCY,
    "Thẩm quyền Bộ, ngành": Field.AGENCY,
    "Thẩm quyền giải quyết": Field.AGENCY,
    "Cơ quan chủ trì": Field.AGENCY,
    "Lĩnh vực": Field.SUBJECT,
    "Lĩnh vực thuộc Bộ/ngành": Field.SUBJECT,
    "Chương trình/Kế hoạch TXCT": Field.PLAN,
    "Kế hoạch số": Field.PLAN,
    "Kỳ họp": Field.SESSION,
    "Trước/Sau kỳ họp": Field.ROUND,
    "Trước/Sau kỳ họp/Khác": Field.ROUND,
    "Hình thức (Trước/Sau kỳ họp)": Field.ROUND,
    "Công văn": Field.LETTER,
    "số": Field.LETTER_NUMBER,
    "Số": Field.LETTER_NUMBER,
    "Mã kiến nghị": Field.CODE,
    "Số kiến nghị (=mã)": Field.CODE,
    "Người kiến nghị": Field.PETITIONER,
    "Đối tượng kiến nghị": Field.PETITIONER,
    "Địa chỉ": Field.ADDRESS,
    "Điện thoại": Field.PHONE,
    "Ngày nhận": Field.RECEIVED_ON,
    "Hình thức tiếp nhận": Field.CHANNEL,
    "Loại kiến nghị": Field.NATURE,
    "Ghi chú": Field.NOTE,
    "Cơ quan trả lời": Field.ANSWERED_BY,
    "ND trả lời": Field.ANSWER_TEXT,
    "Số CV trả lời": Field.ANSWER_NUMBER,
    "Viện dẫn văn bản trả lời": Field.ANSWER,
}


@pytest.mark.parametrize(("heading", "meaning"), FROM_THE_ANNEXES.items())
def test_headings_of_both_templates_and_of_the_annexes_are_known(heading: str, meaning: Field) -> None:
    assert known_field(heading) is meaning
    assert known_field(unicodedata.normalize("NFD", heading).upper()) is meaning
    assert known_field(f"  {heading} (*)\n") is meaning


@pytest.mark.parametrize("heading", ["Số tiền", "Tổng số KNCT", "Tỷ lệ", "", "(1)"])
def test_other_headings_are_not_guessed(heading: str) -> None:
    assert known_field(heading) is None


def test_the_annexes_as_printed_are_readable(shared_data: Path) -> None:
    with (shared_data / "annex_columns.csv").open(encoding="utf-8-sig", newline="") as lines:
        annexes = [row["cot"].split(";")[0].split(" | ") for row in csv.DictReader(lines)]
    known = [[known_field(heading.split("{")[0].strip("[]")) for heading in annex] for annex in annexes]
    assert sum(Field.TEXT in fields for fields in known) == 5
    assert all(fields[0] is Field.ORDINAL for fields in known if Field.TEXT in fields)


def test_titles_above_the_headings_are_passed_over(read_csv: ReadCsv) -> None:
    sheet = read_csv(
        "HĐND TỈNH,,CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n,,Độc lập - Tự do - Hạnh phúc\n"
        "DANH MỤC KIẾN NGHỊ CỦA CỬ TRI,,\n,,\nTT,Nội dung kiến nghị,Địa phương\n(1),(2),(3)\n1,Đề nghị sửa đường,Huế\n"
    )
    assert sheet.header.row_number == 5
    assert [row.row_number for row in sheet.rows()] == [7]


def test_headings_in_the_middle_of_a_sheet_and_of_its_columns(write_xlsx: WriteXlsx, today: date) -> None:
    rows = [[], ["", "", "Phụ lục I"], [], [], ["", "", "STT", "Nội dung\nkiến nghị"], ["", "", 1, "Đề nghị sửa đường"]]
    (row,) = read_petitions(write_xlsx(rows), today=today).rows()
    assert (row.row_number, row.ordinal, row.text) == (6, "1", "Đề nghị sửa đường")


def test_headings_on_two_levels_and_boxes_to_tick(read_csv: ReadCsv) -> None:
    sheet = read_csv(
        "TT,Nội dung kiến nghị,Công văn,,Lĩnh vực,,Ghi chú\n"
        ",,Số,Ngày,Đất đai,Môi trường,\n"
        "1,Đề nghị cấp sổ đỏ,12/HĐND-TT,05/03/2026,x,,\n"
        "2,Đề nghị thu gom rác,13/HĐND-TT,06/03/2026,,X,xem\n"
        "3,Đề nghị xử lý bãi rác trên đất ruộng,,,x,x,\n"
    )
    first, second, third = sheet.rows()
    assert (first.letter_written, first.letter_on, first.field_written) == ("12/HĐND-TT", date(2026, 3, 5), "Đất đai")
    assert (second.field_written, second.note) == ("Môi trường", "xem")
    assert third.field_written == "Đất đai; Môi trường"
    assert [finding.code for finding in third.problems] == ["several_fields_ticked"]


def test_the_first_row_of_data_is_no_second_level(read_csv: ReadCsv) -> None:
    sheet = read_csv("STT,Nội dung kiến nghị,Địa phương,\n,,Huế,ghi thêm\n1,Đề nghị sửa đường,Huế,\n")
    assert [row.row_number for row in sheet.rows()] == [2, 3]


@pytest.mark.parametrize(
    ("headings", "received", "written"),
    [
        ("Nội dung,Ngày", date(2026, 3, 5), None),
        ("Nội dung,Công văn,Số,Ngày", None, date(2026, 3, 5)),
    ],
)
def test_a_bare_date_is_the_letters_beside_a_letter(
    read_csv: ReadCsv, headings: str, received: date | None, written: date | None
) -> None:
    blanks = "," * (headings.count(",") - 1)
    (row,) = read_csv(f"{headings}\nĐề nghị sửa đường{blanks},05/03/2026\n").rows()
    assert (row.received_on, row.letter_on) == (received, written)


def test_a_bare_number_without_a_letter_is_the_ordinal(read_csv: ReadCsv) -> None:
    (row,) = read_csv("Số,Nội dung kiến nghị\n7,Đề nghị sửa đường\n").rows()
    assert (row.ordinal, row.letter_written) == ("7", "")


def test_repeated_headings_column_numbers_and_group_titles_are_skipped_and_told(read_csv: ReadCsv) -> None:
    sheet = read_csv(
        "TT,Nội dung kiến nghị,Địa phương\n1,2,3\nI. XÃ QUỐC KHÁNH,,\n1,Đề nghị A,Huế\n"
        "TT,Nội dung kiến nghị,Địa phương\n2,Đề nghị B,Huế\n"
    )
    skipped = [line for line in sheet.lines() if isinstance(line, SkippedRow)]
    assert [(line.row_number, line.reason.en) for line in skipped] == [
        (2, "Numbers the columns"),
        (3, "The title of a group, not a petition"),
        (5, "Repeats the headings"),
    ]
    assert [row.ordinal for row in sheet.rows()] == ["1", "2"]


def test_unknown_columns_are_listed_and_kept(read_csv: ReadCsv) -> None:
    sheet = read_csv("Nội dung,Cơ quan ghi sổ,Số tiền,\nĐề nghị sửa đường,UBND xã,5 triệu,viết bên lề\n")
    (row,) = sheet.rows()
    assert sheet.unknown_headings == ("Cơ quan ghi sổ", "Số tiền")
    assert sheet.columns == {"Nội dung": Field.TEXT}
    assert row.other == {"Cơ quan ghi sổ": "UBND xã", "Số tiền": "5 triệu", "(cột D)": "viết bên lề"}
    assert row.problems == ()


def test_two_unknown_columns_of_one_name_are_both_kept(read_csv: ReadCsv) -> None:
    (row,) = read_csv("Nội dung,Tỷ lệ,Tỷ lệ\nĐề nghị sửa đường,1,2\n").rows()
    assert row.other == {"Tỷ lệ": "1", "Tỷ lệ (2)": "2"}


def test_two_columns_of_one_meaning_are_refused_by_name(read_csv: ReadCsv) -> None:
    with pytest.raises(ColumnsCollide) as refusal:
        read_csv("Nội dung,Thẩm quyền giải quyết,Cơ quan chủ trì\nĐề nghị sửa đường,Sở A,Sở B\n")
    assert "“Thẩm quyền giải quyết” (cột B)" in refusal.value.text.vi
    assert "“Cơ quan chủ trì” (cột C)" in refusal.value.text.vi
    assert refusal.value.data["field"] == "agency"


def test_without_a_column_for_the_text_the_headings_found_are_named(read_csv: ReadCsv) -> None:
    with pytest.raises(TextColumnMissing) as refusal:
        read_csv("STT,Noi dung kien nghi cua dan,Địa phương\n1,Đề nghị sửa đường,Huế\n")
    assert "“STT”, “Noi dung kien nghi cua dan”, “Địa phương”" in refusal.value.text.vi
    assert "Có phải là “Noi dung kien nghi cua dan”?" in refusal.value.text.vi


@pytest.mark.parametrize(
    "text",
    [
        "1,Đề nghị sửa đường,Huế\n2,Đề nghị làm cầu,Huế\n",
        "1,Đề nghị sửa đường,Huế\n2,Đề nghị làm cầu,Kiến nghị\n",
        "<a>\n",
        "một dòng chữ\n",
    ],
)
def test_a_table_without_headings_is_refused(read_csv: ReadCsv, text: str) -> None:
    with pytest.raises((HeaderNotFound, TextColumnMissing)):
        read_csv(text)


def test_headings_below_the_first_fifty_rows_are_not_looked_for(read_csv: ReadCsv) -> None:
    with pytest.raises(HeaderNotFound):
        read_csv("giới thiệu\n" * 60 + "STT,Nội dung\n1,Đề nghị sửa đường\n")


@pytest.mark.parametrize("text", ["", "\n\n", ",,\n,,\n", "\ufeff", " \u00a0\n"])
def test_a_file_with_nothing_in_it_is_refused(read_csv: ReadCsv, text: str) -> None:
    with pytest.raises(EmptyFile):
        read_csv(text)


def test_headings_without_rows_give_an_empty_list(read_csv: ReadCsv) -> None:
    assert list(read_csv("STT,Nội dung kiến nghị\n").rows()) == []


def test_the_first_sheet_with_headings_is_read_and_the_others_named(write_xlsx: WriteXlsx, today: date) -> None:
    list_one = [["STT", "Nội dung"], [1, "Đề nghị sửa đường"]]
    list_two = [["STT", "Nội dung"], [1, "Đề nghị làm cầu"]]
    path = write_xlsx([["Hướng dẫn nhập"]], list_one, list_two, names=["Hướng dẫn", "Thường lệ", "Chuyên đề"])
    sheet = read_petitions(path, today=today)
    assert (sheet.sheet_name, sheet.other_sheets, sheet.origin) == ("Thường lệ", ("Chuyên đề",), "danh-sach")
    other = read_petitions(path, today=today, sheet="chuyên đề")
    assert [row.text for row in other.rows()] == ["Đề nghị làm cầu"]
    assert other.origin == "danh-sach#Chuyên đề"
    with pytest.raises(SheetNotFound) as refusal:
        read_petitions(path, today=today, sheet="Khác")
    assert "“Hướng dẫn”, “Thường lệ”, “Chuyên đề”" in refusal.value.text.vi
    with pytest.raises(HeaderNotFound):
        read_petitions(path, today=today, sheet="Hướng dẫn")
