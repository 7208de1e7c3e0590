"""Papers named in entries: one paper is one row, however many cases and events point to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import or_, select

from models.cases import Case
from models.columns import table_of
from models.councils import Agency
from models.history import CaseDocument, Document
from models.units import Unit
from states.entries import DocumentSlip
from states.facts import Actor
from states.folding import fold_words
from workflows.access import Seen, visible
from workflows.drafting import new_id
from workflows.history import canonical
from workflows.paper_numbers import paper_key

_document, _agency, _case_document, _case = (table_of(m) for m in (Document, Agency, CaseDocument, Case))


@dataclass(frozen=True, slots=True)
class Papers:
    """The paper of a move: its identifier, and the row that is written unless the paper is known already."""

    id: UUID | None = None
    row: dict[str, Any] | None = field(default=None)


def number_key(number: str) -> str:
    """Return a number as it is compared: "56/BC- UBND" and "56/bc-ubnd" are the same number."""
    return paper_key(number)


def paper(unit: Unit, slip: DocumentSlip | None, *, council: UUID, actor: Actor) -> Papers:
    """Return the paper that `slip` names, with its row to be written where it is not there yet.

    The same number, date and issuer in one council mean the same paper, whoever enters it first: its identifier
    follows from them. A paper without a number is a draft of its own.
    """
    if slip is None:
        return Papers()
    issuer = _issuer(unit, slip.issuer, council)
    key = number_key(slip.number) if slip.number else None
    said_by = str(issuer) if issuer else fold_words(slip.issuer or "")
    same = uuid5(council, f"{key}|{slip.issued_on}|{said_by}")
    row: dict[str, Any] = {
        "id": same if slip.is_numbered else new_id(),
        "council_id": council,
        "type": slip.type.value,
        "number": slip.number,
        "number_key": key,
        "issued_on": slip.issued_on,
        "issuer_id": issuer,
        "issuer_written": None if issuer else slip.issuer,
        "signer": slip.signer,
        "signed_as": slip.signed_as.value if slip.signed_as else None,
        "position": slip.position,
        "subject": slip.subject,
        "recipients": canonical([r.model_dump(exclude_none=True) for r in slip.recipients]),
        "secrecy": slip.secrecy.value,
        "incoming_number": slip.incoming_number,
        "incoming_on": slip.incoming_on,
        "replies_to": slip.replies_to,
        "created_by": actor.account,
        "created_at": unit.now,
    }
    return Papers(row["id"], row)


def _issuer(unit: Unit, written: str | None, council: UUID) -> UUID | None:
    if written is None:
        return None
    theirs = or_(_agency.c.council_id == council, _agency.c.council_id.is_(None))
    named = or_(_agency.c.code == written.upper(), _agency.c.name == written)
    found: UUID | None = unit.read(select(_agency.c.id).where(theirs, named).limit(1)).scalar()
    return found


def of_case(unit: Unit, seen: Seen) -> list[dict[str, Any]]:
    """Return the papers of a case, oldest first."""
    wanted = (
        select(_document)
        .join(_case_document, _case_document.c.document_id == _document.c.id)
        .where(_case_document.c.case_id == seen.id)
        .order_by(_document.c.issued_on, _document.c.id)
    )
    return [dict(row) for row in unit.read(wanted).mappings()]


def listed(unit: Unit, *, actor: Actor, number: str | None, after: UUID | None, limit: int) -> list[dict[str, Any]]:
    """Return papers of cases that `actor` may see, newest identifier last, `limit` at most."""
    seen_by = (
        select(_case_document.c.document_id).join(_case, _case.c.id == _case_document.c.case_id).where(visible(actor))
    )
    wanted = select(_document).where(_document.c.id.in_(seen_by)).order_by(_document.c.id).limit(limit)
    if number:
        wanted = wanted.where(_document.c.number_key == number_key(number))
    if after:
        wanted = wanted.where(_document.c.id > after)
    return [dict(row) for row in unit.read(wanted).mappings()]
