"""Walking through a table once: which rows are petitions, and what each says in the company of the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from states.text import Text
from workflows.importing import doubts
from workflows.importing.broken import BrokenRows, Whole, not_broken
from workflows.importing.cells import Cell, clean_start, is_blank
from workflows.importing.contents import Limits
from workflows.importing.filling import Filling
from workflows.importing.fingerprints import Fingerprints
from workflows.importing.grid import Grid, GridRow
from workflows.importing.header import Header, is_column_numbers, repeats_headings
from workflows.importing.headings import LATE_FIELDS, Field
from workflows.importing.row_reader import RowReader
from workflows.importing.rows import PetitionRow, SkippedRow
from workflows.importing.shifts import straighten
from workflows.importing.values import is_ordinal

_REPEATED = Text("Lặp lại dòng tiêu đề", "Repeats the headings")
_NUMBERS = Text("Dòng đánh số cột", "Numbers the columns")
_GROUP = Text("Tiêu đề nhóm, không phải kiến nghị", "The title of a group, not a petition")


class Read(NamedTuple):
    """A row as it was read: its cells with what it shares with rows above, and what they say."""

    row: GridRow
    line: PetitionRow | SkippedRow


def walk(
    grid: Grid,
    header: Header,
    *,
    origin: str,
    today: date,
    limits: Limits,
    fill_down: frozenset[Field] = frozenset(),
    has_pages: bool = False,
) -> Iterator[Read]:
    """Yield every row under the header that is not blank, as a petition or as skipped with the reason.

    `has_pages` says that a page may have cut rows in two, as in Word files.
    """
    fingerprints = Fingerprints(origin)
    filling = Filling(grid, header, fill_down=fill_down)
    texts: dict[bytes, int] = {}
    first = True
    for row, tails in _whole_rows(grid, header, fill_down=fill_down, has_pages=has_pages):
        if reason := no_petition(row, header, first=first):
            filling.begin_group()
            yield Read(row, SkippedRow(row.number, row_as_line(row), reason))
        else:
            filled = filling.fill(row)
            straight, finding = straighten(filled, header, today=today)
            reader = RowReader(
                straight,
                header,
                today=today,
                limits=limits,
                strict_width=grid.strict_width,
                merged_with=filling.text_above(row),
            )
            found = reader.read(fingerprint=fingerprints.of(_content(row, filled, header)), finding=finding)
            yield Read(straight, _with_twin(_with_tails(found, header, tails), header, texts))
            yield from (_rest(tail, found) for tail in tails)
        first = False


def _whole_rows(
    grid: Grid, header: Header, *, fill_down: frozenset[Field], has_pages: bool
) -> Iterator[tuple[GridRow, tuple[GridRow, ...]]]:
    """Yield the rows under the header, each with the rows that were only its rest."""
    below = (row for row in grid.rows() if row.number > header.row_number)
    ordinal = header.column(Field.ORDINAL)
    whole: Iterator[Whole] = not_broken(below)
    if has_pages and ordinal is not None:
        texts = frozenset(column.index for column in header.columns if column.field in {Field.TEXT, Field.NOTE})
        rule = BrokenRows(ordinal=ordinal.index, texts=texts, merged=grid.merged, only_cut=bool(fill_down))
        whole = rule.whole(below)
    return ((found.row, found.tails) for found in whole)


def _with_tails(row: PetitionRow, header: Header, tails: tuple[GridRow, ...]) -> PetitionRow:
    if not tails:
        return row
    joined = doubts.row_joined(header.text.heading, [tail.number for tail in tails])
    return replace(row, problems=(*row.problems, joined))


def _rest(tail: GridRow, row: PetitionRow) -> Read:
    n = row.row_number
    reason = Text(f"Phần tiếp của dòng {n}, đã nối vào", f"The rest of row {n}, joined to it")
    return Read(tail, SkippedRow(tail.number, row_as_line(tail), reason))


def no_petition(row: GridRow, header: Header, *, first: bool) -> Text | None:
    """Return why a row is no petition, or None if it is to be read as one."""
    if repeats_headings(row, header):
        return _REPEATED
    if first and is_column_numbers(row, header):
        return _NUMBERS
    full = [index for index, cell in enumerate(row.cells) if not is_blank(cell)]
    ordinal = header.column(Field.ORDINAL)
    if ordinal and full == [ordinal.index] and not is_ordinal(clean_start(row.cell(ordinal.index))):
        return _GROUP
    return None


def row_as_line(row: GridRow) -> str:
    """Return the filled cells of a row on one line, each by its beginning."""
    return " | ".join(clean_start(cell) for cell in row.cells if not is_blank(cell))


def _content(row: GridRow, filled: GridRow, header: Header) -> Iterator[tuple[str, Cell]]:
    """Yield the cells that a fingerprint covers, with their headings: neither the ordinal nor why it was rejected.

    A late column of an old register counts with what it shares with a row above: a change there changes all its rows.
    """
    aside = {column.index for column in header.columns if column.field in {Field.ORDINAL, Field.WHY_REJECTED}}
    late = {column.index for column in header.columns if column.field in LATE_FIELDS}
    for index in range(max(len(row.cells), len(filled.cells))):
        cell = filled.cell(index) if index in late else row.cell(index)
        if not is_blank(cell) and index not in aside:
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
