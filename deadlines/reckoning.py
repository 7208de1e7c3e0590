"""One length counted from one day: where it ends, and where it ends after days off.

Law: Civil Code 2015, art. 147.2 (the day of the event does not count), 148.3 (months end on the same number, or on
the last day of the month), 148.5 (a limit that ends on a day off ends with the next working day), 148.6 (the last day
ends at 24:00). The Code does not speak of limits counted backward from a day to come; by policy they end with the
previous working day. Civil dates only, no time zone enters any of it; `Due.ends_at` alone is an instant.
"""

from __future__ import annotations

import calendar as gregorian
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from deadlines.calendar import Calendar
from deadlines.telling import (
    NEXT_WORKING_DAY,
    SAME_NUMBERED_DAY,
    Narrator,
    Step,
    days_counted,
    tell_walk,
)
from deadlines.wording import full_date
from states.reckoning import DayUnit, Direction, Roll, StepKind
from states.text import Text

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Length:
    """How long: a number of calendar days, working days or months."""

    count: int
    unit: DayUnit

    @property
    def words(self) -> Text:
        """Return "7 ngày làm việc"."""
        singular = self.count == 1
        en = self.unit.label.en.removesuffix("s") if singular else self.unit.label.en
        return Text(f"{self.count} {self.unit.label.vi}", f"{self.count} {en}")


@dataclass(frozen=True, slots=True)
class Rule:
    """A length with its direction and what happens when it ends on a day off."""

    length: Length
    direction: Direction = Direction.FORWARD
    roll: Roll = Roll.NEXT


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a limit: as counted (`raw_on`) and after days off (`on`)."""

    on: date
    raw_on: date

    @property
    def ends_at(self) -> datetime:
        """Return the aware UTC instant at which the last day ends: the following midnight in Vietnam."""
        return end_of(self.on)


def end_of(day: date) -> datetime:
    """Return the aware UTC instant at which the civil day `day` of Vietnam ends."""
    return datetime.combine(day + timedelta(days=1), time(), VIETNAM).astimezone(UTC)


def reckon(rule: Rule, anchor: date, calendar: Calendar, narrator: Narrator | None = None) -> Due:
    """Return the last day of `rule` counted from `anchor`, which itself does not count.

    A working-day length ends on a working day by itself. Raises `CalendarNotKnown` where the result depends on a
    year that the calendar does not know.
    """
    if narrator is None:
        return _remembered(rule, anchor, calendar)
    return _reckon(rule, anchor, calendar, narrator)


def _reckon(rule: Rule, anchor: date, calendar: Calendar, narrator: Narrator | None) -> Due:
    raw = count_on(rule.length, rule.direction, anchor, calendar, narrator)
    return Due(roll_off(raw, rule.roll, calendar, narrator), raw)


@lru_cache(maxsize=65_536)
def _remembered(rule: Rule, anchor: date, calendar: Calendar) -> Due:
    return _reckon(rule, anchor, calendar, None)


def count_on(
    length: Length,
    direction: Direction,
    anchor: date,
    calendar: Calendar,
    narrator: Narrator | None = None,
    *,
    counted: int = 0,
) -> date:
    """Return the day on which `length` ends, before any rolling; `counted` days were counted earlier."""
    sign = 1 if direction is Direction.FORWARD else -1
    match length.unit:
        case DayUnit.WORKING:
            return _count_working(length.count, sign, anchor, calendar, narrator, counted=counted)
        case DayUnit.MONTH:
            end = same_number(anchor, sign * length.count)
            if narrator is not None and end != anchor:
                _tell_months(narrator, length, anchor, end)
            return end
        case DayUnit.CALENDAR:
            end = anchor + timedelta(days=sign * length.count)
            if narrator is not None and end != anchor:
                _tell_span(narrator, anchor, end, counted)
            return end


def elapsed(
    unit: DayUnit,
    since: date,
    until: date,
    calendar: Calendar,
    narrator: Narrator | None = None,
    *,
    counted: int = 0,
) -> int:
    """Count the days after `since` up to and including `until` in `unit` (months count as calendar days)."""
    span = (until - since).days
    if span <= 0:
        return 0
    if unit is not DayUnit.WORKING:
        if narrator is not None:
            _tell_span(narrator, since, until, counted)
        return span
    if narrator is not None:
        tell_walk(narrator, _days_after(since, span), calendar, counted=counted)
    return calendar.working_days_between(since, until)


def same_number(day: date, months: int) -> date:
    """Return the same-numbered day `months` later (earlier if negative), or that month's last day: art. 148.3."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    last = gregorian.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def roll_off(day: date, roll: Roll, calendar: Calendar, narrator: Narrator | None = None) -> date:
    """Move `day` off days on which nobody works, as `roll` says."""
    if roll is Roll.NONE:
        return day
    moved = calendar.next_working(day) if roll is Roll.NEXT else calendar.previous_working(day)
    if narrator is not None and moved != day:
        _tell_roll(narrator, day, moved, calendar)
    return moved


def _count_working(
    count: int, sign: int, anchor: date, calendar: Calendar, narrator: Narrator | None, *, counted: int
) -> date:
    day, left, walked = anchor, count, []
    while left:
        day += timedelta(days=sign)
        walked.append(day)
        left -= calendar.is_working(day)
    if narrator is not None:
        tell_walk(narrator, walked, calendar, counted=counted)
    return day


def _days_after(since: date, span: int) -> Iterable[date]:
    return (since + timedelta(days=n) for n in range(1, span + 1))


def _tell_span(narrator: Narrator, start: date, end: date, counted: int) -> None:
    days = abs((end - start).days)
    first, last = (start + timedelta(days=1), end) if end > start else (end, start - timedelta(days=1))
    text = Text(f"{days} ngày, tính cả ngày nghỉ", f"{days} calendar days, days off included")
    narrator.say(Step(StepKind.COUNTED, text, first, last, count=days_counted(counted, days)))


def _tell_months(narrator: Narrator, length: Length, anchor: date, end: date) -> None:
    same = end.day == anchor.day
    vi = "ngày cùng số của tháng cuối" if same else "ngày cuối tháng, vì tháng cuối không có ngày cùng số"
    en = "same-numbered day of the last month" if same else "last day of the month, which has no such number"
    text = Text(f"{length.words.vi}: {vi}", f"{length.words.en}: {en}")
    narrator.say(Step(StepKind.COUNTED, text, end, end, law=SAME_NUMBERED_DAY))


def _tell_roll(narrator: Narrator, day: date, moved: date, calendar: Calendar) -> None:
    sign = 1 if moved > day else -1
    off = [day + timedelta(days=sign * n) for n in range(abs((moved - day).days))]
    tell_walk(narrator, off, calendar, counted=0)
    target = full_date(moved)
    if sign > 0:
        text = Text(f"Hết hạn vào ngày nghỉ nên dời đến {target.vi}", f"Ends on a day off, so it rolls to {target.en}")
        narrator.say(Step(StepKind.ROLL, text, moved, moved, law=NEXT_WORKING_DAY))
    else:
        text = Text(
            f"Rơi vào ngày nghỉ nên lấy {target.vi}, ngày làm việc liền trước",
            f"Falls on a day off, so {target.en}, the working day before, is taken",
        )
        policy = Text("luật không quy định, làm tròn sớm hơn", "not in the law: rounded to the earlier day")
        narrator.say(Step(StepKind.ROLL, text, moved, moved, law=policy))
