"""People of a council: who holds which role in which agency, from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select, update

from models.columns import table_of
from models.councils import Account, Agency, Appointment, Person
from models.units import Unit, WriteUnit
from states.errors import NotFound
from states.facts import Actor
from states.text import Text
from states.vocabulary import Role
from workflows import councils, handing_over
from workflows.access import Setting
from workflows.councils import PersonSpec

_person, _account, _appointment, _agency = (table_of(m) for m in (Person, Account, Appointment, Agency))


@dataclass(frozen=True, slots=True)
class Held:
    """One role of one person; `login` None is somebody for whom others record."""

    full_name: str
    login: str | None
    closed: bool
    role: Role
    agency: str
    capacity: str | None
    valid_from: date | None
    valid_to: date | None


def listed(unit: Unit, *, setting: Setting) -> list[Held]:
    """Return who holds and held which role in a council, by agency and name."""
    rows = unit.read(
        select(_appointment, _person.c.full_name, _account.c.login, _account.c.disabled_at, _agency.c.code)
        .join(_person, _person.c.id == _appointment.c.person_id)
        .join(_agency, _agency.c.id == _appointment.c.agency_id)
        .outerjoin(_account, _account.c.person_id == _person.c.id)
        .where(_appointment.c.council_id == setting.council)
        .order_by(_agency.c.code, _person.c.full_name, _appointment.c.id)
    )
    return [
        Held(
            row.full_name,
            row.login,
            row.disabled_at is not None,
            Role(row.role),
            row.code,
            row.capacity,
            row.valid_from,
            row.valid_to,
        )
        for row in rows
    ]


def add(unit: WriteUnit, *, setting: Setting, person: PersonSpec, actor: Actor) -> None:
    """Add a person with a role; with a login, an account too.

    Raises: NotPermitted, BadInput when the agency is unknown, AlreadyExists when the login is taken.
    """
    councils.require_in_charge(actor, setting.council)
    agencies: dict[str, UUID] = councils.agency_ids(unit, setting.council)
    councils.add_people(unit, council=setting.council, people=(person,), agencies=agencies)
    councils.touch(unit, setting.council)


def leave(unit: WriteUnit, *, setting: Setting, login: str, last_day: date, actor: Actor) -> int:
    """End every role that an account holds in a council; return how many ended. What it recorded keeps its name.

    Raises: NotPermitted, NotFound, OpenWork.
    """
    councils.require_in_charge(actor, setting.council)
    person = select(_account.c.person_id).where(_account.c.login == login, _account.c.person_id.is_not(None))
    key = unit.read(person).scalar()
    running = (
        _appointment.c.person_id == key,
        _appointment.c.council_id == setting.council,
        or_(_appointment.c.valid_to.is_(None), _appointment.c.valid_to > last_day),
    )
    held = unit.read(select(_appointment.c.id).where(*running)).scalars().all() if key else []
    if not held:
        raise NotFound(Text(f"{login} không giữ việc nào ở hội đồng này", f"{login} holds no role in this council"))
    handing_over.require_no_open_work(unit, login)
    unit.run(update(_appointment).where(_appointment.c.id.in_(held)).values(valid_to=last_day))
    councils.touch(unit, setting.council)
    return len(held)
