from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Date

from deadlines.calendar import Calendar
from deadlines.clocks import OPENING_SEQ, Mark, project
from deadlines.limits import ANCHORS, OF_THE_SESSION
from deadlines.loading import shipped_regulations
from models.columns import table_of, words_of
from models.details import DETAILS
from states.contact_round import CONTACT_ROUND
from states.kinds import KINDS
from states.milestones import Milestone as M
from states.reckoning import ClockState, Subject
from states.vocabulary import RoundKind
from workflows import planning
from workflows.regulations import Rules

REGULATIONS = {regulation.code: regulation for regulation in shipped_regulations()}
SAMPLE = REGULATIONS["sample-2021"].limits
ANSWER = REGULATIONS["sample-2021"].limit("answer.after_session")
PLAN = REGULATIONS["sample-2021"].limit("plan.before_session")
PUBLICATION = REGULATIONS["nqlt-72-2025"].limit("publication").switched(enabled=True)
AFTER = {"kind": "petition", "round": "after_session"}
BEFORE_ROUND = {"kind": "contact_round", "round": "before_session"}
AFTER_ROUND = {"kind": "contact_round", "round": "after_session"}


def test_the_contact_plan_is_due_thirty_days_before_the_opening(calendar: Calendar) -> None:
    marks = [Mark(1, M.ROUND_OPENED, date(2026, 5, 4))]
    (clock,) = project(
        marks=marks,
        limits=SAMPLE,
        calendar=calendar,
        anchors={"session.opening": date(2026, 7, 7)},
        circumstance=BEFORE_ROUND,
    )
    assert (clock.role, clock.start_seq, clock.anchor_on) == ("plan", OPENING_SEQ, date(2026, 7, 7))
    assert (clock.raw_due_on, clock.due_on) == (date(2026, 6, 7), date(2026, 6, 5))
    assert clock.started_on is None


def test_the_plan_of_the_round_after_a_session_is_due_twenty_days_after_its_closing(calendar: Calendar) -> None:
    marks = [Mark(1, M.ROUND_OPENED, date(2026, 7, 9)), Mark(2, M.PLAN_ISSUED, date(2026, 7, 20))]
    anchors = {"session.opening": date(2026, 7, 7), "session.closing": date(2026, 7, 10)}
    (clock,) = project(marks=marks, limits=SAMPLE, calendar=calendar, anchors=anchors, circumstance=AFTER_ROUND)
    assert (clock.due_on, clock.state, clock.met_on) == (date(2026, 7, 30), ClockState.MET, date(2026, 7, 20))


def test_no_session_yet_no_clock_yet(calendar: Calendar) -> None:
    marks = [Mark(1, M.ROUND_OPENED, date(2026, 5, 4))]
    assert project(marks=marks, limits=SAMPLE, calendar=calendar, anchors={}, circumstance=BEFORE_ROUND) == ()


def test_explanation_is_due_at_least_one_day_before_a_monday_opening(calendar: Calendar) -> None:
    (clock,) = project(
        marks=[Mark(1, M.OPINION_RAISED, date(2026, 6, 22))],
        limits=SAMPLE,
        calendar=calendar,
        anchors={"session.opening": date(2026, 7, 6)},
        circumstance={"kind": "deputy_opinion"},
    )
    assert clock.due_on == date(2026, 7, 3)


def test_publication_begins_with_the_last_day_of_the_latest_answer(calendar: Calendar) -> None:
    marks = [
        Mark(1, M.RECEIVED_BY_ADDRESSEE, date(2026, 3, 5), "a"),
        Mark(2, M.RECEIVED_BY_ADDRESSEE, date(2026, 3, 9), "b"),
        Mark(3, M.RECEIVED_BY_ADDRESSEE, date(2026, 3, 20), "c"),
        Mark(4, M.RETURNED, date(2026, 3, 23), "c"),
    ]
    found = project(marks=marks, limits=[PUBLICATION, ANSWER], calendar=calendar, anchors={}, circumstance=AFTER)
    (publication,) = (clock for clock in found if clock.role == "publication")
    answer = next(clock for clock in found if clock.referral == "b")
    assert (publication.anchor_on, publication.start_seq) == (answer.due_on, 2)
    assert publication.due_on == calendar.next_working(date(2026, 5, 4))


def test_publication_per_referral_follows_each_answer_and_is_met_by_its_own_posting(calendar: Calendar) -> None:
    marks = [
        Mark(1, M.RECEIVED_BY_ADDRESSEE, date(2026, 3, 5), "a"),
        Mark(2, M.RECEIVED_BY_ADDRESSEE, date(2026, 3, 9), "b"),
        Mark(3, M.PUBLISHED, date(2026, 4, 10), "a"),
    ]
    limits = [replace(PUBLICATION, per=Subject.REFERRAL), ANSWER]
    found = project(marks=marks, limits=limits, calendar=calendar, anchors={}, circumstance=AFTER)
    states = {clock.referral: clock.state for clock in found if clock.role == "publication"}
    assert states == {"a": ClockState.MET, "b": ClockState.RUNNING}


def test_publication_moves_when_the_answer_gets_more_time(calendar: Calendar) -> None:
    received = Mark(1, M.RECEIVED_BY_ADDRESSEE, date(2026, 3, 5), "a")
    granted = Mark(2, M.EXTENSION_GRANTED, date(2026, 3, 20), "a", days=10)
    limits = [PUBLICATION, ANSWER.switched(extension=True)]
    dues = [
        {
            clock.role: clock.due_on
            for clock in project(marks=marks, limits=limits, calendar=calendar, anchors={}, circumstance=AFTER)
        }
        for marks in ([received], [received, granted])
    ]
    assert dues[0]["answer"] == date(2026, 4, 6)
    assert dues[1]["answer"] == date(2026, 4, 14)
    assert dues[0]["publication"] == date(2026, 4, 28)
    assert dues[1]["publication"] == date(2026, 5, 8)


def test_publication_may_follow_an_answer_under_another_regulation(calendar: Calendar) -> None:
    marks = [Mark(1, M.RECEIVED_BY_ADDRESSEE, date(2026, 3, 5), "a")]
    answers = project(marks=marks, limits=[ANSWER], calendar=calendar, anchors={}, circumstance=AFTER)
    (publication,) = project(
        marks=marks, limits=[PUBLICATION], calendar=calendar, anchors={}, circumstance=AFTER, others=answers
    )
    assert publication.due_on == date(2026, 4, 28)
    assert project(marks=marks, limits=[PUBLICATION], calendar=calendar, anchors={}, circumstance=AFTER) == ()


def test_clocks_in_a_circle_never_begin(calendar: Calendar) -> None:
    circle = [
        replace(PUBLICATION, code="one", role="one", after_clock="two"),
        replace(PUBLICATION, code="two", role="two", after_clock="one"),
    ]
    assert project(marks=[], limits=circle, calendar=calendar, anchors={}, circumstance=AFTER) == ()


def test_a_limit_that_hangs_on_a_day_begins_anew_when_the_day_is_put_off(calendar: Calendar) -> None:
    """A notice of the first day is no notice of the second: what came before the restart meets nothing."""
    notice = replace(PLAN, restarts_on=(M.ROUND_CANCELLED,))
    marks = [
        Mark(1, M.ROUND_OPENED, date(2026, 5, 4)),
        Mark(2, M.PLAN_ISSUED, date(2026, 5, 20)),
        Mark(3, M.ROUND_CANCELLED, date(2026, 6, 1)),
    ]
    (first,) = project(
        marks=marks[:2],
        limits=[notice],
        calendar=calendar,
        anchors={"session.opening": date(2026, 7, 7)},
        circumstance=BEFORE_ROUND,
    )
    assert (first.start_seq, first.state) == (OPENING_SEQ, ClockState.MET)
    (again,) = project(
        marks=marks,
        limits=[notice],
        calendar=calendar,
        anchors={"session.opening": date(2026, 8, 4)},
        circumstance=BEFORE_ROUND,
    )
    assert (again.start_seq, again.occurrence, again.state) == (3, 2, ClockState.RUNNING)
    assert again.due_on == date(2026, 7, 3)


def test_every_day_that_a_lifecycle_lends_to_limits_is_a_day_of_its_detail() -> None:
    for table in KINDS.values():
        assert not table.anchors.keys() & OF_THE_SESSION
        for anchor, column in table.anchors.items():
            assert anchor in ANCHORS
            assert isinstance(table_of(DETAILS[table.kind]).c[column].type, Date)
        for column, words in table.circumstances.items():
            assert words_of(table_of(DETAILS[table.kind]))[column] is words


def test_days_and_words_of_the_detail_decide_what_is_reckoned() -> None:
    """A made-up kind whose limits hang on its own first day and are told apart by a word of its own."""
    kind = replace(CONTACT_ROUND, anchors={"meeting.day": "first_day"}, circumstances={"round_kind": RoundKind})
    detail = {"first_day": date(2026, 9, 15), "round_kind": "after_session"}
    seen: Any = SimpleNamespace(
        lifecycle=kind, detail=detail, row={"kind": kind.kind}, round_kind="none", session={"opening_on": None}
    )
    base = planning.reckoning(seen, Rules((), None))  # type: ignore[arg-type]  # no calendar is asked
    assert base.anchors == {"meeting.day": date(2026, 9, 15)}
    assert base.circumstance == {"kind": kind.kind, "round": "none", "round_kind": "after_session"}
