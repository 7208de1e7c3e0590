from __future__ import annotations

from datetime import date

from deadlines.calendar import Calendar
from deadlines.clocks import Mark, project
from deadlines.loading import shipped_regulations
from deadlines.warnings import warn_at_transfer
from states.milestones import Milestone as M

DUE = date(2026, 7, 15)


def codes(
    calendar: Calendar,
    due_on: date | None = DUE,
    *,
    session_opens_on: date | None = None,
    addressee_until: date | None = None,
    asked_on: date | None = None,
) -> list[str]:
    cautions = warn_at_transfer(
        due_on=due_on,
        calendar=calendar,
        session_opens_on=session_opens_on,
        addressee_until=addressee_until,
        asked_on=asked_on,
    )
    return [caution.code for caution in cautions]


def test_nothing_known_nothing_said(calendar: Calendar) -> None:
    assert codes(calendar) == []
    assert codes(calendar, None, session_opens_on=date(2026, 7, 1)) == []


def test_a_window_that_ends_on_or_after_the_opening_is_said(calendar: Calendar) -> None:
    assert codes(calendar, session_opens_on=date(2026, 7, 15)) == ["window_ends_after_session"]
    assert codes(calendar, session_opens_on=date(2026, 7, 16)) == []


def test_a_year_not_announced_is_said(calendar: Calendar) -> None:
    assert codes(calendar, date(2027, 3, 1)) == ["calendar_is_provisional"]
    answer = {r.code: r for r in shipped_regulations()}["sample-2021"].limit("answer.after_session")
    (clock,) = project(
        marks=[Mark(2, M.RECEIVED_BY_ADDRESSEE, date(2026, 8, 1), "a")],
        limits=[answer],
        calendar=calendar,
        anchors={},
        circumstance={"kind": "petition", "round": "after_session"},
    )
    assert (clock.raw_due_on, clock.due_on) == (date(2026, 8, 31), date(2026, 9, 3))
    (caution,) = warn_at_transfer(due_on=clock.due_on, calendar=calendar, clock=clock)
    assert "thứ Năm 03/09/2026 có thể thay đổi" in caution.text.vi


def test_an_addressee_that_ceases_before_the_due_date_is_said(calendar: Calendar) -> None:
    assert codes(calendar, addressee_until=date(2026, 7, 14)) == ["addressee_ceases"]
    assert codes(calendar, addressee_until=DUE) == []


def test_a_date_asked_earlier_than_the_regulation_is_said_with_the_days(calendar: Calendar) -> None:
    (caution,) = warn_at_transfer(due_on=DUE, calendar=calendar, asked_on=date(2026, 7, 10))
    assert "ngắn hơn Quy chế 5 ngày" in caution.text.vi
    assert codes(calendar, asked_on=date(2026, 7, 20)) == []


def test_all_of_them_are_said_at_once(calendar: Calendar) -> None:
    found = codes(
        calendar,
        date(2027, 3, 1),
        session_opens_on=date(2027, 2, 20),
        addressee_until=date(2027, 1, 1),
        asked_on=date(2027, 2, 28),
    )
    assert found == ["window_ends_after_session", "calendar_is_provisional", "addressee_ceases", "asked_is_shorter"]
