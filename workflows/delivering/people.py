"""Who holds which role, who is whose contact, and how each wants to be told: read once for many notices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select

from models.alerting import AgencyContact, NoticeChoice
from models.columns import table_of
from models.councils import Account, Agency, Appointment, CouncilSetup, Person
from models.units import Unit
from states.facts import Actor, Grant
from states.text import Language
from states.vocabulary import Role
from workflows.accounts import grants_of_each, held_on
from workflows.delivering.moments import USUAL

_account, _person, _appointment, _agency = (table_of(m) for m in (Account, Person, Appointment, Agency))
_choice, _contact, _setup = (table_of(m) for m in (NoticeChoice, AgencyContact, CouncilSetup))
NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who is told: an account, or the contact of an agency, who has no inbox and sees what the agency sees."""

    key: UUID
    actor: Actor
    contact: bool = False
    council: UUID | None = None
    agency: UUID | None = None
    email: str | None = None
    digest_at: time = USUAL
    mail: bool = True
    language: Language = "vi"
    redirect_to: UUID | None = None


@dataclass(slots=True)
class Directory:
    """Readers by what they hold today."""

    accounts: dict[UUID, Reader] = field(default_factory=dict)
    contacts: list[Reader] = field(default_factory=list)
    offices: dict[UUID, UUID] = field(default_factory=dict)

    def in_council(self, council: UUID, role: Role) -> list[Reader]:
        """Return who holds `role` in the council, in whichever of its bodies."""
        return self._where(lambda g: g.council == council and g.role is role)

    def at(self, agency: UUID | None, *roles: Role) -> list[Reader]:
        """Return who holds one of `roles` at an agency."""
        return self._where(lambda g: g.agency == agency and g.role in roles)

    def contacts_of(self, agency: UUID | None, council: UUID | None) -> list[Reader]:
        """Return the contact person of an agency and the deputy."""
        return [c for c in self.contacts if c.agency == agency and c.council == council]

    def office(self, council: UUID) -> list[Reader]:
        """Return the people of the council office: who is told where nobody else is found."""
        clerks = self.at(self.offices.get(council), Role.CLERK)
        return list({r.key: r for r in (*self.in_council(council, Role.COUNCIL_OFFICE), *clerks)}.values())

    def installation(self) -> list[Reader]:
        """Return who looks after the installation: its operators and the administrators of all councils."""
        return [
            r
            for r in self.accounts.values()
            if r.actor.operator or any(g.role is Role.ADMINISTRATOR for g in r.actor.grants)
        ]

    def _where(self, holds: Any) -> list[Reader]:
        return [r for r in self.accounts.values() if any(holds(grant) for grant in r.actor.grants)]


def directory(
    unit: Unit,
    *,
    councils: Iterable[UUID] = (),
    agencies: Iterable[UUID] = (),
    accounts: Iterable[UUID] = (),
    installation: bool = False,
) -> Directory:
    """Read the people of councils and agencies, single accounts, and who looks after the installation.

    Closed accounts are left out; to whomever letters are redirected comes along.
    """
    some, bodies, single = list(councils), list(agencies), list(accounts)
    wanted: list[Any] = [
        _account.c.id.in_(single),
        _account.c.person_id.in_(_holders(unit, or_(_appointment.c.council_id.in_(some), _in(bodies)))),
    ]
    if installation:
        wanted += [_account.c.operator, _account.c.person_id.in_(_holders(unit, _is_administrator()))]
    found = Directory(accounts=_readers(unit, or_(*wanted)))
    missing = {r.redirect_to for r in found.accounts.values() if r.redirect_to} - found.accounts.keys()
    if missing:
        found.accounts |= _readers(unit, _account.c.id.in_(missing))
    reachable = _contact.c.email.is_not(None)
    asked = select(_contact).where(_contact.c.council_id.in_(some), _contact.c.agency_id.in_(bodies), reachable)
    found.contacts = [contact_reader(dict(row)) for row in unit.read(asked.order_by(_contact.c.place)).mappings()]
    setups = select(_setup.c.council_id, _setup.c.office_id).where(_setup.c.council_id.in_(some))
    found.offices = {row.council_id: row.office_id for row in unit.read(setups)}
    return found


def account_reader(unit: Unit, account: UUID) -> Reader | None:
    """Return an account as a reader; None where it is closed."""
    return _readers(unit, _account.c.id == account).get(account)


def contact_reader(row: Mapping[str, Any]) -> Reader:
    """Return a row of `agency_contact` as a reader, who sees what was sent to the agency."""
    grant = Grant(Role.OFFICER, row["agency_id"], row["council_id"], council_side=False)
    actor = Actor(NOBODY, row["full_name"], (grant,))
    return Reader(
        row["id"], actor, contact=True, council=row["council_id"], agency=row["agency_id"], email=row["email"]
    )


def contact_of(unit: Unit, contact: UUID) -> Reader | None:
    """Return the contact with this identifier; None where it was taken away."""
    row = unit.read(select(_contact).where(_contact.c.id == contact)).mappings().first()
    return None if row is None else contact_reader(dict(row))


def _in(agencies: list[UUID]) -> Any:
    return _appointment.c.agency_id.in_(agencies)


def _is_administrator() -> Any:
    return _appointment.c.role == Role.ADMINISTRATOR.value


def _holders(unit: Unit, which: Any) -> Select[tuple[UUID]]:
    return select(_appointment.c.person_id).where(which, held_on(unit.today))


def _readers(unit: Unit, which: Any) -> dict[UUID, Reader]:
    """Return the open accounts of `which`, with every role they hold today and their choices."""
    wanted = (
        select(_account.c.id.label("key"), _account.c.login, _account.c.operator, _account.c.person_id)
        .add_columns(_person.c.full_name, _choice.c.email, _choice.c.digest_at, _choice.c.mail, _choice.c.language)
        .add_columns(_choice.c.redirect_to, _choice.c.account_id.label("chosen"))
        .outerjoin(_person, _person.c.id == _account.c.person_id)
        .outerjoin(_choice, _choice.c.account_id == _account.c.id)
        .where(which, _account.c.disabled_at.is_(None))
        .order_by(_account.c.id)
    )
    rows = unit.read(wanted).mappings().all()
    held = grants_of_each(unit, [row["person_id"] for row in rows if row["person_id"]], unit.today)
    return {row["key"]: _reader(dict(row), held.get(row["person_id"], ())) for row in rows}


def _reader(row: Mapping[str, Any], grants: tuple[Grant, ...]) -> Reader:
    name = row["full_name"] or row["login"]
    actor = Actor(row["key"], name, grants, operator=row["operator"], person=row["person_id"])
    if row["chosen"] is None:
        return Reader(row["key"], actor)
    return Reader(
        row["key"],
        actor,
        email=row["email"],
        digest_at=row["digest_at"],
        mail=row["mail"],
        language="en" if row["language"] == "en" else "vi",
        redirect_to=row["redirect_to"],
    )
