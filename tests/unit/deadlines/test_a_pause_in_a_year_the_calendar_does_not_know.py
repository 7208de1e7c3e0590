"""What is unknown is the due date, not whether the clock stands still."""

from __future__ import annotations

from datetime import date

from deadlines.calendar import Calendar
from deadlines.clocks import project
from deadlines.loading import shipped_regulations
from deadlines.marks import Mark
from states.milestones import Milestone
from states.reckoning import ClockState


def test_a_clock_paused_at_the_end_of_the_known_years_is_paused_without_a_date(calendar: Calendar) -> None:
    sample = next(r for r in shipped_regulations() if r.code == "sample-2021")
    limit = sample.limit("answer.before_session").switched(pause=True)
    marks = [
        Mark(2, Milestone.RECEIVED_BY_ADDRESSEE, date(2027, 12, 20), referral="r"),
        Mark(3, Milestone.CLARIFICATION_ASKED, date(2027, 12, 27), referral="r"),
    ]
    found = project(
        marks=marks,
        limits=[limit],
        calendar=calendar,
        anchors={},
        circumstance={"kind": "petition", "round": "before_session"},
    )
    assert [(c.state, c.due_on, c.paused_since) for c in found] == [(ClockState.PAUSED, None, date(2027, 12, 27))]
    assert found[0].cause is not None
