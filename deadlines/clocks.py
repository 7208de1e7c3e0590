"""Clocks as a pure function of history: marks, limits, calendar and anchors in, clocks out. Nothing else is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from deadlines.calendar import Calendar
from deadlines.errors import LimitAmbiguous
from deadlines.following import follow
from deadlines.limits import ANCHORS, TimeLimit, overlapping
from deadlines.marks import Clock, ClockKey, Mark
from deadlines.starting import OPENING_SEQ, Run, runs_from_anchor, runs_from_clocks, runs_from_marks
from states.text import Text

__all__ = ["OPENING_SEQ", "Clock", "ClockKey", "Mark", "project", "runs"]


def project(
    *,
    marks: Sequence[Mark],
    limits: Sequence[TimeLimit],
    calendar: Calendar,
    anchors: Mapping[str, date],
    circumstance: Mapping[str, str],
    now_on: date | None = None,
    others: Sequence[Clock] = (),
) -> tuple[Clock, ...]:
    """Return every clock that history gives, ordered by start and limit; superseded ones are the ledger's to keep.

    `marks` are corrected and ordered by sequence; with `now_on`, facts dated after that day are left out ("as of").
    `limits` are those the council adopted: disabled ones and those of other circumstances are passed over.
    `others` are clocks of the same case under other regulations: limits here may begin with their due dates.
    `anchors` holds the days that limits hang on ("session.opening"); clocks hanging on an absent one do not exist yet.
    Raises `LimitAmbiguous` if two enabled limits of one role match the circumstance.
    """
    return tuple(
        clock
        for _, clock in runs(
            marks=marks,
            limits=limits,
            calendar=calendar,
            anchors=anchors,
            circumstance=circumstance,
            now_on=now_on,
            others=others,
        )
    )


def runs(
    *,
    marks: Sequence[Mark],
    limits: Sequence[TimeLimit],
    calendar: Calendar,
    anchors: Mapping[str, date],
    circumstance: Mapping[str, str],
    now_on: date | None = None,
    others: Sequence[Clock] = (),
) -> list[tuple[Run, Clock]]:
    """Return each start with the clock that follows from it; `project` keeps the clocks, `explain` replays one."""
    known = [m for m in marks if now_on is None or m.on is None or m.on <= now_on]
    chosen = [limit for limit in limits if limit.enabled and limit.matches(circumstance)]
    _refuse_ambiguity(chosen)
    done: list[tuple[Run, Clock]] = []
    for limit in _sources_first(chosen):
        started = _runs_of(limit, known, anchors, [*others, *(clock for _, clock in done)])
        done += [(run, follow(run, calendar, anchors)) for run in started]
    return sorted(done, key=lambda pair: (pair[1].start_seq, pair[1].limit_code, pair[1].referral or ""))


def _runs_of(
    limit: TimeLimit, marks: Sequence[Mark], anchors: Mapping[str, date], clocks: Iterable[Clock]
) -> list[Run]:
    if limit.anchor is not None:
        return runs_from_anchor(limit, marks, anchors)
    if limit.after_clock is not None:
        return runs_from_clocks(limit, marks, clocks)
    if limit.given in ANCHORS:
        marks = [replace(mark, given={**mark.given, **anchors}) for mark in marks]
    return runs_from_marks(limit, marks)


def _sources_first(limits: Sequence[TimeLimit]) -> list[TimeLimit]:
    """Order limits so that a clock comes before those that begin with its due date; a circle never begins."""
    ordered = [limit for limit in limits if limit.after_clock is None]
    waiting = [limit for limit in limits if limit.after_clock is not None]
    roles = {limit.role for limit in waiting}
    while waiting:
        ready = [limit for limit in waiting if limit.after_clock not in roles]
        if not ready:
            break
        ordered += ready
        waiting = [limit for limit in waiting if limit not in ready]
        roles = {limit.role for limit in waiting}
    return ordered


def _refuse_ambiguity(limits: Sequence[TimeLimit]) -> None:
    for a, b in overlapping(limits):
        raise LimitAmbiguous(
            Text(
                f"{a.regulation}/{a.code} và {b.regulation}/{b.code} cùng là thời hạn «{a.role}»."
                " Hãy tắt bớt, chỉ giữ một.",
                f"{a.regulation}/{a.code} and {b.regulation}/{b.code} are both the limit {a.role!r}."
                " Switch one of them off.",
            ),
            role=a.role,
            limits=f"{a.regulation}/{a.code}, {b.regulation}/{b.code}",
        )
