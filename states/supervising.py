"""What is entered about supervisions and the recommendations that come of them."""

from __future__ import annotations

from datetime import date

from states.entries import Entry, Line, TermUse, TransferSlip, Words, must, prose, said, term
from states.promising import Timed
from states.supervision_words import BindingForce, Escalation, Outcome, Reconsidered, SupervisionForm, Supervisor


class Recommending(Entry):
    """A recommendation as the team's report proposes it (Law 87/2015 art. 81)."""

    text: Words = prose("Nội dung kiến nghị", "What is recommended", default=...)
    supervisor: Supervisor = must("Chủ thể giám sát", "Whose supervision")
    place: Line | None = said("Vị trí trong báo cáo", "Place in the report")
    from_case: Line | None = said("Phát sinh từ hồ sơ (mã)", "Arises from the case (code)")
    session: Line | None = said("Kỳ họp (mã)", "Session (code)")
    field: Line | None = said("Lĩnh vực", "Field")
    locality: Line | None = said("Địa bàn", "Locality")


class Issue(TransferSlip, Timed):
    """The recommendation as it is issued: in what, to whom, and by when, or why without a time."""

    binding_force: BindingForce = said("Hình thức ban hành", "Issued in", default=BindingForce.CONCLUSION)
    place: Line | None = said("Vị trí trong kết luận", "Place in the conclusion")
    no_time_because: Words | None = prose("Lý do không ấn định thời hạn", "Why no time is set")
    review_on: date | None = term("Ngày rà soát lại", "Review on", TermUse.REVIEW)


class Reconsideration(Entry):
    """The supervised body, or its superior, asks to reconsider (art. 8.3)."""

    words: Words = prose("Nội dung đề nghị xem xét lại", "What is asked and why", default=...)
    by: Line | None = said("Cơ quan đề nghị", "Who asks")


class ReconsiderationEnd(Entry):
    """What was decided on it."""

    decision: Reconsidered = must("Kết quả xem xét lại", "Decision")
    words: Words = prose("Nội dung quyết định", "Words of the decision", default=...)


class Verification(Entry):
    """What the standing body or its committee found to have become of the recommendation."""

    outcome: Outcome = must("Kết quả thực hiện", "Outcome")
    evidence: Words | None = prose("Minh chứng", "Evidence")
    words: Words | None = prose("Phần còn lại, nhận xét", "What is left, remarks")
    review_on: date | None = term("Ngày rà soát lại", "Review on", TermUse.REVIEW)


class ExplanationRequest(Entry):
    """The written request for an explanation of why nothing was done (Law 121/2025 art. 40, unverified)."""

    words: Words = prose("Nội dung yêu cầu giải trình", "What is to be explained", default=...)


class ExplanationReceipt(Entry):
    """The body's number of the incoming request: its day starts the clock."""

    incoming_number: Line | None = said("Số đến", "Incoming number")


class LongerExplanation(Entry):
    """A complex matter may be explained within 30 days: by how many days the 15 are extended."""

    extended_by_days: int = term("Gia hạn thêm (ngày)", "Extended by (days)", TermUse.DAYS, ge=1, le=15)
    words: Words = prose("Lý do phức tạp", "Why it is complex", default=...)


class Explanation(Entry):
    """What the body explained."""

    words: Words = prose("Nội dung giải trình", "The explanation", default=...)


class Raised(Entry):
    """What the matter is taken to, with the code of the case that was made for it."""

    way: Escalation = must("Nâng lên thành", "Taken to")
    into: Line | None = said("Hồ sơ mới (mã)", "The new case (code)")
    words: Words | None = prose("Lý do", "Reason")


class Replacing(Entry):
    """The earlier case in whose place this one stands."""

    replaces: Line = must("Thay thế hồ sơ (mã)", "Replaces the case (code)")
    words: Words | None = prose("Lý do", "Reason")


class Supervising(Entry):
    """A supervision in the programme."""

    text: Words = prose("Nội dung giám sát", "What is supervised", default=...)
    form: SupervisionForm = said("Hình thức", "Form", default=SupervisionForm.THEMATIC)
    supervisor: Supervisor = must("Chủ thể giám sát", "Whose supervision")
    body: Line | None = said("Cơ quan chủ trì giám sát (mã)", "Body that supervises (code)")
    planned_from: date | None = said("Dự kiến từ ngày", "Planned from")
    planned_to: date | None = said("Dự kiến đến ngày", "Planned until")
    planned_visits: int | None = said("Số buổi làm việc dự kiến", "Planned visits", ge=0, le=999)
    from_case: Line | None = said("Phát sinh từ hồ sơ (mã)", "Arises from the case (code)")
    session: Line | None = said("Kỳ họp (mã)", "Session (code)")
    field: Line | None = said("Lĩnh vực", "Field")
    locality: Line | None = said("Địa bàn", "Locality")


class TeamSlip(Entry):
    """The decision that sets up the team."""

    leader: Line | None = said("Trưởng đoàn", "Head of the team")
    members: Words | None = prose("Thành viên", "Members")
    bodies: tuple[Line, ...] = must("Cơ quan chịu sự giám sát (mã)", "Supervised bodies (codes)", min_length=1)
    planned_from: date | None = said("Dự kiến từ ngày", "Planned from")
    planned_to: date | None = said("Dự kiến đến ngày", "Planned until")
    planned_visits: int | None = said("Số buổi làm việc dự kiến", "Planned visits", ge=0, le=999)


class Programme(Entry):
    """The programme of visits that the supervised bodies were told."""

    planned_from: date | None = said("Làm việc từ ngày", "Working from")
    planned_to: date | None = said("Làm việc đến ngày", "Working until")
    planned_visits: int | None = said("Số buổi làm việc", "Visits", ge=0, le=999)
    words: Words | None = prose("Lịch làm việc", "Schedule")


class Visit(Entry):
    """One visit of the team that was held."""

    words: Words = prose("Nơi làm việc, nội dung", "Where, and what about", default=...)
    body: Line | None = said("Cơ quan làm việc (mã)", "Body visited (code)")


class SupervisionEnd(Entry):
    """The team has ended its work."""

    ended_on: date = must("Ngày kết thúc giám sát", "Ended on")
    words: Words | None = prose("Ghi chú", "Note")


class TeamReport(Entry):
    """The team's report as the standing body received it."""

    recommendations: int | None = said("Số kiến nghị trong báo cáo", "Recommendations in the report", ge=0, le=999)
    words: Words | None = prose("Tóm tắt", "Summary")


class Conclusion(Entry):
    """The conclusion, with what binds in it."""

    binding_force: BindingForce = said("Hình thức", "Form", default=BindingForce.CONCLUSION)
    recommendations: int | None = said("Số kiến nghị", "Recommendations", ge=0, le=999)
    words: Words | None = prose("Nội dung kết luận", "What is concluded")
