"""Days counted back from the day on which the sample is loaded; offices act on working days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from deadlines.calendar import Calendar

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5
_LONGEST_REST = 14


@dataclass(frozen=True, slots=True)
class Days:
    """The calendar around `today`. Beyond the years that the calendar knows, weekends are the days off."""

    today: date
    calendar: Calendar

    def back(self, days: int) -> date:
        """Return the last working day that is at least `days` days ago; the further back, never the later."""
        return self.working_until(self.today - timedelta(days=days))

    def ahead(self, days: int) -> date:
        """Return the first working day at least `days` days from now."""
        return self.working_from(self.today + timedelta(days=days))

    def working_until(self, day: date) -> date:
        """Return `day` itself if it is a working day, else the last one before it."""
        while not self._works(day):
            day -= _ONE_DAY
        return day

    def working_from(self, day: date) -> date:
        """Return `day` itself if it is a working day, else the first one after it."""
        while not self._works(day):
            day += _ONE_DAY
        return day

    def before(self, day: date) -> date:
        """Return the last working day before `day`."""
        return self.working_until(day - _ONE_DAY)

    def working_days_from_now(self, count: int) -> date:
        """Return the working day number `count` after today."""
        day = self.today
        for _ in range(count):
            day = self.working_from(day + _ONE_DAY)
        return day

    def receipt_for(self, due: date, *, length: int, earliest: date) -> date | None:
        """Return the latest working day, not before `earliest`, from which `length` calendar days end on `due`.

        None when there is none: not every day can be reached from a working day.
        """
        for more in range(_LONGEST_REST):
            day = due - timedelta(days=length + more)
            if day < earliest:
                break
            if self._works(day) and self.working_from(day + timedelta(days=length)) == due:
                return day
        return None

    def _works(self, day: date) -> bool:
        if self.calendar.knows(day):
            return self.calendar.is_working(day)
        return day.weekday() < _SATURDAY
