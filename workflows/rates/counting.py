"""The figures of today from the rows of cases, referrals and clocks: two statements, whatever the size."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import ColumnElement, String, Subquery, and_, case, cast, func, null, or_, select

from models.cases import Case, Referral
from models.columns import table_of
from models.details import Petition
from models.timing import ClockRow
from models.units import Unit
from states.guards import ENDED_REFERRALS
from states.petition import PETITION_KIND, P
from states.reckoning import ClockState, LimitStatus
from states.referral import R
from workflows.rates.definitions import (
    ANSWERED_REFERRALS,
    ANSWERED_STATES,
    RANK,
    outcome_of,
    place_of,
    time_of_unsent,
)
from workflows.rates.questions import Key, Question
from workflows.rates.tallies import Counted, Tally
from workflows.visibility import visible

_case, _petition, _referral, _clock = (table_of(m) for m in (Case, Petition, Referral, ClockRow))
_TIMES = tuple(RANK)
_CLOCK_VALUES = ("state", "status", "provisional", "due_on", "due_without_options_on", "met_on")
ANSWER = "answer"
"""The role of the limits that can make an answer late."""
_NOTHING: ColumnElement[Any] = cast(null(), String)


def count(unit: Unit, question: Question) -> dict[Key, Tally]:
    """Return a tally per row as the rows stand now; `question.as_of` must be today."""
    tallies: dict[Key, Tally] = defaultdict(Tally)
    for row in unit.read(_kinds_of_petition(question) if not question.of_referrals else _kinds_of_referral(question)):
        tallies[row.key].add(_counted(row, question), row.number)
    for row in unit.read(_received(question)):
        tallies[row.key].received = row.number
    return dict(tallies)


def _scope(question: Question) -> Subquery:
    """Return the petitions in question that the actor may see; the only place where cases are read."""
    key: ColumnElement[Any] = _case.c[question.by] if question.by in {"field", "locality"} else _NOTHING
    received = _case.c.received_on
    return (
        select(
            _case.c.id, _case.c.state, _case.c.level, _case.c.result_judged, _petition.c.nature,
            received.is_not(None).label("dated"), key.label("key"),
        )
        .join(_petition, _petition.c.case_id == _case.c.id)
        .where(
            _case.c.council_id == question.setting.council,
            _case.c.kind == PETITION_KIND,
            visible(question.actor),
            or_(received.is_(None), received.between(question.period.first, question.last)),
        )
        .subquery("scope")
    )  # fmt: skip


def _referrals(scope: Subquery, question: Question) -> Subquery:
    """Return each referral in scope with the rank of its time, by the answer clock that counts for it."""
    theirs = and_(
        _clock.c.case_id == _referral.c.case_id,
        or_(_clock.c.referral_id == _referral.c.id, _clock.c.referral_id.is_(None)),
        _clock.c.role == ANSWER,
        _clock.c.state.not_in((ClockState.SUPERSEDED.value, ClockState.CANCELLED.value)),
    )
    own_first = case((_clock.c.referral_id.is_(None), 1), else_=0)
    order = (own_first, _clock.c.start_seq.desc(), _clock.c.limit_code)
    every = (
        select(
            _referral.c.case_id, _referral.c.agency_id, _referral.c.state,
            *(_clock.c[name].label(f"clock_{name}") for name in _CLOCK_VALUES),
            func.row_number().over(partition_by=_referral.c.id, order_by=order).label("n"),
        )
        .select_from(scope)
        .join(_referral, _referral.c.case_id == scope.c.id)
        .outerjoin(_clock, theirs)
        .subquery("every")
    )  # fmt: skip
    e = every.c
    return (
        select(
            e.case_id,
            e.agency_id,
            e.state,
            _rank(e, e.clock_due_on, question, pauses=True).label("rank"),
            _rank(e, e.clock_due_without_options_on, question, pauses=False).label("plain"),
            case((e.clock_status == LimitStatus.SAMPLE.value, 1), else_=0).label("sample"),
        )
        .where(e.n == 1)
        .subquery("sent")
    )


def _rank(e: Any, due: ColumnElement[Any], question: Question, *, pauses: bool) -> ColumnElement[int]:
    """Return how a referral stands in time, as its rank; with `pauses` a paused clock is not late."""
    answered = e.state.in_(ANSWERED_REFERRALS)
    met = e.clock_state == ClockState.MET.value
    comparable = and_(met, e.clock_provisional.is_(False), due.is_not(None), e.clock_met_on.is_not(None))
    past = due < question.as_of
    return case(
        (e.state == R.PREPARED.value, RANK["not_sent"]),
        (and_(answered, comparable, e.clock_met_on > due), RANK["late"]),
        (and_(answered, comparable), RANK["in_time"]),
        (answered, RANK["answered_undated"]),
        (and_(e.state == R.SENT_BACK.value, or_(e.clock_state.is_(None), met)), RANK["sent_back"]),
        (or_(e.clock_state.is_(None), due.is_(None)), RANK["no_limit"]),
        (and_(e.clock_provisional.is_(True), past), RANK["no_receipt_past"]),
        (e.clock_provisional.is_(True), RANK["no_receipt"]),
        *([(e.clock_state == ClockState.PAUSED.value, RANK["paused"])] if pauses else []),
        (past, RANK["overdue"]),
        else_=RANK["not_due"],
    )


def _kinds_of_petition(question: Question) -> Any:
    """Group the petitions that are alike; of several addressees the worst speaks for the petition."""
    scope = _scope(question)
    sent = _referrals(scope, question)
    worst = (
        select(
            sent.c.case_id,
            func.max(sent.c.rank).label("rank"),
            func.max(sent.c.plain).label("plain"),
            func.max(sent.c.sample).label("sample"),
        )
        .where(sent.c.state.not_in(ENDED_REFERRALS))
        .group_by(sent.c.case_id)
        .subquery("worst")
    )
    alike = (
        scope.c.key, scope.c.state, scope.c.level, scope.c.nature, scope.c.result_judged, scope.c.dated,
        worst.c.rank, worst.c.plain, worst.c.sample,
    )  # fmt: skip
    return (
        select(*alike, _NOTHING.label("referral"), func.count().label("number"))
        .select_from(scope)
        .outerjoin(worst, worst.c.case_id == scope.c.id)
        .group_by(*alike)
    )


def _kinds_of_referral(question: Question) -> Any:
    """Group the referrals that are alike."""
    scope = _scope(question)
    sent = _referrals(scope, question)
    alike = (
        sent.c.agency_id, scope.c.state, scope.c.level, scope.c.nature, scope.c.result_judged, scope.c.dated,
        sent.c.rank, sent.c.plain, sent.c.sample, sent.c.state,
    )  # fmt: skip
    named = (alike[0].label("key"), *alike[1:-1], alike[-1].label("referral"))
    return (
        select(*named, func.count().label("number"))
        .select_from(scope)
        .join(sent, sent.c.case_id == scope.c.id)
        .group_by(*alike)
    )


def _received(question: Question) -> Any:
    """Count what was received by itself, straight from the states, to hold the sub-totals against."""
    scope = _scope(question)
    gone = (P.VOIDED.value, P.MERGED.value)
    real = and_(scope.c.state.not_in(gone), scope.c.dated)
    number = func.count().label("number")
    if not question.of_referrals:
        return select(scope.c.key, number).where(real).group_by(scope.c.key)
    agency = _referral.c.agency_id
    sent = select(agency.label("key"), number).select_from(scope).join(_referral, _referral.c.case_id == scope.c.id)
    return sent.where(real, _referral.c.state != R.PREPARED.value).group_by(agency)


def _counted(row: Any, question: Question) -> Counted:
    """Say of one group of alike things how it is counted."""
    referral: str | None = row.referral
    answered = row.state in ANSWERED_STATES if referral is None else referral in ANSWERED_REFERRALS
    alone = time_of_unsent(row.state)
    return Counted(
        place=place_of(
            state=row.state,
            level=row.level,
            nature=row.nature,
            own=question.own,
            dated=bool(row.dated),
            referral=referral,
        ),
        answered=answered,
        time=alone if row.rank is None else _TIMES[row.rank],
        time_without_options=alone if row.plain is None else _TIMES[row.plain],
        outcome=outcome_of(state=row.state, judged=row.result_judged, answered=answered),
        sample=bool(row.sample),
    )
