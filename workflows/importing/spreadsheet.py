"""Workbooks (XLSX, XLSB, ODS, XLS), read by a child process under limits into an unnamed temporary file."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import weakref
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, NoReturn

from states.text import Text
from workflows.importing import spreadsheet_child
from workflows.importing.cells import Cell, is_blank
from workflows.importing.contents import Limits, damaged, password_protected, too_large
from workflows.importing.grid import GridRow

_TOO_MUCH = {
    "rows": Text("Bảng tính có quá nhiều dòng", "The workbook has too many rows"),
    "columns": Text("Bảng tính có quá nhiều cột", "The workbook has too many columns"),
    "memory": Text("Bảng tính trải quá rộng", "The workbook spreads too wide"),
    "time": Text("Đọc bảng tính mất quá nhiều thời gian", "Reading the workbook takes too long"),
}


@dataclass(frozen=True, eq=False)
class SheetGrid:
    """One visible sheet of a workbook, kept in the spool from `start` on."""

    name: str
    spool: IO[bytes]
    start: int
    merged: Mapping[tuple[int, int], int] = field(default_factory=dict)
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


def read_workbook(path: Path, *, limits: Limits) -> tuple[SheetGrid, ...]:
    """Return the visible sheets in their order.

    Raises PasswordProtected, DamagedFile, or FileTooLarge if memory, time, rows or columns exceed `limits`.
    """
    # Unnamed, so that no text of a petition stays behind on the disk; closed with the last sheet that reads it.
    spool: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - outlives this function, closed by the finalizer below
    sheets: tuple[SheetGrid, ...] = ()
    try:
        _run_child(path, spool, limits=limits)
        sheets = tuple(_index(spool))
    finally:
        if not sheets:
            spool.close()
    owners = _Owners(len(sheets), spool)
    for sheet in sheets:
        weakref.finalize(sheet, owners.release)
    return sheets


def _run_child(path: Path, spool: IO[bytes], *, limits: Limits) -> None:
    command = [sys.executable, "-I", spreadsheet_child.__file__, str(path.resolve()), json.dumps(asdict(limits))]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and script; the file name is an argument, no shell
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


def _index(spool: IO[bytes]) -> Iterator[SheetGrid]:
    """Find where each sheet begins, and make sure that the child came to its end."""
    spool.seek(0)
    last = b""
    while line := spool.readline():
        last = line
        if line.startswith(b'{"sheet"'):
            head = json.loads(line)
            yield SheetGrid(head["sheet"], spool, spool.tell(), _lower_cells(head["merged"]))
    ending = json.loads(last) if last.endswith(b"}\n") else {}
    if "end" not in ending:
        _refuse(ending.get("refused", "damaged"))


def _refuse(reason: str) -> NoReturn:
    if reason == "password":
        raise password_protected()
    raise too_large(_TOO_MUCH[reason]) if reason in _TOO_MUCH else damaged()


def _lower_cells(merged: list[list[int]]) -> dict[tuple[int, int], int]:
    """Map the lower cells of vertical merges, at most a thousand rows deep, to their top row."""
    deepest = 1000
    return {
        (row + 1, left): top + 1
        for top, left, bottom, _right in merged
        for row in range(top + 1, min(bottom, top + deepest) + 1)
    }


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
