"""What is entered about a file that goes before a session: what is to come by when, and what came."""

from __future__ import annotations

from datetime import date
from enum import unique

from states.entries import Entry, Line, TermUse, Words, must, prose, said, term
from states.labelled import LABELS, Labelled
from states.text import Text


@unique
class FileNature(Labelled):
    """What the file asks of the council."""

    DRAFT_RESOLUTION = "draft_resolution"
    REPORT = "report"
    NOTICE = "notice"
    OTHER = "other"


LABELS.add(
    (FileNature.DRAFT_RESOLUTION, Text("Tờ trình, dự thảo nghị quyết", "Submission with a draft resolution")),
    (FileNature.REPORT, Text("Báo cáo", "Report")),
    (FileNature.NOTICE, Text("Thông báo (Mặt trận, cơ quan khác)", "Notice (of the Front or others)")),
    (FileNature.OTHER, Text("Nội dung khác", "Other")),
)


class AgendaItem(Entry):
    """One item of a session's agenda with the file that it needs, the cut-off day and the committee that verifies."""

    text: Words = prose("Nội dung trình", "What is submitted", default=...)
    session: Line = must("Kỳ họp (mã)", "Session (code)")
    ordinal: int | None = said("Thứ tự trong chương trình", "Place on the agenda", ge=1, le=999)
    file_kind: FileNature = said("Loại hồ sơ", "Kind of file", default=FileNature.DRAFT_RESOLUTION)
    agency: Line = must("Cơ quan trình, chủ trì soạn thảo (mã)", "Body that submits it (code)")
    presenter: Line | None = said("Người trình bày", "Presented by")
    committee: Line | None = said("Ban thẩm tra (mã)", "Committee that verifies (code)")
    due_on: date | None = term("Hạn gửi hồ sơ", "File due on", TermUse.UNTIL)
    field: Line | None = said("Lĩnh vực", "Field")
    from_case: Line | None = said("Phát sinh từ hồ sơ (mã)", "Arises from the case (code)")


class FileReceived(Entry):
    """The whole file is there."""

    pieces: Line | None = said("Thành phần hồ sơ", "What the file holds")
    words: Words | None = prose("Ghi chú", "Note")


class FileLacking(Entry):
    """Something came, and what is missing is said."""

    words: Words = prose("Hồ sơ còn thiếu", "What is missing", default=...)


class CommitteeAssigned(Entry):
    """Which committee verifies the file."""

    committee: Line = must("Ban thẩm tra (mã)", "Committee that verifies (code)")
    asked_by: date | None = said("Ngày đề nghị có báo cáo thẩm tra", "Report asked for by")


class Verification(Entry):
    """What the committee found."""

    words: Words | None = prose("Ý kiến thẩm tra", "Findings of the committee")


class SentBack(Entry):
    """The file must be prepared again."""

    words: Words = prose("Nội dung phải chuẩn bị lại", "What must be prepared again", default=...)
    due_on: date | None = term("Hạn gửi lại", "Due again on", TermUse.UNTIL)


class Rescheduled(Entry):
    """The item comes at another session."""

    session: Line = must("Kỳ họp (mã)", "Session (code)")
    ordinal: int | None = said("Thứ tự trong chương trình", "Place on the agenda", ge=1, le=999)
    due_on: date | None = term("Hạn gửi hồ sơ", "File due on", TermUse.UNTIL)
    words: Words | None = prose("Lý do", "Reason")


class CouncilDecided(Entry):
    """What the council did with it."""

    words: Words | None = prose("Kết quả tại kỳ họp", "What the council decided")
