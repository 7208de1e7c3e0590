"""Papers named in entries: one paper is one row, however many cases and events point to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import or_, select, update

from models.columns import table_of
from models.councils import Agency
from models.history import CaseDocument, Document
from models.units import Unit, WriteUnit
from models.writing import Change
from states.entries import DocumentSlip
from states.errors import BadInput
from states.facts import Actor
from states.folding import fold_words
from states.paper_words import DocumentType, Secrecy
from states.text import Text
from workflows.access import Seen
from workflows.drafting import new_id
from workflows.history import canonical
from workflows.paper_numbers import paper_key
from workflows.visibility import legible

_document, _agency, _case_document = (table_of(m) for m in (Document, Agency, CaseDocument))
_TOLD = (
    "type", "signer", "signed_as", "position", "subject", "recipients", "secrecy", "incoming_number", "incoming_on",
    "replies_to",
)  # fmt: skip
_UNSAID = (None, "[]", DocumentType.OFFICIAL_LETTER.value, Secrecy.NONE.value)
"""What a mention of a paper says without meaning anything by it."""


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
    if slip.replies_to is not None:
        _require_known(unit, slip.replies_to, council)
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


def _require_known(unit: Unit, document: UUID, council: UUID) -> None:
    wanted = select(_document.c.id).where(_document.c.id == document, _document.c.council_id == council)
    if unit.read(wanted).first() is None:
        raise BadInput(
            {"replies_to": Text("«Trả lời văn bản»: chưa có văn bản này trong sổ", "“In reply to”: no such paper here")}
        )


def _issuer(unit: Unit, written: str | None, council: UUID) -> UUID | None:
    if written is None:
        return None
    theirs = or_(_agency.c.council_id == council, _agency.c.council_id.is_(None))
    named = or_(_agency.c.code == written.upper(), _agency.c.name == written)
    found: UUID | None = unit.read(select(_agency.c.id).where(theirs, named).limit(1)).scalar()
    return found


def enter(unit: WriteUnit, papers: Papers) -> tuple[str, ...]:
    """Write the row of a paper; one that is known already gets what was not known of it.

    Return the columns in which what is known differs from what is said now: they stay as they are.
    """
    if papers.row is None:
        return ()
    unit.write(Change(inserts={"document": [papers.row]}))
    known = known_row(unit, papers) or papers.row
    new = {
        name: papers.row[name]
        for name in _TOLD
        if papers.row[name] not in _UNSAID and known[name] in _UNSAID and papers.row[name] != known[name]
    }
    if new:
        unit.run(update(_document).where(_document.c.id == papers.id).values(**new))
    return differing(known, papers.row)


def differing(known: Mapping[str, Any], said: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the columns that both a known paper and a new mention of it fill, and fill differently."""
    return tuple(n for n in _TOLD if said[n] not in _UNSAID and known[n] not in _UNSAID and said[n] != known[n])


def known_row(unit: Unit, papers: Papers) -> Mapping[str, Any] | None:
    """Return the row of a paper that is in the register already."""
    row = unit.read(select(_document).where(_document.c.id == papers.id)).mappings().one_or_none()
    return dict(row) if row is not None else None


def is_there(unit: Unit, document: UUID) -> bool:
    """Say whether a paper is in the register."""
    return unit.read(select(_document.c.id).where(_document.c.id == document)).first() is not None


def named(unit: Unit, *, council: UUID, number: str, issued_on: date | None = None, field: str = "number") -> UUID:
    """Return the paper of the council with this number, as people write it.

    Raises: BadInput when there is none, or several of different days and none is said.
    """
    wanted = select(_document.c.id, _document.c.number, _document.c.issued_on).where(
        _document.c.council_id == council, _document.c.number_key == number_key(number)
    )
    rows = [row for row in unit.read(wanted) if issued_on is None or row.issued_on == issued_on]
    if not rows:
        raise BadInput(
            {field: Text(f"«Số, ký hiệu»: chưa có văn bản {number} trong sổ", f"“Number”: no paper {number} here")}
        )
    if len(rows) > 1:
        days = ", ".join(sorted(f"{row.issued_on:%d/%m/%Y}" for row in rows if row.issued_on))
        raise BadInput(
            {
                field: Text(
                    f"«Ngày văn bản»: có nhiều văn bản số {number} ({days}), nêu rõ ngày",
                    f"“Date”: there are several papers {number} ({days}), say of which day",
                )
            }
        )
    found: UUID = rows[0].id
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
    """Return the papers that `actor` may see, newest identifier last, `limit` at most."""
    wanted = select(_document).where(legible(actor)).order_by(_document.c.id).limit(limit)
    if number:
        wanted = wanted.where(_document.c.number_key == number_key(number))
    if after:
        wanted = wanted.where(_document.c.id > after)
    return [dict(row) for row in unit.read(wanted).mappings()]
