"""The figures of petitions on any day from the events alone.

For a day in the past it is the implementation; for today it is the proof of `counting`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from uuid import UUID

from deadlines.marks import Clock
from models.units import Unit
from states.guards import ENDED_REFERRALS
from states.petition import PETITION
from states.reckoning import ClockState, LimitStatus
from states.referral import R
from workflows.rates.counting import ANSWER
from workflows.rates.definitions import (
    ANSWERED_REFERRALS,
    ANSWERED_STATES,
    LEFT_OUT,
    RANK,
    Time,
    outcome_of,
    place_of,
    time_of_unsent,
)
from workflows.rates.histories import Told, told
from workflows.rates.questions import Key, Question
from workflows.rates.tallies import Counted, Tally


def recount(unit: Unit, question: Question, *, pinned: bool = False) -> dict[Key, Tally]:
    """Return a tally per row as history stood on `question.as_of`; `pinned` as in `histories.told`."""
    tallies: dict[Key, Tally] = defaultdict(Tally)
    for one in told(unit, question, PETITION, pinned=pinned):
        one.clocks = [clock for clock in one.clocks if clock.role == ANSWER]
        for key, counted in _counted(one, question):
            tallies[key].add(counted)
            tallies[key].received += counted.place not in LEFT_OUT
    return dict(tallies)


def _counted(one: Told, question: Question) -> Iterator[tuple[Key, Counted]]:
    """Yield what a petition adds to the table, under which key: itself once, or each of its referrals."""
    now = one.standing
    if not question.of_referrals:
        key = now.case.get(question.by) if question.by in {"field", "locality"} else None
        live = [key for key, r in now.referrals.items() if r["state"] not in ENDED_REFERRALS]
        yield key, _one(one, live, question, None, answered=now.state in ANSWERED_STATES)
        return
    for referral, values in now.referrals.items():
        state = values["state"]
        yield values["agency_id"], _one(one, [referral], question, state, answered=state in ANSWERED_REFERRALS)


def _one(
    one: Told, referrals: Sequence[UUID], question: Question, referral_state: str | None, *, answered: bool
) -> Counted:
    """Say how a petition is counted with these of its referrals, or one referral whose state is given."""
    now = one.standing
    found = [(now.referrals[key]["state"], _clock_of(one.clocks, key)) for key in referrals]
    return Counted(
        place=place_of(
            state=now.state,
            level=now.case.get("level"),
            nature=now.detail.get("nature"),
            own=question.own,
            dated=now.case.get("received_on") is not None,
            referral=referral_state,
        ),
        answered=answered,
        time=_worst(found, now.state, question.as_of, plain=False),
        time_without_options=_worst(found, now.state, question.as_of, plain=True),
        outcome=outcome_of(state=now.state, judged=now.case.get("result_judged"), answered=answered),
        sample=any(clock is not None and clock.status is LimitStatus.SAMPLE for _, clock in found),
    )


def _worst(found: Iterable[tuple[str, Clock | None]], state: str, as_of: date, *, plain: bool) -> Time:
    """Return how several addressees together stand in time; nobody was asked where there is none."""
    times = [time_of(referral, clock, as_of, plain=plain) for referral, clock in found]
    return max(times, key=RANK.__getitem__, default=time_of_unsent(state))


def _clock_of(clocks: Iterable[Clock], referral: UUID) -> Clock | None:
    """Return the clock that counts for a referral: its own before the case's, the latest start first."""
    theirs = [clock for clock in clocks if clock.referral in (str(referral), None)]
    return min(theirs, key=lambda c: (c.referral is None, -c.start_seq, c.limit_code), default=None)


def time_of(state: str, clock: Clock | None, as_of: date, *, plain: bool) -> Time:
    """Return how a referral stands in time; `plain` counts by the date without extensions, pauses and caps."""
    if state == R.PREPARED:
        return "not_sent"
    due = None if clock is None else (clock.due_without_options_on if plain else clock.due_on)
    if state in ANSWERED_REFERRALS:
        return _answered(clock, due)
    if state == R.SENT_BACK and (clock is None or clock.state is ClockState.MET):
        return "sent_back"
    if clock is None or due is None:
        return "no_limit"
    return _waiting(clock, due, as_of, plain=plain)


def _answered(clock: Clock | None, due: date | None) -> Time:
    if clock is None or due is None or clock.provisional:
        return "answered_undated"
    if clock.state is not ClockState.MET or clock.met_on is None:
        return "answered_undated"
    return "late" if clock.met_on > due else "in_time"


def _waiting(clock: Clock, due: date, as_of: date, *, plain: bool) -> Time:
    past = due < as_of
    if clock.provisional:
        return "no_receipt_past" if past else "no_receipt"
    if clock.state is ClockState.PAUSED and not plain:
        return "paused"
    return "overdue" if past else "not_due"
