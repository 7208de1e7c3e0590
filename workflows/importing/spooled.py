"""Workbooks and Word files, read by a child process under limits into an unnamed temporary file."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import tempfile
import weakref
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, NoReturn

from states.text import Text
from workflows.importing.cells import Cell, is_blank
from workflows.importing.contents import Format, Limits, damaged, password_protected, too_large, unsafe
from workflows.importing.grid import GridRow

_TOO_MUCH = {
    "rows": Text("Tệp có quá nhiều dòng", "The file has too many rows"),
    "columns": Text("Bảng có quá nhiều cột", "A table has too many columns"),
    "memory": Text("Nội dung bung ra quá lớn", "The content unpacks too large"),
    "time": Text("Đọc tệp mất quá nhiều thời gian", "Reading the file takes too long"),
    "deep": Text("Nội dung lồng quá sâu hoặc có đoạn quá dài", "The content is nested too deep or a text is too long"),
}
_UNSAFE = {
    "doctype": Text("Tệp khai báo DOCTYPE, phần mềm văn phòng không bao giờ ghi", "The file declares a DOCTYPE"),
    "embedded": Text("Văn bản nhúng văn bản khác nên không đọc hết được", "The text embeds another one"),
}
_ROOT = Path(__file__).parents[2]
_BOOT = (
    "import sys; sys.path.insert(0, sys.argv[1]); from workflows.importing.child.reading import run; run(*sys.argv[2:])"
)
_LOWER_CELLS = 500_000


@dataclass(frozen=True, eq=False)
class SheetGrid:
    """One visible sheet of a workbook or table of a Word file, kept in the spool from `start` on.

    The first `headed` rows are marked as headings; only Word has such a mark.
    """

    name: str
    spool: IO[bytes]
    start: int
    merged: Mapping[tuple[int, int], int] = field(default_factory=dict)
    headed: int = 0
    strict_width: bool = False

    def rows(self) -> Iterator[GridRow]:
        """Yield the rows that are not blank; several readers may go through at once."""
        place = self.start
        while True:
            self.spool.seek(place)
            line = self.spool.readline()
            place = self.spool.tell()
            if not line.startswith(b"["):
                return
            number, cells = json.loads(line)
            row = GridRow(number, tuple(map(_decode, cells)))
            if not all(map(is_blank, row.cells)):
                yield row


def read_workbook(path: Path, found: Format, *, limits: Limits) -> tuple[SheetGrid, ...]:
    """Return the visible sheets in their order.

    Raises PasswordProtected, DamagedFile, or FileTooLarge if memory, time, rows or columns exceed `limits`.
    """
    return tuple(part for part in read_parts(path, found, limits=limits) if isinstance(part, SheetGrid))


def read_parts(path: Path, found: Format, *, limits: Limits) -> tuple[SheetGrid | str, ...]:
    """Return the sheets or tables, and the paragraphs between them, in their order.

    Raises the same, or UnsafeFile.
    """
    # Unnamed, so that no text of a petition stays behind on the disk; closed with the last sheet that reads it.
    spool: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - outlives this function, closed by the finalizer below
    parts: tuple[SheetGrid | str, ...] = ()
    sheets: list[SheetGrid] = []
    try:
        _run_child(path, found, spool, limits=limits)
        parts = tuple(_index(spool))
        sheets.extend(part for part in parts if isinstance(part, SheetGrid))
    finally:
        if not sheets:
            spool.close()
    owners = _Owners(len(sheets), spool)
    for sheet in sheets:
        weakref.finalize(sheet, owners.release)
    return parts


def _run_child(path: Path, found: Format, spool: IO[bytes], *, limits: Limits) -> None:
    given = (str(path.resolve()), found.value, json.dumps(asdict(limits)))
    command = [sys.executable, "-I", "-c", _BOOT, str(_ROOT), *given]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module; the file name is an argument, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=spool,
            stderr=subprocess.DEVNULL,
            timeout=limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise too_large(_TOO_MUCH["time"]) from None
    if done.returncode < 0:  # ended by a signal: allocation failed, processor time or file size exceeded
        raise too_large(_TOO_MUCH["memory"])
    if done.returncode:
        raise damaged()


def _index(spool: IO[bytes]) -> Iterator[SheetGrid | str]:
    """Find where each sheet begins and what stands between, and make sure that the child came to its end."""
    spool.seek(0)
    last = b""
    while line := spool.readline():
        last = line
        if line.startswith(b'{"sheet"'):
            head = json.loads(line)
            yield SheetGrid(head["sheet"], spool, spool.tell(), _lower_cells(head["merged"]), head.get("headed", 0))
        elif line.startswith(b'{"text"'):
            yield json.loads(line)["text"]
    ending = json.loads(last) if last.endswith(b"}\n") else {}
    if "end" not in ending:
        _refuse(ending.get("refused", "damaged"))


def _refuse(reason: str) -> NoReturn:
    if reason == "password":
        raise password_protected()
    if reason in _UNSAFE:
        raise unsafe(_UNSAFE[reason])
    raise too_large(_TOO_MUCH[reason]) if reason in _TOO_MUCH else damaged()


def _lower_cells(merged: Iterable[list[int]]) -> dict[tuple[int, int], int]:
    """Map the lower cells of vertical merges, at most a thousand rows deep, to their top row."""
    deepest = 1000
    cells = (
        ((row + 1, left), top + 1)
        for top, left, bottom, _right in merged
        for row in range(top + 1, min(bottom, top + deepest) + 1)
    )
    # Twenty thousand merges of a thousand rows each fit into a small file, and their cells into no memory.
    return dict(itertools.islice(cells, _LOWER_CELLS))


def _decode(value: object) -> Cell:
    match value:
        case {"date": str(text)}:
            return date.fromisoformat(text)
        case {"at": str(text)}:
            return datetime.fromisoformat(text)
        case {"time": str(text)}:
            return time.fromisoformat(text)
        case str() | bool() | int() | float():
            return value
        case _:
            return None


class _Owners:
    """Closes the spool when the last sheet that reads it is gone."""

    def __init__(self, count: int, spool: IO[bytes]) -> None:
        self._count = count
        self._spool = spool

    def release(self) -> None:
        self._count -= 1
        if not self._count:
            self._spool.close()
