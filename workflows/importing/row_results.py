"""What became of each row of an import."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum, unique
from typing import Any

from states.text import Text
from workflows.importing.problems import Problem
from workflows.similar import Proposed


@unique
class Outcome(StrEnum):
    """What became of a row."""

    ACCEPTED = "accepted"
    RAISED_AGAIN = "raised_again"
    REJECTED = "rejected"
    ALREADY_THERE = "already_there"


@dataclass(frozen=True, slots=True)
class Changed:
    """One cell of a row that comes again: what its case says now and what the row says; `by_hand`: left to a person."""

    column: str
    old: str
    new: str
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of one row.

    `code` is the case it became, now or before, or onto which it was raised again; None when nothing was written.
    `times_raised` is how often that case was raised with this row. `same_as` is the case, and `same_as_row` the row of
    this list, that is like it (`score` of 100: the same words) and that the proposal is about. `state` is where the new
    case stands, after the `moves` (triggers) that an old register tells. `changes` are what a row that is there already
    says otherwise or more than its case; they are written only by an update.
    """

    row_number: int
    outcome: Outcome
    problems: tuple[Problem, ...] = ()
    code: str | None = None
    proposed: Proposed | None = None
    same_as: str | None = None
    same_as_row: int | None = None
    score: int | None = None
    times_raised: int | None = None
    state: str | None = None
    moves: tuple[str, ...] = ()
    changes: tuple[Changed, ...] = ()

    @property
    def is_update(self) -> bool:
        """Say whether an update would write something of the row."""
        return self.outcome is Outcome.ALREADY_THERE and any(not change.by_hand for change in self.changes)

    @property
    def has_warnings(self) -> bool:
        """Say whether it was taken and the office should look at it."""
        return self.outcome in _TAKEN and bool(self.problems)

    @property
    def says(self) -> Text | None:
        """Return how often a petition was raised with this row, for one that was raised again."""
        if self.times_raised is None:
            return None
        return Text(f"nêu lại lần {self.times_raised}", f"raised again, time {self.times_raised}")

    def unwritten(self) -> RowResult:
        """Return the same without the code of a case that was not written."""
        return replace(self, code=None) if self.outcome in _TAKEN else self

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "row": self.row_number,
            "outcome": self.outcome.value,
            "code": self.code,
            "proposed": self.proposed.value if self.proposed else None,
            "same_as": self.same_as,
            "same_as_row": self.same_as_row,
            "score": self.score,
            "times_raised": self.times_raised,
            "says": {"vi": self.says.vi, "en": self.says.en} if self.says else None,
            "state": self.state,
            "moves": list(self.moves),
            "changes": [{"column": c.column, "old": c.old, "new": c.new, "by_hand": c.by_hand} for c in self.changes],
            "problems": [_problem(problem) for problem in self.problems],
        }


_TAKEN = frozenset({Outcome.ACCEPTED, Outcome.RAISED_AGAIN})


def _problem(problem: Problem) -> dict[str, str]:
    return {
        "severity": problem.severity.value,
        "column": problem.column,
        "code": problem.code,
        "vi": problem.text.vi,
        "en": problem.text.en,
    }
