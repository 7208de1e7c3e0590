"""The life of a recommendation after supervision (kiến nghị sau giám sát), as a table.

Sources: Law 87/2015/QH13 art. 7, 8.3, 62.4, 71, 81, 89, and Law 121/2025/QH15 art. 40 (unverified). It goes to one or
several bodies as referrals; a file is not finished when the conclusion is issued but when the recommendation is done.
What is partly done, or not, stays open and is asked after, explained, and taken further.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum, unique

from states import entries as e
from states import guards as g
from states import supervising as s
from states import supervision_guards as sg
from states.corrections import AMEND, CORRECT, ENTRUST, UNDO
from states.lifecycle import SAME, FollowRule, Follows, Lifecycle, On, Proposes, Rated, State, Transition
from states.milestones import Milestone as M
from states.permissions import council_desk, council_side
from states.promising import LongerTime
from states.raising import raised_from
from states.referral import REFERRAL, R
from states.text import Text
from states.vocabulary import Act, Decider, LinkKind, Named, Phase

RECOMMENDATION_KIND = "recommendation"


@unique
class RC(StrEnum):
    """Where a recommendation may be."""

    PROPOSED = "proposed"
    CONSIDERED = "considered"
    ISSUED = "issued"
    RECONSIDERATION = "reconsideration_requested"
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    REPORTED = "reported"
    SHORTFALL = "shortfall"
    VERIFIED = "verified"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    VOIDED = "voided"


_OUT = (RC.ISSUED, RC.PLANNED, RC.IN_PROGRESS, RC.REPORTED, RC.SHORTFALL)
_OPEN = (RC.PROPOSED, RC.CONSIDERED, RC.RECONSIDERATION, *_OUT, RC.VERIFIED)
_LIVING = (*_OPEN, RC.CLOSED, RC.WITHDRAWN)
_PAST = (g.day_is_not_in_the_future,)
_BY_STANDING_BODY = (g.decider_is_the_standing_body, *_PAST)
_JUDGED = (g.decider_is_not_the_answerer, *_PAST)


def _nobody_left(states: Sequence[str]) -> bool:
    return all(state in g.ENDED_REFERRALS for state in states)


def _all_reported(states: Sequence[str]) -> bool:
    return all(state in g.ENDED_REFERRALS | {R.ANSWERED, R.ACCEPTED} for state in states)


def _some_at_work(states: Sequence[str]) -> bool:
    return any(state in {R.IN_PROGRESS, R.SENT_BACK, R.ANSWERED, R.ACCEPTED} for state in states)


def _some_planned(states: Sequence[str]) -> bool:
    return R.ASSIGNED in states


def _always(_: Sequence[str]) -> bool:
    return True


_MOVING = frozenset({RC.ISSUED, RC.PLANNED, RC.IN_PROGRESS, RC.REPORTED})

# A table reads by rows.
# fmt: off
RECOMMENDATION = Lifecycle(
    kind=RECOMMENDATION_KIND,
    label=Text("Kiến nghị sau giám sát", "Recommendation after supervision"),
    prefix="KG",
    start=RC.PROPOSED,
    void=RC.VOIDED,
    referral=REFERRAL,
    rated=Rated(by="implementation", done=frozenset({RC.VERIFIED, RC.CLOSED}), apart=frozenset({RC.WITHDRAWN})),
    states={
        RC.PROPOSED: State(Text("Đoàn giám sát đề xuất", "Proposed by the team"), Phase.INTAKE),
        RC.CONSIDERED: State(Text("Thường trực HĐND đã xem xét", "Considered"), Phase.INTAKE),
        RC.ISSUED: State(Text("Đã ban hành", "Issued"), Phase.OUT),
        RC.RECONSIDERATION: State(Text("Đang xem xét lại theo đề nghị", "To be reconsidered"), Phase.OUT),
        RC.PLANNED: State(Text("Đã có kế hoạch thực hiện", "Planned"), Phase.OUT),
        RC.IN_PROGRESS: State(Text("Đang thực hiện", "In progress"), Phase.OUT),
        RC.REPORTED: State(Text("Đã báo cáo kết quả, chờ kiểm tra", "Reported"), Phase.JUDGING),
        RC.SHORTFALL: State(Text("Đã kiểm tra, chưa hoàn thành", "Verified: not done"), Phase.OUT),
        RC.VERIFIED: State(Text("Đã kiểm tra, hoàn thành", "Verified: done"), Phase.JUDGING),
        RC.CLOSED: State(Text("Đã kết thúc", "Closed"), Phase.DONE, final=True),
        RC.WITHDRAWN: State(Text("Đã thu hồi, thay thế", "Withdrawn"), Phase.DONE, final=True),
        RC.VOIDED: State(Text("Đã hủy do nhập nhầm", "Voided"), Phase.DONE, final=True),
    },
    follows=Follows(
        rules=(
            FollowRule(
                Text("Không còn cơ quan nào đang nhận: về xem xét", "No addressee left: back to consideration"),
                _MOVING | {RC.SHORTFALL}, RC.CONSIDERED, _nobody_left,
            ),
            FollowRule(
                Text("Mọi cơ quan đã báo cáo kết quả", "All bodies have reported"),
                _MOVING, RC.REPORTED, _all_reported, marks=(M.RECOMMENDATION_REPORTED,),
            ),
            FollowRule(
                Text("Đã kiểm tra, không cơ quan nào còn phải báo cáo", "Verified, and nobody reports anew"),
                frozenset({RC.SHORTFALL}), RC.SHORTFALL, _all_reported,
            ),
            FollowRule(
                Text("Có cơ quan đang thực hiện", "A body is at work"),
                _MOVING | {RC.SHORTFALL}, RC.IN_PROGRESS, _some_at_work,
            ),
            FollowRule(Text("Đã giao đơn vị chủ trì", "A body has its plan"), _MOVING, RC.PLANNED, _some_planned),
            FollowRule(Text("Chưa cơ quan nào bắt đầu", "No body has begun"), _MOVING, RC.ISSUED, _always),
        ),
    ),
    transitions=(
        Transition(
            trigger="propose", source=(), target=RC.PROPOSED, label=Text("Ghi kiến nghị đề xuất", "Propose"),
            help=Text(
                "Kiến nghị trong báo cáo của đoàn giám sát, kể cả đoàn cấp trên gửi đến.",
                "As in the report of the team; also those of higher councils' teams addressed here.",
            ),
            who=council_side, needs=s.Recommending, when=_PAST, marks=(M.RECOMMENDATION_PROPOSED,),
            names={"from_case": Named.CASE, "session": Named.SESSION},
            keeps={
                "detail.supervisor": "supervisor", "detail.place": "place", "case.session_id": "session",
                "case.field": "field", "case.locality": "locality",
            },
            fixes={"detail.times_extended": 0, "detail.times_asked": 0}, links=LinkKind.ARISES_FROM,
        ),
        Transition(
            trigger="consider", source=(RC.PROPOSED,), target=RC.CONSIDERED,
            label=Text("Ghi đã xem xét", "Consider"),
            help=Text("Thường trực HĐND xem xét báo cáo giám sát.", "The standing body considers the report."),
            who=council_desk, decider=Decider.STANDING_BODY, when=_PAST,
        ),
        Transition(
            trigger="issue", source=(RC.PROPOSED, RC.CONSIDERED), target=RC.ISSUED, label=Text("Ban hành", "Issue"),
            help=Text(
                "Gửi một hoặc nhiều cơ quan; có thời hạn, hoặc nêu lý do không ấn định.",
                "To one or several bodies; with a time, or with the reason for none.",
            ),
            who=council_desk, needs=s.Issue, decider=Decider.STANDING_BODY,
            when=(
                sg.time_or_reason, g.addressees_in_office, g.addressees_are_new, g.judge_is_not_the_addressee, *_PAST,
            ),
            warns=(g.has_document, g.day_is_known, sg.undated_has_review),
            marks=(M.RECOMMENDATION_ISSUED,), opens=True, names={"addressees": Named.AGENCY},
            keeps={
                "detail.binding_force": "binding_force", "detail.place": "place", "detail.due_words": "due_words",
            },
        ),
        Transition(
            trigger="request_reconsideration", source=_OUT, target=RC.RECONSIDERATION,
            label=Text("Ghi đề nghị xem xét lại", "Request reconsideration"),
            help=Text(
                "Cơ quan chịu sự giám sát hoặc cấp trên đề nghị; thời hạn vẫn chạy.",
                "The supervised body or its superior asks; time goes on running.",
            ),
            who=council_desk, needs=s.Reconsideration, when=_PAST, marks=(M.RECONSIDERATION_REQUESTED,),
        ),
        Transition(
            trigger="end_reconsideration", source=(RC.RECONSIDERATION,), target=RC.ISSUED,
            label=Text("Ghi kết quả xem xét lại", "Decide on reconsideration"),
            help=Text(
                "Giữ nguyên hoặc điều chỉnh; thu hồi thì dùng «Thu hồi».",
                "It stands or is amended; to take it back, withdraw it.",
            ),
            who=council_desk, needs=s.ReconsiderationEnd, decider=Decider.STANDING_BODY, when=_BY_STANDING_BODY,
            marks=(M.RECONSIDERATION_DECIDED,),
        ),
        Transition(
            trigger="extend", source=_OUT, target=SAME, label=Text("Gia hạn", "Extend"),
            help=Text("Thời hạn cũ vẫn còn trong nhật ký.", "Every earlier time stays in the story."),
            who=council_desk, needs=LongerTime, decider=Decider.STANDING_BODY,
            when=(g.longer_time_is_said, *_BY_STANDING_BODY), marks=(M.RECOMMENDATION_EXTENDED,),
            keeps={"detail.due_words": "due_words"}, counts=("detail.times_extended",),
        ),
        Transition(
            trigger="verify", source=_OUT, target=RC.VERIFIED, label=Text("Ghi kết quả kiểm tra", "Verify"),
            help=Text(
                "Ban hoặc Thường trực HĐND kiểm tra việc thực hiện.", "By the standing body or its committee."
            ),
            who=council_desk, needs=s.Verification, decider=Decider.STANDING_BODY,
            when=(sg.outcome_is_done, sg.done_has_evidence, *_JUDGED), warns=(g.all_have_answered,),
            marks=(M.RECOMMENDATION_DONE,), keeps={"detail.outcome": "outcome"},
            proposes=(Proposes("close"),),
        ),
        Transition(
            trigger="verify", source=_OUT, target=RC.SHORTFALL, label=Text("Ghi kết quả kiểm tra", "Verify"),
            help=Text(
                "Ban hoặc Thường trực HĐND kiểm tra việc thực hiện.", "By the standing body or its committee."
            ),
            who=council_desk, needs=s.Verification, decider=Decider.STANDING_BODY,
            when=(sg.outcome_is_short, *_JUDGED), warns=(sg.finding_has_review,),
            marks=(M.RECOMMENDATION_NOT_DONE,), keeps={"detail.outcome": "outcome"},
            proposes=(Proposes("request_explanation"),),
        ),
        Transition(
            trigger="request_explanation", source=_OUT, target=SAME,
            label=Text("Yêu cầu giải trình do chưa thực hiện", "Request an explanation"),
            help=Text(
                "Yêu cầu bằng văn bản; thời hạn chỉ chạy khi cơ quan nhận.",
                "In writing; time runs only from its receipt.",
            ),
            who=council_desk, needs=s.ExplanationRequest, decider=Decider.STANDING_BODY, when=_BY_STANDING_BODY,
            warns=(g.has_document,), marks=(M.EXPLANATION_REQUESTED,), counts=("detail.times_asked",),
        ),
        Transition(
            trigger="receive_explanation_request", source=_OUT, target=SAME,
            label=Text("Ghi ngày nhận yêu cầu giải trình", "Receipt of the request"),
            help=Text("Ngày đến là mốc bắt đầu thời hạn giải trình.", "Its day starts the clock."),
            who=council_desk, needs=s.ExplanationReceipt, when=_PAST, warns=(g.day_is_known,),
            marks=(M.EXPLANATION_REQUEST_RECEIVED,),
        ),
        Transition(
            trigger="extend_explanation", source=_OUT, target=SAME,
            label=Text("Gia hạn giải trình", "Extend the explanation"),
            help=Text("Việc phức tạp: không quá 30 ngày.", "A complex matter: at most 30 days in all."),
            who=council_desk, needs=s.LongerExplanation, decider=Decider.STANDING_BODY, when=_BY_STANDING_BODY,
            marks=(M.EXPLANATION_EXTENDED,),
        ),
        Transition(
            trigger="record_explanation", source=_OUT, target=SAME,
            label=Text("Ghi văn bản giải trình", "Record the explanation"),
            help=Text(
                "Ngày là ngày Thường trực HĐND nhận văn bản; kiến nghị vẫn mở.",
                "The day on which the standing body received it; the recommendation stays open.",
            ),
            who=council_desk, needs=s.Explanation, when=_PAST, warns=(g.has_document, g.day_is_known),
            marks=(M.EXPLANATION_RECEIVED,),
        ),
        Transition(
            trigger="escalate", source=_OUT, target=SAME, label=Text("Nâng lên", "Escalate"),
            help=Text(
                "Chất vấn, giám sát lại, phiên giải trình, báo cáo HĐND; nối với hồ sơ mới.",
                "To a question, supervision once more, a hearing, a report to the council; joined to the new case.",
            ),
            who=council_desk, needs=s.Raised, decider=Decider.STANDING_BODY, when=_BY_STANDING_BODY,
            marks=(M.ESCALATED,), names={"into": Named.CASE}, links=LinkKind.ESCALATED_TO,
        ),
        Transition(
            trigger="replace", source=(RC.PROPOSED, RC.CONSIDERED, *_OUT), target=SAME,
            label=Text("Ghi thay thế kiến nghị khác", "Replace another"),
            help=Text("Kiến nghị trước được đề xuất thu hồi.", "To withdraw the earlier one is proposed."),
            who=council_desk, needs=s.Replacing, decider=Decider.STANDING_BODY,
            when=(g.replaces_another, *_BY_STANDING_BODY),
            names={"replaces": Named.CASE}, links=LinkKind.SUPERSEDES, proposes=(Proposes("withdraw", On.ORIGINS),),
        ),
        *raised_from(_OUT),
        Transition(
            trigger="close", source=(RC.VERIFIED,), target=RC.CLOSED, label=Text("Kết thúc", "Close"),
            help=Text("Chỉ khi đã kiểm tra là hoàn thành.", "Only what was verified as done."),
            who=council_desk, decider=Decider.STANDING_BODY,
            when=(g.decider_is_the_standing_body, *_JUDGED), marks=(M.CLOSED,), each_referral="recall",
            proposes=(Proposes("close", On.ORIGINS), Proposes("judge", On.ORIGINS)),
        ),
        Transition(
            trigger="withdraw", source=_OPEN, target=RC.WITHDRAWN, label=Text("Thu hồi", "Withdraw"),
            help=Text(
                "Thu hồi hoặc có kiến nghị khác thay thế; nêu lý do.", "Taken back or replaced; the reason is given."
            ),
            who=council_desk, needs=e.Because, decider=Decider.STANDING_BODY, when=_BY_STANDING_BODY,
            marks=(M.WITHDRAWN,), each_referral="recall",
        ),
        Transition(
            trigger="reopen", source=(RC.CLOSED, RC.WITHDRAWN, RC.VERIFIED), target=RC.CONSIDERED,
            label=Text("Mở lại", "Reopen"),
            help=Text("Cùng mã; ban hành lại với thời hạn mới.", "The same code; issued anew with a new time."),
            who=council_desk, needs=e.Because, decider=Decider.STANDING_BODY, when=_PAST, marks=(M.REOPENED,),
            fixes={"detail.outcome": None}, each_referral="set_aside",
        ),
        Transition(
            trigger="void", source=_LIVING, target=RC.VOIDED, label=Text("Hủy do nhập nhầm", "Void"),
            help=Text("Hồ sơ nhập nhầm; mã và lịch sử vẫn còn.", "Entered by mistake; code and history stay."),
            who=council_desk, needs=e.Because, act=Act.VOID, marks=(M.VOIDED,), each_referral="recall",
        ),
        *(row.on(_LIVING) for row in (ENTRUST, AMEND, CORRECT, UNDO)),
    ),
)
