"""The append-only history: events, seals and the papers they point to. The database refuses UPDATE and DELETE."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.columns import UtcDateTime, one_of
from states.paper_words import DocumentType, Secrecy, SignedAs
from states.vocabulary import Act


class Document(SQLModel, table=True):
    """A paper with its number, date, issuer and signer; it belongs to many events and many cases.

    `recipients` is a JSON list of `{"name", "note"}` (Nơi nhận, with "b/c" and the like). `replies_to` is the paper it
    answers: an answer report names the letter of transfer whose annex it goes through.
    """

    __tablename__ = "document"
    __table_args__ = (
        one_of("type", DocumentType),
        one_of("signed_as", SignedAs),
        one_of("secrecy", Secrecy),
        Index("ix_document_number", "council_id", "number_key", "issued_on"),
        Index("ix_document_replies_to", "replies_to"),
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
    position: str | None = None
    subject: str | None = None
    recipients: str = "[]"
    secrecy: str = Secrecy.NONE.value
    incoming_number: str | None = None
    incoming_on: date | None = None
    replies_to: UUID | None = Field(default=None, foreign_key="document.id")
    created_by: UUID = Field(foreign_key="account.id")
    created_at: datetime = Field(sa_type=UtcDateTime)


class CaseDocument(SQLModel, table=True):
    """Which papers belong to which cases."""

    __tablename__ = "case_document"
    __table_args__ = (Index("ix_case_document_document", "document_id"),)

    case_id: UUID = Field(primary_key=True, foreign_key="case.id")
    document_id: UUID = Field(primary_key=True, foreign_key="document.id")


class DocumentRow(SQLModel, table=True):
    """One row of a paper's annex: which case stands there, under which ordinal, and which event the paper made of it.

    `act` is what the paper did (`states.paper_acts`): a letter may transfer a case and, entered again with its
    incoming number, be received.
    """

    __tablename__ = "document_row"
    __table_args__ = (Index("ix_document_row_case", "case_id"),)

    document_id: UUID = Field(primary_key=True, foreign_key="document.id")
    act: str = Field(primary_key=True, max_length=40)
    ordinal: int = Field(primary_key=True)
    case_id: UUID = Field(primary_key=True, foreign_key="case.id")
    event_seq: int


class StoredFile(SQLModel, table=True):
    """A file by its content: the bytes lie in the file store under their SHA-256, once, whoever brings them.

    `media` is what the content is, whatever its name says; `scan` is what the scanner said of it.
    """

    __tablename__ = "stored_file"

    digest: str = Field(primary_key=True, max_length=64)
    size: int
    media: str = Field(max_length=100)
    scan: str = Field(max_length=20)
    brought_by: UUID = Field(foreign_key="account.id")
    brought_at: datetime = Field(sa_type=UtcDateTime)


class DocumentFile(SQLModel, table=True):
    """Which files belong to which paper; `name` is what people called it, only ever shown, never a path."""

    __tablename__ = "document_file"
    __table_args__ = (Index("ix_document_file_digest", "digest"),)

    document_id: UUID = Field(primary_key=True, foreign_key="document.id")
    digest: str = Field(primary_key=True, foreign_key="stored_file.digest", max_length=64)
    name: str = Field(max_length=200)
    added_by: UUID = Field(foreign_key="account.id")
    added_at: datetime = Field(sa_type=UtcDateTime)


class SlipNumber(SQLModel, table=True):
    """One number that Dondoc gave to a slip of the office's own; a void slip keeps its number.

    `series` is the kind of slip; numbers run from 1 in each year without gaps.
    """

    __tablename__ = "slip_number"
    __table_args__ = (CheckConstraint("(voided_at IS NULL) = (void_reason IS NULL)", name="void_has_reason"),)

    council_id: UUID = Field(primary_key=True, foreign_key="council.id")
    series: str = Field(primary_key=True, max_length=20)
    year: int = Field(primary_key=True)
    number: int = Field(primary_key=True)
    document_id: UUID | None = Field(default=None, foreign_key="document.id")
    given_by: UUID = Field(foreign_key="account.id")
    given_at: datetime = Field(sa_type=UtcDateTime)
    void_reason: str | None = None
    voided_by: UUID | None = Field(default=None, foreign_key="account.id")
    voided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class LetterTemplate(SQLModel, table=True):
    """A version of a Word template of the office's own; without a file the template that ships is in force again."""

    __tablename__ = "letter_template"

    council_id: UUID = Field(primary_key=True, foreign_key="council.id")
    kind: str = Field(primary_key=True, max_length=40)
    version: int = Field(primary_key=True)
    digest: str | None = Field(default=None, foreign_key="stored_file.digest", max_length=64)
    uploaded_by: UUID = Field(foreign_key="account.id")
    uploaded_at: datetime = Field(sa_type=UtcDateTime)


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
