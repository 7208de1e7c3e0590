"""Reminders: rungs of due dates, the outbox of notices, letters to persons, the inbox, and claims of recurring jobs."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.columns import UtcDateTime, one_of
from states.alerting import (
    Deed,
    LeftOut,
    MailTrouble,
    MessageChannel,
    MessageState,
    NoticeKind,
    NoticeOutcome,
    RungState,
)
from states.vocabulary import ProposalState

_ARMED = text("state = 'armed'")
_OPEN = text("resolved_at IS NULL")
_UNTOLD = text("outcome = 'untold'")
_DEAD = text("state = 'dead'")
_WAITING = text("state = 'waiting'")


class ClockRung(SQLModel, table=True):
    """One rung of one due date of a clock; each change of the due date is a revision with rungs of its own.

    `at` is the instant at which it fires (00:00 in Vietnam of `on_day`), NULL while the day it waits for is unknown.
    `ended_seq` is the event that silenced it, or that withdrew it after it had fired.
    """

    __tablename__ = "clock_rung"
    __table_args__ = (
        one_of("state", RungState),
        one_of("deed", Deed),
        CheckConstraint("(at IS NULL) = (on_day IS NULL)", name="instant_of_its_day"),
        CheckConstraint("(state IN ('fired', 'withdrawn')) = (fired_at IS NOT NULL)", name="fired_at_an_instant"),
        CheckConstraint("(state IN ('silenced', 'withdrawn')) = (ended_seq IS NOT NULL)", name="ended_by_an_event"),
        Index("ix_clock_rung_armed", "at", "clock_id", "rung", postgresql_where=_ARMED, sqlite_where=_ARMED),
        Index("ix_clock_rung_case", "case_id"),
    )

    clock_id: UUID = Field(primary_key=True, foreign_key="clock.id")
    revision: int = Field(primary_key=True)
    rung: int = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="case.id")
    council_id: UUID = Field(foreign_key="council.id")
    deed: str = Field(max_length=10)
    at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    on_day: date | None = None
    state: str = Field(max_length=10)
    armed_at: datetime = Field(sa_type=UtcDateTime)
    fired_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_seq: int | None = None


class Notice(SQLModel, table=True):
    """The outbox: something that somebody must be told, keyed by its cause, written by what caused it.

    `due_at` is the instant at which it was due, however late it was found. `audience` is a JSON list of roles, and the
    sentences are given, where no rung says them. Persons, rights and words are resolved when it is delivered.
    """

    __tablename__ = "notice"
    __table_args__ = (
        one_of("kind", NoticeKind),
        one_of("outcome", NoticeOutcome),
        CheckConstraint("(resolved_at IS NULL) = (outcome IS NULL)", name="resolved_with_outcome"),
        Index("ix_notice_open", "due_at", "cause", postgresql_where=_OPEN, sqlite_where=_OPEN),
        Index("ix_notice_case", "case_id"),
        Index("ix_notice_untold", "resolved_at", postgresql_where=_UNTOLD, sqlite_where=_UNTOLD),
    )

    cause: str = Field(primary_key=True, max_length=160)
    council_id: UUID | None = Field(default=None, foreign_key="council.id")
    case_id: UUID | None = Field(default=None, foreign_key="case.id")
    clock_id: UUID | None = None
    revision: int | None = None
    rung: int | None = None
    kind: str = Field(max_length=12)
    due_at: datetime = Field(sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)
    audience: str | None = None
    sentence_vi: str | None = None
    sentence_en: str | None = None
    resolved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    outcome: str | None = Field(default=None, max_length=10)
    why_vi: str | None = None
    why_en: str | None = None


class AgencyContact(SQLModel, table=True):
    """Whom to write to in an agency whose people need no account: the contact person (1) and the deputy (2).

    Without an address the place is empty: nobody is written to.
    """

    __tablename__ = "agency_contact"
    __table_args__ = (
        UniqueConstraint("council_id", "agency_id", "place"),
        CheckConstraint("place IN (1, 2)", name="contact_or_deputy"),
    )

    id: UUID = Field(primary_key=True)
    council_id: UUID = Field(foreign_key="council.id")
    agency_id: UUID = Field(foreign_key="agency.id", index=True)
    place: int
    full_name: str
    email: str | None = Field(default=None, max_length=254)


class NoticeChoice(SQLModel, table=True):
    """How an account wants to be told: at what time of the morning, to which address, in which language.

    With `mail` off only what a law or a regulation demands is still written; it may be redirected, not switched off.
    """

    __tablename__ = "notice_choice"
    __table_args__ = (
        one_of("language", ("vi", "en")),
        CheckConstraint("redirect_to IS NULL OR redirect_to <> account_id", name="redirected_to_another"),
    )

    account_id: UUID = Field(primary_key=True, foreign_key="account.id")
    email: str | None = Field(default=None, max_length=254)
    digest_at: time = time(7, 30)
    mail: bool = True
    language: str = Field(default="vi", max_length=2)
    redirect_to: UUID | None = Field(default=None, foreign_key="account.id")


class InboxItem(SQLModel, table=True):
    """A notice in the inbox of an account; identifiers grow with time, so the newest has the last."""

    __tablename__ = "inbox_item"
    __table_args__ = (
        Index("uq_inbox_item_account", "account_id", "id", unique=True),
        Index("ix_inbox_item_cause", "cause"),
    )

    id: UUID
    account_id: UUID = Field(primary_key=True, foreign_key="account.id")
    cause: str = Field(primary_key=True, foreign_key="notice.cause", max_length=160)
    created_at: datetime = Field(sa_type=UtcDateTime)
    read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Message(SQLModel, table=True):
    """One letter to one person: the digest of a morning. Exactly one of `account_id` and `contact_id` is given.

    `not_before` is the instant of the digest, `next_at` of the next try; a sender holds it by a lease, and while it
    does `next_at` is the end of the lease. Its Message-ID follows from `id`: a receiver can drop a repeat. `in_doubt`:
    it may have arrived although nobody said so. `trouble` and `error` (the server's own words) tell of the last try.
    """

    __tablename__ = "message"
    __table_args__ = (
        one_of("state", MessageState),
        one_of("channel", MessageChannel),
        one_of("trouble", MailTrouble),
        CheckConstraint("(account_id IS NULL) <> (contact_id IS NULL)", name="to_one_person"),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_at_an_instant"),
        CheckConstraint("state NOT IN ('dead', 'dropped') OR trouble IS NOT NULL", name="ended_for_a_reason"),
        CheckConstraint("(lease_by IS NULL) = (lease_until IS NULL)", name="held_by_somebody_until"),
        Index("uq_message_digest", text("coalesce(account_id, contact_id)"), "channel", "digest_on", unique=True),
        Index("ix_message_dead", "id", postgresql_where=_DEAD, sqlite_where=_DEAD),
        Index("ix_message_waiting", "channel", "next_at", "id", postgresql_where=_WAITING, sqlite_where=_WAITING),
    )

    id: UUID = Field(primary_key=True)
    account_id: UUID | None = Field(default=None, foreign_key="account.id")
    contact_id: UUID | None = Field(default=None, foreign_key="agency_contact.id")
    channel: str = Field(max_length=10)
    digest_on: date
    not_before: datetime = Field(sa_type=UtcDateTime)
    next_at: datetime = Field(sa_type=UtcDateTime)
    state: str = Field(default=MessageState.WAITING.value, max_length=10)
    attempts: int = 0
    first_try_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    lease_by: str | None = Field(default=None, max_length=100)
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    in_doubt: bool = False
    created_at: datetime = Field(sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    trouble: str | None = Field(default=None, max_length=20)
    error: str | None = Field(default=None, max_length=500)


class MessageItem(SQLModel, table=True):
    """Which notices a letter carries; `left_out` says why one was not in it when it went."""

    __tablename__ = "message_item"
    __table_args__ = (one_of("left_out", LeftOut), Index("ix_message_item_cause", "cause"))

    message_id: UUID = Field(primary_key=True, foreign_key="message.id")
    cause: str = Field(primary_key=True, foreign_key="notice.cause", max_length=160)
    left_out: str | None = Field(default=None, max_length=20)


class JobRun(SQLModel, table=True):
    """The claim of one recurring job for one period, such as ("seal", "2026-11-29"): whoever writes it runs it.

    A claim is held by a lease that its holder renews; when it lapses, another may take it.
    """

    __tablename__ = "job_run"
    __table_args__ = (CheckConstraint("(outcome IS NULL) = (done_at IS NULL)", name="done_with_outcome"),)

    job: str = Field(primary_key=True, max_length=40)
    period: str = Field(primary_key=True, max_length=20)
    lease_by: str = Field(max_length=100)
    lease_until: datetime = Field(sa_type=UtcDateTime)
    started_at: datetime = Field(sa_type=UtcDateTime)
    attempts: int = 1
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    outcome: str | None = Field(default=None, max_length=10)
    said: str | None = None


class Heartbeat(SQLModel, table=True):
    """When a kind of work last ran to its end, such as "sweep" or "deliver"; one row per kind."""

    __tablename__ = "heartbeat"

    work: str = Field(primary_key=True, max_length=20)
    at: datetime = Field(sa_type=UtcDateTime)
    done: int = 0


class QuestionGroup(SQLModel, table=True):
    """A group of matters proposed for questioning at a session: those of one agency, or those of one field.

    The machine proposes, the standing body takes it or declines it with a reason; a petition alone is never proposed.
    """

    __tablename__ = "question_group"
    __table_args__ = (
        one_of("state", ProposalState),
        CheckConstraint("(agency_id IS NULL) <> (field IS NULL)", name="of_one_agency_or_field"),
        CheckConstraint("(state = 'declined') = (reason IS NOT NULL)", name="declined_has_reason"),
        Index("uq_question_group", "session_id", text("coalesce(CAST(agency_id AS VARCHAR), field)"), unique=True),
        Index("ix_question_group_council", "council_id", "state"),
    )

    id: UUID = Field(primary_key=True)
    council_id: UUID = Field(foreign_key="council.id")
    session_id: UUID = Field(foreign_key="council_session.id")
    agency_id: UUID | None = Field(default=None, foreign_key="agency.id")
    field: str | None = Field(default=None, max_length=40)
    state: str = Field(default=ProposalState.OPEN.value, max_length=10)
    reason: str | None = None
    decided_by: UUID | None = Field(default=None, foreign_key="account.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)


class QuestionGroupCase(SQLModel, table=True):
    """A case in a group proposed for questioning, and the clock that ran out on it."""

    __tablename__ = "question_group_case"
    __table_args__ = (Index("ix_question_group_case_case", "case_id"),)

    group_id: UUID = Field(primary_key=True, foreign_key="question_group.id")
    case_id: UUID = Field(primary_key=True, foreign_key="case.id")
    clock_id: UUID = Field(foreign_key="clock.id")
