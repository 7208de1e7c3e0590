"""The archive: one ZIP, its manifest last; written member by member, read only after everything in it was checked.

What a ZIP says of itself is believed nowhere: names must be those of the manifest, sizes and digests are counted.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from states.text import Text
from workflows.backing_up.errors import disk, unusable
from workflows.backing_up.manifest import NAME, Manifest, Member, read_manifest
from workflows.backing_up.progress import Progress
from workflows.filing.archives import Archive, ArchiveFault, Trouble, open_archive

_LEVEL = 3
_LONGEST_MANIFEST = 256 << 20
_READING = Text("Kiểm tra bản sao lưu", "Checking the backup")
_TROUBLES = {
    Trouble.DAMAGED: Text("tệp bị hỏng hoặc chép chưa hết", "the file is damaged or cut short"),
    Trouble.LYING: Text("tệp đã bị sửa: nội dung không khớp danh mục", "it was altered: content and list differ"),
    Trouble.PROTECTED: Text("tệp có mật khẩu, không phải do Dondoc tạo", "it has a password, Dondoc did not make it"),
    Trouble.SWOLLEN: Text("tệp bung ra quá lớn so với cỡ của nó", "it unpacks to far more than it could hold"),
}


@dataclass(frozen=True, slots=True)
class _Bounds:
    """What the list of an archive may claim; that it all fits on the disk is checked once the manifest is known."""

    unpacked_bytes: int = 1 << 60
    members: int = 4_000_000
    ratio: int = 250


class ArchiveWriter:
    """Writes an archive for its owner only. Members come in any order; `finish` adds the manifest."""

    def __init__(self, path: Path) -> None:
        self._file = os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "w+b")
        self._zip = zipfile.ZipFile(self._file, "w", compresslevel=_LEVEL)
        self.members: dict[str, Member] = {}

    def add(self, name: str, pieces: Iterable[bytes], *, packed: bool = False) -> Iterator[int]:
        """Add a member, yielding the size of each piece once it is written; `packed` content is stored as it is."""
        about = zipfile.ZipInfo(name)
        about.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
        digest, size = hashlib.sha256(), 0
        with self._zip.open(about, "w", force_zip64=True) as member:
            for piece in pieces:
                member.write(piece)
                digest.update(piece)
                size += len(piece)
                yield len(piece)
        self.members[name] = Member(size=size, sha256=digest.hexdigest())

    def finish(self, manifest: Manifest) -> None:
        """Add the manifest and flush everything to the disk."""
        about = zipfile.ZipInfo(NAME)
        about.compress_type = zipfile.ZIP_DEFLATED
        self._zip.writestr(about, manifest.written())
        self._zip.close()
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Let go of the file, finished or not."""
        with suppress(OSError, ValueError):
            self._zip.close()
        self._file.close()


@dataclass(frozen=True, slots=True)
class Backup:
    """An archive that was found to be exactly what its manifest says."""

    path: Path
    manifest: Manifest
    _archive: Archive
    _members: dict[str, zipfile.ZipInfo] = field(repr=False)

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield a member, its size and digest checked at the end. Raises: BackupUnusable."""
        wanted = self.manifest.members[name]
        digest = hashlib.sha256()
        for piece in _told(self._archive.pieces(self._members[name])):
            digest.update(piece)
            yield piece
        if digest.hexdigest() != wanted.sha256:
            raise unusable(f"«{name}» đã bị sửa", f"“{name}” was altered")

    def unpack(self, name: str, to: Path) -> None:
        """Write a member to the new file `to`, for its owner only. Raises: BackupUnusable, OSError."""
        with os.fdopen(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.writelines(self.pieces(name))
            file.flush()
            os.fsync(file.fileno())


def open_backup(path: Path, *, key: bytes | None, progress: Progress) -> Backup:
    """Return the backup at `path` after reading all of it once.

    `key` is that of the seals; with it a signed manifest must hold. Raises: BackupUnusable, BackupTooNew, Unavailable.
    """
    with disk(path):
        if not path.is_file() or not zipfile.is_zipfile(path):
            raise unusable("không phải tệp sao lưu, hoặc chép chưa hết", "it is no backup file, or was cut short")
    backup = _listed(path)
    if key is not None and backup.manifest.signature is not None and not backup.manifest.is_signed_with(key):
        raise unusable(
            "chữ ký không đúng: tệp đã bị sửa, hoặc khóa niêm phong ở đây là khóa khác",
            "its signature does not hold: it was altered, or the seal key here is another one",
        )
    done = 0
    for name in backup.manifest.members:
        for piece in backup.pieces(name):
            done += len(piece)
            progress(_READING, done, backup.manifest.unpacked)
    return backup


def _listed(path: Path) -> Backup:
    """Read list and manifest; both must name the same members with the same sizes."""
    try:
        archive = open_archive(path, bounds=_Bounds())
        archive.require_separate_parts()
        manifest = read_manifest(archive.small(NAME, most=_LONGEST_MANIFEST))
    except ArchiveFault as fault:
        raise unusable(*_TROUBLES[fault.trouble]) from fault
    members = {member.filename: member for member in archive.members if member.filename != NAME}
    sizes = {name: member.file_size for name, member in members.items()}
    if sizes != {name: member.size for name, member in manifest.members.items()}:
        raise unusable("tệp bên trong không đúng bản kê", "the files inside are not those of its manifest")
    return Backup(path, manifest, archive, members)


def _told(pieces: Iterator[bytes]) -> Iterator[bytes]:
    try:
        yield from pieces
    except ArchiveFault as fault:
        raise unusable(*_TROUBLES[fault.trouble]) from fault
