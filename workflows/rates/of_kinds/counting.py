"""The figures of today from the rows of cases and clocks: two statements, whatever the size."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import ColumnElement, String, Subquery, and_, case, cast, func, null, or_, select

from models.cases import Case, Referral
from models.columns import table_of
from models.details import DETAILS
from models.timing import ClockRow
from models.units import Unit
from states.guards import ENDED_REFERRALS
from states.lifecycle import Lifecycle
from states.reckoning import ClockState, LimitStatus
from workflows.rates.of_kinds.meanings import RANK, KindTally, limits_of, place_of, without_clock
from workflows.rates.questions import Key, Question
from workflows.regulations import rules_for
from workflows.visibility import visible

_case, _referral, _clock = table_of(Case), table_of(Referral), table_of(ClockRow)
_TIMES = tuple(RANK)
_NOTHING: ColumnElement[Any] = cast(null(), String)


def count(unit: Unit, question: Question, lifecycle: Lifecycle) -> dict[Key, KindTally]:
    """Return a tally per row as the rows stand now; `question.as_of` must be today."""
    scope = _scope(question, lifecycle)
    alike = (scope.c.key, scope.c.state, scope.c.dated)
    clocks = _clocks(scope, question, lifecycle, limits_of(lifecycle, rules_for(unit, question.setting)))
    wanted = (
        select(*alike, clocks.c.rank, clocks.c.sample, func.count().label("number"))
        .select_from(scope)
        .outerjoin(clocks, clocks.c.case_id == scope.c.id)
        .group_by(*alike, clocks.c.rank, clocks.c.sample)
    )
    tallies: dict[Key, KindTally] = defaultdict(KindTally)
    for row in unit.read(wanted):
        time = without_clock(lifecycle, row.state) if row.rank is None else _TIMES[row.rank]
        place = place_of(lifecycle, state=row.state, dated=bool(row.dated))
        tallies[row.key].add(place, time, sample=bool(row.sample), number=row.number)
    for row in unit.read(_received(scope, lifecycle)):
        tallies[row.key].received = row.number
    return dict(tallies)


def _scope(question: Question, lifecycle: Lifecycle) -> Subquery:
    """Return the cases in question that the actor may see, once per row they stand in."""
    received = _case.c.received_on
    wanted = select(_case.c.id, _case.c.state, received.is_not(None).label("dated"))
    if question.by == "agency":
        wanted = _by_agency(wanted, lifecycle)
    else:
        wanted = wanted.add_columns((_case.c[question.by] if question.by != "council" else _NOTHING).label("key"))
    return wanted.where(
        _case.c.council_id == question.setting.council,
        _case.c.kind == lifecycle.kind,
        visible(question.actor),
        or_(received.is_(None), received.between(question.period.first, question.last)),
    ).subquery("scope")


def _by_agency(wanted: Any, lifecycle: Lifecycle) -> Any:
    """Give each case the agency that its detail charges, else once each of those that it is with."""
    if lifecycle.charges is not None:
        detail = table_of(DETAILS[lifecycle.kind])
        return wanted.add_columns(detail.c[lifecycle.charges].label("key")).join(detail, detail.c.case_id == _case.c.id)
    live = (
        select(_referral.c.case_id, _referral.c.agency_id.label("key"))
        .where(_referral.c.state.not_in(ENDED_REFERRALS))
        .distinct()
        .subquery("live")
    )
    return wanted.add_columns(live.c.key).outerjoin(live, live.c.case_id == _case.c.id)


def _clocks(scope: Subquery, question: Question, lifecycle: Lifecycle, limits: frozenset[str]) -> Subquery:
    """Return the worst rank of each case by the clocks that count for it; of one limit the latest start."""
    theirs = and_(
        _clock.c.limit_code.in_(sorted(limits)),
        _clock.c.state.not_in((ClockState.SUPERSEDED.value, ClockState.CANCELLED.value)),
    )
    place = (_clock.c.case_id, _clock.c.referral_id)
    order = (_clock.c.start_seq.desc(), _clock.c.limit_code)
    every = (
        select(
            _clock.c.case_id, _clock.c.state, _clock.c.status, _clock.c.provisional, _clock.c.due_on, _clock.c.met_on,
            func.row_number().over(partition_by=place, order_by=order).label("n"),
        )
        .where(theirs, _clock.c.case_id.in_(select(scope.c.id)))
        .subquery("every")
    )  # fmt: skip
    e = every.c
    sample = case((e.status == LimitStatus.SAMPLE.value, 1), else_=0)
    return (
        select(
            e.case_id,
            func.max(_rank(e, _case.c.state, question, lifecycle)).label("rank"),
            func.max(sample).label("sample"),
        )
        .join(_case, _case.c.id == e.case_id)
        .where(e.n == 1)
        .group_by(e.case_id)
        .subquery("timed")
    )


def _rank(e: Any, state: Any, question: Question, lifecycle: Lifecycle) -> ColumnElement[int]:
    """Return how a case stands in time by one clock, as its rank; `recounting.time_of` says the same of events."""
    done, past = state.in_(sorted(lifecycle.rating.done)), e.due_on < question.as_of
    met = and_(e.state == ClockState.MET.value, e.provisional.is_(False), e.due_on.is_not(None), e.met_on.is_not(None))
    return case(
        (and_(done, met, e.met_on > e.due_on), RANK["late"]),
        (and_(done, met, past), RANK["in_time"]),
        (and_(done, met), RANK["before_due"]),
        (done, RANK["done_undated"]),
        (e.due_on.is_(None), RANK["no_limit"]),
        (e.provisional.is_(True), RANK["no_receipt"]),
        (e.state == ClockState.PAUSED.value, RANK["paused"]),
        (and_(past, state.in_(sorted(lifecycle.rating.partly))), RANK["partly"]),
        (and_(past, e.state == ClockState.MET.value), RANK["reported"]),
        (past, RANK["overdue"]),
        else_=RANK["not_due"],
    )


def _received(scope: Subquery, lifecycle: Lifecycle) -> Any:
    """Count what was received by itself, straight from the states, to hold the sub-totals against."""
    gone = sorted({str(lifecycle.void), *lifecycle.merged})
    number = func.count().label("number")
    return select(scope.c.key, number).where(scope.c.state.not_in(gone), scope.c.dated).group_by(scope.c.key)
