"""Proposals: what the machine suggests, taken or declined by a person."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from api.auth import Who
from api.idempotency import Outcome, VersionedWrite, Write, answer
from api.installation import BASE, Here
from api.routes.cases import page_size, version_tag
from api.routes.documenting import reading, sending, writing
from api.routes.moves import signed
from api.shapes.queries import Asked, ProposalQuery
from api.shapes.requests import DeclineRequest, TakeRequest
from models.units import Unit, WriteUnit
from workflows import offering, permitting, proposals
from workflows.offering import MovedView
from workflows.orders import Order
from workflows.paging import Page
from workflows.proposals import ProposalView

router = APIRouter(prefix=BASE, tags=["proposals"])


@router.get("/proposals", summary="List proposals", responses=reading("proposals"))
def list_proposals(here: Here, who: Who, asked: Annotated[ProposalQuery, Query()]) -> Page[ProposalView]:
    """List the proposals whose cases the caller may see, in the order in which they were made."""
    with here.database.reading() as unit:
        return proposals.listed(
            unit,
            actor=who,
            code=asked.case,
            state=asked.state,
            cursor=asked.cursor,
            limit=page_size(here, asked.limit),
        )


@router.get("/proposals/{proposal}", summary="Read a proposal", responses=reading("proposal"))
def read_proposal(here: Here, who: Who, proposal: UUID, _asked: Asked) -> ProposalView:
    """Read one proposal and what became of it."""
    with here.database.reading() as unit:
        return proposals.one(unit, proposal=proposal, actor=who)


@router.post(
    "/proposals/{proposal}/take",
    summary="Take a proposal",
    response_model=MovedView,
    responses=writing("moved", versioned=True),
    openapi_extra=sending("take"),
)
def take_proposal(writes: VersionedWrite, proposal: UUID, body: TakeRequest, _asked: Asked) -> Response:
    """Make the move that is proposed. If-Match names the version of its case that was opened."""

    def order(unit: Unit, expected: int | None) -> Order:
        found = proposals.one(unit, proposal=proposal, actor=writes.actor)
        by = signed(unit, writes, found.case, body.decided_by)
        day, payload = body.day(unit.today), body.payload
        return Order(
            found.trigger.code, writes.actor, day, payload, referral=found.referral, decided_by=by,
            document=body.document, expected=expected,
        )  # fmt: skip

    def act(unit: WriteUnit) -> Outcome:
        moved = proposals.take(unit, proposal=proposal, order=order(unit, writes.expected()))
        return Outcome(offering.moved_view(unit, moved), headers=version_tag(moved.seq))

    def recheck(unit: Unit) -> None:
        code = proposals.one(unit, proposal=proposal, actor=writes.actor).case
        permitting.require_mover(unit, code=code, order=order(unit, None))

    return answer(writes, body, act=act, recheck=recheck)


@router.post(
    "/proposals/{proposal}/decline",
    summary="Decline a proposal",
    response_model=ProposalView,
    responses=writing("proposal"),
    openapi_extra=sending("decline"),
)
def decline_proposal(writes: Write, proposal: UUID, body: DeclineRequest, _asked: Asked) -> Response:
    """Turn a proposal down, with the reason."""

    def act(unit: WriteUnit) -> Outcome:
        case = proposals.one(unit, proposal=proposal, actor=writes.actor).case
        by = signed(unit, writes, case, body.decided_by)
        done = proposals.decline(unit, proposal=proposal, actor=writes.actor, reason=body.reason, decided_by=by)
        return Outcome(done)

    def recheck(unit: Unit) -> None:
        found = proposals.one(unit, proposal=proposal, actor=writes.actor)
        order = Order(found.trigger.code, writes.actor, unit.today, referral=found.referral)
        permitting.require_mover(unit, code=found.case, order=order)

    return answer(writes, body, act=act, recheck=recheck)
