"""Word files: which of their tables are lists, which belong together, and the text around them.

Word knows no sheets. A list is one table, or several: cut by a page, by the title of a group, or begun anew with its
headings. The letterhead and the signatures are tables too, and hold no list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, takewhile
from pathlib import Path

from states.folding import fold_words
from workflows.importing.cells import clean_start, clean_text, is_blank
from workflows.importing.contents import Format, Limits
from workflows.importing.grid import GridRow
from workflows.importing.spooled import SheetGrid, read_parts
from workflows.importing.values import is_ordinal

Score = Callable[[Iterable[GridRow]], int]
"""How well the best of some rows fits the headings that the caller looks for; 0 for not at all."""

_SEARCHED_ROWS = 50
_LONGEST_HEADING = 120
_LONGEST_RAW = 2 * _LONGEST_HEADING
_LAYOUT_ROWS, _LAYOUT_COLUMNS = 4, 3
_NUMBERED = re.compile(r"\(?[0-9]{1,2}\)?")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text outside of the tables: one paragraph, and how many of the file's `grids` stand above it."""

    text: str
    tables_above: int


@dataclass(frozen=True, eq=False)
class WordGrid:
    """One list of a Word file: a table and those that go on with it, rows numbered through.

    Rows that repeat the headings further down are left out; they keep their number.
    """

    name: str
    pieces: tuple[_Piece, ...]
    merged: Mapping[tuple[int, int], int] = field(default_factory=dict)
    strict_width: bool = False

    def rows(self) -> Iterator[GridRow]:
        """Yield the rows that are not blank; several readers may go through at once."""
        headings = self.pieces[0].headings
        for piece in self.pieces:
            for row in piece.table.rows():
                if piece is self.pieces[0] and row.number <= piece.headed:
                    yield row
                elif not _is_among(row, headings):
                    yield row._replace(number=row.number + piece.rows_above)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A table as the file has it: its size, its headings folded, and how many rows of its list stand above."""

    table: SheetGrid
    height: int
    width: int
    first: GridRow
    headed: int
    headings: frozenset[tuple[str, ...]]
    rows_above: int = 0


def read_word(path: Path, *, limits: Limits, score: Score) -> tuple[tuple[WordGrid, ...], tuple[Paragraph, ...]]:
    """Return the lists of a Word file, named “Bảng 1” and so on, and the paragraphs outside of them.

    Raises UnsafeFile, DamagedFile or FileTooLarge.
    """
    lists: list[list[_Piece]] = []
    paragraphs: list[Paragraph] = []
    text_between = False
    for part in read_parts(path, Format.DOCX, limits=limits):
        if isinstance(part, str):
            said = clean_text(part).text
            text_between = text_between or bool(said)
            paragraphs.extend([Paragraph(said, len(lists))] if said else [])
            continue
        piece = _piece(part, score)
        if piece is None:
            continue
        if lists and _goes_on(piece, lists[-1], text_between=text_between):
            lists[-1].append(_below(piece, lists[-1][-1]))
        elif _is_layout(piece):
            paragraphs.extend(Paragraph(said, len(lists)) for said in _told(part))
            continue
        else:
            lists.append([piece])
        text_between = False
    return tuple(_grid(number, pieces) for number, pieces in enumerate(lists, start=1)), tuple(paragraphs)


def _piece(table: SheetGrid, score: Score) -> _Piece | None:
    """Return a table with what is known of it; None for a blank one."""
    height, width, first = 0, 0, None
    for row in table.rows():
        height, width, first = row.number, max(width, len(row.cells)), first or row
    if first is None:
        return None
    headed = _headed(table, score)
    upper = takewhile(lambda row: row.number <= headed, table.rows())
    headings = frozenset(map(_words, upper))
    return _Piece(table, height, width, first, headed, headings)


def _headed(table: SheetGrid, score: Score) -> int:
    """Return the last row of the headings; 0 if the table has none. A row that numbers the columns belongs to them."""
    top = list(islice(table.rows(), _SEARCHED_ROWS))
    named = [row for row in top if _may_be_headings(row) and score([row]) > 1]
    last = max((max(named, key=lambda row: (score([row]), -row.number)).number if named else 0), table.headed)
    for row in top if last else ():
        divided = any(table.merged.get((row.number, column), last + 1) <= last for column in range(len(row.cells)))
        if row.number == last + 1 and (divided or _numbers_columns(row)):
            last = row.number
    return last


def _may_be_headings(row: GridRow) -> bool:
    full = [clean_start(cell) for cell in row.cells if not is_blank(cell)]
    first = clean_start(row.cell(0))
    is_counted = any(map(str.isdigit, first)) and is_ordinal(first)
    return len(full) > 1 and not is_counted and all(len(text) <= _LONGEST_HEADING for text in full)


def _numbers_columns(row: GridRow) -> bool:
    full = [clean_start(cell) for cell in row.cells if not is_blank(cell)]
    return len(full) > 1 and full[0].strip("()") == "1" and all(map(_NUMBERED.fullmatch, full))


def _goes_on(piece: _Piece, above: Sequence[_Piece], *, text_between: bool) -> bool:
    """Say whether a table goes on with the list above it: its headings come again, or it has none of its own."""
    begun = above[0]
    if not begun.headed or piece.width > begun.width:
        return False
    comes_again = _is_among(piece.first, begun.headings)
    if piece.headed or comes_again:
        return comes_again
    first = clean_start(piece.first.cell(0))
    if text_between:
        return is_ordinal(first)
    return not first or is_ordinal(first) or not _is_small(piece)


def _is_layout(piece: _Piece) -> bool:
    """Say whether a table only places words on the page, as the letterhead and the signatures do."""
    return not piece.headed and _is_small(piece)


def _is_small(piece: _Piece) -> bool:
    return piece.height <= _LAYOUT_ROWS and piece.width <= _LAYOUT_COLUMNS


def _below(piece: _Piece, last: _Piece) -> _Piece:
    above = last.rows_above + last.height
    return _Piece(piece.table, piece.height, piece.width, piece.first, piece.headed, piece.headings, above)


def _grid(number: int, pieces: Sequence[_Piece]) -> WordGrid:
    merged = {
        (row + piece.rows_above, column): top + piece.rows_above
        for piece in pieces
        for (row, column), top in piece.table.merged.items()
    }
    return WordGrid(f"Bảng {number}", tuple(pieces), merged)


def _is_among(row: GridRow, headings: frozenset[tuple[str, ...]]) -> bool:
    # Folding costs more than reading, and most rows of a list are plainly no headings.
    is_short = all(len(cell) <= _LONGEST_RAW for cell in row.cells if isinstance(cell, str))
    return is_short and bool(headings) and _words(row) in headings


def _words(row: GridRow) -> tuple[str, ...]:
    """Return the folded cells of a row, without the blank ones at its end."""
    cells = [fold_words(clean_start(cell)) for cell in row.cells]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _told(table: SheetGrid) -> Iterator[str]:
    """Yield the paragraphs of a table cell by cell."""
    for row in table.rows():
        for cell in row.cells:
            yield from filter(None, clean_text(cell).text.split("\n"))
