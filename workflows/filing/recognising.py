"""What a file really is, by its content; its name is never asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from states.file_words import FileKind
from states.text import Text
from workflows.filing import archives, compound
from workflows.filing.errors import (
    FileHasMacros,
    FileIsDamaged,
    FileIsEmpty,
    FileIsProtected,
    KindNotTaken,
)
from workflows.filing.packages import kind_of_package

_HEAD, _TAIL, _PIECE = 8192, 1 << 16, 1 << 20

_A_PROGRAM = Text("chương trình chạy được", "a program")
_COMPRESSED = Text("tệp nén", "a compressed archive")
_ONE_BY_ONE = Text("giải nén rồi gửi từng tệp", "unpack it and send its files one by one")
_AS_PICTURE = Text("lưu lại dạng JPEG hoặc PNG", "save it as JPEG or PNG")
_AS_WORD = Text("lưu lại dạng .docx hoặc PDF", "save it as .docx or PDF")

_REFUSED: tuple[tuple[bytes, Text, Text | None], ...] = (
    (b"MZ", _A_PROGRAM, None),
    (b"\x7fELF", _A_PROGRAM, None),
    (b"\xca\xfe\xba\xbe", _A_PROGRAM, None),
    (b"\xfe\xed\xfa", _A_PROGRAM, None),
    (b"\xce\xfa\xed\xfe", _A_PROGRAM, None),
    (b"\xcf\xfa\xed\xfe", _A_PROGRAM, None),
    (b"\0asm", _A_PROGRAM, None),
    (b"dex\n", _A_PROGRAM, None),
    (b"L\0\0\0\x01\x14\x02\0", _A_PROGRAM, None),  # a Windows shortcut
    (b"ITSF", _A_PROGRAM, None),  # compiled help, which runs scripts
    (b"7z\xbc\xaf", _COMPRESSED, _ONE_BY_ONE),
    (b"Rar!", _COMPRESSED, _ONE_BY_ONE),
    (b"\x1f\x8b", _COMPRESSED, _ONE_BY_ONE),
    (b"MSCF", _COMPRESSED, _ONE_BY_ONE),
    (b"GIF8", Text("ảnh GIF", "a GIF picture"), _AS_PICTURE),
    (b"BM", Text("ảnh BMP", "a BMP picture"), _AS_PICTURE),
    (b"RIFF", Text("ảnh WebP, âm thanh hoặc phim", "WebP, sound or film"), _AS_PICTURE),
)
_PICTURES: tuple[tuple[bytes, FileKind], ...] = (
    (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", FileKind.PNG),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"II*\0", FileKind.TIFF),
    (b"MM\0*", FileKind.TIFF),
    (b"II+\0", FileKind.TIFF),
    (b"MM\0+", FileKind.TIFF),
)
_MACROS = {"VBA", "_VBA_PROJECT", "_VBA_PROJECT_CUR", "Macros"}
_NO_CONTROLS = bytes(set(range(256)) - (set(range(32)) - set(b"\t\n\r\f\v\x1a")) - {0x7F})
_MARKUP = re.compile(
    rb"\A\s*<[a-z!?%/]|<(?:script|html|svg|iframe|body|head|table|\?php)\b|\A\s*(?:@echo\b|#!)",
    re.IGNORECASE,
)
_UTF16 = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What looking into one file may cost; sizes in bytes."""

    unpacked_bytes: int = 512 << 20
    members: int = 10_000
    ratio: int = 100


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file is, and what whoever brings it should know of it."""

    kind: FileKind
    notes: tuple[Text, ...] = ()


def recognise(path: Path, *, limits: Limits | None = None) -> Recognised:
    """Return what the file at `path` is.

    Raises a FileNotTaken: empty, of no kind that papers have, damaged, with a password, with macros, or dangerous.
    Reads it in pieces of at most a megabyte; a bomb is told by what it declares, without unpacking it.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise FileIsEmpty
    if head.startswith(archives.MAGIC):
        kind, notes = kind_of_package(path, limits=limits or Limits())
        return Recognised(kind, notes)
    if head.startswith(compound.MAGIC):
        return Recognised(_of_compound(path))
    return Recognised(_by_magic(head, path) or _text(path, head))


def _by_magic(head: bytes, path: Path) -> FileKind | None:
    if head.startswith(b"%PDF-"):
        return _whole_pdf(path)
    if head[4:8] == b"ftyp":
        raise KindNotTaken(Text("ảnh HEIC hoặc phim", "a HEIC picture or a film"), _AS_PICTURE)
    if head.startswith(b"PK"):
        raise FileIsDamaged
    if head.startswith(b"{\\rtf"):
        raise KindNotTaken(Text("văn bản RTF", "an RTF text"), _AS_WORD)
    for magic, what, mend in () if _looks_like_text(head) else _REFUSED:
        if head.startswith(magic):
            raise KindNotTaken(what, mend)
    return next((kind for magic, kind in _PICTURES if head.startswith(magic)), None)


def _looks_like_text(head: bytes) -> bool:
    return not head.translate(None, _NO_CONTROLS)


def _whole_pdf(path: Path) -> FileKind:
    """Return PDF for one that was not cut short: its last pages are found through its end (ISO 32000-1, 7.5.5)."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL))
        if b"%%EOF" not in file.read():
            raise FileIsDamaged
    return FileKind.PDF


def _of_compound(path: Path) -> FileKind:
    named = compound.streams(path)
    if "EncryptedPackage" in named:
        raise FileIsProtected
    if named & _MACROS:
        raise FileHasMacros
    if named & {"Workbook", "Book"} and "WordDocument" not in named:
        return FileKind.XLS
    if "WordDocument" in named:
        raise KindNotTaken(Text("văn bản Word 97-2003", "a Word 97-2003 text"), _AS_WORD)
    raise KindNotTaken(Text("tệp Office kiểu cũ hoặc bộ cài đặt", "an old Office file or an installer"), _AS_WORD)


def _text(path: Path, head: bytes) -> FileKind:
    """Return TEXT for bytes without control characters that begin no page and no script."""
    encoding = _UTF16.get(head[:2])
    for piece in _as_bytes(path, encoding):
        if not _looks_like_text(piece):
            raise KindNotTaken(Text("dữ liệu không nhận ra", "data of no known kind"))
    first = next(_as_bytes(path, encoding))[:_TAIL].removeprefix(b"\xef\xbb\xbf")
    if _MARKUP.search(first):
        raise KindNotTaken(Text("trang web, SVG, XML hoặc mã lệnh", "a web page, SVG, XML or a script"))
    if not first.strip():
        raise FileIsEmpty
    return FileKind.TEXT


def _as_bytes(path: Path, encoding: str | None) -> Iterator[bytes]:
    """Yield a text in pieces, in an encoding in which control characters are single bytes."""
    try:
        if encoding is None:
            with path.open("rb") as file:
                while piece := file.read(_PIECE):
                    yield piece
        else:
            with path.open(encoding=encoding, newline="") as written:
                while words := written.read(_PIECE):
                    yield words.encode()
    except UnicodeError as wrong:
        raise FileIsDamaged from wrong
