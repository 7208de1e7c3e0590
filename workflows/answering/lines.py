"""The rows of an answer report, read from a Word table or a workbook: the cells of each, whatever they mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from states.folding import fold
from states.text import Text
from workflows.answering.headings import ANSWER_HEADINGS
from workflows.importing.broken import BrokenRows, Whole, not_broken
from workflows.importing.cells import FORMULA_ERRORS, Cell, clean_text, is_blank
from workflows.importing.contents import Format, Limits
from workflows.importing.errors import FileRefused, HeaderNotFound, SheetNotFound
from workflows.importing.filling import Filling
from workflows.importing.grid import Grid, GridRow
from workflows.importing.header import SEARCHED_ROWS, Header, find_header, heading_score
from workflows.importing.headings import Field
from workflows.importing.mapping import ColumnMapping
from workflows.importing.rows import SkippedRow
from workflows.importing.tables import DEFAULT_LIMITS, TableFile, read_tables
from workflows.importing.values import is_title
from workflows.importing.walking import no_petition, row_as_line
from workflows.importing.words import Paragraph

_PROSE = frozenset(
    {
        Field.TEXT, Field.ANSWER_TEXT, Field.NOTE, Field.CAUSE, Field.MEASURE, Field.GROUND, Field.EVIDENCE,
        Field.REASON,
    }
)  # fmt: skip
_NAMES = (Field.ORDINAL, Field.CODE, Field.TEXT)
_SAYS = (Field.ANSWER_TEXT, Field.RESULT, Field.ANSWER, Field.ANSWER_NUMBER, Field.MEASURE)
_NOT_TICKED = frozenset({"", "0", "FALSE", "-"})
_LONGEST_TICK = 3
_TITLE = Text("Tiêu đề nhóm", "The title of a group")
_NO_ANSWER = Text("Dòng không có nội dung trả lời", "The row gives no answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLine:
    """One row: clean text by field, the cells themselves where a type may matter, and what is ticked.

    `ticked` are the headings of the result boxes ticked; `in_box` what a box says instead of a mere tick.
    """

    row_number: int
    said: Mapping[Field, str]
    cells: Mapping[Field, Cell] = field(default_factory=dict)
    ticked: tuple[str, ...] = ()
    in_box: str = ""

    def __getitem__(self, meaning: Field) -> str:
        """Return the text of a field; empty where there is none."""
        return self.said.get(meaning, "")


@dataclass(frozen=True, kw_only=True)
class AnswerTable:
    """The rows of a report, those that are none, and what a Word file says around its tables."""

    name: str
    format: Format
    headings: tuple[str, ...]
    unknown_headings: tuple[str, ...]
    lines: tuple[AnswerLine, ...]
    skipped: tuple[SkippedRow, ...]
    other_tables: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]


def read_report(
    path: Path, *, mapping: ColumnMapping | None = None, sheet: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> AnswerTable:
    """Return the answers in a DOCX, XLSX, XLSB, ODS, XLS or CSV file: those of the first table that holds any.

    Raises one of `errors.FileRefused`.
    """

    def score(rows: Iterable[GridRow]) -> int:
        return max((heading_score(row, mapping, ANSWER_HEADINGS) for row in rows), default=0)

    file = read_tables(path, limits=limits, score=score)
    headers = _headers(file, mapping)
    grid = next(iter(headers)) if sheet is None else _asked(file, headers, sheet)
    header = headers[grid]
    found = tuple(_walk(grid, header))
    return AnswerTable(
        name=grid.name,
        format=file.format,
        headings=tuple(column.heading for column in header.columns),
        unknown_headings=header.unknown,
        lines=tuple(line for line in found if isinstance(line, AnswerLine)),
        skipped=tuple(row for row in found if isinstance(row, SkippedRow)),
        other_tables=tuple(other.name for other in headers if other is not grid),
        paragraphs=file.paragraphs,
    )


def _headers(file: TableFile, mapping: ColumnMapping | None) -> dict[Grid, Header]:
    """Return the headers of the tables that hold answers; if none does, refuse as the most telling one would."""
    headers: dict[Grid, Header] = {}
    refusals: list[FileRefused] = []
    for grid in file.grids:
        try:
            headers[grid] = find_header(list(islice(grid.rows(), SEARCHED_ROWS)), mapping, ANSWER_HEADINGS)
        except FileRefused as refusal:
            refusals.append(refusal)
    if not headers:
        raise min(refusals, key=lambda refusal: isinstance(refusal, HeaderNotFound))
    return headers


def _asked(file: TableFile, headers: Mapping[Grid, Header], name: str) -> Grid:
    for grid in headers:
        if fold(grid.name) == fold(name):
            return grid
    names = "”, “".join(grid.name for grid in file.grids)
    raise SheetNotFound(
        Text(f"Không có bảng trả lời “{name}”. Các bảng: “{names}”", f"There is no table “{name}”. Tables: “{names}”")
    )


def _walk(grid: Grid, header: Header) -> Iterator[AnswerLine | SkippedRow]:
    filling = Filling(grid, header, fill_down=frozenset())
    waiting: AnswerLine | None = None
    first = True
    for whole in _whole_rows(grid, header):
        reason = no_petition(whole.row, header, first=first)
        first = False
        if reason is not None:
            yield SkippedRow(whole.row.number, row_as_line(whole.row), reason)
            continue
        row = filling.fill(whole.row)
        line = _line(row, header)
        if waiting is not None and _goes_on(line, row, grid, header):
            waiting = _joined(waiting, line)
            continue
        if waiting is not None:
            yield _sorted_out(waiting)
        waiting = line
    if waiting is not None:
        yield _sorted_out(waiting)


def _whole_rows(grid: Grid, header: Header) -> Iterator[Whole]:
    """Yield the rows under the header; where there are ordinals, with the rest that a page cut off."""
    below = (row for row in grid.rows() if row.number > header.row_number)
    ordinal = header.column(Field.ORDINAL)
    if ordinal is None:
        return not_broken(below)
    texts = frozenset(column.index for column in header.columns if column.field in _PROSE and not column.tick)
    return BrokenRows(ordinal=ordinal.index, texts=texts, merged=grid.merged).whole(below)


def _line(row: GridRow, header: Header) -> AnswerLine:
    said: dict[Field, str] = {}
    cells: dict[Field, Cell] = {}
    ticked: list[str] = []
    in_box: list[str] = []
    for column in header.columns:
        cell = row.cell(column.index)
        text = clean_text(cell).text
        if column.field is None or is_blank(cell) or text.upper() in FORMULA_ERRORS:
            continue
        if not column.tick:
            said[column.field], cells[column.field] = text, cell
        elif column.field is Field.RESULT and text.upper() not in _NOT_TICKED:
            ticked.append(column.heading)
            in_box.extend([text] if len(text) > _LONGEST_TICK else [])
    return AnswerLine(row_number=row.number, said=said, cells=cells, ticked=tuple(ticked), in_box="\n".join(in_box))


def _goes_on(line: AnswerLine, row: GridRow, grid: Grid, header: Header) -> bool:
    """Say whether a row tells more of the petition above: what names it is merged with the row above."""
    named = [column.index for name in _NAMES if (column := header.column(name))]
    above = any((row.number, index) in grid.merged for index in named)
    return above and not any(line[name] for name in _NAMES)


def _joined(above: AnswerLine, below: AnswerLine) -> AnswerLine:
    said = {
        meaning: "\n".join(dict.fromkeys(filter(None, (above[meaning], below[meaning]))))
        for meaning in {*above.said, *below.said}
    }
    cells = {
        meaning: above.cells.get(meaning, below.cells.get(meaning)) if not (above[meaning] and below[meaning])
        else said[meaning]
        for meaning in said
    }  # fmt: skip
    ticked = tuple(dict.fromkeys((*above.ticked, *below.ticked)))
    in_box = "\n".join(filter(None, (above.in_box, below.in_box)))
    return replace(above, said=said, cells=cells, ticked=ticked, in_box=in_box)


def _sorted_out(line: AnswerLine) -> AnswerLine | SkippedRow:
    """Return the row, or why it is no answer: the title of a group, or a petition without any answer."""
    if any(line[meaning] for meaning in _SAYS) or line.ticked:
        return line
    content = " | ".join(" ".join(text.split()) for text in line.said.values())
    title = is_title(line[Field.TEXT], ordinal=line[Field.ORDINAL])
    return SkippedRow(line.row_number, content, _TITLE if title else _NO_ANSWER)
