"""ZIP archives (OOXML, OpenDocument) looked at safely: by their list first, then piece by piece in bounded memory.

Nothing is written to disk. What an archive says of itself is believed only where it harms nobody: the sizes it
declares bound what is unpacked, and a part that unpacks to another size is a lie.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import IO, Protocol

MAGIC = b"PK\x03\x04"
_CENTRAL = b"PK\x01\x02"
_LOCAL = struct.Struct("<4s5H3I2H")
_ENCRYPTED, _SIZES_FOLLOW, _UTF8 = 0x1, 0x8, 0x800
_ABSENT = 0xFFFFFFFF
_PIECE = 1 << 16
_SMALL = 16 << 20  # below this a high ratio of compression harms nobody
# NotImplementedError is what zipfile raises of a way to pack, or a version, that it does not know.
_WRONG = (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError, EOFError, struct.error)


class Bounds(Protocol):
    """What an archive may cost: unpacked bytes, parts, and how many times larger than the file it may unpack."""

    @property
    def unpacked_bytes(self) -> int:
        """Return the most bytes that all parts together may unpack to."""

    @property
    def members(self) -> int:
        """Return the most parts."""

    @property
    def ratio(self) -> int:
        """Return the highest ratio of unpacked to packed."""


class Trouble(StrEnum):
    """Why an archive cannot be used."""

    DAMAGED = "damaged"
    LYING = "lying"
    PROTECTED = "protected"
    SWOLLEN = "swollen"


class ArchiveFault(Exception):
    """The archive cannot be used. `members` and `unpacked` (bytes) are what it says of itself, where it is swollen."""

    def __init__(self, trouble: Trouble, *, members: int = 0, unpacked: int = 0) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
        self.members = members
        self.unpacked = unpacked


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive whose list was found bearable."""

    path: Path
    members: tuple[zipfile.ZipInfo, ...]

    def small(self, name: str, *, most: int) -> bytes:
        """Return a part whole, nothing where it is absent or declares more than `most` bytes. Raises ArchiveFault."""
        found = next((m for m in self.members if m.filename == name and m.file_size <= most), None)
        return b"".join(self.pieces(found)) if found else b""

    def pieces(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        """Yield a part unpacked, never more than it declares.

        Raises ArchiveFault: LYING where list, header and content differ, DAMAGED, PROTECTED.
        """
        try:
            with self.path.open("rb") as file:
                file.seek(_start(file, member))
                yield from _checked(_unpacked(file, member), member)
        except (OSError, zlib.error, struct.error, UnicodeDecodeError) as wrong:
            raise ArchiveFault(Trouble.DAMAGED) from wrong

    def require_separate_parts(self) -> None:
        """Let pass an archive of which no two parts share a name or bytes. Raises ArchiveFault."""
        names = Counter(member.filename.casefold() for member in self.members)
        ordered = sorted(self.members, key=lambda member: member.header_offset)
        shared = any(
            before.header_offset + _LOCAL.size + before.compress_size > after.header_offset
            for before, after in pairwise(ordered)
        )
        if shared or any(count > 1 for count in names.values()):
            raise ArchiveFault(Trouble.LYING)


def open_archive(path: Path, *, bounds: Bounds) -> Archive:
    """Return the archive at `path` after looking at its list only. Raises ArchiveFault: DAMAGED or SWOLLEN."""
    listed = _count(path)
    if listed > bounds.members + (bounds.members >> 3):  # archives inside an archive have lists of their own
        raise ArchiveFault(Trouble.SWOLLEN, members=listed)
    try:
        with zipfile.ZipFile(path) as archive:
            members = tuple(archive.infolist())
    except _WRONG as wrong:
        raise ArchiveFault(Trouble.DAMAGED) from wrong
    unpacked = sum(member.file_size for member in members)
    swollen = unpacked > _SMALL and unpacked > bounds.ratio * path.stat().st_size
    if len(members) > bounds.members or unpacked > bounds.unpacked_bytes or swollen:
        raise ArchiveFault(Trouble.SWOLLEN, members=len(members), unpacked=unpacked)
    return Archive(path, members)


def _count(path: Path) -> int:
    """Return how many entries of lists the file holds, without building anything from them."""
    found, overlap = 0, b""
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            found += (overlap + piece).count(_CENTRAL)
            overlap = piece[-len(_CENTRAL) + 1 :]
    return found


def _start(file: IO[bytes], member: zipfile.ZipInfo) -> int:
    """Return where the bytes of a part begin; its own header must say what the list says."""
    file.seek(member.header_offset)
    magic, _, flags, method, _, _, crc, packed, size, name, extra = _LOCAL.unpack(file.read(_LOCAL.size))
    written = file.read(name).decode("utf-8" if flags & _UTF8 else "cp437")
    if (flags | member.flag_bits) & _ENCRYPTED:
        raise ArchiveFault(Trouble.PROTECTED)
    if magic != MAGIC:
        raise ArchiveFault(Trouble.DAMAGED)
    sizes_agree = (
        bool(flags & _SIZES_FOLLOW)
        or _ABSENT in {packed, size}
        or ((crc, packed, size) == (member.CRC, member.compress_size, member.file_size))
    )
    if written != member.orig_filename or method != member.compress_type or not sizes_agree:
        raise ArchiveFault(Trouble.LYING)
    return member.header_offset + _LOCAL.size + int(name) + int(extra)


def _unpacked(file: IO[bytes], member: zipfile.ZipInfo) -> Iterator[bytes]:
    if member.compress_type == zipfile.ZIP_STORED:
        yield from _packed(file, member)
        return
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise ArchiveFault(Trouble.DAMAGED)
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    for piece in _packed(file, member):
        waiting = piece
        while waiting and not stream.eof:
            yield stream.decompress(waiting, _PIECE)
            waiting = stream.unconsumed_tail
    while not stream.eof and (rest := stream.decompress(b"", _PIECE)):
        yield rest
    if not stream.eof:
        raise ArchiveFault(Trouble.DAMAGED)


def _packed(file: IO[bytes], member: zipfile.ZipInfo) -> Iterator[bytes]:
    left = member.compress_size
    while left:
        piece = file.read(min(left, _PIECE))
        if not piece:
            raise ArchiveFault(Trouble.DAMAGED)
        left -= len(piece)
        yield piece


def _checked(pieces: Iterator[bytes], member: zipfile.ZipInfo) -> Iterator[bytes]:
    """Pass pieces on, stopping at the first byte more than declared; at the end size and checksum must be right."""
    size = crc = 0
    for piece in pieces:
        size += len(piece)
        if size > member.file_size:
            raise ArchiveFault(Trouble.LYING)
        crc = zlib.crc32(piece, crc)
        yield piece
    if size != member.file_size:
        raise ArchiveFault(Trouble.LYING)
    if crc != member.CRC:
        raise ArchiveFault(Trouble.DAMAGED)
