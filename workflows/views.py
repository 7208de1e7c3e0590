"""What view objects are made of: words in both languages, codes with their labels, agencies and people by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from pydantic import PlainSerializer, WithJsonSchema
from sqlalchemy import select

from models.cases import Case
from models.columns import table_of
from models.councils import Account, Agency, CouncilSession, Person
from models.units import Unit
from states.labelled import LABELS, Labelled
from states.lifecycle import Lifecycle
from states.text import Text
from states.vocabulary import Named
from workflows.visibility import visible

_agency, _account, _person = (table_of(m) for m in (Agency, Account, Person))
_session, _case = table_of(CouncilSession), table_of(Case)


_SPOKEN = {
    "type": "object",
    "title": "Words",
    "properties": {"vi": {"type": "string"}, "en": {"type": "string"}},
    "required": ["vi", "en"],
}
Words = Annotated[
    Text,
    PlainSerializer(lambda text: {"vi": text.vi, "en": text.en}, return_type=dict[str, str]),
    WithJsonSchema(_SPOKEN, mode="serialization"),
]
"""Words as they travel: Vietnamese and English."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A value of a vocabulary: what programs read and what people read."""

    code: str
    label: Words


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many cases are in one state."""

    code: str
    label: Words
    number: int


def counted(table: Lifecycle, states: Iterable[str]) -> tuple[StateCount, ...]:
    """Return how many of `states` each is, in the order of the table, without those in which there is none."""
    found = Counter(states)
    return tuple(StateCount(s, meaning.label, found[s]) for s, meaning in table.states.items() if found[s])


@dataclass(frozen=True, slots=True)
class AgencyName:
    """A body by code and name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class PersonName:
    """An account by login and the name of its person."""

    login: str
    name: str


def coded(member: Labelled) -> Coded:
    """Return a member of a vocabulary with its label."""
    return Coded(member.value, LABELS[member])


def coded_as(words: type[Labelled], value: str | None) -> Coded | None:
    """Return a stored value of the vocabulary `words` with its label."""
    return None if value is None else coded(words(value))


def agencies_named(unit: Unit, ids: Iterable[UUID | None]) -> Mapping[UUID, AgencyName]:
    """Return code and name of each agency."""
    wanted = {i for i in ids if i is not None}
    if not wanted:
        return {}
    rows = unit.read(select(_agency.c.id, _agency.c.code, _agency.c.name).where(_agency.c.id.in_(wanted)))
    return {row.id: AgencyName(row.code, row.name) for row in rows}


def accounts_named(unit: Unit, ids: Iterable[UUID | None]) -> Mapping[UUID, PersonName]:
    """Return login and name of each account; an operator goes by the login."""
    wanted = {i for i in ids if i is not None}
    if not wanted:
        return {}
    rows = unit.read(
        select(_account.c.id, _account.c.login, _person.c.full_name)
        .outerjoin(_person, _person.c.id == _account.c.person_id)
        .where(_account.c.id.in_(wanted))
    )
    return {row.id: PersonName(row.login, row.full_name or row.login) for row in rows}


def people_named(unit: Unit, ids: Iterable[UUID | None]) -> Mapping[UUID, str]:
    """Return the full name of each officer or deputy."""
    wanted = {i for i in ids if i is not None}
    if not wanted:
        return {}
    rows = unit.read(select(_person.c.id, _person.c.full_name).where(_person.c.id.in_(wanted)))
    return {row.id: row.full_name for row in rows}


def codes_of(unit: Unit, what: Named, ids: Iterable[UUID], *, actor: Any) -> Mapping[UUID, str]:
    """Return the code by which people name each thing of `ids`; cases that `actor` may not see are left out."""
    wanted = set(ids)
    if not wanted:
        return {}
    if what is Named.CASE:
        rows = unit.read(select(_case.c.id, _case.c.code).where(_case.c.id.in_(wanted), visible(actor)))
        return {row.id: row.code for row in rows}
    table, column = _CODES[what]
    named = select(table.c.id, table.c[column].label("code")).where(table.c.id.in_(wanted))
    return {row.id: row.code for row in unit.read(named)}


_CODES = {
    Named.AGENCY: (_agency, "code"),
    Named.SESSION: (_session, "code"),
    Named.ACCOUNT: (_account, "login"),
}
