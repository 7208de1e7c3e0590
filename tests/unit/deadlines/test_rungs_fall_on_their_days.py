"""On which day each rung of a ladder falls, and that it is written as it is read."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deadlines.announcements import shipped_announcements
from deadlines.calendar import build_calendar
from deadlines.climbing import MeetingDays, falls, start_of
from deadlines.errors import RegulationInvalid
from deadlines.ladders import USUAL, Ladder, read_ladder

CALENDAR = build_calendar(shipped_announcements())
RUNGS = [
    {"at": "-5 working days", "do": "remind", "whom": ["assignee"]},
    {"at": "-3 calendar days", "do": "remind", "whom": ["assignee"]},
    {"at": "on_day", "do": "remind", "whom": ["assignee", "head"]},
    {"at": "expired", "do": "alert", "whom": ["council_office"]},
    {"at": "+1 working day", "do": "propose", "trigger": "urge", "whom": ["council_office"]},
    {"at": "next standing meeting", "do": "propose", "trigger": "put_on_agenda", "whom": ["standing_body"]},
    {"at": "next session", "do": "propose", "trigger": "list_at_session", "whom": ["standing_body"]},
    {"at": "15 calendar days before next session", "do": "propose", "trigger": "x", "whom": ["standing_body"]},
]


def ladder(*rows: object) -> Ladder:
    return read_ladder({"code": "steps", "rungs": list(rows)}, origin="own.toml", number=1)


def days(due: date, meetings: MeetingDays | None = None) -> list[date | None]:
    return [fall.on for fall in falls(ladder(*RUNGS), due, CALENDAR, meetings or MeetingDays())]


def test_a_ladder_over_the_days_of_quoc_khanh() -> None:
    """Due on Friday 04/09/2026: 31/08 to 02/09 are off, Saturday 22/08 was worked."""
    meetings = MeetingDays(25, (date(2026, 7, 1), date(2026, 12, 1)))
    assert days(date(2026, 9, 4), meetings) == [
        date(2026, 8, 25),
        date(2026, 9, 1),
        date(2026, 9, 4),
        date(2026, 9, 5),
        date(2026, 9, 7),
        date(2026, 9, 25),
        date(2026, 12, 1),
        date(2026, 11, 16),
    ]


def test_a_sitting_on_a_day_off_moves_to_the_next_working_day() -> None:
    assert MeetingDays(25).next_sitting(date(2026, 7, 1), CALENDAR) == date(2026, 7, 27)
    assert MeetingDays(1).next_sitting(date(2026, 12, 30), CALENDAR) > date(2026, 12, 31)


def test_what_waits_for_a_session_has_no_day_until_one_is_set() -> None:
    assert days(date(2026, 9, 4))[-2:] == [None, None]


def test_a_session_so_near_that_its_list_is_closed_leaves_it_to_the_one_after() -> None:
    meetings = MeetingDays(25, (date(2026, 9, 10), date(2026, 12, 1)))
    assert days(date(2026, 9, 4), meetings)[-2:] == [date(2026, 9, 10), date(2026, 11, 16)]


def test_a_rung_begins_at_midnight_in_vietnam() -> None:
    assert start_of(date(2026, 9, 5)) == datetime(2026, 9, 4, 17, tzinfo=UTC)


def test_what_needs_a_year_that_is_not_known_has_no_day_yet() -> None:
    assert next(fall.on for fall in falls(USUAL, date(2030, 1, 5), CALENDAR, MeetingDays())) is None


@given(st.dates(date(2021, 2, 1), date(2027, 10, 1)))
def test_rungs_before_the_day_come_before_it_and_those_after_after(due: date) -> None:
    early, soon, on_day, expired, urged, sitting, _, _ = days(due)
    assert early is not None
    assert urged is not None
    assert sitting is not None
    assert early < due
    assert soon == due - timedelta(days=3)
    assert (on_day, expired) == (due, due + timedelta(days=1))
    assert CALENDAR.working_days_between(due, urged) == 1
    assert due < sitting <= due + timedelta(days=45)
    assert CALENDAR.is_working(sitting)


def test_a_ladder_is_written_as_it_is_read() -> None:
    assert ladder(*ladder(*RUNGS).to_dict()["rungs"]) == ladder(*RUNGS)


@pytest.mark.parametrize(
    "row",
    [
        {"at": "-0 working days", "do": "remind", "whom": ["assignee"]},
        {"at": "5 working days before next session", "do": "remind", "whom": []},
        {"at": "0 calendar days before next session", "do": "remind", "whom": ["assignee"]},
        {"at": "before next session", "do": "remind", "whom": ["assignee"]},
        {"at": "on_day", "do": "propose", "whom": ["assignee"]},
        {"at": "on_day", "do": "remind", "trigger": "urge", "whom": ["assignee"]},
        {"at": "on_day", "do": "shout", "whom": ["assignee"]},
        {"at": "on_day", "do": "remind", "whom": ["minister"]},
    ],
)
def test_a_rung_that_nobody_can_climb_is_refused(row: dict[str, object]) -> None:
    with pytest.raises(RegulationInvalid):
        ladder(row)


def test_the_same_rung_twice_is_refused() -> None:
    with pytest.raises(RegulationInvalid, match="rungs"):
        ladder(RUNGS[0], RUNGS[0])
