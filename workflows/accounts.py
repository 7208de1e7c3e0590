"""Who acts: operators of the machine, and accounts of people with their roles as of today."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from models.columns import table_of
from models.councils import Account, Agency, Appointment, Person
from models.units import Unit, WriteUnit
from states.errors import NotFound
from states.facts import Actor, Grant
from states.text import Text
from states.vocabulary import AgencyKind, Role
from workflows.drafting import new_id

_account, _appointment, _agency, _person = (table_of(m) for m in (Account, Appointment, Agency, Person))
COUNCIL_SIDE = frozenset(
    {
        AgencyKind.COUNCIL,
        AgencyKind.STANDING_BODY,
        AgencyKind.COUNCIL_OFFICE,
        AgencyKind.COUNCIL_COMMITTEE,
        AgencyKind.DEPUTY_GROUP,
        AgencyKind.FRONT,
    }
)


def operator(unit: WriteUnit, *, user: str) -> Actor:
    """Return the operator "operator: user", known from the first use on; who sits at the machine may record all."""
    login = f"operator: {user}"
    found = unit.read(select(_account.c.id).where(_account.c.login == login)).scalar()
    if found is None:
        fresh = {"id": new_id(), "login": login, "operator": True, "created_at": unit.now}
        unit.add_unknown("account", [fresh])  # two that meet the operator at once are one
        found = unit.read(select(_account.c.id).where(_account.c.login == login)).scalar_one()
    return Actor(found, login, operator=True)


def account(unit: Unit, *, login: str) -> Actor:
    """Return the account `login` with the roles it holds today.

    Raises: NotFound when there is no such account or it is closed.
    """
    return _actor(
        unit, _account.c.login == login, Text(f"Không có tài khoản «{login}»", f"There is no account “{login}”")
    )


def account_by_id(unit: Unit, *, account_id: UUID) -> Actor:
    """Return the account with this identifier, like `account`."""
    return _actor(unit, _account.c.id == account_id, Text("Không có tài khoản này", "There is no such account"))


def _actor(unit: Unit, which: ColumnElement[bool], unknown: Text) -> Actor:
    row = unit.read(
        select(_account, _person.c.full_name)
        .outerjoin(_person, _person.c.id == _account.c.person_id)
        .where(which, _account.c.disabled_at.is_(None))
    ).first()
    if row is None:
        raise NotFound(unknown)
    grants = () if row.person_id is None else grants_of(unit, row.person_id, unit.today)
    return Actor(row.id, row.full_name or row.login, grants, operator=row.operator, person=row.person_id)


def held_on(day: date) -> ColumnElement[bool]:
    """Return the condition that a row of `appointment` is in force on `day`."""
    return and_(
        or_(_appointment.c.valid_from.is_(None), _appointment.c.valid_from <= day),
        or_(_appointment.c.valid_to.is_(None), _appointment.c.valid_to >= day),
    )


def grants_of(unit: Unit, person: UUID, today: date) -> tuple[Grant, ...]:
    """Return the roles that a person holds on `today`."""
    return grants_of_each(unit, [person], today).get(person, ())


def grants_of_each(unit: Unit, people: Collection[UUID], today: date) -> dict[UUID, tuple[Grant, ...]]:
    """Return the roles that each of `people` holds on `today`; who holds none is not there."""
    rows = unit.read(
        select(_appointment.c.person_id, _appointment.c.role, _appointment.c.agency_id, _appointment.c.council_id)
        .add_columns(_agency.c.kind)
        .join(_agency, _agency.c.id == _appointment.c.agency_id)
        .where(_appointment.c.person_id.in_(people), held_on(today))
        .order_by(_appointment.c.id)
    )
    found: dict[UUID, tuple[Grant, ...]] = {}
    for row in rows:
        side = AgencyKind(row.kind) in COUNCIL_SIDE
        grant = Grant(Role(row.role), row.agency_id, row.council_id, council_side=side)
        found[row.person_id] = (*found.get(row.person_id, ()), grant)
    return found
