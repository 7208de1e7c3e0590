"""Jobs as their askers see them. What one may not see is not found."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select

from models.columns import table_of
from models.councils import Council
from models.jobs import Job
from models.units import Unit
from states.errors import NotFound
from states.facts import Actor
from states.job_words import JobState
from states.text import Language, Text
from workflows import paging, visibility
from workflows.paging import Page
from workflows.views import Coded, PersonName, accounts_named, coded
from workflows.working import metering
from workflows.working.kinds import KINDS
from workflows.working.work import KeptFile

_job, _council = table_of(Job), table_of(Council)
_ORDER = "jobs"


@dataclass(frozen=True, slots=True)
class JobView:
    """A job: how far it is, and what came of it.

    `total` is unknown until the work has counted. `message` says in the language asked for what came of the job, or
    what keeps it waiting; `error` is its code where something went wrong. `totals` are counts and codes.
    """

    id: UUID
    kind: Coded
    council: str | None
    state: Coded
    done: int
    total: int | None
    attempts: int
    requested_by: PersonName
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    message: str | None
    error: str | None
    totals: Mapping[str, Any]
    file: KeptFile | None

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more comes of it."""
        return self.state.code in {JobState.DONE.value, JobState.FAILED.value}


def listed(
    unit: Unit, *, actor: Actor, folder: Path, language: Language, cursor: str | None = None, limit: int | None = None
) -> Page[JobView]:
    """Return the jobs that `actor` may see, newest first. `folder` is that of the store of jobs. Raises: BadInput."""
    most = paging.within(paging.USUAL if limit is None else limit)
    after = paging.read(cursor, order=_ORDER)
    wanted = _seen(actor).order_by(_job.c.id.desc()).limit(most + 1)
    if after is not None:
        wanted = wanted.where(_job.c.id < after.id)
    shown, following = paging.page_of([dict(row) for row in unit.read(wanted).mappings()], limit=most, order=_ORDER)
    return Page(tuple(_views(unit, shown, folder, language)), following)


def found(unit: Unit, *, job: UUID, actor: Actor, folder: Path, language: Language) -> JobView:
    """Return one job. Raises: NotFound when it is absent or hidden."""
    rows = [dict(row) for row in unit.read(_seen(actor).where(_job.c.id == job)).mappings()]
    if not rows:
        raise NotFound
    return _views(unit, rows, folder, language)[0]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a job ended: the code of what went wrong if anything did, and its counts."""

    error: str | None
    totals: Mapping[str, Any]


def ended(unit: Unit, *, job: UUID) -> Ended:
    """Return how a job stands, for whoever runs it."""
    row = unit.read(select(_job.c.error_code, _job.c.result).where(_job.c.id == job)).one()
    return Ended(row.error_code, json.loads(row.result or "{}").get("totals", {}))


def file_of(unit: Unit, *, job: UUID, actor: Actor) -> KeptFile:
    """Return the file that a job made, for who asked for it and for operators: it holds what that person may see.

    Raises: NotFound.
    """
    row = unit.read(_seen(actor).where(_job.c.id == job)).mappings().one_or_none()
    if row is None or not (actor.operator or row["requested_by"] == actor.account):
        raise NotFound
    file = _file(json.loads(row["result"] or "{}"))
    if file is None:
        raise NotFound
    return file


def _seen(actor: Actor) -> Any:
    wanted = select(_job, _council.c.code.label("council")).outerjoin(_council, _council.c.id == _job.c.council_id)
    return wanted.where(visibility.jobs_seen(actor))


def _views(unit: Unit, rows: Sequence[Mapping[str, Any]], folder: Path, language: Language) -> list[JobView]:
    people = accounts_named(unit, [row["requested_by"] for row in rows])
    return [_view(row, people, _far(unit, row, folder), language) for row in rows]


def _far(unit: Unit, row: Mapping[str, Any], folder: Path) -> metering.Far:
    """Return how far a job is: while it runs on SQLite a file knows it better than the row."""
    told = None
    if row["state"] == JobState.RUNNING.value:
        told = metering.read(metering.file_of(folder, job=row["id"], dialect=unit.dialect))
    return told or metering.Far(row["done"], row["total"])


def _view(row: Mapping[str, Any], people: Mapping[UUID, PersonName], far: metering.Far, language: Language) -> JobView:
    result = json.loads(row["result"] or "{}")
    return JobView(
        id=row["id"],
        kind=Coded(row["kind"], KINDS[row["kind"]].label if row["kind"] in KINDS else Text(row["kind"], row["kind"])),
        council=row["council"],
        state=coded(JobState(row["state"])),
        done=far.done,
        total=far.total,
        attempts=row["attempts"],
        requested_by=people[row["requested_by"]],
        created_at=row["created_at"],
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        message=_message(row, result, language),
        error=row["error_code"],
        totals=result.get("totals", {}),
        file=_file(result),
    )


def _message(row: Mapping[str, Any], result: Mapping[str, Any], language: Language) -> str | None:
    if row["error_code"] is not None:
        return Text(row["error_vi"], row["error_en"]).read(language)
    told: str | None = result.get("outcome", {}).get(language)
    return told


def _file(result: Mapping[str, Any]) -> KeptFile | None:
    kept = result.get("file")
    return None if kept is None else KeptFile(**kept)
