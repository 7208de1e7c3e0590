"""Long work: asked for in one request, looked at in others. Nothing that a case waits for goes this way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Query, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from api.auth import Who
from api.errors import language_of
from api.idempotency import Outcome, Write, Writing, answer
from api.installation import BASE, Here
from api.routes.cases import page_size
from api.routes.documenting import bringing, handing_out, reading, sending, writing
from api.routes.letters import disposed
from api.shapes.job_orders import filled, read_order, stored
from api.shapes.queries import Asked, JobFileQuery, PageQuery
from api.shapes.requests import JobRequest
from api.uploads import pour, require_file
from models.units import Unit, WriteUnit
from workflows.access import Setting
from workflows.filing.store import Spool
from workflows.paging import Page
from workflows.working import seeing, submitting
from workflows.working.kinds import kind_of
from workflows.working.seeing import JobView

router = APIRouter(prefix=BASE, tags=["jobs"])
Accepted = Annotated[str | None, Header(alias="Accept-Language", include_in_schema=False)]
_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class BroughtFile:
    """A file that may be named by its digest in a job, for a day."""

    digest: str
    size: int


@router.post(
    "/jobs/files",
    summary="Bring a file for a job",
    status_code=201,
    response_model=BroughtFile,
    responses=writing("job_file", status=201),
    openapi_extra=bringing(),
)
async def bring_job_file(request: Request, writes: Write, asked: Annotated[JobFileQuery, Query()]) -> Response:
    """Keep the body for a job of the sender; the answer says by which digest the job names it."""
    require_file(request)
    await run_in_threadpool(_permitted, writes, asked)
    store = writes.here.jobs.kept
    with store.spooling(most=writes.here.longest_file) as spool:
        await pour(request, spool)
        await run_in_threadpool(store.keep, spool)
        return await run_in_threadpool(_remember, writes, asked, spool)


def _permitted(writes: Writing, asked: JobFileQuery) -> None:
    with writes.here.database.reading() as unit:
        submitting.seat(unit, kind=kind_of(asked.kind), council=asked.council, actor=writes.actor)


def _remember(writes: Writing, asked: JobFileQuery, spool: Spool) -> Response:
    def act(unit: WriteUnit) -> Outcome:
        submitting.remember(unit, digest=spool.digest, size=spool.size, actor=writes.actor)
        return Outcome(BroughtFile(spool.digest, spool.size), 201)

    def recheck(unit: Unit) -> None:
        submitting.seat(unit, kind=kind_of(asked.kind), council=asked.council, actor=writes.actor)

    sent = JobRequest(kind=asked.kind, file=spool.digest)
    return answer(writes, sent, act=act, recheck=recheck)


@router.post(
    "/jobs",
    summary="Ask for a job",
    status_code=201,
    response_model=JobView,
    responses=writing("job_asked", status=201),
    openapi_extra=sending("job"),
)
def submit_job(writes: Write, body: JobRequest, _asked: Asked, accepted: Accepted = None) -> Response:
    """Ask for long work: its kind, what the kind asks for (`order`), and the digest of its file where it takes one.

    The answer names the job; `GET /api/v1/jobs/{job}` says how far it is.
    """
    here, kind, asked = writes.here, kind_of(body.kind), filled(body.kind, body.order)

    def allow(unit: Unit) -> Setting | None:
        setting = submitting.seat(unit, kind=kind, council=asked.council, actor=writes.actor)
        submitting.require_input(unit, kind=kind, file=body.file, actor=writes.actor)
        return setting

    with here.database.reading() as unit:
        allow(unit)
        # Read as the work will read it, so that what is wrong is told now and not in the night.
        read_order(body.kind, body.order, unit.today)
    digest = submitting.keep_order(here.jobs.kept, stored(asked))

    def act(unit: WriteUnit) -> Outcome:
        setting = allow(unit)
        job = submitting.submit(unit, kind=kind, setting=setting, actor=writes.actor, order=digest, file=body.file)
        made = seeing.found(unit, job=job, actor=writes.actor, folder=here.jobs.folder, language=language_of(accepted))
        return Outcome(made, 201, {"Location": f"{BASE}/jobs/{job}"})

    response = answer(writes, body, act=act, recheck=allow)
    if here.watch is not None:
        here.watch.wake()
    return response


@router.get("/jobs", summary="List jobs", responses=reading("jobs"))
def list_jobs(here: Here, who: Who, asked: Annotated[PageQuery, Query()], accepted: Accepted = None) -> Page[JobView]:
    """List the jobs that the caller may see, newest first."""
    limit = page_size(here, asked.limit)
    with here.database.reading() as unit:
        return seeing.listed(
            unit, actor=who, folder=here.jobs.folder, language=language_of(accepted), cursor=asked.cursor, limit=limit
        )


@router.get("/jobs/{job}", summary="Read a job", responses=reading("job_done"))
def read_job(here: Here, who: Who, job: UUID, _asked: Asked, accepted: Accepted = None) -> JobView:
    """Read how far a job is and what came of it, in the language of Accept-Language."""
    with here.database.reading() as unit:
        return seeing.found(unit, job=job, actor=who, folder=here.jobs.folder, language=language_of(accepted))


@router.get("/jobs/{job}/file", summary="Read what a job made", response_class=Response, responses=handing_out())
def read_job_file(here: Here, who: Who, job: UUID, _asked: Asked) -> Response:
    """Hand out the file that a job made, to who asked for the job: an archive of letters, the report of an import."""
    with here.database.reading() as unit:
        file = seeing.file_of(unit, job=job, actor=who)
    headers = {"Content-Length": str(file.size), **disposed(file.name)}
    return StreamingResponse(_pieces(here.jobs.kept.read(file.digest)), headers=headers, media_type=file.media)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece
