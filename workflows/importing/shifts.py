"""Rows that slipped by one column: put back when only one reading is possible, refused otherwise."""

from __future__ import annotations

from datetime import date

from states.text import Text
from workflows.importing.cells import Cell, clean_start, is_blank
from workflows.importing.dates import read_date
from workflows.importing.grid import GridRow
from workflows.importing.header import Header
from workflows.importing.headings import DATE_FIELDS, Field
from workflows.importing.problems import Problem, error, warning
from workflows.importing.values import is_ordinal, round_kind

# Columns whose values are short by nature: a long text in one of them has slipped there.
_LONG_FIELDS = frozenset(
    {
        Field.TEXT, Field.NOTE, Field.OTHER, Field.PETITIONER, Field.ADDRESS, Field.WHY_REJECTED,
        Field.ANSWER_TEXT, Field.RESULT, Field.JUDGED, Field.EVIDENCE, Field.RETURNED, Field.TOLD,
    }
)  # fmt: skip
_SHORT_FIELDS = frozenset(Field) - _LONG_FIELDS
_LONG_CHARS, _LONG_WORDS, _SHORT_CHARS = 80, 15, 40


def straighten(row: GridRow, header: Header, *, today: date) -> tuple[GridRow, Problem | None]:
    """Return the row with its text under the text's heading, and what was done or why it cannot be.

    Moves by one column only, and only if no cell is lost and ordinals, dates and rounds make sense afterwards.
    The warning names the direction; the error says where the long text stands.
    """
    place = _slipped_to(row, header)
    if place is None:
        return row, None
    at = header.text.index
    cells = _reading(row.cells, at, place)
    if cells is not None and len(cells) <= header.spread and _fits(GridRow(row.number, cells), header, today=today):
        return GridRow(row.number, cells), _moved(header, place)
    return row, _lost(header, place)


def _slipped_to(row: GridRow, header: Header) -> int | None:
    """Return the column where the petition's text seems to stand instead of its own, or None."""
    text = clean_start(row.cell(header.text.index))
    if len(text) >= _SHORT_CHARS:
        return None
    places = [
        column.index
        for column in header.columns
        if column.field in _SHORT_FIELDS and not column.tick and _is_long(clean_start(row.cell(column.index)))
    ]
    return places[0] if len(places) == 1 else None


def _is_long(text: str) -> bool:
    return len(text) >= _LONG_CHARS and len(text.split()) >= _LONG_WORDS


def _reading(cells: tuple[Cell, ...], at: int, place: int) -> tuple[Cell, ...] | None:
    """Return the row moved by one column: a lost blank cell put in, or a spare blank one taken out; else None."""
    if place == at - 1:
        return (*cells[:place], "", *_trimmed(cells[place:]))
    spare = next((index for index in (at, at - 1) if place == at + 1 and index >= 0 and is_blank(cells[index])), None)
    return None if spare is None else (*cells[:spare], *_trimmed(cells[spare + 1 :]))


def _trimmed(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Return the cells without the blank ones at the end."""
    last = max((index for index, cell in enumerate(cells) if not is_blank(cell)), default=-1)
    return cells[: last + 1]


def _fits(row: GridRow, header: Header, *, today: date) -> bool:
    """Say whether every ordinal, date and round of a moved row is one."""
    for column in header.columns:
        cell = row.cell(column.index)
        if is_blank(cell) or column.tick:
            continue
        if column.field is Field.ORDINAL and not is_ordinal(clean_start(cell)):
            return False
        if column.field is Field.ROUND and round_kind(clean_start(cell)) is None:
            return False
        if column.field in DATE_FIELDS and not isinstance(read_date(cell, today=today), date):
            return False
    return True


def _moved(header: Header, place: int) -> Problem:
    way = Text("sang trái", "left") if place > header.text.index else Text("sang phải", "right")
    found = header.heading(place)
    return warning(
        header.text.heading,
        "row_shifted",
        Text(
            f"Dòng bị lệch: nội dung nằm ở cột “{found}”. Đã chuyển các ô {way.vi} một cột, xem lại",
            f"Shifted row: the text stood under “{found}”. Its cells were moved one column {way.en}; check them",
        ),
    )


def _lost(header: Header, place: int) -> Problem:
    found = header.heading(place)
    return error(
        header.text.heading,
        "row_shifted",
        Text(
            f"Dòng bị lệch cột: nội dung dài nằm ở cột “{found}”, không rõ phải chuyển thế nào. Sửa lại trong tệp",
            f"The row is shifted: a long text stands under “{found}” and how to move it is unclear. Mend the file",
        ),
    )
