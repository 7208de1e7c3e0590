"""The life of a meeting, as a table: sitting, giao ban, joint conference, questioning, hearing, reception of citizens.

Sources: Law 87/2015/QH13 art. 69 (questions between sessions) and 72 (hearings: notice at least 10 days before, more
than half of all members for the conclusion); Law 42/2013/QH13 art. 24 (the posted schedule of receptions); a commune's
own report: the reception on the 15th of each month, whose result is posted and sent to those who supervise. The law
makes the chair of the commune's committee receive on one day a week at least (art. 15): that is not this day.
"""

from __future__ import annotations

from enum import StrEnum, unique

from states import convening as c
from states import entries as e
from states import guards as g
from states import meeting_guards as m
from states.corrections import AMEND, CORRECT, ENTRUST, UNDO
from states.lifecycle import SAME, Lifecycle, Rated, State, Transition
from states.meeting_words import MeetingKind, ReportStage
from states.milestones import Milestone as M
from states.permissions import council_desk, council_side
from states.text import Text
from states.vocabulary import Act, Decider, LinkKind, Named, Phase

MEETING_KIND = "meeting"
ENTER_LINES = "enter_lines"


@unique
class H(StrEnum):
    """Where a meeting may be."""

    PLANNED = "planned"
    NOTIFIED = "notified"
    POSTPONED = "postponed"
    HELD = "held"
    NOBODY_CAME = "nobody_came"
    CONCLUDED = "concluded"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    VOIDED = "voided"


_COMING = (H.PLANNED, H.NOTIFIED, H.POSTPONED)
_OVER = (H.HELD, H.NOBODY_CAME, H.CONCLUDED)
_LIVING = (*_COMING, *_OVER, H.CLOSED, H.CANCELLED)
_PAST = (g.day_is_not_in_the_future,)

# A table reads by rows.
# fmt: off
MEETING = Lifecycle(
    kind=MEETING_KIND,
    label=Text("Phiên họp, hội nghị, tiếp công dân", "Meeting"),
    prefix="PH",
    start=H.PLANNED,
    void=H.VOIDED,
    rated=Rated(done=frozenset({H.CLOSED}), apart=frozenset({H.CANCELLED})),
    anchors={"meeting.day": "planned_on"},
    circumstances={"meeting_kind": MeetingKind, "report": ReportStage},
    states={
        H.PLANNED: State(Text("Đã lên lịch", "Planned"), Phase.INTAKE),
        H.NOTIFIED: State(Text("Đã thông báo, mời họp", "Notified"), Phase.OUT),
        H.POSTPONED: State(Text("Hoãn, chưa có ngày mới", "Postponed"), Phase.INTAKE),
        H.HELD: State(Text("Đã họp, chờ thông báo kết quả", "Held"), Phase.JUDGING),
        H.NOBODY_CAME: State(Text("Đã tiếp, không có công dân đến", "Held, nobody came"), Phase.JUDGING),
        H.CONCLUDED: State(Text("Đã thông báo kết quả, đang theo dõi", "Result notified"), Phase.OUT),
        H.CLOSED: State(Text("Kết thúc theo dõi", "Closed"), Phase.DONE, final=True),
        H.CANCELLED: State(Text("Đã hủy", "Cancelled"), Phase.DONE, final=True),
        H.VOIDED: State(Text("Đã hủy do nhập nhầm", "Voided"), Phase.DONE, final=True),
    },
    transitions=(
        Transition(
            trigger="plan", source=(), target=H.PLANNED, label=Text("Lên lịch", "Plan"),
            help=Text("Loại phiên họp, nội dung, ngày dự kiến.", "Its kind, matters and planned day."),
            who=council_side, needs=c.Meeting, decider=Decider.STANDING_BODY, when=_PAST, warns=(m.meeting_has_day,),
            marks=(M.MEETING_PLANNED,),
            names={"agency": Named.AGENCY, "session": Named.SESSION, "from_case": Named.CASE},
            keeps={
                "detail.meeting_kind": "meeting_kind", "detail.planned_on": "planned_on", "detail.month": "month",
                "detail.place": "place", "detail.agency_id": "agency", "case.session_id": "session",
                "case.field": "field",
            },
            fixes={"detail.nobody_came": False, "detail.tasks": 0, "detail.orientations": 0},
            links=LinkKind.ARISES_FROM,
        ),
        Transition(
            trigger="set_day", source=_COMING, target=H.PLANNED, label=Text("Đặt, dời ngày họp", "Set the day"),
            help=Text(
                "Ngày cũ vẫn còn trong nhật ký; phải thông báo lại.",
                "Every earlier day stays in the story; it is notified anew.",
            ),
            who=council_side, needs=c.NewDay, decider=Decider.STANDING_BODY, when=_PAST, marks=(M.MEETING_DAY_SET,),
            keeps={"detail.planned_on": "planned_on", "detail.place": "place"},
        ),
        Transition(
            trigger="postpone", source=(H.PLANNED, H.NOTIFIED), target=H.POSTPONED,
            label=Text("Hoãn, chưa có ngày mới", "Postpone"),
            help=Text("Nêu lý do; ngày mới ghi sau.", "The reason; the new day is set later."),
            who=council_side, needs=e.Because, decider=Decider.STANDING_BODY, when=_PAST,
            marks=(M.MEETING_POSTPONED,), fixes={"detail.planned_on": None},
        ),
        Transition(
            trigger="notify", source=(H.PLANNED,), target=H.NOTIFIED, label=Text("Thông báo, mời họp", "Notify"),
            help=Text(
                "Thông báo phiên giải trình, giấy mời, lịch tiếp công dân đã niêm yết.",
                "The notice of a hearing, the invitation, the posted schedule of a reception.",
            ),
            who=council_side, needs=c.Invitation, decider=Decider.STANDING_BODY, when=_PAST,
            warns=(g.has_document, g.day_is_known), marks=(M.MEETING_NOTIFIED,), keeps={"detail.invited": "invited"},
        ),
        Transition(
            trigger="notify", source=_OVER, target=SAME, label=Text("Thông báo, mời họp", "Notify"),
            help=Text("Ghi thông báo sau khi đã họp.", "The notice is recorded after the meeting."),
            who=council_side, needs=c.Invitation, decider=Decider.STANDING_BODY, when=_PAST,
            warns=(g.has_document, g.day_is_known), marks=(M.MEETING_NOTIFIED,), keeps={"detail.invited": "invited"},
        ),
        Transition(
            trigger="hold", source=_COMING, target=H.HELD, label=Text("Ghi đã họp", "Hold"),
            help=Text(
                "Ngày họp, người chủ trì, số dự, số nội dung; với tiếp công dân: số lượt, số đơn.",
                "Its day, chair, attendance and matters; of a reception people and letters.",
            ),
            who=council_side, needs=c.MeetingHeld, decider=Decider.STANDING_BODY, when=_PAST, warns=(g.day_is_known,),
            marks=(M.MEETING_HELD,),
            keeps={
                "detail.held_on": "on", "detail.place": "place", "detail.chair": "chair",
                "detail.members_present": "members_present", "detail.guests_present": "guests_present",
                "detail.agencies_present": "agencies_present", "detail.matters": "matters",
                "detail.speeches": "speeches", "detail.questions": "questions",
                "detail.people_received": "people_received", "detail.letters_received": "letters_received",
            },
        ),
        Transition(
            trigger="nobody_came", source=_COMING, target=H.NOBODY_CAME,
            label=Text("Ghi không có công dân đến", "Nobody came"),
            help=Text(
                "Buổi tiếp vẫn được tổ chức: khác với không tổ chức.",
                "The reception was held all the same: that is not the same as not held.",
            ),
            who=council_side, needs=c.NobodyCame, decider=Decider.STANDING_BODY, when=(m.is_a_reception, *_PAST),
            warns=(g.day_is_known,), marks=(M.MEETING_HELD, M.NOBODY_CAME),
            keeps={"detail.held_on": "on", "detail.place": "place", "detail.chair": "chair"},
            fixes={"detail.nobody_came": True, "detail.people_received": 0, "detail.letters_received": 0},
        ),
        Transition(
            trigger="draft_report", source=(*_COMING, H.HELD), target=SAME,
            label=Text("Trình dự thảo báo cáo tổng hợp", "Draft the compiled report"),
            help=Text("Dự thảo báo cáo tổng hợp kiến nghị cử tri trình hội nghị.", "What goes before the conference."),
            who=council_side, needs=c.CompiledReport, when=(m.is_a_joint_conference, *_PAST),
            marks=(M.COMPILATION_DRAFTED,), fixes={"detail.report": ReportStage.DRAFTED},
        ),
        Transition(
            trigger="adopt_report", source=(H.HELD, H.CONCLUDED), target=SAME,
            label=Text("Thông qua báo cáo tổng hợp", "Adopt the compiled report"),
            help=Text("Hội nghị liên tịch thông qua trước khi gửi.", "The conference adopts it before it is sent."),
            who=council_side, needs=c.CompiledReport, decider=Decider.STANDING_BODY,
            when=(m.is_a_joint_conference, *_PAST), marks=(M.COMPILATION_ADOPTED,),
            fixes={"detail.report": ReportStage.ADOPTED},
        ),
        Transition(
            trigger="send_report", source=(H.HELD, H.CONCLUDED), target=SAME,
            label=Text("Gửi báo cáo tổng hợp", "Send the compiled report"),
            help=Text("Báo cáo đã thông qua được gửi đi.", "The adopted report goes out."),
            who=council_side, needs=c.CompiledReport, decider=Decider.STANDING_BODY,
            when=(m.is_a_joint_conference, m.report_is_adopted, *_PAST), warns=(g.has_document,),
            marks=(M.COMPILATION_SENT,), fixes={"detail.report": ReportStage.SENT},
        ),
        Transition(
            trigger="conclude", source=(H.HELD, H.NOBODY_CAME), target=H.CONCLUDED,
            label=Text("Thông báo kết quả, kết luận", "Conclude"),
            help=Text(
                "Số, ngày thông báo; phiên giải trình ghi số tán thành trên tổng số thành viên.",
                "Number and date of the notice; of a hearing the votes out of all members.",
            ),
            who=council_desk, needs=c.MeetingResult, decider=Decider.STANDING_BODY,
            when=(m.hearing_is_concluded_by_more_than_half, *_PAST),
            warns=(g.has_document, m.reception_result_is_told), marks=(M.MEETING_CONCLUDED,),
            keeps={"detail.votes_for": "votes_for", "detail.members": "members"},
        ),
        Transition(
            trigger=ENTER_LINES, source=(H.CONCLUDED,), target=SAME,
            label=Text("Nhập từng dòng thông báo", "Enter the lines of the notice"),
            help=Text(
                "Dòng có sản phẩm thành nhiệm vụ; định hướng giữ làm văn bản và được đếm.",
                "Lines with a product become tasks; orientations stay text and are counted.",
            ),
            who=council_desk, needs=c.NoticeLines, decider=Decider.STANDING_BODY, when=_PAST,
            names={"tasks": Named.CASE},
            adds={"detail.tasks": "task_count", "detail.orientations": "orientation_count"}, carried=True,
        ),
        Transition(
            trigger="close", source=(H.CONCLUDED,), target=H.CLOSED, label=Text("Kết thúc theo dõi", "Close"),
            help=Text("Các việc sau phiên họp đã xong.", "What came of the meeting is done."),
            who=council_desk, decider=Decider.STANDING_BODY, when=_PAST, marks=(M.CLOSED,),
        ),
        Transition(
            trigger="reopen", source=(H.CLOSED,), target=H.CONCLUDED, label=Text("Mở lại", "Reopen"),
            help=Text("Cùng mã; nêu lý do.", "The same code; the reason is given."),
            who=council_desk, needs=e.Because, decider=Decider.STANDING_BODY, when=_PAST, marks=(M.REOPENED,),
        ),
        Transition(
            trigger="cancel", source=_COMING, target=H.CANCELLED, label=Text("Hủy", "Cancel"),
            help=Text("Không tổ chức nữa; nêu lý do.", "It is not held; the reason is given."),
            who=council_side, needs=e.Because, decider=Decider.STANDING_BODY, when=_PAST,
            marks=(M.MEETING_CANCELLED,),
        ),
        Transition(
            trigger="void", source=_LIVING, target=H.VOIDED, label=Text("Hủy do nhập nhầm", "Void"),
            help=Text("Hồ sơ nhập nhầm; mã và lịch sử vẫn còn.", "Entered by mistake; code and history stay."),
            who=council_desk, needs=e.Because, act=Act.VOID, marks=(M.VOIDED,),
        ),
        *(row.on(_LIVING) for row in (ENTRUST, AMEND, CORRECT, UNDO)),
    ),
)
