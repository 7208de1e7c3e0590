"""Splitting one petition that is several."""

from __future__ import annotations

from fastapi import APIRouter, Response

from api.idempotency import Outcome, VersionedWrite, answer
from api.installation import BASE
from api.routes.cases import Code, version_tag
from api.routes.documenting import sending, writing
from api.shapes.queries import Asked
from api.shapes.requests import SplitRequest
from models.units import Unit, WriteUnit
from workflows import offering, permitting, splitting
from workflows.offering import SplitView
from workflows.orders import Order
from workflows.splitting import SplitOrder

router = APIRouter(prefix=BASE, tags=["moves"])


@router.post(
    "/cases/{code}/split",
    summary="Split a petition",
    response_model=SplitView,
    responses=writing("split_done", versioned=True),
    openapi_extra=sending("split"),
)
def split_petition(writes: VersionedWrite, code: Code, body: SplitRequest, _asked: Asked) -> Response:
    """Keep the first part in the case and make a case of each other part; the whole stays in its history."""

    def act(unit: WriteUnit) -> Outcome:
        order = SplitOrder(body.parts, writes.actor, body.day(unit.today), body.words, writes.expected())
        done = splitting.split(unit, code=code, order=order)
        view = SplitView(offering.moved_view(unit, done.stays), tuple(offering.moved_view(unit, m) for m in done.born))
        return Outcome(view, headers=version_tag(done.stays.seq))

    def recheck(unit: Unit) -> None:
        permitting.require_mover(unit, code=code, order=Order(splitting.TRIGGER, writes.actor, unit.today))

    return answer(writes, body, act=act, recheck=recheck)
