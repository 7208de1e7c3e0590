"""Which marks, anchors and other clocks start a limit, on which subject, and what ends each start."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from deadlines.limits import TimeLimit
from deadlines.marks import Clock, Mark
from states.reckoning import ClockState, Subject

OPENING_SEQ = 1
"""The event that opened the case: the start of clocks that hang on a day and on no event of their own."""


@dataclass(frozen=True, slots=True)
class Run:
    """One start of one limit: everything needed to follow it to its end.

    `seen` are the marks after the start that concern its subject; the mark at `replaced_at` starts the next run.
    """

    limit: TimeLimit
    referral: str | None
    seq: int
    occurrence: int
    anchor_on: date
    seen: tuple[Mark, ...]
    mark: Mark | None = None
    source: Clock | None = None
    given_on: date | None = None
    provisional: bool = False
    replaced_at: int | None = None


@dataclass(frozen=True, slots=True)
class _Start:
    mark: Mark
    anchor_on: date
    given_on: date | None = None
    provisional: bool = False
    born: Mark | None = None

    def later(self, marks: Sequence[Mark]) -> tuple[Mark, ...]:
        """Return what comes after the start: also what the same event marks after it, never what it marks before."""
        places = [id(mark) for mark in marks]
        after = places.index(id(self.born or self.mark)) + 1
        return tuple(mark for mark in marks[after:] if mark is not self.mark)


def runs_from_marks(limit: TimeLimit, marks: Sequence[Mark]) -> list[Run]:
    """Return the runs of a limit that milestones start, per referral or for the case as a whole."""
    found: list[Run] = []
    for subject in _subjects(limit, marks):
        concerning = marks if subject is None else [m for m in marks if m.referral in (subject, None)]
        own = marks if limit.per is Subject.CASE else [m for m in marks if m.referral == subject]
        starts = _starts(limit, own)
        ends = [] if limit.keeps_running else [start.mark.seq for start in starts]
        ends += [mark.seq for mark in own if _takes_the_date_away(limit, mark)]
        for number, start in enumerate(starts, start=1):
            replaced_at = min((seq for seq in ends if seq > start.mark.seq), default=None)
            found.append(
                Run(
                    limit=limit,
                    referral=subject,
                    seq=start.mark.seq,
                    occurrence=number,
                    anchor_on=start.anchor_on,
                    seen=start.later(concerning),
                    mark=start.mark,
                    given_on=start.given_on,
                    provisional=start.provisional,
                    replaced_at=replaced_at,
                )
            )
    return found


def runs_from_anchor(limit: TimeLimit, marks: Sequence[Mark], anchors: Mapping[str, date]) -> list[Run]:
    """Return the run of a limit that hangs on a session or another day; none while that is unknown.

    What restarts it (the day was put off) makes all that came before count no more.
    """
    day = anchors.get(limit.anchor or "")
    if day is None or not limit.in_force(day):
        return []
    again = [place for place, mark in enumerate(marks) if mark.milestone in limit.restarts_on]
    seen = tuple(marks[again[-1] + 1 :] if again else marks)
    seq = marks[again[-1]].seq if again else OPENING_SEQ
    return [Run(limit=limit, referral=None, seq=seq, occurrence=len(again) + 1, anchor_on=day, seen=seen)]


def runs_from_clocks(limit: TimeLimit, marks: Sequence[Mark], clocks: Iterable[Clock]) -> list[Run]:
    """Return the runs that begin with the due date of another clock.

    Per case the latest due date of that role counts; per referral the latest start of each referral.
    """
    sources = [c for c in clocks if c.role == limit.after_clock and c.state is not ClockState.CANCELLED and c.due_on]
    if limit.per is Subject.CASE:
        chosen = sorted(sources, key=lambda c: (c.due_on or date.min, c.start_seq))[-1:]
        return [run for clock in chosen for run in _run_after(limit, clock, None, marks)]
    latest = {clock.referral: clock for clock in sorted(sources, key=lambda c: c.start_seq)}
    return [run for referral, clock in latest.items() for run in _run_after(limit, clock, referral, marks)]


def _run_after(limit: TimeLimit, clock: Clock, referral: str | None, marks: Sequence[Mark]) -> list[Run]:
    if clock.due_on is None or not limit.in_force(clock.due_on):
        return []
    seen = tuple(m for m in marks if m.seq > clock.start_seq and (referral is None or m.referral in (referral, None)))
    run = Run(
        limit=limit,
        referral=referral,
        seq=clock.start_seq,
        occurrence=clock.occurrence,
        anchor_on=clock.due_on,
        seen=seen,
        source=clock,
        provisional=clock.provisional,
    )
    return [run]


def _subjects(limit: TimeLimit, marks: Sequence[Mark]) -> list[str | None]:
    if limit.per is Subject.CASE:
        return [None]
    beginning = {*limit.starts, *limit.restarts_on, limit.provisional_from}
    return list(dict.fromkeys(m.referral for m in marks if m.milestone in beginning))


def _starts(limit: TimeLimit, marks: Iterable[Mark]) -> list[_Start]:
    """List the starts in order. A provisional one disappears with the first real one, which inherits its place."""
    starts: list[_Start] = []
    for mark in marks:
        start = _start_at(limit, mark)
        if start is None or (starts and starts[-1].mark.seq == mark.seq):
            continue
        if start.provisional and any(not earlier.provisional for earlier in starts):
            continue  # sent again after it was received: the receipt stands
        if starts and starts[-1].provisional:
            earlier = starts.pop()
            start = start if start.provisional else replace(start, born=earlier.mark)
        starts.append(start)
    return starts


def _takes_the_date_away(limit: TimeLimit, mark: Mark) -> bool:
    """Tell whether a fact that would name the date names none: the date named before no longer holds."""
    return limit.given is not None and mark.milestone in limit.starts and mark.date_named(limit.given) is None


def _start_at(limit: TimeLimit, mark: Mark) -> _Start | None:
    starting = mark.milestone in limit.starts or mark.milestone in limit.restarts_on
    if not starting and mark.milestone is not limit.provisional_from:
        return None
    given = mark.date_named(limit.given) if limit.given and starting else None
    anchor = mark.on or given
    if anchor is None or not limit.in_force(anchor) or (limit.given is not None and given is None):
        return None
    return _Start(mark, anchor, given, provisional=not starting)
