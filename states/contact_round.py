"""A voter-contact round and its plan: the second kind, to prove that the engine knows no petitions.

Plan: at least 30 days before a regular session, at most 20 days after it (seed regulation of 2021).
"""

from __future__ import annotations

from enum import StrEnum, unique

from states import entries as e
from states import guards as g
from states.corrections import AMEND, CORRECT, ENTRUST, UNDO
from states.lifecycle import SAME, Lifecycle, State, Transition
from states.milestones import Milestone as M
from states.permissions import council_desk, council_side
from states.text import Text
from states.vocabulary import Act, Decider, Named, Phase

CONTACT_ROUND_KIND = "contact_round"


@unique
class C(StrEnum):
    """Where a round may be."""

    OPENED = "opened"
    PLANNED = "planned"
    HELD = "held"
    COMPILED = "compiled"
    CANCELLED = "cancelled"
    VOIDED = "voided"


_LIVING = (C.OPENED, C.PLANNED, C.HELD, C.COMPILED, C.CANCELLED)
_PAST = (g.day_is_not_in_the_future,)

# A table reads by rows.
# fmt: off
CONTACT_ROUND = Lifecycle(
    kind=CONTACT_ROUND_KIND,
    label=Text("Đợt tiếp xúc cử tri", "Voter-contact round"),
    prefix="TX",
    start=C.OPENED,
    void=C.VOIDED,
    states={
        C.OPENED: State(Text("Chờ kế hoạch", "Opened"), Phase.INTAKE),
        C.PLANNED: State(Text("Đã ban hành kế hoạch", "Planned"), Phase.OUT),
        C.HELD: State(Text("Đã tổ chức, chờ tổng hợp", "Held"), Phase.OUT),
        C.COMPILED: State(Text("Đã gửi báo cáo tổng hợp", "Compiled"), Phase.DONE, final=True),
        C.CANCELLED: State(Text("Đã hủy", "Cancelled"), Phase.DONE, final=True),
        C.VOIDED: State(Text("Đã hủy do nhập nhầm", "Voided"), Phase.DONE, final=True),
    },
    transitions=(
        Transition(
            trigger="open", source=(), target=C.OPENED, label=Text("Mở đợt", "Open"),
            help=Text("Mở một đợt tiếp xúc cử tri.", "Opens a voter-contact round."),
            who=council_side, needs=e.OpenRound, marks=(M.ROUND_OPENED,),
            names={"session": Named.SESSION},
            keeps={"detail.name": "name", "detail.round_kind": "round_kind", "case.session_id": "session"},
        ),
        Transition(
            trigger="issue_plan", source=(C.OPENED,), target=C.PLANNED,
            label=Text("Ban hành kế hoạch", "Issue the plan"),
            help=Text("Thống nhất với Ban Thường trực UBMTTQ.", "Agreed with the Front's standing board."),
            who=council_side, needs=e.Plan, decider=Decider.STANDING_BODY,
            when=(g.has_document, *_PAST), warns=(g.day_is_known,),
            marks=(M.PLAN_ISSUED,), keeps={"detail.first_day": "first_day", "detail.last_day": "last_day"},
        ),
        Transition(
            trigger="issue_plan", source=(C.HELD, C.COMPILED), target=SAME,
            label=Text("Ban hành kế hoạch", "Issue the plan"),
            help=Text("Ghi kế hoạch sau khi đã tổ chức.", "The plan is recorded after the round was held."),
            who=council_side, needs=e.Plan, decider=Decider.STANDING_BODY,
            when=(g.has_document, *_PAST), warns=(g.day_is_known,),
            marks=(M.PLAN_ISSUED,), keeps={"detail.first_day": "first_day", "detail.last_day": "last_day"},
        ),
        Transition(
            trigger="hold", source=(C.OPENED, C.PLANNED), target=C.HELD, label=Text("Ghi đã tổ chức", "Hold"),
            help=Text("Số hội nghị, lượt cử tri, số ý kiến.", "Meetings, attendance and opinions."),
            who=council_side, needs=e.Held, when=_PAST, warns=(g.day_is_known,), marks=(M.ROUND_HELD,),
            keeps={
                "detail.meetings": "meetings", "detail.attendance_count": "attendance_count",
                "detail.opinion_count": "opinion_count",
            },
        ),
        Transition(
            trigger="send_compilation", source=(C.HELD,), target=C.COMPILED,
            label=Text("Gửi báo cáo tổng hợp", "Send the compiled report"),
            help=Text("Báo cáo tổng hợp đã gửi.", "The compiled report has been sent."),
            who=council_side, when=_PAST, warns=(g.day_is_known,), marks=(M.COMPILATION_SENT,),
        ),
        Transition(
            trigger="cancel", source=(C.OPENED, C.PLANNED), target=C.CANCELLED, label=Text("Hủy đợt", "Cancel"),
            help=Text("Thiên tai, dịch bệnh hoặc lý do khác.", "Disaster, epidemic or another reason."),
            who=council_side, needs=e.Because, marks=(M.ROUND_CANCELLED,),
        ),
        Transition(
            trigger="void", source=_LIVING, target=C.VOIDED, label=Text("Hủy do nhập nhầm", "Void"),
            help=Text("Hồ sơ nhập nhầm; mã và lịch sử vẫn còn.", "Entered by mistake; code and history stay."),
            who=council_desk, needs=e.Because, act=Act.VOID,
            marks=(M.VOIDED,),
        ),
        *(row.on(_LIVING) for row in (ENTRUST, AMEND, CORRECT, UNDO)),
    ),
)
