"""What is entered about a question (chất vấn): the slip, who answers, the answer, the reply in writing, the report."""

from __future__ import annotations

from datetime import date

from states.entries import Entry, Line, Words, must, prose, said
from states.promising import Timed
from states.question_words import Criterion, DisputeAsk, WrittenReason


class QuestionSlip(Entry):
    """A deputy's slip (phiếu chất vấn): the matter, whom it asks, and at which session or sitting."""

    text: Words = prose("Nội dung chất vấn", "Question", default=...)
    deputy: Line = must("Đại biểu chất vấn", "Deputy who asks")
    deputy_group: Line | None = said("Tổ đại biểu (mã)", "Deputy group (code)")
    agency: Line = must("Cơ quan, đơn vị trả lời (mã)", "Body that answers (code)")
    office_holder: Line | None = said("Người bị chất vấn (họ tên, chức vụ)", "Person questioned")
    session: Line | None = said("Kỳ họp (mã)", "Session (code)")
    sitting_on: date | None = said("Phiên họp Thường trực HĐND (ngày)", "Sitting of the standing body (day)")
    topic: Line | None = said("Nhóm vấn đề", "Topic")
    criterion: Criterion | None = said("Tiêu chí lựa chọn", "Why it is worth asking")
    from_case: Line | None = said("Phát sinh từ hồ sơ (mã)", "Arises from the case (code)")
    field: Line | None = said("Lĩnh vực", "Field")
    locality: Line | None = said("Địa bàn", "Locality")


class Selection(Entry):
    """The group of matters that the question is answered with on the floor."""

    topic: Line | None = said("Nhóm vấn đề", "Topic")
    criterion: Criterion | None = said("Tiêu chí lựa chọn", "Why it is chosen")
    words: Words | None = prose("Ý kiến của Thường trực HĐND", "Words of the standing body")


class Passed(Entry):
    """A step that may say a word, and needs none."""

    words: Words | None = prose("Ghi chú", "Note")


class OralAnswer(Timed):
    """An answer on the floor: it says who is responsible, what is done and by when (Law 87/2015, art. 60.3b)."""

    words: Words = prose("Nội dung trả lời", "Answer", default=...)
    responsible: Line | None = said("Trách nhiệm", "Who is responsible")
    measure: Words | None = prose("Giải pháp khắc phục", "Measures")
    stand_in: Line | None = said("Người trả lời thay (nếu có)", "Somebody else who answered")

    def lacking(self) -> tuple[str, ...]:
        """List which of responsibility, measures and deadline it does not say."""
        said = {"responsible": self.responsible, "measure": self.measure, "time": self.says_when}
        return tuple(part for part, value in said.items() if not value)


class FollowUpQuestion(Entry):
    """A question asked back at the same sitting (chất vấn lại), and what was answered."""

    words: Words = prose("Nội dung chất vấn lại", "What was asked back", default=...)
    answer: Words | None = prose("Nội dung trả lời", "What was answered")


class ReplyRequired(Entry):
    """Why the question is answered in writing."""

    reason: WrittenReason = must("Lý do trả lời bằng văn bản", "Why in writing")
    words: Words | None = prose("Yêu cầu của Chủ tọa, Thường trực HĐND", "What is required")


class ReplyReferred(Entry):
    """Who directs the units that answer a question which was not chosen."""

    via: Line | None = said("Qua UBND chỉ đạo (mã)", "Through the People's Committee (code)")
    words: Words | None = prose("Nội dung chuyển", "What is passed on")


class WrittenReply(Entry):
    """A reply in writing; the one who was questioned signs it."""

    words: Words = prose("Nội dung trả lời", "Reply", default=...)


class Study(Entry):
    """Who is charged to study the matter, to reply in writing and to report at the nearest session."""

    agency: Line = must("Cơ quan được giao (mã)", "Body charged (code)")
    head: Line | None = said("Thủ trưởng được giao", "Head charged")
    session: Line = must("Kỳ họp phải báo cáo (mã)", "Session to report at (code)")
    words: Words = prose("Nội dung phải nghiên cứu", "What is to be studied", default=...)


class StudyReport(Entry):
    """What was reported at the session."""

    words: Words = prose("Nội dung báo cáo tại kỳ họp", "What was reported", default=...)


class Dispute(Entry):
    """Why the deputy does not accept the answer, and what is asked of the council."""

    words: Words = prose("Lý do chưa đồng ý", "Why the answer is not accepted", default=...)
    asks: DisputeAsk | None = said("Đề nghị", "What is asked")


class Conclusion(Entry):
    """What the chair or the council concluded."""

    words: Words = prose("Nội dung kết luận", "Conclusion", default=...)


class AskedAgain(Entry):
    """The same question once more (tái chất vấn): why, and at which session or sitting."""

    words: Words = prose("Lý do tái chất vấn", "Why it is asked again", default=...)
    session: Line | None = said("Kỳ họp (mã)", "Session (code)")
    sitting_on: date | None = said("Phiên họp Thường trực HĐND (ngày)", "Sitting of the standing body (day)")


class AnotherAnswerer(Entry):
    """The right person to question."""

    agency: Line = must("Cơ quan, đơn vị trả lời (mã)", "Body that answers (code)")
    office_holder: Line | None = said("Người bị chất vấn (họ tên, chức vụ)", "Person questioned")
    words: Words = prose("Lý do chuyển", "Reason", default=...)


class Conversion(Entry):
    """The matter goes to an explanation hearing (phiên giải trình)."""

    hearing: Line | None = said("Phiên giải trình (mã hồ sơ)", "Hearing (code of its case)")
    words: Words = prose("Lý do chuyển", "Reason", default=...)
