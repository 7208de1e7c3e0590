"""Walking through a table once: which rows are petitions, and what each says in the company of the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from states.text import Text
from workflows.importing import doubts
from workflows.importing.cells import Cell, clean_line, is_blank
from workflows.importing.contents import Limits
from workflows.importing.fingerprints import Fingerprints
from workflows.importing.grid import Grid, GridRow
from workflows.importing.header import Header, is_column_numbers, repeats_headings
from workflows.importing.headings import LATE_FIELDS, Field
from workflows.importing.row_reader import RowReader
from workflows.importing.rows import PetitionRow, SkippedRow
from workflows.importing.shifts import straighten
from workflows.importing.values import is_ordinal

# A merged cell says the same of all its rows, except of what belongs to one petition alone.
_OF_ONE_PETITION = frozenset({Field.TEXT, Field.ORDINAL, Field.CODE, Field.NOTE})

_REPEATED = Text("Lặp lại dòng tiêu đề", "Repeats the headings")
_NUMBERS = Text("Dòng đánh số cột", "Numbers the columns")
_GROUP = Text("Tiêu đề nhóm, không phải kiến nghị", "The title of a group, not a petition")


def walk(grid: Grid, header: Header, *, origin: str, today: date, limits: Limits) -> Iterator[PetitionRow | SkippedRow]:
    """Yield every row under the header that is not blank, as a petition or as skipped with the reason."""
    fingerprints = Fingerprints(origin)
    merges = _Merges(grid, header)
    texts: dict[bytes, int] = {}
    first = True
    for row in grid.rows():
        if row.number <= header.row_number:
            continue
        if reason := _no_petition(row, header, first=first):
            yield SkippedRow(row.number, _told(row), reason)
        else:
            filled = merges.fill(row)
            straight, finding = straighten(filled, header, today=today)
            reader = RowReader(
                straight,
                header,
                today=today,
                limits=limits,
                strict_width=grid.strict_width,
                merged_with=merges.text_above(row),
            )
            found = reader.read(fingerprint=fingerprints.of(_content(row, filled, header)), finding=finding)
            yield _with_twin(found, header, texts)
        first = False


def _no_petition(row: GridRow, header: Header, *, first: bool) -> Text | None:
    """Return why a row is no petition, or None if it is to be read as one."""
    if repeats_headings(row, header):
        return _REPEATED
    if first and is_column_numbers(row, header):
        return _NUMBERS
    full = [index for index, cell in enumerate(row.cells) if not is_blank(cell)]
    ordinal = header.column(Field.ORDINAL)
    if ordinal and full == [ordinal.index] and not is_ordinal(clean_line(row.cell(ordinal.index)).text):
        return _GROUP
    return None


def _told(row: GridRow) -> str:
    return " | ".join(clean_line(cell).text for cell in row.cells if not is_blank(cell))


def _content(row: GridRow, filled: GridRow, header: Header) -> Iterator[tuple[str, Cell]]:
    """Yield the cells that a fingerprint covers, with their headings: all but the ordinal.

    A late column of an old register counts with what it shares with a row above: a change there changes all its rows.
    """
    ordinal = header.column(Field.ORDINAL)
    late = {column.index for column in header.columns if column.field in LATE_FIELDS}
    for index in range(max(len(row.cells), len(filled.cells))):
        cell = filled.cell(index) if index in late else row.cell(index)
        if not is_blank(cell) and not (ordinal and index == ordinal.index):
            yield header.heading(index), cell


def _with_twin(row: PetitionRow, header: Header, texts: dict[bytes, int]) -> PetitionRow:
    """Point an accepted row to the first accepted row of the same words."""
    if row.is_rejected:
        return row
    earlier = texts.setdefault(bytes.fromhex(row.text_key), row.row_number)
    if earlier == row.row_number:
        return row
    twin = doubts.same_text(header.text.heading, earlier)
    return replace(row, same_text_as=earlier, problems=(*row.problems, twin))


class _Merges:
    """Fills cells that are merged with a cell of a row above; the rows must come in their order."""

    def __init__(self, grid: Grid, header: Header) -> None:
        self._merged = grid.merged
        self._text = header.text.index
        fields = ((column.index, column.field) for column in header.columns)
        self._shared = {index for index, meaning in fields if meaning and meaning not in _OF_ONE_PETITION}
        self._tops = set(grid.merged.values())
        self._kept: dict[int, GridRow] = {}

    def fill(self, row: GridRow) -> GridRow:
        """Return the row with the values it shares with rows above."""
        if row.number in self._tops:
            self._kept[row.number] = row
        if not self._merged:
            return row
        width = max(len(row.cells), 1 + max(self._shared, default=0))
        return GridRow(row.number, tuple(self._shared_cell(row, index) for index in range(width)))

    def text_above(self, row: GridRow) -> int | None:
        """Return the row whose text cell spans this row too."""
        return self._merged.get((row.number, self._text))

    def _shared_cell(self, row: GridRow, index: int) -> Cell:
        top = self._kept.get(self._merged.get((row.number, index), 0)) if index in self._shared else None
        return top.cell(index) if top and is_blank(row.cell(index)) else row.cell(index)
