"""The files of papers: brought, listed, handed out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from api.auth import Who
from api.idempotency import Outcome, Write, Writing, answer
from api.installation import BASE, Here
from api.routes.documenting import bringing, handing_out, reading, writing
from api.shapes.queries import Asked, FileQuery
from api.uploads import pour, require_file
from models.units import Unit, WriteUnit
from states.errors import NotFound
from workflows.filing import attaching, papers
from workflows.filing.attaching import Attached, Brought
from workflows.filing.names import plain_name
from workflows.filing.papers import FileView, Readable
from workflows.filing.store import DIGEST

router = APIRouter(prefix=BASE, tags=["files"])
_PIECE = 1 << 16


class Sent(BaseModel):
    """What a key of a request stands for: the content by its digest, and the name it was sent under."""

    digest: str
    name: str


def the_digest(digest: str) -> str:
    """Return the digest in the address; one that no file can have is not found like any other."""
    if not DIGEST.fullmatch(digest):
        raise NotFound
    return digest


@router.post(
    "/documents/{document}/files",
    summary="Bring a file to a paper",
    status_code=201,
    response_model=Attached,
    responses=writing("attached", status=201),
    openapi_extra=bringing(),
)
async def bring_file(request: Request, writes: Write, document: UUID, asked: Annotated[FileQuery, Query()]) -> Response:
    """Keep the body as a file of the paper. What it is, is told by its content; the name is only shown.

    The same content brought again changes nothing and answers 200.
    """
    require_file(request)
    here = writes.here
    await run_in_threadpool(_require_bringer, writes, document)
    with here.files.spooling(most=here.longest_file) as spool:
        await pour(request, spool)
        brought = await run_in_threadpool(attaching.bring, here.files, spool, name=asked.name, scanner=here.scanner)
    return await run_in_threadpool(_attach, writes, document, brought, asked.name)


def _require_bringer(writes: Writing, document: UUID) -> None:
    with writes.here.database.reading() as unit:
        papers.require_bringer(unit, document=document, actor=writes.actor)


def _attach(writes: Writing, document: UUID, brought: Brought, name: str) -> Response:
    def act(unit: WriteUnit) -> Outcome:
        done = attaching.attach(unit, document=document, brought=brought, actor=writes.actor)
        place = f"{BASE}/documents/{document}/files/{brought.digest}"
        return Outcome(done, 201 if done.is_new else 200, {"Location": place})

    def recheck(unit: Unit) -> None:
        papers.require_bringer(unit, document=document, actor=writes.actor)

    return answer(writes, Sent(digest=brought.digest, name=name), act=act, recheck=recheck)


@router.get("/documents/{document}/files", summary="List the files of a paper", responses=reading("files"))
def list_files(here: Here, who: Who, document: UUID, _asked: Asked) -> tuple[FileView, ...]:
    """List the files that the caller may see, oldest first."""
    with here.database.reading() as unit:
        return papers.files_of(unit, document=document, actor=who)


@router.get(
    "/documents/{document}/files/{digest}",
    summary="Read a file of a paper",
    response_class=Response,
    responses=handing_out(),
)
def read_file(
    here: Here, who: Who, document: UUID, digest: Annotated[str, Depends(the_digest)], _asked: Asked
) -> Response:
    """Hand the bytes of a file out, to be saved and never to be shown as a page of ours."""
    with here.database.reading() as unit:
        found = papers.file_to_read(unit, document=document, digest=digest, actor=who)
    return StreamingResponse(_pieces(here.files.read(found.digest)), headers=_headers(found))


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece


def _headers(found: Readable) -> dict[str, str]:
    """Return the headers of a file: whatever it holds, a browser saves it and runs nothing of it."""
    return {
        "Content-Type": found.media,
        "Content-Length": str(found.size),
        "Content-Disposition": disposition(found.name),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


def disposition(name: str) -> str:
    """Return "attachment" with the name in plain letters, and as it is shown (RFC 6266, RFC 8187)."""
    return f"attachment; filename=\"{plain_name(name)}\"; filename*=UTF-8''{quote(name, safe='')}"
