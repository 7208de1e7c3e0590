"""Asks for a job: its files are kept first, its row is written last."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.dialects.postgresql import insert as insert_there
from sqlalchemy.dialects.sqlite import insert as insert_here

from models.columns import table_of
from models.databases import SQLITE
from models.jobs import Job, JobFile
from models.units import Unit, WriteUnit
from states.errors import BadInput
from states.facts import Actor
from states.job_words import JobState
from states.text import Text
from workflows import access
from workflows.access import Setting
from workflows.drafting import new_id
from workflows.filing.store import DIGEST, FileStore
from workflows.working.kinds import JobKind

_job, _file = table_of(Job), table_of(JobFile)


def remember(unit: WriteUnit, *, digest: str, size: int, actor: Actor) -> None:
    """Remember who brought a file that is in the store of jobs; bringing it again changes nothing but its day."""
    made = (insert_here if unit.dialect == SQLITE else insert_there)(_file)
    row = {"digest": digest, "account_id": actor.account, "size": size, "brought_at": unit.now}
    again = made.on_conflict_do_update(
        index_elements=["digest", "account_id"], set_={"brought_at": made.excluded.brought_at}
    )
    unit.run(again, row)


def keep_order(store: FileStore, asked: Mapping[str, Any]) -> str:
    """Keep what is asked in the store of jobs and return its digest: it may hold names, which no parameter may."""
    content = json.dumps(asked, ensure_ascii=False, sort_keys=True).encode()
    with store.spooling(most=len(content)) as spool:
        spool.take(content)
        store.keep(spool)
        return spool.digest


def seat(unit: Unit, *, kind: JobKind, council: str | None, actor: Actor) -> Setting | None:
    """Return the council that a job of this kind would be for, if any, as who may ask for it.

    Raises: NotFound, BadInput, NotPermitted.
    """
    setting = access.council(unit, code=council, actor=actor) if kind.of_council else None
    kind.permit(unit, setting=setting, actor=actor)
    return setting


def require_input(unit: Unit, *, kind: JobKind, file: str | None, actor: Actor) -> None:
    """Let pass a job whose file its asker has brought, or that needs none and names none. Raises: BadInput."""
    if (file is not None) is not kind.takes_file:
        raise BadInput({"file": _NEEDED if kind.takes_file else _NOT_NEEDED})
    if file is None:
        return
    brought = select(_file.c.size).where(_file.c.digest == file, _file.c.account_id == actor.account)
    if not DIGEST.fullmatch(file) or unit.read(brought).first() is None:
        raise BadInput({"file": _NOT_BROUGHT})


def submit(
    unit: WriteUnit,
    *,
    kind: JobKind,
    setting: Setting | None,
    actor: Actor,
    order: str,
    file: str | None = None,
    once: str | None = None,
) -> UUID:
    """Write the row of a job and return its identifier; of those with the same `once` there is one.

    `order` and `file` are digests of contents that are in the store of jobs.
    """
    if once is not None:
        unit.take_turns(f"job {once}")
        known: UUID | None = unit.read(select(_job.c.id).where(_job.c.once == once)).scalar()
        if known is not None:
            return known
    made = new_id()
    parameters = {"order": order} if file is None else {"order": order, "file": file}
    row = {
        "id": made, "council_id": setting.council if setting else None, "kind": kind.name,
        "parameters": json.dumps(parameters), "once": once, "requested_by": actor.account,
        "state": JobState.QUEUED.value, "done": 0, "attempts": 0, "created_at": unit.now,
    }  # fmt: skip
    unit.run(insert(_job), row)
    return made


_NEEDED = Text(
    "«Tệp»: gửi tệp trước (POST /api/v1/jobs/files), rồi nêu mã băm của tệp",
    "“file”: send the file first (POST /api/v1/jobs/files), then name its digest",
)
_NOT_NEEDED = Text("«Tệp»: loại việc này không dùng tệp", "“file”: this kind of job takes none")
_NOT_BROUGHT = Text("«Tệp»: chưa có tệp này, hoặc không phải do tài khoản này gửi", "“file”: you brought no such file")
