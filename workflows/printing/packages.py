"""What a DOCX file is before anything is read from it: bounded, without macros, outside references or entities."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from lxml import etree

from states.text import Text

LARGEST = 5_000_000
"""Bytes of a template; a page of text with a coat of arms has 100,000."""
_LARGEST_UNPACKED = 40_000_000
_MOST_MEMBERS = 500
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_BODY = "word/document.xml"
_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NOT_WORD = Text("không phải là tệp Word (.docx)", "is not a Word file (.docx)")
_TOO_LARGE = Text("tệp quá lớn hoặc nén bất thường", "is too large or packed in an unusual way")
_MACROS = Text("có macro hoặc đối tượng nhúng; lưu lại dạng .docx thường", "holds macros or embedded objects")
_OUTSIDE = Text("có liên kết ra ngoài tệp; bỏ liên kết rồi lưu lại", "refers to something outside the file")
_ENTITIES = Text("có khai báo DOCTYPE", "declares a DOCTYPE")


class NotSafe(Exception):
    """The file is not what it says, or holds what no template needs; `text` says which."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def parts(content: bytes) -> dict[str, Any]:
    """Return the XML parts of a DOCX by name, parsed without entities and without reaching anything outside.

    Raises: NotSafe.
    """
    unpacked = _unpacked(content)
    if _BODY not in unpacked or "[Content_Types].xml" not in unpacked:
        raise NotSafe(_NOT_WORD)
    found = {name: _parsed(body) for name, body in unpacked.items() if name.endswith((".xml", ".rels"))}
    _require_plain(found, unpacked)
    return found


def _unpacked(content: bytes) -> dict[str, bytes]:
    if len(content) > LARGEST:
        raise NotSafe(_TOO_LARGE)
    try:
        with ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > _MOST_MEMBERS or len({m.filename for m in members}) < len(members):
                raise NotSafe(_TOO_LARGE)
            left = _LARGEST_UNPACKED
            found: dict[str, bytes] = {}
            for member in members:
                # What the directory says of a size may be a lie: what is read is counted.
                with archive.open(member) as stream:
                    found[member.filename] = stream.read(left + 1)
                left -= len(found[member.filename])
                if left < 0:
                    raise NotSafe(_TOO_LARGE)
            return found
    # NotImplementedError is what zipfile raises of a way to pack that it does not know.
    except (BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError, EOFError):
        raise NotSafe(_NOT_WORD) from None


def _parsed(body: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        raise NotSafe(_NOT_WORD) from None
    if root.getroottree().docinfo.doctype:
        raise NotSafe(_ENTITIES)
    return root


def _require_plain(xml: dict[str, Any], members: dict[str, bytes]) -> None:
    types = list(xml["[Content_Types].xml"].iter())
    kinds = {t.get("PartName"): t.get("ContentType", "") for t in types}
    if kinds.get(f"/{_BODY}") != _MAIN:
        raise NotSafe(_MACROS if "macroEnabled" in kinds.get(f"/{_BODY}", "") else _NOT_WORD)
    forbidden = ("vbaproject", "activex", "embeddings/", "oleobject", "macro", "afchunk")
    if any(word in name.lower() for name in members for word in forbidden):
        raise NotSafe(_MACROS)
    if any("macro" in kind.lower() or "vba" in kind.lower() for kind in kinds.values()):
        raise NotSafe(_MACROS)
    for name, root in xml.items():
        if name.endswith(".rels") and any(r.get("TargetMode", "").lower() == "external" for r in root.iter()):
            raise NotSafe(_OUTSIDE)
    for code in field_codes(xml.values()):
        if code.split()[:1] != [] and code.split()[0].upper() not in _FIELDS:
            raise NotSafe(
                Text(f"có mã trường «{code[:40]}»; chỉ dùng số trang (PAGE)", f"holds the field code “{code[:40]}”")
            )


def field_codes(roots: Any) -> Iterator[str]:
    """Yield the field codes of some parts: what Word itself would carry out."""
    for root in roots:
        for element in root.iter(f"{_W}instrText", f"{_W}fldSimple", f"{_W}altChunk"):
            yield element.get(f"{_W}instr") or element.text or "altChunk"
