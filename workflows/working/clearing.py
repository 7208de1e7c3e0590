"""Clears away what jobs no longer need: inputs of jobs that are over, files made long ago, files that no job named.

A content that was kept within the last hour is left alone: somebody may be about to write the row that names it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select

from models.columns import table_of
from models.jobs import Job, JobFile
from models.units import Database, Unit
from states.job_words import JobState
from workflows.filing.store import FileStore

_job, _file = table_of(Job), table_of(JobFile)
KEPT = timedelta(days=30)
BROUGHT = timedelta(days=1)
YOUNG = timedelta(hours=1)


def clear(database: Database, *, store: FileStore, kept_for: timedelta = KEPT) -> int:
    """Remove what is no longer needed and return how many contents went.

    `kept_for` is how long what a job made can be fetched. What somebody brought and named in no job goes after a day.
    """
    with database.writing() as unit:
        now = unit.now
        unit.run(delete(_file).where(_file.c.brought_at < now - BROUGHT))
        needed = set(_needed(unit, now - kept_for))
    gone = [digest for digest in store.digests() if digest not in needed and _is_old(store, digest, now)]
    for digest in gone:
        store.drop(digest)
    return len(gone)


def _needed(unit: Unit, since: datetime) -> Iterator[str]:
    yield from unit.read(select(_file.c.digest)).scalars()
    open_or_young = or_(_job.c.finished_at.is_(None), _job.c.finished_at >= since)
    rows = unit.read(select(_job.c.state, _job.c.parameters, _job.c.result).where(open_or_young))
    for row in rows:
        if row.state in {JobState.QUEUED.value, JobState.RUNNING.value}:
            yield from json.loads(row.parameters).values()
        made = json.loads(row.result or "{}").get("file")
        if made is not None:
            yield made["digest"]


def _is_old(store: FileStore, digest: str, now: datetime) -> bool:
    since = store.kept_since(digest)
    return since is not None and since < now - YOUNG
