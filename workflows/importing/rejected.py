"""The rejected rows of a list as a workbook of their own, to be corrected and fed again.

The headings are those of the list, so the workbook is read like it, with the same mapping file. One column more says
why each row was rejected; it is never read. The file holds what the office's own list says, personal data too: only
its owner may read it.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import takewhile
from math import isfinite
from pathlib import Path
from typing import Any, Protocol

import xlsxwriter

from states.errors import BadInput
from states.text import Text
from workflows.importing.cells import Cell, written
from workflows.importing.grid import Grid, GridRow
from workflows.importing.header import Header
from workflows.importing.headings import WHY_REJECTED, Field
from workflows.importing.problems import Problem, Severity
from workflows.importing.report import ImportReport
from workflows.importing.row_results import Outcome

_SHEET = "Bị từ chối"
_LONGEST = 32_767  # characters that a cell of a workbook can hold
_EXACT = 10**15
_FIRST_YEAR = 1901  # earlier days have no number in a workbook, or a wrong one
_SURROGATES = re.compile("[\ud800-\udfff]")
_LOOKS: dict[str, dict[str, object]] = {
    "text": {},
    "bold": {"bold": True},
    "date": {"num_format": "dd/mm/yyyy"},
    "at": {"num_format": "dd/mm/yyyy hh:mm"},
    "time": {"num_format": "hh:mm"},
}
_WIDTHS = {Field.TEXT: 60, Field.ORDINAL: 6}
_WIDTH, _WIDTH_OF_REASONS = 18, 60


class Listed(Protocol):
    """A list that was read: its table, its headings, and its rows with what they share with rows above."""

    @property
    def grid(self) -> Grid:
        """Return the table."""

    @property
    def header(self) -> Header:
        """Return its headings."""

    def straight(self) -> Iterator[GridRow]:
        """Yield the rows below the headings as they were read."""


def require_workbook(path: Path, *, source: Path) -> None:
    """Make sure that the rejected rows of `source` can be written to `path`. Raises BadInput."""
    wrong = None
    if path.suffix.casefold() != ".xlsx":
        wrong = Text(f"“{path.name}” phải có đuôi .xlsx", f"“{path.name}” must end in .xlsx")
    elif not path.absolute().parent.is_dir() or path.is_dir():
        wrong = Text(f"Không có thư mục để ghi “{path.name}”", f"There is no folder to write “{path.name}” to")
    elif path.exists() and source.exists() and path.samefile(source):
        wrong = Text("Trùng với tệp danh sách: chọn tên khác", "That is the list itself: choose another name")
    if wrong is not None:
        raise BadInput({"rejected": wrong})


def write_rejected(path: Path, sheet: Listed, report: ImportReport) -> int:
    """Write the rows of `sheet` that `report` lists as rejected to a workbook at `path`; return how many.

    Cells keep their types and are never formulas; those merged or filled down say what they share. An existing file is
    replaced as a whole. Raises BadInput when it cannot be written.
    """
    reasons = {row.row_number: _reasons(row.problems) for row in report.rows if row.outcome is Outcome.REJECTED}
    rows = [row for row in sheet.straight() if row.number in reasons]
    headings = list(_headings(sheet))
    place = _place_of_reasons(sheet, rows)
    with _replaced(path) as name, xlsxwriter.Workbook(name, {"constant_memory": True}) as book:
        writer = _Writer(book, sheet, place)
        for row in headings:
            writer.add(row.cells, WHY_REJECTED if row is headings[0] else "", bold=True)
        writer.freeze()
        for row in rows:
            writer.add(row.cells, reasons[row.number])
    return len(rows)


def _headings(sheet: Listed) -> Iterator[GridRow]:
    first, last = sheet.header.first_row, sheet.header.row_number
    upper = takewhile(lambda row: row.number <= last, sheet.grid.rows())
    return (row for row in upper if row.number >= first)


def _reasons(problems: Iterable[Problem]) -> str:
    errors = (problem for problem in problems if problem.severity is Severity.ERROR)
    return "\n".join(f"{found.column}: {found.text.vi}" if found.column else found.text.vi for found in errors)


def _place_of_reasons(sheet: Listed, rows: list[GridRow]) -> int:
    """Return the column for the reasons: where a list that was rejected before has it, else behind everything."""
    there = sheet.header.column(Field.WHY_REJECTED)
    return there.index if there else max([sheet.header.spread, *(len(row.cells) for row in rows)])


class _Writer:
    """Writes rows one under the other."""

    def __init__(self, book: Any, sheet: Listed, place: int) -> None:
        self._page = book.add_worksheet(_SHEET)
        self._place = place
        self._next = 0
        self._formats = {
            kind: book.add_format({"text_wrap": True, "valign": "top", **more}) for kind, more in _LOOKS.items()
        }
        fields = {column.index: column.field for column in sheet.header.columns}
        for index in range(place):
            meaning = fields.get(index)
            self._page.set_column(index, index, _WIDTHS.get(meaning, _WIDTH) if meaning else _WIDTH)
        self._page.set_column(place, place, _WIDTH_OF_REASONS)

    def add(self, cells: tuple[Cell, ...], reason: str, *, bold: bool = False) -> None:
        """Write a row of cells and its reason."""
        text = self._formats["bold" if bold else "text"]
        cut = False
        for index in range(max(len(cells), self._place + 1)):
            if index == self._place:
                continue
            value = _storable(cells[index] if index < len(cells) else None)
            cut = cut or (isinstance(value, str) and len(value) > _LONGEST)
            self._write(index, value, text)
        told = f"{reason}\nÔ dài bị cắt còn {_LONGEST} ký tự: xem lại tệp gốc" if cut else reason
        self._write(self._place, told, text)
        self._next += 1

    def freeze(self) -> None:
        """Keep the rows written so far in sight."""
        self._page.freeze_panes(self._next, 0)

    def _write(self, index: int, value: Cell, text: Any) -> None:
        match value:
            case None | "":
                pass
            case bool():
                self._page.write_boolean(self._next, index, value, text)
            case int() | float():
                self._page.write_number(self._next, index, value, text)
            case datetime():
                self._page.write_datetime(self._next, index, value, self._formats["at"])
            case date():
                self._page.write_datetime(self._next, index, value, self._formats["date"])
            case time():
                self._page.write_datetime(self._next, index, value, self._formats["time"])
            case str():
                self._page.write_string(self._next, index, value[:_LONGEST], text)


def _storable(value: Cell) -> Cell:
    """Return a cell as a workbook can hold it: what has no exact number there is written out."""
    match value:
        case bool():
            return value
        case int() | float() if not isfinite(value) or abs(value) >= _EXACT:
            return written(value)
        case date() if value.year < _FIRST_YEAR:
            return written(value)
        case datetime():
            return value.replace(tzinfo=None)
        case str():
            return _SURROGATES.sub("", value)
        case _:
            return value


@contextmanager
def _replaced(path: Path) -> Iterator[str]:
    """Lend the name of a file that only its owner may read, and put it in the place of `path` at the end."""
    try:
        with tempfile.TemporaryDirectory(dir=path.absolute().parent, prefix=".dondoc-") as folder:
            made = Path(folder) / "rejected.xlsx"
            made.touch(mode=0o600)
            yield str(made)
            made.replace(path)
    except (OSError, xlsxwriter.exceptions.FileCreateError) as wrong:
        raise BadInput(
            {"rejected": Text(f"Không ghi được “{path.name}”: {wrong}", f"Cannot write “{path.name}”: {wrong}")}
        ) from wrong
