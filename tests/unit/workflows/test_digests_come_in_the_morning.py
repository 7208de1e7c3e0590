"""When a digest goes: on a working day, from the time chosen until the office closes; nights, days off and Tết wait."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deadlines.announcements import shipped_announcements, shipped_edition
from deadlines.calendar import build_calendar
from deadlines.reckoning import VIETNAM
from workflows.delivering.moments import CLOSING, EARLIEST, LATEST, in_office_hours, morning, works

CALENDAR = build_calendar(shipped_announcements(), edition=shipped_edition())


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("now", "wanted"),
    [
        ("2026-11-30T00:00", "2026-11-30T07:30"),  # the first minute of a Monday
        ("2026-11-30T09:15", "2026-11-30T09:15"),  # during the day: at once
        ("2026-11-30T16:59", "2026-11-30T16:59"),
        ("2026-11-30T17:00", "2026-12-01T07:30"),  # after hours
        ("2026-11-27T23:00", "2026-11-30T07:30"),  # Friday night
        ("2026-11-28T10:00", "2026-11-30T07:30"),  # Saturday
        ("2026-08-21T18:00", "2026-08-22T07:30"),  # a Saturday that is worked
        ("2026-08-29T00:00", "2026-09-03T07:30"),  # Quốc khánh
        ("2026-02-14T00:00", "2026-02-23T07:30"),  # Tết
        ("2032-01-03T10:00", "2032-01-05T07:30"),  # a year that the calendar does not know: from Monday to Friday
    ],
)
def test_the_moment_of_a_digest(now: str, wanted: str) -> None:
    found = morning(local(now), time(7, 30), CALENDAR)
    assert (found.at, found.on) == (local(wanted), local(wanted).date())


def test_a_day_that_had_its_letter_is_passed_over() -> None:
    found = morning(local("2026-11-30T10:00"), time(7, 0), CALENDAR, {date(2026, 11, 30), date(2026, 12, 1)})
    assert found.at == local("2026-12-02T07:00")


@given(
    now=st.datetimes(datetime(2021, 1, 1), datetime(2027, 12, 20)).map(lambda d: d.replace(tzinfo=UTC)),  # noqa: DTZ001 - the zone is added
    digest_at=st.times(EARLIEST, LATEST),
    taken=st.sets(st.integers(0, 12)),
)
def test_no_digest_is_early_late_or_at_night(now: datetime, digest_at: time, taken: set[int]) -> None:
    today = now.astimezone(VIETNAM).date()
    had = {today + timedelta(days=n) for n in taken}
    found = morning(now, digest_at, CALENDAR, had)
    at = found.at.astimezone(VIETNAM)
    assert found.at >= now
    assert at.date() == found.on
    assert found.on not in had
    assert digest_at <= at.time() < CLOSING
    assert works(found.on, CALENDAR)
    assert in_office_hours(found.at, CALENDAR)
    between = (today + timedelta(days=n) for n in range((found.on - today).days))
    opens = [day for day in between if works(day, CALENDAR) and day not in had and day > today]
    assert opens == []
