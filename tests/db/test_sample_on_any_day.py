"""The sample can be loaded on any day of the year: through Tết, at month ends, on 29 February."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import select

from deadlines.announcements import shipped_announcements, shipped_edition
from deadlines.calendar import build_calendar
from models.columns import table_of
from models.timing import ClockRow
from models.units import HANOI, connect
from workflows.sample import load_sample
from workflows.sample.council import council_spec
from workflows.sample.days import Days
from workflows.sample.loading import stories_of
from workflows.sample.stories import Deed, Story

CLOCK = table_of(ClockRow)
CALENDAR = build_calendar(shipped_announcements(), edition=shipped_edition())
TET = date(2026, 2, 17)
HARD_DAYS = (date(2024, 2, 29), TET, TET + timedelta(days=6), date(2027, 12, 31))


def entered(story: Story) -> list[Deed]:
    return [story.born, *story.deeds]


@given(st.dates(date(2022, 6, 1), date(2030, 12, 31)))
@example(date(2024, 2, 29))
@example(TET)
@example(date(2026, 2, 23))
@example(date(2026, 9, 1))
def test_stories_keep_to_their_order_and_to_the_past(today: date) -> None:
    days = Days(today, CALENDAR)
    for story in stories_of(days):
        on = [deed.on for deed in entered(story)]
        facts = [deed.on for deed in entered(story) if deed.trigger != "correct"]
        assert facts == sorted(facts), story.key
        assert max(on) < today, story.key
        assert all(
            (deed.entered or deed.on) >= deed.on and (deed.entered or deed.on) < today for deed in entered(story)
        )


@given(st.dates(date(2022, 6, 1), date(2027, 6, 30)))
@example(TET)
def test_offices_act_on_working_days(today: date) -> None:
    days = Days(today, CALENDAR)
    idle = {deed.on for story in stories_of(days) for deed in entered(story) if not CALENDAR.is_working(deed.on)}
    # A due date that no working day leads to is reached from a receipt on a day off, at most two.
    assert len(idle) <= 2
    spec = council_spec(days, number=1)
    assert all(CALENDAR.is_working(s.opening_on) for s in spec.sessions if s.opening_on)


@given(st.dates(date(2022, 6, 1), date(2027, 6, 30)), st.sampled_from([20, 30]))
def test_a_receipt_counted_back_leads_to_the_wanted_day(due: date, length: int) -> None:
    days = Days(due, CALENDAR)
    receipt = days.receipt_for(due, length=length, earliest=due - timedelta(days=60))
    if receipt is None:
        return
    assert CALENDAR.is_working(receipt)
    assert CALENDAR.next_working(receipt + timedelta(days=length)) == due


@pytest.mark.parametrize("today", HARD_DAYS, ids=date.isoformat)
def test_it_loads_on_hard_days(database_url: str, today: date) -> None:
    noon = datetime.combine(today, time(12), HANOI).astimezone(UTC)
    database = connect(database_url, clock=lambda: noon)
    try:
        load_sample(database, today=today)
        with database.reading() as unit:
            rows = unit.read(select(CLOCK.c.state, CLOCK.c.due_on, CLOCK.c.role)).all()
    finally:
        database.close()
    answers = [(row.state, row.due_on) for row in rows if row.role == "answer"]
    assert {"met", "cancelled", "superseded"} <= {state for state, _ in answers}
    running = {due for state, due in answers if state == "running"}
    assert any(due is not None and due < today for due in running)
    days = Days(today, CALENDAR)
    if CALENDAR.knows(today + timedelta(days=20)):
        assert {days.working_from(today), days.working_days_from_now(3)} <= running
        assert "paused" in {state for state, _ in answers}
