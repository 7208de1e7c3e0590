from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from deadlines.announcements import Announcement, shipped_announcements
from deadlines.calendar import Calendar, build_calendar
from deadlines.clocks import Clock, Mark, project
from deadlines.differences import StoredClock, differences
from deadlines.limits import TimeLimit
from deadlines.loading import shipped_regulations
from states.milestones import Milestone as M
from states.reckoning import AnnouncementKind, AnnouncementStatus, ClockState, SupersedeReason
from states.text import Text

REGULATIONS = {regulation.code: regulation for regulation in shipped_regulations()}
ANSWER = REGULATIONS["sample-2021"].limit("answer.after_session").switched(pause=True, extension=True)
PLAN = REGULATIONS["sample-2021"].limit("plan.before_session")
SENT = Mark(1, M.SENT, date(2026, 3, 2), "a")
RECEIVED = Mark(2, M.RECEIVED_BY_ADDRESSEE, date(2026, 3, 5), "a")


def clocks_of(calendar: Calendar, marks: Sequence[Mark], limit: TimeLimit = ANSWER) -> tuple[Clock, ...]:
    circumstance = {"kind": "petition", "round": "after_session"}
    return project(marks=marks, limits=[limit], calendar=calendar, anchors={}, circumstance=circumstance)


def stored(clocks: Sequence[Clock]) -> list[StoredClock[int]]:
    return [StoredClock(id=n, revision=1, clock=clock) for n, clock in enumerate(clocks)]


def test_nothing_changed_nothing_is_written(calendar: Calendar) -> None:
    clocks = clocks_of(calendar, [SENT, RECEIVED])
    assert not differences(stored(clocks), clocks)
    assert differences([], clocks).insert == clocks


def test_the_receipt_supersedes_the_provisional_clock(calendar: Calendar) -> None:
    provisional, real = clocks_of(calendar, [SENT]), clocks_of(calendar, [SENT, RECEIVED])
    changes = differences(stored(provisional), real)
    assert [(s.stored.id, s.reason, s.by) for s in changes.supersede] == [(0, SupersedeReason.RECEIPT_KNOWN, real[0])]
    assert changes.insert == real
    assert changes.update == ()


def test_a_corrected_receipt_supersedes_the_clock_and_keeps_the_old_one(calendar: Calendar) -> None:
    before = clocks_of(calendar, [RECEIVED])
    after = clocks_of(calendar, [replace(RECEIVED, on=date(2026, 3, 9))])
    changes = differences(stored(before), after)
    assert [s.reason for s in changes.supersede] == [SupersedeReason.ANCHOR_MOVED]
    assert changes.insert == after


def test_a_receipt_that_never_was_leaves_nothing_but_the_superseded_clock(calendar: Calendar) -> None:
    changes = differences(stored(clocks_of(calendar, [RECEIVED])), ())
    assert [s.reason for s in changes.supersede] == [SupersedeReason.GROUND_GONE]
    assert changes.insert == ()


def test_pause_extension_and_answer_update_the_same_clock_with_its_next_revision(calendar: Calendar) -> None:
    before = clocks_of(calendar, [RECEIVED])
    extended = Mark(3, M.EXTENSION_GRANTED, date(2026, 3, 20), "a", days=10)
    (update,) = differences(stored(before), clocks_of(calendar, [RECEIVED, extended])).update
    assert (update.revision, update.due_moved, update.clock.due_on) == (2, True, date(2026, 4, 14))
    answered = Mark(3, M.ANSWER_RECEIVED, date(2026, 3, 20), "a")
    (update,) = differences(stored(before), clocks_of(calendar, [RECEIVED, answered])).update
    assert (update.due_moved, update.clock.state) == (False, ClockState.MET)


def test_a_session_that_moves_supersedes_the_clocks_that_hang_on_it(calendar: Calendar) -> None:
    def plan(opening: date) -> tuple[Clock, ...]:
        return project(
            marks=[Mark(1, M.ROUND_OPENED, date(2026, 5, 4))],
            limits=[PLAN],
            calendar=calendar,
            anchors={"session.opening": opening},
            circumstance={"kind": "contact_round", "round": "before_session"},
        )

    changes = differences(stored(plan(date(2026, 7, 7))), plan(date(2026, 7, 14)))
    assert [s.reason for s in changes.supersede] == [SupersedeReason.ANCHOR_MOVED]
    assert [clock.due_on for clock in changes.insert] == [date(2026, 6, 12)]


def test_a_new_announcement_supersedes_only_the_clocks_whose_date_it_moves(calendar: Calendar) -> None:
    off = Announcement(
        date(2026, 4, 6), AnnouncementKind.OFF, Text("Nghỉ thử", "Test"), "công văn thử", AnnouncementStatus.ANNOUNCED
    )
    later = build_calendar([*shipped_announcements(), off])
    moved = differences(stored(clocks_of(calendar, [RECEIVED])), clocks_of(later, [RECEIVED]))
    assert [s.reason for s in moved.supersede] == [SupersedeReason.CALENDAR_CHANGED]
    assert [clock.due_on for clock in moved.insert] == [date(2026, 4, 7)]
    other = replace(RECEIVED, on=date(2026, 3, 10))
    assert not differences(stored(clocks_of(calendar, [other])), clocks_of(later, [other]))


def test_another_version_of_the_regulation_supersedes(calendar: Calendar) -> None:
    newer = replace(ANSWER, regulation_version="2")
    changes = differences(stored(clocks_of(calendar, [RECEIVED])), clocks_of(calendar, [RECEIVED], newer))
    assert [s.reason for s in changes.supersede] == [SupersedeReason.REGULATION_CHANGED]


def test_a_roadmap_with_another_date_in_the_same_event_is_another_clock(calendar: Calendar) -> None:
    resolution = REGULATIONS["roadmap"].limit("roadmap.resolution")
    first = Mark(5, M.ROADMAP_SET, date(2026, 5, 4), until=date(2026, 10, 31))
    before = clocks_of(calendar, [first], resolution)
    after = clocks_of(calendar, [replace(first, until=date(2026, 11, 30))], resolution)
    assert [s.reason for s in differences(stored(before), after).supersede] == [SupersedeReason.ANCHOR_MOVED]


def test_applying_the_differences_gives_what_history_gives(calendar: Calendar) -> None:
    before = clocks_of(calendar, [SENT, RECEIVED, Mark(3, M.RECEIVED_BY_ADDRESSEE, date(2026, 3, 6), "b")])
    answered = Mark(4, M.ANSWER_RECEIVED, date(2026, 3, 20), "a")
    after = clocks_of(calendar, [SENT, replace(RECEIVED, on=date(2026, 3, 9)), answered])
    rows = {row.id: row.clock for row in stored(before)}
    changes = differences(stored(before), after)
    for gone in changes.supersede:
        del rows[gone.stored.id]
    rows |= {update.stored.id: update.clock for update in changes.update}
    assert {*rows.values(), *changes.insert} == set(after)
