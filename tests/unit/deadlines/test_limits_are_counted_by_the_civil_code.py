from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deadlines.calendar import Calendar
from deadlines.errors import CalendarNotKnown
from deadlines.reckoning import Length, Rule, elapsed, reckon, roll_off, same_number
from deadlines.telling import Narrator
from states.reckoning import DayUnit, Direction, Roll, StepKind

DAYS = st.dates(date(2021, 3, 1), date(2026, 12, 1))
COUNTS = st.integers(1, 120)
UNITS = st.sampled_from([DayUnit.CALENDAR, DayUnit.WORKING])
RULES = st.builds(Rule, st.builds(Length, COUNTS, UNITS))
MONTHS = st.builds(Rule, st.builds(Length, st.integers(1, 9), st.just(DayUnit.MONTH)))


def calendar_days(count: int, roll: Roll = Roll.NEXT) -> Rule:
    return Rule(Length(count, DayUnit.CALENDAR), Direction.FORWARD, roll)


def working_days(count: int) -> Rule:
    return Rule(Length(count, DayUnit.WORKING))


def before(count: int, unit: DayUnit = DayUnit.CALENDAR) -> Rule:
    return Rule(Length(count, unit), Direction.BACKWARD, Roll.PREVIOUS)


def test_the_day_of_the_event_does_not_count(calendar: Calendar) -> None:
    assert reckon(calendar_days(1), date(2026, 3, 9), calendar).on == date(2026, 3, 10)


def test_window_over_tet_ends_on_the_first_working_day(calendar: Calendar) -> None:
    due = reckon(calendar_days(30), date(2026, 1, 20), calendar)
    assert (due.raw_on, due.on) == (date(2026, 2, 19), date(2026, 2, 23))


def test_limit_that_ends_on_a_worked_saturday_is_not_rolled(calendar: Calendar) -> None:
    due = reckon(calendar_days(30), date(2025, 12, 11), calendar)
    assert due.on == due.raw_on == date(2026, 1, 10)


def test_working_days_include_the_worked_saturday(calendar: Calendar) -> None:
    assert reckon(working_days(7), date(2025, 12, 30), calendar).on == date(2026, 1, 10)


def test_one_day_before_a_monday_opening_is_the_friday(calendar: Calendar) -> None:
    due = reckon(before(1), date(2026, 7, 6), calendar)
    assert (due.raw_on, due.on) == (date(2026, 7, 5), date(2026, 7, 3))


def test_five_working_days_before_the_day_after_tet(calendar: Calendar) -> None:
    due = reckon(before(5, DayUnit.WORKING), date(2026, 2, 24), calendar)
    assert due.on == due.raw_on == date(2026, 2, 10)


def test_a_backward_limit_takes_the_worked_saturday(calendar: Calendar) -> None:
    assert reckon(before(2), date(2026, 1, 12), calendar).on == date(2026, 1, 10)


@pytest.mark.parametrize(
    ("anchor", "months", "raw"),
    [
        (date(2026, 1, 15), 3, date(2026, 4, 15)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -2, date(2025, 11, 15)),
    ],
)
def test_months_end_on_the_same_number_or_on_the_last_day(anchor: date, months: int, raw: date) -> None:
    assert same_number(anchor, months) == raw


def test_a_limit_that_does_not_roll_may_end_on_a_sunday(calendar: Calendar) -> None:
    assert reckon(calendar_days(20, Roll.NONE), date(2025, 11, 3), calendar).on == date(2025, 11, 23)


def test_the_last_day_ends_at_the_following_midnight_of_vietnam(calendar: Calendar) -> None:
    due = reckon(calendar_days(20), date(2025, 11, 3), calendar)
    assert due.ends_at == datetime(2025, 11, 24, 17, tzinfo=UTC)


def test_a_result_beyond_the_known_years_is_refused(calendar: Calendar) -> None:
    with pytest.raises(CalendarNotKnown):
        reckon(calendar_days(30), date(2027, 12, 20), calendar)
    with pytest.raises(CalendarNotKnown):
        reckon(working_days(3), date(2020, 12, 28), calendar)
    assert reckon(calendar_days(20), date(2020, 12, 20), calendar).on == date(2021, 1, 11)


@settings(deadline=None)
@given(rule=st.one_of(RULES, MONTHS), anchor=DAYS)
def test_rolled_forward_results_are_working_days(calendar: Calendar, rule: Rule, anchor: date) -> None:
    due = reckon(rule, anchor, calendar)
    assert calendar.is_working(due.on)
    assert anchor < due.raw_on <= due.on
    assert not any(calendar.is_working(due.raw_on + timedelta(days=n)) for n in range((due.on - due.raw_on).days))


@settings(deadline=None)
@given(count=COUNTS, unit=UNITS, anchor=st.dates(date(2022, 1, 1), date(2027, 12, 31)))
def test_rolled_backward_results_are_working_days(calendar: Calendar, count: int, unit: DayUnit, anchor: date) -> None:
    due = reckon(before(count, unit), anchor, calendar)
    assert calendar.is_working(due.on)
    assert due.on <= due.raw_on < anchor


@settings(deadline=None)
@given(rule=st.one_of(RULES, MONTHS), anchor=DAYS, later=st.integers(0, 60))
def test_a_later_start_never_ends_earlier(calendar: Calendar, rule: Rule, anchor: date, later: int) -> None:
    assert reckon(rule, anchor, calendar).on <= reckon(rule, anchor + timedelta(days=later), calendar).on


@settings(deadline=None)
@given(rule=RULES, anchor=DAYS, more=st.integers(1, 60))
def test_a_larger_budget_never_ends_earlier(calendar: Calendar, rule: Rule, anchor: date, more: int) -> None:
    larger = Rule(Length(rule.length.count + more, rule.length.unit))
    assert reckon(rule, anchor, calendar).on <= reckon(larger, anchor, calendar).on
    assert reckon(rule, anchor, calendar).raw_on < reckon(larger, anchor, calendar).raw_on


@settings(deadline=None)
@given(count=COUNTS, unit=UNITS, anchor=st.dates(date(2022, 1, 1), date(2026, 6, 1)))
def test_forward_and_backward_agree(calendar: Calendar, count: int, unit: DayUnit, anchor: date) -> None:
    start = calendar.next_working(anchor) if unit is DayUnit.WORKING else anchor
    end = reckon(Rule(Length(count, unit), Direction.FORWARD, Roll.NONE), start, calendar).raw_on
    back = reckon(Rule(Length(count, unit), Direction.BACKWARD, Roll.NONE), end, calendar).raw_on
    assert back == start
    assert elapsed(unit, start, end, calendar) == count


@settings(deadline=None)
@given(rule=st.one_of(RULES, MONTHS), anchor=DAYS)
def test_listening_changes_nothing_and_the_story_counts_every_day_once(
    calendar: Calendar, rule: Rule, anchor: date
) -> None:
    narrator = Narrator()
    due = reckon(rule, anchor, calendar, narrator)
    assert due == reckon(rule, anchor, calendar)
    days = [step for step in narrator.steps if step.kind in {StepKind.COUNTED, StepKind.SKIPPED} and step.day_from]
    told = [
        step.day_from + timedelta(days=n)
        for step in days
        if step.day_from and step.day_to and rule.length.unit is DayUnit.WORKING
        for n in range((step.day_to - step.day_from).days + 1)
    ]
    expected = [anchor + timedelta(days=n + 1) for n in range((due.on - anchor).days)]
    assert told == (expected if rule.length.unit is DayUnit.WORKING else [])


@settings(deadline=None)
@given(day=DAYS)
def test_a_working_day_stays_where_it_is(calendar: Calendar, day: date) -> None:
    working = calendar.next_working(day)
    assert roll_off(working, Roll.NEXT, calendar) == working == roll_off(working, Roll.PREVIOUS, calendar)


@pytest.mark.parametrize("zone", ["Asia/Ho_Chi_Minh", "America/Los_Angeles", "Pacific/Kiritimati"])
def test_no_result_depends_on_the_machines_time_zone(
    calendar: Calendar, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        # A day that no other test asks for, so that nothing is remembered from another zone.
        due = reckon(calendar_days(41 + len(zone)), date(2026, 3, 10), calendar)
        assert due.ends_at == datetime(due.on.year, due.on.month, due.on.day, 17, tzinfo=UTC)
    finally:
        monkeypatch.undo()
        time.tzset()
