"""Compound files of Office 97-2003 (OLE): which streams one names in its directory.

An entry of the directory is 128 bytes long and lies at a multiple of 128 in the file: the name in UTF-16, filled up
with NUL to 64 bytes, then the length of the name with its NUL (MS-CFB, 2.6.1). So the names that matter are found by
one pass over the file, without following its chains of sectors, which may run in circles.
"""

from __future__ import annotations

from pathlib import Path

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY, _NAME = 128, 64
_STREAMS = (
    "EncryptedPackage",
    "Workbook",
    "Book",
    "WordDocument",
    "PowerPoint Document",
    "VBA",
    "_VBA_PROJECT",
    "_VBA_PROJECT_CUR",
    "Macros",
)
_KNOWN = {
    name.encode("utf-16-le").ljust(_NAME, b"\0") + (2 * len(name) + 2).to_bytes(2, "little"): name for name in _STREAMS
}


def streams(path: Path) -> frozenset[str]:
    """Return which of the names that matter stand in the directory of the compound file at `path`."""
    found = set()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            for at in range(0, len(piece), _ENTRY):
                name = _KNOWN.get(piece[at : at + _NAME + 2])
                if name is not None:
                    found.add(name)
    return frozenset(found)
