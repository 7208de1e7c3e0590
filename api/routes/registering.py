"""Entering a case of any kind in the register; lists of petitions and of contact rounds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from api.auth import Who
from api.idempotency import Outcome, Write, Writing, answer
from api.installation import BASE, Here
from api.routes.cases import Code, list_of, version_tag
from api.routes.documenting import reading, sending, writing
from api.shapes.queries import Asked, PetitionQuery
from api.shapes.requests import CaseRequest, PetitionRequest, RoundRequest
from models.units import Unit, WriteUnit
from states.contact_round import CONTACT_ROUND_KIND
from states.errors import BadInput, NotFound
from states.kinds import KINDS
from states.petition import PETITION_KIND
from states.text import Text
from workflows import access, offering, permitting, registering, round_figures, topics
from workflows.listing import ListedCase
from workflows.offering import MovedView
from workflows.paging import Page
from workflows.registering import Birth
from workflows.round_figures import RoundFigures
from workflows.topics import TopicView

router = APIRouter(prefix=BASE, tags=["register"])


@router.post(
    "/cases",
    summary="Enter a case of any kind",
    status_code=201,
    response_model=MovedView,
    responses=writing("captured", status=201),
    openapi_extra=sending("commitment"),
)
def enter_case(writes: Write, body: CaseRequest, _asked: Asked) -> Response:
    """Enter one case of the kind that is named; its code begins with the council and the kind."""
    known = ", ".join(KINDS)
    if body.kind not in KINDS:
        vi, en = f"«Loại hồ sơ» phải là một trong: {known}", f"“Kind” must be one of: {known}"
        raise BadInput({"kind": Text(vi, en)})
    return _enter(writes, body, _birth_of(writes, body, body.kind, body.payload))


@router.get("/petitions", summary="List petitions", responses=reading("cases"))
def list_petitions(here: Here, who: Who, asked: Annotated[PetitionQuery, Query()]) -> Page[ListedCase]:
    """List the petitions the caller may see, filtered and ordered like cases."""
    with here.database.reading() as unit:
        return list_of(unit, here, who, asked, kind=PETITION_KIND)


@router.post(
    "/petitions",
    summary="Enter a petition",
    status_code=201,
    response_model=MovedView,
    responses=writing("registered", status=201),
    openapi_extra=sending("petition"),
)
def enter_petition(writes: Write, body: PetitionRequest, _asked: Asked) -> Response:
    """Enter one petition in the register; it gets its code. The petitioner is kept apart and shown masked."""
    payload = body.payload.model_dump(mode="json", exclude_unset=True)
    return _enter(writes, body, _birth_of(writes, body, PETITION_KIND, payload))


@router.get("/rounds", summary="List contact rounds", responses=reading("rounds"))
def list_rounds(here: Here, who: Who, asked: Annotated[PetitionQuery, Query()]) -> Page[ListedCase]:
    """List the voter-contact rounds the caller may see; `summary` is the name of the round."""
    with here.database.reading() as unit:
        return list_of(unit, here, who, asked, kind=CONTACT_ROUND_KIND)


@router.post(
    "/rounds",
    summary="Open a contact round",
    status_code=201,
    response_model=MovedView,
    responses=writing("round_opened", status=201),
    openapi_extra=sending("round"),
)
def open_round(writes: Write, body: RoundRequest, _asked: Asked) -> Response:
    """Open one voter-contact round; its further moves go the way of all cases."""

    def birth(unit: Unit) -> Birth:
        payload = body.payload.model_dump(mode="json", exclude_unset=True)
        return Birth(CONTACT_ROUND_KIND, payload, body.day(unit.today), document=body.document)

    return _enter(writes, body, birth)


@router.get("/rounds/{code}/figures", summary="Read the figures of a contact round", responses=reading("figures"))
def read_figures(here: Here, who: Who, code: Code, _asked: Asked) -> RoundFigures:
    """Read what its report states, what its meetings add up to and what the register holds, and what disagrees."""
    with here.database.reading() as unit:
        return round_figures.figures(unit, code=code, actor=who)


@router.get("/topics/{code}", summary="Read a topic with its petitions", responses=reading("topic"))
def read_topic(here: Here, who: Who, code: Code, _asked: Asked) -> TopicView:
    """Read the petitions that were put side by side in a topic, and how many of them are in which state."""
    with here.database.reading() as unit:
        return topics.topic(unit, code=code, actor=who)


def _birth_of(
    writes: Writing, body: CaseRequest | PetitionRequest, kind: str, payload: Mapping[str, Any]
) -> Callable[[Unit], Birth]:
    """Return what makes the birth of a case that may have a petitioner and may repeat another."""
    return lambda unit: Birth(
        kind,
        payload,
        body.day(unit.today),
        petitioner=body.petitioner,
        document=body.document,
        repeats=None if body.repeats is None else _repeated(unit, writes, body.repeats),
    )


def _enter(
    writes: Writing, body: CaseRequest | PetitionRequest | RoundRequest, birth: Callable[[Unit], Birth]
) -> Response:
    """Register what `birth` describes, in the council that is named or the only one."""

    def act(unit: WriteUnit) -> Outcome:
        setting = access.council(unit, code=body.council, actor=writes.actor)
        moved = registering.register(unit, setting=setting, birth=birth(unit), actor=writes.actor)
        headers = {"Location": f"{BASE}/cases/{moved.code}", **version_tag(moved.seq)}
        return Outcome(offering.moved_view(unit, moved), 201, headers)

    def recheck(unit: Unit) -> None:
        setting = access.council(unit, code=body.council, actor=writes.actor)
        permitting.require_registrar(unit, setting=setting, kind=birth(unit).kind, actor=writes.actor)

    return answer(writes, body, act=act, recheck=recheck)


def _repeated(unit: Unit, writes: Writing, code: str) -> UUID:
    """Return the case that is repeated.

    Raises: BadInput when it is absent or hidden.
    """
    try:
        return access.case(unit, code=code, actor=writes.actor).id
    except NotFound as error:
        problem = Text("«Nêu lại kiến nghị (mã)»: không có mã này", "“Repeats the case (code)”: there is no such code")
        raise BadInput({"repeats": problem}) from error
