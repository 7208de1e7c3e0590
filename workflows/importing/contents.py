"""What a file really is, whatever its name says, and whether it is safe to unpack."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from states.text import Text
from workflows.filing import archives, compound
from workflows.filing.archives import ArchiveFault, Trouble, open_archive
from workflows.importing.errors import (
    DamagedFile,
    EmptyFile,
    FileNotFound,
    FileRefused,
    FileTooLarge,
    NotATable,
    PasswordProtected,
    UnsafeFile,
    WrongExtension,
)


class Format(StrEnum):
    """The formats of a list."""

    TEXT = "csv"
    XLSX = "xlsx"
    XLSB = "xlsb"
    ODS = "ods"
    XLS = "xls"
    DOCX = "docx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one import may cost. Sizes in bytes; memory and seconds are those of the reading child process."""

    file_bytes: int = 256 << 20
    unpacked_bytes: int = 1 << 30
    members: int = 2_000
    ratio: int = 100
    memory: int = 512 << 20
    seconds: int = 120
    rows: int = 500_000
    columns: int = 256
    cell_chars: int = 16 << 20
    text_bytes: int = 100 << 10
    line_chars: int = 500


_EXTENSIONS = {
    ".csv": Format.TEXT,
    ".tsv": Format.TEXT,
    ".txt": Format.TEXT,
    ".xlsx": Format.XLSX,
    ".xlsb": Format.XLSB,
    ".ods": Format.ODS,
    ".xls": Format.XLS,
    ".docx": Format.DOCX,
}
_NAMES = {
    Format.TEXT: Text("văn bản CSV", "CSV text"),
    Format.XLSX: Text("bảng tính Excel (.xlsx)", "an Excel workbook (.xlsx)"),
    Format.XLSB: Text("bảng tính Excel nhị phân (.xlsb)", "a binary Excel workbook (.xlsb)"),
    Format.ODS: Text("bảng tính OpenDocument (.ods)", "an OpenDocument sheet (.ods)"),
    Format.XLS: Text("bảng tính Excel 97-2003 (.xls)", "an Excel 97-2003 workbook (.xls)"),
    Format.DOCX: Text("văn bản Word (.docx)", "a Word text (.docx)"),
}
_ENCRYPTED, _OLD_BOOK, _OLD_WORD = "EncryptedPackage", "Workbook", "WordDocument"
_FOREIGN = (
    (b"%PDF", Text("tệp PDF", "a PDF")),
    (b"{\\rtf", Text("văn bản RTF", "an RTF text")),
    (b"\x89PNG", Text("ảnh", "a picture")),
    (b"\xff\xd8\xff", Text("ảnh", "a picture")),
    (b"GIF8", Text("ảnh", "a picture")),
    (b"7z\xbc\xaf", Text("tệp nén 7z", "a 7z archive")),
    (b"Rar!", Text("tệp nén RAR", "a RAR archive")),
    (b"\x1f\x8b", Text("tệp nén gzip", "a gzip archive")),
)
_WEB_PAGE = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|table|\?xml|meta|head|style)", re.IGNORECASE)
_MAIN_PART = {"xl/workbook.xml": Format.XLSX, "xl/workbook.bin": Format.XLSB}
_WORD_PART = re.compile(r"word/document[0-9]*\.xml")
_MACROS = "vbaproject.bin"


def examine(path: Path, *, limits: Limits) -> Format:
    """Return the format of the file after checking name, size, content and, for archives, what unpacking costs.

    Raises FileNotFound, EmptyFile, FileTooLarge, NotATable, WrongExtension, PasswordProtected or DamagedFile.
    Reads a few kilobytes and the list of an archive; unpacks nothing.
    """
    head = _head(path, limits=limits)
    found = _content(path, head, limits=limits)
    named = _EXTENSIONS.get(path.suffix.casefold())
    if named is not None and named is not found:
        raise WrongExtension(
            Text(
                f"Tên tệp là {path.suffix} nhưng nội dung là {_NAMES[found].vi}: sửa đuôi tệp hoặc lưu lại",
                f"The name says {path.suffix}, the content is {_NAMES[found].en}: rename it or save it again",
            ),
            extension=path.suffix,
            content=found.value,
        )
    if named is None and found is not Format.TEXT:
        raise WrongExtension(
            Text(
                f"Không nhận tệp đuôi “{path.suffix}”: lưu lại dạng .{found.value} (không có macro)",
                f"Files named “{path.suffix}” are not accepted: save it as .{found.value} without macros",
            ),
            extension=path.suffix,
            content=found.value,
        )
    return found


def _head(path: Path, *, limits: Limits) -> bytes:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(8192)
    except OSError as wrong:
        raise FileNotFound(
            Text(f"Không mở được tệp “{path.name}”: kiểm tra tên và quyền đọc", f"Cannot open “{path.name}”"),
            name=path.name,
        ) from wrong
    if not head.strip():
        raise EmptyFile(Text("Tệp rỗng, không có nội dung nào", "The file is empty"))
    if size > limits.file_bytes:
        raise too_large(Text(f"Tệp nặng {size >> 20} MB", f"The file has {size >> 20} MB"))
    return head


def _content(path: Path, head: bytes, *, limits: Limits) -> Format:
    if head.startswith(archives.MAGIC):
        return _zipped(path, limits=limits)
    if head.startswith(compound.MAGIC):
        return _compound(path)
    for magic, name in _FOREIGN:
        if head.startswith(magic):
            raise not_a_table(name)
    if _WEB_PAGE.match(head):
        raise not_a_table(Text("trang web hoặc XML (có phần mềm vẫn đặt đuôi .xls)", "a web page or XML"))
    return Format.TEXT


def _zipped(path: Path, *, limits: Limits) -> Format:
    """Tell a workbook by its main part. What the list does not tell meets the limits of the reading process."""
    try:
        archive = open_archive(path, bounds=limits)
        mimetype = archive.small("mimetype", most=1024)
    except ArchiveFault as fault:
        raise _refusal(fault) from fault
    if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return Format.ODS
    found = next(filter(None, map(_kind_of_part, archive.members)), None)
    if found is not None:
        _refuse_macros(path, archive.members, found)
        return found
    raise not_a_table(Text("tệp nén ZIP", "a ZIP archive"))


def _kind_of_part(member: zipfile.ZipInfo) -> Format | None:
    return Format.DOCX if _WORD_PART.fullmatch(member.filename) else _MAIN_PART.get(member.filename)


def _refuse_macros(path: Path, members: Iterable[zipfile.ZipInfo], found: Format) -> None:
    """Refuse a file with macros under an honest name; a name such as .xlsm is refused for itself."""
    named = _EXTENSIONS.get(path.suffix.casefold())
    if named is found and any(member.filename.casefold().endswith(_MACROS) for member in members):
        raise unsafe(Text("Tệp có macro", "The file has macros"))


def _refusal(fault: ArchiveFault) -> FileRefused:
    if fault.trouble is Trouble.SWOLLEN:
        return too_large(
            Text(
                f"Tệp nén {fault.members} phần, bung ra {fault.unpacked >> 20} MB",
                f"The file unpacks {fault.members} parts to {fault.unpacked >> 20} MB",
            )
        )
    return password_protected() if fault.trouble is Trouble.PROTECTED else damaged()


def _compound(path: Path) -> Format:
    """Tell an old workbook from an old Word file and from an encrypted new one, by the names of its streams."""
    found = compound.streams(path)
    if _ENCRYPTED in found:
        raise password_protected()
    if _OLD_WORD in found and _OLD_BOOK not in found:
        raise not_a_table(Text("văn bản Word 97-2003: lưu lại dạng .docx", "a Word 97-2003 text: save it as .docx"))
    return Format.XLS


def too_large(what: Text) -> FileTooLarge:
    """Return the refusal of a file that costs too much, beginning with what is too much."""
    return FileTooLarge(
        Text(
            f"{what.vi}, quá lớn để đọc an toàn: xóa dòng, cột thừa ở cuối bảng hoặc tách thành nhiều tệp",
            f"{what.en}, too much to read safely: delete spare rows and columns or split the file",
        )
    )


def damaged() -> DamagedFile:
    """Return the refusal of a workbook or Word file whose inside cannot be read."""
    return DamagedFile(
        Text(
            "Tệp bị hỏng: mở lại bằng Excel, Word hoặc LibreOffice, lưu thành tệp mới rồi nhập",
            "The file is damaged: open it in Excel, Word or LibreOffice and save it as a new file",
        )
    )


def password_protected() -> PasswordProtected:
    """Return the refusal of an encrypted file."""
    return PasswordProtected(
        Text(
            "Tệp có mật khẩu: mở bằng mật khẩu, bỏ mật khẩu rồi lưu lại",
            "The file has a password: open it, remove the password and save it again",
        )
    )


def unsafe(what: Text) -> UnsafeFile:
    """Return the refusal of a file that carries what no list needs, beginning with what that is."""
    return UnsafeFile(
        Text(
            f"{what.vi}: chép bảng sang một tệp mới (.docx hoặc .xlsx) rồi nhập tệp đó",
            f"{what.en}: copy its table into a new file (.docx or .xlsx) and import that",
        )
    )


def not_a_table(what: Text) -> NotATable:
    """Return the refusal of a file for what it is."""
    return NotATable(
        Text(
            f"Nội dung là {what.vi}. Cần tệp CSV, XLSX, XLS, XLSB, ODS hoặc DOCX có bảng",
            f"The content is {what.en}. A CSV, XLSX, XLS, XLSB or ODS file is needed, or a DOCX with a table",
        )
    )
