"""Calendars, regulations, adoptions and clocks."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.columns import UtcDateTime, one_of
from states.reckoning import AnnouncementStatus, ClockState, Effect, LimitStatus


class CalendarVersion(SQLModel, table=True):
    """One state of knowledge about working days; clocks are pinned to it."""

    __tablename__ = "calendar_version"

    version: str = Field(primary_key=True, max_length=40)
    first_year: int
    last_year: int
    created_at: datetime = Field(sa_type=UtcDateTime)


class CalendarDay(SQLModel, table=True):
    """An announced day off or worked Saturday, with source and status."""

    __tablename__ = "calendar_day"
    __table_args__ = (one_of("kind", ("off", "worked")), one_of("status", AnnouncementStatus))

    version: str = Field(primary_key=True, foreign_key="calendar_version.version", max_length=40)
    day: date = Field(primary_key=True)
    kind: str
    name_vi: str
    name_en: str
    source: str
    status: str
    enabled: bool = True


class Regulation(SQLModel, table=True):
    """A version of a set of time limits; `content` is its canonical JSON, from which the limits are read."""

    __tablename__ = "regulation"
    __table_args__ = (UniqueConstraint("code", "version"), one_of("status", LimitStatus))

    id: UUID = Field(primary_key=True)
    code: str = Field(max_length=60)
    version: str = Field(max_length=20)
    title: str
    status: str
    source: str
    content: str
    digest: str = Field(max_length=64)
    created_at: datetime = Field(sa_type=UtcDateTime)


class LimitRow(SQLModel, table=True):
    """One time limit of a regulation, for lists; the arithmetic reads the regulation's content."""

    __tablename__ = "time_limit"
    __table_args__ = (one_of("effect", Effect), one_of("status", LimitStatus))

    regulation_id: UUID = Field(primary_key=True, foreign_key="regulation.id")
    code: str = Field(primary_key=True, max_length=60)
    kind: str
    role: str
    effect: str
    status: str
    enabled: bool
    citation: str


class Adoption(SQLModel, table=True):
    """Which council applies which regulation, from when to when, to cases received or clocks started from that day."""

    __tablename__ = "adoption"
    __table_args__ = (
        UniqueConstraint("council_id", "regulation_id", "from_on"),
        one_of("basis", ("received", "started")),
        one_of("precedence", ("province", "council", "sample", "reference")),
        CheckConstraint("to_on IS NULL OR from_on <= to_on", name="dates_in_order"),
    )

    id: UUID = Field(primary_key=True)
    council_id: UUID = Field(foreign_key="council.id", index=True)
    regulation_id: UUID = Field(foreign_key="regulation.id")
    precedence: str
    basis: str = "started"
    from_on: date
    to_on: date | None = None
    enabled_limits: str = "{}"
    recorded_by: UUID | None = Field(default=None, foreign_key="account.id")
    created_at: datetime = Field(sa_type=UtcDateTime)


class ClockRow(SQLModel, table=True):
    """One running time limit on one case or referral. Late is derived: coalesce(met_on, today) > due_on."""

    __tablename__ = "clock"
    __table_args__ = (
        one_of("state", ClockState),
        one_of("effect", Effect),
        one_of("status", LimitStatus),
        CheckConstraint("(state = 'superseded') = (superseded_seq IS NOT NULL)", name="superseded_by_an_event"),
        CheckConstraint("state <> 'met' OR met_seq IS NOT NULL", name="met_by_an_event"),
        ForeignKeyConstraint(
            ["case_id", "start_seq"],
            ["event.case_id", "event.seq"],
            name="fk_clock_starts_with_an_event",
            deferrable=True,
            initially="DEFERRED",
        ),
        Index(
            "uq_clock_live",
            "case_id",
            "limit_code",
            "regulation_id",
            "start_seq",
            text("coalesce(referral_id, case_id)"),
            unique=True,
            postgresql_where=text("state <> 'superseded'"),
            sqlite_where=text("state <> 'superseded'"),
        ),
        Index("ix_clock_case", "case_id"),
        Index(
            "ix_clock_due",
            "due_on",
            "id",
            postgresql_where=text("state = 'running'"),
            sqlite_where=text("state = 'running'"),
        ),
    )

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="case.id")
    referral_id: UUID | None = None
    regulation_id: UUID = Field(foreign_key="regulation.id")
    calendar_version: str = Field(foreign_key="calendar_version.version", max_length=40)
    limit_code: str = Field(max_length=60)
    role: str = Field(max_length=40)
    effect: str
    status: str
    state: str
    start_seq: int
    revision: int = 1
    provisional: bool = False
    calendar_provisional: bool = False
    occurrence: int = 1
    anchor_on: date
    started_on: date | None = None
    raw_due_on: date | None = None
    due_on: date | None = None
    due_without_options_on: date | None = None
    consumed_days: int = 0
    running_since: date | None = None
    paused_since: date | None = None
    extended_to: date | None = None
    met_on: date | None = None
    met_seq: int | None = None
    cancelled_on: date | None = None
    cancelled_seq: int | None = None
    cause_vi: str | None = None
    cause_en: str | None = None
    superseded_seq: int | None = None
    superseded_reason: str | None = None
