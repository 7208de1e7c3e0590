"""Moves: what may be done with a case, and doing it."""

from __future__ import annotations

from fastapi import APIRouter, Response

from api.auth import Who
from api.idempotency import Outcome, VersionedWrite, Writing, answer
from api.installation import BASE, Here
from api.routes.cases import Code, version_tag
from api.routes.documenting import reading, sending, writing
from api.shapes.queries import Asked
from api.shapes.requests import DecidedBy, MoveRequest
from models.units import Unit, WriteUnit
from states.facts import Signed
from workflows import access, moving, naming, offering, permitting
from workflows.offering import MovedView, OfferView
from workflows.orders import Order

router = APIRouter(prefix=BASE, tags=["moves"])


@router.get("/cases/{code}/moves", summary="Read what may be done", responses=reading("offers"))
def read_moves(here: Here, who: Who, code: Code, response: Response, _asked: Asked) -> tuple[OfferView, ...]:
    """Read for the case and each referral which moves are open, what holds, what fails and the form of each."""
    with here.database.reading() as unit:
        seen = access.case(unit, code=code, actor=who)
        response.headers.update(version_tag(seen.row["seq"]))
        return offering.offer_views(unit, seen, actor=who)


@router.post(
    "/cases/{code}/moves",
    summary="Make a move",
    response_model=MovedView,
    responses=writing("moved", versioned=True),
    openapi_extra=sending("move"),
)
def make_move(writes: VersionedWrite, code: Code, body: MoveRequest, _asked: Asked) -> Response:
    """Fire one trigger on the case or one of its referrals. If-Match names the version that was opened."""

    def act(unit: WriteUnit) -> Outcome:
        moved = moving.move(unit, code=code, order=order_of(unit, writes, code, body, expected=writes.expected()))
        return Outcome(offering.moved_view(unit, moved), headers=version_tag(moved.seq))

    def recheck(unit: Unit) -> None:
        permitting.require_mover(unit, code=code, order=order_of(unit, writes, code, body, expected=None))

    return answer(writes, body, act=act, recheck=recheck)


def order_of(unit: Unit, writes: Writing, code: str, body: MoveRequest, *, expected: int | None) -> Order:
    """Return the body of a move as an order of its sender."""
    return Order(
        body.trigger,
        writes.actor,
        body.day(unit.today),
        body.payload,
        referral=body.referral,
        decided_by=signed(unit, writes, code, body.decided_by),
        document=body.document,
        expected=expected,
    )


def signed(unit: Unit, writes: Writing, code: str, decided_by: DecidedBy | None) -> Signed | None:
    """Return who decided, looked up in the council of the case `code`."""
    if decided_by is None:
        return None
    council = access.case(unit, code=code, actor=writes.actor).setting.council
    return naming.signed(
        unit, council=council, agency=decided_by.agency, person=decided_by.person, capacity=decided_by.capacity
    )
