"""Merges equal neighbouring cells of a column: one cell for the field or the hamlet that several rows share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from docx.oxml.ns import qn

from workflows.printing.cleaning import MERGE

_CELL, _ROW, _TABLE, _WORDS = (qn(f"w:{name}") for name in ("tc", "tr", "tbl", "t"))


def merge_equal_cells(body: Any) -> None:
    """Merge cells marked for it, in every table of `body`, where the words are equal; the marks are taken out."""
    for table in body.iter(_TABLE):
        for run in _runs(list(table.iterchildren(_ROW))):
            _merge(run)
    for words in body.iter(_WORDS):
        if words.text and MERGE in words.text:
            words.text = words.text.replace(MERGE, "")


def _runs(rows: Sequence[Any]) -> Iterator[list[Any]]:
    """Yield the cells, one below the other, that are marked and say the same, two at least."""
    columns = [list(row.iterchildren(_CELL)) for row in rows]
    for place in range(max((len(cells) for cells in columns), default=0)):
        run: list[Any] = []
        for cells in columns:
            cell = cells[place] if place < len(cells) else None
            if run and (cell is None or _said(cell) != _said(run[0])):
                yield from [run] if len(run) > 1 else []
                run = []
            if cell is not None and MERGE in _said(cell):
                run.append(cell)
        if len(run) > 1:
            yield run


def _merge(cells: Sequence[Any]) -> None:
    for cell in cells:
        cell.vMerge = "restart" if cell is cells[0] else "continue"
    for cell in cells[1:]:
        for words in cell.iter(_WORDS):
            words.text = ""


def _said(cell: Any) -> str:
    return "".join(words.text or "" for words in cell.iter(_WORDS))
