"""Whom a notice concerns: from the roles that its rung names to persons, as of today and within their rights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from deadlines.ladders import ASSIGNEE
from models.cases import Case
from models.columns import table_of
from models.units import Unit
from states.vocabulary import Role
from workflows.delivering.matters import About, Matter
from workflows.delivering.people import Directory, Reader, directory
from workflows.visibility import visible

_case = table_of(Case)
_AT_AN_AGENCY = frozenset({Role.OFFICER, Role.HEAD, Role.CLERK})
_HANDLING = (Role.OFFICER, Role.CLERK)
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Audience:
    """The people of some matters and what each of them may see."""

    people: Directory
    seen: Mapping[UUID, frozenset[UUID]]

    def of(self, matter: Matter) -> list[Reader]:
        """Return who is told: those of the roles it names, else the council office; nobody who may not see it."""
        for found in (concerned(matter, self.people), fallback(matter, self.people)):
            told = [reader for reader in found if self.may_know(reader, matter)]
            if told:
                return told
        return []

    def may_know(self, reader: Reader, matter: Matter) -> bool:
        """Tell whether a reader may see the case of a matter; one without a case is for whom it names."""
        return matter.about is None or matter.about.id in self.seen.get(reader.key, frozenset())

    def instead_of(self, reader: Reader, matter: Matter) -> Reader | None:
        """Return to whom the letters of `reader` are redirected, where that person may know and can be written to."""
        other = self.people.accounts.get(reader.redirect_to) if reader.redirect_to else None
        if other is None or not other.email or not self.may_know(other, matter):
            return None
        return other if other.mail or matter.binding else None


def audience(unit: Unit, matters: Sequence[Matter]) -> Audience:
    """Read the people whom these matters may concern, and what each may see, in a few queries."""
    abouts = [matter.about for matter in matters if matter.about is not None]
    people = directory(
        unit,
        councils={matter.council for matter in matters if matter.council is not None},
        agencies={a for about in abouts for a in (about.agency, about.lead, about.holder) if a is not None},
        accounts={about.assignee for about in abouts if about.assignee is not None},
        installation=any(matter.council is None for matter in matters),
    )
    cases: dict[UUID, set[UUID]] = {}
    readers: dict[UUID, Reader] = {}
    for matter in matters:
        if matter.about is not None:
            for reader in _possible(matter, people):
                readers[reader.key] = reader
                cases.setdefault(reader.key, set()).add(matter.about.id)
    return Audience(people, {key: visible_of(unit, readers[key], ids) for key, ids in cases.items()})


def visible_of(unit: Unit, reader: Reader, cases: Iterable[UUID]) -> frozenset[UUID]:
    """Return which of `cases` a reader may see."""
    wanted, seen = sorted(cases), set[UUID]()
    for first in range(0, len(wanted), _AT_ONCE):
        some = select(_case.c.id).where(_case.c.id.in_(wanted[first : first + _AT_ONCE]), visible(reader.actor))
        seen |= set(unit.read(some).scalars())
    return frozenset(seen)


def concerned(matter: Matter, people: Directory) -> list[Reader]:
    """Return the people of the roles that a matter names, each once."""
    if matter.council is None:
        return people.installation()
    found = [r for role in matter.audience for r in _of_role(role, matter.council, matter.about, people)]
    return list({reader.key: reader for reader in found}.values())


def fallback(matter: Matter, people: Directory) -> list[Reader]:
    """Return the council office, which is told where nobody else is found."""
    return people.installation() if matter.council is None else people.office(matter.council)


def _possible(matter: Matter, people: Directory) -> Iterator[Reader]:
    for reader in (*concerned(matter, people), *fallback(matter, people)):
        yield reader
        if reader.redirect_to and reader.redirect_to in people.accounts:
            yield people.accounts[reader.redirect_to]


def _of_role(role: str, council: UUID, about: About | None, people: Directory) -> list[Reader]:
    if role == ASSIGNEE:
        return _assigned(council, about, people)
    if Role(role) not in _AT_AN_AGENCY:
        return people.in_council(council, Role(role))
    bodies = _bodies(council, about, people)
    found = [reader for body in bodies for reader in people.at(body, Role(role))]
    return found or [reader for body in bodies for reader in people.contacts_of(body, council)]


def _assigned(council: UUID, about: About | None, people: Directory) -> list[Reader]:
    """Return who follows the case; where it lies with an agency, or charges it, also who handles it there."""
    if about is None:
        return []
    own = people.accounts.get(about.assignee) if about.assignee is not None else None
    found = [] if own is None else [own]
    holder = about.holder if about.holder != people.offices.get(council) else None
    agency = about.agency or holder
    if agency is None:
        return found
    handling = people.at(about.lead, *_HANDLING) if about.lead is not None else []
    contacts = people.contacts_of(about.lead, council) if about.lead is not None else []
    return [
        *found,
        *(handling or people.at(agency, *_HANDLING)),
        *(contacts or people.contacts_of(agency, council)),
    ]


def _bodies(council: UUID, about: About | None, people: Directory) -> list[UUID]:
    """Return the agencies in whose hands the matter is: addressee and lead unit, else who holds the case."""
    if about is not None and about.agency is not None:
        return [body for body in (about.lead, about.agency) if body is not None]
    if about is not None and about.holder is not None:
        return [about.holder]
    office = people.offices.get(council)
    return [] if office is None else [office]
