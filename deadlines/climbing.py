"""When the rungs of a ladder fire for one due date: civil days, and the instants at which they begin.

A rung fires at 00:00 in Vietnam of its civil day: `on_day` is the last day of the limit, `expired` the midnight after.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from deadlines.calendar import Calendar
from deadlines.errors import CalendarNotKnown
from deadlines.ladders import Ladder, Rung, When
from deadlines.reckoning import VIETNAM, Length, count_on
from states.reckoning import DayUnit, Direction

_ONE_DAY = timedelta(days=1)
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class MeetingDays:
    """When the bodies meet that rungs wait for: the day of the month of the sitting, the openings of sessions."""

    sitting_day: int = 25
    openings: tuple[date, ...] = ()

    def next_sitting(self, after: date, calendar: Calendar) -> date:
        """Return the first monthly sitting later than `after`; one on a day off moves to the next working day."""
        month = after.year * _MONTHS + after.month - 1
        while True:
            held = calendar.next_working(date(month // _MONTHS, month % _MONTHS + 1, self.sitting_day))
            if held > after:
                return held
            month += 1

    def next_opening(self, after: date) -> date | None:
        """Return the first opening of a session later than `after`, None while none is set."""
        return min((day for day in self.openings if day > after), default=None)


@dataclass(frozen=True, slots=True)
class Fall:
    """Rung `number` (from 1) of a ladder and the civil day on which it falls; None while that day is unknown."""

    number: int
    rung: Rung
    on: date | None = field(default=None)

    @property
    def at(self) -> datetime | None:
        """Return the aware UTC instant at which the rung fires."""
        return None if self.on is None else start_of(self.on)


def start_of(day: date) -> datetime:
    """Return the aware UTC instant at which the civil day `day` of Vietnam begins."""
    return datetime.combine(day, time(), VIETNAM).astimezone(UTC)


def falls(ladder: Ladder, due_on: date, calendar: Calendar, meetings: MeetingDays) -> Iterator[Fall]:
    """Yield each rung of `ladder` with its day for a limit whose last day is `due_on`.

    A rung that waits for a session not yet set, or for a year that the calendar does not know, has no day yet.
    """
    for number, rung in enumerate(ladder.rungs, start=1):
        try:
            on = _day(rung, due_on, calendar, meetings)
        except CalendarNotKnown:
            on = None
        yield Fall(number, rung, on)


def _day(rung: Rung, due_on: date, calendar: Calendar, meetings: MeetingDays) -> date | None:
    match rung.when:
        case When.ON_DAY:
            return due_on
        case When.EXPIRED:
            return due_on + _ONE_DAY
        case When.OFFSET:
            return _off(due_on, rung.offset, rung.unit, calendar)
        case When.NEXT_MEETING:
            return meetings.next_sitting(due_on, calendar)
        case When.NEXT_SESSION:
            # What falls before the limit has even ended belongs to the session after.
            opening = meetings.next_opening(due_on)
            while opening is not None and (day := _off(opening, rung.offset, rung.unit, calendar)) <= due_on:
                opening = meetings.next_opening(opening)
            return None if opening is None else day


def _off(day: date, offset: int, unit: DayUnit, calendar: Calendar) -> date:
    if offset == 0:
        return day
    direction = Direction.FORWARD if offset > 0 else Direction.BACKWARD
    return count_on(Length(abs(offset), unit), direction, day, calendar)
