"""What an old register says of a petition beyond its birth: papers with their days, answer, result, times raised.

Read from the cells as they stand and matched to nothing. What a cell does not say stays empty or None; a day that does
not exist rejects the row, as everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from states.folding import fold_words
from states.text import Text
from workflows.importing.dates import DateProblem, read_date
from workflows.importing.headings import Field
from workflows.importing.problems import Problem, error, warning
from workflows.paper_numbers import cited_papers

_LEAD = re.compile(r"^\s*(?:(?:cv|công văn|văn bản|vb|bc|báo cáo)\s+)?(?:số\s*:?\s*)?", re.IGNORECASE)
_FIGURES = re.compile(r"[0-9]+")
_ONLY_NUMBER = re.compile(r"[0-9]{1,6}[a-zđ]?(?:\s*/\s*\S+)?", re.IGNORECASE)
_DAY_INSIDE = re.compile(
    r"(?<![0-9/])[0-9]{1,2}\s*[/.]\s*[0-9]{1,2}\s*[/.]\s*(?:[0-9]{4}|[0-9]{2})(?![0-9/])"
    r"|[0-9]{1,2}\s+tháng\s+[0-9]{1,2}\s+năm\s+[0-9]{4}",
    re.IGNORECASE,
)
_MOST_TIMES = 99


@dataclass(frozen=True, slots=True)
class PaperSaid:
    """A paper as a register names it; number and day (civil date) are None where it does not say them."""

    written: str
    number: str | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """The late columns of one row. Words are as written; `times_raised` is 0 where nothing is said."""

    addressee_written: str = ""
    units_written: str = ""
    lead_written: str = ""
    transfers: tuple[PaperSaid, ...] = ()
    incoming_number: str = ""
    unit_received_on: date | None = None
    returned_written: str = ""
    returned: PaperSaid | None = None
    answered_by: str = ""
    answers: tuple[PaperSaid, ...] = ()
    answer_received_on: date | None = None
    answer_text: str = ""
    result_written: str = ""
    judged_written: str = ""
    judged_on: date | None = None
    evidence: str = ""
    times_raised: int = 0
    told_written: str = ""
    told_on: date | None = None

    @property
    def tells(self) -> bool:
        """Say whether the row tells anything that happened after the petition was written down."""
        said = (
            self.transfers, self.incoming_number, self.unit_received_on, self.returned_written, self.answers,
            self.answer_received_on, self.answer_text, self.result_written, self.judged_written, self.judged_on,
            self.evidence, self.times_raised > 1, self.told_written, self.told_on,
        )  # fmt: skip
        return any(said)

    def particulars(self) -> Iterator[tuple[Field, str]]:
        """Yield what the cells say, as they say it, with their fields."""
        yield from (
            (Field.ADDRESSEE, self.addressee_written),
            (Field.LEAD, self.lead_written),
            (Field.TRANSFER, "; ".join(map(_told, self.transfers))),
            (Field.INCOMING_NUMBER, self.incoming_number),
            (Field.UNIT_RECEIVED_ON, _day(self.unit_received_on)),
            (Field.RETURNED, self.returned_written),
            (Field.ANSWERED_BY, self.answered_by),
            (Field.ANSWER, "; ".join(map(_told, self.answers))),
            (Field.ANSWER_RECEIVED_ON, _day(self.answer_received_on)),
            (Field.ANSWER_TEXT, self.answer_text),
            (Field.RESULT, self.result_written),
            (Field.JUDGED, self.judged_written),
            (Field.JUDGED_ON, _day(self.judged_on)),
            (Field.EVIDENCE, self.evidence),
            (Field.TIMES_RAISED, str(self.times_raised or "")),
            (Field.TOLD, self.told_written),
            (Field.TOLD_ON, _day(self.told_on)),
        )


def _told(paper: PaperSaid) -> str:
    """Return a paper with its day, where that stood in a column of its own."""
    day = _day(paper.on)
    return paper.written if not day or day in paper.written else f"{paper.written} ngày {day}"


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


@dataclass(frozen=True, slots=True)
class Cells:
    """How the late columns of one row are reached; each door notes the problems of its cell itself.

    `line` and `day` give clean values, `lines` the text with its line breaks, `heading` the heading of a column.
    """

    line: Callable[[Field], str]
    lines: Callable[[Field], str]
    day: Callable[[Field], date | None]
    heading: Callable[[Field], str]
    note: Callable[[Problem], None]
    today: date


def read_late(cells: Cells) -> Late:
    """Return what the late columns say. Never raises: what cannot be used becomes a problem of the row."""
    returned = cells.lines(Field.RETURNED)
    told = cells.lines(Field.TOLD)
    return Late(
        addressee_written=cells.lines(Field.ADDRESSEE),
        units_written=cells.lines(Field.AGENCY),
        lead_written=cells.lines(Field.LEAD),
        transfers=_papers(cells, Field.TRANSFER, Field.TRANSFER_NUMBER, Field.TRANSFER_DATE),
        incoming_number=_LEAD.sub("", cells.line(Field.INCOMING_NUMBER)),
        unit_received_on=cells.day(Field.UNIT_RECEIVED_ON),
        returned_written=returned,
        returned=next(iter(_in_one_cell(cells, Field.RETURNED, returned)), None) if returned else None,
        answered_by=cells.line(Field.ANSWERED_BY),
        answers=_papers(cells, Field.ANSWER, Field.ANSWER_NUMBER, Field.ANSWER_DATE),
        answer_received_on=cells.day(Field.ANSWER_RECEIVED_ON),
        answer_text=cells.lines(Field.ANSWER_TEXT),
        result_written=cells.line(Field.RESULT),
        judged_written=cells.line(Field.JUDGED),
        judged_on=cells.day(Field.JUDGED_ON),
        evidence=cells.lines(Field.EVIDENCE),
        times_raised=_times(cells),
        told_written=told,
        told_on=cells.day(Field.TOLD_ON) or _day_inside(cells, Field.TOLD, told),
    )


def _papers(cells: Cells, whole: Field, number: Field, day: Field) -> tuple[PaperSaid, ...]:
    """Return the papers of one cell that holds number and day, or of two columns."""
    on = cells.day(day)
    together = cells.lines(whole)
    if together:
        found = _in_one_cell(cells, whole, together)
        return tuple(PaperSaid(p.written, p.number, p.on or (on if len(found) == 1 else None)) for p in found)
    apart = cells.lines(number)
    if apart:
        found = _in_one_cell(cells, number, apart)
        return tuple(PaperSaid(p.written, p.number, on if len(found) == 1 and on else p.on) for p in found)
    return (PaperSaid(f"ngày {on:%d/%m/%Y}", None, on),) if on else ()


def _in_one_cell(cells: Cells, meaning: Field, text: str) -> tuple[PaperSaid, ...]:
    """Return the papers that a cell names: by number, by their day alone, or, unclear, as it is written."""
    cited = cited_papers(text, today=cells.today)
    for problem in (paper.problem for paper in cited if paper.problem):
        cells.note(error(cells.heading(meaning), problem.code, problem.text))
    if cited:
        alone = _day_of(text, cells.today) if len(cited) == 1 and cited[0].issued_on is None else None
        return tuple(PaperSaid(paper.written, paper.written, paper.issued_on or alone) for paper in cited)
    bare = " ".join(_LEAD.sub("", text).split())
    if _ONLY_NUMBER.fullmatch(bare):
        return (PaperSaid(bare, bare),)
    on = read_date(bare, today=cells.today)
    if isinstance(on, date):
        return (PaperSaid(bare, None, on),)
    if on.code == "date_impossible":
        cells.note(error(cells.heading(meaning), on.code, on.text))
    elif meaning is not Field.RETURNED:
        cells.note(_unclear(cells.heading(meaning), bare))
    return (PaperSaid(bare, None, _day_inside(cells, meaning, text)),)


def _day_of(text: str, today: date) -> date | None:
    found = [read_date(match[0], today=today) for match in _DAY_INSIDE.finditer(text)]
    return found[0] if len(found) == 1 and isinstance(found[0], date) else None


def _day_inside(cells: Cells, meaning: Field, text: str) -> date | None:
    """Return the one day that a text names; a day that does not exist rejects the row."""
    for match in _DAY_INSIDE.finditer(text):
        found = read_date(match[0], today=cells.today)
        if isinstance(found, DateProblem):
            cells.note(error(cells.heading(meaning), found.code, found.text))
            return None
    return _day_of(text, cells.today)


def _times(cells: Cells) -> int:
    said = cells.line(Field.TIMES_RAISED)
    if not said:
        return 0
    figures = _FIGURES.findall(fold_words(said))
    if len(figures) == 1 and 1 <= int(figures[0]) <= _MOST_TIMES:
        return int(figures[0])
    cells.note(
        warning(
            cells.heading(Field.TIMES_RAISED),
            "times_unclear",
            Text(
                f"“{said}” không rõ là nêu mấy lần: tính một lần, ghi bằng chữ số nếu nhiều hơn",
                f"“{said}” does not say how many times: counted once, write a figure",
            ),
        )
    )
    return 0


def _unclear(column: str, said: str) -> Problem:
    return warning(
        column,
        "paper_unclear",
        Text(
            f"“{said[:60]}” không rõ số, ngày văn bản: ghi như “12/HĐND-TT ngày 06/8/2026”",
            f"“{said[:60]}” gives neither number nor date: write it like “12/HĐND-TT ngày 06/8/2026”",
        ),
    )
