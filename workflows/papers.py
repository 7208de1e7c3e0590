"""Papers as people read them: number, date, issuer, signer, and the cases they belong to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from models.cases import Case
from models.columns import table_of
from models.history import CaseDocument
from models.units import Unit
from states.facts import Actor
from states.paper_words import DocumentType, SignedAs
from workflows import documents
from workflows.access import Seen, visible
from workflows.views import AgencyName, Coded, agencies_named, coded, coded_as

_case_document, _case = table_of(CaseDocument), table_of(Case)


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
    subject: str | None
    incoming_number: str | None
    incoming_on: date | None


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
            subject=row["subject"],
            incoming_number=row["incoming_number"],
            incoming_on=row["incoming_on"],
        )
        for row in rows
    )
