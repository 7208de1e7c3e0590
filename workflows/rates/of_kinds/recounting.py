"""The figures of any day from the events alone: of a day in the past, and the proof of `counting` for today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from deadlines.marks import Clock
from models.units import Unit
from states.guards import ENDED_REFERRALS
from states.lifecycle import Lifecycle
from states.reckoning import ClockState, LimitStatus
from workflows.folding import Standing
from workflows.rates.histories import told
from workflows.rates.of_kinds.meanings import LEFT_OUT, RANK, KindTally, Time, limits_of, place_of, without_clock
from workflows.rates.questions import Key, Question
from workflows.regulations import rules_for


def recount(unit: Unit, question: Question, lifecycle: Lifecycle, *, pinned: bool = False) -> dict[Key, KindTally]:
    """Return a tally per row as history stood on `question.as_of`; `pinned` as in `histories.told`."""
    limits = limits_of(lifecycle, rules_for(unit, question.setting))
    tallies: dict[Key, KindTally] = defaultdict(KindTally)
    for one in told(unit, question, lifecycle, pinned=pinned):
        now = one.standing
        clocks = _that_count(one.clocks, limits)
        times = [time_of(lifecycle, now.state, clock, question.as_of) for clock in clocks]
        time = max(times, key=RANK.__getitem__, default=without_clock(lifecycle, now.state))
        place = place_of(lifecycle, state=now.state, dated=now.case.get("received_on") is not None)
        sample = any(clock.status is LimitStatus.SAMPLE for clock in clocks)
        for key in _keys(lifecycle, now, question):
            tallies[key].add(place, time, sample=sample)
            tallies[key].received += place not in LEFT_OUT
    return dict(tallies)


def _keys(lifecycle: Lifecycle, now: Standing, question: Question) -> Iterable[Any]:
    if question.by == "council":
        return (None,)
    if question.by != "agency":
        return (now.case.get(question.by),)
    if lifecycle.charges is not None:
        return (now.detail.get(lifecycle.charges),)
    return {r["agency_id"] for r in now.referrals.values() if r["state"] not in ENDED_REFERRALS} or (None,)


def _that_count(clocks: Iterable[Clock], limits: frozenset[str]) -> list[Clock]:
    """Return the clock that counts for the case, or for each of its referrals: of one place the latest start."""
    found: dict[str | None, Clock] = {}
    for clock in sorted(clocks, key=lambda c: (-c.start_seq, c.limit_code)):
        if clock.limit_code in limits:
            found.setdefault(clock.referral, clock)
    return list(found.values())


def time_of(lifecycle: Lifecycle, state: str, clock: Clock, as_of: date) -> Time:
    """Return how a case in `state` stands in time by one clock on the day `as_of`."""
    due = clock.due_on
    past = due is not None and due < as_of
    if state in lifecycle.rating.done:
        if due is None or clock.provisional or clock.state is not ClockState.MET or clock.met_on is None:
            return "done_undated"
        return "late" if clock.met_on > due else "in_time" if past else "before_due"
    if due is None or clock.provisional:
        return "no_limit" if due is None else "no_receipt"
    if clock.state is ClockState.PAUSED or not past:
        return "paused" if clock.state is ClockState.PAUSED else "not_due"
    if state in lifecycle.rating.partly:
        return "partly"
    return "reported" if clock.state is ClockState.MET else "overdue"
