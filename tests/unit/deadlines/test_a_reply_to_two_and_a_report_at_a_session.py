"""A reply that must reach two is there when it has reached both; a report at a session is due on its opening day."""

from __future__ import annotations

from datetime import date

import pytest

from deadlines.calendar import Calendar
from deadlines.clocks import project
from deadlines.explaining import explain, render
from deadlines.limits import TimeLimit
from deadlines.loading import shipped_regulations
from deadlines.marks import Clock, Mark
from states.milestones import Milestone as M
from states.reckoning import ClockState

REGULATIONS = {regulation.code: regulation for regulation in shipped_regulations()}
REPLY = REGULATIONS["law-87-2015"].limit("written_reply").switched(enabled=True)
REPORT = REGULATIONS["question"].limit("question.study_report")
HERE, THERE = M.WRITTEN_REPLY_RECEIVED, M.REPLY_REACHED_DEPUTY
ASKED = Mark(1, M.QUESTIONED, date(2025, 12, 10))


def the_clock(calendar: Calendar, limit: TimeLimit, *marks: Mark, opening: date | None = None) -> Clock:
    anchors = {"session.opening": opening} if opening else {}
    (clock,) = project(
        marks=marks, limits=[limit], calendar=calendar, anchors=anchors, circumstance={"kind": "question"}
    )
    return clock


def test_one_of_two_is_not_enough(calendar: Calendar) -> None:
    for milestone in (HERE, THERE):
        clock = the_clock(calendar, REPLY, ASKED, Mark(2, milestone, date(2025, 12, 20)))
        assert (clock.state, clock.due_on) == (ClockState.RUNNING, date(2025, 12, 30))


@pytest.mark.parametrize("order", [(HERE, THERE), (THERE, HERE)])
@pytest.mark.parametrize("days", [(date(2025, 12, 20), date(2025, 12, 29)), (date(2025, 12, 29), date(2025, 12, 20))])
def test_the_later_of_the_two_days_counts_in_whatever_order_they_are_entered(
    calendar: Calendar, order: tuple[M, M], days: tuple[date, date]
) -> None:
    marks = [Mark(seq, milestone, day) for seq, milestone, day in zip((2, 3), order, days, strict=True)]
    clock = the_clock(calendar, REPLY, ASKED, *marks)
    assert (clock.state, clock.met_on, clock.met_seq) == (ClockState.MET, date(2025, 12, 29), 3)


def test_both_at_once_are_one_event(calendar: Calendar) -> None:
    clock = the_clock(calendar, REPLY, ASKED, Mark(2, HERE, date(2026, 1, 2)), Mark(2, THERE, date(2026, 1, 2)))
    assert (clock.state, clock.met_on, clock.met_seq) == (ClockState.MET, date(2026, 1, 2), 2)


def test_an_unknown_day_leaves_the_whole_unknown(calendar: Calendar) -> None:
    clock = the_clock(calendar, REPLY, ASKED, Mark(2, HERE, None), Mark(3, THERE, date(2025, 12, 20)))
    assert (clock.state, clock.met_on, clock.met_seq) == (ClockState.MET, None, 3)


def test_what_ends_it_meanwhile_ends_it(calendar: Calendar) -> None:
    clock = the_clock(calendar, REPLY, ASKED, Mark(2, HERE, date(2025, 12, 20)), Mark(3, M.WITHDRAWN, None))
    assert clock.state is ClockState.CANCELLED


def test_a_question_that_is_asked_again_waits_for_both_again(calendar: Calendar) -> None:
    again = Mark(4, M.QUESTIONED, date(2026, 1, 12))
    marks = [ASKED, Mark(2, HERE, date(2025, 12, 20)), Mark(3, THERE, date(2025, 12, 20)), again]
    clocks = project(
        marks=[*marks, Mark(5, THERE, date(2026, 1, 20))],
        limits=[REPLY],
        calendar=calendar,
        anchors={},
        circumstance={"kind": "question"},
    )
    assert [clock.state for clock in clocks] == [ClockState.MET, ClockState.RUNNING]


def test_a_report_is_due_when_its_session_opens_and_moves_with_it(calendar: Calendar) -> None:
    charged = Mark(2, M.STUDY_CHARGED, date(2026, 7, 8))
    clock = the_clock(calendar, REPORT, charged, opening=date(2026, 12, 1))
    assert (clock.due_on, clock.anchor_on, clock.start_seq) == (date(2026, 12, 1), date(2026, 7, 8), 2)
    moved = the_clock(calendar, REPORT, charged, opening=date(2026, 12, 6))
    assert moved.due_on == date(2026, 12, 6)  # a Sunday: a session that opens then is that day, whatever the calendar
    told = explain(
        clock,
        marks=[charged],
        limits=[REPORT],
        calendar=calendar,
        anchors={"session.opening": date(2026, 12, 1)},
        circumstance={"kind": "question"},
    )
    assert "Chậm nhất ngày khai mạc kỳ họp: báo cáo tại kỳ họp" in render(told, "vi")


def test_before_the_day_of_the_session_is_known_there_is_no_report_to_wait_for(calendar: Calendar) -> None:
    found = project(
        marks=[Mark(2, M.STUDY_CHARGED, date(2026, 7, 8))],
        limits=[REPORT],
        calendar=calendar,
        anchors={},
        circumstance={"kind": "question"},
    )
    assert found == ()


def test_the_numbers_of_the_new_law_are_unverified_and_both_are_off() -> None:
    old, new = (REGULATIONS[code].limit("written_reply") for code in ("law-87-2015", "law-121-2025"))
    assert (old.confidence, new.confidence) == ("read", "unverified")
    assert (old.enabled, new.enabled) == (False, False)
    assert "chưa đối chiếu" in new.citation
