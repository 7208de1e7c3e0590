"""Tiny workbooks in the binary formats, written record by record: one sheet of texts and numbers."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Sequence
from itertools import count
from pathlib import Path

Rows = Sequence[Sequence[str | float]]
_SECTOR = 512
_SMALLEST_STREAM = 4096  # shorter streams live in a file system within the file system
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def write_xls(path: Path, rows: Rows, *, stream: str = "Workbook") -> Path:
    """Write an Excel 97-2003 workbook; `stream` is the name under which its compound file keeps it."""
    path.write_bytes(_compound(stream, _biff(rows)))
    return path


def _biff(rows: Rows) -> bytes:
    name = "Trang 1".encode("utf-16-le")
    opened = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 6))
    size_of_bound = 4 + 6 + 2 + len(name)
    start = len(opened) + size_of_bound + 4
    bound = _record(0x0085, struct.pack("<IBBBB", start, 0, 0, len(name) // 2, 1) + name)
    ended = _record(0x000A, b"")
    cells = b"".join(
        _cell(at, column, value) for at, row in enumerate(rows) for column, value in enumerate(row) if value != ""
    )
    wide = max(map(len, rows))
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 6))
    extent = _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, wide, 0))
    return opened + bound + ended + sheet + extent + cells + ended


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _cell(at: int, column: int, value: str | float) -> bytes:
    place = struct.pack("<HHH", at, column, 0)
    if isinstance(value, str):
        text = value.encode("utf-16-le")
        return _record(0x0204, place + struct.pack("<HB", len(text) // 2, 1) + text)
    return _record(0x0203, place + struct.pack("<d", value))


def _compound(name: str, content: bytes) -> bytes:
    """Return a compound file with one stream: a table of sectors, a directory, the sectors of the stream."""
    content = content.ljust(max(_SMALLEST_STREAM, -(-len(content) // _SECTOR) * _SECTOR), b"\0")
    first = 2
    sectors = len(content) // _SECTOR
    chain = [_FAT, _END, *range(first + 1, first + sectors), _END]
    head = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6,
        0, 1, 1, 0, _SMALLEST_STREAM, _END, 0, _END, 0,
    )  # fmt: skip
    head += struct.pack("<109I", 0, *[_FREE] * 108)
    fat = struct.pack(f"<{_SECTOR // 4}I", *chain, *[_FREE] * (_SECTOR // 4 - len(chain)))
    entries = _entry("Root Entry", 5, child=1, start=_END, size=0) + _entry(name, 2, start=first, size=len(content))
    return head + fat + entries.ljust(_SECTOR, b"\0") + content


def _entry(name: str, kind: int, *, start: int, size: int, child: int = _FREE) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBIII16sIQQIQ", written, len(written), kind, 1, _FREE, _FREE, child, b"", 0, 0, 0, start, size
    )


def write_xlsb(path: Path, rows: Rows) -> Path:
    """Write a binary workbook of the newer kind."""
    relation = f'<Relationship Id="r1" Type="{_OFFICE}/{{}}" Target="{{}}"/>'
    relations = f'<?xml version="1.0"?><Relationships xmlns="{_RELATIONS}">{relation}</Relationships>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("_rels/.rels", relations.format("officeDocument", "xl/workbook.bin"))
        book.writestr("xl/_rels/workbook.bin.rels", relations.format("worksheet", "worksheets/sheet1.bin"))
        named = _part(156, struct.pack("<II", 0, 1) + _wide("r1") + _wide("Trang 1"))
        book.writestr("xl/workbook.bin", _part(131) + _part(143) + named + _part(144) + _part(132))
        book.writestr("xl/worksheets/sheet1.bin", _binary_sheet(rows))
    return path


def _binary_sheet(rows: Rows) -> bytes:
    extent = _part(148, struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1))
    told = b""
    for at, row in zip(count(), rows, strict=False):
        told += _part(0, struct.pack("<IIHBBBI", at, 0, 300, 0, 0, 0, 0))
        for column, value in enumerate(row):
            place = struct.pack("<II", column, 0)
            if isinstance(value, str):
                told += _part(6, place + _wide(value))
            else:
                told += _part(5, place + struct.pack("<d", value))
    return _part(129) + extent + _part(145) + told + _part(146) + _part(130)


def _part(kind: int, content: bytes = b"") -> bytes:
    return _seven_bits(kind, high=True) + _seven_bits(len(content)) + content


def _seven_bits(value: int, *, high: bool = False) -> bytes:
    """Return a number seven bits a byte; a kind of record above 127 has both bytes marked as the format wants it."""
    if high:
        return bytes([value]) if value < 128 else bytes([value & 0x7F | 0x80, value >> 7])
    told = b""
    while value > 127:
        told, value = told + bytes([value & 0x7F | 0x80]), value >> 7
    return told + bytes([value])


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
