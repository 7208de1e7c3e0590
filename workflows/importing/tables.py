"""All tables of a file, whatever they hold: the door for lists that are not petitions, as answers are.

`read_tables(path, limits=…)` gives a `TableFile`:
- `format`: what the file is (CSV, XLSX, XLSB, ODS, XLS, DOCX);
- `grids`: its tables in their order, those that hold anything. Each `Grid` has a `name` (of the sheet; “Bảng 1”,
  “Bảng 2”… in a Word file; empty for a text file), `rows()` that may be walked any number of times, and `merged`, the
  lower cells of vertical merges with the row whose value they share. `find_header(rows, mapping)` works on any of them;
- `paragraphs`: in a Word file all text outside of these tables, from the top, each with the number of tables above it.
  The letterhead is a table of its own in Word, and the signatures too: their text comes here, cell by cell.

In a Word file tables with the same headings, or cut in two by a page, are one grid; rows are numbered through, the
first row of a table is 1. A cell keeps its paragraphs and line breaks as newlines.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from states.text import Text
from workflows.importing.contents import Format, Limits, examine, not_a_table
from workflows.importing.delimited import open_text
from workflows.importing.errors import EmptyFile
from workflows.importing.grid import Grid, GridRow
from workflows.importing.header import heading_score
from workflows.importing.spooled import read_workbook
from workflows.importing.words import Paragraph, Score, read_word

DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, eq=False, kw_only=True)
class TableFile:
    """The tables of a file, and what a Word file says around them, from the top."""

    format: Format
    grids: tuple[Grid, ...]
    paragraphs: tuple[Paragraph, ...] = ()


def read_tables(path: Path, *, limits: Limits = DEFAULT_LIMITS, score: Score | None = None) -> TableFile:
    """Return the tables of a CSV, XLSX, XLSB, ODS, XLS or DOCX file.

    `score` helps where a file does not say what it means: which delimiter splits a text file, and which row of a Word
    table is one of headings; by default it looks for the headings of petitions.
    Raises one of `errors.FileRefused`.
    """
    found = examine(path, limits=limits)
    scored = score or petition_score
    if found is Format.DOCX:
        lists, paragraphs = read_word(path, limits=limits, score=scored)
        if not lists:
            raise not_a_table(Text("văn bản Word không có bảng nào là danh sách", "a Word text without a list"))
        return TableFile(format=found, grids=lists, paragraphs=paragraphs)
    tables: tuple[Grid, ...]
    if found is Format.TEXT:
        tables = (open_text(path, score=scored, limits=limits),)
    else:
        tables = read_workbook(path, found, limits=limits)
    filled = tuple(table for table in tables if any(True for _ in table.rows()))
    if not filled:
        raise EmptyFile(Text("Tệp không có dòng nào có nội dung", "The file has no row with any content"))
    return TableFile(format=found, grids=filled)


def petition_score(rows: Iterable[GridRow]) -> int:
    """Return how well the best row fits the headings of petitions."""
    return max((heading_score(row, None) for row in rows), default=0)
