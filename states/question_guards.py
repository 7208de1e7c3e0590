"""The conditions of moves of questions: what must hold, in the words of the office."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from states.findings import Reads, guard
from states.question_words import WrittenReason
from states.text import Text

if TYPE_CHECKING:
    from states.asking import AskedAgain, OralAnswer, QuestionSlip, ReplyRequired, Study
    from states.facts import Facts


@guard(
    holds=Text("Đã ghi kỳ họp hoặc phiên họp", "The session or sitting is known"),
    fails=Text("Chưa ghi kỳ họp hoặc phiên họp chất vấn", "Neither session nor sitting is given"),
    mend=Text("Nhập mã kỳ họp hoặc ngày phiên họp Thường trực HĐND", "Give the session or the day of the sitting"),
    reads=Reads.ENTRY,
)
def question_has_occasion(facts: Facts) -> bool:
    """A warning: a slip may come before the session is called."""
    entry = cast("QuestionSlip | AskedAgain", facts.entry)
    return entry.session is not None or entry.sitting_on is not None


@guard(
    holds=Text("Trả lời đủ trách nhiệm, giải pháp, thời hạn", "The answer says responsibility, measures and deadline"),
    fails=Text("Trả lời chưa đủ trách nhiệm, giải pháp, thời hạn", "Responsibility, measures or deadline is missing"),
    mend=Text("Xem danh sách phần còn thiếu; hỏi lại tại phiên chất vấn", "See what is missing; ask back"),
    reads=Reads.ENTRY,
)
def oral_answer_is_complete(facts: Facts) -> bool:
    """A warning (Law 87/2015, art. 60.3b): what is missing is listed and kept, never refused."""
    return not cast("OralAnswer", facts.entry).lacking()


@guard(
    holds=Text("Người bị chất vấn trực tiếp trả lời", "The person questioned answered in person"),
    fails=Text("Có người trả lời thay; người bị chất vấn phải trực tiếp trả lời", "Somebody else answered"),
    mend=Text("Ghi rõ lý do, hoặc chuyển đúng người bị chất vấn", "Say why, or redirect it to the right person"),
    reads=Reads.ENTRY,
)
def answers_in_person(facts: Facts) -> bool:
    """A warning (Law 87/2015, art. 60.3b): the answer is not delegated."""
    return cast("OralAnswer", facts.entry).stand_in is None


@guard(
    holds=Text("Chất vấn thuộc nhóm vấn đề đã chọn", "The question is in the group that was chosen"),
    fails=Text(
        "Lý do ghi là ngoài nhóm, mà chất vấn chưa bị loại khỏi nhóm", "The reason given is that it was not chosen"
    ),
    mend=Text("Dùng «Không chọn» trước, hoặc ghi lý do khác", "Record first that it was not chosen, or another reason"),
    reads=Reads.ENTRY,
)
def reason_fits_the_group(facts: Facts) -> bool:
    """What was not chosen is referred for reply by a row of its own."""
    return cast("ReplyRequired", facts.entry).reason is not WrittenReason.NOT_IN_GROUP


@guard(
    holds=Text("Văn bản trả lời do cơ quan bị chất vấn ký", "The body questioned signed the reply"),
    fails=Text("Người ký không thuộc cơ quan bị chất vấn", "Another body than the one questioned signed"),
    mend=Text(
        "Người bị chất vấn ký; nếu đã đổi người, ghi «Chuyển đúng người bị chất vấn»", "The one questioned signs it"
    ),
    reads=Reads.ENTRY,
)
def reply_is_signed_by_the_one_questioned(facts: Facts) -> bool:
    """A warning (Law 87/2015, art. 60.4): what another body signed still reached the deputy."""
    return facts.deciding_body == facts.case.charged


@guard(
    holds=Text("Đã ghi thủ trưởng được giao", "The head charged is named"),
    fails=Text("Chưa ghi thủ trưởng được giao", "The head charged is not named"),
    mend=Text("Nhập họ tên, chức vụ người được giao", "Give name and office"),
    reads=Reads.ENTRY,
)
def study_names_its_head(facts: Facts) -> bool:
    """A warning: the chair charges a head, not an office."""
    return cast("Study", facts.entry).head is not None


@guard(
    holds=Text("Còn phải báo cáo tại kỳ họp", "A report at a session is still due"),
    fails=Text("Không phải báo cáo tại kỳ họp", "No report at a session is due"),
    mend=Text("Ghi «Giao nghiên cứu, báo cáo tại kỳ họp» trước", "Record first who was charged with the study"),
)
def study_is_pending(facts: Facts) -> bool:
    """A matter under study is replied to in writing and reported on at the nearest session."""
    return bool(facts.case.detail.get("study_pending"))


@guard(
    holds=Text("Không còn phải báo cáo tại kỳ họp", "No report at a session is due"),
    fails=Text("Còn phải báo cáo tại kỳ họp", "A report at a session is still due"),
)
def no_study_is_pending(facts: Facts) -> bool:
    """The exact opposite of `study_is_pending`, so that two edges of one trigger never both hold."""
    return not study_is_pending.check(facts)
