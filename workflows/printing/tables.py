"""Finishes the tables of a filled template: equal neighbours become one cell, rows longer than a page may break."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from docx.oxml.ns import qn

from workflows.printing.cleaning import MERGE

_CELL, _ROW, _TABLE, _WORDS, _WHOLE = (qn(f"w:{name}") for name in ("tc", "tr", "tbl", "t", "cantSplit"))
_LONGEST_WHOLE = 800  # characters of a cell: more may fill a page, and LibreOffice leaves out what then overflows


def merge_equal_cells(body: Any) -> None:
    """Merge cells marked for it, in every table of `body`, where the words are equal; the marks are taken out."""
    for table in body.iter(_TABLE):
        for run in _runs(list(table.iterchildren(_ROW))):
            _merge(run)
    for words in body.iter(_WORDS):
        if words.text and MERGE in words.text:
            words.text = words.text.replace(MERGE, "")


def let_long_rows_break(body: Any) -> None:
    """Let a row go on over the page where one of its cells is too long to stay whole."""
    for row in body.iter(_ROW):
        if any(len(_said(cell)) > _LONGEST_WHOLE for cell in row.iterchildren(_CELL)):
            for mark in list(row.iter(_WHOLE)):
                mark.getparent().remove(mark)


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
