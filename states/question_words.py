"""The closed words of questioning: where a question may be, why it was chosen, why it is answered in writing."""

from __future__ import annotations

from enum import StrEnum, unique

from states.labelled import LABELS, Labelled
from states.text import Text


@unique
class Q(StrEnum):
    """Where a question may be."""

    SUBMITTED = "submitted"
    SELECTED = "selected"
    NOT_SELECTED = "not_selected"
    FORWARDED = "forwarded"
    ANSWERED_ORALLY = "answered_orally"
    AWAITING_REPLY = "awaiting_reply"
    REPLY_AT_STANDING_BODY = "reply_at_standing_body"
    REPLY_AT_DEPUTY = "reply_at_deputy"
    ANSWERED_IN_WRITING = "answered_in_writing"
    UNDER_STUDY = "under_study"
    ACCEPTED = "accepted"
    DISPUTED = "disputed"
    CONCLUDED = "concluded"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    CONVERTED = "converted"
    VOIDED = "voided"


@unique
class Criterion(Labelled):
    """Why a matter is chosen for questioning (Resolution 594/NQ-UBTVQH15, known from a secondary source)."""

    BURNING = "burning"
    SIGN_OF_VIOLATION = "sign_of_violation"
    STILL_DISPUTED = "still_disputed"
    OTHER = "other"


@unique
class WrittenReason(Labelled):
    """Why a question is answered in writing (Law 87/2015/QH13, art. 60.4)."""

    NOT_IN_GROUP = "not_in_group"
    NEEDS_VERIFICATION = "needs_verification"
    NOT_REACHED = "not_reached"


@unique
class DisputeAsk(Labelled):
    """What a deputy who does not accept the answer may ask the council for (Law 87/2015/QH13, art. 60)."""

    DEBATE = "debate"
    RESPONSIBILITY = "responsibility"


LABELS.add(
    (Criterion.BURNING, Text("Vấn đề bức xúc, nổi lên", "A burning issue")),
    (Criterion.SIGN_OF_VIOLATION, Text("Có dấu hiệu vi phạm pháp luật", "A sign of violation of the law")),
    (Criterion.STILL_DISPUTED, Text("Đã trả lời, đại biểu chưa đồng ý", "Answered before, the deputy disagrees")),
    (Criterion.OTHER, Text("Lý do khác", "Other")),
    (WrittenReason.NOT_IN_GROUP, Text("Không thuộc nhóm vấn đề chất vấn", "Not in the group of questions")),
    (WrittenReason.NEEDS_VERIFICATION, Text("Cần điều tra, xác minh", "Needs verification")),
    (WrittenReason.NOT_REACHED, Text("Thuộc nhóm nhưng chưa kịp trả lời", "In the group, not reached")),
    (DisputeAsk.DEBATE, Text("Đề nghị HĐND thảo luận", "A debate of the council")),
    (
        DisputeAsk.RESPONSIBILITY,
        Text("Đề nghị HĐND xem xét trách nhiệm", "The council considers who is responsible"),
    ),
)
