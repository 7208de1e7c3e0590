from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deadlines.calendar import Calendar
from deadlines.clocks import Clock, Mark, project
from deadlines.errors import LimitAmbiguous
from deadlines.explaining import explain
from deadlines.limits import TimeLimit
from deadlines.loading import shipped_regulations
from deadlines.reckoning import Length
from deadlines.timeliness import days_left_words, lateness, timeliness
from states.milestones import Milestone as M
from states.reckoning import ClockState, DayUnit, StepKind, Timeliness

AFTER = {"kind": "petition", "round": "after_session"}
REGULATIONS = {regulation.code: regulation for regulation in shipped_regulations()}
SAMPLE = REGULATIONS["sample-2021"].limits
ANSWER = REGULATIONS["sample-2021"].limit("answer.after_session")
SWITCHED = ANSWER.switched(pause=True, extension=True)
AGAIN = REGULATIONS["office-practice"].limit("answer.again").switched(enabled=True)
ROADMAP = REGULATIONS["roadmap"].limits


def mark(seq: int, milestone: M, on: date | None, referral: str | None = "a") -> Mark:
    return Mark(seq, milestone, on, referral)


def clocks_of(
    calendar: Calendar, marks: Sequence[Mark], *limits: TimeLimit, now_on: date | None = None
) -> tuple[Clock, ...]:
    return project(marks=marks, limits=limits, calendar=calendar, anchors={}, circumstance=AFTER, now_on=now_on)


def only(calendar: Calendar, marks: Sequence[Mark], limit: TimeLimit = SWITCHED) -> Clock:
    (clock,) = clocks_of(calendar, marks, limit)
    return clock


def test_sending_starts_only_a_provisional_clock_and_the_receipt_the_real_one(calendar: Calendar) -> None:
    sent = mark(1, M.SENT, date(2026, 3, 2))
    provisional = only(calendar, [sent])
    assert provisional.provisional
    assert provisional.due_on == date(2026, 4, 1)
    assert days_left_words(provisional, date(2026, 4, 1), calendar).vi == "chưa ghi ngày nhận, hết hạn hôm nay"

    received = only(calendar, [sent, mark(2, M.RECEIVED_BY_ADDRESSEE, date(2026, 3, 5))])
    assert (received.provisional, received.start_seq, received.anchor_on) == (False, 2, date(2026, 3, 5))
    assert received.due_on == date(2026, 4, 6)
    assert received.started_on == date(2026, 3, 6)


def test_a_receipt_with_an_unknown_date_starts_nothing(calendar: Calendar) -> None:
    marks = [mark(1, M.SENT, date(2026, 3, 2)), mark(2, M.RECEIVED_BY_ADDRESSEE, None)]
    assert only(calendar, marks).provisional
    assert clocks_of(calendar, marks[1:], SWITCHED) == ()


def test_an_answer_received_on_the_10th_and_entered_on_the_14th_stops_the_clock_on_the_10th(calendar: Calendar) -> None:
    clock = only(
        calendar, [mark(1, M.RECEIVED_BY_ADDRESSEE, date(2026, 3, 11)), mark(2, M.ANSWER_RECEIVED, date(2026, 4, 10))]
    )
    assert (clock.state, clock.met_on, clock.met_seq) == (ClockState.MET, date(2026, 4, 10), 2)
    assert timeliness(clock, date(2026, 12, 1)) is Timeliness.MET_IN_TIME
    assert lateness(clock, date(2026, 12, 1)) == 0


def test_late_runs_on_until_it_is_met(calendar: Calendar) -> None:
    running = only(calendar, [mark(1, M.RECEIVED_BY_ADDRESSEE, date(2026, 3, 5))])
    assert timeliness(running, date(2026, 4, 6)) is Timeliness.RUNNING
    assert days_left_words(running, date(2026, 4, 1), calendar).vi == "còn 3 ngày làm việc"
    assert days_left_words(running, date(2026, 4, 6), calendar).vi == "hết hạn hôm nay"
    assert days_left_words(running, date(2026, 4, 11), calendar).vi == "quá hạn 5 ngày"
    met = only(
        calendar, [mark(1, M.RECEIVED_BY_ADDRESSEE, date(2026, 3, 5)), mark(2, M.ANSWER_RECEIVED, date(2026, 4, 9))]
    )
    assert timeliness(met, date(2026, 4, 20)) is Timeliness.MET_LATE
    assert days_left_words(met, date(2026, 4, 20), calendar).en == "late by 3 days"


def test_an_answer_whose_date_nobody_knows_stops_the_clock_without_a_verdict(calendar: Calendar) -> None:
    clock = only(calendar, [mark(1, M.RECEIVED_BY_ADDRESSEE, date(2026, 3, 5)), mark(2, M.ANSWER_RECEIVED, None)])
    assert clock.state is ClockState.MET
    assert timeliness(clock, date(2026, 12, 1)) is Timeliness.UNKNOWN


def test_each_addressee_has_a_clock_of_its_own(calendar: Calendar) -> None:
    marks = [
        mark(1, M.RECEIVED_BY_ADDRESSEE, date(2026, 3, 5), "a"),
        mark(2, M.RECEIVED_BY_ADDRESSEE, date(2026, 3, 9), "b"),
        mark(3, M.RETURNED, date(2026, 3, 10), "b"),
        mark(4, M.RECEIVED_BY_ADDRESSEE, date(2026, 3, 12), "c"),
        mark(5, M.ANSWER_RECEIVED, date(2026, 3, 20), "a"),
    ]
    states = {clock.referral: clock.state for clock in clocks_of(calendar, marks, SWITCHED)}
    assert states == {"a": ClockState.MET, "b": ClockState.CANCELLED, "c": ClockState.RUNNING}


def test_a_withdrawn_case_cancels_the_clocks_of_all_its_referrals(calendar: Calendar) -> None:
    marks = [
        mark(1, M.RECEIVED_BY_ADDRESSEE, date(2026, 3, 5), "a"),
        mark(2, M.RECEIVED_BY_ADDRESSEE, date(2026, 3, 9), "b"),
        mark(3, M.WITHDRAWN, date(2026, 3, 10), None),
    ]
    found = clocks_of(calendar, marks, SWITCHED)
    assert {clock.state for clock in found} == {ClockState.CANCELLED}
    assert found[0].cause is not None
    assert "rút hồ sơ" in found[0].cause.vi
    assert (found[0].cancelled_on, found[0].cancelled_seq) == (date(2026, 3, 10), 3)


def test_reopening_and_a_second_receipt_start_a_second_clock(calendar: Calendar) -> None:
    marks = [
        mark(1, M.RECEIVED_BY_ADDRESSEE, date(2026, 3, 5)),
        mark(2, M.ANSWER_RECEIVED, date(2026, 3, 20)),
        mark(3, M.REOPENED, date(2026, 5, 4), None),
        mark(4, M.RECEIVED_BY_ADDRESSEE, date(2026, 5, 6)),
    ]
    first, second = clocks_of(calendar, marks, SWITCHED)
    assert (first.state, first.occurrence) == (ClockState.MET, 1)
    assert (second.state, second.occurrence, second.start_seq) == (ClockState.RUNNING, 2, 4)


def test_a_start_that_recurs_while_the_clock_runs_replaces_it_unless_the_limit_keeps_both(calendar: Calendar) -> None:
    marks = [mark(1, M.NEW_ANSWER_REQUESTED, date(2026, 3, 5)), mark(2, M.NEW_ANSWER_REQUESTED, date(2026, 3, 9))]
    first, second = clocks_of(calendar, marks, AGAIN)
    assert (first.state, second.state) == (ClockState.CANCELLED, ClockState.RUNNING)
    both = clocks_of(calendar, marks, replace(AGAIN, keeps_running=True))
    assert [clock.state for clock in both] == [ClockState.RUNNING, ClockState.RUNNING]


def test_a_pause_keeps_what_is_consumed_and_the_rest_runs_on_after_it(calendar: Calendar) -> None:
    marks = [mark(1, M.RECEIVED_BY_ADDRESSEE, date(2026, 3, 5)), mark(2, M.CLARIFICATION_ASKED, date(2026, 3, 15))]
    paused = only(calendar, marks)
    assert (paused.state, paused.paused_since, paused.consumed_days) == (ClockState.PAUSED, date(2026, 3, 15), 10)
    assert timeliness(paused, date(2027, 1, 1)) is Timeliness.PAUSED
    assert days_left_words(paused, date(2027, 1, 1), calendar).vi == "tạm dừng từ 15/03/2026"

    resumed = only(calendar, [*marks, mark(3, M.CLARIFICATION_GIVEN, date(2026, 3, 25))])
    assert (resumed.state, resumed.running_since) == (ClockState.RUNNING, date(2026, 3, 25))
    assert resumed.due_on == date(2026, 4, 14)
    assert resumed.due_without_options_on == date(2026, 4, 6)


def test_a_pause_in_a_limit_that_does_not_know_pauses_changes_nothing(calendar: Calendar) -> None:
    marks = [mark(1, M.RECEIVED_BY_ADDRESSEE, date(2026, 3, 5)), mark(2, M.CLARIFICATION_ASKED, date(2026, 3, 15))]
    clock = only(calendar, marks, ANSWER)
    assert (clock.state, clock.due_on) == (ClockState.RUNNING, date(2026, 4, 6))


def test_a_pause_after_the_last_day_does_not_mend_lateness(calendar: Calendar) -> None:
    marks = [mark(1, M.RECEIVED_BY_ADDRESSEE, date(2026, 3, 5)), mark(2, M.CLARIFICATION_ASKED, date(2026, 4, 20))]
    assert timeliness(only(calendar, marks), date(2026, 4, 21)) is Timeliness.OVERDUE


def test_a_pause_entered_after_the_answer_counts_on_its_own_day(calendar: Calendar) -> None:
    marks = [
        mark(1, M.RECEIVED_BY_ADDRESSEE, date(2026, 3, 5)),
        mark(2, M.ANSWER_RECEIVED, date(2026, 4, 10)),
        mark(3, M.CLARIFICATION_ASKED, date(2026, 3, 15)),
        mark(4, M.CLARIFICATION_GIVEN, date(2026, 3, 25)),
    ]
    clock = only(calendar, marks)
    assert (clock.due_on, clock.met_on) == (date(2026, 4, 14), date(2026, 4, 10))
    assert timeliness(clock, date(2026, 5, 1)) is Timeliness.MET_IN_TIME


def test_a_resumption_dated_before_its_pause_ends_it_at_once(calendar: Calendar) -> None:
    marks = [
        mark(1, M.RECEIVED_BY_ADDRESSEE, date(2026, 3, 5)),
        mark(2, M.CLARIFICATION_ASKED, date(2026, 3, 15)),
        mark(3, M.CLARIFICATION_GIVEN, date(2026, 3, 12)),
    ]
    clock = only(calendar, marks)
    assert (clock.state, clock.due_on) == (ClockState.RUNNING, date(2026, 4, 6))


def test_a_receipt_entered_after_the_answer_still_gives_a_clock_that_is_met(calendar: Calendar) -> None:
    marks = [
        mark(1, M.SENT, date(2026, 3, 2)),
        mark(2, M.ANSWER_RECEIVED, date(2026, 3, 30)),
        mark(3, M.RECEIVED_BY_ADDRESSEE, date(2026, 3, 5)),
    ]
    clock = only(calendar, marks)
    assert (clock.provisional, clock.anchor_on, clock.start_seq) == (False, date(2026, 3, 5), 3)
    assert (clock.state, clock.met_on) == (ClockState.MET, date(2026, 3, 30))


def test_an_extension_in_working_days_to_a_sunday_reaches_the_monday(calendar: Calendar) -> None:
    limit = replace(SWITCHED, length=Length(7, DayUnit.WORKING), max_extension=Length(9, DayUnit.WORKING))
    marks = [
        mark(1, M.RECEIVED_BY_ADDRESSEE, date(2026, 3, 5)),
        replace(mark(2, M.EXTENSION_GRANTED, date(2026, 3, 9)), until=date(2026, 3, 22)),
    ]
    assert only(calendar, marks, limit).due_on == date(2026, 3, 23)


def test_an_answer_that_comes_while_paused_is_measured_as_if_resumed_that_day(calendar: Calendar) -> None:
    marks = [
        mark(1, M.RECEIVED_BY_ADDRESSEE, date(2026, 3, 5)),
        mark(2, M.CLARIFICATION_ASKED, date(2026, 3, 15)),
        mark(3, M.ANSWER_RECEIVED, date(2026, 5, 20)),
    ]
    clock = only(calendar, marks)
    assert (clock.state, clock.paused_since) == (ClockState.MET, None)
    assert timeliness(clock, date(2026, 6, 1)) is Timeliness.MET_IN_TIME


@pytest.mark.parametrize(
    ("until", "days", "due"),
    [
        (date(2026, 4, 17), None, date(2026, 4, 17)),
        (None, 10, date(2026, 4, 14)),
        (date(2026, 12, 31), None, date(2026, 5, 4)),
        (None, 200, date(2026, 5, 4)),
        (date(2026, 3, 20), None, date(2026, 4, 6)),
    ],
)
def test_an_extension_to_a_date_or_by_days_stops_at_its_maximum(
    calendar: Calendar, until: date | None, days: int | None, due: date
) -> None:
    marks = [
        mark(1, M.RECEIVED_BY_ADDRESSEE, date(2026, 3, 5)),
        replace(mark(2, M.EXTENSION_GRANTED, date(2026, 3, 20)), until=until, days=days),
    ]
    clock = only(calendar, marks)
    assert clock.due_on == due
    assert clock.due_without_options_on == date(2026, 4, 6)
    assert clock.extended_to == (None if due == date(2026, 4, 6) else due)


def test_two_extensions_together_stop_at_the_maximum(calendar: Calendar) -> None:
    grant = replace(mark(2, M.EXTENSION_GRANTED, date(2026, 3, 20)), days=20)
    marks = [mark(1, M.RECEIVED_BY_ADDRESSEE, date(2026, 3, 5)), grant, replace(grant, seq=3)]
    assert only(calendar, marks).raw_due_on == date(2026, 3, 5) + timedelta(days=60)


def test_the_cap_before_the_session_counts_where_it_is_earlier_and_is_off_by_default(calendar: Calendar) -> None:
    marks = [mark(1, M.RECEIVED_BY_ADDRESSEE, date(2026, 6, 15))]
    opening = {"session.opening": date(2026, 7, 6)}

    def due(limit: TimeLimit, anchors: dict[str, date]) -> tuple[date | None, date | None]:
        (clock,) = project(marks=marks, limits=[limit], calendar=calendar, anchors=anchors, circumstance=AFTER)
        return clock.due_on, clock.due_without_options_on

    assert due(ANSWER, opening) == (date(2026, 7, 15), date(2026, 7, 15))
    assert due(ANSWER.switched(not_after=True), opening) == (date(2026, 7, 3), date(2026, 7, 15))
    assert due(ANSWER.switched(not_after=True), {}) == (date(2026, 7, 15), date(2026, 7, 15))
    past = {"session.opening": date(2026, 1, 6)}
    assert due(ANSWER.switched(not_after=True), past) == (date(2026, 7, 15), date(2026, 7, 15))


def test_no_limit_for_a_thematic_round_means_no_clock(calendar: Calendar) -> None:
    marks = [mark(1, M.RECEIVED_BY_ADDRESSEE, date(2026, 6, 15))]
    thematic = {"kind": "petition", "round": "thematic"}
    assert project(marks=marks, limits=SAMPLE, calendar=calendar, anchors={}, circumstance=thematic) == ()


def test_a_disabled_limit_never_makes_a_clock(calendar: Calendar) -> None:
    marks = [mark(1, M.NEW_ANSWER_REQUESTED, date(2026, 6, 15))]
    assert clocks_of(calendar, marks, AGAIN.switched(enabled=False)) == ()


def test_two_regulations_that_both_answer_are_refused(calendar: Calendar) -> None:
    other = replace(ANSWER, regulation="province", code="answer.other")
    with pytest.raises(LimitAmbiguous, match=r"province/answer\.other"):
        clocks_of(calendar, [], ANSWER, other)


def test_a_fact_before_the_regulation_was_in_force_starts_no_clock(calendar: Calendar) -> None:
    assert clocks_of(calendar, [mark(1, M.RECEIVED_BY_ADDRESSEE, date(2021, 8, 22))], ANSWER) == ()


def test_an_old_register_beyond_the_calendar_gets_a_clock_without_a_date(calendar: Calendar) -> None:
    old = replace(ANSWER, in_force_from=None)
    marks = [mark(1, M.RECEIVED_BY_ADDRESSEE, date(2018, 5, 3)), mark(2, M.ANSWER_RECEIVED, date(2018, 5, 20))]
    running, met = only(calendar, marks[:1], old), only(calendar, marks, old)
    assert (running.due_on, running.state, met.state) == (None, ClockState.RUNNING, ClockState.MET)
    assert running.cause is not None
    assert "2021-2027" in running.cause.vi
    assert timeliness(running, date(2026, 1, 1)) is Timeliness.UNKNOWN
    assert days_left_words(running, date(2026, 1, 1), calendar).vi == "chưa tính được hạn"


def judged(seq: int, on: date, *also: M, until: date | None = None, review_on: date | None = None) -> list[Mark]:
    given = {} if review_on is None else {"review_on": review_on}
    return [Mark(seq, milestone, on, until=until, given=given) for milestone in (M.JUDGED, *also)]


def test_a_roadmap_is_due_on_its_own_date_and_a_new_one_replaces_it(calendar: Calendar) -> None:
    first = judged(5, date(2026, 5, 4), M.ROADMAP_SET, until=date(2026, 10, 31), review_on=date(2026, 8, 1))
    second = judged(6, date(2026, 10, 1), M.ROADMAP_SET, until=date(2029, 3, 31), review_on=date(2026, 12, 1))
    found = {(c.role, c.start_seq): c for c in clocks_of(calendar, [*first, *second], *ROADMAP)}
    assert found["resolution", 5].state is ClockState.CANCELLED
    assert found["resolution", 6].due_on == date(2029, 3, 31)
    assert (found["review", 5].state, found["review", 5].met_on) == (ClockState.MET, date(2026, 10, 1))
    assert (found["review", 6].state, found["review", 6].due_on) == (ClockState.RUNNING, date(2026, 12, 1))
    closed = clocks_of(calendar, [*first, *judged(7, date(2026, 9, 1), M.CLOSED)], *ROADMAP)
    assert {clock.state for clock in closed} == {ClockState.MET}


def test_a_final_judgement_promises_nothing_even_if_it_names_a_date(calendar: Calendar) -> None:
    final = judged(5, date(2026, 5, 4), M.CLOSED, until=date(2026, 10, 31), review_on=date(2026, 8, 1))
    assert clocks_of(calendar, final, *ROADMAP) == ()


def test_what_the_same_event_marks_after_the_start_ends_the_clock_at_once(calendar: Calendar) -> None:
    periodic = REGULATIONS["office-practice"].limit("review.periodic").switched(enabled=True)
    (closed,) = clocks_of(calendar, judged(5, date(2026, 5, 4), M.CLOSED), periodic)
    (still_open,) = clocks_of(calendar, judged(5, date(2026, 5, 4), M.ROADMAP_SET), periodic)
    assert (closed.state, closed.met_on) == (ClockState.MET, date(2026, 5, 4))
    assert (still_open.state, still_open.due_on) == (ClockState.RUNNING, date(2026, 8, 4))


def test_as_of_a_day_nothing_later_is_known(calendar: Calendar) -> None:
    marks = [mark(1, M.RECEIVED_BY_ADDRESSEE, date(2026, 3, 5)), mark(2, M.ANSWER_RECEIVED, date(2026, 4, 9))]
    (clock,) = clocks_of(calendar, marks, ANSWER, now_on=date(2026, 4, 8))
    assert clock.state is ClockState.RUNNING


LIMITS = st.sampled_from(
    [
        SWITCHED,
        replace(SWITCHED, length=Length(7, DayUnit.WORKING), max_extension=Length(5, DayUnit.WORKING)),
        replace(SWITCHED, length=Length(2, DayUnit.MONTH)),
    ]
)
OFFSETS = st.integers(0, 90)
HAPPENINGS = st.lists(
    st.tuples(
        st.sampled_from(
            [M.CLARIFICATION_ASKED, M.CLARIFICATION_GIVEN, M.EXTENSION_GRANTED, M.ANSWER_RECEIVED, M.RETURNED, M.SENT]
        ),
        st.one_of(st.none(), OFFSETS),
        st.integers(1, 40),
        st.booleans(),
    ),
    max_size=7,
)


def history(received: date, happenings: Sequence[tuple[M, int | None, int, bool]]) -> list[Mark]:
    marks = [mark(1, M.RECEIVED_BY_ADDRESSEE, received)]
    for seq, (milestone, offset, days, to_a_date) in enumerate(happenings, start=2):
        on = None if offset is None else received + timedelta(days=offset)
        until = received + timedelta(days=days * 3) if to_a_date else None
        marks.append(replace(mark(seq, milestone, on), until=until, days=None if to_a_date else days))
    return marks


@settings(deadline=None)
@given(limit=LIMITS, received=st.dates(date(2022, 1, 1), date(2026, 3, 1)), happenings=HAPPENINGS, at=OFFSETS)
def test_pause_and_resume_at_once_changes_nothing(
    calendar: Calendar, limit: TimeLimit, received: date, happenings: list[tuple[M, int | None, int, bool]], at: int
) -> None:
    paused = {M.CLARIFICATION_ASKED, M.CLARIFICATION_GIVEN}
    without = [m for m in history(received, happenings) if m.milestone not in paused]
    day, last = received + timedelta(days=at), len(happenings) + 2
    blink = [mark(last, M.CLARIFICATION_ASKED, day), mark(last + 1, M.CLARIFICATION_GIVEN, day)]
    plain, blinked = only(calendar, without, limit), only(calendar, [*without, *blink], limit)
    assert (plain.due_on, plain.state, plain.extended_to) == (blinked.due_on, blinked.state, blinked.extended_to)


@settings(deadline=None)
@given(limit=LIMITS, received=st.dates(date(2022, 1, 1), date(2026, 3, 1)), happenings=HAPPENINGS)
def test_the_explanation_of_any_history_ends_on_the_date_of_the_clock(
    calendar: Calendar, limit: TimeLimit, received: date, happenings: list[tuple[M, int | None, int, bool]]
) -> None:
    marks = history(received, happenings)
    for clock in clocks_of(calendar, marks, limit):
        steps = explain(clock, marks=marks, limits=[limit], calendar=calendar, anchors={}, circumstance=AFTER)
        (result,) = (step for step in steps if step.kind is StepKind.RESULT)
        assert result.day_from == clock.due_on
        counted = [step for step in steps if step.kind in {StepKind.COUNTED, StepKind.ROLL, StepKind.SKIPPED}]
        assert not counted or max(step.day_to or date.min for step in counted) == clock.due_on


@settings(deadline=None)
@given(limit=LIMITS, received=st.dates(date(2022, 1, 1), date(2026, 3, 1)), pause=st.integers(0, 29), days=OFFSETS)
def test_a_pause_never_shortens_a_limit(
    calendar: Calendar, limit: TimeLimit, received: date, pause: int, days: int
) -> None:
    asked = received + timedelta(days=pause)
    marks = [
        mark(1, M.RECEIVED_BY_ADDRESSEE, received),
        mark(2, M.CLARIFICATION_ASKED, asked),
        mark(3, M.CLARIFICATION_GIVEN, asked + timedelta(days=days)),
    ]
    clock = only(calendar, marks, limit)
    assert clock.due_on is not None
    assert clock.due_without_options_on is not None
    assert clock.due_on >= clock.due_without_options_on
