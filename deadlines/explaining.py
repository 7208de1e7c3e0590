"""A deadline explains itself: the function that set the clock is run again with somebody listening."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from deadlines.calendar import Calendar
from deadlines.clocks import runs
from deadlines.following import follow
from deadlines.limits import TimeLimit
from deadlines.marks import Clock, Mark
from deadlines.telling import Narrator, Step, render
from deadlines.timeliness import days_left_words
from deadlines.wording import full_date
from states.errors import NotFound
from states.text import Text

__all__ = ["explain", "heading", "render"]


def explain(
    clock: Clock,
    *,
    marks: Sequence[Mark],
    limits: Sequence[TimeLimit],
    calendar: Calendar,
    anchors: Mapping[str, date],
    circumstance: Mapping[str, str],
    others: Sequence[Clock] = (),
) -> list[Step]:
    """Return the steps that lead to the due date of `clock`, from the same history that projects it.

    `Mark.document` is shown as it is: give its number ("công văn 71/HĐND-TT"), not an id.
    Raises `NotFound` if that history gives no such clock: a superseded one is explained by the history of its time.
    """
    found = runs(
        marks=marks, limits=limits, calendar=calendar, anchors=anchors, circumstance=circumstance, others=others
    )
    for run, projected in found:
        if projected.key == clock.key:
            narrator = Narrator()
            follow(run, calendar, anchors, narrator)
            return narrator.steps
    raise NotFound(Text("Không có thời hạn này trong nhật ký hiện tại", "The present history gives no such clock"))


def heading(clock: Clock, *, today: date, calendar: Calendar) -> Text:
    """Return "Trả lời lại, hạn thứ Sáu 11/09/2026 (còn 1 ngày làm việc)"."""
    left = days_left_words(clock, today, calendar)
    if clock.due_on is None:
        return Text(f"{clock.label.vi} ({left.vi})", f"{clock.label.en} ({left.en})")
    due = full_date(clock.due_on)
    return Text(f"{clock.label.vi}, hạn {due.vi} ({left.vi})", f"{clock.label.en}, due {due.en} ({left.en})")
