"""Agencies of a council come, merge and go. Nothing is deleted: a closed one keeps its cases, links and reports.

Sources: the mergers of 01/07/2025, after which statistics are asked by the old body and by its successor.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update

from models.cases import Case, Referral
from models.columns import table_of
from models.councils import Agency
from models.units import Unit, WriteUnit
from states.errors import AlreadyExists, BadInput, NotFound
from states.facts import Actor
from states.guards import ENDED_REFERRALS
from states.text import Text
from workflows import councils
from workflows.access import Setting
from workflows.councils import AgencySpec
from workflows.drafting import new_id

_agency, _referral, _case = table_of(Agency), table_of(Referral), table_of(Case)
_FINISHED = sorted({*ENDED_REFERRALS, "accepted"})


@dataclass(frozen=True, slots=True)
class Closed:
    """An agency whose last day is known; `waiting` referrals of open cases still lie with it."""

    code: str
    last_day: date
    successor: str | None
    waiting: int


def add(unit: WriteUnit, *, setting: Setting, agency: AgencySpec, actor: Actor) -> UUID:
    """Add a body of the council or one that answers to it.

    Raises: NotPermitted, AlreadyExists, BadInput when its successor is unknown.
    """
    councils.require_in_charge(actor, setting.council)
    code = agency.code.strip().upper()
    if _find(unit, setting, code) is not None:
        raise AlreadyExists(Text(f"Đã có cơ quan mã {code}", f"The agency {code} exists already"), code=code)
    successor = None if agency.successor is None else _own(unit, setting, agency.successor, "successor")["id"]
    key = new_id()
    unit.run(
        insert(_agency).values(
            id=key,
            council_id=setting.council,
            code=code,
            name=agency.name.strip(),
            kind=agency.kind.value,
            level=agency.level.value,
            aliases=json.dumps(agency.aliases, ensure_ascii=False),
            valid_from=agency.valid_from,
            valid_to=agency.valid_to,
            successor_id=successor,
            contact=agency.contact,
        )
    )
    councils.touch(unit, setting.council)
    return key


def close(
    unit: WriteUnit, *, setting: Setting, code: str, last_day: date, actor: Actor, successor: str | None = None
) -> Closed:
    """Say which day is the last of an agency, and which one goes on with its work.

    Raises: NotPermitted, NotFound, BadInput when the day, the agency or its successor do not go together.
    """
    councils.require_in_charge(actor, setting.council)
    row = _own(unit, setting, code, "code")
    heir = None if successor is None else _own(unit, setting, successor, "successor")
    _check(row, heir, last_day)
    unit.run(
        update(_agency)
        .where(_agency.c.id == row["id"])
        .values(valid_to=last_day, successor_id=heir["id"] if heir else row["successor_id"])
    )
    councils.touch(unit, setting.council)
    return Closed(row["code"], last_day, heir["code"] if heir else None, _waiting(unit, row["id"]))


def merge(
    unit: WriteUnit, *, setting: Setting, codes: Sequence[str], into: str, last_day: date, actor: Actor
) -> list[Closed]:
    """Close several agencies in favour of one, all or none; each keeps its own cases and points to it.

    Raises: as `close`.
    """
    if len({code.strip().upper() for code in codes}) != len(codes):
        raise BadInput({"code": Text("Một cơ quan được nêu hai lần", "An agency is named twice")})
    return [close(unit, setting=setting, code=code, last_day=last_day, actor=actor, successor=into) for code in codes]


def _check(row: dict[str, Any], heir: dict[str, Any] | None, last_day: date) -> None:
    if row["valid_from"] is not None and last_day < row["valid_from"]:
        raise BadInput(
            {"on": Text("«Ngày cuối» đứng trước ngày thành lập", "The last day is before the day it came to be")}
        )
    if heir is None:
        return
    if heir["id"] == row["id"]:
        raise BadInput({"successor": Text("Cơ quan không kế thừa chính mình", "An agency does not succeed itself")})
    if heir["valid_to"] is not None and heir["valid_to"] <= last_day:
        raise BadInput(
            {
                "successor": Text(
                    f"{heir['name']} cũng đã thôi hoạt động ngày {heir['valid_to']:%d/%m/%Y}",
                    f"{heir['name']} itself ended on {heir['valid_to']:%d/%m/%Y}",
                )
            }
        )


def _find(unit: Unit, setting: Setting, code: str) -> dict[str, Any] | None:
    wanted = select(_agency).where(_agency.c.council_id == setting.council, _agency.c.code == code.strip().upper())
    row = unit.read(wanted).mappings().first()
    return None if row is None else dict(row)


def _own(unit: Unit, setting: Setting, code: str, field: str) -> dict[str, Any]:
    row = _find(unit, setting, code)
    if row is not None:
        return row
    common = select(_agency.c.name).where(_agency.c.council_id.is_(None), _agency.c.code == code.strip().upper())
    name = unit.read(common).scalar()
    if name is not None:
        raise BadInput(
            {field: Text(f"{name} dùng chung cho mọi hội đồng, không sửa ở đây", f"{name} is common to all councils")}
        )
    raise NotFound(Text(f"Không có cơ quan mã {code}", f"There is no agency {code}"))


def _waiting(unit: Unit, agency: UUID) -> int:
    open_ones = (
        select(func.count())
        .select_from(_referral.join(_case, _case.c.id == _referral.c.case_id))
        .where(_referral.c.agency_id == agency, _referral.c.state.not_in(_FINISHED))
    )
    return int(unit.read(open_ones).scalar_one())
