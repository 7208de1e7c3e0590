"""The life of a deputy group's opinion before a session, as a table.

Seed regulation of 2021: what deputies ask at the meeting of their group is explained in a report at least one day
before the session opens. It is a source of its own and is never counted as a petition of voters.
"""

from __future__ import annotations

from enum import StrEnum, unique

from states import entries as e
from states import guards as g
from states import opining as o
from states import opinion_guards as og
from states.corrections import AMEND, CORRECT, ENTRUST, UNDO
from states.lifecycle import SAME, Lifecycle, Rated, State, Transition
from states.milestones import Milestone as M
from states.permissions import council_desk, council_side
from states.raising import raised_from
from states.text import Text
from states.vocabulary import Act, Decider, LinkKind, Named, Phase

DEPUTY_OPINION_KIND = "deputy_opinion"


@unique
class Y(StrEnum):
    """Where an opinion may be."""

    RAISED = "raised"
    FORWARDED = "forwarded"
    EXPLAINED = "explained"
    NOT_SATISFIED = "not_satisfied"
    ACCEPTED = "accepted"
    QUESTIONED = "questioned"
    WITHDRAWN = "withdrawn"
    VOIDED = "voided"


_UNEXPLAINED = (Y.RAISED, Y.FORWARDED, Y.NOT_SATISFIED)
_OPEN = (*_UNEXPLAINED, Y.EXPLAINED)
_LIVING = (*_OPEN, Y.ACCEPTED, Y.QUESTIONED, Y.WITHDRAWN)
_PAST = (g.day_is_not_in_the_future,)
_TO_A_BODY = (g.addressees_in_office, g.judge_is_not_the_addressee, *_PAST)

# A table reads by rows.
# fmt: off
DEPUTY_OPINION = Lifecycle(
    kind=DEPUTY_OPINION_KIND,
    label=Text("Ý kiến của Tổ đại biểu", "Opinion of a deputy group"),
    prefix="YK",
    start=Y.RAISED,
    void=Y.VOIDED,
    rated=Rated(by="explanation", done=frozenset({Y.ACCEPTED}), apart=frozenset({Y.QUESTIONED, Y.WITHDRAWN})),
    charges="agency_id",
    states={
        Y.RAISED: State(Text("Tổ đại biểu đã nêu", "Raised"), Phase.INTAKE),
        Y.FORWARDED: State(Text("Đã chuyển, chờ giải trình", "Forwarded, explanation awaited"), Phase.OUT),
        Y.EXPLAINED: State(Text("Đã giải trình, chờ ý kiến", "Explained, to be judged"), Phase.JUDGING),
        Y.NOT_SATISFIED: State(Text("Giải trình chưa thỏa đáng", "Explanation not satisfactory"), Phase.OUT),
        Y.ACCEPTED: State(Text("Đồng ý với giải trình", "Explanation accepted"), Phase.DONE, final=True),
        Y.QUESTIONED: State(Text("Đã chuyển thành chất vấn", "Carried to a question"), Phase.DONE, final=True),
        Y.WITHDRAWN: State(Text("Đã rút", "Withdrawn"), Phase.DONE, final=True),
        Y.VOIDED: State(Text("Đã hủy do nhập nhầm", "Voided"), Phase.DONE, final=True),
    },
    transitions=(
        Transition(
            trigger="raise", source=(), target=Y.RAISED, label=Text("Ghi ý kiến Tổ đại biểu", "Raise"),
            help=Text("Nêu tại cuộc họp Tổ trước kỳ họp.", "Raised at the group's meeting before a session."),
            who=council_side, needs=o.GroupOpinion, when=_TO_A_BODY,
            warns=(og.raised_by_a_deputy_group, og.opinion_has_session), marks=(M.OPINION_RAISED,),
            names={
                "group": Named.AGENCY, "agency": Named.AGENCY, "session": Named.SESSION, "from_case": Named.CASE,
            },
            keeps={
                "detail.group_id": "group", "detail.agency_id": "agency", "detail.deputy": "deputy",
                "detail.about": "about", "case.session_id": "session", "case.field": "field",
            },
            links=LinkKind.ARISES_FROM,
        ),
        Transition(
            trigger="forward", source=_UNEXPLAINED, target=Y.FORWARDED, label=Text("Chuyển ý kiến", "Forward"),
            help=Text("Chuyển cơ quan phải giải trình trước khai mạc.", "To the body that must explain."),
            who=council_desk, needs=o.OpinionForwarded, decider=Decider.STANDING_BODY, when=_TO_A_BODY,
            warns=(g.has_document,), marks=(M.OPINION_FORWARDED,), names={"agency": Named.AGENCY},
            keeps={"detail.agency_id": "agency"},
        ),
        Transition(
            trigger="explain", source=_UNEXPLAINED, target=Y.EXPLAINED, label=Text("Ghi giải trình", "Explain"),
            help=Text(
                "Ngày là ngày Thường trực HĐND nhận báo cáo giải trình.",
                "The day is that on which the standing body received the report.",
            ),
            who=council_desk, needs=o.OpinionExplained, decider=Decider.ADDRESSEE, when=_PAST,
            warns=(g.has_document, g.day_is_known), marks=(M.EXPLANATION_RECEIVED,),
        ),
        Transition(
            trigger="accept", source=(Y.EXPLAINED,), target=Y.ACCEPTED, label=Text("Đồng ý với giải trình", "Accept"),
            help=Text("Tổ đại biểu đồng ý.", "The deputies are satisfied."),
            who=council_side, needs=o.ExplanationJudged, decider=Decider.STANDING_BODY,
            when=(g.decider_is_not_the_answerer, *_PAST), marks=(M.CLOSED,),
        ),
        Transition(
            trigger="find_wanting", source=(Y.EXPLAINED,), target=Y.NOT_SATISFIED,
            label=Text("Ghi giải trình chưa thỏa đáng", "Find it wanting"),
            help=Text("Yêu cầu giải trình lại hoặc chuyển thành chất vấn.", "It is explained again or questioned."),
            who=council_side, needs=o.ExplanationWanting, decider=Decider.STANDING_BODY,
            when=(g.decider_is_not_the_answerer, *_PAST), marks=(M.EXPLANATION_WANTING,),
        ),
        Transition(
            trigger="carry_to_question", source=_OPEN, target=Y.QUESTIONED,
            label=Text("Chuyển thành chất vấn", "Carry to a question"),
            help=Text("Đại biểu chất vấn; nêu mã chất vấn nếu đã có.", "With the question's code once it has one."),
            who=council_side, needs=o.CarriedToQuestion, decider=Decider.STANDING_BODY, when=_PAST,
            marks=(M.CARRIED_TO_QUESTION, M.CLOSED), names={"question": Named.CASE}, links=LinkKind.ESCALATED_TO,
        ),
        Transition(
            trigger="set_session", source=_OPEN, target=SAME, label=Text("Ghi kỳ họp", "Set the session"),
            help=Text("Hạn giải trình tính từ ngày khai mạc kỳ họp này.", "The explanation is due before it opens."),
            who=council_desk, needs=o.OpinionSession, names={"session": Named.SESSION},
            keeps={"case.session_id": "session"},
        ),
        *raised_from(_OPEN),
        Transition(
            trigger="withdraw", source=_OPEN, target=Y.WITHDRAWN, label=Text("Ghi rút ý kiến", "Withdraw"),
            help=Text("Tổ đại biểu rút ý kiến; nêu lý do.", "The group withdraws it; the reason is given."),
            who=council_side, needs=e.Because, when=_PAST, marks=(M.WITHDRAWN,),
        ),
        Transition(
            trigger="void", source=_LIVING, target=Y.VOIDED, label=Text("Hủy do nhập nhầm", "Void"),
            help=Text("Hồ sơ nhập nhầm; mã và lịch sử vẫn còn.", "Entered by mistake; code and history stay."),
            who=council_desk, needs=e.Because, act=Act.VOID, marks=(M.VOIDED,),
        ),
        *(row.on(_LIVING) for row in (ENTRUST, AMEND, CORRECT, UNDO)),
    ),
)
