"""What is entered about a meeting: when it is planned, that it was told, held, put off, and what came of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from states.entries import Entry, Line, Words, must, prose, said
from states.meeting_words import MeetingKind

MOST_LINES = 200
Month = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^20\d\d-(0[1-9]|1[0-2])$")]


class Meeting(Entry):
    """A meeting as it is planned; its day may be unknown yet."""

    meeting_kind: MeetingKind = must("Loại phiên họp", "Kind of meeting")
    text: Words = prose("Tên, nội dung", "Name and matters", default=...)
    planned_on: date | None = said("Ngày dự kiến", "Planned day")
    month: Month | None = said("Của tháng (năm-tháng)", "Of the month (year-month)")
    place: Line | None = said("Địa điểm", "Place")
    agency: Line | None = said("Cơ quan giải trình, trả lời (mã)", "Body that explains or answers (code)")
    session: Line | None = said("Kỳ họp được chuẩn bị (mã)", "Session it prepares (code)")
    from_case: Line | None = said("Phát sinh từ hồ sơ (mã)", "Arises from the case (code)")
    field: Line | None = said("Lĩnh vực", "Field")


class NewDay(Entry):
    """The day on which it is to be held now; every earlier one stays in the story."""

    planned_on: date = must("Ngày họp mới", "New day")
    place: Line | None = said("Địa điểm", "Place")
    words: Words | None = prose("Lý do dời", "Reason")


class Invitation(Entry):
    """How the meeting was told: the notice, the invitation or the posted schedule."""

    invited: int | None = said("Số được mời", "How many were invited", ge=0)
    words: Words | None = prose("Nội dung, nơi nhận thông báo", "Words and recipients of the notice")


class MeetingHeld(Entry):
    """Who came and what was dealt with; of a reception, how many people and letters (Law 42/2013/QH13, art. 25)."""

    place: Line | None = said("Địa điểm", "Place")
    chair: Line | None = said("Người chủ trì", "Chair")
    members_present: int | None = said("Số thành viên dự", "Members present", ge=0)
    guests_present: int | None = said("Số khách mời dự", "Guests present", ge=0)
    agencies_present: int | None = said("Số cơ quan dự", "Bodies present", ge=0)
    matters: int | None = said("Số nội dung", "Matters dealt with", ge=0)
    speeches: int | None = said("Lượt ý kiến phát biểu", "Speeches", ge=0)
    questions: int | None = said("Số ý kiến chất vấn", "Questions put", ge=0)
    people_received: int | None = said("Lượt công dân được tiếp", "People received", ge=0)
    letters_received: int | None = said("Số đơn nhận", "Letters received", ge=0)


class NobodyCame(Entry):
    """The reception was held, and nobody came."""

    chair: Line | None = said("Người chủ trì", "Chair")
    place: Line | None = said("Địa điểm", "Place")
    words: Words | None = prose("Ghi chú", "Note")


class CompiledReport(Entry):
    """The compiled report of petitions before the conference; its number and date are those of the paper."""

    words: Words | None = prose("Ý kiến về báo cáo tổng hợp", "What was said of the report")


class MeetingResult(Entry):
    """The notice of the result; of a hearing, how many of all members voted for its conclusion."""

    votes_for: int | None = said("Số thành viên tán thành", "Votes for the conclusion", ge=0)
    members: int | None = said("Tổng số thành viên Thường trực HĐND", "All members of the standing body", ge=1)
    posted: bool = said("Đã niêm yết, đăng Cổng thông tin", "Posted and published", default=False)
    copied_to_standing_body: bool = said("Đã gửi Thường trực HĐND", "Sent to the standing body", default=False)
    copied_to_front: bool = said("Đã gửi Ban Thường trực UBMTTQ", "Sent to the Front", default=False)
    words: Words | None = prose("Kết luận", "Conclusion")

    @field_validator("members", mode="after")
    @classmethod
    def _holds_the_votes(cls, value: int | None, info: ValidationInfo) -> int | None:
        votes = info.data.get("votes_for")
        if value is not None and votes is not None and votes > value:
            raise PydanticCustomError("fewer_than_votes", "fewer than voted for it")
        return value


class NoticeLines(Entry):
    """The lines of its notice: cases made of those with a product, the text of the others, and how many of each."""

    tasks: tuple[Line, ...] = said("Nhiệm vụ (mã)", "Tasks (codes)", default=(), max_length=MOST_LINES)
    task_count: int = must("Số nhiệm vụ", "Number of tasks", ge=0)
    orientation_count: int = must("Số định hướng", "Number of orientations", ge=0)
    orientations: Words | None = prose("Các định hướng", "The orientations")
