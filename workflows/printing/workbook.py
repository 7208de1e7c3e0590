"""Writes tables as an Excel workbook, row by row: texts are always texts, headings repeat on every printed page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter

from workflows.printing.legible import legible
from workflows.printing.table_shapes import Column, Holds, Table, Trouble, trouble_lines, value_of

_FONT = {"font_name": "Times New Roman", "font_size": 12}
_FRAME = {**_FONT, "border": 1, "valign": "top", "text_wrap": True}
_MIDDLE = {**_FRAME, "align": "center"}
_LOOKS: dict[Holds, dict[str, Any]] = {
    Holds.WORDS: _FRAME,
    Holds.NUMBER: {**_MIDDLE, "num_format": "#,##0"},
    Holds.SHARE: {**_MIDDLE, "num_format": '0.0"%"'},
    Holds.MARK: _MIDDLE,
}
_HEADING = {**_MIDDLE, "bold": True, "valign": "vcenter", "bg_color": "#EDEDE8"}
_LINE_HEIGHT, _PADDING, _HIGHEST = 16.0, 1.0, 409.0
_FIGURE = re.compile(r"([0-9]{1,9}(?:,[0-9])?)%?")
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


@dataclass(frozen=True, slots=True)
class Written:
    """A finished file, and what in it could not be printed as it stands."""

    content: bytes
    troubles: tuple[Trouble, ...] = ()


def workbook(tables: Sequence[Table], *, made_on: date) -> Written:
    """Return the workbook of `tables`, one sheet each; the same tables on the same day give the same bytes.

    Rows are spooled into a folder of its own that is gone afterwards, so 20,000 of them cost little memory.
    """
    out = BytesIO()
    troubles: list[Trouble] = []
    with TemporaryDirectory(prefix="dondoc-") as spool:
        options = {"constant_memory": True, "tmpdir": spool, "strings_to_formulas": False, "strings_to_urls": False}
        book = xlsxwriter.Workbook(out, options)
        book.set_properties({"created": datetime(made_on.year, made_on.month, made_on.day)})  # noqa: DTZ001 - a civil day; the library takes it as it is
        for number, table in enumerate(tables, start=1):
            troubles += _Sheet(book, table, number).write()
        book.close()
    return Written(out.getvalue(), tuple(troubles))


@dataclass(slots=True)
class _Sheet:
    """One sheet while it is written, from the top; what is above can no longer be reached."""

    book: Any
    table: Table
    number: int
    row: int = 0
    looks: dict[str, Any] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    sheet: Any = None

    def write(self) -> list[Trouble]:
        """Write everything and return what could not be printed as it stands."""
        name = legible(self.table.name).text.translate(_FORBIDDEN).strip()[:31] or f"Trang {self.number}"
        self.sheet = self.book.add_worksheet(name)
        self._lay_out()
        for place, line in enumerate(self.table.title):
            self._line(line, bold=place < _BOLD_LINES and not line.startswith("("), middle=True)
        if self.table.marker:
            self._line(self.table.marker, small=True)
        self._headings()
        for record in self.table.rows:
            self._record(record)
        closing = self.table.close()
        for record in closing.totals:
            self._record(record, bold=True)
        for line in [*closing.notes, *trouble_lines(self.troubles)]:
            self._line(line, small=True)
        return self.troubles

    def _lay_out(self) -> None:
        sheet = self.sheet
        sheet.set_landscape()
        sheet.set_paper(self.table.paper.value)
        sheet.set_margins(left=0.5, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer("&C&P/&N")
        sheet.fit_to_pages(1 if self.table.across else 0, 0)
        if self.table.keeps and not self.table.across:
            sheet.repeat_columns(0, self.table.keeps - 1)
        for place, column in enumerate(self.table.columns):
            sheet.set_column(place, place, column.width)

    def _line(self, text: str, *, bold: bool = False, middle: bool = False, small: bool = False) -> None:
        """Write one line over the whole width; it is as high as its words need."""
        shown = legible(text).text
        look = {**_FONT, "text_wrap": True, "valign": "top", "bold": bold, "align": "center" if middle else "left"}
        if small:
            look |= {"font_size": 11, "italic": True}
        wide = min(sum(column.width for column in self.table.columns), _PRINTED_WIDTH)
        self.sheet.set_row(self.row, min(_LINE_HEIGHT * _lines_of(shown, wide), _HIGHEST))
        last = len(self.table.columns) - 1
        if last:
            self.sheet.merge_range(self.row, 0, self.row, last, "", self._look(look))
        self.sheet.write_string(self.row, 0, shown, self._look(look))
        self.row += 1

    def _headings(self) -> None:
        """Write the headings, in two rows where some span several columns; they repeat on every printed page."""
        first, columns, spans = self.row, self.table.columns, list(self.table.spans)
        self.sheet.set_row(first, _LINE_HEIGHT * _lines(c for c in columns if not c.above))
        for place, column in enumerate(columns):
            if not column.above:
                look = self._look(_HEADING | ({"bottom": 0} if spans else {}))
                self.sheet.write_string(first, place, legible(column.heading).text, look)
        for start, last, above in spans:
            self._span(first, start, last, legible(above).text)
        if spans:
            self._divided(first + 1)
        self.row = first + (2 if spans else 1)
        self.sheet.repeat_rows(first, self.row - 1)
        self.sheet.freeze_panes(self.row, 0)

    def _span(self, row: int, start: int, last: int, text: str) -> None:
        look = self._look(_HEADING)
        if last > start:
            self.sheet.merge_range(row, start, row, last, text, look)
        else:
            self.sheet.write_string(row, start, text, look)

    def _divided(self, row: int) -> None:
        """Write the second row of headings; cells are not joined downwards, for the row above is written already."""
        self.sheet.set_row(row, _LINE_HEIGHT * _lines(c for c in self.table.columns if c.above))
        for place, column in enumerate(self.table.columns):
            if column.above:
                self.sheet.write_string(row, place, legible(column.heading).text, self._look(_HEADING))
            else:
                self.sheet.write_blank(row, place, None, self._look({**_HEADING, "top": 0}))

    def _record(self, record: Any, *, bold: bool = False) -> None:
        """Write one row, as high as its longest cell needs: programs do not agree on doing that by themselves."""
        columns = self.table.columns
        shown = [legible(value_of(record, column.attribute)) for column in columns]
        lines = max(_lines_of(text.text, column.width) for text, column in zip(shown, columns, strict=True))
        self.sheet.set_row(self.row, min(_LINE_HEIGHT * lines, _HIGHEST))
        for place, (column, said) in enumerate(zip(columns, shown, strict=True)):
            look = self._look({**_LOOKS[column.holds], "bold": bold})
            number = _number(said.text) if column.holds in {Holds.NUMBER, Holds.SHARE} else None
            if number is not None:
                self.sheet.write_number(self.row, place, number, look)
            else:
                self.sheet.write_string(self.row, place, said.text, look)
            where = self._named(record) if said.problems else ""
            self.troubles += [Trouble(where, column.heading, problem) for problem in said.problems]
        self.row += 1

    def _named(self, record: Any) -> str:
        return legible(value_of(record, self.table.key)).text

    def _look(self, properties: dict[str, Any]) -> Any:
        """Return a format; each is made once for the whole workbook's sheet."""
        key = repr(sorted(properties.items()))
        if key not in self.looks:
            self.looks[key] = self.book.add_format(properties)
        return self.looks[key]


_BOLD_LINES = 4
_PRINTED_WIDTH = 150.0


def _lines_of(text: str, width: float) -> int:
    """Return how many lines a text fills in a column, counted generously."""
    return sum(max(1, -(-int(len(part) * _PADDING) // max(int(width), 1))) for part in text.split("\n"))


def _number(value: str) -> float | None:
    """Return what a figure written for people is worth: "12", "62,5%"; None for anything else."""
    found = _FIGURE.fullmatch(value)
    return float(found[1].replace(",", ".")) if found else None


def _lines(columns: Iterable[Column]) -> int:
    """Return how many lines the longest heading needs in its column."""
    return max(_words_in_lines(c.heading, c.width) for c in columns)


def _words_in_lines(text: str, width: float) -> int:
    """Return how many lines `text` fills in a column: whole words, bold letters are wide."""
    lines, used = 1, 0.0
    for word in text.split():
        long = len(word) * 1.2 + 1
        if used and used + long > width:
            lines, used = lines + 1, 0.0
        lines += int(long // max(width, 1)) if long > width else 0
        used += long
    return lines
