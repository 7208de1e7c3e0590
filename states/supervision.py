"""The life of a supervision (giám sát), from the programme to the end of what was recommended, as a table.

Sources: Law 87/2015/QH13 art. 58, 62, 67, 70, 71.1, 80, 81, 86, 89 (until 28/2/2026; the same numbers are unverified
under Law 121/2025/QH15). The supervised bodies stand in the event that sets up the team; each recommendation is a case
of its own that arises from the supervision. A supervision is late too: outline, programme and report have their clocks.
"""

from __future__ import annotations

from enum import StrEnum, unique

from states import entries as e
from states import guards as g
from states import supervising as s
from states import supervision_guards as sg
from states.corrections import AMEND, CORRECT, ENTRUST, UNDO
from states.lifecycle import SAME, Lifecycle, On, Proposes, Rated, State, Transition
from states.milestones import Milestone as M
from states.permissions import council_desk, council_side
from states.supervision_words import Supervisor
from states.text import Text
from states.vocabulary import Act, Decider, LinkKind, Named, Phase

SUPERVISION_KIND = "supervision"


@unique
class SV(StrEnum):
    """Where a supervision may be."""

    PLANNED = "planned"
    SET_UP = "set_up"
    ANNOUNCED = "announced"
    UNDER_WAY = "under_way"
    ENDED = "ended"
    REPORTED = "reported"
    CONCLUDED = "concluded"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    VOIDED = "voided"


_BEFORE = (SV.PLANNED, SV.SET_UP, SV.ANNOUNCED)
_TEAM = (SV.SET_UP, SV.ANNOUNCED, SV.UNDER_WAY)
_OPEN = (*_BEFORE, SV.UNDER_WAY, SV.ENDED, SV.REPORTED, SV.CONCLUDED)
_LIVING = (*_OPEN, SV.CLOSED, SV.CANCELLED)
_PAST = (g.day_is_not_in_the_future,)
_SCHEDULE = {
    "detail.planned_from": "planned_from",
    "detail.planned_to": "planned_to",
    "detail.planned_visits": "planned_visits",
}

# A table reads by rows.
# fmt: off
SUPERVISION = Lifecycle(
    kind=SUPERVISION_KIND,
    label=Text("Cuộc giám sát", "Supervision"),
    prefix="GS",
    start=SV.PLANNED,
    void=SV.VOIDED,
    rated=Rated(by="supervision_report", done=frozenset({SV.CLOSED}), apart=frozenset({SV.CANCELLED})),
    anchors={"supervision.starts": "planned_from", "supervision.ended": "ended_on"},
    circumstances={"supervisor": Supervisor},
    states={
        SV.PLANNED: State(Text("Trong chương trình", "In the programme"), Phase.INTAKE),
        SV.SET_UP: State(Text("Đã thành lập đoàn", "Team set up"), Phase.OUT),
        SV.ANNOUNCED: State(Text("Đã gửi chương trình làm việc", "Programme announced"), Phase.OUT),
        SV.UNDER_WAY: State(Text("Đang giám sát", "Under way"), Phase.OUT),
        SV.ENDED: State(Text("Đã kết thúc, chờ báo cáo", "Ended, report awaited"), Phase.OUT),
        SV.REPORTED: State(Text("Đã có báo cáo, chờ kết luận", "Reported, conclusion awaited"), Phase.JUDGING),
        SV.CONCLUDED: State(Text("Đã kết luận, đang theo dõi kiến nghị", "Concluded, followed up"), Phase.JUDGING),
        SV.CLOSED: State(Text("Đã kết thúc theo dõi", "Closed"), Phase.DONE, final=True),
        SV.CANCELLED: State(Text("Không tổ chức", "Not held"), Phase.DONE, final=True),
        SV.VOIDED: State(Text("Đã hủy do nhập nhầm", "Voided"), Phase.DONE, final=True),
    },
    transitions=(
        Transition(
            trigger="plan", source=(), target=SV.PLANNED, label=Text("Đưa vào chương trình", "Plan"),
            help=Text(
                "Cuộc giám sát theo chương trình, đột xuất hoặc giám sát lại.",
                "By the programme, out of turn, or once more.",
            ),
            who=council_side, needs=s.Supervising, when=(g.addressees_in_office, *_PAST),
            marks=(M.SUPERVISION_PLANNED,),
            names={"body": Named.AGENCY, "from_case": Named.CASE, "session": Named.SESSION},
            keeps={
                "detail.form": "form", "detail.supervisor": "supervisor", "detail.body_id": "body", **_SCHEDULE,
                "case.session_id": "session", "case.field": "field", "case.locality": "locality",
            },
            fixes={"detail.held_visits": 0}, links=LinkKind.ARISES_FROM,
        ),
        Transition(
            trigger="set_up_team", source=(SV.PLANNED,), target=SV.SET_UP,
            label=Text("Thành lập đoàn", "Set up the team"),
            help=Text(
                "Nghị quyết, quyết định thành lập đoàn; đề cương gửi trong thời hạn tính từ ngày này.",
                "The resolution or decision; the outline is due from this day on.",
            ),
            who=council_desk, needs=s.TeamSlip, decider=Decider.STANDING_BODY, when=(g.addressees_in_office, *_PAST),
            warns=(g.has_document, g.day_is_known), marks=(M.TEAM_SET_UP,), names={"bodies": Named.AGENCY},
            keeps={"detail.leader": "leader", **_SCHEDULE},
        ),
        Transition(
            trigger="send_outline", source=_TEAM, target=SAME, label=Text("Gửi đề cương", "Send the outline"),
            help=Text("Gửi đề cương báo cáo cho cơ quan chịu sự giám sát.", "To the supervised bodies."),
            who=council_desk, when=_PAST, warns=(g.has_document, g.day_is_known), marks=(M.OUTLINE_SENT,),
        ),
        Transition(
            trigger="announce_programme", source=(SV.SET_UP, SV.ANNOUNCED), target=SV.ANNOUNCED,
            label=Text("Thông báo chương trình làm việc", "Announce the programme"),
            help=Text("Lịch làm việc, gửi trước ngày bắt đầu.", "The schedule, before the first day."),
            who=council_desk, needs=s.Programme, when=_PAST, warns=(g.has_document, g.day_is_known),
            marks=(M.PROGRAMME_ANNOUNCED,), keeps=_SCHEDULE,
        ),
        Transition(
            trigger="record_visit", source=_TEAM, target=SV.UNDER_WAY,
            label=Text("Ghi buổi làm việc", "Record a visit"),
            help=Text("Một buổi làm việc đã tổ chức.", "One visit that was held."),
            who=council_desk, needs=s.Visit, when=(g.addressees_in_office, *_PAST), warns=(g.day_is_known,),
            names={"body": Named.AGENCY}, counts=("detail.held_visits",), marks=(M.SUPERVISION_VISIT,),
        ),
        Transition(
            trigger="end", source=_TEAM, target=SV.ENDED, label=Text("Ghi kết thúc giám sát", "End"),
            help=Text("Ngày kết thúc là mốc tính hạn báo cáo của đoàn.", "The team's report is due from this day on."),
            who=council_desk, needs=s.SupervisionEnd, when=(sg.end_has_come, *_PAST), marks=(M.SUPERVISION_ENDED,),
            keeps={"detail.ended_on": "ended_on"},
        ),
        Transition(
            trigger="receive_report", source=(*_TEAM, SV.ENDED), target=SV.REPORTED,
            label=Text("Nhận báo cáo giám sát", "Receive the report"),
            help=Text(
                "Ngày là ngày Thường trực HĐND nhận báo cáo của đoàn.", "The day on which the standing body got it."
            ),
            who=council_desk, needs=s.TeamReport, when=_PAST, warns=(g.has_document, g.day_is_known),
            marks=(M.SUPERVISION_REPORT_RECEIVED,), keeps={"detail.recommendations": "recommendations"},
        ),
        Transition(
            trigger="conclude", source=(SV.REPORTED,), target=SV.CONCLUDED, label=Text("Ban hành kết luận", "Conclude"),
            help=Text(
                "Số, ngày, hình thức; mỗi kiến nghị là một hồ sơ riêng.",
                "Number, date and form; each recommendation is a case of its own.",
            ),
            who=council_desk, needs=s.Conclusion, decider=Decider.STANDING_BODY,
            when=(g.decider_is_the_standing_body, *_PAST), warns=(g.has_document, g.day_is_known),
            marks=(M.CONCLUSION_ISSUED,),
            keeps={"detail.binding_force": "binding_force", "detail.recommendations": "recommendations"},
        ),
        Transition(
            trigger="close", source=(SV.CONCLUDED,), target=SV.CLOSED,
            label=Text("Kết thúc theo dõi", "Close"),
            help=Text(
                "Khi các kiến nghị đã thực hiện, hoặc không có kiến nghị.",
                "When its recommendations are done, or there are none.",
            ),
            who=council_desk, decider=Decider.STANDING_BODY, when=(g.decider_is_the_standing_body, *_PAST),
            marks=(M.CLOSED,), proposes=(Proposes("verify", On.ORIGINS), Proposes("judge", On.ORIGINS)),
        ),
        Transition(
            trigger="cancel", source=(*_BEFORE, SV.UNDER_WAY), target=SV.CANCELLED,
            label=Text("Không tổ chức", "Not held"),
            help=Text("Bỏ khỏi chương trình; nêu lý do.", "Dropped from the programme; the reason is given."),
            who=council_desk, needs=e.Because, decider=Decider.STANDING_BODY, when=_PAST, marks=(M.WITHDRAWN,),
        ),
        Transition(
            trigger="reopen", source=(SV.CLOSED, SV.CANCELLED), target=SV.PLANNED, label=Text("Mở lại", "Reopen"),
            help=Text("Cùng mã; nêu lý do.", "The same code; the reason is given."),
            who=council_desk, needs=e.Because, decider=Decider.STANDING_BODY, when=_PAST, marks=(M.REOPENED,),
        ),
        Transition(
            trigger="void", source=_LIVING, target=SV.VOIDED, label=Text("Hủy do nhập nhầm", "Void"),
            help=Text("Hồ sơ nhập nhầm; mã và lịch sử vẫn còn.", "Entered by mistake; code and history stay."),
            who=council_desk, needs=e.Because, act=Act.VOID, marks=(M.VOIDED,),
        ),
        *(row.on(_LIVING) for row in (ENTRUST, AMEND, CORRECT, UNDO)),
    ),
)
