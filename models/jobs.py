"""Long work: what was asked for, who is at it, how far it is, what came of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from models.columns import UtcDateTime, one_of
from states.job_words import JobState

_OPEN = text("state = 'queued' OR state = 'running'")


class Job(SQLModel, table=True):
    """One piece of long work. `parameters` holds identifiers and digests only, never texts, names or secrets.

    A running job is leased: `lease_by` works at it until `lease_until`. `attempts` rises with each lease and is the
    fence: what an earlier attempt still wants to write is refused. A job of no council is seen by operators and by who
    asked for it. `once` names what may be asked for one time only, such as a verification of one night.
    """

    __tablename__ = "job"
    __table_args__ = (
        one_of("state", JobState),
        CheckConstraint("(state = 'running') = (lease_until IS NOT NULL)", name="running_is_leased"),
        CheckConstraint("(lease_until IS NULL) = (lease_by IS NULL)", name="lease_has_a_holder"),
        CheckConstraint("(state IN ('done', 'failed')) = (finished_at IS NOT NULL)", name="finished_has_an_instant"),
        CheckConstraint("state <> 'failed' OR error_code IS NOT NULL", name="failed_has_a_reason"),
        CheckConstraint("done >= 0 AND total >= 0", name="counts_are_not_negative"),
        Index("ix_job_open", "id", postgresql_where=_OPEN, sqlite_where=_OPEN),
        Index("ix_job_council", "council_id", "id"),
        Index("ix_job_requested_by", "requested_by", "id"),
    )

    id: UUID = Field(primary_key=True)
    council_id: UUID | None = Field(default=None, foreign_key="council.id")
    kind: str = Field(max_length=40)
    parameters: str = "{}"
    once: str | None = Field(default=None, max_length=80, unique=True)
    requested_by: UUID = Field(foreign_key="account.id")
    state: str = Field(max_length=10)
    done: int = 0
    total: int | None = None
    result: str | None = None
    error_code: str | None = Field(default=None, max_length=60)
    error_vi: str | None = None
    error_en: str | None = None
    flow_run_id: UUID | None = None
    lease_by: str | None = Field(default=None, max_length=120)
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    attempts: int = 0
    created_at: datetime = Field(sa_type=UtcDateTime)
    started_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class JobFile(SQLModel, table=True):
    """A file that an account brought for its jobs; only that account may name it by its digest."""

    __tablename__ = "job_file"

    digest: str = Field(primary_key=True, max_length=64)
    account_id: UUID = Field(primary_key=True, foreign_key="account.id")
    size: int
    brought_at: datetime = Field(sa_type=UtcDateTime, index=True)
