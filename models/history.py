"""The append-only history: events, seals and the papers they point to. The database refuses UPDATE and DELETE."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.columns import UtcDateTime, one_of
from states.vocabulary import Act, DocumentType, SignedAs


class Document(SQLModel, table=True):
    """A paper with its number, date, issuer and signer; it belongs to many events and many cases."""

    __tablename__ = "document"
    __table_args__ = (
        one_of("type", DocumentType),
        one_of("signed_as", SignedAs),
        Index("ix_document_number", "council_id", "number_key", "issued_on"),
    )

    id: UUID = Field(primary_key=True)
    council_id: UUID = Field(foreign_key="council.id")
    type: str = DocumentType.OFFICIAL_LETTER.value
    number: str | None = None
    number_key: str | None = None
    issued_on: date | None = None
    issuer_id: UUID | None = Field(default=None, foreign_key="agency.id")
    issuer_written: str | None = None
    signer: str | None = None
    signed_as: str | None = None
    subject: str | None = None
    incoming_number: str | None = None
    incoming_on: date | None = None
    created_by: UUID = Field(foreign_key="account.id")
    created_at: datetime = Field(sa_type=UtcDateTime)


class CaseDocument(SQLModel, table=True):
    """Which papers belong to which cases."""

    __tablename__ = "case_document"
    __table_args__ = (Index("ix_case_document_document", "document_id"),)

    case_id: UUID = Field(primary_key=True, foreign_key="case.id")
    document_id: UUID = Field(primary_key=True, foreign_key="document.id")


class Event(SQLModel, table=True):
    """One accepted entry: old and new state, who decided, who recorded, when it happened and when it was written.

    One move may write several events; the later ones name the first of them in `part_of_seq`.
    """

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("case_id", "seq", "to_state", name="uq_event_state"),
        UniqueConstraint("case_id", "seq", "referral_id", "referral_to", name="uq_event_referral_state"),
        one_of("act", Act),
        CheckConstraint("(seq = 1) = (previous_hash = '')", name="only_the_first_has_no_previous"),
        CheckConstraint("part_of_seq < seq", name="part_of_an_earlier_event"),
        CheckConstraint("(act IN ('correct')) = (corrects_seq IS NOT NULL)", name="correction_names_an_event"),
        Index("ix_event_recorded", "recorded_at"),
        Index("ix_event_document", "document_id", postgresql_where=text("document_id IS NOT NULL")),
    )

    case_id: UUID = Field(primary_key=True, foreign_key="case.id")
    seq: int = Field(primary_key=True)
    act: str = Field(max_length=10)
    trigger: str = Field(max_length=40)
    from_state: str | None = Field(default=None, max_length=40)
    to_state: str = Field(max_length=40)
    referral_id: UUID | None = None
    referral_from: str | None = Field(default=None, max_length=40)
    referral_to: str | None = Field(default=None, max_length=40)
    milestones: str = ""
    given: str | None = None
    corrects_seq: int | None = None
    undoes_seq: int | None = None
    part_of_seq: int | None = None
    occurred_on: date | None = None
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    decided_by: UUID | None = Field(default=None, foreign_key="agency.id")
    decided_person: UUID | None = None
    decided_capacity: str | None = None
    recorded_by: UUID = Field(foreign_key="account.id")
    document_id: UUID | None = Field(default=None, foreign_key="document.id")
    reason_id: UUID | None = None
    schema_number: int = 1
    payload: str
    previous_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64)


class Seal(SQLModel, table=True):
    """A signed summary of history; also exported outside the database."""

    __tablename__ = "seal"

    n: int = Field(primary_key=True)
    sealed_at: datetime = Field(sa_type=UtcDateTime)
    cases: int
    events: int
    digest: str = Field(max_length=64)
    previous: str = Field(max_length=64)
    signature: str = Field(max_length=64)


class SealEntry(SQLModel, table=True):
    """The head of one case at the time of a seal."""

    __tablename__ = "seal_entry"
    __table_args__ = (Index("ix_seal_entry_case", "case_id", "seq"),)

    seal_n: int = Field(primary_key=True, foreign_key="seal.n")
    case_id: UUID = Field(primary_key=True)
    seq: int
    head_hash: str = Field(max_length=64)


class Idempotency(SQLModel, table=True):
    """A key and the answer given to it, written in the transaction of the move it belongs to; kept 7 days."""

    __tablename__ = "idempotency"

    account_id: UUID = Field(primary_key=True, foreign_key="account.id")
    route: str = Field(primary_key=True, max_length=200)
    key: str = Field(primary_key=True, max_length=200)
    request_digest: str = Field(max_length=64)
    status: int
    body: str
    headers: str = "{}"
    created_at: datetime = Field(sa_type=UtcDateTime, index=True)


APPEND_ONLY: tuple[str, ...] = ("event", "seal", "seal_entry", "session_date")
"""Tables whose rows the database itself refuses to change or remove."""
