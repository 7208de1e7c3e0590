from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from tests.old_workbooks import Rows, write_xls, write_xlsb
from tests.unit.importing.conftest import WriteXlsx
from workflows.importing import spooled
from workflows.importing.contents import Format, Limits
from workflows.importing.errors import (
    DamagedFile,
    EmptyFile,
    FileNotFound,
    FileRefused,
    FileTooLarge,
    NotATable,
    PasswordProtected,
    WrongExtension,
)
from workflows.importing.reading import read_petitions

LIST = (("STT", "Nội dung", "Địa phương"), (1, "Đề nghị sửa đường", "Huế"))
WriteOld = Callable[[Path, Rows], Path]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(path: Path, **limits: int) -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        list(read_petitions(path, today=date(2026, 11, 20), limits=Limits(**limits)).rows())
    assert refused.value.text.vi != refused.value.text.en
    return refused.value


def made(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def named(stream: str) -> bytes:
    """A stream's entry in the directory of a compound file."""
    return stream.encode("utf-16-le").ljust(64, b"\0") + (2 * len(stream) + 2).to_bytes(2, "little") + bytes(62)


def archive(members: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in members.items():
            book.writestr(name, data)
    return content.getvalue()


def test_a_workbook_is_a_list_like_any_other(write_xlsx: WriteXlsx, today: date) -> None:
    sheet = read_petitions(write_xlsx(LIST, names=["Đợt 1"]), today=today)
    (row,) = sheet.rows()
    assert (sheet.format, sheet.sheet_name, sheet.encoding, sheet.delimiter) == (Format.XLSX, "Đợt 1", "", "")
    assert (row.row_number, row.text, row.locality_written) == (2, "Đề nghị sửa đường", "Huế")


@pytest.mark.parametrize(("write", "name"), [(write_xls, "cu.xls"), (write_xlsb, "nhi-phan.xlsb")])
def test_a_binary_workbook_is_read(tmp_path: Path, today: date, write: WriteOld, name: str) -> None:
    rows: Rows = [("STT", "Nội dung", "Địa phương"), (1.0, "Đề nghị sửa đường", "Huế"), (2.0, "Đề nghị làm cầu", "")]
    sheet = read_petitions(write(tmp_path / name, rows), today=today)
    assert (sheet.format.value, sheet.sheet_name) == (name.rpartition(".")[2], "Trang 1")
    assert [(row.ordinal, row.text, row.locality_written) for row in sheet.rows()] == [
        ("1", "Đề nghị sửa đường", "Huế"),
        ("2", "Đề nghị làm cầu", ""),
    ]


def test_a_small_file_of_many_deep_merges_costs_little(tmp_path: Path, today: date) -> None:
    path = tmp_path / "gop.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, LIST[0])
        sheet.write_row(1, 0, LIST[1])
        for column in range(3, 250):
            for top in range(5, 4_000, 1_000):
                sheet.merge_range(top, column, top + 999, column, "")
    merged = read_petitions(path, today=today).grid.merged
    assert len(merged) <= 500_000


def test_an_open_document_sheet_is_read(tmp_path: Path, today: date) -> None:
    rows = "".join(
        "<table:table-row>"
        + "".join(f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>' for c in row)
        + "</table:table-row>"
        for row in LIST
    )
    spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="Đợt 1">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    members = {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": content.encode(),
        "META-INF/manifest.xml": manifest.encode(),
    }
    sheet = read_petitions(made(tmp_path / "a.ods", archive(members)), today=today)
    assert [row.text for row in sheet.rows()] == ["Đề nghị sửa đường"]


def test_cells_merged_over_rows_speak_for_each_of_them(tmp_path: Path, today: date) -> None:
    path = tmp_path / "gop.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(2, 1, ["STT", "Nội dung", "Địa phương", "Cơ quan chủ trì"])
        sheet.write_row(3, 1, [1, "Đề nghị sửa đường"])
        sheet.write_row(4, 1, [2])
        sheet.write_row(5, 1, [3, "Đề nghị làm cầu"])
        sheet.merge_range(3, 3, 5, 3, "thôn Nà Cắn")
        sheet.write(5, 4, "Sở B")
        sheet.merge_range(3, 2, 4, 2, "Đề nghị sửa đường")
        sheet.write(4, 4, "Sở A")
    first, second, third = read_petitions(path, today=today).rows()
    assert [row.locality_written for row in (first, second, third)] == ["thôn Nà Cắn"] * 3
    assert [row.agency_written for row in (first, second, third)] == ["", "Sở A", "Sở B"]
    assert [(finding.column, finding.code) for finding in second.problems] == [("Nội dung", "text_merged")]
    assert "dòng 4" in second.problems[0].text.vi
    assert (first.is_rejected, third.is_rejected) == (False, False)


def test_hidden_sheets_and_charts_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "an.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Trống")
        hidden = book.add_worksheet("Ẩn")
        hidden.write_row(0, 0, ["Nội dung"])
        hidden.hide()
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=Ẩn!$A$1:$A$2"})
        book.add_chartsheet("Biểu đồ").set_chart(chart)
    assert isinstance(refusal(path), EmptyFile)


def sparse(path: Path, *, row: int, column: int) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, LIST[0])
        sheet.write(row, column, "x")
    return path


def test_a_tiny_sheet_that_asks_for_549_gigabytes_is_refused(tmp_path: Path) -> None:
    path = sparse(tmp_path / "thua.xlsx", row=1_048_575, column=16_383)
    assert path.stat().st_size < 10_000
    assert isinstance(refusal(path), FileTooLarge)


def test_a_sheet_over_the_memory_rows_columns_or_time_allowed_is_refused(tmp_path: Path, write_xlsx: WriteXlsx) -> None:
    wide = sparse(tmp_path / "rong.xlsx", row=1, column=300)
    deep = write_xlsx([LIST[0], *([LIST[1]] * 200)], name="dai.xlsx")
    for found in (
        refusal(wide),
        refusal(deep, rows=100),
        refusal(deep, seconds=0),
        refusal(sparse(tmp_path / "sau.xlsx", row=1_000_000, column=9), memory=200 << 20),
        refusal(deep, file_bytes=100),
    ):
        assert isinstance(found, FileTooLarge)
        assert "tách thành nhiều tệp" in found.text.vi


def test_a_text_file_over_the_rows_columns_or_size_allowed_is_refused(tmp_path: Path) -> None:
    deep = made(tmp_path / "dai.csv", b"STT,Noi dung\n" + b"1,De nghi\n" * 200)
    wide = made(tmp_path / "rong.csv", b"Noi dung" + b"," * 300 + b"\n")
    assert isinstance(refusal(deep, rows=100), FileTooLarge)
    assert isinstance(refusal(deep, file_bytes=100), FileTooLarge)
    assert isinstance(refusal(wide), FileTooLarge)


def test_an_archive_that_unpacks_to_a_flood_is_refused_before_anything_unpacks_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flood = archive({"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": bytes(64 << 20)})
    monkeypatch.setattr(spooled, "_run_child", None)
    assert isinstance(refusal(made(tmp_path / "bom.xlsx", flood)), FileTooLarge)


def test_the_reading_process_lives_under_half_a_gigabyte_and_two_minutes(
    tmp_path: Path, write_xlsx: WriteXlsx, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader itself says under which limits it ran, and how much memory it had at most.

    The kernel's VmHWM begins at zero with the program; ru_maxrss would begin with the parent's.
    """
    probe = (
        "import atexit, json, re; from resource import *; atexit.register(lambda: print(json.dumps("
        "[[getrlimit(RLIMIT_AS), getrlimit(RLIMIT_CPU)], "
        "int(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1])]))); "
    )
    monkeypatch.setattr(spooled, "_BOOT", probe + spooled._BOOT)
    with (tmp_path / "said").open("w+b") as said:
        large = write_xlsx([LIST[0], *([LIST[1]] * 20_000)])
        spooled._run_child(large, Format.XLSX, said, limits=Limits())
        said.seek(0)
        limits, highest = json.loads(said.readlines()[-1])
    assert limits == [[512 << 20] * 2, [120] * 2]
    assert highest << 10 <= 512 << 20


def test_an_archive_of_ten_thousand_parts_is_refused(tmp_path: Path) -> None:
    parts = {f"xl/{number}.xml": b"" for number in range(10_000)} | {"xl/workbook.xml": b""}
    assert isinstance(refusal(made(tmp_path / "bom.xlsx", archive(parts))), FileTooLarge)


def test_an_archive_that_lies_about_its_sizes_meets_the_limits_of_the_child(
    tmp_path: Path, write_xlsx: WriteXlsx
) -> None:
    with zipfile.ZipFile(write_xlsx(LIST, name="that.xlsx")) as book:
        members = {name: book.read(name) for name in book.namelist()}
    row = b"<row>" + b'<c t="str"><v>x</v></c>' * 200 + b"</row>"
    members["xl/worksheets/sheet1.xml"] = (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + row * 20_000
        + b"</sheetData></worksheet>"
    )
    size = len(members["xl/worksheets/sheet1.xml"]).to_bytes(4, "little")
    lying = archive(members).replace(size, (1000).to_bytes(4, "little"))
    assert isinstance(refusal(made(tmp_path / "bom.xlsx", lying), memory=200 << 20), FileTooLarge | DamagedFile)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.csv", b"%PDF-1.7 abc", NotATable),
        ("a.xlsx", b"\x89PNG\r\n\x1a\n", NotATable),
        ("a.csv", b"{\\rtf1 abc}", NotATable),
        ("a.csv", b"\x1f\x8b\x08abc", NotATable),
        ("a.xls", b"<html><table><tr><td>STT</td></tr></table></html>", NotATable),
        ("a.xls", b"\xef\xbb\xbf\n <?xml version='1.0'?><Workbook/>", NotATable),
        ("a.xlsx", archive({"a.txt": b"a"}), NotATable),
        ("a.xlsx", archive({"word/document.xml": b"a"}), WrongExtension),
        ("a.csv", bytes(range(32)) * 100, NotATable),
        ("a.xlsx", b"STT,Noi dung\n1,De nghi\n", WrongExtension),
        ("a.csv", archive({"xl/workbook.xml": b"<a/>"}), WrongExtension),
        ("a.xlsx", OLE + bytes(2000), WrongExtension),
        ("a.xlsm", archive({"xl/workbook.xml": b"<a/>"}), WrongExtension),
        ("a.xls", OLE + bytes(632) + named("EncryptedPackage"), PasswordProtected),
        ("a.xlsx", OLE + bytes((1 << 20) + 120) + named("EncryptedPackage"), PasswordProtected),
        ("a.xls", OLE + bytes(2000), DamagedFile),
        ("a.xls", OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), DamagedFile),  # named in a cell only
        ("a.xlsx", archive({"xl/workbook.xml": b"<a/>"}), DamagedFile),
        ("a.xlsx", b"PK\x03\x04 not an archive", DamagedFile),
        ("a.xlsx", b"", EmptyFile),
        ("a.csv", b" \r\n\t", EmptyFile),
    ],
)
def test_a_file_that_is_something_else_is_refused_for_what_it_is(
    tmp_path: Path, name: str, content: bytes, expected: type[FileRefused]
) -> None:
    assert type(refusal(made(tmp_path / name, content))) is expected


def test_a_workbook_cut_short_is_damaged(tmp_path: Path, write_xlsx: WriteXlsx) -> None:
    whole = write_xlsx(LIST).read_bytes()
    assert isinstance(refusal(made(tmp_path / "cut.xlsx", whole[: len(whole) // 2])), DamagedFile)


def test_an_entity_bomb_is_not_expanded(tmp_path: Path, write_xlsx: WriteXlsx) -> None:
    with zipfile.ZipFile(write_xlsx(LIST, name="that.xlsx")) as book:
        members = {name: book.read(name) for name in book.namelist()}
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    members["xl/sharedStrings.xml"] = (
        f'<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY e0 "aaaaaaaaaa">{entities}]>'
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&e11;</t></si></sst>'
    ).encode()
    assert isinstance(refusal(made(tmp_path / "bom.xlsx", archive(members))), FileRefused)


@pytest.mark.parametrize("name", ["khong-co.csv", "."])
def test_an_absent_file_or_a_folder_is_refused_by_name(tmp_path: Path, name: str) -> None:
    assert isinstance(refusal(tmp_path / name), FileNotFound)


def test_every_reason_has_a_code_of_its_own() -> None:
    kinds: list[type[FileRefused]] = [FileRefused, *FileRefused.__subclasses__()]
    codes = [kind.code for kind in kinds]
    assert len(codes) == len(set(codes))
    assert all(code.startswith("import_") for code in codes)
