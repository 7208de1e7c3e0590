"""What is asked of an answer report, and what it would do: the plan that is shown before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from states.entries import DocumentSlip
from states.facts import Actor
from states.paper_words import SignedAs
from states.text import Text
from states.vocabulary import Result
from workflows.answering.matching import Matched, Taken
from workflows.importing.mapping import ColumnMapping
from workflows.importing.rows import SkippedRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a person says of a report beside its file.

    `number` and `issued_on` may be left to the file. `received_on` is the civil date on which the standing body got it,
    None where it is unknown. `replies_to` is the number of the letter, with its date where the number is not enough.
    `matches` (code), `results` and `skips` settle rows by their number; `other_results` holds for every row whose own
    words say no result.
    """

    number: str | None = None
    issued_on: date | None = None
    issuer: str | None = None
    signer: str | None = None
    signed_as: SignedAs | None = None
    position: str | None = None
    subject: str | None = None
    received_on: date | None = None
    replies_to: str | None = None
    copied_to_front: bool | None = None
    matches: Mapping[int, str] = field(default_factory=dict)
    results: Mapping[int, Result] = field(default_factory=dict)
    other_results: Result | None = None
    skips: frozenset[int] = frozenset()
    partial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFile:
    """The file of a report: the table that is meant and what its columns mean, where that is not plain."""

    path: Path
    mapping: ColumnMapping | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPlan:
    """What a row of the report would do.

    `claimed` is None where a person must say the result. `missing` are the parts that the answer lacks, as keys of
    `states.answers.PARTS`. `values` are the fields of the answer. `notes` say what of the row was not taken.
    """

    row_number: int
    ordinal: str
    code_written: str
    text: str
    match: Matched
    claimed: Result | None
    original_result: str
    values: Mapping[str, Any]
    missing: tuple[str, ...]
    paper: str | None = None
    paper_on: date | None = None
    notes: tuple[Text, ...] = ()

    @property
    def taken(self) -> Taken:
        """Return what becomes of the row."""
        return self.match.taken

    @property
    def code(self) -> str | None:
        """Return the case it answers."""
        return self.match.case.code if self.match.case else None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPlan:
    """A report read and matched; nothing is written yet. `skipped` are rows that answer nothing."""

    file: str
    table: str
    slip: DocumentSlip
    received_on: date | None
    copied_to_front: bool
    partial: bool
    actor: Actor
    rows: tuple[RowPlan, ...]
    skipped: tuple[SkippedRow, ...] = ()
    notes: tuple[Text, ...] = ()

    @property
    def counts(self) -> Mapping[Taken, int]:
        """Return how many rows there are of each sort."""
        return Counter(row.taken for row in self.rows)

    @property
    def is_settled(self) -> bool:
        """Say whether every row is matched or left out by a person."""
        return not self.counts[Taken.WAITING] and not self.counts[Taken.UNMATCHED]
