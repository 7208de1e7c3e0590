"""What an account was told, and how it wants to be told."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.auth import Who
from api.idempotency import Outcome, Write, answer
from api.installation import BASE, Here
from api.routes.cases import page_size
from api.routes.documenting import reading, sending, writing
from api.shapes.queries import Asked, InboxQuery
from api.shapes.requests import InboxRead, WishesRequest
from models.units import Unit, WriteUnit
from workflows.delivering import choosing, inboxes
from workflows.delivering.choosing import Wishes
from workflows.delivering.inboxes import InboxView, Read
from workflows.paging import Page

router = APIRouter(prefix=BASE, tags=["notices"])


@router.get("/inbox", summary="Read one's inbox", responses=reading("inbox"))
def read_inbox(here: Here, who: Who, asked: Annotated[InboxQuery, Query()]) -> Page[InboxView]:
    """Read what the caller was told, newest first, as it stands now; the total counts what is unread."""
    with here.database.reading() as unit:
        limit = page_size(here, asked.limit)
        return inboxes.listed(unit, actor=who, unread=asked.unread, cursor=asked.cursor, limit=limit)


@router.post(
    "/inbox/read",
    summary="Mark items of one's inbox as read",
    response_model=Read,
    responses=writing("inbox_read_done"),
    openapi_extra=sending("inbox_read"),
)
def mark_read(writes: Write, body: InboxRead, _asked: Asked) -> Response:
    """Mark items as read; identifiers that are not in the caller's inbox change nothing."""

    def act(unit: WriteUnit) -> Outcome:
        return Outcome(inboxes.read(unit, actor=writes.actor, items=body.items, everything=body.all))

    return answer(writes, body, act=act, recheck=_anybody)


@router.get("/me/notices", summary="Read how one is told", responses=reading("wishes"))
def read_wishes(here: Here, who: Who, _asked: Asked) -> Wishes:
    """Read at what hour, to which address, in which language and through whom the caller is told."""
    with here.database.reading() as unit:
        return choosing.wishes_of(unit, actor=who)


@router.put(
    "/me/notices",
    summary="Choose how one is told",
    response_model=Wishes,
    responses=writing("wishes"),
    openapi_extra=sending("wishes_chosen"),
)
def choose_wishes(writes: Write, body: WishesRequest, _asked: Asked) -> Response:
    """Choose how the caller is told. What a law or a regulation demands may be redirected and is never switched off."""

    def act(unit: WriteUnit) -> Outcome:
        wishes = Wishes(body.email, body.digest_at, body.mail, body.language, body.redirect_to)
        return Outcome(choosing.choose(unit, actor=writes.actor, wishes=wishes))

    return answer(writes, body, act=act, recheck=_anybody)


def _anybody(_unit: Unit) -> None:
    """Let pass whoever is signed in: it is about the caller alone."""
