"""Letters as Word files, and the office's own templates of them."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

from api.auth import Who
from api.idempotency import Outcome, Write, Writing, answer
from api.installation import BASE, Here
from api.routes.documenting import bringing, handing_out, reading, writing
from api.routes.files import disposition
from api.shapes.queries import CouncilQuery, LetterQuery
from api.uploads import pour, require_file
from models.units import Unit, WriteUnit
from states.file_words import MEDIA, FileKind
from workflows import access
from workflows.printing import packages, templates
from workflows.printing import writing as letters
from workflows.printing.registry import kind_of
from workflows.printing.templates import Checked, TemplateView
from workflows.printing.writing import Letter

router = APIRouter(prefix=BASE, tags=["letters"])
_MOST_TOLD = 20


class Sent(BaseModel):
    """What a key of a request stands for: the kind, and the content by its digest."""

    kind: str
    digest: str


@router.get("/letters/{kind}", summary="Write a letter", response_class=Response, responses=handing_out())
def write_letter(here: Here, who: Who, kind: str, asked: Annotated[LetterQuery, Query()]) -> Response:
    """Write a letter about cases, a paper, a round, an agency or a person's work; nothing changes in any case.

    What could not be printed as it stands is told in `Dondoc-Troubles` (JSON, the first 20), restricted cases of a
    paper that are left out in `Dondoc-Left-Out`.
    """
    with here.database.reading() as unit:
        setting = access.council(unit, code=asked.council, actor=who)
        made = letters.write(unit, setting=setting, order=asked.order(kind), actor=who, store=here.files)
    return Response(made.content, headers=_headers(made), media_type=MEDIA[FileKind.DOCX])


@router.get("/templates", summary="List templates", responses=reading("templates"))
def list_templates(here: Here, who: Who, asked: Annotated[CouncilQuery, Query()]) -> tuple[TemplateView, ...]:
    """List the template in force for each kind of letter."""
    with here.database.reading() as unit:
        return templates.listed(unit, setting=access.council(unit, code=asked.council, actor=who))


@router.get("/templates/{kind}", summary="Read a template", response_class=Response, responses=handing_out())
def read_template(here: Here, who: Who, kind: str, asked: Annotated[CouncilQuery, Query()]) -> Response:
    """Hand out the template in force, to be edited in Word."""
    with here.database.reading() as unit:
        setting = access.council(unit, code=asked.council, actor=who)
        content = templates.in_force(unit, setting=setting, kind=kind, store=here.files)
    return Response(content, headers=disposed(f"{kind}.docx"), media_type=MEDIA[FileKind.DOCX])


@router.post(
    "/templates/{kind}",
    summary="Bring a template",
    status_code=201,
    response_model=TemplateView,
    responses=writing("template", status=201),
    openapi_extra=bringing(),
)
async def bring_template(
    request: Request, writes: Write, kind: str, asked: Annotated[CouncilQuery, Query()]
) -> Response:
    """Check an edited template and put it in force; every wrong field is named with the nearest right one."""
    require_file(request)
    here = writes.here
    await run_in_threadpool(_keeper, writes, kind, asked.council)
    with here.files.spooling(most=packages.LARGEST) as spool:
        await pour(request, spool)
        checked = await run_in_threadpool(templates.take, here.files, spool, kind=kind, scanner=here.scanner)
    return await run_in_threadpool(_put, writes, checked, asked.council)


def _keeper(writes: Writing, kind: str, council: str | None) -> None:
    with writes.here.database.reading() as unit:
        setting = access.council(unit, code=council, actor=writes.actor)
        kind_of(kind)
        templates.require_keeper(setting, writes.actor)


def _put(writes: Writing, checked: Checked, council: str | None) -> Response:
    def act(unit: WriteUnit) -> Outcome:
        setting = access.council(unit, code=council, actor=writes.actor)
        return Outcome(templates.put(unit, setting=setting, template=checked, actor=writes.actor), 201)

    def recheck(unit: Unit) -> None:
        templates.require_keeper(access.council(unit, code=council, actor=writes.actor), writes.actor)

    return answer(writes, Sent(kind=checked.kind, digest=checked.brought.digest), act=act, recheck=recheck)


def _headers(made: Letter) -> dict[str, str]:
    """Return the name of the file and what is to be told of it; header values are ASCII, so words are escaped JSON."""
    told = [{"where": t.where, "text": {"vi": t.text.vi, "en": t.text.en}} for t in made.troubles[:_MOST_TOLD]]
    extra = {"Dondoc-Troubles": json.dumps(told), "Dondoc-Left-Out": str(made.left_out)}
    return disposed(made.name) | {name: value for name, value in extra.items() if value not in {"[]", "0"}}


def disposed(name: str) -> dict[str, str]:
    """Return the headers of a file of ours that is saved and never shown as a page."""
    return {"Content-Disposition": disposition(name), "Content-Security-Policy": "default-src 'none'; sandbox"}
