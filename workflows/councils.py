"""Sets up a council: its bodies, its people, its sessions and the regulations it applies."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import insert, select, update

from deadlines.loading import shipped_regulations
from models.columns import table_of
from models.councils import (
    Account,
    Agency,
    Appointment,
    Council,
    CouncilSession,
    CouncilSetup,
    CouncilTerm,
    Locality,
    Person,
    SessionDate,
)
from models.timing import Adoption, Regulation
from models.units import WriteUnit
from states.errors import AlreadyExists, BadInput, NotPermitted
from states.facts import Actor
from states.text import Text
from states.vocabulary import AgencyKind, Level, Role, SessionKind
from workflows import access
from workflows.access import Setting
from workflows.drafting import new_id

_council, _agency, _setup, _term = (table_of(m) for m in (Council, Agency, CouncilSetup, CouncilTerm))
_session, _locality, _person = (table_of(m) for m in (CouncilSession, Locality, Person))
_session_date = table_of(SessionDate)
_appointment, _account, _adoption, _regulation = (table_of(m) for m in (Appointment, Account, Adoption, Regulation))
_CODE = re.compile(r"[A-Z0-9]{2,12}")
STANDING_BODY, OFFICE, COMMITTEE, FRONT = "TTHDND", "VP", "UBND", "UBMTTQ"


class _Spec(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AgencySpec(_Spec):
    """A body of the council or one that answers to it."""

    code: str = Field(min_length=1, max_length=40)
    name: str = Field(min_length=1)
    kind: AgencyKind
    level: Level = Level.COMMUNE
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str | None = None
    contact: str | None = None


class PersonSpec(_Spec):
    """A person with a role and capacity in an agency, and the account they use if any."""

    full_name: str = Field(min_length=1)
    agency: str
    role: Role
    capacity: str | None = None
    login: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None


class SessionSpec(_Spec):
    """A session of the council; dates may be unknown yet."""

    code: str = Field(min_length=1, max_length=40)
    name: str = Field(min_length=1)
    kind: SessionKind = SessionKind.REGULAR
    opening_on: date | None = None
    closing_on: date | None = None


class TermSpec(_Spec):
    """A term of office."""

    code: str
    name: str
    starts_on: date
    ends_on: date | None = None


class CouncilSpec(_Spec):
    """Everything a new council needs; what is left out can be added later."""

    code: str = Field(description="2 to 12 capital letters and digits; it begins every case code")
    name: str = Field(min_length=1)
    level: Level = Level.COMMUNE
    province: str | None = None
    term: TermSpec | None = None
    agencies: tuple[AgencySpec, ...] = ()
    localities: tuple[str, ...] = ()
    people: tuple[PersonSpec, ...] = ()
    sessions: tuple[SessionSpec, ...] = ()
    sample: bool = False


def create(unit: WriteUnit, *, spec: CouncilSpec, actor: Actor) -> Setting:
    """Set up a council with its usual bodies, which `spec.agencies` may rename or add to.

    It applies the sample regulation from the first day known; every date says so until it adopts its own.
    Raises: AlreadyExists, BadInput.
    """
    code = spec.code.strip().upper()
    if not _CODE.fullmatch(code):
        raise BadInput(
            {
                "code": Text(
                    "«Mã hội đồng» gồm 2 đến 12 chữ in hoa, số, không dấu", "“code” is 2 to 12 capitals or digits"
                )
            }
        )
    if unit.read(select(_council.c.id).where(_council.c.code == code)).first():
        raise AlreadyExists(Text(f"Đã có hội đồng mã {code}", f"The council {code} exists already"), code=code)
    council = new_id()
    unit.run(
        insert(_council).values(
            id=council,
            code=code,
            name=spec.name,
            level=spec.level.value,
            province=spec.province,
            sample=spec.sample,
            reference_version=1,
            created_at=unit.now,
        )
    )
    agencies = _add_agencies(unit, council, usual_agencies(spec) | {a.code.upper(): a for a in spec.agencies})
    unit.run(
        insert(_setup).values(
            council_id=council,
            standing_body_id=agencies[STANDING_BODY],
            office_id=agencies[OFFICE],
            committee_id=agencies[COMMITTEE],
            front_id=agencies[FRONT],
            explained_counts_as_resolved=False,
        )
    )
    _add_term(unit, council, spec.term)
    for name in spec.localities:
        unit.run(insert(_locality).values(id=new_id(), council_id=council, code=name, name=name, aliases="[]"))
    add_people(unit, council=council, people=spec.people, agencies=agencies)
    for session in spec.sessions:
        add_session(unit, council=council, session=session, actor=actor)
    adopt_shipped(unit, council=council, actor=actor)
    return access.council(unit, code=code, actor=actor)


def usual_agencies(spec: CouncilSpec) -> dict[str, AgencySpec]:
    """Return the bodies that every council has, named after it."""
    place = spec.name.removeprefix("Hội đồng nhân dân").removeprefix("HĐND").strip() or spec.name
    kinds = AgencyKind
    usual = (
        (STANDING_BODY, f"Thường trực HĐND {place}", kinds.STANDING_BODY, ("Thường trực HĐND", "TT HĐND")),
        ("HDND", f"Hội đồng nhân dân {place}", kinds.COUNCIL, ("HĐND",)),
        (OFFICE, f"Văn phòng HĐND và UBND {place}", kinds.COUNCIL_OFFICE, ("Văn phòng", "VP HĐND&UBND")),
        (COMMITTEE, f"Ủy ban nhân dân {place}", kinds.PEOPLES_COMMITTEE, ("UBND", f"UBND {place}")),
        (FRONT, f"Ủy ban MTTQ Việt Nam {place}", kinds.FRONT, ("MTTQ", f"UBMTTQVN {place}")),
    )
    return {
        code: AgencySpec(code=code, name=name, kind=kind, level=spec.level, aliases=aliases)
        for code, name, kind, aliases in usual
    }


def _add_agencies(unit: WriteUnit, council: UUID, specs: dict[str, AgencySpec]) -> dict[str, UUID]:
    ids = {code: new_id() for code in specs}
    for code, spec in specs.items():
        unit.run(
            insert(_agency).values(
                id=ids[code],
                council_id=council,
                code=code,
                name=spec.name,
                kind=spec.kind.value,
                level=spec.level.value,
                aliases=json.dumps(spec.aliases, ensure_ascii=False),
                valid_from=spec.valid_from,
                valid_to=spec.valid_to,
                contact=spec.contact,
            )
        )
    for code, spec in specs.items():
        if spec.successor is not None:
            if spec.successor.upper() not in ids:
                raise BadInput(
                    {"successor": Text(f"Không có cơ quan kế thừa {spec.successor}", f"No agency {spec.successor}")}
                )
            unit.run(update(_agency).where(_agency.c.id == ids[code]).values(successor_id=ids[spec.successor.upper()]))
    return ids


def _add_term(unit: WriteUnit, council: UUID, term: TermSpec | None) -> None:
    if term is not None:
        unit.run(insert(_term).values(id=new_id(), council_id=council, **term.model_dump()))


def add_people(unit: WriteUnit, *, council: UUID, people: tuple[PersonSpec, ...], agencies: dict[str, UUID]) -> None:
    """Add people with their appointments and accounts; one person may come twice with two capacities.

    Raises: BadInput when an agency is unknown.
    """
    known: dict[str, UUID] = {}
    for person in people:
        if person.agency.upper() not in agencies:
            raise BadInput(
                {"agency": Text(f"{person.full_name}: không có cơ quan {person.agency}", f"No agency {person.agency}")}
            )
        key = person.login or person.full_name
        if key not in known:
            known[key] = new_id()
            unit.run(insert(_person).values(id=known[key], council_id=council, full_name=person.full_name))
            if person.login is not None:
                if unit.read(select(_account.c.id).where(_account.c.login == person.login)).first():
                    raise AlreadyExists(
                        Text(f"Đã có tài khoản {person.login}", f"The account {person.login} exists"),
                        login=person.login,
                    )
                unit.run(
                    insert(_account).values(
                        id=new_id(), login=person.login, person_id=known[key], operator=False, created_at=unit.now
                    )
                )
        unit.run(
            insert(_appointment).values(
                id=new_id(),
                person_id=known[key],
                agency_id=agencies[person.agency.upper()],
                council_id=council,
                role=person.role.value,
                capacity=person.capacity,
                valid_from=person.valid_from,
                valid_to=person.valid_to,
            )
        )


def add_session(unit: WriteUnit, *, council: UUID, session: SessionSpec, actor: Actor) -> UUID:
    """Add a session of the council with its first dates."""
    key = new_id()
    dates = {"opening_on": session.opening_on, "closing_on": session.closing_on}
    unit.run(
        insert(_session).values(
            id=key,
            council_id=council,
            code=session.code,
            name=session.name,
            kind=session.kind.value,
            revision=1,
            **dates,
        )
    )
    unit.run(
        insert(_session_date).values(
            session_id=key, revision=1, reason="", recorded_by=actor.account, recorded_at=unit.now, **dates
        )
    )
    return key


def adopt_shipped(unit: WriteUnit, *, council: UUID, actor: Actor) -> None:
    """Let a new council apply the regulations that ship: the sample, what is always in force, the reference ones.

    What another council has loaded is that council's own.
    """
    shipped = {(regulation.code, regulation.version) for regulation in shipped_regulations()}
    known = select(_regulation.c.id, _regulation.c.code, _regulation.c.version, _regulation.c.status)
    for row in unit.read(known).all():
        if (row.code, row.version) not in shipped:
            continue
        precedence = {"sample": "sample", "reference": "reference"}.get(row.status, "province")
        unit.run(
            insert(_adoption).values(
                id=new_id(),
                council_id=council,
                regulation_id=row.id,
                precedence=precedence,
                basis="started",
                from_on=date(2016, 1, 1),
                to_on=None,
                enabled_limits="{}",
                recorded_by=actor.account,
                created_at=unit.now,
            )
        )


def require_in_charge(actor: Actor, council: UUID) -> None:
    """Let pass who may change a council's reference data: its administrators, its office's head, an operator.

    Raises: NotPermitted.
    """
    if not actor.has(council, Role.ADMINISTRATOR, Role.COUNCIL_OFFICE, Role.STANDING_BODY):
        raise NotPermitted(
            Text(
                "Chỉ quản trị và phụ trách Văn phòng HĐND được thay đổi việc này",
                "Only administrators and those in charge of the council office may change this",
            )
        )


def touch(unit: WriteUnit, council: UUID) -> None:
    """Tell every process that the council's reference data changed."""
    unit.run(
        update(_council).where(_council.c.id == council).values(reference_version=_council.c.reference_version + 1)
    )


def agency_ids(unit: WriteUnit, council: UUID) -> dict[str, Any]:
    """Return the council's agencies by code."""
    return {
        row.code: row.id
        for row in unit.read(select(_agency.c.code, _agency.c.id).where(_agency.c.council_id == council))
    }
