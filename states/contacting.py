"""What is entered about a round of contacts with voters and about each of its meetings.

Counts are turns, not persons. Deputies and voters who came are two figures and are never mixed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import StringConstraints, model_validator

from states.contact_words import ContactForm, ContactMode, Reporter, SpotJudge
from states.entries import Entry, Line, Words, must, prose, said
from states.vocabulary import RoundKind

Names = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)]
_MOST = 1_000_000


class OpenRound(Entry):
    """A round of contacts with voters, around a session or not."""

    name: Line = must("Tên đợt", "Name of the round")
    round_kind: RoundKind = must("Loại đợt", "Kind of round")
    session: Line | None = said("Kỳ họp (mã)", "Session (code)")
    form: ContactForm = said("Hình thức", "Form", default=ContactForm.CONFERENCE)
    mode: ContactMode | None = said("Cách tổ chức", "Mode")
    theme: Line | None = said("Chuyên đề, đối tượng", "Theme or audience")


class OtherForm(Entry):
    """The round goes another way than planned (NQLT 72/2025/NQLT, art. 34.2 and 36)."""

    form: ContactForm = must("Hình thức", "Form")
    mode: ContactMode | None = said("Cách tổ chức", "Mode")
    words: Words = prose("Lý do", "Reason", default=...)


class Plan(Entry):
    """The plan of the round, agreed with the Front's standing board."""

    first_day: date | None = said("Từ ngày", "From")
    last_day: date | None = said("Đến ngày", "To")


class FrontPlan(Entry):
    """The Front's own plan for the round: who runs which meeting."""

    words: Words | None = prose("Nội dung chính của kế hoạch", "What it says")


class Counts(Entry):
    """What a meeting brought, or what a report says of all of them; what is not known stays empty."""

    deputies_assigned: int | None = said("Lượt đại biểu được phân công", "Deputies assigned", ge=0, le=_MOST)
    deputies_present: int | None = said("Lượt đại biểu tham dự", "Deputies present", ge=0, le=_MOST)
    attendance_count: int | None = said("Lượt cử tri tham dự", "Voters present", ge=0, le=_MOST)
    speaker_count: int | None = said("Lượt phát biểu", "Speakers", ge=0, le=_MOST)
    opinion_count: int | None = said("Số ý kiến, kiến nghị", "Opinions", ge=0, le=_MOST)
    answered_count: int | None = said("Giải trình tại chỗ", "Answered on the spot", ge=0, le=_MOST)
    satisfactory_count: int | None = said("Giải trình thỏa đáng", "Satisfactorily explained", ge=0, le=_MOST)
    judged_by: SpotJudge | None = said("Bên đánh giá giải trình", "Who judged the explanations")
    forwarded_count: int | None = said("Chuyển cơ quan có thẩm quyền", "Forwarded", ge=0, le=_MOST)
    diverted_count: int | None = said("Hướng dẫn gửi đơn", "Guided to write a letter", ge=0, le=_MOST)
    noted_count: int | None = said("Ý kiến chỉ ghi nhận", "Merely noted", ge=0, le=_MOST)

    @property
    def explained(self) -> int | None:
        """Return how many were done with on the spot: judged satisfactory, or answered where nobody judged."""
        return self.answered_count if self.satisfactory_count is None else self.satisfactory_count


COUNTED = tuple(Counts.model_fields)
KEEPS_COUNTS = {f"detail.{name}": name for name in COUNTED}
"""The columns of a detail that keep the counts as they were stated last."""


class RoundCounts(Counts):
    """The figures of a whole round, as its report states them."""

    meetings: int | None = said("Số hội nghị", "Meetings", ge=0, le=_MOST)


class Deputies(Entry):
    """Which deputies go to a meeting. Who is named is counted, unless the number is given."""

    group: Line | None = said("Tổ đại biểu (mã)", "Deputy group (code)")
    deputies: Names | None = said("Đại biểu được phân công (cách nhau bằng dấu ;)", "Deputies assigned (apart by ;)")
    deputies_assigned: int | None = said("Lượt đại biểu được phân công", "Deputies assigned", ge=0, le=_MOST)

    @model_validator(mode="before")
    @classmethod
    def _counts_who_is_named(cls, given: Any) -> Any:
        if not isinstance(given, Mapping) or given.get("deputies_assigned") is not None:
            return given
        names = given.get("deputies")
        return {**given, "deputies_assigned": len(names_in(names))} if isinstance(names, str) else given


class MeetingPlan(Deputies):
    """One meeting of a round as it is planned: where, when, who runs it (S2-R5: the Front), which deputies go."""

    round: Line = must("Đợt tiếp xúc cử tri (mã)", "Contact round (code)")
    locality: Line = must("Nơi tiếp xúc (thôn, tổ dân phố, cơ quan)", "Place (hamlet or workplace)")
    venue: Line | None = said("Địa điểm", "Venue")
    planned_on: date | None = said("Ngày dự kiến", "Planned for")
    form: ContactForm = said("Hình thức", "Form", default=ContactForm.CONFERENCE)
    mode: ContactMode | None = said("Cách tổ chức", "Mode")
    chair: Line | None = said("Người điều hành", "Chaired by")


class OtherDay(Entry):
    """The meeting is moved."""

    planned_on: date | None = said("Ngày dự kiến", "Planned for")
    venue: Line | None = said("Địa điểm", "Venue")
    mode: ContactMode | None = said("Cách tổ chức", "Mode")
    words: Words = prose("Lý do", "Reason", default=...)


class MeetingHeld(Counts):
    """What was counted at the meeting; leaders of the executive came to explain (S2-R6)."""

    chair: Line | None = said("Người điều hành", "Chaired by")
    leaders: Line | None = said("Lãnh đạo UBND, cơ quan tham dự", "Leaders of the executive who came")


class Collected(Counts):
    """Opinions were collected in writing instead of a meeting; the voters asked count as attendance."""

    words: Words = prose("Lý do không tổ chức hội nghị", "Why no meeting was held", default=...)


class Minutes(Counts):
    """What the minutes or the report of one side say of the meeting."""

    reporter: Reporter | None = said("Bên lập biên bản, báo cáo", "Who wrote it")


def names_in(written: str) -> list[str]:
    """Return the names in a list written with semicolons or line breaks."""
    return [name for part in written.splitlines() for name in map(str.strip, part.split(";")) if name]
