"""The time limits of a case as people read them: when due, how they stand today, on whose authority."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import select

from deadlines.limits import TimeLimit
from deadlines.loading import regulation_from_json
from deadlines.marks import Clock
from deadlines.timeliness import days_left_words, timeliness
from models.columns import table_of
from models.timing import ClockRow, Regulation
from models.units import Unit
from states.reckoning import ClockState, Effect, LimitStatus, SupersedeReason
from states.text import Text
from workflows import regulations
from workflows.access import Seen
from workflows.views import AgencyName, Coded, Words, agencies_named

_clock, _regulation = table_of(ClockRow), table_of(Regulation)


@dataclass(frozen=True, slots=True)
class Authority:
    """Which regulation a limit stands in, how far it may be relied upon and what breaking it means."""

    code: str
    version: str
    title: str
    citation: str
    status: Coded
    effect: Coded


@dataclass(frozen=True, slots=True)
class StepView:
    """One line of a working: days, what happens on them, the law, how many days it counts or skips."""

    kind: Coded
    text: Words
    day_from: date | None
    day_to: date | None
    law: Words | None
    count: Words | None


@dataclass(frozen=True, slots=True)
class Workings:
    """Why a clock is due on its day: heading, steps, the clocks it took the place of, and all of it as plain text."""

    heading: Words
    steps: tuple[StepView, ...]
    before: tuple[Words, ...]
    text: str


@dataclass(frozen=True, slots=True)
class ClockView:
    """One time limit on a case or referral. `words` says how it stands today ("còn 3 ngày làm việc")."""

    id: UUID
    limit: Coded
    role: str
    referral: UUID | None
    agency: AgencyName | None
    state: Coded
    timeliness: Coded
    words: Words
    due_on: date | None
    due_without_options_on: date | None
    anchor_on: date
    started_on: date | None
    start_seq: int
    occurrence: int
    provisional: bool
    calendar_provisional: bool
    calendar_version: str
    consumed_days: int
    paused_since: date | None
    extended_to: date | None
    met_on: date | None
    met_seq: int | None
    cancelled_on: date | None
    cause: Words | None
    revision: int
    superseded_seq: int | None
    superseded_because: Coded | None
    regulation: Authority
    workings: Workings | None = None


def clock_views(unit: Unit, seen: Seen, *, superseded: bool = False) -> tuple[ClockView, ...]:
    """Return the clocks of a case, next due first; with `superseded` also those that gave way to others."""
    rows = [dict(r) for r in seen.clocks]
    if superseded:
        gone = select(_clock).where(_clock.c.case_id == seen.id, _clock.c.state == ClockState.SUPERSEDED.value)
        rows += [dict(r) for r in unit.read(gone.order_by(_clock.c.id)).mappings()]
    sources = _sources(unit, {r["regulation_id"] for r in rows})
    agencies = agencies_named(unit, [r["agency_id"] for r in seen.referrals])
    held = {r["id"]: agencies[r["agency_id"]] for r in seen.referrals}
    views = [_view(unit, row, sources[row["regulation_id"]], held) for row in rows]
    return tuple(sorted(views, key=lambda v: (v.superseded_seq is not None, v.due_on is None, v.due_on, str(v.id))))


def clock_of(row: Mapping[str, Any], limit: TimeLimit) -> Clock:
    """Return a stored clock as the value that words are made from."""
    cause = Text(row["cause_vi"], row["cause_en"] or row["cause_vi"]) if row["cause_vi"] else None
    return Clock(
        limit_code=limit.code,
        regulation=limit.regulation,
        regulation_version=limit.regulation_version,
        calendar_version=row["calendar_version"],
        role=row["role"],
        label=limit.label,
        status=LimitStatus(row["status"]),
        effect=Effect(row["effect"]),
        unit=limit.length.unit if limit.length else None,
        direction=limit.direction,
        subject=limit.per,
        referral=str(row["referral_id"]) if row["referral_id"] else None,
        start_seq=row["start_seq"],
        occurrence=row["occurrence"],
        state=ClockState(row["state"]),
        anchor_on=row["anchor_on"],
        started_on=row["started_on"],
        provisional=row["provisional"],
        due_on=row["due_on"],
        raw_due_on=row["raw_due_on"],
        due_without_options_on=row["due_without_options_on"],
        calendar_provisional=row["calendar_provisional"],
        consumed_days=row["consumed_days"],
        running_since=row["running_since"],
        paused_since=row["paused_since"],
        extended_to=row["extended_to"],
        met_on=row["met_on"],
        met_seq=row["met_seq"],
        cancelled_on=row["cancelled_on"],
        cancelled_seq=row["cancelled_seq"],
        cause=cause,
    )


@dataclass(frozen=True, slots=True)
class _Source:
    """A regulation and its limits by code."""

    code: str
    version: str
    title: str
    limits: Mapping[str, TimeLimit]


def limits_of(unit: Unit, regulation_ids: set[UUID]) -> dict[UUID, Mapping[str, TimeLimit]]:
    """Return the limits of each regulation by code."""
    return {key: source.limits for key, source in _sources(unit, regulation_ids).items()}


def _sources(unit: Unit, ids: set[UUID]) -> dict[UUID, _Source]:
    rows = unit.read(select(_regulation).where(_regulation.c.id.in_(ids))).all() if ids else []
    return {r.id: _Source(r.code, r.version, r.title, _limits(r.content)) for r in rows}


@lru_cache(maxsize=64)
def _limits(content: str) -> Mapping[str, TimeLimit]:
    return {limit.code: limit for limit in regulation_from_json(content).limits}


def _view(unit: Unit, row: Mapping[str, Any], source: _Source, held: Mapping[UUID, AgencyName]) -> ClockView:
    limit = source.limits[row["limit_code"]]
    clock = clock_of(row, limit)
    stands, why = timeliness(clock, unit.today), row["superseded_reason"]
    reason = SupersedeReason(why) if why else None
    return ClockView(
        id=row["id"],
        limit=Coded(limit.code, limit.label),
        role=row["role"],
        referral=row["referral_id"],
        agency=held.get(row["referral_id"]),
        state=Coded(clock.state.value, clock.state.label),
        timeliness=Coded(stands.value, stands.label),
        words=days_left_words(clock, unit.today, regulations.calendar_of(unit, row["calendar_version"])),
        due_on=clock.due_on,
        due_without_options_on=clock.due_without_options_on,
        anchor_on=clock.anchor_on,
        started_on=clock.started_on,
        start_seq=clock.start_seq,
        occurrence=clock.occurrence,
        provisional=clock.provisional,
        calendar_provisional=clock.calendar_provisional,
        calendar_version=clock.calendar_version,
        consumed_days=clock.consumed_days,
        paused_since=clock.paused_since,
        extended_to=clock.extended_to,
        met_on=clock.met_on,
        met_seq=clock.met_seq,
        cancelled_on=clock.cancelled_on,
        cause=clock.cause,
        revision=row["revision"],
        superseded_seq=row["superseded_seq"],
        superseded_because=Coded(reason.value, reason.label) if reason else None,
        regulation=Authority(
            source.code,
            source.version,
            source.title,
            limit.citation,
            Coded(clock.status.value, clock.status.label),
            Coded(clock.effect.value, clock.effect.label),
        ),
    )
