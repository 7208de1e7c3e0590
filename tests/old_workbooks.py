"""Workbooks in the formats that no library of ours writes, made byte by byte: XLS (BIFF8), XLSB (BIFF12), ODS.

A cell is text or a number. They hold what the formats demand and nothing else.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

Rows = Sequence[Sequence[str | float]]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECTOR, _FREE, _END, _FAT_SECTOR = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_FEWEST_BYTES = 4096  # a shorter stream would lie in sectors of another size


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """Return an archive of `members` in their order."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return content.getvalue()


# --- XLS ----------------------------------------------------------------------------------------------------------


def xls(rows: Rows, *, sheet: str = "Sheet1", streams: Sequence[str] = ()) -> bytes:
    """Return a workbook of Excel 97-2003; `streams` are names of further, empty streams."""
    return compound({"Workbook": _biff(rows, sheet), **dict.fromkeys(streams, b"")})


def write_xls(path: Path, rows: Rows, *, stream: str = "Workbook") -> Path:
    """Write a workbook of Excel 97-2003; `stream` is the name under which its compound file keeps it."""
    path.write_bytes(compound({stream: _biff(rows, "Trang 1")}))
    return path


def write_xlsb(path: Path, rows: Rows) -> Path:
    """Write a binary workbook of Excel."""
    path.write_bytes(xlsb(rows, sheet="Trang 1"))
    return path


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Return a compound file (MS-CFB, version 3) with `streams` below its root; at most some forty kilobytes."""
    contents = {name: data.ljust(_FEWEST_BYTES, b"\0") if data else b"" for name, data in streams.items()}
    directory = -(-(1 + len(contents)) * 128 // _SECTOR)
    table = [_FAT_SECTOR, *range(2, directory + 1), _END]
    entries = [_entry("Root Entry", kind=5, child=1 if contents else _FREE, start=_END, size=0)]
    for number, (name, data) in enumerate(contents.items(), start=1):
        following = number + 1 if number < len(contents) else _FREE
        start = len(table) if data else _END
        entries.append(_entry(name, kind=2, right=following, start=start, size=len(data)))
        sectors = -(-len(data) // _SECTOR)
        table += [*range(start + 1, start + sectors), _END] if sectors else []
    head = OLE + bytes(16) + struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    head += struct.pack("<109I", 0, *[_FREE] * 108)
    assert len(table) <= _SECTOR // 4
    parts = [head, struct.pack("<128I", *table, *[_FREE] * (128 - len(table)))]
    parts.append(b"".join(entries).ljust(directory * _SECTOR, b"\0"))
    parts += [data.ljust(-(-len(data) // _SECTOR) * _SECTOR, b"\0") for data in contents.values()]
    return b"".join(parts)


def _entry(name: str, *, kind: int, start: int, size: int, child: int = _FREE, right: int = _FREE) -> bytes:
    written = name.encode("utf-16-le")
    links = struct.pack("<BBIII", kind, 1, _FREE, right, child)
    return (
        written.ljust(64, b"\0")
        + struct.pack("<H", len(written) + 2)
        + links
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def _biff(rows: Rows, sheet: str) -> bytes:
    name = sheet.encode("utf-16-le")
    head = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)) + _record(0x42, struct.pack("<H", 1200))
    tail = _record(0x0A, b"")
    bound = struct.pack("<BBBB", 0, 0, len(sheet), 1) + name
    offset = len(head) + 4 + 4 + len(bound) + len(tail)
    cells = b"".join(_biff_cell(r, c, value) for r, row in enumerate(rows) for c, value in enumerate(row))
    size = struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows), default=0), 0)
    body = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + _record(0x200, size) + cells + tail
    return head + _record(0x85, struct.pack("<I", offset) + bound) + tail + body


def _biff_cell(row: int, column: int, value: str | float) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        text = value.encode("utf-16-le")
        return _record(0x204, place + struct.pack("<HB", len(text) // 2, 1) + text)
    return _record(0x203, place + struct.pack("<d", value))


def _record(number: int, data: bytes) -> bytes:
    return struct.pack("<HH", number, len(data)) + data


# --- XLSB ---------------------------------------------------------------------------------------------------------

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
    '<Override PartName="/xl/worksheets/sheet1.bin" ContentType="application/vnd.ms-excel.worksheet"/></Types>'
)
_RELATION = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="{}" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}"/></Relationships>'
)


def xlsb(rows: Rows, *, sheet: str = "Sheet1", more: Mapping[str, bytes] | None = None) -> bytes:
    """Return a binary workbook of Excel; `more` are further parts."""
    bundle = struct.pack("<II", 0, 1) + _wide("rId1") + _wide(sheet)
    book = [(131, b""), (143, b""), (156, bundle), (144, b""), (132, b"")]
    size = struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)
    cells = [(129, b""), (148, size), (145, b"")]
    for number, row in enumerate(rows):
        cells.append((0, struct.pack("<I", number) + bytes(13)))
        cells += [_biff12_cell(column, value) for column, value in enumerate(row)]
    cells += [(146, b""), (130, b"")]
    return zipped(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _RELATION.format("xl/workbook.bin", "officeDocument"),
            "xl/workbook.bin": b"".join(_varied(*record) for record in book),
            "xl/_rels/workbook.bin.rels": _RELATION.format("worksheets/sheet1.bin", "worksheet"),
            "xl/worksheets/sheet1.bin": b"".join(_varied(*record) for record in cells),
            **(more or {}),
        }
    )


def _biff12_cell(column: int, value: str | float) -> tuple[int, bytes]:
    place = struct.pack("<II", column, 0)
    return (6, place + _wide(value)) if isinstance(value, str) else (5, place + struct.pack("<d", value))


def _wide(text: str) -> bytes:
    written = text.encode("utf-16-le")
    return struct.pack("<I", len(written) // 2) + written


def _varied(number: int, data: bytes) -> bytes:
    return _seven_bits(number) + _seven_bits(len(data)) + data


def _seven_bits(number: int) -> bytes:
    found = b""
    while number > 0x7F:
        found, number = found + bytes([number & 0x7F | 0x80]), number >> 7
    return found + bytes([number])


# --- ODS and ODT --------------------------------------------------------------------------------------------------

_SPACES = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
_MANIFEST = '<?xml version="1.0"?><m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'


def ods(rows: Rows, *, sheet: str = "Sheet1") -> bytes:
    """Return a sheet in OpenDocument."""
    lines = "".join(f"<table:table-row>{''.join(map(_open_cell, row))}</table:table-row>" for row in rows)
    body = f'<office:spreadsheet><table:table table:name="{escape(sheet)}">{lines}</table:table></office:spreadsheet>'
    return open_document("spreadsheet", body)


def open_document(kind: str, body: str, *, more: Mapping[str, str | bytes] | None = None) -> bytes:
    """Return a document of OpenDocument: `kind` is "text" or "spreadsheet", `more` are further parts."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES} office:version="1.2">'
        f"<office:body>{body}</office:body></office:document-content>"
    )
    members = {"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": content}
    return zipped({**members, "META-INF/manifest.xml": _MANIFEST, **(more or {})})


def _open_cell(value: str | float) -> str:
    if isinstance(value, str):
        text = f"<text:p>{escape(value)}</text:p>"
        return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
