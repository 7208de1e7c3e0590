"""The conditions of moves of meetings, in the words of the office."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from states.facts import Facts
from states.findings import Reads, guard
from states.meeting_words import MeetingKind, ReportStage
from states.text import Text

if TYPE_CHECKING:
    from states.convening import Meeting, MeetingResult


@guard(
    holds=Text("Là buổi tiếp công dân", "It is a reception"),
    fails=Text("Không phải buổi tiếp công dân", "It is no reception"),
    mend=Text("Với phiên họp khác, ghi đã họp hoặc hủy", "Record another meeting as held or cancelled"),
)
def is_a_reception(facts: Facts) -> bool:
    """Only of a reception is it a fact that nobody came."""
    return facts.case.detail.get("meeting_kind") == MeetingKind.RECEPTION


@guard(
    holds=Text("Là hội nghị liên tịch", "It is a joint conference"),
    fails=Text("Không phải hội nghị liên tịch", "It is no joint conference"),
    mend=Text("Báo cáo tổng hợp thông qua tại hội nghị liên tịch", "A joint conference adopts the compiled report"),
)
def is_a_joint_conference(facts: Facts) -> bool:
    """The compiled report of petitions goes before the joint conference, before it is sent."""
    return facts.case.detail.get("meeting_kind") == MeetingKind.JOINT_CONFERENCE


@guard(
    holds=Text("Báo cáo tổng hợp đã thông qua", "The compiled report is adopted"),
    fails=Text("Báo cáo tổng hợp chưa thông qua, hoặc đã gửi", "The compiled report is not adopted, or sent already"),
    mend=Text("Ghi việc hội nghị thông qua trước", "Record first that the conference adopted it"),
)
def report_is_adopted(facts: Facts) -> bool:
    """Draft, adopted, sent: in this order."""
    return facts.case.detail.get("report") == ReportStage.ADOPTED


@guard(
    holds=Text("Kết luận phiên giải trình được quá nửa thành viên tán thành", "More than half of all members agreed"),
    fails=Text(
        "Kết luận phiên giải trình phải được quá nửa tổng số thành viên Thường trực HĐND tán thành",
        "The conclusion of a hearing needs the votes of more than half of all members",
    ),
    mend=Text("Nhập số tán thành và tổng số thành viên", "Give the votes and the number of all members"),
    reads=Reads.ENTRY,
)
def hearing_is_concluded_by_more_than_half(facts: Facts) -> bool:
    """Law 87/2015/QH13, art. 72; other meetings conclude as they do."""
    if facts.case.detail.get("meeting_kind") != MeetingKind.EXPLANATION_HEARING:
        return True
    said = cast("MeetingResult", facts.entry)
    return said.votes_for is not None and said.members is not None and 2 * said.votes_for > said.members


@guard(
    holds=Text("Có ngày dự kiến", "Its day is planned"),
    fails=Text("Chưa có ngày dự kiến: chưa tính được hạn thông báo", "No day is planned: no notice is due yet"),
    mend=Text("Ghi ngày họp khi đã có lịch", "Set the day once it is known"),
    reads=Reads.ENTRY,
)
def meeting_has_day(facts: Facts) -> bool:
    """A warning: a hearing may be decided before its day is."""
    return cast("Meeting", facts.entry).planned_on is not None


@guard(
    holds=Text("Kết quả tiếp công dân đã niêm yết, đã gửi", "The result of the reception is posted and sent"),
    fails=Text(
        "Kết quả tiếp công dân chưa niêm yết, hoặc chưa gửi Thường trực HĐND và Mặt trận",
        "The result of the reception is not posted, or not sent to the standing body and the Front",
    ),
    mend=Text("Đánh dấu nơi đã niêm yết, đã gửi", "Mark where it was posted and sent"),
    reads=Reads.ENTRY,
)
def reception_result_is_told(facts: Facts) -> bool:
    """A warning: the result is posted at the office and on the portal, and sent to those who supervise."""
    if facts.case.detail.get("meeting_kind") != MeetingKind.RECEPTION:
        return True
    said = cast("MeetingResult", facts.entry)
    return said.posted and said.copied_to_standing_body and said.copied_to_front
