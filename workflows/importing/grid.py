"""The common shape of what is read: numbered rows of cells, from text files and from workbooks alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

from workflows.importing.cells import Cell


class GridRow(NamedTuple):
    """One row that is not blank, with the number a person sees beside it (from 1)."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, index: int) -> Cell:
        """Return the cell in column `index` (from 0); None beyond the end of the row."""
        return self.cells[index] if 0 <= index < len(self.cells) else None


class Grid(Protocol):
    """A table that can be read again and again in bounded memory."""

    @property
    def name(self) -> str:
        """Return the name of the sheet; empty for a text file."""

    @property
    def strict_width(self) -> bool:
        """Say whether a cell beyond the last heading means that a text was cut by an unquoted delimiter."""

    @property
    def merged(self) -> Mapping[tuple[int, int], int]:
        """Return (row number, column) of each lower cell of a vertical merge, with the number of its top row."""

    def rows(self) -> Iterator[GridRow]:
        """Yield all rows that are not blank, from the top."""
