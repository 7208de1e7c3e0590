"""Looks up what the codes of an entry name: agencies, cases, sessions, accounts. Unknown names are the user's error."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from models.cases import Case
from models.columns import table_of
from models.councils import Account, Agency, CouncilSession, Person
from models.units import Unit
from states.entries import Entry
from states.errors import BadInput
from states.facts import Actor, AgencyFacts, OtherCase, Signed
from states.kinds import lifecycle_of
from states.lifecycle import Transition
from states.text import Text
from states.vocabulary import AgencyKind, Level, Named
from states.wording import field_label
from workflows.visibility import visible

_agency, _case, _session, _account = (table_of(m) for m in (Agency, Case, CouncilSession, Account))
_person = table_of(Person)
_NOBODY = Actor(UUID(int=0), "")


@dataclass(frozen=True, slots=True)
class Names:
    """What an entry names, by field, in the order written; agencies as facts for guards."""

    ids: Mapping[str, tuple[UUID, ...]] = field(default_factory=dict)
    agencies: Mapping[UUID, AgencyFacts] = field(default_factory=dict)
    cases: Mapping[UUID, OtherCase] = field(default_factory=dict)


Memo = dict[tuple[Named, str], Any]
"""What one use case has looked up already, by folded code: the row, or None where there is none."""


def resolve(
    unit: Unit,
    *,
    row: Transition,
    entry: Entry,
    council: UUID,
    actor: Actor,
    memo: Memo | None = None,
    only: Container[str] | None = None,
) -> Names:
    """Look up every code that `entry` gives in a field named by `row`, or in those of them that `only` holds.

    Entries of the same council and actor may share a `memo`: then each code is looked up once.
    Raises: BadInput naming the field and the codes that are unknown.
    """
    known: Memo = {} if memo is None else memo
    ids: dict[str, tuple[UUID, ...]] = {}
    agencies: dict[UUID, AgencyFacts] = {}
    cases: dict[UUID, OtherCase] = {}
    problems: dict[str, Text] = {}
    for name, what in (row.names or {}).items():
        codes = _codes(getattr(entry, name)) if only is None or name in only else ()
        if not codes:
            continue
        found = _found(unit, what, codes, council=council, actor=actor, known=known)
        missing = [code for code in codes if code.casefold() not in found]
        if missing:
            problems[name] = _unknown(entry, name, missing)
            continue
        ids[name] = tuple(dict.fromkeys(found[code.casefold()].id for code in codes))
        if what is Named.AGENCY:
            agencies |= {item.id: agency_facts(item) for item in found.values()}
        elif what is Named.CASE:
            cases |= {item.id: _case_facts(item) for item in found.values()}
    if problems:
        raise BadInput(problems)
    return Names(ids, agencies, cases)


def signed(
    unit: Unit, *, council: UUID, agency: str | None = None, person: str | None = None, capacity: str | None = None
) -> Signed:
    """Return who decided: a body by its code, a person of the council's list by the full name, the capacity as said.

    Raises: BadInput naming the part that is unknown.
    """
    problems: dict[str, Text] = {}
    body = _id_of_agency(unit, agency, council)
    if agency is not None and body is None:
        problems["decided_by.agency"] = Text(
            f"«Cơ quan quyết định»: không có mã {agency}", f"“Deciding body”: there is no code {agency}"
        )
    who = _id_of_person(unit, person, council)
    if person is not None and who is None:
        problems["decided_by.person"] = Text(
            f"«Người quyết định»: {person} không có trong danh sách của hội đồng; ghi tên ở «Người ký» của văn bản",
            f"“Person”: {person} is not on the council's list; name them as the signer of the document",
        )
    if problems:
        raise BadInput(problems)
    return Signed(body, who, capacity)


def _id_of_agency(unit: Unit, code: str | None, council: UUID) -> UUID | None:
    if code is None:
        return None
    row = _find_agencies(unit, (code,), council, _NOBODY).get(code.casefold())
    return None if row is None else UUID(str(row.id))


def _id_of_person(unit: Unit, name: str | None, council: UUID) -> UUID | None:
    if name is None:
        return None
    named = select(_person.c.id).where(_person.c.council_id == council, _person.c.full_name == name)
    found = list(unit.read(named.limit(2)).scalars())
    return found[0] if len(found) == 1 else None


def agency_facts(row: Any) -> AgencyFacts:
    """Return a row of `agency` as facts."""
    return AgencyFacts(
        id=row.id,
        code=row.code,
        name=row.name,
        kind=AgencyKind(row.kind),
        level=Level(row.level),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _case_facts(row: Any) -> OtherCase:
    return OtherCase(row.id, row.kind, row.state, final=lifecycle_of(row.kind).states[row.state].final)


def _codes(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def _unknown(entry: Entry, name: str, missing: Iterable[str]) -> Text:
    label, codes = field_label(type(entry), name), ", ".join(missing)
    return Text(
        f"«{label.vi}»: không có mã {codes}; xem danh sách mã rồi nhập lại",
        f"“{label.en}”: unknown {codes}; see the list of codes",
    )


def _found(
    unit: Unit, what: Named, codes: tuple[str, ...], *, council: UUID, actor: Actor, known: Memo
) -> dict[str, Any]:
    """Return the rows of `codes` by folded code, asking the database only for those not asked before."""
    new = tuple(code for code in codes if (what, code.casefold()) not in known)
    if new:
        rows = _FINDERS[what](unit, new, council, actor)
        known.update({(what, code.casefold()): rows.get(code.casefold()) for code in new})
    return {key: row for key in map(str.casefold, codes) if (row := known[(what, key)]) is not None}


def _find_agencies(unit: Unit, codes: tuple[str, ...], council: UUID, _actor: Actor) -> dict[str, Any]:
    theirs = or_(_agency.c.council_id == council, _agency.c.council_id.is_(None))
    rows = unit.read(select(_agency).where(theirs, _agency.c.code.in_({c.upper() for c in codes} | set(codes)))).all()
    return {row.code.casefold(): row for row in sorted(rows, key=lambda r: r.council_id is not None)}


def _find_cases(unit: Unit, codes: tuple[str, ...], council: UUID, actor: Actor) -> dict[str, Any]:
    wanted = select(_case.c.id, _case.c.code, _case.c.kind, _case.c.state).where(
        _case.c.code.in_([c.upper() for c in codes]), _case.c.council_id == council, visible(actor)
    )
    return {row.code.casefold(): row for row in unit.read(wanted)}


def _find_sessions(unit: Unit, codes: tuple[str, ...], council: UUID, _actor: Actor) -> dict[str, Any]:
    wanted = select(_session.c.id, _session.c.code).where(_session.c.council_id == council)
    return {
        row.code.casefold(): row for row in unit.read(wanted) if row.code.casefold() in {c.casefold() for c in codes}
    }


def _find_accounts(unit: Unit, codes: tuple[str, ...], council: UUID, _actor: Actor) -> dict[str, Any]:
    """Accounts of the council's own people: those of another council do not exist for it."""
    theirs = select(_person.c.id).where(_person.c.council_id == council)
    wanted = select(_account.c.id, _account.c.login).where(
        _account.c.login.in_(codes), _account.c.disabled_at.is_(None), _account.c.person_id.in_(theirs)
    )
    return {row.login.casefold(): row for row in unit.read(wanted)}


_FINDERS = {
    Named.AGENCY: _find_agencies,
    Named.CASE: _find_cases,
    Named.SESSION: _find_sessions,
    Named.ACCOUNT: _find_accounts,
}
