"""Where files lie: on a disk of this machine, each once, under its SHA-256.

`<folder>/ab/cdef…` holds the content whose digest is "abcdef…"; `<folder>/incoming/` holds what is being brought, under
generated names. A file is written to its end, flushed to the disk and only then renamed, so that a name never stands
for half a content. Bytes come before the row that speaks of them: a file without a row is harmless.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Protocol

from models.flushing import flush
from states.errors import Unavailable
from states.text import Text
from workflows.filing.errors import FileIsLost, FileOverLimit

DIGEST = re.compile(r"[0-9a-f]{64}")
_PIECE = 1 << 20


class Spool:
    """A file on its way in: takes bytes, knows its size and digest, and is gone unless it is kept."""

    def __init__(self, file: IO[bytes], *, most: int) -> None:
        self._file = file
        self._most = most
        self._hash = hashlib.sha256()
        self.size = 0

    @property
    def path(self) -> Path:
        """Return where the bytes are until they are kept."""
        return Path(self._file.name)

    @property
    def digest(self) -> str:
        """Return the SHA-256 of what came so far, in hexadecimal."""
        return self._hash.hexdigest()

    def take(self, piece: bytes) -> None:
        """Add bytes. Raises FileOverLimit, and Unavailable when the disk is full."""
        self.size += len(piece)
        if self.size > self._most:
            raise FileOverLimit(self._most)
        with _disk():
            self._file.write(piece)
        self._hash.update(piece)

    def settle(self) -> None:
        """Let everything that came be seen at `path`, also after a power cut."""
        with _disk():
            self._file.flush()
            os.fsync(self._file.fileno())


class FileStore(Protocol):
    """Keeps contents by their digest (64 hexadecimal digits)."""

    def spooling(self, *, most: int, suffix: str = "") -> AbstractContextManager[Spool]:
        """Open a spool of at most `most` bytes as a context; what is not kept is gone afterwards.

        `suffix` ends the generated name, for readers that ask what a file calls itself: a dot and letters.
        """

    def keep(self, spool: Spool) -> None:
        """Keep the content of a settled spool; one that is there already is replaced by its equal."""

    def read(self, digest: str) -> IO[bytes]:
        """Return the content, proven to be the one of its digest. Raises FileIsLost."""

    def is_whole(self, digest: str, *, size: int) -> bool:
        """Tell whether the content is there and is the one of its digest."""

    def digests(self) -> Iterator[str]:
        """Yield the digest of every content that is there."""

    def path_of(self, digest: str) -> Path:
        """Return where the content lies, for a scanner of this machine."""

    def kept_since(self, digest: str) -> datetime | None:
        """Return when the content was kept last, None when it is not there."""

    def drop(self, digest: str) -> None:
        """Remove the content; nothing happens when it is not there. Raises: Unavailable."""

    def unfinished(self) -> int:
        """Return how many files were on their way in and never arrived."""


@dataclass(frozen=True, slots=True)
class DiskStore:
    """A store in a folder, which is made on first use, for its owner only."""

    folder: Path

    @contextmanager
    def spooling(self, *, most: int, suffix: str = "") -> Iterator[Spool]:
        """Open a spool in the folder itself, so that keeping it is a rename. Raises Unavailable."""
        incoming = self.folder / "incoming"
        with _disk():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            incoming.mkdir(mode=0o700, exist_ok=True)
            file = tempfile.NamedTemporaryFile(dir=incoming, suffix=suffix, delete=False)  # noqa: SIM115 - closed and removed below
        try:
            yield Spool(file, most=most)
        finally:
            with suppress(OSError):  # closing writes what a full disk did not take: nobody wants it any more
                file.close()
            Path(file.name).unlink(missing_ok=True)

    def keep(self, spool: Spool) -> None:
        """Rename the spool to its place and flush the folders, so that the name too outlives a power cut."""
        spool.settle()
        place = self.path_of(spool.digest)
        with _disk():
            is_new = not place.parent.exists()
            place.parent.mkdir(mode=0o700, exist_ok=True)
            spool.path.replace(place)
            flush(place.parent)
            if is_new:
                flush(self.folder)

    def read(self, digest: str) -> IO[bytes]:
        """Return the content, read through once before any of it is given away. Raises FileIsLost."""
        try:
            file = self.path_of(digest).open("rb")
        except OSError as error:
            raise FileIsLost from error
        if _digest(file) != digest:
            file.close()
            raise FileIsLost
        file.seek(0)
        return file

    def is_whole(self, digest: str, *, size: int) -> bool:
        """Tell whether the content is there with its size and its digest."""
        try:
            with self.path_of(digest).open("rb") as file:
                return os.fstat(file.fileno()).st_size == size and _digest(file) == digest
        except OSError:
            return False

    def digests(self) -> Iterator[str]:
        """Yield the digest of every content that is there."""
        for shard in self.folder.glob("[0-9a-f][0-9a-f]"):
            yield from (name for path in shard.iterdir() if DIGEST.fullmatch(name := shard.name + path.name))

    def path_of(self, digest: str) -> Path:
        """Return where the content lies."""
        if not DIGEST.fullmatch(digest):
            raise FileIsLost
        return self.folder / digest[:2] / digest[2:]

    def kept_since(self, digest: str) -> datetime | None:
        """Return when the content was kept last: keeping it again makes it young again."""
        try:
            return datetime.fromtimestamp(self.path_of(digest).stat().st_mtime, UTC)
        except OSError:
            return None

    def drop(self, digest: str) -> None:
        """Remove the content."""
        with _disk():
            self.path_of(digest).unlink(missing_ok=True)

    def unfinished(self) -> int:
        """Return how many files were on their way in, those of this moment among them."""
        incoming = self.folder / "incoming"
        return sum(1 for _ in incoming.iterdir()) if incoming.is_dir() else 0


def _digest(file: IO[bytes]) -> str:
    found = hashlib.sha256()
    while piece := file.read(_PIECE):
        found.update(piece)
    return found.hexdigest()


@contextmanager
def _disk() -> Iterator[None]:
    """Say in words that the disk took nothing."""
    try:
        yield
    except OSError as error:
        raise Unavailable(
            Text(
                "Không ghi được tệp vào đĩa (đầy hoặc không có quyền); chưa lưu gì, báo quản trị rồi gửi lại",
                "The file could not be written to the disk; nothing was kept: tell the administrator and try again",
            )
        ) from error
