"""The conditions of moves: what must hold, in the words of the office."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from states import entries as e
from states.answers import missing_parts
from states.facts import Facts
from states.findings import Reads, guard
from states.text import Text
from states.vocabulary import Level, PetitionNature, Result

if TYPE_CHECKING:
    from states.promising import Promise, Shortfall, Timed

_HIGHER = (Level.PROVINCE, Level.CENTRAL)
FINAL_RESULTS = frozenset({Result.RESOLVED, Result.EXPLAINED, Result.NOTED})
ENDED_REFERRALS = frozenset({"returned", "recalled", "set_aside"})


def _judgement(facts: Facts) -> e.Judgement:
    return cast("e.Judgement", facts.entry)


@guard(
    holds=Text("Hồ sơ chưa kết thúc", "The case is open"),
    fails=Text("Hồ sơ đã kết thúc", "The case has ended"),
    mend=Text("Mở lại hồ sơ nếu cần", "Reopen the case if needed"),
)
def case_is_open(facts: Facts) -> bool:
    """Nothing happens to the referrals of a case that has ended."""
    return not facts.case.final


@guard(
    holds=Text("Đây là ý kiến, không yêu cầu giải quyết", "It is a mere opinion"),
    fails=Text("Đây là kiến nghị, phải có cơ quan trả lời", "It is a request and needs an answer"),
    mend=Text("Phân loại lại là ý kiến nếu ghi nhầm", "Classify it again as an opinion if that was wrong"),
)
def is_mere_opinion(facts: Facts) -> bool:
    """A mere opinion is noted and counted; it needs no action."""
    return facts.case.nature is PetitionNature.OPINION


@guard(
    holds=Text("Thuộc thẩm quyền của xã trở xuống", "Within the commune's own jurisdiction"),
    fails=Text("Thuộc thẩm quyền cấp trên", "Belongs to a higher level"),
    mend=Text("Dùng «Chuyển cấp trên», hoặc phân loại lại", "Forward it higher, or classify it again"),
)
def is_own_level(facts: Facts) -> bool:
    """Only petitions of the council's own level count in its own rate."""
    return facts.case.level in (None, Level.COMMUNE, Level.HAMLET)


@guard(
    holds=Text("Thuộc thẩm quyền cấp trên", "Belongs to a higher level"),
    fails=Text("Được phân loại thuộc thẩm quyền của xã", "Classified as the commune's own"),
    mend=Text("Phân loại lại theo đúng cấp có thẩm quyền", "Classify it by its level of jurisdiction"),
)
def is_higher_level(facts: Facts) -> bool:
    """Forwarding needs a classification that says so."""
    return facts.case.level in _HIGHER


@guard(
    holds=Text("Nơi nhận là cấp trên", "It goes to a higher level"),
    fails=Text("Cấp ghi khi chuyển không phải cấp trên", "The level given is no higher level"),
    mend=Text("Ghi cấp tỉnh hoặc trung ương, hoặc bỏ trống", "Give province or centre, or leave it empty"),
    reads=Reads.ENTRY,
)
def goes_higher(facts: Facts) -> bool:
    """A petition forwarded higher never comes back into the commune's own rate by its level."""
    return cast("e.ForwardHigher", facts.entry).level in (None, *_HIGHER)


@guard(
    holds=Text("Thường trực HĐND không phải nơi trả lời", "The standing body is not asked to answer"),
    fails=Text("Thường trực HĐND kết luận nên không thể trả lời", "The standing body judges, so it cannot answer"),
    mend=Text("Chuyển cơ quan có thẩm quyền giải quyết", "Send it to the body with jurisdiction"),
    reads=Reads.ENTRY,
)
def judge_is_not_the_addressee(facts: Facts) -> bool:
    """Who answers cannot judge the answer."""
    return facts.reference.standing_body not in facts.reference.agencies


@guard(
    holds=Text("Gộp vào một hồ sơ cùng loại đang mở", "It goes into another open case of its kind"),
    fails=Text(
        "Hồ sơ gộp vào là chính nó, khác loại hoặc đã kết thúc", "The other case is itself, another kind or has ended"
    ),
    mend=Text("Chọn một hồ sơ khác cùng loại đang mở", "Choose another open case of its kind"),
    reads=Reads.ENTRY,
)
def merges_into_another_open_case(facts: Facts) -> bool:
    """A merged case is found again through the one that stays, so that one must be open and another."""
    others = facts.reference.cases.values()
    return bool(others) and all(o.id != facts.case.id and o.kind == facts.case.kind and not o.final for o in others)


@guard(
    holds=Text("Chưa ghi ngày cơ quan nhận văn bản", "No receipt is recorded yet"),
    fails=Text("Đã ghi ngày cơ quan nhận văn bản", "The receipt is recorded already"),
    mend=Text("Sửa sự kiện đã ghi nếu ngày sai", "Correct the recorded event if its day is wrong"),
)
def receipt_is_missing(facts: Facts) -> bool:
    """A receipt learned late is still recorded, once."""
    return facts.referral is not None and not facts.referral.received


@guard(
    holds=Text("Văn bản trả lời do cơ quan được chuyển ký", "The addressee signed the answer"),
    fails=Text(
        "Người ký không phải cơ quan được chuyển; đơn vị tham mưu không ký thay",
        "Another body signed; an advising unit does not answer for the addressee",
    ),
    mend=Text("Ghi văn bản đã ký của cơ quan được chuyển", "Record the addressee's signed paper"),
    reads=Reads.ENTRY,
)
def answer_is_signed_by_the_addressee(facts: Facts) -> bool:
    """Units advise, the addressee answers: only its signed paper stops the clock."""
    return facts.referral is not None and facts.deciding_body == facts.referral.agency


@guard(
    holds=Text("Kết luận không tốt hơn kết quả ghi trong trả lời", "The judgement is not better than the claim"),
    fails=Text("Kết luận tốt hơn kết quả ghi trong văn bản trả lời", "The judgement is better than the answer claims"),
    mend=Text("Kiểm tra lại văn bản trả lời", "Look at the answer again"),
    reads=Reads.ENTRY,
)
def result_fits_claim(facts: Facts) -> bool:
    """A warning: the standing body may know more than the answer says, but should see the difference."""
    unfinished = {Result.ROADMAP, Result.IN_PROGRESS, Result.NOT_YET}
    return not (_judgement(facts).result is Result.RESOLVED and facts.case.claimed in unfinished)


@guard(
    holds=Text("Các cơ quan được chuyển đang hoạt động", "The addressees are in office"),
    fails=Text("Có cơ quan được chuyển không còn hoạt động vào ngày chuyển", "An addressee does not exist on that day"),
    mend=Text("Chọn cơ quan kế thừa", "Choose its successor"),
    reads=Reads.ENTRY,
)
def addressees_in_office(facts: Facts) -> bool:
    """An agency has dates of validity; after a merger its successor is meant."""
    day = facts.on or facts.today
    return all(agency.in_office(day) for agency in facts.reference.agencies.values())


@guard(
    holds=Text("Chưa chuyển tới các cơ quan này", "Not with these addressees yet"),
    fails=Text("Kiến nghị đang ở một trong các cơ quan này", "The case is already with one of these addressees"),
    mend=Text("Bỏ cơ quan đã chuyển khỏi danh sách", "Take it off the list"),
    reads=Reads.ENTRY,
)
def addressees_are_new(facts: Facts) -> bool:
    """One agency has one live referral of a case."""
    live = {r.agency for r in facts.referrals if r.state not in ENDED_REFERRALS}
    return not live & set(facts.reference.agencies)


@guard(
    holds=Text("Có số, ngày văn bản", "A document is named"),
    fails=Text("Chưa có số, ngày văn bản", "No document is named"),
    mend=Text("Nhập số và ngày của văn bản", "Give the number and date of the document"),
    reads=Reads.ENTRY,
)
def has_document(facts: Facts) -> bool:
    """A sending is a letter with a number and a date."""
    return facts.has_document


@guard(
    holds=Text("Có ngày thực hiện", "The day is known"),
    fails=Text("Chưa có ngày", "The day is missing"),
    mend=Text("Nhập ngày theo văn bản", "Give the day as on the document"),
    reads=Reads.ENTRY,
)
def day_is_known(facts: Facts) -> bool:
    """Some facts are nothing without their day."""
    return facts.on is not None


@guard(
    holds=Text("Ngày thực hiện không ở tương lai", "The day is not in the future"),
    fails=Text("Ngày thực hiện ở tương lai", "The day is in the future"),
    mend=Text("Kiểm tra lại ngày, tháng, năm", "Check day, month and year"),
    reads=Reads.ENTRY,
)
def day_is_not_in_the_future(facts: Facts) -> bool:
    """A legal fact that is recorded has happened."""
    return facts.on is None or facts.on <= facts.today


@guard(
    holds=Text("Do Thường trực HĐND quyết định", "Decided by the standing body"),
    fails=Text("Người quyết định không phải Thường trực HĐND", "Not decided by the standing body"),
    mend=Text("Ghi kết luận của Thường trực HĐND", "Record the standing body's decision"),
    reads=Reads.ENTRY,
)
def decider_is_the_standing_body(facts: Facts) -> bool:
    """One decision of the standing body closes; the office records it."""
    return facts.deciding_body is not None and facts.deciding_body == facts.reference.standing_body


@guard(
    holds=Text("Bên xác nhận không phải bên trả lời", "The confirmer is not the answering body"),
    fails=Text("Bên xác nhận chính là cơ quan trả lời", "The confirmer is the answering body"),
    mend=Text("Để Thường trực HĐND kết luận", "Let the standing body judge"),
    reads=Reads.ENTRY,
)
def decider_is_not_the_answerer(facts: Facts) -> bool:
    """A body never confirms its own result; tested on deciding bodies, never on the clerk's office."""
    return facts.deciding_body not in facts.answering_bodies


@guard(
    holds=Text("Kết luận kết thúc kiến nghị", "The result ends the case"),
    fails=Text("Kết luận chưa kết thúc kiến nghị", "The result leaves the case open"),
    reads=Reads.ENTRY,
)
def result_is_final(facts: Facts) -> bool:
    """Resolved, an accepted explanation, or an opinion noted."""
    return _judgement(facts).result in FINAL_RESULTS


@guard(
    holds=Text("Kết luận còn phải theo dõi", "The result leaves the case open"),
    fails=Text("Kết luận kết thúc kiến nghị", "The result ends the case"),
    reads=Reads.ENTRY,
)
def result_is_open(facts: Facts) -> bool:
    """The exact opposite of `result_is_final`, so that two edges of one trigger never both hold."""
    return _judgement(facts).result not in FINAL_RESULTS


@guard(
    holds=Text("Lộ trình có thời hạn và ngày rà soát", "A roadmap has its time and review date"),
    fails=Text(
        "Lộ trình chưa có thời hạn (ngày, quý hoặc sự kiện) hoặc chưa có ngày rà soát",
        "The roadmap lacks a time (date, quarter or event) or a review date",
    ),
    mend=Text("Nhập thời hạn hoàn thành và ngày rà soát lại", "Give the time and the review date"),
    reads=Reads.ENTRY,
)
def roadmap_has_time_and_review(facts: Facts) -> bool:
    """A roadmap needs a date, a quarter or an event, and always a review date."""
    said = _judgement(facts)
    if said.result is not Result.ROADMAP:
        return True
    return bool(said.due_on or said.due_words) and said.review_on is not None


@guard(
    holds=Text("Việc chưa giải quyết có lý do và ngày rà soát", "What is not yet settled has reason and review date"),
    fails=Text("Chưa ghi lý do chưa giải quyết hoặc ngày rà soát", "The reason or the review date is missing"),
    mend=Text("Nhập lý do và ngày rà soát lại", "Give the reason and the review date"),
    reads=Reads.ENTRY,
)
def not_yet_has_reason_and_review(facts: Facts) -> bool:
    """What is put aside ("tạm gác lại") must say until when."""
    said = _judgement(facts)
    if said.result is not Result.NOT_YET:
        return True
    return said.reason_not_yet is not None and said.review_on is not None


@guard(
    holds=Text("Việc giải quyết xong có minh chứng", "A resolved petition has its evidence"),
    fails=Text("Chưa có minh chứng giải quyết xong", "The evidence is missing"),
    mend=Text("Nêu văn bản, biên bản nghiệm thu hoặc ảnh", "Name the paper, acceptance minute or picture"),
    reads=Reads.ENTRY,
)
def resolved_has_evidence(facts: Facts) -> bool:
    """An answer ("trả lời") is never a resolution ("giải quyết xong"), which is shown by evidence."""
    said = _judgement(facts)
    return said.result is not Result.RESOLVED or bool(said.evidence)


@guard(
    holds=Text("Có ngày hoặc số ngày gia hạn", "The extension has a date or a length"),
    fails=Text("Chưa có ngày gia hạn đến hoặc số ngày gia hạn", "Neither a date nor a number of days is given"),
    mend=Text("Nhập một trong hai: «Gia hạn đến» hoặc số ngày", "Give one of the two"),
    reads=Reads.ENTRY,
)
def extension_has_length(facts: Facts) -> bool:
    """Exactly one of date and days."""
    entry = cast("e.Extension", facts.entry)
    return (entry.extended_to is None) != (entry.extended_by_days is None)


@guard(
    holds=Text("Đã có câu trả lời của mọi cơ quan được chuyển", "All addressees have answered"),
    fails=Text("Còn cơ quan được chuyển chưa trả lời", "An addressee has not answered"),
    mend=Text(
        "Ghi câu trả lời còn thiếu, hoặc thu hồi văn bản chuyển", "Record the missing answer or recall the letter"
    ),
)
def all_have_answered(facts: Facts) -> bool:
    """One missing answer keeps the case with the authority."""
    return all(r.state in {"answered", "accepted"} for r in facts.referrals if r.state not in ENDED_REFERRALS)


@guard(
    holds=Text("Đã ghi ngày cơ quan nhận văn bản", "The receipt is recorded"),
    fails=Text(
        "Chưa ghi ngày cơ quan nhận văn bản, thời hạn còn tạm tính", "No receipt recorded: the due date is provisional"
    ),
    mend=Text("Ghi số đến và ngày đến nếu biết", "Record the incoming number and date if known"),
)
def receipt_is_known(facts: Facts) -> bool:
    """A warning only: a refusal here would stop work because a date is honestly unknown."""
    return facts.referral is not None and facts.referral.received


@guard(
    holds=Text("Câu trả lời đủ nội dung theo kết quả", "The answer has all parts its result needs"),
    fails=Text("Câu trả lời thiếu nội dung; người xem xét quyết định", "The answer lacks parts; the reviewer decides"),
    mend=Text("Xem danh sách phần còn thiếu", "See the list of missing parts"),
    reads=Reads.ENTRY,
)
def answer_is_complete(facts: Facts) -> bool:
    """What is missing is listed and kept, never refused."""
    return not missing_parts(cast("e.AnswerRow", facts.entry), facts.case.nature)


@guard(
    holds=Text("Cam kết có thời hạn", "The promise has a time"),
    fails=Text(
        "Cam kết không có thời hạn (ngày, quý hoặc sự kiện): không có gì để nhắc",
        "Without a time nothing reminds of it",
    ),
    mend=Text("Hỏi lại cơ quan đã cam kết rồi ghi gia hạn", "Ask the body for a time and record it as an extension"),
    reads=Reads.ENTRY,
)
def promise_has_time(facts: Facts) -> bool:
    """A warning: many real promises say "in the time to come"."""
    return cast("Timed", facts.entry).says_when


@guard(
    holds=Text("Đã ghi kỳ họp phải báo cáo", "The session to report to is known"),
    fails=Text("Chưa ghi kỳ họp phải báo cáo: chưa có hạn báo cáo", "No session to report to: no report is due yet"),
    mend=Text("Ghi kỳ họp phải báo cáo khi đã có lịch", "Set the session once it is known"),
    reads=Reads.ENTRY,
)
def promise_has_session(facts: Facts) -> bool:
    """A warning: the next session may not be called yet."""
    return cast("Promise", facts.entry).session is not None


@guard(
    holds=Text("Có thời hạn mới", "The new time is given"),
    fails=Text("Chưa có thời hạn mới", "No new time is given"),
    mend=Text("Nhập ngày, quý, tháng hoặc sự kiện", "Give a date, quarter, month or event"),
    reads=Reads.ENTRY,
)
def longer_time_is_said(facts: Facts) -> bool:
    """An extension without a time would take the old one away and give none."""
    return cast("Timed", facts.entry).says_when


@guard(
    holds=Text("Có ngày rà soát lại", "A day of review is set"),
    fails=Text("Chưa có ngày rà soát lại", "No day of review is set"),
    mend=Text("Nhập ngày rà soát lại", "Give the day of review"),
    reads=Reads.ENTRY,
)
def shortfall_has_review(facts: Facts) -> bool:
    """A warning: what is not kept should be looked at again on a day."""
    return cast("Shortfall", facts.entry).review_on is not None


@guard(
    holds=Text("Thay thế một hồ sơ khác cùng loại", "It replaces another case of its kind"),
    fails=Text("Hồ sơ được thay thế là chính nó hoặc khác loại", "What it replaces is itself or of another kind"),
    mend=Text("Chọn hồ sơ được thay thế", "Choose the case that it replaces"),
    reads=Reads.ENTRY,
)
def replaces_another(facts: Facts) -> bool:
    """The chain shows which case came after which."""
    others = facts.reference.cases.values()
    return bool(others) and all(other.id != facts.case.id and other.kind == facts.case.kind for other in others)
