"""What is asked of a paper and what came of it, row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum, unique
from typing import Any
from uuid import UUID

from states.entries import DocumentSlip
from states.facts import Actor, Signed
from states.findings import Finding
from states.paper_acts import PaperAct
from states.text import Text


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One row of the annex: a case by its code, its place, and what holds for it alone.

    `ordinal` is its number in the annex, its position where None. `agency` (a code) says whose referral is meant where
    the paper does not. `values` go before those of the whole paper. `on` is the civil date of the fact where it is
    another one; None means that of the paper. `expected` is the version at which the case was opened. `trigger` is the
    move of this case in a paper of the act `moves`, where it is another one than that of the whole paper.
    """

    case: str
    ordinal: int | None = None
    agency: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    on: date | None = None
    expected: int | None = None
    trigger: str | None = None


@dataclass(frozen=True, slots=True)
class PaperOrder:
    """A paper to be registered with its rows; without an `act` it only enters the register of documents.

    `on` is the civil date of the fact, None where it is honestly unknown: of a transfer the day the letter went out, of
    an answer the day the standing body received it. `values` hold for every row. `received_on` and the slip's incoming
    number make the receipt of a transfer in the same entry. `decided_by` is who decided where it is not the issuer or
    the usual body. `partial` does the good rows although others are refused. `old_register` marks every event as taken
    over from an old register. `own_number` gives a slip of the office's own the next number of its series. `trigger` is
    what a paper of the act `moves` does to every case whose row says no other.
    """

    act: PaperAct | None
    slip: DocumentSlip | None
    rows: tuple[PaperRow, ...]
    actor: Actor
    on: date | None
    values: Mapping[str, Any] = field(default_factory=dict)
    received_on: date | None = None
    decided_by: Signed | None = None
    partial: bool = False
    old_register: bool = False
    own_number: bool = False
    trigger: str | None = None

    @property
    def triggers(self) -> frozenset[str]:
        """Return the moves that the paper and its rows say themselves."""
        return frozenset(t for t in (self.trigger, *(row.trigger for row in self.rows)) if t is not None)


@unique
class RowOutcome(StrEnum):
    """What became of a row."""

    DONE = "done"
    ALREADY = "already_there"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class RowResult:
    """What the paper does to one case, or why not.

    `moves` are the triggers in their order. `problem` says in one sentence why a row is refused; `findings` are the
    conditions that fail. `missing` are the parts that an answer lacks, as keys of `states.answers.PARTS`. `event` is
    the sequence number of the event that the paper itself made, `seq` the version of the case after all of them. `kind`
    is the kind of the case, whose table has the words of its states and moves.
    """

    ordinal: int
    code: str
    outcome: RowOutcome
    from_state: str | None = None
    to_state: str | None = None
    moves: tuple[str, ...] = ()
    problem: Text | None = None
    findings: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    missing: tuple[str, ...] = ()
    event: int | None = None
    seq: int | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A case that the letter of transfer sent and that has no answer yet."""

    ordinal: int
    code: str
    agency: str
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperReport:
    """What a paper does. `written` is how many rows were done: none in a preview, none when it was refused.

    `document` is the paper's identifier, None for a preview of a paper without a number. `unanswered` lists the cases
    of the letter it replies to that have no answer after it. `notes` say what is odd about the paper itself.
    `number` is its number, given just now where Dondoc numbers it.
    """

    act: PaperAct | None
    document: UUID | None
    dry_run: bool
    partial: bool
    written: int
    rows: tuple[RowResult, ...]
    unanswered: tuple[Unanswered, ...] = ()
    notes: tuple[Text, ...] = ()
    number: str | None = None

    @property
    def counts(self) -> Mapping[RowOutcome, int]:
        """Return how many rows there are of each outcome."""
        return Counter(row.outcome for row in self.rows)

    @property
    def is_refused(self) -> bool:
        """Say whether refused rows keep the whole paper out."""
        return not self.partial and any(row.outcome is RowOutcome.REFUSED for row in self.rows)
