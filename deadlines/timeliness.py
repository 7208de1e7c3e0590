"""What is derived from a clock on a day: in time or late, and by how much. Never stored."""

from __future__ import annotations

from datetime import date

from deadlines.calendar import Calendar
from deadlines.marks import Clock
from deadlines.wording import plain_date
from states.reckoning import ClockState, Timeliness
from states.text import Text


def timeliness(clock: Clock, today: date) -> Timeliness:
    """Return how the clock stands on `today`: late is the met date, else today, after the due date."""
    if clock.state in {ClockState.CANCELLED, ClockState.SUPERSEDED}:
        return Timeliness.CANCELLED
    met = clock.state is ClockState.MET
    if clock.due_on is None or (met and clock.met_on is None):
        return Timeliness.UNKNOWN
    if met:
        return Timeliness.MET_LATE if lateness(clock, today) else Timeliness.MET_IN_TIME
    if clock.state is ClockState.PAUSED:
        return Timeliness.PAUSED
    return Timeliness.OVERDUE if lateness(clock, today) else Timeliness.RUNNING


def lateness(clock: Clock, today: date) -> int:
    """Return the calendar days by which the clock is late on `today`; 0 in time, paused, cancelled or unknown."""
    if clock.due_on is None or clock.state not in {ClockState.RUNNING, ClockState.MET}:
        return 0
    if clock.state is ClockState.MET and clock.met_on is None:
        return 0
    return max(((clock.met_on or today) - clock.due_on).days, 0)


def days_left_words(clock: Clock, today: date, calendar: Calendar) -> Text:
    """Return "còn 3 ngày làm việc", "hết hạn hôm nay", "quá hạn 5 ngày" or what else there is to say on `today`.

    A clock without its receipt says so first.
    """
    said = _standing(clock, today, calendar)
    if clock.provisional and clock.is_open:
        return Text(f"chưa ghi ngày nhận, {said.vi}", f"receipt not recorded, {said.en}")
    return said


def due_words(due_on: date, today: date, calendar: Calendar) -> Text:
    """Return what `days_left_words` says of a running clock that is due on `due_on`."""
    if due_on >= today:
        return _left(due_on, today, calendar)
    late = (today - due_on).days
    return Text(f"quá hạn {late} ngày", f"overdue by {late} day{'' if late == 1 else 's'}")


def _standing(clock: Clock, today: date, calendar: Calendar) -> Text:
    late = lateness(clock, today)
    days_late = Text(f"{late} ngày", f"{late} day{'' if late == 1 else 's'}")
    match timeliness(clock, today):
        case Timeliness.OVERDUE:
            return Text(f"quá hạn {days_late.vi}", f"overdue by {days_late.en}")
        case Timeliness.MET_LATE:
            return Text(f"trễ hạn {days_late.vi}", f"late by {days_late.en}")
        case Timeliness.PAUSED:
            since = plain_date(clock.paused_since) if clock.paused_since else ""
            return Text(f"tạm dừng từ {since}", f"paused since {since}")
        case Timeliness.UNKNOWN if clock.due_on is None:
            return Text("chưa tính được hạn", "no date can be computed")
        case Timeliness.RUNNING if clock.due_on is not None:
            return _left(clock.due_on, today, calendar)
        case other:
            return other.label


def _left(due_on: date, today: date, calendar: Calendar) -> Text:
    if due_on == today:
        return Text("hết hạn hôm nay", "due today")
    known = calendar.knows(today) and calendar.knows(due_on)
    working = calendar.working_days_between(today, due_on) if known else 0
    if working:
        return Text(f"còn {working} ngày làm việc", f"{working} working day{'' if working == 1 else 's'} left")
    days = (due_on - today).days
    return Text(f"còn {days} ngày", f"{days} day{'' if days == 1 else 's'} left")
