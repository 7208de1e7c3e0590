"""Cases, their details, referrals, links, texts and people behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.columns import UtcDateTime, one_of
from states.kinds import KINDS
from states.vocabulary import (
    Confidentiality,
    Level,
    LinkKind,
    ProposalState,
    Result,
    Verdict,
)


def _quoted(values: Iterable[str]) -> str:
    return ", ".join(repr(str(value)) for value in sorted(values))


def _allowed_pairs() -> Iterator[CheckConstraint]:
    """For each kind that has results: the pairs of state and judged result that may stand together."""
    for kind, lifecycle in KINDS.items():
        if not lifecycle.results:
            continue
        pairs = " OR ".join(
            f"(state = '{state!s}' AND result_judged IN ({_quoted(filter(None, m.judged))}))"
            for state, m in lifecycle.states.items()
            if any(m.judged)
        )
        empty = ", ".join(f"'{s!s}'" for s, m in lifecycle.states.items() if None in m.judged)
        yield CheckConstraint(
            # Without the first test a missing result would make the whole condition unknown, which a CHECK lets pass.
            f"kind <> '{kind}' OR (result_judged IS NOT NULL AND ({pairs})) "
            f"OR (result_judged IS NULL AND state IN ({empty}))",
            name=f"{kind}_state_and_result",
        )


class Case(SQLModel, table=True):
    """What every kind has in common. `seq` is both the version and the number of events.

    The deferrable foreign key ties (id, seq, state) to the event that made it: the database refuses a state without
    its event.
    """

    __tablename__ = "case"
    __table_args__ = (
        UniqueConstraint("council_id", "id"),
        ForeignKeyConstraint(
            ["id", "seq", "state"],
            ["event.case_id", "event.seq", "event.to_state"],
            name="fk_case_state_has_its_event",
            use_alter=True,
            deferrable=True,
            initially="DEFERRED",
        ),
        ForeignKeyConstraint(
            ["council_id", "session_id"],
            ["council_session.council_id", "council_session.id"],
            name="fk_case_session_of_its_council",
        ),
        ForeignKeyConstraint(
            ["council_id", "round_id"], ["case.council_id", "case.id"], name="fk_case_round_of_its_council"
        ),
        one_of("confidentiality", Confidentiality),
        one_of("level", Level),
        one_of("result_claimed", Result),
        one_of("result_judged", Result),
        one_of("petitioner_verdict", Verdict),
        *_allowed_pairs(),
        Index("ix_case_council_kind_state", "council_id", "kind", "state", "next_due_on", "id"),
        Index("ix_case_council_due", "council_id", "next_due_on", "id"),
        Index("ix_case_due", "next_due_on", "id"),
        Index("ix_case_council_holder", "council_id", "holder_id", "next_due_on", "id"),
        Index("ix_case_council_field", "council_id", "field", "id"),
        Index("ix_case_council_locality", "council_id", "locality", "id"),
        Index("ix_case_council_assignee", "council_id", "assignee_id", "next_due_on", "id"),
    )

    id: UUID = Field(primary_key=True)
    council_id: UUID = Field(foreign_key="council.id")
    code: str = Field(unique=True, max_length=40)
    kind: str = Field(max_length=40)
    state: str = Field(max_length=40)
    seq: int
    head_hash: str = Field(max_length=64)
    received_on: date | None = None
    confidentiality: str = Confidentiality.INTERNAL.value
    level: str | None = None
    field: str | None = None
    locality: str | None = None
    session_id: UUID | None = None
    round_id: UUID | None = None
    holder_id: UUID | None = Field(default=None, foreign_key="agency.id")
    assignee_id: UUID | None = Field(default=None, foreign_key="account.id")
    next_due_on: date | None = None
    result_claimed: str | None = None
    result_judged: str | None = None
    petitioner_verdict: str | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)
    changed_at: datetime = Field(sa_type=UtcDateTime)


class Referral(SQLModel, table=True):
    """One sending of a case to one agency; its state too is tied to the event that made it."""

    __tablename__ = "referral"
    __table_args__ = (
        ForeignKeyConstraint(
            ["case_id", "event_seq", "id", "state"],
            ["event.case_id", "event.seq", "event.referral_id", "event.referral_to"],
            name="fk_referral_state_has_its_event",
            deferrable=True,
            initially="DEFERRED",
        ),
        one_of("result_claimed", Result),
        Index("ix_referral_case", "case_id"),
        Index("ix_referral_agency", "agency_id", "state"),
        Index("ix_referral_lead", "lead_id"),
    )

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="case.id")
    agency_id: UUID = Field(foreign_key="agency.id")
    state: str = Field(max_length=40)
    event_seq: int
    lead_id: UUID | None = Field(default=None, foreign_key="agency.id")
    internal_due_on: date | None = None
    incoming_number: str | None = None
    asked_by: date | None = None
    result_claimed: str | None = None
    times_urged: int = 0
    received: bool = False


class Link(SQLModel, table=True):
    """How one case hangs together with another."""

    __tablename__ = "link"
    __table_args__ = (one_of("kind", LinkKind), Index("ix_link_other", "other_id"))

    case_id: UUID = Field(primary_key=True, foreign_key="case.id")
    kind: str = Field(primary_key=True, max_length=40)
    other_id: UUID = Field(primary_key=True, foreign_key="case.id")
    event_seq: int
    created_at: datetime = Field(sa_type=UtcDateTime)


class TextVersion(SQLModel, table=True):
    """A free text of a case; history refers to it by id and salted digest, so that it can be erased."""

    __tablename__ = "text_version"
    __table_args__ = (Index("ix_text_version_case", "case_id", "field", "event_seq"),)

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="case.id")
    event_seq: int
    field: str = Field(max_length=40)
    salt: str = Field(max_length=64)
    body: str | None = None
    erased_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class PersonData(SQLModel, table=True):
    """A petitioner, kept apart from the case; erased by emptying the row."""

    __tablename__ = "person_data"

    id: UUID = Field(primary_key=True)
    council_id: UUID = Field(foreign_key="council.id", index=True)
    salt: str = Field(max_length=64)
    name: str | None = None
    address: str | None = None
    phone: str | None = None
    erased_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class CaseReader(SQLModel, table=True):
    """A person named as reader of a restricted case."""

    __tablename__ = "case_reader"

    case_id: UUID = Field(primary_key=True, foreign_key="case.id")
    account_id: UUID = Field(primary_key=True, foreign_key="account.id")


class CaseSearch(SQLModel, table=True):
    """What full-text search sees: the exact words and our own fold of them (no diacritics, no case, đ as d)."""

    __tablename__ = "case_search"

    case_id: UUID = Field(primary_key=True, foreign_key="case.id")
    exact: str
    folded: str
    text_key: str = Field(max_length=64, index=True)


class Proposal(SQLModel, table=True):
    """What the machine suggests: taken, declined with a reason, or lapsed. Unique per cause.

    Both hands stand here: the body that decided, and the account that recorded it.

    `clock_id` is the clock whose ladder proposed it: it lapses when that clock is no longer late.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        UniqueConstraint("cause"),
        one_of("state", ProposalState),
        Index("ix_proposal_case", "case_id", "state"),
        Index(
            "ix_proposal_clock",
            "clock_id",
            postgresql_where=text("state = 'open'"),
            sqlite_where=text("state = 'open'"),
        ),
        Index(
            "ix_proposal_open",
            "council_id",
            "id",
            postgresql_where=text("state = 'open'"),
            sqlite_where=text("state = 'open'"),
        ),
        CheckConstraint("(state = 'declined') = (reason IS NOT NULL) OR state = 'lapsed'", name="declined_has_reason"),
    )

    id: UUID = Field(primary_key=True)
    council_id: UUID = Field(foreign_key="council.id")
    case_id: UUID = Field(foreign_key="case.id")
    trigger: str = Field(max_length=40)
    other_id: UUID | None = Field(default=None, foreign_key="case.id")
    referral_id: UUID | None = None
    clock_id: UUID | None = None
    cause: str = Field(max_length=200)
    sentence_vi: str
    sentence_en: str
    state: str = ProposalState.OPEN.value
    reason: str | None = None
    decided_by: UUID | None = Field(default=None, foreign_key="account.id")
    decided_body: UUID | None = Field(default=None, foreign_key="agency.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)


class SourceRow(SQLModel, table=True):
    """A row of an imported file, by fingerprint: feeding the file twice adds nothing."""

    __tablename__ = "source_row"
    __table_args__ = (Index("ix_source_row_code", "council_id", "origin", "code_in_source"),)

    council_id: UUID = Field(primary_key=True, foreign_key="council.id")
    fingerprint: str = Field(primary_key=True, max_length=64)
    case_id: UUID = Field(foreign_key="case.id", index=True)
    origin: str
    row_number: int
    code_in_source: str | None = Field(default=None, max_length=200)
    imported_at: datetime = Field(sa_type=UtcDateTime)
