"""What jobs are done with: the database, the stores of files, the readers of what was asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from models.units import Database
from workflows.filing.malware import NoScanner, Scanner
from workflows.filing.store import FileStore, Spool

OrderReader = Callable[[str, Mapping[str, Any], date], Any]
"""Reads what was asked of a kind of job; the civil date stands for what was left unsaid."""
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """One installation as its jobs see it.

    `files` holds the files of papers; `kept` what jobs need and make, which goes again. `longest_file` is in bytes.
    `seal_key` gives the key of the seals where there is one; `seals` is the folder with their files.
    `backups` is the folder that backups go into, `version` that of the program.
    """

    database: Database
    files: FileStore
    kept: FileStore
    folder: Path
    read_order: OrderReader
    longest_file: int
    seal_key: Callable[[], bytes | None]
    seals: Path
    version: str
    scanner: Scanner = field(default_factory=NoScanner)
    backups: Path | None = None

    @contextmanager
    def input(self, digest: str, *, suffix: str) -> Iterator[Spool]:
        """Lay the input of a job out as a file whose name ends as it was called. Raises: FileIsLost, Unavailable."""
        with self.files.spooling(most=self.longest_file, suffix=suffix) as spool:
            with self.kept.read(digest) as file:
                while piece := file.read(_PIECE):
                    spool.take(piece)
            spool.settle()
            yield spool
