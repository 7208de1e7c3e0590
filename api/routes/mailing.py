"""Letters and the contacts they go to, for who is in charge of them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from api.auth import Who
from api.idempotency import Outcome, Write, answer
from api.installation import BASE, Here
from api.routes.cases import page_size
from api.routes.documenting import reading, sending, writing
from api.shapes.queries import Asked, CouncilQuery, MessageQuery
from api.shapes.requests import ContactsRequest, Nothing
from models.units import Unit, WriteUnit
from workflows import access, councils
from workflows.delivering import contacts, messages
from workflows.delivering.contacts import ContactView, Named
from workflows.delivering.messages import MessageView
from workflows.paging import Page

router = APIRouter(prefix=BASE, tags=["notices"])
_LONGEST_CODE = 40


@router.get("/messages", summary="List letters", responses=reading("messages"))
def list_messages(here: Here, who: Who, asked: Annotated[MessageQuery, Query()]) -> Page[MessageView]:
    """List the letters of the councils that the caller administers or whose office it runs, newest first."""
    with here.database.reading() as unit:
        limit = page_size(here, asked.limit)
        return messages.listed(unit, actor=who, state=asked.state, cursor=asked.cursor, limit=limit)


@router.post(
    "/messages/{message}/retry",
    summary="Try a letter again",
    response_model=MessageView,
    responses=writing("message"),
    openapi_extra=sending("message_retry"),
)
def retry_message(writes: Write, message: UUID, body: Nothing, _asked: Asked) -> Response:
    """Let a letter that is dead, or waits for its next try, be tried at once and for 72 hours from now."""

    def act(unit: WriteUnit) -> Outcome:
        return Outcome(messages.retry(unit, message=message, actor=writes.actor))

    def recheck(unit: Unit) -> None:
        messages.one(unit, message=message, actor=writes.actor)

    return answer(writes, body, act=act, recheck=recheck)


@router.get("/agencies/{agency}/contacts", summary="List the contacts of an agency", responses=reading("contacts"))
def list_contacts(
    here: Here, who: Who, agency: str, asked: Annotated[CouncilQuery, Query()]
) -> tuple[ContactView, ...]:
    """List the contact person of an agency and the deputy, for who is in charge of the council."""
    with here.database.reading() as unit:
        setting = access.council(unit, code=asked.council, actor=who)
        return contacts.listed(unit, setting=setting, actor=who, agency=agency[:_LONGEST_CODE])


@router.put(
    "/agencies/{agency}/contacts",
    summary="Name the contacts of an agency",
    response_model=tuple[ContactView, ...],
    responses=writing("contacts"),
    openapi_extra=sending("contacts_named"),
)
def put_contacts(
    writes: Write, agency: str, body: ContactsRequest, asked: Annotated[CouncilQuery, Query()]
) -> Response:
    """Name the contact person of an agency and the deputy; a place that is not named is emptied."""

    def act(unit: WriteUnit) -> Outcome:
        setting = access.council(unit, code=asked.council, actor=writes.actor)
        named = [Named(c.place, c.name, c.email) for c in body.contacts]
        code = agency[:_LONGEST_CODE]
        return Outcome(contacts.put(unit, setting=setting, actor=writes.actor, agency=code, named=named, only=True))

    def recheck(unit: Unit) -> None:
        setting = access.council(unit, code=asked.council, actor=writes.actor)
        councils.require_in_charge(writes.actor, setting.council)

    return answer(writes, body, act=act, recheck=recheck)
