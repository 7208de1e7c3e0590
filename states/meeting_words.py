"""What is said of meetings: which kind, how far the compiled report is, what a line of a notice is."""

from __future__ import annotations

from enum import unique

from states.labelled import LABELS, Labelled
from states.text import Text


@unique
class MeetingKind(Labelled):
    """What kind of meeting it is; time limits and conditions tell them apart."""

    STANDING_SITTING = "standing_sitting"
    GIAO_BAN = "giao_ban"
    JOINT_CONFERENCE = "joint_conference"
    QUESTIONING_SITTING = "questioning_sitting"
    EXPLANATION_HEARING = "explanation_hearing"
    RECEPTION = "reception"


@unique
class ReportStage(Labelled):
    """How far the compiled report of petitions is at a joint conference."""

    DRAFTED = "drafted"
    ADOPTED = "adopted"
    SENT = "sent"


@unique
class LineKind(Labelled):
    """What a line of a notice is: a task that is followed, or an orientation that stays text."""

    TASK = "task"
    ORIENTATION = "orientation"


LABELS.add(
    (MeetingKind.STANDING_SITTING, Text("Phiên họp Thường trực HĐND", "Sitting of the standing body")),
    (MeetingKind.GIAO_BAN, Text("Hội nghị giao ban", "Briefing (giao ban)")),
    (MeetingKind.JOINT_CONFERENCE, Text("Hội nghị liên tịch", "Joint conference")),
    (MeetingKind.QUESTIONING_SITTING, Text("Phiên chất vấn", "Questioning sitting")),
    (MeetingKind.EXPLANATION_HEARING, Text("Phiên giải trình", "Explanation hearing")),
    (MeetingKind.RECEPTION, Text("Tiếp công dân định kỳ", "Reception of citizens")),
    (ReportStage.DRAFTED, Text("Đã có dự thảo", "Drafted")),
    (ReportStage.ADOPTED, Text("Đã thông qua", "Adopted")),
    (ReportStage.SENT, Text("Đã gửi", "Sent")),
    (LineKind.TASK, Text("Nhiệm vụ", "Task")),
    (LineKind.ORIENTATION, Text("Định hướng", "Orientation")),
)
