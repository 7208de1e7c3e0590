"""The days of citizens' letters by the law on reception, and those that the council sets itself for its resolutions."""

from __future__ import annotations

from datetime import date

from deadlines.calendar import Calendar
from deadlines.clocks import Clock, Mark, project
from deadlines.loading import shipped_regulations
from states.milestones import Milestone as M
from states.reckoning import ClockState, Effect

REGULATIONS = {regulation.code: regulation for regulation in shipped_regulations()}
LETTERS, RESOLUTIONS = REGULATIONS["citizen-letter"], REGULATIONS["resolution-follow-up"]


def reckoned(calendar: Calendar, kind: str, *marks: Mark) -> dict[str, list[Clock]]:
    limits = (*LETTERS.limits, *RESOLUTIONS.limits)
    found: dict[str, list[Clock]] = {}
    for clock in project(marks=marks, limits=limits, calendar=calendar, anchors={}, circumstance={"kind": kind}):
        found.setdefault(clock.limit_code, []).append(clock)
    return found


def test_the_citizen_has_a_reply_within_ten_working_days_of_the_receipt(calendar: Calendar) -> None:
    """A Saturday that is worked for a day off counts; the two days of the National Day do not."""
    (clock,) = reckoned(calendar, "citizen_letter", Mark(1, M.LETTER_REGISTERED, date(2026, 8, 20)))["letter.reply"]
    assert (clock.due_on, clock.state) == (date(2026, 9, 7), ClockState.RUNNING)


def test_the_agency_tells_the_result_within_seven_working_days_of_settling(calendar: Calendar) -> None:
    marks = Mark(1, M.LETTER_REGISTERED, date(2026, 7, 1)), Mark(2, M.SETTLED_BY_AGENCY, date(2026, 7, 6))
    (clock,) = reckoned(calendar, "citizen_letter", *marks)["letter.result"]
    assert clock.due_on == date(2026, 7, 15)


def test_the_deputy_s_five_days_are_off_and_nothing_of_letters_is_a_breach_of_law(calendar: Calendar) -> None:
    marks = Mark(1, M.LETTER_REGISTERED, date(2026, 7, 1)), Mark(2, M.ANSWER_RECEIVED, date(2026, 7, 6))
    assert "letter.inform" not in reckoned(calendar, "citizen_letter", *marks)
    assert not LETTERS.limit("letter.inform").enabled
    assert {limit.effect for limit in (*LETTERS.limits, *RESOLUTIONS.limits)} == {Effect.SERVICE}


def test_each_check_meets_the_day_set_before_and_sets_the_next(calendar: Calendar) -> None:
    marks = (
        Mark(1, M.RESOLUTION_ADOPTED, date(2026, 7, 10), until=date(2026, 12, 31)),
        Mark(2, M.FOLLOW_UP_ASSIGNED, date(2026, 7, 15)),
        Mark(2, M.NEXT_CHECK_SET, date(2026, 7, 15), given={"review_on": date(2026, 9, 1)}),
        Mark(3, M.CHECKED, date(2026, 8, 28)),
        Mark(3, M.NEXT_CHECK_SET, date(2026, 8, 28), given={"review_on": date(2026, 12, 1)}),
        Mark(4, M.CHECKED, date(2026, 12, 4)),
        Mark(4, M.NEXT_CHECK_SET, date(2026, 12, 4)),
    )
    found = reckoned(calendar, "resolution_follow_up", *marks)
    assert [(c.due_on, c.state, c.met_on) for c in found["resolution.check"]] == [
        (date(2026, 9, 1), ClockState.MET, date(2026, 8, 28)),
        (date(2026, 12, 1), ClockState.MET, date(2026, 12, 4)),
    ]
    assert [(c.due_on, c.state) for c in found["resolution.expiry"]] == [(date(2026, 12, 31), ClockState.RUNNING)]
