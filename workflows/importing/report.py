"""What came of an import: the totals, and what became of each row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum, unique
from typing import Any

from states.text import Text
from workflows.importing.problems import Problem, Severity
from workflows.importing.rows import SkippedRow
from workflows.similar import Proposed

MOST_ROWS = 10_000
"""How many rows a report lists of each sort, rejected and other; the totals count all."""
_MOST_SKIPPED = 100
_LONGEST_QUOTE = 200
_WHOLE = 100


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
            "says": _words(self.says) if self.says else None,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What came of an import. `read` is always `accepted` + `raised_again` + `rejected` + `already_there`.

    `accepted` counts the rows that can become petitions, `raised_again` those that can be recorded on an earlier one;
    `written` and `raised` those that were: none in a dry run, and none when a row was rejected and the list was to be
    taken as a whole. `warnings` counts rows taken that the office should look at; `nearly_proposed` the proposals that
    rest on words that are only nearly the same. `changed` counts rows that are there and say otherwise or more than
    their cases, `to_update` those of which an update writes something, `updated` those of which it did. `waiting` are
    new cases that are answered and wait for the standing body's judgement. `rows` are in the order of the list,
    `rows_left_out` of them are only counted. `skipped` rows are no petitions (repeated headings, titles of groups) and
    not counted as read. `notes` say what else was left aside.
    """

    origin: str
    sheet: str
    partial: bool
    dry_run: bool
    read: int
    accepted: int
    raised_again: int
    rejected: int
    already_there: int
    warnings: int
    written: int
    raised: int
    changed: int
    to_update: int
    updated: int
    waiting: int
    merges_proposed: int
    repeats_proposed: int
    nearly_proposed: int
    notes: tuple[Text, ...]
    rows: tuple[RowResult, ...]
    rows_left_out: int
    skipped: tuple[SkippedRow, ...]
    skipped_count: int

    def taken_back(self) -> ImportReport:
        """Return the same for a list that was not kept after all."""
        rows = tuple(row.unwritten() for row in self.rows)
        return replace(self, written=0, raised=0, updated=0, rows=rows)

    def with_notes(self, *notes: Text) -> ImportReport:
        """Return the same with more to tell."""
        return replace(self, notes=(*self.notes, *notes))

    @property
    def is_refused(self) -> bool:
        """Say whether rejected rows keep the whole list out."""
        return self.rejected > 0 and not self.partial

    @property
    def problems(self) -> Sequence[tuple[RowResult, Problem]]:
        """Return every problem with its row, the rejections first, each in the order of the list."""
        found = [(row, problem) for row in self.rows for problem in row.problems]
        return sorted(found, key=lambda pair: _RANK[pair[0].outcome is Outcome.REJECTED, pair[1].severity])

    @property
    def outcome(self) -> Text:
        """Return what was done, and how to get on."""
        if self.is_refused:
            return Text(
                f"Chưa ghi dòng nào vì có {self.rejected} dòng bị từ chối: sửa rồi nhập lại, "
                "hoặc thêm --partial để ghi các dòng còn lại",
                f"Nothing was written because {self.rejected} rows are rejected: mend them and import again, "
                "or add --partial to take the others",
            )
        if self.dry_run:
            vi, en = _joined(
                (self.raised_again, "nêu lại {n}", "{n} raised again"),
                (self.to_update, "cập nhật {n} hồ sơ (với --update)", "{n} cases updated (--update)"),
            )
            return Text(
                f"Chạy thử, chưa ghi gì: sẽ ghi {self.accepted} kiến nghị{vi}",
                f"Dry run, nothing was written: {self.accepted} petitions would be{en}",
            )
        vi, en = _joined(
            (self.raised, "ghi nêu lại {n}", "{n} raised again"),
            (self.updated, "cập nhật {n} hồ sơ", "{n} cases were updated"),
        )
        return Text(f"Đã ghi {self.written} kiến nghị vào sổ{vi}", f"{self.written} petitions were entered{en}")

    def to_json(self) -> dict[str, Any]:
        """Return the whole report as one JSON object."""
        return {
            "origin": self.origin,
            "sheet": self.sheet,
            "partial": self.partial,
            "dry_run": self.dry_run,
            "read": self.read,
            "accepted": self.accepted,
            "raised_again": self.raised_again,
            "rejected": self.rejected,
            "already_there": self.already_there,
            "warnings": self.warnings,
            "written": self.written,
            "raised": self.raised,
            "changed": self.changed,
            "to_update": self.to_update,
            "updated": self.updated,
            "waiting_for_judgement": self.waiting,
            "proposals": {
                "merge": self.merges_proposed,
                "raise_again": self.repeats_proposed,
                "nearly": self.nearly_proposed,
            },
            "outcome": _words(self.outcome),
            "notes": [_words(note) for note in self.notes],
            "rows": [row.to_json() for row in self.rows],
            "rows_left_out": self.rows_left_out,
            "skipped": [
                {"row": row.row_number, "content": row.content[:_LONGEST_QUOTE], "reason": _words(row.reason)}
                for row in self.skipped
            ],
            "skipped_count": self.skipped_count,
        }


def _joined(*counted: tuple[int, str, str]) -> tuple[str, str]:
    """Return what else was done, in both languages, each with a comma before it; nothing for what was not done."""
    done = [(vi.format(n=n), en.format(n=n)) for n, vi, en in counted if n]
    return "".join(f", {vi}" for vi, _ in done), "".join(f", {en}" for _, en in done)


_RANK = {
    (True, Severity.ERROR): 0,
    (True, Severity.WARNING): 1,
    (False, Severity.ERROR): 2,
    (False, Severity.WARNING): 2,
}


def _words(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}
