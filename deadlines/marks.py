"""What history says to the clocks (marks), and what a clock is: frozen values, functions of history alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from deadlines.reckoning import end_of
from states.milestones import Milestone
from states.reckoning import ClockState, DayUnit, Direction, Effect, LimitStatus, Subject
from states.text import Text


@dataclass(frozen=True, slots=True)
class Mark:
    """One legal fact, already corrected: a wrong date replaced, a voided event left out.

    `seq` is the event's. `on` None is an honestly unknown date: it starts nothing, pauses nothing, and still meets.
    `until` and `days` come with an extension; `until` and `given` with a date that the fact itself names.
    """

    seq: int
    milestone: Milestone
    on: date | None
    referral: str | None = None
    until: date | None = None
    days: int | None = None
    document: str | None = None
    given: Mapping[str, date] = field(default_factory=dict)

    def date_named(self, name: str) -> date | None:
        """Return the date that the fact names: "until", or another one of `given`."""
        return self.given.get(name, self.until if name == "until" else None)


class ClockKey(NamedTuple):
    """What makes a clock the same clock: its limit, its referral and the event that started it."""

    limit_code: str
    referral: str | None
    start_seq: int


@dataclass(frozen=True, slots=True)
class Clock:
    """One running limit on one case or referral, as history has it.

    `anchor_on` is the day of the event (not counted), `started_on` the first day that counts (None for limits counted
    backward or given). `due_on` is None only where the calendar does not know the year (`cause` says so). While paused
    `due_on` is the date it would have if resumed at once. `consumed_days` were used up before `running_since`.
    `due_without_options_on` is the limit without pauses, extensions and caps.
    """

    limit_code: str
    regulation: str
    regulation_version: str
    calendar_version: str
    role: str
    label: Text
    status: LimitStatus
    effect: Effect
    unit: DayUnit | None
    direction: Direction
    subject: Subject
    referral: str | None
    start_seq: int
    occurrence: int
    state: ClockState
    anchor_on: date
    started_on: date | None
    provisional: bool
    due_on: date | None
    raw_due_on: date | None
    due_without_options_on: date | None
    calendar_provisional: bool
    consumed_days: int = 0
    running_since: date | None = None
    paused_since: date | None = None
    extended_to: date | None = None
    met_on: date | None = None
    met_seq: int | None = None
    cancelled_on: date | None = None
    cancelled_seq: int | None = None
    cause: Text | None = None

    @property
    def key(self) -> ClockKey:
        """Return the natural key."""
        return ClockKey(self.limit_code, self.referral, self.start_seq)

    @property
    def ends_at(self) -> datetime | None:
        """Return the aware UTC instant at which the last day ends."""
        return None if self.due_on is None else end_of(self.due_on)

    @property
    def is_open(self) -> bool:
        """Tell whether the clock still waits for something."""
        return self.state in {ClockState.RUNNING, ClockState.PAUSED}
