"""What only one kind of case has: a table of each kind, beside `case`. A new kind adds a table and a line."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from models.columns import one_of
from states.contact_words import ContactForm, ContactMode, SpotJudge
from states.letter_words import LetterClass, LetterFault
from states.meeting_words import MeetingKind, ReportStage
from states.question_words import Criterion, DisputeAsk, WrittenReason
from states.session_papers import FileNature
from states.supervision_words import BindingForce, Outcome, SupervisionForm, Supervisor
from states.vocabulary import Channel, Occasion, PetitionNature, RoundKind


class Petition(SQLModel, table=True):
    """What only a petition has."""

    __tablename__ = "petition"
    __table_args__ = (
        one_of("nature", PetitionNature),
        one_of("channel", Channel),
        one_of("round_kind", RoundKind),
        Index(
            "ix_petition_topic",
            "topic_id",
            postgresql_where=text("topic_id IS NOT NULL"),
            sqlite_where=text("topic_id IS NOT NULL"),
        ),
    )

    case_id: UUID = Field(primary_key=True, foreign_key="case.id")
    nature: str = PetitionNature.REQUEST.value
    channel: str = Channel.CONFERENCE.value
    round_kind: str | None = None
    agency_written: str | None = None
    suggested_id: UUID | None = Field(default=None, foreign_key="agency.id")
    source: str | None = None
    petitioner_id: UUID | None = Field(default=None, foreign_key="person_data.id")
    times_raised: int = 0
    topic_id: UUID | None = Field(default=None, foreign_key="case.id")


class ContactCounts(SQLModel):
    """What a contact with voters brought, as stated last; counts are turns, not persons."""

    deputies_assigned: int | None = None
    deputies_present: int | None = None
    attendance_count: int | None = None
    speaker_count: int | None = None
    opinion_count: int | None = None
    answered_count: int | None = None
    satisfactory_count: int | None = None
    judged_by: str | None = None
    forwarded_count: int | None = None
    diverted_count: int | None = None
    noted_count: int | None = None


class ContactRound(ContactCounts, table=True):
    """What only a voter-contact round has."""

    __tablename__ = "contact_round"
    __table_args__ = (
        one_of("round_kind", RoundKind),
        one_of("form", ContactForm),
        one_of("mode", ContactMode),
        one_of("judged_by", SpotJudge),
    )

    case_id: UUID = Field(primary_key=True, foreign_key="case.id")
    name: str
    round_kind: str
    form: str = ContactForm.CONFERENCE.value
    mode: str | None = None
    theme: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    meetings: int | None = None


class Commitment(SQLModel, table=True):
    """What only a commitment has: who promised, and the time as it was said last."""

    __tablename__ = "commitment"
    __table_args__ = (one_of("occasion", Occasion), Index("ix_commitment_agency", "agency_id", "case_id"))

    case_id: UUID = Field(primary_key=True, foreign_key="case.id")
    agency_id: UUID = Field(foreign_key="agency.id")
    office_holder: str | None = None
    due_words: str | None = None
    measure: str | None = None
    occasion: str = Occasion.ANSWER.value
    place: str | None = None
    times_extended: int = 0


class Supervision(SQLModel, table=True):
    """What only a supervision has: whose it is, the schedule it was given, what was held, how many it recommended."""

    __tablename__ = "supervision"
    __table_args__ = (
        one_of("form", SupervisionForm),
        one_of("supervisor", Supervisor),
        one_of("binding_force", BindingForce),
    )

    case_id: UUID = Field(primary_key=True, foreign_key="case.id")
    form: str = SupervisionForm.THEMATIC.value
    supervisor: str
    body_id: UUID | None = Field(default=None, foreign_key="agency.id")
    leader: str | None = None
    planned_from: date | None = None
    planned_to: date | None = None
    planned_visits: int | None = None
    held_visits: int = 0
    ended_on: date | None = None
    binding_force: str | None = None
    recommendations: int | None = None


class Recommendation(SQLModel, table=True):
    """What only a recommendation has: whose supervision, how it binds, its time as said, what became of it."""

    __tablename__ = "recommendation"
    __table_args__ = (
        one_of("supervisor", Supervisor),
        one_of("binding_force", BindingForce),
        one_of("outcome", Outcome),
    )

    case_id: UUID = Field(primary_key=True, foreign_key="case.id")
    supervisor: str
    binding_force: str | None = None
    place: str | None = None
    due_words: str | None = None
    outcome: str | None = None
    times_extended: int = 0
    times_asked: int = 0


class Question(SQLModel, table=True):
    """What only a question has: who asks whom, how often, why it is answered in writing, who studies it."""

    __tablename__ = "question"
    __table_args__ = (
        one_of("criterion", Criterion),
        one_of("written_reason", WrittenReason),
        one_of("dispute_asks", DisputeAsk),
        Index("ix_question_agency", "agency_id", "case_id"),
    )

    case_id: UUID = Field(primary_key=True, foreign_key="case.id")
    deputy: str
    deputy_group_id: UUID | None = Field(default=None, foreign_key="agency.id")
    agency_id: UUID = Field(foreign_key="agency.id")
    office_holder: str | None = None
    sitting_on: date | None = None
    topic: str | None = None
    criterion: str | None = None
    slips: int = 0
    times_asked: int = 0
    times_live: int = 0
    written_reason: str | None = None
    reply_via_id: UUID | None = Field(default=None, foreign_key="agency.id")
    study_agency_id: UUID | None = Field(default=None, foreign_key="agency.id")
    study_head: str | None = None
    study_pending: bool = False
    dispute_asks: str | None = None
    times_urged: int = 0


class Meeting(SQLModel, table=True):
    """What only a meeting has; counts are turns, not persons. `month` is the month it is held for ("2026-09")."""

    __tablename__ = "meeting"
    __table_args__ = (one_of("meeting_kind", MeetingKind), one_of("report", ReportStage))

    case_id: UUID = Field(primary_key=True, foreign_key="case.id")
    meeting_kind: str
    planned_on: date | None = None
    month: str | None = None
    held_on: date | None = None
    place: str | None = None
    chair: str | None = None
    agency_id: UUID | None = Field(default=None, foreign_key="agency.id")
    invited: int | None = None
    members_present: int | None = None
    guests_present: int | None = None
    agencies_present: int | None = None
    matters: int | None = None
    speeches: int | None = None
    questions: int | None = None
    people_received: int | None = None
    letters_received: int | None = None
    nobody_came: bool = False
    report: str | None = None
    votes_for: int | None = None
    members: int | None = None
    tasks: int = 0
    orientations: int = 0


class Task(SQLModel, table=True):
    """What only a task has: its owner, its product, and the time as it was proposed last."""

    __tablename__ = "task"
    __table_args__ = (Index("ix_task_agency", "agency_id", "case_id"),)

    case_id: UUID = Field(primary_key=True, foreign_key="case.id")
    agency_id: UUID = Field(foreign_key="agency.id")
    product: str | None = None
    due_words: str | None = None
    line: int | None = None
    times_extended: int = 0


class ContactMeeting(ContactCounts, table=True):
    """What only one meeting of a round has; its place is the locality of the case, its round stands there too."""

    __tablename__ = "contact_meeting"
    __table_args__ = (
        one_of("form", ContactForm),
        one_of("mode", ContactMode),
        one_of("judged_by", SpotJudge),
        Index("ix_contact_meeting_group", "group_id", "case_id"),
    )

    case_id: UUID = Field(primary_key=True, foreign_key="case.id")
    venue: str | None = None
    planned_on: date | None = None
    form: str = ContactForm.CONFERENCE.value
    mode: str | None = None
    chair: str | None = None
    leaders: str | None = None
    group_id: UUID | None = Field(default=None, foreign_key="agency.id")
    deputies: str | None = None


class DeputyOpinion(SQLModel, table=True):
    """What only an opinion of a deputy group has: who raised it about what, and who must explain."""

    __tablename__ = "deputy_opinion"
    __table_args__ = (Index("ix_deputy_opinion_agency", "agency_id", "case_id"),)

    case_id: UUID = Field(primary_key=True, foreign_key="case.id")
    group_id: UUID = Field(foreign_key="agency.id")
    agency_id: UUID = Field(foreign_key="agency.id")
    deputy: str | None = None
    about: str | None = None


class Topic(SQLModel, table=True):
    """What only a topic has: the body that may answer for all its petitions."""

    __tablename__ = "topic"

    case_id: UUID = Field(primary_key=True, foreign_key="case.id")
    agency_id: UUID | None = Field(default=None, foreign_key="agency.id")


class ResolutionFollowUp(SQLModel, table=True):
    """What only a followed resolution has: who carries it out, which committee follows it, and what it wants."""

    __tablename__ = "resolution_follow_up"
    __table_args__ = (
        Index("ix_resolution_follow_up_agency", "agency_id", "case_id"),
        Index("ix_resolution_follow_up_committee", "committee_id", "case_id"),
    )

    case_id: UUID = Field(primary_key=True, foreign_key="case.id")
    agency_id: UUID = Field(foreign_key="agency.id")
    number: str
    issued_on: date | None = None
    indicators: str | None = None
    expires_on: date | None = None
    committee_id: UUID | None = Field(default=None, foreign_key="agency.id")
    lead_id: UUID | None = Field(default=None, foreign_key="agency.id")
    due_words: str | None = None
    replaced_by: str | None = None
    times_checked: int = 0


class CitizenLetter(SQLModel, table=True):
    """What only a citizen's letter has. Of a denunciation nothing is kept but where it went."""

    __tablename__ = "citizen_letter"
    __table_args__ = (one_of("classification", LetterClass), one_of("fault", LetterFault), one_of("channel", Channel))

    case_id: UUID = Field(primary_key=True, foreign_key="case.id")
    classification: str | None = None
    fault: str | None = None
    channel: str = Channel.LETTER.value
    signers: int | None = None
    source: str | None = None
    diverted_to: str | None = None
    petitioner_id: UUID | None = Field(default=None, foreign_key="person_data.id")


class SessionDocument(SQLModel, table=True):
    """What only a file for a session has: its place on the agenda, who submits it and which committee verifies it."""

    __tablename__ = "session_document"
    __table_args__ = (one_of("file_kind", FileNature), Index("ix_session_document_agency", "agency_id", "case_id"))

    case_id: UUID = Field(primary_key=True, foreign_key="case.id")
    ordinal: int | None = None
    file_kind: str = FileNature.DRAFT_RESOLUTION.value
    agency_id: UUID = Field(foreign_key="agency.id")
    presenter: str | None = None
    committee_id: UUID | None = Field(default=None, foreign_key="agency.id")


DETAILS: dict[str, type[SQLModel]] = {
    "petition": Petition,
    "contact_round": ContactRound,
    "commitment": Commitment,
    "supervision": Supervision,
    "recommendation": Recommendation,
    "question": Question,
    "meeting": Meeting,
    "task": Task,
    "contact_meeting": ContactMeeting,
    "deputy_opinion": DeputyOpinion,
    "topic": Topic,
    "resolution_follow_up": ResolutionFollowUp,
    "citizen_letter": CitizenLetter,
    "session_document": SessionDocument,
}
"""The detail table of each kind; a new kind adds one line."""

WITH_PETITIONER: tuple[type[SQLModel], ...] = tuple(m for m in DETAILS.values() if "petitioner_id" in m.model_fields)
"""The detail tables of kinds whose cases somebody raised; that person is kept in `person_data`."""
