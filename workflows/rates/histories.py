"""Cases as their events alone tell them on a day: folded, with the clocks that the adopted limits call for.

No row of cases, referrals or clocks is asked for a value, only which cases the actor may see. The limits are those
adopted now, counted by the newest calendar.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
from states.lifecycle import Lifecycle
from states.reckoning import ClockState
from states.vocabulary import RoundKind
from workflows.access import Seen
from workflows.folding import Standing, effective, fold
from workflows.planning import marks_of, projection
from workflows.rates.questions import Question
from workflows.rates.standing_on import folded, known_on
from workflows.regulations import Rules, rules_for
from workflows.visibility import visible

_case, _event, _session, _clock = table_of(Case), table_of(Event), table_of(CouncilSession), table_of(ClockRow)
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What lies outside a case and moves its clocks: the rules, the rounds and the sessions' dates."""

    rules: Rules
    rounds: Mapping[UUID, Standing]
    sessions: Mapping[UUID, Row]
    pins: Mapping[UUID, tuple[Row, ...]]


@dataclass(slots=True)
class Told:
    """One case as its events tell it on the as-of day, with the clocks that were not cancelled."""

    standing: Standing
    clocks: Sequence[Clock] = field(default_factory=tuple)


def told(unit: Unit, question: Question, lifecycle: Lifecycle, *, pinned: bool) -> Iterator[Told]:
    """Yield each case of a kind that was received in the period, as history stood on `question.as_of`.

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
    for events in _histories(unit, question, lifecycle):
        one = _tell(events, lifecycle, around, question, cut)
        if one is not None:
            yield one


def _histories(unit: Unit, question: Question, lifecycle: Lifecycle) -> Iterator[list[Row]]:
    """Yield the events of each case whose receipt may lie in the period: by its first event, or corrected."""
    day = _event.c.occurred_on
    born_then = (_event.c.seq == 1) & or_(day.is_(None), day.between(question.period.first, question.last))
    candidates = select(_event.c.case_id).where(or_(born_then, _event.c.corrects_seq == 1))
    wanted = (
        select(_event)
        .join(_case, _case.c.id == _event.c.case_id)
        .where(
            _case.c.council_id == question.setting.council,
            _case.c.kind == lifecycle.kind,
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


def _tell(
    events: Sequence[Row], lifecycle: Lifecycle, around: _Surroundings, question: Question, cut: date | None
) -> Told | None:
    """Fold a case's events up to `cut`; None when it was not received in the period, or not yet known of."""
    history = effective(events)
    kept = known_on(history, cut)
    if 1 not in kept:
        return None
    standing = folded(lifecycle, [item for item in history if item.event["seq"] in kept])
    received = standing.case.get("received_on")
    if received is not None and not question.period.first <= received <= question.last:
        return None
    marks = [mark for mark in marks_of(events) if mark.seq in kept]
    seen = _surroundings_of(events[0]["case_id"], lifecycle, standing, around, question)
    projected = projection(seen, around.rules, marks, received_on=received)
    return Told(standing, [clock for _, clock in projected if clock.state is not ClockState.CANCELLED])


def _surroundings_of(
    case_id: UUID, lifecycle: Lifecycle, standing: Standing, around: _Surroundings, question: Question
) -> Seen:
    """Return what a projection asks of a case, from its events and its round's."""
    in_round = around.rounds.get(standing.case.get("round_id") or UUID(int=0), Standing())
    session = standing.case.get("session_id") or in_round.case.get("session_id")
    kind = standing.detail.get("round_kind") or in_round.detail.get("round_kind") or RoundKind.NONE.value
    dates = around.sessions.get(session or UUID(int=0), {})
    pins = around.pins.get(case_id, ())
    row = {"kind": lifecycle.kind, "received_on": standing.case.get("received_on")}
    return Seen(lifecycle, row, {}, (), pins, (), question.setting, dates, str(kind))
