"""Who works at a job: claimed by one conditional UPDATE, kept by a lease, ended once.

Every statement names the holder and the number of the attempt. An attempt that was overtaken (its lease ran out and
somebody else claimed the job) finds no row, and what it was about to keep is rolled back with it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, literal, or_, select, update

from models.columns import table_of
from models.jobs import Job
from models.units import HANOI, Unit, WriteUnit
from states.errors import DomainError
from states.job_words import JobState
from workflows.working.errors import JobInterrupted, LeaseLost

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 5
_job = table_of(Job)
_WAITING = _job.c.state == JobState.QUEUED.value
_RUNNING = _job.c.state == JobState.RUNNING.value
_NOBODY: dict[str, Any] = {"lease_by": None, "lease_until": None}
_NO_ERROR: dict[str, Any] = {"error_code": None, "error_vi": None, "error_en": None}


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms jobs are claimed: which kinds may be taken up again, and how many of a kind run at once."""

    repeatable: frozenset[str]
    together: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Held:
    """A job that is being worked at: by whom, and in which attempt. `asked_on` is the civil date in Hanoi."""

    id: UUID
    kind: str
    council: UUID | None
    parameters: Mapping[str, str]
    requested_by: UUID
    asked_on: date
    by: str
    attempt: int


def runnable(unit: Unit, *, terms: Terms, limit: int = 1) -> list[UUID]:
    """Return the oldest jobs that may be claimed: those that wait, and repeatable ones whose lease has run out."""
    wanted = select(_job.c.id).where(_free(unit, terms)).order_by(_job.c.id).limit(limit)
    return list(unit.read(wanted).scalars())


@dataclass(frozen=True, slots=True)
class Counted:
    """How many jobs wait, run and lost their holder, and for how long the oldest has waited."""

    queued: int
    running: int
    lapsed: int
    oldest: timedelta | None


def counted(unit: Unit) -> Counted:
    """Count the jobs that are not over."""
    open_ones = select(_job.c.state, _job.c.created_at, _job.c.lease_until).where(or_(_WAITING, _RUNNING))
    rows = unit.read(open_ones).all()
    waiting = [row.created_at for row in rows if row.lease_until is None]
    lapsed = sum(row.lease_until is not None and row.lease_until < unit.now for row in rows)
    oldest = unit.now - min(waiting) if waiting else None
    return Counted(len(waiting), len(rows) - len(waiting) - lapsed, lapsed, oldest)


def claim(unit: WriteUnit, *, job: UUID, by: str, terms: Terms, lease: timedelta = LEASE) -> Held | None:
    """Take a job for `by`; None when somebody else has it, or it is over. Of many at once one gets it."""
    unit.take_turns("claim a job")
    values = {
        "state": JobState.RUNNING.value, "lease_by": by, "lease_until": unit.now + lease, "flow_run_id": None,
        "done": 0, "total": None, "attempts": _job.c.attempts + 1,
        "started_at": func.coalesce(_job.c.started_at, literal(unit.now, _job.c.started_at.type)), **_NO_ERROR,
    }  # fmt: skip
    taken = update(_job).where(_job.c.id == job, _free(unit, terms)).values(**values).returning(*_HELD)
    row = unit.run(taken).mappings().one_or_none()
    return None if row is None else _held(dict(row))


def enter(unit: WriteUnit, *, job: UUID, by: str, flow_run: UUID | None) -> Held | None:
    """Return the job that `by` has claimed for the one flow run that works at it; None for any other."""
    mine = and_(_job.c.id == job, _RUNNING, _job.c.lease_by == by)
    free = or_(_job.c.flow_run_id.is_(None), _job.c.flow_run_id == flow_run)
    row = unit.run(update(_job).where(mine, free).values(flow_run_id=flow_run).returning(*_HELD)).mappings().first()
    return None if row is None else _held(dict(row))


def renew(unit: WriteUnit, *, held: Held, done: int, total: int | None, lease: timedelta = LEASE) -> None:
    """Keep the job and say how far it is. Raises: LeaseLost."""
    _change(unit, held, {"lease_until": unit.now + lease, "done": done, "total": total})


def finish(unit: WriteUnit, *, held: Held, result: Mapping[str, Any], done: int, total: int | None) -> None:
    """Write that the job is done, in the transaction of what it did. Raises: LeaseLost, and nothing is kept."""
    said = json.dumps(result, ensure_ascii=False)
    ended = {"state": JobState.DONE.value, "result": said, "finished_at": unit.now, "done": done, "total": total}
    _change(unit, held, ended | _NOBODY)


def fail(unit: WriteUnit, *, held: Held, error: DomainError, result: Mapping[str, Any] | None = None) -> None:
    """Write that the job came to nothing, and why. Raises: LeaseLost."""
    said = None if result is None else json.dumps(result, ensure_ascii=False)
    _change(unit, held, _failed(unit, error) | {"result": said})


def put_back(unit: WriteUnit, *, held: Held, error: DomainError | None = None) -> None:
    """Let the job wait again, with what kept it from being run if anything did; the attempt does not count.

    Raises: LeaseLost.
    """
    told = _NO_ERROR if error is None else _told(error)
    waiting = {"state": JobState.QUEUED.value, "attempts": held.attempt - 1, "flow_run_id": None, **told}
    _change(unit, held, waiting | _NOBODY)


def tell_waiting(unit: WriteUnit, *, error: DomainError) -> None:
    """Say on every job that waits what keeps it waiting."""
    known = or_(_job.c.error_code.is_(None), _job.c.error_code != error.code)
    unit.run(update(_job).where(_WAITING, known).values(**_told(error)))


def end_lapsed(unit: WriteUnit, *, terms: Terms) -> int:
    """Fail the jobs whose holder is gone and which may not be taken up again; return how many."""
    over = and_(_lapsed(unit), ~_again(terms))
    if unit.read(select(_job.c.id).where(over).limit(1)).first() is None:
        return 0
    ended = update(_job).where(over).values(**_failed(unit, JobInterrupted())).returning(_job.c.id)
    return len(unit.run(ended).all())


_HELD = (
    _job.c.id, _job.c.kind, _job.c.council_id, _job.c.parameters, _job.c.requested_by, _job.c.created_at,
    _job.c.lease_by, _job.c.attempts,
)  # fmt: skip


def _held(row: Mapping[str, Any]) -> Held:
    return Held(
        id=row["id"],
        kind=row["kind"],
        council=row["council_id"],
        parameters=json.loads(row["parameters"]),
        requested_by=row["requested_by"],
        asked_on=row["created_at"].astimezone(HANOI).date(),
        by=row["lease_by"],
        attempt=row["attempts"],
    )


def _free(unit: Unit, terms: Terms) -> ColumnElement[bool]:
    """Return the condition under which a job may be claimed: it is left alone while enough of its kind run."""
    counts = select(_job.c.kind, func.count().label("many")).where(_RUNNING, ~_lapsed(unit)).group_by(_job.c.kind)
    many: dict[str, int] = {row["kind"]: row["many"] for row in unit.read(counts).mappings()}
    full = sorted(kind for kind, most in terms.together.items() if many.get(kind, 0) >= most)
    return and_(or_(_WAITING, and_(_lapsed(unit), _again(terms))), _job.c.kind.not_in(full))


def _lapsed(unit: Unit) -> ColumnElement[bool]:
    return and_(_RUNNING, _job.c.lease_until < unit.now)


def _again(terms: Terms) -> ColumnElement[bool]:
    return and_(_job.c.kind.in_(sorted(terms.repeatable)), _job.c.attempts < MOST_ATTEMPTS)


def _change(unit: WriteUnit, held: Held, values: Mapping[str, Any]) -> None:
    mine = and_(_job.c.id == held.id, _RUNNING, _job.c.lease_by == held.by, _job.c.attempts == held.attempt)
    if unit.run(update(_job).where(mine).values(**values).returning(_job.c.id)).first() is None:
        raise LeaseLost


def _failed(unit: Unit, error: DomainError) -> dict[str, Any]:
    return {"state": JobState.FAILED.value, "finished_at": unit.now, **_told(error), **_NOBODY}


def _told(error: DomainError) -> dict[str, Any]:
    return {"error_code": error.code, "error_vi": error.text.vi, "error_en": error.text.en}
