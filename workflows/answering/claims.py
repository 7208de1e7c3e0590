"""From a row of a report to the answer it gives: result, words, and the parts, by column or out of the text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import ValidationError

from states.entries import AnswerRow
from states.text import Text
from states.vocabulary import NotYetReason, Result
from workflows.answering import parts
from workflows.answering.lines import AnswerLine
from workflows.answering.results import Claim, claim_of
from workflows.answering.times import NoTime, time_in_cell, time_in_text
from workflows.importing.cells import clean_line
from workflows.importing.dates import DateProblem, read_date
from workflows.importing.headings import Field
from workflows.paper_numbers import CitedPaper, cited_papers

_LINE, _WORDS = 500, 20_000
_OWN_COLUMNS = {
    "cause": Field.CAUSE,
    "responsible": Field.RESPONSIBLE,
    "measure": Field.MEASURE,
    "evidence": Field.EVIDENCE,
}
_LINES = frozenset({"responsible", "original_result", "due_words", "drafted_by"})
_UNFINISHED = frozenset({Result.ROADMAP, Result.IN_PROGRESS, Result.NOT_YET})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a row answers: the result it claims, None with the reason where a person must say it; then the fields.

    `values` are fields of `AnswerRow` without the result. `paper` is the answering paper that the row names. `notes`
    say what of the row was not taken and why; `problem` keeps the row out until a person looks at it.
    """

    claimed: Result | None
    values: dict[str, Any]
    original: str = ""
    paper: CitedPaper | None = None
    doubt: Text | None = None
    problem: Text | None = None
    notes: tuple[Text, ...] = ()


def answer_of(line: AnswerLine, *, result: Result | None, today: date) -> Answer:
    """Return what `line` answers; `result` is what a person said of it and goes before the words.

    `today` (civil date) only dates years of two figures.
    """
    original, claim = _claim(line)
    words = line[Field.ANSWER_TEXT] or line.in_box or line[Field.MEASURE] or line[Field.ANSWER] or line[Field.RESULT]
    words = words or original or line[Field.ANSWER_NUMBER]
    reader = _Reader(line, words, today)
    values: dict[str, Any] = {"words": words, "original_result": original or None, **reader.parts()}
    claimed = result or (claim.result if isinstance(claim, Claim) else None)
    dated = reader.times(values, read_text=claimed is None or claimed in _UNFINISHED)
    if result is None and isinstance(claim, Claim) and claim.undivided and dated:
        claimed = Result.ROADMAP
    values["reason_not_yet"] = _reason(line, words, claim, claimed)
    paper = reader.paper()
    kept = {name: _cut(name, value) for name, value in values.items() if value not in (None, "")}
    return Answer(
        claimed=claimed,
        values=kept,
        original=original,
        paper=paper,
        doubt=claim if claimed is None and isinstance(claim, Text) else None,
        problem=_why_refused(kept, claimed) or (paper.problem.text if paper and paper.problem else None),
        notes=tuple(reader.notes),
    )


def _claim(line: AnswerLine) -> tuple[str, Claim | Text]:
    """Return the result as written and what it claims: from its own column or from the boxes ticked."""
    if len(line.ticked) > 1:
        said = "; ".join(line.ticked)
        return said, Text(f"đánh dấu nhiều ô kết quả: {said}", f"several results are ticked: {said}")
    written = line.ticked[0] if line.ticked else clean_line(line[Field.RESULT]).text
    return written, claim_of(written)


def _reason(line: AnswerLine, words: str, claim: Claim | Text, claimed: Result | None) -> NotYetReason | None:
    if isinstance(claim, Claim) and claim.reason is not None and claimed is claim.result:
        return claim.reason
    if claimed is not Result.NOT_YET:
        return None
    written = line[Field.REASON] or line[Field.CAUSE]
    named = {reason.label.vi.casefold(): reason for reason in NotYetReason}
    return named.get(written.casefold()) or parts.reason_not_yet(written) or parts.reason_not_yet(words)


@dataclass(slots=True)
class _Reader:
    """Reads one row; collects what is odd about it."""

    line: AnswerLine
    words: str
    today: date
    notes: list[Text] = field(default_factory=list)

    def parts(self) -> dict[str, Any]:
        """Return the parts but the time: of their own columns, else out of the text."""
        found: dict[str, Any] = {
            name: self.line[column] or parts.READERS[name](self.words) for name, column in _OWN_COLUMNS.items()
        }
        found["cause"] = found["cause"] or self.line[Field.REASON]
        found["ground"] = self.line[Field.GROUND] or self._ground()
        found["review_on"] = self._day(Field.REVIEW_ON) or parts.review_on(self.words, today=self.today)
        found["drafted_by"] = self.line[Field.LEAD] or self.line[Field.ANSWERED_BY]
        return found

    def times(self, values: dict[str, Any], *, read_text: bool) -> bool:
        """Put the time into `values`; say whether it is one of the calendar."""
        found = time_in_cell(self.line.cells.get(Field.DUE), today=self.today)
        if found is None and read_text:
            found = time_in_text(self.words, today=self.today)
        if isinstance(found, NoTime):
            self.notes.append(found.why)
        if found is None or isinstance(found, NoTime):
            return False
        values |= {"due_on": found.on, "due_words": found.words}
        return found.dated

    def paper(self) -> CitedPaper | None:
        """Return the answering paper that the row names, with the date of its own column."""
        cell = self.line[Field.ANSWER] or self.line[Field.ANSWER_NUMBER]
        cited = cited_papers(cell, today=self.today)
        if len(cited) != 1:
            return None
        on = self._day(Field.ANSWER_DATE)
        return CitedPaper(cited[0].written, cited[0].number, on or cited[0].issued_on, cited[0].problem)

    def _ground(self) -> str | None:
        """Return the papers and laws that the text cites, or the answering paper that the row names as its source."""
        own = self.line[Field.ANSWER] or self.line[Field.ANSWER_NUMBER]
        return parts.ground(self.words, today=self.today) or own or None

    def _day(self, column: Field) -> date | None:
        cell = self.line.cells.get(column)
        if cell is None:
            return None
        found = read_date(cell, today=self.today)
        if isinstance(found, DateProblem):
            self.notes.append(found.text)
            return None
        return found


def _cut(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return " ".join(value.split())[:_LINE].rstrip() if name in _LINES else value[:_WORDS].rstrip()


def _why_refused(values: dict[str, Any], claimed: Result | None) -> Text | None:
    """Say which field could not be kept, were the answer entered."""
    try:
        AnswerRow(claimed=claimed or Result.IN_PROGRESS, **values)
    except ValidationError as wrong:
        name = str(wrong.errors()[0]["loc"][0])
        label = AnswerRow.model_fields[name].title or name
        return Text(f"không ghi được «{label}»", f"“{name}” cannot be kept")
    return None
