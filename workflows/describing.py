"""A case as people read it: frozen values with labels in both languages. The petitioner is masked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, and_, exists, func, or_, select

from deadlines.timeliness import due_words
from models.cases import Case, Link, PersonData, Referral, TextVersion
from models.columns import keys_to, table_of, words_of
from models.details import DETAILS, ContactRound
from models.history import Event
from models.units import Unit
from states.facts import Actor
from states.guards import ENDED_REFERRALS
from states.labelled import Labelled
from states.lifecycle import Lifecycle
from states.vocabulary import (
    Confidentiality,
    Level,
    LinkKind,
    Named,
    Result,
    Verdict,
)
from workflows import merging, regulations
from workflows.access import Seen
from workflows.merging import MergedView
from workflows.views import (
    AgencyName,
    Coded,
    PersonName,
    Words,
    accounts_named,
    agencies_named,
    coded,
    coded_as,
    codes_of,
)
from workflows.visibility import visible

_text, _person, _link, _case = (table_of(m) for m in (TextVersion, PersonData, Link, Case))
_event, _round = table_of(Event), table_of(ContactRound)
MASK = "•••"
_TEXT = "text"
_KEPT_APART = frozenset({"case_id", "petitioner_id"})


@dataclass(frozen=True, slots=True)
class PetitionerView:
    """Who raised it, masked: only which particulars are known."""

    name: str | None
    address: str | None
    phone: str | None
    erased: bool


@dataclass(frozen=True, slots=True)
class LinkView:
    """How the case hangs together with another one that the reader may see."""

    kind: Coded
    code: str
    outgoing: bool


@dataclass(frozen=True, slots=True)
class ReferralView:
    """One sending of the case to one agency."""

    id: UUID
    agency: AgencyName
    state: Coded
    live: bool
    lead: AgencyName | None
    asked_by: date | None
    internal_due_on: date | None
    incoming_number: str | None
    result_claimed: Coded | None
    times_urged: int


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case. `version` is the number of its events and the value to send in If-Match."""

    code: str
    kind: Coded
    council: str
    state: Coded
    phase: Coded
    version: int
    text: str | None
    received_on: date | None
    field: str | None
    locality: str | None
    level: Coded | None
    confidentiality: Coded
    session: str | None
    round: str | None
    holder: AgencyName | None
    assignee: PersonName | None
    next_due_on: date | None
    due: Words | None
    overdue: bool
    result_claimed: Coded | None
    result_judged: Coded | None
    petitioner_verdict: Coded | None
    petitioner: PetitionerView | None
    detail: Mapping[str, Any]
    referrals: tuple[ReferralView, ...]
    links: tuple[LinkView, ...]
    merged: tuple[MergedView, ...]
    created_at: datetime
    changed_at: datetime


def case_view(unit: Unit, seen: Seen, *, actor: Actor) -> CaseView:
    """Return the case as `actor` reads it."""
    row, table = seen.row, seen.lifecycle
    state = table.states[row["state"]]
    shape = table_of(DETAILS[table.kind]) if table.kind in DETAILS else None
    bodies = keys_to(shape, "agency") if shape is not None else []
    agencies = agencies_named(unit, [row["holder_id"], *(seen.detail.get(name) for name in bodies)])
    others = codes_of(unit, Named.CASE, filter(None, map(seen.detail.get, _ties(shape))), actor=actor)
    due_on = row["next_due_on"]
    return CaseView(
        code=row["code"],
        kind=Coded(table.kind, table.label),
        council=seen.setting.council_code,
        state=Coded(row["state"], state.label),
        phase=Coded(state.phase.value, state.phase.label),
        version=row["seq"],
        text=texts_of(unit, [seen.id]).get(seen.id),
        received_on=row["received_on"],
        field=row["field"],
        locality=row["locality"],
        level=coded_as(Level, row["level"]),
        confidentiality=coded(Confidentiality(row["confidentiality"])),
        session=_code(unit, Named.SESSION, row["session_id"], actor),
        round=_code(unit, Named.CASE, row["round_id"], actor),
        holder=agencies.get(row["holder_id"]),
        assignee=accounts_named(unit, [row["assignee_id"]]).get(row["assignee_id"]),
        next_due_on=due_on,
        due=due_words(due_on, unit.today, regulations.calendar_of(unit)) if due_on else None,
        overdue=due_on is not None and due_on < unit.today,
        result_claimed=coded_as(Result, row["result_claimed"]),
        result_judged=coded_as(Result, row["result_judged"]),
        petitioner_verdict=coded_as(Verdict, row["petitioner_verdict"]),
        petitioner=petitioner_view(unit, seen.detail.get("petitioner_id")),
        detail={} if shape is None else _detail(shape, seen.detail, agencies, others),
        referrals=referral_views(unit, seen),
        links=link_views(unit, seen, actor=actor),
        merged=merged_views(unit, seen, actor=actor),
        created_at=row["created_at"],
        changed_at=row["changed_at"],
    )


def referral_views(unit: Unit, seen: Seen) -> tuple[ReferralView, ...]:
    """Return the referrals of a case, in the order in which they were opened."""
    table = seen.lifecycle.referral
    if table is None:
        return ()
    names = agencies_named(unit, [i for r in seen.referrals for i in (r["agency_id"], r["lead_id"])])
    return tuple(_referral(r, table, names) for r in seen.referrals)


def _referral(row: Mapping[str, Any], table: Lifecycle, names: Mapping[UUID, AgencyName]) -> ReferralView:
    return ReferralView(
        id=row["id"],
        agency=names[row["agency_id"]],
        state=Coded(row["state"], table.states[row["state"]].label),
        live=row["state"] not in ENDED_REFERRALS,
        lead=names.get(row["lead_id"]),
        asked_by=row["asked_by"],
        internal_due_on=row["internal_due_on"],
        incoming_number=row["incoming_number"],
        result_claimed=coded_as(Result, row["result_claimed"]),
        times_urged=row["times_urged"],
    )


def petitioner_view(unit: Unit, person: UUID | None) -> PetitionerView | None:
    """Return a petitioner with every particular masked."""
    if person is None:
        return None
    row = unit.read(select(_person).where(_person.c.id == person)).one()
    name, address, phone = (MASK if value else None for value in (row.name, row.address, row.phone))
    return PetitionerView(name, address, phone, erased=row.erased_at is not None)


def link_views(unit: Unit, seen: Seen, *, actor: Actor) -> tuple[LinkView, ...]:
    """Return the links to cases that `actor` may see; the others do not exist for them."""
    other = or_(
        and_(_link.c.case_id == seen.id, _case.c.id == _link.c.other_id),
        and_(_link.c.other_id == seen.id, _case.c.id == _link.c.case_id),
    )
    wanted = select(_link.c.kind, _link.c.case_id, _case.c.code).join(_case, other).where(visible(actor))
    rows = unit.read(wanted.order_by(_link.c.created_at, _case.c.code))
    return tuple(LinkView(coded(LinkKind(r.kind)), r.code, outgoing=r.case_id == seen.id) for r in rows)


def merged_views(unit: Unit, seen: Seen, *, actor: Actor) -> tuple[MergedView, ...]:
    """Return the cases that went into this one with their own texts, as far as `actor` may see them."""
    rows = merging.merged_into(unit, seen, actor=actor)
    texts = texts_of(unit, [row["id"] for row in rows])
    return tuple(
        MergedView(
            row["code"], row["into"], texts.get(row["id"]), row["received_on"], row["locality"], row["times_raised"]
        )
        for row in rows
    )


def texts_of(unit: Unit, cases: Sequence[UUID], *, longest: int | None = None) -> Mapping[UUID, str | None]:
    """Return the text of each case as last amended, at most its first `longest` characters; None where erased."""
    if not cases:
        return {}
    undoing = _event.alias("undoing")
    undone = exists().where(undoing.c.case_id == _text.c.case_id, undoing.c.undoes_seq == _text.c.event_seq)
    body = _text.c.body if longest is None else func.substr(_text.c.body, 1, longest).label("body")
    wanted = select(_text.c.case_id, body).where(_text.c.case_id.in_(cases), _text.c.field == _TEXT, ~undone)
    return {row.case_id: row.body for row in unit.read(wanted.order_by(_text.c.case_id, _text.c.event_seq))}


def gists_of(unit: Unit, cases: Sequence[UUID], *, longest: int) -> Mapping[UUID, str | None]:
    """Return how the text of each case begins, cut after a whole word; a round has its name, a meeting its place."""
    texts = texts_of(unit, cases, longest=longest + 1)
    wanted = select(_case.c.id, _case.c.locality, _round.c.name).outerjoin(_round, _round.c.case_id == _case.c.id)
    named = unit.read(wanted.where(_case.c.id.in_(cases))) if cases else ()
    return {row.id: shortened(row.name or texts.get(row.id, row.locality), longest) for row in named}


def shortened(text: str | None, longest: int) -> str | None:
    """Return at most `longest` characters of `text`, cut after a whole word."""
    if text is None or len(text) <= longest:
        return text
    return text[:longest].rsplit(" ", 1)[0] + "…"


def live_referral_to(agencies: Iterable[UUID]) -> ColumnElement[bool]:
    """Return the condition that a referral to one of `agencies` is live."""
    referral = table_of(Referral)
    return and_(referral.c.agency_id.in_(list(agencies)), referral.c.state.not_in(sorted(ENDED_REFERRALS)))


def _ties(shape: Table | None) -> list[str]:
    """Return the columns of a detail that name another case."""
    return [] if shape is None else [name for name in keys_to(shape, "case") if name not in _KEPT_APART]


def _detail(
    shape: Table, detail: Mapping[str, Any], agencies: Mapping[UUID, AgencyName], others: Mapping[UUID, str]
) -> dict[str, Any]:
    """Return what a kind alone has as plain data: words with labels, agencies with code and name, cases by code."""
    words, bodies, ties = words_of(shape), keys_to(shape, "agency"), _ties(shape)
    found = {
        name: _said(words[name], value) if name in words else value
        for name, value in detail.items()
        if name not in _KEPT_APART and name not in bodies and name not in ties
    }
    found |= {name.removesuffix("_id"): others.get(detail[name]) for name in ties if name in detail}
    for name in bodies:
        body = agencies.get(detail[name]) if name in detail else None
        found[name.removesuffix("_id")] = {"code": body.code, "name": body.name} if body else None
    return found


def _code(unit: Unit, what: Named, key: UUID | None, actor: Actor) -> str | None:
    return None if key is None else codes_of(unit, what, [key], actor=actor).get(key)


def _said(words: type[StrEnum], value: str | None) -> dict[str, Any] | None:
    if value is None:
        return None
    word = words(value)
    if not isinstance(word, Labelled):
        return {"code": value}
    label = word.label
    return {"code": value, "label": {"vi": label.vi, "en": label.en}}
