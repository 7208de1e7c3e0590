"""Which limits bind a council's cases: adopted regulations by precedence, with their calendar, kept by version.

Precedence: a province's decision, then the council's own regulation, then the sample; reference limits bind nobody
until a council switches them on.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import desc, select

from deadlines.announcements import Announcement
from deadlines.calendar import Calendar, build_calendar
from deadlines.climbing import MeetingDays
from deadlines.ladders import Ladder, Rung
from deadlines.limits import Regulation, TimeLimit
from deadlines.loading import regulation_from_json
from models.columns import table_of
from models.councils import CouncilSession, CouncilSetup
from models.timing import Adoption, CalendarDay, CalendarVersion
from models.timing import Regulation as RegulationRow
from models.units import Unit
from states.reckoning import AnnouncementKind, AnnouncementStatus
from states.text import Text
from workflows.access import Setting

_adoption, _regulation = table_of(Adoption), table_of(RegulationRow)
_version, _day = table_of(CalendarVersion), table_of(CalendarDay)
_setup, _session = table_of(CouncilSetup), table_of(CouncilSession)
PRECEDENCE = ("province", "council", "sample", "reference")


@dataclass(frozen=True, slots=True)
class Adopted:
    """One limit as a council applies it, and on which days it may start a clock (or receive a case)."""

    limit: TimeLimit
    regulation_id: UUID
    basis: str
    from_on: date
    to_on: date | None
    ladder: Ladder

    def applies_on(self, day: date) -> bool:
        """Tell whether the adoption covers `day`."""
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)


@dataclass(frozen=True, slots=True)
class Rules:
    """What a council's clocks are reckoned by."""

    adopted: tuple[Adopted, ...]
    calendar: Calendar
    meetings: MeetingDays = field(default_factory=MeetingDays)


_cache: dict[tuple[str, UUID], tuple[int, Rules]] = {}
_regulations: dict[tuple[str, UUID], Regulation] = {}
_calendars: dict[tuple[str, str], Calendar] = {}


def rules_for(unit: Unit, setting: Setting) -> Rules:
    """Return the rules of a council; read again only when its reference version has risen."""
    place = (str(unit.connection.engine.url), setting.council)
    known = _cache.get(place)
    if known is not None and known[0] == setting.reference_version:
        return known[1]
    rules = rules_now(unit, setting.council)
    _cache[place] = (setting.reference_version, rules)
    return rules


def rules_now(unit: Unit, council: UUID) -> Rules:
    """Return the rules of a council as this unit sees them; nothing is kept, for it may not be committed yet."""
    return Rules(_adopted(unit, council), calendar_of(unit), meeting_days(unit, council))


def meeting_days(unit: Unit, council: UUID) -> MeetingDays:
    """Return when the council's bodies meet, as far as it is known."""
    day = unit.read(select(_setup.c.sitting_day).where(_setup.c.council_id == council)).scalar_one()
    wanted = select(_session.c.opening_on).where(_session.c.council_id == council, _session.c.opening_on.is_not(None))
    return MeetingDays(day, tuple(sorted(unit.read(wanted).scalars())))


def regulation_of(unit: Unit, regulation: UUID) -> Regulation:
    """Return a version of a regulation; one that is in use never changes, so it is read once."""
    place = (str(unit.connection.engine.url), regulation)
    if place not in _regulations:
        wanted = select(_regulation.c.content).where(_regulation.c.id == regulation)
        _regulations[place] = regulation_from_json(unit.read(wanted).scalar_one())
    return _regulations[place]


def rung_of(unit: Unit, regulation: UUID, limit: str, number: int) -> Rung | None:
    """Return rung `number` (from 1) of the ladder that a limit of a regulation climbs."""
    found = regulation_of(unit, regulation)
    rungs = found.ladder_of(found.limit(limit)).rungs
    return rungs[number - 1] if 1 <= number <= len(rungs) else None


def calendar_of(unit: Unit, version: str | None = None) -> Calendar:
    """Return the calendar `version`, or the newest one."""
    if version is None:
        version = (
            unit.read(select(_version.c.version).order_by(desc(_version.c.created_at), desc(_version.c.version)))
            .scalars()
            .first()
        )
    place = (str(unit.connection.engine.url), str(version))
    if place not in _calendars:
        rows = unit.read(select(_day).where(_day.c.version == version)).all()
        _calendars[place] = build_calendar(
            [announcement_of(row) for row in rows], edition=str(version).rpartition("+")[0]
        )
    return _calendars[place]


def announcement_of(row: Any) -> Announcement:
    """Return a row of `calendar_day` as an announcement."""
    return Announcement(
        day=row.day,
        kind=AnnouncementKind(row.kind),
        name=Text(row.name_vi, row.name_en),
        source=row.source,
        status=AnnouncementStatus(row.status),
        enabled=row.enabled,
    )


def _adopted(unit: Unit, council: UUID) -> tuple[Adopted, ...]:
    wanted = (
        select(_adoption, _regulation.c.content)
        .join(_regulation, _regulation.c.id == _adoption.c.regulation_id)
        .where(_adoption.c.council_id == council)
    )
    found: list[tuple[int, Adopted]] = []
    for row in unit.read(wanted):
        switches: dict[str, dict[str, bool]] = json.loads(row.enabled_limits) or {}
        regulation = regulation_from_json(row.content)
        for limit in regulation.limits:
            mine = limit.switched(**switches[limit.code]) if limit.code in switches else limit
            ladder = regulation.ladder_of(limit)
            item = Adopted(mine, row.regulation_id, row.basis, row.from_on, row.to_on, ladder)
            found.append((PRECEDENCE.index(row.precedence), item))
    found.sort(key=lambda pair: pair[0])
    return tuple(item for _, item in found)


def limits_on(rules: Rules, circumstance: dict[str, str]) -> Sequence[Adopted]:
    """Return the enabled limits that speak of this circumstance, in order of precedence."""
    return [a for a in rules.adopted if a.limit.enabled and a.limit.matches(circumstance)]
