"""The conditions of moves of supervisions and recommendations."""

from __future__ import annotations

from typing import cast

from states.facts import Facts
from states.findings import Reads, guard
from states.supervising import Issue, SupervisionEnd, Verification
from states.supervision_words import Outcome
from states.text import Text


@guard(
    holds=Text("Có thời hạn, hoặc lý do không ấn định thời hạn", "A time is set, or the reason for none"),
    fails=Text(
        "Kiến nghị chưa có thời hạn (ngày, quý, sự kiện) và chưa nêu lý do không ấn định",
        "No time is set (date, quarter or event) and no reason is given for none",
    ),
    mend=Text("Nhập thời hạn, hoặc ghi lý do không ấn định thời hạn", "Give the time, or say why there is none"),
    reads=Reads.ENTRY,
)
def time_or_reason(facts: Facts) -> bool:
    """A recommendation without a time limit is not issued in silence."""
    issued = cast("Issue", facts.entry)
    return issued.says_when or issued.no_time_because is not None


@guard(
    holds=Text("Việc không có ngày hạn có ngày rà soát lại", "What has no due date has a day of review"),
    fails=Text("Không có ngày hạn và không có ngày rà soát lại: không có gì để nhắc", "Nothing will remind of it"),
    mend=Text("Nhập ngày rà soát lại", "Give the day of review"),
    reads=Reads.ENTRY,
)
def undated_has_review(facts: Facts) -> bool:
    """A warning: an event or a reason arms no clock."""
    issued = cast("Issue", facts.entry)
    return issued.due_on is not None or issued.review_on is not None


@guard(
    holds=Text("Kết quả: đã hoàn thành", "The outcome is: done"),
    fails=Text("Kết quả: chưa hoàn thành", "The outcome is: not done"),
    reads=Reads.ENTRY,
)
def outcome_is_done(facts: Facts) -> bool:
    """Only what is wholly done may be closed."""
    return cast("Verification", facts.entry).outcome is Outcome.DONE


@guard(
    holds=Text("Kết quả: chưa hoàn thành", "The outcome is: not done"),
    fails=Text("Kết quả: đã hoàn thành", "The outcome is: done"),
    reads=Reads.ENTRY,
)
def outcome_is_short(facts: Facts) -> bool:
    """The exact opposite of `outcome_is_done`."""
    return cast("Verification", facts.entry).outcome is not Outcome.DONE


@guard(
    holds=Text("Việc hoàn thành có minh chứng", "What is done has its evidence"),
    fails=Text("Chưa có minh chứng hoàn thành", "The evidence is missing"),
    mend=Text("Nêu văn bản, biên bản nghiệm thu hoặc ảnh", "Name the paper, acceptance minute or picture"),
    reads=Reads.ENTRY,
)
def done_has_evidence(facts: Facts) -> bool:
    """A report ("đã thực hiện") is no evidence."""
    return bool(cast("Verification", facts.entry).evidence)


@guard(
    holds=Text("Có ngày rà soát lại", "A day of review is set"),
    fails=Text("Chưa có ngày rà soát lại", "No day of review is set"),
    mend=Text("Nhập ngày rà soát lại", "Give the day of review"),
    reads=Reads.ENTRY,
)
def finding_has_review(facts: Facts) -> bool:
    """A warning: what is not done is looked at again on a day."""
    return cast("Verification", facts.entry).review_on is not None


@guard(
    holds=Text("Ngày kết thúc không ở tương lai", "The end is not in the future"),
    fails=Text("Ngày kết thúc giám sát ở tương lai", "The supervision ends in the future"),
    mend=Text("Kiểm tra lại ngày, tháng, năm", "Check day, month and year"),
    reads=Reads.ENTRY,
)
def end_has_come(facts: Facts) -> bool:
    """The end of a supervision is recorded when it has come; the plan is another field."""
    return cast("SupervisionEnd", facts.entry).ended_on <= facts.today
