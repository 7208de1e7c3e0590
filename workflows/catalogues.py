"""The reference lists that entries name: councils, agencies, sessions, localities, fields, regulations, calendar."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, true

from models.columns import table_of
from models.councils import Agency, Council, CouncilSession, Locality, SessionDate, Taxon
from models.timing import Adoption, LimitRow, Regulation
from models.units import Unit
from states.errors import BadInput
from states.facts import Actor
from states.reckoning import Effect, LimitStatus
from states.text import Text
from states.vocabulary import AgencyKind, Level, SessionKind
from workflows import paging, regulations
from workflows.access import Setting
from workflows.paging import Page
from workflows.views import Coded, Words, coded

_council, _agency, _session = table_of(Council), table_of(Agency), table_of(CouncilSession)
_session_date, _locality, _taxon = table_of(SessionDate), table_of(Locality), table_of(Taxon)
_regulation, _limit, _adoption = table_of(Regulation), table_of(LimitRow), table_of(Adoption)


@dataclass(frozen=True, slots=True)
class CouncilView:
    """A council of the reader."""

    code: str
    name: str
    level: Coded
    province: str | None
    sample: bool


@dataclass(frozen=True, slots=True)
class AgencyView:
    """A body with its other names and the days on which it exists (inclusive); `common` ones stand above councils."""

    code: str
    name: str
    kind: Coded
    level: Coded
    aliases: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None
    successor: str | None
    common: bool


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session of the council; `moves` are the dates it had, with the reason of each change."""

    code: str
    name: str
    kind: Coded
    opening_on: date | None
    closing_on: date | None
    revision: int
    moves: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A locality or field by code and name."""

    code: str
    name: Words
    parent: str | None
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LimitView:
    """One time limit of a regulation, as listed."""

    code: str
    kind: str
    role: str
    effect: Coded
    status: Coded
    enabled: bool
    citation: str


@dataclass(frozen=True, slots=True)
class RegulationView:
    """A regulation that the council applies, from when to when, with its limits."""

    code: str
    version: str
    title: str
    status: Coded
    source: str
    precedence: str
    from_on: date
    to_on: date | None
    limits: tuple[LimitView, ...]


@dataclass(frozen=True, slots=True)
class DayView:
    """A day that is no ordinary weekday or weekend."""

    day: date
    working: bool
    name: Words
    source: str
    status: Coded


@dataclass(frozen=True, slots=True)
class YearView:
    """The calendar of a year; `provisional`: its days off are not all announced."""

    year: int
    version: str
    provisional: bool
    working_days: int
    days: tuple[DayView, ...]


def councils(unit: Unit, *, actor: Actor) -> tuple[CouncilView, ...]:
    """Return the councils in which `actor` holds a role; an operator sees all."""
    mine = true() if actor.operator else _council.c.id.in_(actor.councils())
    rows = unit.read(select(_council).where(mine, _council.c.removed_at.is_(None)).order_by(_council.c.code))
    return tuple(CouncilView(r.code, r.name, coded(Level(r.level)), r.province, r.sample) for r in rows)


def agencies(
    unit: Unit, *, setting: Setting, on: date | None = None, cursor: str | None = None, limit: int = paging.MOST
) -> Page[AgencyView]:
    """Return the bodies that an entry of the council may name; with `on` only those that exist on that day."""
    after = paging.read(cursor, order="agencies")
    heir = _agency.alias("heir")
    wanted = (
        select(_agency, heir.c.code.label("heir"))
        .outerjoin(heir, heir.c.id == _agency.c.successor_id)
        .where(or_(_agency.c.council_id == setting.council, _agency.c.council_id.is_(None)))
        .order_by(_agency.c.id)
        .limit(paging.within(limit) + 1)
    )
    if on is not None:
        wanted = wanted.where(
            or_(_agency.c.valid_from.is_(None), _agency.c.valid_from <= on),
            or_(_agency.c.valid_to.is_(None), _agency.c.valid_to >= on),
        )
    if after is not None:
        wanted = wanted.where(_agency.c.id > after.id)
    rows, following = paging.page_of([dict(r) for r in unit.read(wanted).mappings()], limit=limit, order="agencies")
    return Page(tuple(_agency_view(row) for row in rows), following)


def _agency_view(row: Mapping[str, Any]) -> AgencyView:
    return AgencyView(
        row["code"],
        row["name"],
        coded(AgencyKind(row["kind"])),
        coded(Level(row["level"])),
        tuple(json.loads(row["aliases"])),
        row["valid_from"],
        row["valid_to"],
        row["heir"],
        common=row["council_id"] is None,
    )


def sessions(unit: Unit, *, setting: Setting) -> tuple[SessionView, ...]:
    """Return the sessions of the council, earliest opening first, undated ones last."""
    rows = unit.read(
        select(_session)
        .where(_session.c.council_id == setting.council)
        .order_by(_session.c.opening_on.is_(None), _session.c.opening_on, _session.c.code)
    ).all()
    dates = unit.read(
        select(_session_date)
        .where(_session_date.c.session_id.in_([r.id for r in rows]))
        .order_by(_session_date.c.session_id, _session_date.c.revision)
    ).all()
    moves: dict[UUID, list[dict[str, Any]]] = {}
    for d in dates:
        said = {"revision": d.revision, "opening_on": d.opening_on, "closing_on": d.closing_on, "reason": d.reason}
        moves.setdefault(d.session_id, []).append(said)
    return tuple(
        SessionView(
            r.code,
            r.name,
            coded(SessionKind(r.kind)),
            r.opening_on,
            r.closing_on,
            r.revision,
            tuple(moves.get(r.id, ())),
        )
        for r in rows
    )


def localities(unit: Unit, *, setting: Setting) -> tuple[PlaceView, ...]:
    """Return the council's own places and those above it."""
    theirs = or_(_locality.c.council_id == setting.council, _locality.c.council_id.is_(None))
    rows = unit.read(select(_locality).where(theirs).order_by(_locality.c.council_id.is_(None), _locality.c.code))
    return tuple(PlaceView(r.code, Text(r.name, r.name), None, tuple(json.loads(r.aliases))) for r in rows)


def fields(unit: Unit) -> tuple[PlaceView, ...]:
    """Return the taxonomy of fields, the same for every council."""
    rows = unit.read(select(_taxon).where(_taxon.c.scheme == "field").order_by(_taxon.c.code))
    return tuple(PlaceView(r.code, Text(r.name_vi, r.name_en), r.parent, tuple(json.loads(r.aliases))) for r in rows)


def adopted(unit: Unit, *, setting: Setting) -> tuple[RegulationView, ...]:
    """Return the regulations that the council applies, in order of precedence, with its own switches in force."""
    rows = unit.read(
        select(
            *_adoption.c["regulation_id", "precedence", "from_on", "to_on", "enabled_limits"],
            *_regulation.c["code", "version", "title", "status", "source"],
        )
        .join(_regulation, _regulation.c.id == _adoption.c.regulation_id)
        .where(_adoption.c.council_id == setting.council)
    ).mappings()
    found = sorted(
        map(dict, rows), key=lambda r: (regulations.PRECEDENCE.index(r["precedence"]), r["code"], r["from_on"])
    )
    return tuple(_regulation_view(unit, row) for row in found)


def _regulation_view(unit: Unit, row: Mapping[str, Any]) -> RegulationView:
    switches: dict[str, dict[str, bool]] = json.loads(row["enabled_limits"]) or {}
    limits = unit.read(select(_limit).where(_limit.c.regulation_id == row["regulation_id"]).order_by(_limit.c.code))
    status = LimitStatus(row["status"])
    return RegulationView(
        row["code"],
        row["version"],
        row["title"],
        Coded(status.value, status.label),
        row["source"],
        row["precedence"],
        row["from_on"],
        row["to_on"],
        tuple(_limit_view(limit, switches.get(limit.code, {})) for limit in limits),
    )


def _limit_view(row: Any, switches: Mapping[str, bool]) -> LimitView:
    effect, status = Effect(row.effect), LimitStatus(row.status)
    return LimitView(
        row.code,
        row.kind,
        row.role,
        Coded(effect.value, effect.label),
        Coded(status.value, status.label),
        switches.get("enabled", row.enabled),
        row.citation,
    )


def year(unit: Unit, *, year: int) -> YearView:
    """Return the days of `year` that are not ordinary.

    Raises: BadInput when the calendar does not know the year.
    """
    calendar = regulations.calendar_of(unit)
    first, last = date(year, 1, 1), date(year, 12, 31)
    if not calendar.knows(first):
        known = f"{calendar.first_year}-{calendar.last_year}"
        raise BadInput({"year": Text(f"Lịch chỉ có các năm {known}", f"The calendar knows the years {known}")})
    days = tuple(
        DayView(day, entry.working, entry.name, entry.source, Coded(entry.status.value, entry.status.label))
        for day, entry in sorted(calendar.days.items())
        if day.year == year
    )
    counted = calendar.working_days_between(first, last) + calendar.is_working(first)
    return YearView(year, calendar.version, year in calendar.provisional_years, counted, days)
