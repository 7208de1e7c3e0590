"""How near the time limits of many cases are, in the words of the clocks: regulations and calendars are read once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from deadlines.calendar import Calendar
from deadlines.limits import TimeLimit
from deadlines.timeliness import days_left_words, due_words, timeliness
from models.units import Unit
from states.reckoning import ClockState, LimitStatus, Timeliness
from workflows import clocks, regulations
from workflows.printing.filed import Nearness

ANSWER = "answer"
"""The role of the limits within which a petition is answered."""
_GONE = frozenset({ClockState.CANCELLED.value, ClockState.SUPERSEDED.value})


class Nearing:
    """The words of nearness as of the day of one unit."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._limits: dict[UUID, Mapping[str, TimeLimit]] = {}
        self._calendars: dict[str | None, Calendar] = {}

    def learn(self, regulation_ids: Iterable[UUID]) -> None:
        """Read the regulations that are not known yet, in one statement."""
        new = set(regulation_ids) - self._limits.keys()
        self._limits |= clocks.limits_of(self._unit, new)

    def of_referral(self, referral: UUID, rows: Sequence[Mapping[str, Any]], *, owed: bool) -> Nearness | None:
        """Return how the answer clock of a referral stands; its own before that of the case, the latest of several.

        `owed`: an answer is still to come, so a clock that the last answer met says nothing of it.
        """
        gone = _GONE | ({ClockState.MET.value} if owed else set())
        theirs = [
            r for r in rows if r["role"] == ANSWER and r["state"] not in gone and r["referral_id"] in (None, referral)
        ]
        row = max(theirs, key=lambda r: (r["referral_id"] is not None, r["start_seq"]), default=None)
        return self._of(row) if row else None

    def of_case(self, next_due_on: date | None, rows: Sequence[Mapping[str, Any]]) -> Nearness | None:
        """Return what is due next in a case, None when nothing is."""
        if next_due_on is None:
            return None
        today = self._unit.today
        sample = any(r["due_on"] == next_due_on and r["status"] == LimitStatus.SAMPLE.value for r in rows)
        return Nearness(next_due_on, due_words(next_due_on, today, self._calendar(None)), next_due_on < today, sample)

    def _of(self, row: Mapping[str, Any]) -> Nearness:
        clock = clocks.clock_of(row, self._limits[row["regulation_id"]][row["limit_code"]])
        today = self._unit.today
        return Nearness(
            # A paused limit has no date until it is counted on.
            None if clock.state is ClockState.PAUSED else clock.due_on,
            days_left_words(clock, today, self._calendar(row["calendar_version"])),
            timeliness(clock, today) is Timeliness.OVERDUE,
            row["status"] == LimitStatus.SAMPLE.value,
        )

    def _calendar(self, version: str | None) -> Calendar:
        if version not in self._calendars:
            self._calendars[version] = regulations.calendar_of(self._unit, version)
        return self._calendars[version]
