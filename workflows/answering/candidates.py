"""Which petitions a report may answer: those of the letter that it replies to, else those waiting for its issuer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, exists, or_, select

from models.cases import Case, CaseSearch, Referral, SourceRow
from models.columns import table_of
from models.details import Petition
from models.history import Document, DocumentRow, Event
from models.units import Unit
from states.errors import BadInput
from states.facts import Actor
from states.paper_acts import PaperAct
from states.petition import PETITION_KIND, P
from states.text import Text
from states.vocabulary import PetitionNature
from workflows.access import Setting
from workflows.importing.dates import DateProblem
from workflows.paper_numbers import cited_papers, paper_key
from workflows.visibility import visible

_case, _search, _petition, _referral = (table_of(m) for m in (Case, CaseSearch, Petition, Referral))
_document, _row, _event, _source = (table_of(m) for m in (Document, DocumentRow, Event, SourceRow))
_SENDING = (PaperAct.TRANSFER.value, PaperAct.FORWARDING.value)
_SENT_BY = ("transfer", "send", "forward_higher")
_WAITING = ("sent", "received", "assigned", "in_progress", "sent_back")
_GONE = (P.VOIDED.value, P.MERGED.value)
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A petition that a row may answer; `words` are its folded text, `ordinal` its place in the letter's annex."""

    case_id: UUID
    code: str
    words: str
    nature: PetitionNature
    ordinal: int | None = None
    source_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidates:
    """The petitions in question by code, and others that the report names although they are not in question."""

    known: Mapping[str, Candidate]
    others: Mapping[str, Candidate]
    of_letter: bool


def letter_named(unit: Unit, written: str, *, setting: Setting) -> UUID:
    """Return the registered paper that “12/HĐND-TT” or “12/HĐND-TT ngày 06/8/2026” names.

    Raises: BadInput when there is none, several, or the date does not exist.
    """
    cited = cited_papers(written, today=unit.today)
    on = cited[0].issued_on if len(cited) == 1 else None
    if len(cited) == 1 and isinstance(cited[0].problem, DateProblem):
        raise _bad(cited[0].problem.text)
    key = paper_key(cited[0].written if len(cited) == 1 else written)
    wanted = select(_document.c.id, _document.c.issued_on).where(
        _document.c.council_id == setting.council, _document.c.number_key == key
    )
    rows = [row for row in unit.read(wanted) if on is None or row.issued_on == on]
    if len(rows) == 1:
        found: UUID = rows[0].id
        return found
    if not rows:
        raise _bad(Text(f"Chưa có văn bản “{written}” trong sổ", f"There is no paper “{written}” in the register"))
    days = ", ".join(f"{row.issued_on:%d/%m/%Y}" for row in rows if row.issued_on)
    raise _bad(
        Text(
            f"Có nhiều văn bản “{written}” ({days}): ghi cả ngày",
            f"Several papers are “{written}” ({days}): add the date",
        )
    )


def _bad(text: Text) -> BadInput:
    return BadInput({"replies_to": Text(f"«Trả lời văn bản»: {text.vi}", f"“In reply to”: {text.en}")})


def candidates(
    unit: Unit,
    *,
    setting: Setting,
    actor: Actor,
    letter: UUID | None,
    issuer: UUID | None,
    named: Collection[str],
) -> Candidates:
    """Return the petitions that a report may answer, as far as `actor` may see them.

    `named` are codes that the report gives: those outside are read too, so that a person can be told of them.
    """
    places = _places(unit, letter) if letter else {}
    asked = _case.c.id.in_(list(places)) if letter else _is_waiting(issuer)
    known = _read(unit, setting, actor, asked, places)
    outside = [code for code in {name.strip().upper() for name in named} if code and code not in known]
    others: dict[str, Candidate] = {}
    for start in range(0, len(outside), _AT_ONCE):
        others |= _read(unit, setting, actor, _case.c.code.in_(outside[start : start + _AT_ONCE]), {})
    return Candidates(_with_sources(unit, setting, known), others, of_letter=letter is not None)


def _places(unit: Unit, letter: UUID) -> dict[UUID, int | None]:
    """Return the cases of the letter's annex with their ordinals; without an annex, those it moved."""
    annex = select(_row.c.case_id, _row.c.ordinal).where(_row.c.document_id == letter, _row.c.act.in_(_SENDING))
    found: dict[UUID, int | None] = {row.case_id: row.ordinal for row in unit.read(annex)}
    if found:
        return found
    moved = select(_event.c.case_id).where(_event.c.document_id == letter, _event.c.trigger.in_(_SENT_BY)).distinct()
    return dict.fromkeys(unit.read(moved).scalars())


def _is_waiting(issuer: UUID | None) -> Any:
    theirs = [or_(_referral.c.agency_id == issuer, _referral.c.lead_id == issuer)] if issuer else []
    sent = exists().where(_referral.c.case_id == _case.c.id, _referral.c.state.in_(_WAITING), *theirs)
    return or_(sent, _case.c.state == P.FORWARDED_HIGHER.value)


def _read(
    unit: Unit, setting: Setting, actor: Actor, asked: Any, places: Mapping[UUID, int | None]
) -> dict[str, Candidate]:
    wanted: Select[Any] = (
        select(_case.c.id, _case.c.code, _petition.c.nature, _search.c.folded)
        .join(_petition, _petition.c.case_id == _case.c.id)
        .outerjoin(_search, _search.c.case_id == _case.c.id)
        .where(
            and_(_case.c.council_id == setting.council, _case.c.kind == PETITION_KIND, _case.c.state.not_in(_GONE)),
            asked,
            visible(actor),
        )
        .order_by(_case.c.id)
    )
    return {
        row.code: Candidate(
            case_id=row.id,
            code=row.code,
            words=row.folded or "",
            nature=PetitionNature(row.nature),
            ordinal=places.get(row.id),
        )
        for row in unit.read(wanted)
    }


def _with_sources(unit: Unit, setting: Setting, known: Mapping[str, Candidate]) -> dict[str, Candidate]:
    """Add the codes that the petitions had in the lists they came from."""
    codes: defaultdict[UUID, list[str]] = defaultdict(list)
    ids = [candidate.case_id for candidate in known.values()]
    for some in _some(ids):
        wanted = select(_source.c.case_id, _source.c.code_in_source).where(
            _source.c.council_id == setting.council, _source.c.case_id.in_(some), _source.c.code_in_source.is_not(None)
        )
        for row in unit.read(wanted):
            codes[row.case_id].append(row.code_in_source)
    return {
        code: Candidate(
            case_id=one.case_id, code=code, words=one.words, nature=one.nature, ordinal=one.ordinal,
            source_codes=tuple(codes[one.case_id]),
        )
        for code, one in known.items()
    }  # fmt: skip


def _some(ids: list[UUID]) -> Iterable[list[UUID]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
