"""The moment of a person's digest: on a working day, between the time chosen and the end of the working day.

What becomes due at night, on a day off or during Tết waits for the next working morning.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from deadlines.calendar import Calendar
from deadlines.reckoning import VIETNAM

EARLIEST, LATEST = time(6, 0), time(16, 30)
"""Between which times of the day a person may want the digest."""
CLOSING = time(17, 0)
USUAL = time(7, 30)
_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Morning:
    """The day of a digest and the aware UTC instant from which it may go."""

    on: date
    at: datetime


def morning(now: datetime, digest_at: time, calendar: Calendar, taken: Collection[date] = ()) -> Morning:
    """Return the first moment from `now` on at which a digest may go; days `taken` have had theirs."""
    day = now.astimezone(VIETNAM).date()
    while True:
        opens, closes = _at(day, digest_at), _at(day, CLOSING)
        if day not in taken and works(day, calendar) and now < closes:
            return Morning(day, max(now, opens))
        day += _ONE_DAY


def in_office_hours(now: datetime, calendar: Calendar) -> bool:
    """Tell whether letters may go out at `now`: nobody is written to at night or on a day off."""
    local = now.astimezone(VIETNAM)
    return works(local.date(), calendar) and EARLIEST <= local.time() < CLOSING


def works(day: date, calendar: Calendar) -> bool:
    """Tell whether offices work on `day`; in a year that the calendar does not know, from Monday to Friday."""
    return calendar.is_working(day) if calendar.knows(day) else day.weekday() < _SATURDAY


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, VIETNAM).astimezone(UTC)
