"""Which petitions a print is about: chosen cases, a round, a session, a paper, or the whole register."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from models.cases import Case
from models.columns import table_of
from models.councils import Agency, CouncilSession, CouncilTerm
from models.details import ContactRound
from models.history import CaseDocument, Document, DocumentRow, Event
from models.units import Unit
from states.errors import BadInput
from states.facts import Actor
from states.folding import fold_words
from states.paper_words import DocumentType
from states.petition import PETITION_KIND
from states.text import Text
from workflows import documents
from workflows.access import NAMED_ONLY, Setting
from workflows.printing.filed import Cited
from workflows.visibility import visible

_case, _round, _session = table_of(Case), table_of(ContactRound), table_of(CouncilSession)
_term, _agency = table_of(CouncilTerm), table_of(Agency)
_document, _row, _belongs, _event = (table_of(m) for m in (Document, DocumentRow, CaseDocument, Event))
_RAISED_AGAIN = "raise_again"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked for; what is None or empty is not asked, and all that is asked must hold.

    `cases` are codes, `round` and `session` codes, `document` a number as people write it, `dated` its date where the
    number alone is not enough. `locality` is a hamlet by name.
    """

    cases: tuple[str, ...] = ()
    round: str | None = None
    session: str | None = None
    document: str | None = None
    dated: date | None = None
    locality: str | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """The petitions in the order in which they are printed. `paper` is the one that was named, as it is cited."""

    ids: tuple[UUID, ...]
    paper: str | None = None
    session: str | None = None
    term: str | None = None
    round: str | None = None


def chosen(unit: Unit, *, setting: Setting, actor: Actor, choice: Choice, outward: bool = True) -> Chosen:
    """Return the petitions of `choice` that `actor` may see, those of a paper in the order of its annex.

    `outward`: the print leaves the office, so no restricted case is in it whoever asks, and it is ordered by hamlet;
    what stays in the office is ordered by code.
    Raises: BadInput naming what is unknown; a hidden case and an absent one read alike.
    """
    theirs = [_case.c.council_id == setting.council, _case.c.kind == PETITION_KIND, visible(actor)]
    if choice.cases:
        _require_known(unit, theirs, choice.cases, outward=outward)
        theirs.append(_case.c.code.in_([_code(code) for code in choice.cases]))
    if outward:
        theirs.append(_case.c.confidentiality.not_in(NAMED_ONLY))
    session = _named_session(unit, setting, choice.session) if choice.session else None
    if session is not None:
        theirs.append(_case.c.session_id == session.id)
    gathering = _named_round(unit, setting, actor, choice.round) if choice.round else None
    if gathering is not None:
        theirs.append(
            or_(
                _case.c.round_id == gathering.id,
                _case.c.id.in_(raised_in(unit, council=setting.council, code=gathering.code, name=gathering.name)),
            )
        )
    if choice.locality:
        theirs.append(_case.c.locality.in_(_places(unit, theirs, choice.locality)))
    paper = _named_paper(unit, theirs, choice) if choice.document else None
    return Chosen(
        tuple(_ordered(unit, theirs, paper.id if paper is not None else None, by_place=outward)),
        _as_cited(paper) if paper is not None else None,
        session.name if session is not None else None,
        session.term if session is not None else None,
        gathering.name if gathering is not None else None,
    )


def _code(written: str) -> str:
    return written.strip().upper()


def _require_known(unit: Unit, theirs: Sequence[Any], codes: Sequence[str], *, outward: bool) -> None:
    asked = [_code(code) for code in codes]
    rows = unit.read(select(_case.c.code, _case.c.confidentiality).where(*theirs, _case.c.code.in_(asked)))
    found = {row.code: row.confidentiality for row in rows}
    absent = [code for code in asked if code not in found]
    if absent:
        said = ", ".join(absent)
        raise BadInput({"case": Text(f"Không có kiến nghị {said}, hoặc không có quyền xem", f"No petition {said}")})
    kept_in = [code for code in asked if found[code] in NAMED_ONLY]
    if outward and kept_in:
        said = ", ".join(kept_in)
        raise BadInput(
            {
                "case": Text(
                    f"{said} thuộc loại hạn chế, không đưa vào bảng gửi ra ngoài: gửi bằng văn bản riêng",
                    f"{said} is restricted and goes into no table that leaves the office: send it by itself",
                )
            }
        )


def _named_session(unit: Unit, setting: Setting, written: str) -> Any:
    wanted = (
        select(_session.c.id, _session.c.name, _term.c.name.label("term"))
        .outerjoin(_term, _term.c.id == _session.c.term_id)
        .where(_session.c.council_id == setting.council, _session.c.code == written.strip().upper())
    )
    found = unit.read(wanted).one_or_none()
    if found is None:
        raise BadInput({"session": Text(f"Không có kỳ họp «{written}»", f"There is no session “{written}”")})
    return found


def _named_round(unit: Unit, setting: Setting, actor: Actor, written: str) -> Any:
    wanted = (
        select(_case.c.id, _case.c.code, _round.c.name)
        .join(_round, _round.c.case_id == _case.c.id)
        .where(_case.c.council_id == setting.council, _case.c.code == _code(written), visible(actor))
    )
    found = unit.read(wanted).one_or_none()
    if found is None:
        said = Text(f"Không có đợt tiếp xúc cử tri «{written}»", f"There is no contact round “{written}”")
        raise BadInput({"round": said})
    return found


def raised_in(unit: Unit, *, council: UUID, code: str, name: str) -> list[UUID]:
    """Return the cases that were raised again in a round: it was entered by its code or by its name."""
    wanted = (
        select(_event.c.case_id, _event.c.payload)
        .join(_case, _case.c.id == _event.c.case_id)
        .where(_case.c.council_id == council, _event.c.trigger == _RAISED_AGAIN)
    )
    names = {fold_words(code), fold_words(name)}
    return [row.case_id for row in unit.read(wanted) if fold_words(_said(row.payload)) in names]


def _said(payload: str) -> str:
    entry: Mapping[str, Any] = json.loads(payload).get("entry", {})
    return str(entry.get("round") or "")


def _places(unit: Unit, theirs: Sequence[ColumnElement[bool]], written: str) -> list[str]:
    """Return the localities, as they stand in the register, that name the hamlet alone or among others."""
    rows = unit.read(select(_case.c.locality).where(*theirs).distinct()).scalars()
    return [place for place in rows if place and fold_words(written) in map(fold_words, places_in(place))]


def places_in(written: str) -> list[str]:
    """Return the hamlets that a cell names: "Bản A; Bản B" and "Bản A và Bản B" are two."""
    parts = written.replace(" và ", ";").replace("\n", ";").split(";")
    return [part.strip(" ,.") for part in parts if part.strip(" ,.")]


def _named_paper(unit: Unit, theirs: Sequence[Any], choice: Choice) -> Any:
    """Return the paper of this number that belongs to petitions which may be seen.

    Raises: BadInput when there is none, or several and no date is given.
    """
    number = str(choice.document)
    ours = select(_belongs.c.document_id).join(_case, _case.c.id == _belongs.c.case_id).where(*theirs)
    wanted = (
        select(
            _document.c.id, _document.c.number, _document.c.issued_on, _document.c.type, _document.c.issuer_written,
            _agency.c.name.label("issuer"),
        )
        .outerjoin(_agency, _agency.c.id == _document.c.issuer_id)
        .where(_document.c.number_key == documents.number_key(number), _document.c.id.in_(ours))
        .order_by(_document.c.issued_on, _document.c.id)
    )  # fmt: skip
    if choice.dated:
        wanted = wanted.where(_document.c.issued_on == choice.dated)
    rows = unit.read(wanted).all()
    if not rows:
        raise BadInput({"document": Text(f"Không có văn bản số «{number}»", f"There is no paper “{number}”")})
    if len(rows) > 1:
        days = ", ".join(f"{row.issued_on:%d/%m/%Y}" for row in rows if row.issued_on)
        said = Text(f"Có nhiều văn bản số «{number}», nêu ngày: {days}", f"Several papers “{number}”: {days}")
        raise BadInput({"dated": said})
    return rows[0]


def _as_cited(row: Any) -> str:
    """Return "Công văn số 12/HĐND-TT ngày 06/08/2026 của Ủy ban …"; the issuer only where it is known."""
    by = row.issuer or row.issuer_written
    words = Cited(row.id, row.number, row.issued_on).words
    return f"{DocumentType(row.type).label.vi} số {words}{f' của {by}' if by else ''}"


def _place(locality: str | None) -> tuple[bool, str, str]:
    """Return what hamlets are ordered by, the same on every database; what names none comes last."""
    return (not locality, fold_words(locality or ""), locality or "")


def _numbered(code: str) -> tuple[str, int]:
    """Return what codes are ordered by: NP-KN-26-10000 comes after NP-KN-26-9999."""
    head, _, number = code.rpartition("-")
    return head, int(number) if number.isdecimal() else 0


def _ordered(unit: Unit, theirs: Sequence[Any], paper: UUID | None, *, by_place: bool) -> Iterator[UUID]:
    if paper is None:
        rows = unit.read(select(_case.c.id, _case.c.locality, _case.c.code).where(*theirs)).all()
        if by_place:
            yield from (r.id for r in sorted(rows, key=lambda r: (_place(r.locality), _numbered(r.code))))
        else:
            yield from (r.id for r in sorted(rows, key=lambda r: _numbered(r.code)))
        return
    belongs = and_(_belongs.c.case_id == _case.c.id, _belongs.c.document_id == paper)
    wanted = (
        select(_case.c.id, _row.c.ordinal)
        .join(_belongs, belongs)
        .outerjoin(_row, and_(_row.c.case_id == _case.c.id, _row.c.document_id == paper))
        .where(*theirs)
        .order_by(_row.c.ordinal.is_(None), _row.c.ordinal, _case.c.code)
    )
    yield from dict.fromkeys(row.id for row in unit.read(wanted))
