"""How far a job is, for whoever asks meanwhile.

On PostgreSQL the row says it. SQLite lets nobody write while a job holds the write lock, and that is when people want
to know most: there a small file beside the store says it, on the one machine that has it.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from models.databases import SQLITE
from workflows.working.errors import LeaseLost

_EVERY = 0.3
_FOLDER = "progress"


@dataclass(frozen=True, slots=True)
class Far:
    """How far a job is: of `total` pieces `done`; None while nobody knows how many there are."""

    done: int = 0
    total: int | None = None


@dataclass(slots=True)
class Meter:
    """Takes down how far a job is. `told` hears of it too, at most every third of a second."""

    file: Path | None = None
    told: Callable[[Far], None] = lambda _far: None
    lost: threading.Event = field(default_factory=threading.Event)
    far: Far = field(default_factory=Far)
    _last: float = -_EVERY

    def __call__(self, done: int, total: int | None) -> None:
        """Say how far it is. Raises: LeaseLost when somebody else has the job meanwhile."""
        if self.lost.is_set():
            raise LeaseLost
        self.far = Far(done, total)
        now = time.monotonic()
        if now - self._last < _EVERY and done != total:
            return
        self._last = now
        if self.file is not None:
            _write(self.file, self.far)
        self.told(self.far)

    def clear(self) -> None:
        """Leave nothing behind."""
        if self.file is not None:
            self.file.unlink(missing_ok=True)


def file_of(folder: Path, *, job: UUID, dialect: str) -> Path | None:
    """Return the file that says how far a job is, None where the row does."""
    return folder / _FOLDER / f"{job}.json" if dialect == SQLITE else None


def read(file: Path | None) -> Far | None:
    """Return what the file says; None when there is none, or it says nothing that can be read."""
    if file is None:
        return None
    try:
        done, total = json.loads(file.read_text(encoding="ascii"))
        return Far(int(done), None if total is None else int(total))
    except (OSError, ValueError, TypeError):
        return None


def _write(file: Path, far: Far) -> None:
    """Replace the file whole. A disk that takes nothing keeps nobody from the work itself."""
    with suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = file.with_suffix(".new")
        new.write_text(json.dumps([far.done, far.total]), encoding="ascii")
        new.replace(file)
