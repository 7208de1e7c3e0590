"""What is entered about a resolution that is followed: what it wants, who follows it, how far it is carried out."""

from __future__ import annotations

from datetime import date

from states.checking import NextCheck
from states.entries import Entry, Line, TermUse, Words, must, prose, said, term
from states.promising import Timed


class AdoptedResolution(Entry):
    """A resolution of the council as it is adopted; what it wants reached is public and stands in clear."""

    number: Line = must("Số, ký hiệu nghị quyết", "Number of the resolution")
    text: Words = prose("Trích yếu nghị quyết", "Subject of the resolution", default=...)
    agency: Line = must("Cơ quan tổ chức thực hiện (mã)", "Body that carries it out (code)")
    issued_on: date | None = said("Ngày ban hành", "Date of the resolution")
    session: Line | None = said("Kỳ họp đã thông qua (mã)", "Session that adopted it (code)")
    indicators: Words | None = said("Chỉ tiêu, mục tiêu phải đạt", "Targets to be met")
    expires_on: date | None = term("Hết hiệu lực sau ngày", "In force until", TermUse.UNTIL)
    from_case: Line | None = said("Phát sinh từ hồ sơ (mã)", "Arises from the case (code)")
    field: Line | None = said("Lĩnh vực", "Field")


class FollowerDecision(NextCheck):
    """The standing body's decision which committee follows the resolution, and when it checks first."""

    committee: Line = must("Ban được giao theo dõi (mã)", "Committee that follows it (code)")
    words: Words | None = prose("Nội dung giao theo dõi", "What is to be followed")


class CarryingOutPlan(Timed):
    """The plan of the body that carries it out: which unit leads, and by when."""

    lead: Line | None = said("Đơn vị chủ trì (mã)", "Lead unit (code)")
    words: Words | None = prose("Nội dung kế hoạch", "What is planned")


class FollowUpCheck(NextCheck):
    """What a check found, and when the next one is."""

    words: Words = prose("Kết quả kiểm tra", "What was found", default=...)


class ResolutionDone(Entry):
    """What shows that the targets are met."""

    evidence: Words = prose("Minh chứng (báo cáo, số liệu, nghiệm thu)", "Evidence", default=...)
    words: Words | None = prose("Ý kiến của Thường trực HĐND", "Words of the standing body")


class ReplacedBy(Entry):
    """Which resolution took its place."""

    replaced_by: Line = must("Nghị quyết thay thế (số, ký hiệu)", "Resolution that replaces it (number)")
    words: Words | None = prose("Ghi chú", "Note")


class Replacing(Entry):
    """Which followed resolution this one replaces."""

    replaced: Line = must("Hồ sơ nghị quyết được thay thế (mã)", "Followed resolution that it replaces (code)")
