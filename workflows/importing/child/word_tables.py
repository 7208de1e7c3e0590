"""A Word table as rows and columns: cells that span columns or rows stand where a reader sees them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from workflows.importing.child.bounds import Unreadable
from workflows.importing.child.word_parts import child, is_on, name_of, number, value
from workflows.importing.child.word_texts import Texts, within

# Twentieths of a point: people drag borders cell by cell, and what they meant as one line becomes two near each other.
_SLIVER = 170


@dataclass(slots=True)
class Table:
    """The rows that are seen, the lower cells of vertical merges as [top, left, bottom, right], and the headings."""

    rows: list[list[str]] = field(default_factory=list)
    merged: list[list[int]] = field(default_factory=list)
    headed: int = 0

    def lines(self) -> Iterator[object]:
        """Yield the lines of `reading`; a blank row has a number and no line."""
        yield {"sheet": "", "merged": self.merged, "headed": self.headed}
        for row_number, cells in enumerate(self.rows, start=1):
            if any(cells):
                yield [row_number, cells]


def read_table(element: Any, texts: Texts, *, columns: int) -> Table:
    """Return the table of a `w:tbl`. Raises Unreadable for more than `columns` columns."""
    rows = [row for row in within(element, frozenset({"tr"})) if not _is_gone(child(row, "trPr"))]
    places = _places(element, columns=columns)
    table = Table()
    open_merges: dict[int, list[int]] = {}
    for row in rows:
        _add_row(table, row, texts, places, open_merges)
    table.headed = sum(1 for _ in itertools.takewhile(_is_heading, rows))
    return table


def _is_gone(properties: Any) -> bool:
    """Say whether a row is deleted or hidden."""
    return properties is not None and (child(properties, "del") is not None or is_on(child(properties, "hidden")))


def _is_heading(row: Any) -> bool:
    return is_on(child(row, "trPr", "tblHeader"))


class _Places:
    """Where the borders of the grid stand: which column each of them begins, slivers counted to the next one."""

    def __init__(self, widths: list[int], *, columns: int) -> None:
        self._columns = columns
        self._begins: list[int] = []
        seen, width_since = 0, 0
        for width in widths:
            self._begins.append(seen)
            width_since += width
            if width_since > _SLIVER or width <= 0:
                seen, width_since = seen + 1, 0
        self._end = seen if not width_since else seen + 1

    def column(self, border: int) -> int:
        """Return the column that begins at a border of the grid. Raises Unreadable far to the right."""
        beyond = border - len(self._begins)
        column = self._begins[border] if beyond < 0 else self._end + beyond
        if column > self._columns:
            raise Unreadable("columns")
        return column


def _places(element: Any, *, columns: int) -> _Places:
    grid = child(element, "tblGrid")
    borders = (part for part in (() if grid is None else grid) if name_of(part) == "gridCol")
    return _Places([number(part, "w") for part in borders], columns=columns)


def _add_row(table: Table, row: Any, texts: Texts, places: _Places, open_merges: dict[int, list[int]]) -> None:
    at = len(table.rows)
    border = max(number(child(row, "trPr", "gridBefore")), 0)
    cells: list[str] = []
    still_open: set[int] = set()
    for cell in within(row, frozenset({"tc"})):
        properties = child(cell, "tcPr")
        column = max(places.column(border), len(cells))
        border += max(number(child(properties, "gridSpan"), default=1), 1)
        width = max(places.column(border) - column, 1)
        text = ""
        if _continues(properties, "vMerge") and column in open_merges:
            open_merges[column][2] = at
            still_open.add(column)
        elif not _continues(properties, "hMerge") and child(properties, "cellDel") is None:
            text = texts.cell(cell)
            if child(properties, "vMerge") is not None:
                open_merges[column] = [at, column, at, column]
                table.merged.append(open_merges[column])
                still_open.add(column)
        cells += [""] * (column - len(cells)) + [text] + [""] * (width - 1)
    for column in open_merges.keys() - still_open:
        del open_merges[column]
    table.rows.append(cells)


def _continues(properties: Any, name: str) -> bool:
    merge = child(properties, name)
    return merge is not None and value(merge) != "restart"
