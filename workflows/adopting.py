"""Regulations of a council: loaded from a file as a version of their own, adopted from a day on, with switches.

Precedence: a province's decision, the council's own regulation, the sample, reference limits. A start keeps the
regulation it began under; what begins later takes the one adopted for its day.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Any
from uuid import UUID

from sqlalchemy import desc, insert, select, update

from deadlines.errors import LimitAmbiguous
from deadlines.limits import Regulation as Limits
from deadlines.limits import TimeLimit, overlapping
from deadlines.loading import parse_regulation, regulation_from_json
from models.columns import table_of
from models.timing import Adoption, LimitRow, Regulation
from models.units import Unit, WriteUnit
from states.errors import AlreadyExists, BadInput, NotFound, NotPermitted
from states.facts import Actor
from states.reckoning import LimitStatus
from states.text import Text
from states.vocabulary import ReckonCause, Role
from workflows import councils, reference, regulations, reprojecting
from workflows.access import Setting
from workflows.drafting import new_id
from workflows.regulations import PRECEDENCE
from workflows.reprojecting import DueMove, Occasion, nobody_hears

_regulation, _limit, _adoption = table_of(Regulation), table_of(LimitRow), table_of(Adoption)
Switches = Mapping[str, Mapping[str, bool]]
SWITCHES = ("enabled", "pause", "extension", "not_after")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A regulation in the database; `new` is False where the very same content was there already."""

    code: str
    version: str
    new: bool


@dataclass(frozen=True, slots=True)
class Applied:
    """A regulation as a council applies it."""

    id: UUID
    regulation: Limits
    precedence: str
    basis: str
    from_on: date
    to_on: date | None
    switches: Switches

    @property
    def limits(self) -> tuple[TimeLimit, ...]:
        """Return the limits that are switched on."""
        found = (limit.switched(**self.switches.get(limit.code, {})) for limit in self.regulation.limits)
        return tuple(limit for limit in found if limit.enabled)

    def meets(self, other: Applied) -> bool:
        """Tell whether there is a day on which both apply."""
        return self.from_on <= (other.to_on or date.max) and other.from_on <= (self.to_on or date.max)


@dataclass(frozen=True, slots=True)
class Adopted:
    """What adopting did: the adoption, those it ended, and the due dates that moved."""

    applied: Applied
    ended: tuple[Applied, ...]
    moves: tuple[DueMove, ...]


def load(unit: WriteUnit, *, text: str, origin: str, actor: Actor) -> Loaded:
    """Store a regulation written in TOML as a new version; the same content twice adds nothing.

    Raises: NotPermitted, RegulationInvalid naming limit and field, AlreadyExists when the version has other content.
    """
    if not actor.operator and not any(grant.role is Role.ADMINISTRATOR for grant in actor.grants):
        raise NotPermitted(Text("Chỉ quản trị được nạp quy chế", "Only administrators may load a regulation"))
    regulation = parse_regulation(text, origin=origin)
    row = reference.regulation_row(regulation) | {"created_at": unit.now}
    same = (_regulation.c.code == regulation.code) & (_regulation.c.version == regulation.version)
    known = unit.read(select(_regulation.c.digest).where(same)).scalar()
    if known is not None and known != row["digest"]:
        raise AlreadyExists(
            Text(
                f"{regulation.code} phiên bản {regulation.version} đã có với nội dung khác; đổi «version» rồi nạp lại",
                f"{regulation.code} version {regulation.version} exists with other content; change `version`",
            ),
            code=regulation.code,
            version=regulation.version,
        )
    if known is None:
        unit.run(insert(_regulation).values(**row))
        unit.run(insert(_limit), [reference.limit_row(row["id"], limit) for limit in regulation.limits])
    return Loaded(regulation.code, regulation.version, new=known is None)


def regulations_known(unit: Unit) -> list[dict[str, Any]]:
    """Return every version of every regulation, by code, newest version first."""
    rows = unit.read(select(_regulation).order_by(_regulation.c.code, desc(_regulation.c.created_at))).mappings()
    return [dict(row) for row in rows]


def regulation(unit: Unit, *, code: str, version: str | None = None) -> tuple[UUID, Limits]:
    """Return a regulation by code, its newest version unless one is named.

    Raises: NotFound.
    """
    wanted = select(_regulation).where(_regulation.c.code == code.strip().lower())
    if version is not None:
        wanted = wanted.where(_regulation.c.version == version)
    row = unit.read(wanted.order_by(desc(_regulation.c.created_at), desc(_regulation.c.version))).first()
    if row is None:
        which = Text("", "") if version is None else Text(f" phiên bản {version}", f" version {version}")
        raise NotFound(Text(f"Không có quy chế mã {code}{which.vi}", f"There is no regulation {code}{which.en}"))
    return row.id, regulation_from_json(row.content)


def applied(unit: Unit, *, setting: Setting) -> list[Applied]:
    """Return what a council applies and applied, by precedence, then by day."""
    joined = select(_adoption, _regulation.c.content).join(_regulation, _regulation.c.id == _adoption.c.regulation_id)
    rows = unit.read(joined.where(_adoption.c.council_id == setting.council)).all()
    found = [
        Applied(
            row.id, regulation_from_json(row.content), row.precedence, row.basis, row.from_on, row.to_on,
            json.loads(row.enabled_limits),
        )
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda a: (PRECEDENCE.index(a.precedence), a.from_on, a.regulation.code))


def _check_day(found: Limits, from_on: date) -> None:
    if found.in_force_from is not None and from_on < found.in_force_from:
        first = f"{found.in_force_from:%d/%m/%Y}"
        raise BadInput(
            {
                "from": Text(
                    f"Quy chế {found.code} có hiệu lực từ {first}; chọn ngày áp dụng từ ngày đó",
                    f"{found.code} is in force from {first}; adopt it from that day on",
                )
            }
        )


def adopt(
    unit: WriteUnit,
    *,
    setting: Setting,
    code: str,
    from_on: date,
    actor: Actor,
    version: str | None = None,
    precedence: str | None = None,
    basis: str = "started",
    switches: Switches | None = None,
    heard: Callable[[], None] = nobody_hears,
) -> Adopted:
    """Let a council apply a regulation from `from_on`: to clocks started from that day, or cases received from it.

    An earlier adoption of the same precedence that speaks of the same matters ends the day before. `heard` is called
    after each case whose clocks were reckoned anew.
    Raises: NotPermitted, NotFound, AlreadyExists, BadInput, LimitAmbiguous.
    """
    councils.require_in_charge(actor, setting.council)
    key, found = regulation(unit, code=code, version=version)
    _check_words(precedence, basis)
    _check_day(found, from_on)
    _check_switches(found, switches or {})
    fresh = Applied(
        new_id(), found, precedence or _usual_precedence(found), basis, from_on, None,
        {limit: dict(on) for limit, on in (switches or {}).items()},
    )  # fmt: skip
    before = applied(unit, setting=setting)
    ended = _ended_by(fresh, before)
    _prove([fresh, *(a for a in before if a not in ended)])
    for old in ended:
        unit.run(update(_adoption).where(_adoption.c.id == old.id).values(to_on=from_on - timedelta(days=1)))
    unit.run(
        insert(_adoption).values(
            id=fresh.id,
            council_id=setting.council,
            regulation_id=key,
            precedence=fresh.precedence,
            basis=basis,
            from_on=from_on,
            to_on=None,
            enabled_limits=json.dumps(fresh.switches),
            recorded_by=actor.account,
            created_at=unit.now,
        )
    )
    councils.touch(unit, setting.council)
    return Adopted(fresh, tuple(ended), _reproject(unit, setting, fresh, actor, heard))


def _reproject(
    unit: WriteUnit, setting: Setting, fresh: Applied, actor: Actor, heard: Callable[[], None]
) -> tuple[DueMove, ...]:
    """Reckon the council's cases anew: pinned clocks keep their regulation, limits that nothing ran for may begin."""
    return reprojecting.reproject(
        unit,
        cases=reprojecting.cases_of(unit, setting.council),
        rules={setting.council: regulations.rules_now(unit, setting.council)},
        occasion=occasion_of(fresh, actor=actor, on=unit.today),
        heard=heard,
    )


def occasion_of(adopted: Applied, *, actor: Actor, on: date) -> Occasion:
    """Return why clocks are reckoned anew when a council adopts a regulation."""
    said = {"adoption": adopted.id, "regulation": adopted.regulation.code, "version": adopted.regulation.version}
    return Occasion(ReckonCause.REGULATION_ADOPTED, said, actor, on)


def _usual_precedence(found: Limits) -> str:
    return {LimitStatus.SAMPLE: "sample", LimitStatus.REFERENCE: "reference"}.get(found.status, "council")


def _ended_by(fresh: Applied, before: Sequence[Applied]) -> list[Applied]:
    """Return the adoptions that `fresh` takes the place of: same precedence, same regulation or the same matters.

    Raises: AlreadyExists, BadInput when one of them begins on the same day or later.
    """
    rivals = [
        old
        for old in before
        if old.precedence == fresh.precedence
        and (old.to_on is None or old.to_on >= fresh.from_on)
        and (old.regulation.code == fresh.regulation.code or _clash(old, fresh) is not None)
    ]
    for old in rivals:
        if old.from_on >= fresh.from_on:
            name, day = old.regulation.code, f"{old.from_on:%d/%m/%Y}"
            raise AlreadyExists(
                Text(
                    f"{name} đã được áp dụng từ {day}, không trước ngày này; chọn ngày sau đó",
                    f"{name} applies from {day} already; choose a later day",
                ),
                regulation=name,
                from_on=old.from_on.isoformat(),
            )
    return rivals


def _prove(all_applied: Sequence[Applied]) -> None:
    """Prove that of each precedence at most one limit matches any kind, role, circumstance and day.

    Raises: LimitAmbiguous naming the two.
    """
    for one, other in combinations(all_applied, 2):
        if one.precedence != other.precedence or not one.meets(other):
            continue
        clash = _clash(one, other)
        if clash is not None:
            a, b = clash
            raise LimitAmbiguous(
                Text(
                    f"{a.regulation}/{a.code} và {b.regulation}/{b.code} cùng là thời hạn «{a.role}»."
                    " Hãy tắt một trong hai.",
                    f"{a.regulation}/{a.code} and {b.regulation}/{b.code} are both the limit {a.role!r}."
                    " Switch one of them off.",
                ),
                role=a.role,
                limits=f"{a.regulation}/{a.code}, {b.regulation}/{b.code}",
            )


def _clash(one: Applied, other: Applied) -> tuple[TimeLimit, TimeLimit] | None:
    """Return a limit of each that could match the same circumstance."""
    return next(iter(overlapping([*one.limits, *other.limits])), None)


def _check_words(precedence: str | None, basis: str) -> None:
    problems: dict[str, Text] = {}
    if precedence is not None and precedence not in PRECEDENCE:
        said = ", ".join(PRECEDENCE)
        problems["precedence"] = Text(f"«Thứ bậc» phải là một trong: {said}", f"“precedence” must be one of: {said}")
    if basis not in {"received", "started"}:
        problems["basis"] = Text(
            "«Áp dụng cho» là received (hồ sơ nhận) hoặc started (thời hạn bắt đầu)", "“basis” is received or started"
        )
    if problems:
        raise BadInput(problems)


def _check_switches(found: Limits, switches: Switches) -> None:
    """Refuse switches of unknown limits, unknown switches, and options that a limit does not have."""
    known = {limit.code: limit for limit in found.limits}
    problems: dict[str, Text] = {}
    for code, chosen in switches.items():
        if code not in known:
            said = ", ".join(known)
            problems[code] = Text(
                f"Quy chế không có thời hạn {code}; có: {said}", f"No limit {code}; there are: {said}"
            )
            continue
        for name, on in chosen.items():
            if name not in SWITCHES:
                said = ", ".join(SWITCHES)
                problems[f"{code}.{name}"] = Text(f"«{name}» phải là một trong: {said}", f"“{name}” is one of: {said}")
            elif on and not _has(known[code], name):
                problems[f"{code}.{name}"] = Text(
                    f"Quy chế không quy định «{name}» cho {code}; ghi vào tệp quy chế trước",
                    f"The regulation says nothing of “{name}” for {code}; write it into the file first",
                )
    if problems:
        raise BadInput(problems)


def _has(limit: TimeLimit, name: str) -> bool:
    needed: dict[str, object] = {
        "enabled": True,
        "pause": limit.pauses_on,
        "extension": limit.extended_by and limit.max_extension,
        "not_after": limit.not_after,
    }
    return bool(needed[name])
