"""From the cells of one row to a `PetitionRow`: every field read, every doubt noted, nothing lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from models.searching import text_key
from states.folding import fold_words
from states.vocabulary import RoundKind
from workflows.importing import doubts
from workflows.importing.cells import FORMULA_ERRORS, clean_line, clean_text, is_blank
from workflows.importing.contents import Limits
from workflows.importing.dates import DateProblem, date_doubt, read_date
from workflows.importing.grid import GridRow
from workflows.importing.header import Column, Header, column_letter
from workflows.importing.headings import Field
from workflows.importing.late_columns import Cells, read_late
from workflows.importing.problems import Problem
from workflows.importing.rows import PetitionRow
from workflows.importing.values import is_letter_number, is_ordinal, is_session, is_title, petition_nature, round_kind

_SEVERAL_LINES = frozenset({Field.TEXT, Field.NOTE, Field.ANSWER_TEXT})
_UNSAID = frozenset(
    {"khong ro", "chua ro", "khong ro ngay", "khong", "khong co", "chua co", "khong ghi", "khong nho", "unknown"}
)
_LONGEST_UNSAID = 20
_STROKES = frozenset("?-–—_….")
_NOT_TICKED = frozenset({"", "0", "FALSE", "-"})


class RowReader:
    """Reads one row under a header; collects its problems and the cells that have no field.

    `strict_width` says that a cell beyond the headings means a text cut in pieces; `merged_with` is the row whose
    text cell spans this row too.
    """

    def __init__(
        self,
        row: GridRow,
        header: Header,
        *,
        today: date,
        limits: Limits,
        strict_width: bool = False,
        merged_with: int | None = None,
    ) -> None:
        self._row = row
        self._header = header
        self._today = today
        self._limits = limits
        self._strict_width = strict_width
        self._merged_with = merged_with
        self._problems: list[Problem] = []
        self._other: dict[str, str] = {}

    def read(self, *, fingerprint: str, finding: Problem | None = None) -> PetitionRow:
        """Return the petition of the row; `finding` is what is already known of it.

        Never raises: what cannot be used becomes a problem.
        """
        if finding:
            self._problems.append(finding)
        text = self._text()
        nature = self._line(Field.NATURE)
        side, kind = self._round()
        late = read_late(self._late_cells())
        read = PetitionRow(
            row_number=self._row.number,
            fingerprint=fingerprint,
            text=text,
            text_key=text_key(text) if text else "",
            ordinal=self._ordinal(),
            code_in_source=self._line(Field.CODE),
            nature_written=nature,
            nature=petition_nature(nature),
            locality_written=self._line(Field.LOCALITY),
            agency_written=self._line(Field.AGENCY) or " ".join(late.addressee_written.split()),
            field_written=self._subject(),
            session_written=self._session(),
            round_written=side,
            round_kind=kind,
            plan_written=self._line(Field.PLAN),
            letter_written=self._letter(),
            letter_on=self._date(Field.LETTER_DATE),
            received_on=self._date(Field.RECEIVED_ON),
            petitioner_name=self._line(Field.PETITIONER),
            petitioner_address=self._line(Field.ADDRESS),
            petitioner_phone=self._line(Field.PHONE),
            channel_written=self._line(Field.CHANNEL),
            note=self._line(Field.NOTE),
            late=late,
        )
        self._keep_the_rest()
        return replace(read, other=self._other, problems=tuple(self._problems))

    def _late_cells(self) -> Cells:
        return Cells(
            line=self._said,
            lines=self._lines,
            day=self._date,
            heading=self._heading,
            note=self._problems.append,
            today=self._today,
        )

    def _text(self) -> str:
        column = self._header.text
        text = self._clean(column)
        if not text:
            self._problems.append(self._why_no_text(column))
        elif text.upper() in FORMULA_ERRORS:
            self._problems.append(doubts.formula_error(column.heading, text))
        elif not any(map(str.isalpha, text)):
            self._problems.append(doubts.text_without_words(column.heading, text))
        elif is_title(text, ordinal=self._peek(Field.ORDINAL)):
            self._problems.append(doubts.text_like_title(column.heading, text))
        return text

    def _why_no_text(self, column: Column) -> Problem:
        if self._merged_with is not None:
            return doubts.text_merged(column.heading, self._merged_with)
        return doubts.text_empty(column.heading)

    def _ordinal(self) -> str:
        said = self._line(Field.ORDINAL)
        if said and not is_ordinal(said):
            self._problems.append(doubts.ordinal_odd(self._heading(Field.ORDINAL), said))
        return said

    def _round(self) -> tuple[str, RoundKind | None]:
        said = self._line(Field.ROUND)
        kind = round_kind(said)
        if said and kind is None:
            self._problems.append(doubts.round_unknown(self._heading(Field.ROUND), said))
        return said, kind

    def _session(self) -> str:
        """Return the session; a value that can be no session stays in `other`, because its column has slipped."""
        said = self._line(Field.SESSION)
        if not said or is_session(said):
            return said
        heading = self._heading(Field.SESSION)
        self._keep(heading, said)
        self._problems.append(doubts.session_odd(heading, said))
        return ""

    def _letter(self) -> str:
        """Return the letter with its number; words in the column of numbers are kept aside with a warning."""
        letter, number = self._line(Field.LETTER), self._line(Field.LETTER_NUMBER)
        if number and not letter and not is_letter_number(number):
            heading = self._heading(Field.LETTER_NUMBER)
            self._keep(heading, number)
            self._problems.append(doubts.letter_number_odd(heading, number))
            return ""
        return f"{letter} {number}".strip()

    def _subject(self) -> str:
        """Return the field of the petition: as written, or the headings of the boxes ticked."""
        ticks = [column for column in self._header.columns if column.tick]
        ticked = [column.heading for column in ticks if self._clean(column).upper() not in _NOT_TICKED]
        if len(ticked) > 1:
            self._problems.append(doubts.several_ticked(ticked))
        return "; ".join(ticked) if ticks else self._line(Field.SUBJECT)

    def _date(self, meaning: Field) -> date | None:
        column = self._header.column(meaning)
        cell = self._row.cell(column.index) if column else None
        if column is None or is_blank(cell) or _says_nothing(clean_line(cell).text):
            return None
        found = read_date(cell, today=self._today)
        if isinstance(found, DateProblem):
            self._problems.append(doubts.no_date(column.heading, found))
            return None
        if doubt := date_doubt(found, today=self._today):
            self._problems.append(doubts.odd_date(column.heading, doubt))
        return found

    def _line(self, meaning: Field) -> str:
        """Return the clean value of a field; one that is far too long for it is kept in `other` instead."""
        column = self._header.column(meaning)
        if column is None:
            return ""
        value = self._clean(column)
        if meaning not in _SEVERAL_LINES and len(value) > self._limits.line_chars:
            self._keep(column.heading, value)
            self._problems.append(doubts.line_too_long(column.heading, len(value), self._limits.line_chars))
            return ""
        return value

    def _said(self, meaning: Field) -> str:
        """Return the clean value of a field; nothing where the cell only says that nothing is known."""
        value = self._line(meaning)
        return "" if _says_nothing(value) else value

    def _lines(self, meaning: Field) -> str:
        """Return the same with the line breaks of the cell, under which several names or papers may stand."""
        column = self._header.column(meaning)
        # The column of agencies is read for itself too, which notes what is wrong with it.
        is_said = self._peek(meaning) if meaning is Field.AGENCY else self._said(meaning)
        return clean_text(self._row.cell(column.index)).text if column and is_said else ""

    def _clean(self, column: Column) -> str:
        """Return the clean text of a cell, empty if it is too large to keep; notes what was taken out of it."""
        cell = self._row.cell(column.index)
        cleaned = clean_text(cell) if column.field in _SEVERAL_LINES or column.field is None else clean_line(cell)
        size = len(cleaned.text.encode())
        if size > self._limits.text_bytes:
            self._problems.append(doubts.cell_too_large(column.heading, size, self._limits.text_bytes))
            return "" if column.field is not Field.TEXT else cleaned.text[: self._limits.line_chars]
        if cleaned.removed:
            self._problems.append(doubts.controls_removed(column.heading, cleaned.removed))
        return cleaned.text

    def _keep_the_rest(self) -> None:
        """Keep the cells of columns without a field, and say when there are cells beyond the headings."""
        known = {column.index: column for column in self._header.columns}
        for index, cell in enumerate(self._row.cells):
            column = known.get(index) or Column(index, column_letter(index), None)
            if column.field is None and not is_blank(cell):
                self._keep(column.heading, self._clean(column))
        beyond = self._row.cells[self._header.spread :]
        if self._strict_width and not all(map(is_blank, beyond)):
            self._problems.append(doubts.too_many_cells(len(self._row.cells), self._header.spread))
        elif self._strict_width and len(self._row.cells) < min(self._header.text.index + 2, self._header.spread):
            self._problems.append(doubts.too_few_cells(len(self._row.cells), self._header.spread))

    def _keep(self, heading: str, value: str) -> None:
        name, twin = heading, 2
        while name in self._other:
            name, twin = f"{heading} ({twin})", twin + 1
        self._other[name] = value

    def _peek(self, meaning: Field) -> str:
        """Return the clean value of a field without noting anything."""
        column = self._header.column(meaning)
        return clean_line(self._row.cell(column.index)).text if column else ""

    def _heading(self, meaning: Field) -> str:
        column = self._header.column(meaning)
        return column.heading if column else ""


def _says_nothing(value: str) -> bool:
    """Tell whether a cell only says that nothing is known: “không rõ”, “?”, “–”."""
    return set(value) <= _STROKES or fold_words(value) in _UNSAID
