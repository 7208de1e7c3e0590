"""The lines of a notice: proposed from its text, and entered as tasks and orientations."""

from __future__ import annotations

from fastapi import APIRouter, Response

from api.auth import Who
from api.idempotency import Outcome, VersionedWrite, answer
from api.installation import BASE, Here
from api.routes.cases import Code, version_tag
from api.routes.documenting import asking, sending, writing
from api.shapes.queries import Asked
from api.shapes.requests import LinesRequest, NoticeText
from models.units import Unit, WriteUnit
from states.meeting import ENTER_LINES
from workflows import access, offering, permitting
from workflows.noticing import entering, proposing
from workflows.noticing.entering import LinesOrder
from workflows.noticing.proposing import ProposedLine
from workflows.offering import LinesView
from workflows.orders import Order

router = APIRouter(prefix=BASE, tags=["moves"])


@router.post(
    "/cases/{code}/lines/proposed",
    summary="Propose the lines of a notice",
    responses=asking("lines_proposed"),
    openapi_extra=sending("notice_text"),
)
def propose_lines(here: Here, who: Who, code: Code, body: NoticeText, _asked: Asked) -> tuple[ProposedLine, ...]:
    """Read the lines out of the text of a notice; nothing is written. A person decides on each `line` and sends it."""
    with here.database.reading() as unit:
        seen = access.case(unit, code=code, actor=who)
        return proposing.proposed(unit, setting=seen.setting, text=body.text)


@router.post(
    "/cases/{code}/lines",
    summary="Enter the lines of a notice",
    response_model=LinesView,
    responses=writing("lines_entered", versioned=True),
    openapi_extra=sending("lines"),
)
def enter_lines(writes: VersionedWrite, code: Code, body: LinesRequest, _asked: Asked) -> Response:
    """Make a case of each task and keep the orientations as text of the meeting: all lines, or none."""

    def act(unit: WriteUnit) -> Outcome:
        order = LinesOrder(body.lines, writes.actor, body.day(unit.today), body.document, writes.expected())
        done = entering.enter(unit, code=code, order=order)
        return Outcome(offering.lines_view(unit, done), headers=version_tag(done.meeting.seq))

    def recheck(unit: Unit) -> None:
        permitting.require_mover(unit, code=code, order=Order(ENTER_LINES, writes.actor, unit.today))

    return answer(writes, body, act=act, recheck=recheck)
