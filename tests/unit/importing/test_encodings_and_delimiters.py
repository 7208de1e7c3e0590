from __future__ import annotations

import codecs
import csv
import io
import unicodedata

import pytest

from tests.unit.importing.conftest import ReadCsv
from workflows.importing.errors import NotATable, UnclosedQuote, UnknownEncoding

HEADINGS = ("STT", "Nội dung kiến nghị", "Địa phương", "Ghi chú")
ROWS = (
    ("1", "Đề nghị sửa đường, cầu; cống", "Quốc Khánh", "xem thêm"),
    ("2", "Kiến nghị về nước sạch ở thôn Nà Cắn", "Tràng Định", ""),
)


def table(delimiter: str) -> str:
    lines = io.StringIO()
    csv.writer(lines, delimiter=delimiter).writerows([HEADINGS, *ROWS])
    return lines.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_gives_known_headings(read_csv: ReadCsv, delimiter: str) -> None:
    sheet = read_csv(table(delimiter))
    assert sheet.delimiter == delimiter
    assert [(row.ordinal, row.text, row.locality_written, row.note) for row in sheet.rows()] == list(ROWS)


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
    ],
)
def test_unicode_is_recognised_with_and_without_its_mark(read_csv: ReadCsv, encoding: str, found: str) -> None:
    sheet = read_csv(table(";"), encoding=encoding)
    assert sheet.encoding == found
    assert [row.text for row in sheet.rows()] == [row[1] for row in ROWS]


def test_windows_1258_is_recognised_and_composed(read_csv: ReadCsv) -> None:
    sheet = read_csv(in_1258(table(",")), encoding="cp1258")
    assert sheet.encoding == "cp1258"
    assert [row.text for row in sheet.rows()] == [row[1] for row in ROWS]


def in_1258(text: str) -> str:
    """Write tone marks as windows-1258 does: apart from their vowel, which keeps its own shape."""
    return "".join(
        char if char in "ăâđêôơưĂÂĐÊÔƠƯ" or len(parts := unicodedata.normalize("NFD", char)) == 1 else apart(parts)
        for char in text
    )


def apart(parts: str) -> str:
    tones = "".join(part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones)) + tones


# How the fonts of the nineties wrote "Nội dung kiến nghị" and a petition: the bytes of other letters.
TCVN3 = """STT,N\xe9i dung ki\xd5n ngh\xde
1,\xae\xd2 ngh\xde Nhµ n\xadíc söa \xae\xad\xeang, cÊp ®iÖn cho b¶n lµng vïng cao
"""
VNI = """STT,No\xe4i dung kie\xe1n ngh\xf2
1,\xd1e\xe0 ngh\xf2 s\xf6\xfba \xf1\xf6\xf4\xf8ng, ca\xe1p \xf1ie\xe4n cho ba\xfbn la\xf8ng
"""


@pytest.mark.parametrize(("text", "name"), [(TCVN3, "TCVN3 (ABC)"), (VNI, "VNI")])
def test_the_old_fonts_are_refused_by_name(read_csv: ReadCsv, text: str, name: str) -> None:
    with pytest.raises(UnknownEncoding) as refusal:
        read_csv(text, encoding="latin-1")
    assert name in refusal.value.text.vi


def test_a_broken_byte_is_refused_with_its_line(read_csv: ReadCsv) -> None:
    octets = table(",").encode() + b"3,\xc3\x28 h\xe1\xbb,,\r\n"
    with pytest.raises(UnknownEncoding) as refusal:
        read_csv(octets.decode("latin-1"), encoding="latin-1")
    assert refusal.value.data["line"] == 4


def test_a_file_cut_inside_a_character_is_refused(read_csv: ReadCsv) -> None:
    octets = codecs.BOM_UTF8 + table(",").encode() + "3,Đề".encode()[:-1]
    with pytest.raises(UnknownEncoding):
        read_csv(octets.decode("latin-1"), encoding="latin-1")


def test_a_byte_mark_does_not_hide_the_first_heading(read_csv: ReadCsv) -> None:
    assert read_csv(table(","), encoding="utf-8-sig").headings == HEADINGS


def test_the_hint_of_excel_names_the_delimiter_and_is_no_row(read_csv: ReadCsv) -> None:
    sheet = read_csv("sep=;\r\n" + table(";"))
    assert [row.row_number for row in sheet.rows()] == [2, 3]


def test_one_column_alone_is_a_list_too(read_csv: ReadCsv) -> None:
    assert [row.text for row in read_csv("Nội dung kiến nghị\nĐề nghị sửa đường\n").rows()] == ["Đề nghị sửa đường"]


def test_a_text_over_several_lines_stays_one_row(read_csv: ReadCsv) -> None:
    sheet = read_csv('STT,Nội dung\n1,"Đề nghị:\n- sửa đường\n- ""làm"" cầu"\n\n2,Đề nghị điện\n')
    assert [(row.row_number, row.text) for row in sheet.rows()] == [
        (2, 'Đề nghị:\n- sửa đường\n- "làm" cầu'),
        (4, "Đề nghị điện"),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        '2,"Đề nghị B,Huế\n3,Đề nghị C,Huế\n',
        '2,"Đề nghị B,Huế',
        '2,"Đề nghị B,Huế\n3,"Đề nghị C",Huế\n4,Đề nghị D,Huế\n',
    ],
)
def test_a_quotation_that_swallows_rows_is_refused_with_its_row(read_csv: ReadCsv, rows: str) -> None:
    with pytest.raises(UnclosedQuote) as refusal:
        read_csv("STT,Nội dung,Địa phương\n1,Đề nghị A,Huế\n" + rows)
    assert refusal.value.data["row"] == 3


def test_rows_are_refused_while_reading_when_the_quotation_comes_late(read_csv: ReadCsv) -> None:
    rows = "".join(f"{number},Đề nghị sửa đường thôn {number}\n" for number in range(200))
    with pytest.raises(UnclosedQuote) as refusal:
        list(read_csv(f'STT,Nội dung\n{rows}200,"Đề nghị\n201,Đề nghị\n').rows())
    assert refusal.value.data["row"] == 202


def test_quotation_marks_inside_a_line_harm_nobody(read_csv: ReadCsv) -> None:
    sheet = read_csv('STT,Nội dung,Địa phương\n1,Về "điện nông thôn" ở xã,Huế\n2,"Luật" đất đai có vướng mắc,Huế\n')
    assert [row.text for row in sheet.rows()] == ['Về "điện nông thôn" ở xã', "Luật đất đai có vướng mắc"]


def test_one_stray_zero_byte_is_cleaned_and_told(read_csv: ReadCsv) -> None:
    (row,) = read_csv("STT,Nội dung\n1,Đề nghị\x00 sửa đường\n").rows()
    assert (row.text, [finding.code for finding in row.problems]) == ("Đề nghị sửa đường", ["control_characters"])


def test_random_bytes_are_no_table(read_csv: ReadCsv) -> None:
    with pytest.raises(NotATable):
        read_csv("".join(map(chr, range(256))) * 40, encoding="latin-1")
