"""A voter-contact round: its plan, the Front's, its form, what its report states. Its meetings are cases of their own.

Plan: at least 30 days before a regular session, at most 20 days after it (seed regulation of 2021).
"""

from __future__ import annotations

from enum import StrEnum, unique

from states import contact_guards as c
from states import contacting as t
from states import entries as e
from states import guards as g
from states.corrections import AMEND, CORRECT, ENTRUST, UNDO
from states.lifecycle import SAME, Lifecycle, Rated, State, Transition
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
_COUNTED = (c.opinions_add_up, c.explanations_are_judged)
_KEEPS_COUNTS = {**t.KEEPS_COUNTS, "detail.meetings": "meetings"}

# A table reads by rows.
# fmt: off
CONTACT_ROUND = Lifecycle(
    kind=CONTACT_ROUND_KIND,
    label=Text("Đợt tiếp xúc cử tri", "Voter-contact round"),
    prefix="TX",
    start=C.OPENED,
    void=C.VOIDED,
    rated=Rated(done=frozenset({C.COMPILED}), apart=frozenset({C.CANCELLED})),
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
            who=council_side, needs=t.OpenRound, marks=(M.ROUND_OPENED,),
            names={"session": Named.SESSION},
            keeps={
                "detail.name": "name", "detail.round_kind": "round_kind", "case.session_id": "session",
                "detail.form": "form", "detail.mode": "mode", "detail.theme": "theme",
            },
        ),
        Transition(
            trigger="issue_plan", source=(C.OPENED,), target=C.PLANNED,
            label=Text("Ban hành kế hoạch", "Issue the plan"),
            help=Text("Thống nhất với Ban Thường trực UBMTTQ.", "Agreed with the Front's standing board."),
            who=council_side, needs=t.Plan, decider=Decider.STANDING_BODY,
            when=(g.has_document, *_PAST), warns=(g.day_is_known,),
            marks=(M.PLAN_ISSUED,), keeps={"detail.first_day": "first_day", "detail.last_day": "last_day"},
        ),
        Transition(
            trigger="issue_plan", source=(C.HELD, C.COMPILED), target=SAME,
            label=Text("Ban hành kế hoạch", "Issue the plan"),
            help=Text("Ghi kế hoạch sau khi đã tổ chức.", "The plan is recorded after the round was held."),
            who=council_side, needs=t.Plan, decider=Decider.STANDING_BODY,
            when=(g.has_document, *_PAST), warns=(g.day_is_known,),
            marks=(M.PLAN_ISSUED,), keeps={"detail.first_day": "first_day", "detail.last_day": "last_day"},
        ),
        Transition(
            trigger="record_front_plan", source=(C.OPENED, C.PLANNED, C.HELD, C.COMPILED), target=SAME,
            label=Text("Ghi kế hoạch của Mặt trận", "Record the Front's plan"),
            help=Text("Số, ngày kế hoạch của Ban Thường trực UBMTTQ.", "Number and day of the Front's plan."),
            who=council_side, needs=t.FrontPlan, when=_PAST, warns=(g.has_document, g.day_is_known),
            marks=(M.FRONT_PLAN_RECEIVED,),
        ),
        Transition(
            trigger="change_form", source=(C.OPENED, C.PLANNED), target=SAME,
            label=Text("Đổi hình thức", "Change the form"),
            help=Text(
                "Thường trực HĐND quyết định cách khác để tổng hợp ý kiến cử tri.",
                "The standing body decides on another way to hear the voters.",
            ),
            who=council_side, needs=t.OtherForm, decider=Decider.STANDING_BODY,
            when=(g.decider_is_the_standing_body, *_PAST), keeps={"detail.form": "form", "detail.mode": "mode"},
        ),
        Transition(
            trigger="hold", source=(C.OPENED, C.PLANNED), target=C.HELD, label=Text("Ghi đã tổ chức", "Hold"),
            help=Text("Số hội nghị, lượt đại biểu, lượt cử tri, số ý kiến.", "Meetings, deputies, voters, opinions."),
            who=council_side, needs=t.RoundCounts, when=_PAST, warns=(g.day_is_known, *_COUNTED),
            marks=(M.ROUND_HELD,), keeps=_KEEPS_COUNTS,
        ),
        Transition(
            trigger="send_compilation", source=(C.HELD,), target=C.COMPILED,
            label=Text("Gửi báo cáo tổng hợp", "Send the compiled report"),
            help=Text("Báo cáo tổng hợp đã gửi, với số liệu ghi trong đó.", "Sent, with the figures that it states."),
            who=council_side, needs=t.RoundCounts, when=_PAST, warns=(g.day_is_known, *_COUNTED),
            marks=(M.COMPILATION_SENT,), keeps=_KEEPS_COUNTS,
        ),
        Transition(
            trigger="state_figures", source=(C.HELD, C.COMPILED), target=SAME,
            label=Text("Ghi số liệu đính chính", "Put the figures right"),
            help=Text("Báo cáo đính chính; số cũ vẫn trong nhật ký.", "A corrected report; the old figures stay told."),
            who=council_side, needs=t.RoundCounts, when=_PAST, warns=(g.has_document, *_COUNTED),
            keeps=_KEEPS_COUNTS,
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
