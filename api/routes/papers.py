"""Papers: one entry does what the paper does to every case in its annex."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from fastapi import APIRouter, Response

from api.auth import Who
from api.idempotency import Outcome, Write, Writing, answer
from api.installation import BASE, Here
from api.routes.documenting import reading, sending, writing
from api.shapes.queries import Asked
from api.shapes.requests import HandoverRequest, PaperRequest, TellingRequest
from models.units import Unit, WriteUnit
from states.entries import DocumentSlip
from states.facts import Signed
from states.paper_acts import PaperAct
from workflows import access, documents, enacting, handing_over, naming, papers, permitting, telling
from workflows.access import Setting
from workflows.enacting.errors import PaperRefused
from workflows.enacting.orders import PaperOrder, PaperRow
from workflows.enacting.views import PaperReportView, view_of
from workflows.papers import WholePaper

router = APIRouter(prefix=BASE, tags=["papers"])


@router.get("/documents/{document}", summary="Read a paper", responses=reading("document"))
def read_document(here: Here, who: Who, document: UUID, _asked: Asked) -> WholePaper:
    """Read one paper and the rows of its annex whose cases the caller may see."""
    with here.database.reading() as unit:
        return papers.whole(unit, document=document, actor=who)


@router.post(
    "/documents",
    summary="Register a paper",
    response_model=PaperReportView,
    responses=writing("paper_done"),
    openapi_extra=sending("paper"),
)
def register_document(writes: Write, body: PaperRequest, _asked: Asked) -> Response:
    """Register a paper and make every move of its rows, all or none; `dry_run` shows first what it would do."""

    def order(unit: Unit, setting: Setting) -> PaperOrder:
        rows = tuple(
            PaperRow(row.case, row.ordinal, row.agency, row.values, row.on, row.expected, row.trigger)
            for row in body.rows
        )
        return PaperOrder(
            body.act,
            _slip(unit, setting, body),
            rows,
            writes.actor,
            body.day(unit.today),
            body.values,
            received_on=body.received_on,
            decided_by=_decided_by(unit, setting, body),
            partial=body.partial,
            own_number=body.own_number,
            trigger=body.trigger,
        )

    return _answer(writes, body, council=body.council, dry_run=body.dry_run, order=order)


@router.post(
    "/tellings",
    summary="Tell voters",
    response_model=PaperReportView,
    responses=writing("telling_done"),
    openapi_extra=sending("telling"),
)
def tell_voters(writes: Write, body: TellingRequest, _asked: Asked) -> Response:
    """Record in one act that the voters of a hamlet and round were told of all that was answered."""

    def order(unit: Unit, setting: Setting) -> PaperOrder:
        return telling.order_of(
            unit,
            setting=setting,
            actor=writes.actor,
            contact_round=body.round,
            locality=body.locality,
            on=body.day(unit.today),
            values=body.payload.model_dump(mode="json", exclude_none=True),
            slip=body.document,
            publish=body.publish,
        )

    return _answer(writes, body, council=body.council, dry_run=body.dry_run, order=order)


@router.post(
    "/handovers",
    summary="Hand work over",
    response_model=PaperReportView,
    responses=writing("handover_done"),
    openapi_extra=sending("handover"),
)
def hand_over(writes: Write, body: HandoverRequest, _asked: Asked) -> Response:
    """Move all open work of one account to another, with the minutes as its paper."""

    def order(unit: Unit, setting: Setting) -> PaperOrder:
        return handing_over.order_of(
            unit,
            setting=setting,
            actor=writes.actor,
            giver=body.giver,
            receiver=body.receiver,
            on=body.day(unit.today),
            slip=body.document,
        )

    return _answer(writes, body, council=body.council, dry_run=body.dry_run, order=order)


def _answer(
    writes: Writing,
    body: PaperRequest | TellingRequest | HandoverRequest,
    *,
    council: str | None,
    dry_run: bool,
    order: Callable[[Unit, Setting], PaperOrder],
) -> Response:
    """Preview or register the paper; refused rows answer 409 with the report, and nothing is written."""

    def act(unit: WriteUnit) -> Outcome:
        setting = access.council(unit, code=council, actor=writes.actor)
        asked = order(unit, setting)
        if dry_run:
            return Outcome(view_of(enacting.preview(unit, setting=setting, order=asked)))
        report = enacting.enact(unit, setting=setting, order=asked)
        if report.is_refused:
            raise PaperRefused(report)
        return Outcome(view_of(report))

    def recheck(unit: Unit) -> None:
        setting = access.council(unit, code=council, actor=writes.actor)
        act_of, moves = _asked_for(body)
        permitting.require_enactor(unit, setting=setting, act=act_of, moves=moves, actor=writes.actor)

    return answer(writes, body, act=act, recheck=recheck)


def _asked_for(
    body: PaperRequest | TellingRequest | HandoverRequest,
) -> tuple[PaperAct | None, Mapping[str, str | None]]:
    """Return what a body asks for and the cases that it names itself, each with the move that it says."""
    if isinstance(body, PaperRequest):
        return body.act, {row.case: row.trigger or body.trigger for row in body.rows}
    return (PaperAct.HANDOVER if isinstance(body, HandoverRequest) else PaperAct.TELLING), {}


def _slip(unit: Unit, setting: Setting, body: PaperRequest) -> DocumentSlip | None:
    """Return the slip with the paper it replies to, which people name by its number."""
    if body.replies_to is None:
        return body.document
    letter = documents.named(unit, council=setting.council, number=body.replies_to, field="replies_to")
    return (body.document or DocumentSlip()).model_copy(update={"replies_to": letter})


def _decided_by(unit: Unit, setting: Setting, body: PaperRequest) -> Signed | None:
    if body.decided_by is None:
        return None
    by = body.decided_by
    return naming.signed(unit, council=setting.council, agency=by.agency, person=by.person, capacity=by.capacity)
