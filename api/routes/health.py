"""Health: is the process alive, and can it work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Response

from api.installation import Here
from api.routes.documenting import reading
from api.shapes.queries import Asked
from workflows import migrating, watching
from workflows.flows.health import long_jobs_health
from workflows.views import Coded

router = APIRouter(tags=["health"])
_LATE = 503


@dataclass(frozen=True, slots=True)
class WorkView:
    """Whether the work that nobody watches is done: when it last ran, what waits (ages in seconds), what is wrong."""

    status: str
    at: datetime
    swept_at: datetime | None
    delivered_at: datetime | None
    sweep_lag: float | None
    notice_age: float | None
    letter_age: float | None
    letters_waiting: int
    letters_dead: int
    long_jobs: str
    jobs_waiting: int
    troubles: tuple[Coded, ...]


@router.get("/health/live", summary="Is the process alive", responses=reading("health"))
def live(_asked: Asked) -> dict[str, str]:
    """Say that the process answers; nothing else is asked."""
    return {"status": "live"}


@router.get("/health/ready", summary="Can it work", responses=reading("ready"))
def ready(here: Here, _asked: Asked) -> dict[str, str]:
    """Say that the database is reachable and its schema is that of this version; 503 otherwise."""
    with here.database.reading() as unit:
        migrating.require_current(unit)
    return {"status": "ready"}


@router.get("/health/work", summary="Is the work being done", responses=reading("work"))
def work(here: Here, response: Response, _asked: Asked) -> WorkView:
    """Say whether sweeps, deliveries and nightly jobs run; 503 with what is late where somebody must look.

    It names no case and no person.
    """
    with here.database.reading() as unit:
        found = watching.look(unit)
        jobs = long_jobs_health(unit, embedded=here.watch.embedded if here.watch is not None else None)
    troubles = (*found.troubles, *(() if jobs.ok else (("long_jobs_unavailable", jobs.said),)))
    if troubles:
        response.status_code = _LATE
    return WorkView(
        status="late" if troubles else "working",
        at=found.at,
        swept_at=found.swept_at,
        delivered_at=found.delivered_at,
        sweep_lag=found.sweep_lag,
        notice_age=found.notice_age,
        letter_age=found.letter_age,
        letters_waiting=found.waiting,
        letters_dead=found.dead,
        long_jobs=jobs.standing,
        jobs_waiting=jobs.queued,
        troubles=tuple(Coded(code, said) for code, said in troubles),
    )
