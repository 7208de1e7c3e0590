"""The figures of any day from the events alone: folded, and their clocks projected anew from the adopted limits.

It asks no row of cases, referrals or clocks for a value, only which cases the actor may see. For a day in the past it
is the implementation; for today it is the proof of `counting`. The limits are those adopted now, counted by the
newest calendar.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from deadlines.marks import Clock
from models.cases import Case
from models.columns import table_of
from models.councils import CouncilSession
from models.history import Event
from models.timing import ClockRow
from models.units import Unit
from states.contact_round import CONTACT_ROUND
from states.guards import ENDED_REFERRALS
from states.petition import PETITION, PETITION_KIND
from states.reckoning import ClockState, LimitStatus
from states.referral import R
from states.vocabulary import RoundKind
from workflows.access import Seen
from workflows.folding import Standing, effective, fold
from workflows.planning import marks_of, projection
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
from workflows.rates.questions import Key, Question
from workflows.rates.standing_on import folded, known_on
from workflows.rates.tallies import Counted, Tally
from workflows.regulations import Rules, rules_for
from workflows.visibility import visible

_case, _event, _session, _clock = table_of(Case), table_of(Event), table_of(CouncilSession), table_of(ClockRow)
_ANSWER = "answer"
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What lies outside a case and moves its clocks: the rules, the rounds and the sessions' dates."""

    rules: Rules
    rounds: Mapping[UUID, Standing]
    sessions: Mapping[UUID, Row]
    pins: Mapping[UUID, tuple[Row, ...]]


@dataclass(slots=True)
class _Told:
    """One petition as its events tell it on the as-of day."""

    standing: Standing
    clocks: Sequence[Clock] = field(default_factory=tuple)


def recount(unit: Unit, question: Question, *, pinned: bool = False) -> dict[Key, Tally]:
    """Return a tally per row as history stood on `question.as_of`.

    With `pinned` a start keeps the regulation that its clock began under, whatever was adopted for that day later: the
    one thing that events do not tell.
    """
    around = _Surroundings(
        rules=rules_for(unit, question.setting),
        rounds=_rounds(unit, question),
        sessions=_sessions(unit, question),
        pins=_pins(unit, question) if pinned else {},
    )
    cut = None if question.as_of >= unit.today else question.as_of
    tallies: dict[Key, Tally] = defaultdict(Tally)
    for events in _histories(unit, question):
        told = _tell(events, around, question, cut)
        if told is None:
            continue
        for key, one in _counted(told, question):
            tallies[key].add(one)
            tallies[key].received += one.place not in LEFT_OUT
    return dict(tallies)


def _histories(unit: Unit, question: Question) -> Iterator[list[Row]]:
    """Yield the events of each petition whose receipt may lie in the period: by its first event, or corrected."""
    day = _event.c.occurred_on
    born_then = (_event.c.seq == 1) & or_(day.is_(None), day.between(question.period.first, question.last))
    candidates = select(_event.c.case_id).where(or_(born_then, _event.c.corrects_seq == 1))
    wanted = (
        select(_event)
        .join(_case, _case.c.id == _event.c.case_id)
        .where(
            _case.c.council_id == question.setting.council,
            _case.c.kind == PETITION_KIND,
            visible(question.actor),
            _event.c.case_id.in_(candidates),
        )
        .order_by(_event.c.case_id, _event.c.seq)
    )
    rows = map(dict, unit.read(wanted).mappings())
    for _, events in groupby(rows, key=lambda row: row["case_id"]):
        yield list(events)


def _rounds(unit: Unit, question: Question) -> dict[UUID, Standing]:
    wanted = (
        select(_event)
        .join(_case, _case.c.id == _event.c.case_id)
        .where(_case.c.council_id == question.setting.council, _case.c.kind == CONTACT_ROUND.kind)
        .order_by(_event.c.case_id, _event.c.seq)
    )
    rows = map(dict, unit.read(wanted).mappings())
    return {case_id: fold(CONTACT_ROUND, list(events)) for case_id, events in groupby(rows, key=lambda r: r["case_id"])}


def _sessions(unit: Unit, question: Question) -> dict[UUID, Row]:
    wanted = select(_session).where(_session.c.council_id == question.setting.council)
    return {row["id"]: dict(row) for row in unit.read(wanted).mappings()}


def _pins(unit: Unit, question: Question) -> dict[UUID, tuple[Row, ...]]:
    """Return under which regulation each start of a case's clocks began."""
    wanted = (
        select(_clock)
        .join(_case, _case.c.id == _clock.c.case_id)
        .where(_case.c.council_id == question.setting.council, _clock.c.state != ClockState.SUPERSEDED.value)
        .order_by(_clock.c.case_id)
    )
    rows = map(dict, unit.read(wanted).mappings())
    return {case_id: tuple(clocks) for case_id, clocks in groupby(rows, key=lambda row: row["case_id"])}


def _tell(events: Sequence[Row], around: _Surroundings, question: Question, cut: date | None) -> _Told | None:
    """Fold a case's events up to `cut`; None when it was not received in the period, or not yet known of."""
    history = effective(events)
    kept = known_on(history, cut)
    if 1 not in kept:
        return None
    standing = folded(PETITION, [item for item in history if item.event["seq"] in kept])
    received = standing.case.get("received_on")
    if received is not None and not question.period.first <= received <= question.last:
        return None
    return _Told(standing, _clocks(events, kept, standing, around, question))


def _clocks(
    events: Sequence[Row], kept: frozenset[int], standing: Standing, around: _Surroundings, question: Question
) -> list[Clock]:
    """Return the answer clocks that can make something late, projected from the marks known so far."""
    marks = [mark for mark in marks_of(events) if mark.seq in kept]
    seen = _surroundings_of(events[0]["case_id"], standing, around, question)
    projected = projection(seen, around.rules, marks, received_on=standing.case.get("received_on"))
    return [clock for _, clock in projected if clock.role == _ANSWER and clock.state is not ClockState.CANCELLED]


def _surroundings_of(case_id: UUID, standing: Standing, around: _Surroundings, question: Question) -> Seen:
    """Return what a projection asks of a case, from its events and its round's."""
    in_round = around.rounds.get(standing.case.get("round_id") or UUID(int=0), Standing())
    session = standing.case.get("session_id") or in_round.case.get("session_id")
    kind = standing.detail.get("round_kind") or in_round.detail.get("round_kind") or RoundKind.NONE.value
    dates = around.sessions.get(session or UUID(int=0), {})
    pins = around.pins.get(case_id, ())
    row = {"kind": PETITION_KIND, "received_on": standing.case.get("received_on")}
    return Seen(PETITION, row, {}, (), pins, (), question.setting, dates, str(kind))


def _counted(told: _Told, question: Question) -> Iterator[tuple[Key, Counted]]:
    """Yield what a petition adds to the table, under which key: itself once, or each of its referrals."""
    now = told.standing
    if not question.of_referrals:
        key = now.case.get(question.by) if question.by in {"field", "locality"} else None
        live = [key for key, r in now.referrals.items() if r["state"] not in ENDED_REFERRALS]
        yield key, _one(told, live, question, None, answered=now.state in ANSWERED_STATES)
        return
    for referral, values in now.referrals.items():
        state = values["state"]
        yield values["agency_id"], _one(told, [referral], question, state, answered=state in ANSWERED_REFERRALS)


def _one(
    told: _Told, referrals: Sequence[UUID], question: Question, referral_state: str | None, *, answered: bool
) -> Counted:
    """Say how a petition is counted with these of its referrals, or one referral whose state is given."""
    now = told.standing
    found = [(now.referrals[key]["state"], _clock_of(told.clocks, key)) for key in referrals]
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
