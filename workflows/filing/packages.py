"""Documents that are archives of parts: OOXML (ECMA-376) and OpenDocument (ISO/IEC 26300).

Every part is unpacked once, in memory and in pieces, to prove that the archive tells the truth; of every part that is
XML the beginning is parsed, where a document type with entities would stand. Nothing outside is ever asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.parsers import expat
from zipfile import ZipInfo

from states.file_words import MEDIA, FileKind
from states.text import Text
from workflows.filing.archives import Archive, ArchiveFault, Bounds, Trouble, open_archive
from workflows.filing.errors import (
    FileHasMacros,
    FileIsDamaged,
    FileIsDangerous,
    FileIsProtected,
    FileNotTaken,
    KindNotTaken,
)
from workflows.filing.malware import Watch

_TYPES = "[Content_Types].xml"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_MAIN = {
    f"{_OFFICE}wordprocessingml.document.main+xml": FileKind.DOCX,
    f"{_OFFICE}spreadsheetml.sheet.main+xml": FileKind.XLSX,
    "application/vnd.ms-excel.sheet.binary.macroenabled.main": FileKind.XLSB,
}
_OPEN = {MEDIA[kind].encode(): kind for kind in (FileKind.ODT, FileKind.ODS)}
_MACRO_PARTS = ("vbaproject.bin", "vbadata.xml", ".xlsm", ".docm", ".xltm", ".dotm", ".xlam", ".pptm")
_MACRO_FOLDERS = ("basic/", "scripts/", "xl/macrosheets/")
_MARKUP_PARTS = (".xml", ".rels", ".vml", ".rdf")
_MOST_LISTED = 4 << 20
_MOST_PARSED = 4 << 20

_BOMB = Text("bung ra quá lớn hoặc có quá nhiều phần", "it unpacks to too much or to too many parts")
_LYING = Text("tệp nén khai sai về chính nó", "the archive lies about itself")
_DOCTYPE = Text("bên trong có XML khai thực thể (DOCTYPE)", "XML inside declares entities (DOCTYPE)")


@dataclass(slots=True)
class _Outside:
    """How many places outside a document points to, and how many of them are fetched as soon as it is opened."""

    links: int = 0
    fetched: int = 0

    def note(self) -> Iterator[Text]:
        """Yield what to tell of it, nothing where there is nothing."""
        if self.links:
            yield Text(
                f"Tệp trỏ ra ngoài {self.links} chỗ, trong đó {self.fetched} chỗ tự tải khi mở (mẫu, ảnh, đối tượng)",
                f"The file points to {self.links} places outside; {self.fetched} are fetched when it is opened",
            )


@dataclass(slots=True)
class _Package:
    """An archive on its way to being known."""

    archive: Archive
    outside: _Outside = field(default_factory=_Outside)


def kind_of_package(path: Path, *, limits: Bounds) -> tuple[FileKind, tuple[Text, ...]]:
    """Return what the archive at `path` is, and what whoever brings it should know. Raises a FileNotTaken."""
    try:
        package = _Package(open_archive(path, bounds=limits))
        package.archive.require_separate_parts()
        kind = _kind(package.archive)
        for member in package.archive.members:
            _look_through(package, member)
    except ArchiveFault as fault:
        raise _refusal(fault.trouble) from fault
    return kind, tuple(package.outside.note())


def _refusal(trouble: Trouble) -> FileNotTaken:
    match trouble:
        case Trouble.SWOLLEN:
            return FileIsDangerous(_BOMB)
        case Trouble.LYING:
            return FileIsDangerous(_LYING)
        case Trouble.PROTECTED:
            return FileIsProtected()
        case Trouble.DAMAGED:
            return FileIsDamaged()


def _kind(archive: Archive) -> FileKind:
    """Return the kind by what the package declares; macros are refused wherever they stand."""
    names = [member.filename.casefold().replace("\\", "/") for member in archive.members]
    if any(name.endswith(_MACRO_PARTS) or name.startswith(_MACRO_FOLDERS) for name in names):
        raise FileHasMacros
    types = archive.small(_TYPES, most=_MOST_LISTED)
    if types:
        return _of_office(types)
    media = archive.small("mimetype", most=200)
    if b"encryption-data" in archive.small("META-INF/manifest.xml", most=_MOST_LISTED):
        raise FileIsProtected
    if media in _OPEN and "content.xml" in names:
        return _OPEN[media]
    raise KindNotTaken(Text("tệp nén ZIP", "a ZIP archive"), Text("giải nén rồi gửi từng tệp", "send its files singly"))


def _of_office(types: bytes) -> FileKind:
    declared: list[str] = []

    def started(_name: str, attributes: dict[str, str]) -> None:
        declared.append(attributes.get("ContentType", "").casefold())

    _parse([types], started)
    found = [_MAIN[name] for name in declared if name in _MAIN]
    main_with_macros = any(name.endswith("macroenabled.main+xml") for name in declared)
    if main_with_macros or any("vbaproject" in name or "macrosheet" in name for name in declared):
        raise FileHasMacros
    if len(found) != 1:
        raise KindNotTaken(Text("tệp Office không phải Word hay Excel", "an Office file, neither Word nor Excel"))
    return found[0]


def _look_through(package: _Package, member: ZipInfo) -> None:
    """Unpack one part to its end, watch it for malware and parse the beginning where it is XML."""
    name = member.filename.casefold()
    pieces = Watch().over(package.archive.pieces(member))
    first = next((piece for piece in pieces if piece), b"")
    if name.endswith(".rels"):
        _parse(_all(first, pieces), _relationship(package.outside))
    elif name.endswith(_MARKUP_PARTS) and first:
        _parse(_all(first, pieces), None)
    elif _begins_like_markup(first):
        _refuse_document_type(first)
    for _ in pieces:
        pass


def _relationship(outside: _Outside) -> Callable[[str, dict[str, str]], None]:
    def started(_name: str, attributes: dict[str, str]) -> None:
        if attributes.get("TargetMode", "").casefold() == "external":
            outside.links += 1
            outside.fetched += not attributes.get("Type", "").casefold().endswith("/hyperlink")

    return started


def _all(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _begins_like_markup(first: bytes) -> bool:
    return first.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<")


def _refuse_document_type(first: bytes) -> None:
    """Refuse a part that is XML by its content alone, such as a picture in SVG, where it declares a document type."""
    try:
        _parse([first], None, whole=False)
    except FileIsDamaged:
        return


class _RootReached(Exception):
    """The beginning is over: no document type can come any more."""


def _parse(pieces: Any, started: Callable[[str, dict[str, str]], None] | None, *, whole: bool = True) -> None:
    """Parse XML up to its root element, or to its end where `started` wants every element.

    Whatever encoding the XML is in, the parser tells it: a search in the bytes would miss UTF-16.
    Raises FileIsDangerous at a document type or after 4 MB, FileIsDamaged where it is no XML.
    """

    def refuse(*_given: Any) -> None:
        raise FileIsDangerous(_DOCTYPE)

    def root(_name: str, _attributes: dict[str, str]) -> None:
        raise _RootReached

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = started or root
    try:
        parsed = 0
        for piece in pieces:
            parsed += len(piece)
            if parsed > _MOST_PARSED:
                raise FileIsDangerous(_BOMB)
            parser.Parse(piece)
        if whole:
            parser.Parse(b"", True)  # noqa: FBT003 - expat takes no names
    except _RootReached:
        return
    except (expat.ExpatError, ValueError) as wrong:
        raise FileIsDamaged from wrong
