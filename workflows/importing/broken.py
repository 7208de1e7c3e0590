"""Rows that a page cut in two: in Word files the rest of a text often stands in a row of its own, without ordinal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from workflows.importing.cells import Cell, clean_start, clean_text, is_blank
from workflows.importing.grid import GridRow
from workflows.importing.values import is_ordinal

_TAIL = 200
_SENTENCE_ENDS = re.compile(r"[.!?;:…”\"»)\]]\s*$")


@dataclass(frozen=True, slots=True)
class Whole:
    """A row with the rest of its texts, and the rows that were only its rest."""

    row: GridRow
    tails: tuple[GridRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenRows:
    """How to tell the rest of a row from a row: by the column of ordinals and the columns of running text.

    With `only_cut` a rest must go on in the middle of a sentence: where ordinals or names are written once for a group,
    a row without them is a row. `merged` is that of the grid.
    """

    ordinal: int
    texts: frozenset[int]
    merged: Mapping[tuple[int, int], int]
    only_cut: bool = False

    def whole(self, rows: Iterable[GridRow]) -> Iterator[Whole]:
        """Yield the rows in their order, each with what belongs to it."""
        waiting: GridRow | None = None
        tails: list[GridRow] = []
        for row in rows:
            if waiting is not None and self._is_rest(row, waiting):
                waiting = GridRow(waiting.number, tuple(self._joined(waiting, row)))
                tails.append(row)
                continue
            if waiting is not None:
                yield Whole(waiting, tuple(tails))
            waiting, tails = row, []
        if waiting is not None:
            yield Whole(waiting, tuple(tails))

    def _is_rest(self, row: GridRow, above: GridRow) -> bool:
        full = {index for index, cell in enumerate(row.cells) if not is_blank(cell)}
        if not full <= self.texts or (row.number, self.ordinal) in self.merged:
            return False
        if not is_ordinal(clean_start(above.cell(self.ordinal))) or all(is_blank(above.cell(n)) for n in full):
            return False
        return not self.only_cut or any(_is_cut(above.cell(index), row.cell(index)) for index in full)

    def _joined(self, above: GridRow, row: GridRow) -> Iterator[Cell]:
        for upper, lower in zip_longest(above.cells, row.cells):
            if is_blank(lower) or is_blank(upper):
                yield upper if is_blank(lower) else lower
            else:
                between = " " if _is_cut(upper, lower) else "\n"
                yield f"{clean_text(upper).text}{between}{clean_text(lower).text}"


def not_broken(rows: Iterable[GridRow]) -> Iterator[Whole]:
    """Yield the rows of a file that has no pages, each whole."""
    return map(Whole, rows)


def _is_cut(upper: Cell, lower: Cell) -> bool:
    """Say whether a sentence goes on from one cell to the other."""
    above = clean_start(upper[-_TAIL:] if isinstance(upper, str) else upper)
    below = clean_start(lower)
    return bool(above and below) and (below[0].islower() or not _SENTENCE_ENDS.search(above)) and below[0].isalnum()
