"""Councils and their world: terms, sessions, agencies, localities, people, accounts, taxonomies."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.columns import UtcDateTime, one_of
from states.vocabulary import AgencyKind, Level, Role, SessionKind


class Council(SQLModel, table=True):
    """A people's council: the tenant. `reference_version` rises when its reference data changes.

    `removed_at` hides a sample council and all that is its own: history stays append-only, so its rows stay too.
    """

    __tablename__ = "council"
    __table_args__ = (one_of("level", Level),)

    id: UUID = Field(primary_key=True)
    code: str = Field(unique=True, max_length=12)
    name: str
    level: str
    province: str | None = None
    sample: bool = False
    reference_version: int = 1
    created_at: datetime = Field(sa_type=UtcDateTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Agency(SQLModel, table=True):
    """A body. Those above the council are global (`council_id` null). Dates of validity are inclusive."""

    __tablename__ = "agency"
    __table_args__ = (
        UniqueConstraint("council_id", "code"),
        one_of("kind", AgencyKind),
        one_of("level", Level),
        CheckConstraint("valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to", name="valid_in_order"),
    )

    id: UUID = Field(primary_key=True)
    council_id: UUID | None = Field(default=None, foreign_key="council.id", index=True)
    code: str = Field(max_length=40)
    name: str
    kind: str
    level: str
    aliases: str = "[]"
    valid_from: date | None = None
    valid_to: date | None = None
    successor_id: UUID | None = Field(default=None, foreign_key="agency.id")
    contact: str | None = None


class CouncilSetup(SQLModel, table=True):
    """Which agencies play the council's parts, and its own choices (office.md: settings of a council).

    `sitting_day` and `reception_day` are the days of the month of the standing body's sitting and of the reception of
    citizens; each moves to the next working day.
    """

    __tablename__ = "council_setup"

    council_id: UUID = Field(primary_key=True, foreign_key="council.id")
    standing_body_id: UUID = Field(foreign_key="agency.id")
    office_id: UUID = Field(foreign_key="agency.id")
    committee_id: UUID | None = Field(default=None, foreign_key="agency.id")
    front_id: UUID | None = Field(default=None, foreign_key="agency.id")
    explained_counts_as_resolved: bool = False
    numbers_slips: bool = False
    sitting_day: int = Field(default=25, ge=1, le=28)
    reception_day: int = Field(default=15, ge=1, le=28)


class CouncilTerm(SQLModel, table=True):
    """A term of office (nhiệm kỳ, khóa)."""

    __tablename__ = "council_term"
    __table_args__ = (UniqueConstraint("council_id", "code"),)

    id: UUID = Field(primary_key=True)
    council_id: UUID = Field(foreign_key="council.id")
    code: str = Field(max_length=40)
    name: str
    starts_on: date
    ends_on: date | None = None


class CouncilSession(SQLModel, table=True):
    """A session of the council; its dates may move, each move is kept in `session_date`."""

    __tablename__ = "council_session"
    __table_args__ = (
        UniqueConstraint("council_id", "code"),
        UniqueConstraint("council_id", "id"),
        one_of("kind", SessionKind),
        CheckConstraint("closing_on IS NULL OR opening_on IS NULL OR opening_on <= closing_on", name="dates_in_order"),
    )

    id: UUID = Field(primary_key=True)
    council_id: UUID = Field(foreign_key="council.id")
    term_id: UUID | None = Field(default=None, foreign_key="council_term.id")
    code: str = Field(max_length=40)
    name: str
    kind: str
    opening_on: date | None = None
    closing_on: date | None = None
    revision: int = 1


class SessionDate(SQLModel, table=True):
    """One setting of a session's dates, with its reason; never changed."""

    __tablename__ = "session_date"

    session_id: UUID = Field(primary_key=True, foreign_key="council_session.id")
    revision: int = Field(primary_key=True)
    opening_on: date | None = None
    closing_on: date | None = None
    reason: str
    recorded_by: UUID = Field(foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class Locality(SQLModel, table=True):
    """A hamlet of the council, or a place above it (global)."""

    __tablename__ = "locality"
    __table_args__ = (UniqueConstraint("council_id", "code"),)

    id: UUID = Field(primary_key=True)
    council_id: UUID | None = Field(default=None, foreign_key="council.id")
    code: str = Field(max_length=60)
    name: str
    aliases: str = "[]"


class Taxon(SQLModel, table=True):
    """An entry of a taxonomy; `scheme` is "field" (lĩnh vực, domain taxonomy of two levels)."""

    __tablename__ = "taxon"

    scheme: str = Field(primary_key=True, max_length=20)
    code: str = Field(primary_key=True, max_length=40)
    name_vi: str
    name_en: str
    parent: str | None = None
    aliases: str = "[]"


class Person(SQLModel, table=True):
    """An officer or deputy of a council (not a petitioner)."""

    __tablename__ = "person"

    id: UUID = Field(primary_key=True)
    council_id: UUID = Field(foreign_key="council.id", index=True)
    full_name: str


class Appointment(SQLModel, table=True):
    """A role and capacity held by a person in an agency, from when to when."""

    __tablename__ = "appointment"
    __table_args__ = (one_of("role", Role), Index("ix_appointment_person", "person_id"))

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    agency_id: UUID = Field(foreign_key="agency.id")
    council_id: UUID = Field(foreign_key="council.id")
    role: str
    capacity: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None


class Account(SQLModel, table=True):
    """Who records: a person's account, or an operator of the machine."""

    __tablename__ = "account"

    id: UUID = Field(primary_key=True)
    login: str = Field(unique=True, max_length=120)
    person_id: UUID | None = Field(default=None, foreign_key="person.id")
    operator: bool = False
    disabled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)


class Token(SQLModel, table=True):
    """A personal token: only its SHA-256 is kept; it expires and can be revoked."""

    __tablename__ = "token"

    id: UUID = Field(primary_key=True)
    account_id: UUID = Field(foreign_key="account.id", index=True)
    digest: str = Field(unique=True, max_length=64)
    name: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class CodeSeries(SQLModel, table=True):
    """The last number given in a council, kind and year."""

    __tablename__ = "code_series"

    council_id: UUID = Field(primary_key=True, foreign_key="council.id")
    prefix: str = Field(primary_key=True, max_length=8)
    year: int = Field(primary_key=True)
    last: int = 0
