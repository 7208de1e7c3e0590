"""Papers as people read them: number, date, issuer, signer, and the cases they belong to."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from models.cases import Case
from models.columns import table_of
from models.history import CaseDocument, DocumentRow
from models.units import Unit
from states.facts import Actor
from states.kinds import lifecycle_of
from states.paper_acts import PaperAct
from states.paper_words import DocumentType, Secrecy, SignedAs
from workflows import access, documents
from workflows.access import Seen
from workflows.views import AgencyName, Coded, agencies_named, coded, coded_as
from workflows.visibility import visible

_case_document, _case, _row = table_of(CaseDocument), table_of(Case), table_of(DocumentRow)


@dataclass(frozen=True, slots=True)
class RecipientView:
    """One line of "Nơi nhận"."""

    name: str
    note: str | None


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """One row of a paper's annex: the case, where it is now, and what the paper did to it."""

    ordinal: int
    code: str
    act: Coded
    state: Coded
    event: int


@dataclass(frozen=True, slots=True)
class WholePaper:
    """A paper with its annex, as far as the reader may see its cases; `hidden` rows are those of other cases."""

    paper: PaperView
    rows: tuple[AnnexRow, ...]
    hidden: int


@dataclass(frozen=True, slots=True)
class PaperView:
    """One paper; the issuer is a known agency or stands as written."""

    id: UUID
    type: Coded
    number: str | None
    issued_on: date | None
    issuer: AgencyName | None
    issuer_written: str | None
    signer: str | None
    signed_as: Coded | None
    position: str | None
    subject: str | None
    recipients: tuple[RecipientView, ...]
    secrecy: Coded
    incoming_number: str | None
    incoming_on: date | None
    replies_to: UUID | None


@dataclass(frozen=True, slots=True)
class ListedPaper:
    """A paper with the codes of its cases that the reader may see."""

    paper: PaperView
    cases: tuple[str, ...]


def of_case(unit: Unit, seen: Seen) -> tuple[PaperView, ...]:
    """Return the papers of a case, oldest first."""
    return _views(unit, documents.of_case(unit, seen))


def listed(unit: Unit, *, actor: Actor, number: str | None, after: UUID | None, limit: int) -> tuple[ListedPaper, ...]:
    """Return papers of cases that `actor` may see, in the order in which they were entered."""
    rows = documents.listed(unit, actor=actor, number=number, after=after, limit=limit)
    wanted = (
        select(_case_document.c.document_id, _case.c.code)
        .join(_case, _case.c.id == _case_document.c.case_id)
        .where(_case_document.c.document_id.in_([row["id"] for row in rows]), visible(actor))
        .order_by(_case.c.code)
    )
    codes: dict[UUID, list[str]] = {}
    for row in unit.read(wanted):
        codes.setdefault(row.document_id, []).append(row.code)
    return tuple(ListedPaper(view, tuple(codes.get(view.id, ()))) for view in _views(unit, rows))


def whole(unit: Unit, *, document: UUID, actor: Actor) -> WholePaper:
    """Return one paper with the rows of its annex, in their order.

    Raises: NotFound when it is absent, or belongs only to cases that are hidden from `actor`.
    """
    row = access.paper(unit, document=document, actor=actor)
    wanted = (
        select(_row.c.ordinal, _row.c.act, _row.c.event_seq, _case.c.code, _case.c.state, _case.c.kind)
        .join(_case, _case.c.id == _row.c.case_id)
        .where(_row.c.document_id == document, visible(actor))
        .order_by(_row.c.ordinal, _case.c.code)
    )
    rows = unit.read(wanted).all()
    count = unit.read(select(func.count()).select_from(_row).where(_row.c.document_id == document)).scalar_one()
    return WholePaper(_views(unit, [row])[0], tuple(_annex_row(r) for r in rows), count - len(rows))


def _annex_row(row: Any) -> AnnexRow:
    state = lifecycle_of(row.kind).states[row.state].label
    return AnnexRow(row.ordinal, row.code, coded(PaperAct(row.act)), Coded(row.state, state), row.event_seq)


def _views(unit: Unit, rows: Sequence[Mapping[str, Any]]) -> tuple[PaperView, ...]:
    names = agencies_named(unit, [row["issuer_id"] for row in rows])
    return tuple(
        PaperView(
            id=row["id"],
            type=coded(DocumentType(row["type"])),
            number=row["number"],
            issued_on=row["issued_on"],
            issuer=names.get(row["issuer_id"]),
            issuer_written=row["issuer_written"],
            signer=row["signer"],
            signed_as=coded_as(SignedAs, row["signed_as"]),
            position=row["position"],
            subject=row["subject"],
            recipients=tuple(RecipientView(r["name"], r.get("note")) for r in json.loads(row["recipients"])),
            secrecy=coded(Secrecy(row["secrecy"])),
            incoming_number=row["incoming_number"],
            incoming_on=row["incoming_on"],
            replies_to=row["replies_to"],
        )
        for row in rows
    )
