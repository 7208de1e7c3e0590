"""Whom to write to in each agency: the contact person and the deputy, who need no account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, insert, or_, select, update

from models.alerting import AgencyContact
from models.columns import table_of
from models.councils import Agency
from models.units import Unit, WriteUnit
from states.errors import BadInput, NotFound
from states.facts import Actor
from states.text import Text
from workflows import councils
from workflows.access import Setting
from workflows.delivering.mailing import require_address
from workflows.drafting import new_id

_contact, _agency = table_of(AgencyContact), table_of(Agency)
PLACES = (1, 2)
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class ContactView:
    """The contact person (place 1) or the deputy (2) of an agency."""

    agency: str
    place: int
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Named:
    """Whom an agency names for a place."""

    place: int
    name: str
    email: str


def listed(unit: Unit, *, setting: Setting, actor: Actor, agency: str | None = None) -> tuple[ContactView, ...]:
    """Return the contacts of the council's agencies, or of one of them, for who is in charge of the council's data.

    Raises: NotPermitted, NotFound.
    """
    councils.require_in_charge(actor, setting.council)
    wanted = (
        select(_contact, _agency.c.code)
        .join(_agency, _agency.c.id == _contact.c.agency_id)
        .where(_contact.c.council_id == setting.council, _contact.c.email.is_not(None))
        .order_by(_agency.c.code, _contact.c.place)
    )
    if agency is not None:
        wanted = wanted.where(_contact.c.agency_id == _found(unit, setting, agency))
    rows = unit.read(wanted).mappings()
    return tuple(ContactView(row["code"], row["place"], row["full_name"], row["email"]) for row in rows)


def put(
    unit: WriteUnit, *, setting: Setting, actor: Actor, agency: str, named: Sequence[Named], only: bool = False
) -> tuple[ContactView, ...]:
    """Name contacts of an agency; with `only` those places that are not named are emptied.

    Raises: NotPermitted, NotFound, BadInput.
    """
    councils.require_in_charge(actor, setting.council)
    key = _found(unit, setting, agency)
    for contact in named:
        _require(contact)
    if len({contact.place for contact in named}) < len(named):
        raise BadInput({"place": Text("Một vị trí được nêu hai lần", "A place is named twice")})
    for contact in named:
        _put(unit, setting, key, contact)
    if only:
        for place in set(PLACES) - {contact.place for contact in named}:
            _empty(unit, setting, key, place)
    return listed(unit, setting=setting, actor=actor, agency=agency)


def _require(contact: Named) -> None:
    require_address(contact.email, field="email")
    if contact.place not in PLACES:
        raise BadInput({"place": Text("«place» là 1 (đầu mối) hoặc 2 (người thay)", "“place” is 1 or 2 (the deputy)")})
    if not 1 <= len(contact.name.strip()) <= _LONGEST_NAME:
        raise BadInput({"name": Text("«Họ tên» chưa nhập hoặc quá dài", "“name” is missing or too long")})


def _put(unit: WriteUnit, setting: Setting, agency: UUID, contact: Named) -> None:
    values: dict[str, Any] = {"full_name": contact.name.strip(), "email": contact.email.strip()}
    known = update(_contact).where(*_at(setting, agency, contact.place)).values(**values).returning(_contact.c.id)
    if unit.run(known).first() is None:
        place = {"council_id": setting.council, "agency_id": agency, "place": contact.place}
        unit.run(insert(_contact).values(id=new_id(), **place, **values))


def _empty(unit: WriteUnit, setting: Setting, agency: UUID, place: int) -> None:
    """Leave a place without anybody; letters that went there keep the row."""
    here = update(_contact).where(*_at(setting, agency, place))
    unit.run(here.values(full_name="", email=None))


def _at(setting: Setting, agency: UUID, place: int) -> tuple[ColumnElement[bool], ...]:
    return (_contact.c.council_id == setting.council, _contact.c.agency_id == agency, _contact.c.place == place)


def _found(unit: Unit, setting: Setting, code: str) -> UUID:
    """Return the agency of the council, or common to all, with this code. Raises: NotFound."""
    theirs = or_(_agency.c.council_id == setting.council, _agency.c.council_id.is_(None))
    wanted = select(_agency.c.id).where(_agency.c.code == code.strip().upper(), theirs)
    found: UUID | None = unit.read(wanted.order_by(_agency.c.council_id.is_(None))).scalars().first()
    if found is None:
        raise NotFound(Text(f"Không có cơ quan mã {code}", f"There is no agency {code}"))
    return found
