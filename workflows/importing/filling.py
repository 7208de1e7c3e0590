"""Values that a cell shares with rows above: merged with them, or written once for a group and left blank below."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from states.folding import fold_words
from states.text import Text
from workflows.importing.cells import Cell, is_blank
from workflows.importing.errors import BadMapping
from workflows.importing.grid import Grid, GridRow
from workflows.importing.headings import Field

if TYPE_CHECKING:
    from workflows.importing.header import Header

# A merged cell says the same of all its rows, except of what belongs to one petition alone.
_OF_ONE_PETITION = frozenset({Field.TEXT, Field.ORDINAL, Field.CODE, Field.NOTE, Field.WHY_REJECTED})

FILLABLE = frozenset(
    {
        Field.NATURE,
        Field.LOCALITY,
        Field.AGENCY,
        Field.SUBJECT,
        Field.SESSION,
        Field.ROUND,
        Field.PLAN,
        Field.LETTER,
        Field.LETTER_NUMBER,
        Field.LETTER_DATE,
        Field.RECEIVED_ON,
        Field.CHANNEL,
    }
)
"""What may be left blank under a value for a whole group; never the petition's text, never who raised it."""


def fillable_fields(names: Iterable[str]) -> frozenset[Field]:
    """Return the fields of these names, as mapping files or people write them.

    Raises BadMapping for one that is none, or that belongs to one petition alone.
    """
    return frozenset(map(_fillable, names))


def _fillable(name: str) -> Field:
    wanted = fold_words(name)
    found = (field for field in FILLABLE if wanted in {fold_words(field.value), fold_words(field.label.vi)})
    field = next(found, None)
    if field is None:
        known = ", ".join(sorted(FILLABLE))
        raise BadMapping(
            Text(
                f"Không điền xuống được “{name}”. Các trường điền được: {known}",
                f"“{name}” cannot be filled down. Fields that can: {known}",
            ),
            field=name,
        )
    return field


def require_columns(fields: Iterable[Field], header: Header) -> None:
    """Make sure that each field that is to be filled down has a column. Raises BadMapping."""
    for field in sorted(fields):
        if header.column(field) is None:
            raise BadMapping(
                Text(
                    f"Bảng không có cột “{field.label.vi}” để điền xuống: bỏ “{field}” hoặc dùng tệp ánh xạ",
                    f"No column means “{field.label.en}” to fill down: leave out “{field}” or use a mapping file",
                ),
                field=field.value,
            )


class Filling:
    """Fills cells with the values they share with rows above; the rows must come in their order.

    Merged cells always; blank ones only of the fields in `fill_down`, and not from above the title of a group.
    """

    def __init__(self, grid: Grid, header: Header, *, fill_down: frozenset[Field]) -> None:
        self._merged = grid.merged
        text = header.column(Field.TEXT)
        self._text = text.index if text else -1
        fields = [(column.index, column.field) for column in header.columns if not column.tick]
        self._shared = {column.index for column in header.columns if column.field not in {None, *_OF_ONE_PETITION}}
        self._down = {index for index, meaning in fields if meaning in fill_down & FILLABLE}
        self._tops = set(grid.merged.values())
        self._kept: dict[int, GridRow] = {}
        self._last: dict[int, Cell] = {}

    def fill(self, row: GridRow) -> GridRow:
        """Return the row with the values it shares with rows above."""
        if row.number in self._tops:
            self._kept[row.number] = row
        if not self._merged and not self._down:
            return row
        width = max(len(row.cells), 1 + max(self._shared, default=0))
        return GridRow(row.number, tuple(self._shared_cell(row, index) for index in range(width)))

    def text_above(self, row: GridRow) -> int | None:
        """Return the row whose text cell spans this row too."""
        return self._merged.get((row.number, self._text))

    def begin_group(self) -> None:
        """Forget the values of the group above."""
        self._last.clear()

    def _shared_cell(self, row: GridRow, index: int) -> Cell:
        cell = row.cell(index)
        if is_blank(cell):
            top = self._kept.get(self._merged.get((row.number, index), 0)) if index in self._shared else None
            cell = top.cell(index) if top else cell
        if index not in self._down:
            return cell
        if is_blank(cell):
            return self._last.get(index, cell)
        self._last[index] = cell
        return cell
