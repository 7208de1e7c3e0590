"""The life of a resolution of the council after its adoption, as a table: assigned, planned, checked again and again.

Sources: after each session the standing body decides which committee follows which resolution (report of 2025 on the
coordination regulation of a commune, which also says that following is "not done regularly"). A check sets the day of
the next one; no source knows a window in days, so that day is the council's own.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum, unique

from states import carrying_out as c
from states import entries as e
from states import guards as g
from states import resolution_guards as r
from states.checking import next_check_has_a_day
from states.corrections import AMEND, CORRECT, ENTRUST, UNDO
from states.lifecycle import SAME, Lifecycle, Rated, State, Transition
from states.milestones import Milestone as M
from states.permissions import council_desk
from states.raising import raised_from
from states.text import Text
from states.vocabulary import Act, Decider, LinkKind, Named, Phase

RESOLUTION_KIND = "resolution_follow_up"


@unique
class N(StrEnum):
    """Where a followed resolution may be."""

    ADOPTED = "adopted"
    ASSIGNED = "assigned"
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    ISSUE_FOUND = "issue_found"
    AMENDMENT_PROPOSED = "amendment_proposed"
    DONE = "done"
    EXPIRED = "expired"
    REPLACED = "replaced"
    VOIDED = "voided"


_FOLLOWED = (N.ASSIGNED, N.PLANNED, N.IN_PROGRESS, N.ISSUE_FOUND)
_OPEN = (N.ADOPTED, *_FOLLOWED, N.AMENDMENT_PROPOSED)
_ENDED = (N.DONE, N.EXPIRED, N.REPLACED)
_LIVING = (*_OPEN, *_ENDED)
_PAST = (g.day_is_not_in_the_future,)
_JUDGED = (g.decider_is_the_standing_body, g.decider_is_not_the_answerer, *_PAST)
_CHECKED = (M.CHECKED, M.NEXT_CHECK_SET)

# A table reads by rows.
# fmt: off
_ASSIGN = Transition(
    trigger="assign_committee", source=(N.ADOPTED,), target=N.ASSIGNED,
    label=Text("Giao Ban theo dõi", "Assign to a committee"),
    help=Text(
        "Quyết định của Thường trực HĐND sau kỳ họp giao từng Ban theo dõi; giao lại thì việc đang làm giữ nguyên.",
        "The standing body's decision after the session says which committee follows it; another may take over later.",
    ),
    who=council_desk, needs=c.FollowerDecision, decider=Decider.STANDING_BODY,
    when=(
        g.decider_is_the_standing_body, g.addressees_in_office, r.follower_is_of_the_council,
        r.follower_does_not_carry_it_out, *_PAST,
    ),
    warns=(g.has_document, next_check_has_a_day), marks=(M.FOLLOW_UP_ASSIGNED, M.NEXT_CHECK_SET),
    names={"committee": Named.AGENCY}, keeps={"detail.committee_id": "committee"},
)
_PLAN = Transition(
    trigger="record_plan", source=(N.ASSIGNED, N.PLANNED), target=N.PLANNED,
    label=Text("Ghi kế hoạch thực hiện", "Record the plan"),
    help=Text(
        "Đơn vị chủ trì và thời hạn theo kế hoạch của UBND; kế hoạch có thể đến sớm hoặc được thay.",
        "Lead unit and time of the body's plan; it may come early or be changed.",
    ),
    who=council_desk, needs=c.CarryingOutPlan, decider=Decider.ADDRESSEE, when=(g.addressees_in_office, *_PAST),
    warns=(r.plan_has_time, g.has_document), marks=(M.RESOLUTION_PLANNED,), names={"lead": Named.AGENCY},
    keeps={"detail.lead_id": "lead", "detail.due_words": "due_words"},
)
RESOLUTION_FOLLOW_UP = Lifecycle(
    kind=RESOLUTION_KIND,
    label=Text("Theo dõi thực hiện nghị quyết", "Resolution follow-up"),
    prefix="NQ",
    start=N.ADOPTED,
    void=N.VOIDED,
    rated=Rated(by="promise", done=frozenset({N.DONE}), apart=frozenset({N.EXPIRED, N.REPLACED})),
    charges="agency_id",
    states={
        N.ADOPTED: State(Text("Đã thông qua, chưa giao theo dõi", "Adopted, not assigned"), Phase.INTAKE),
        N.ASSIGNED: State(Text("Đã giao theo dõi", "Assigned"), Phase.OUT),
        N.PLANNED: State(Text("Đã có kế hoạch thực hiện", "Planned"), Phase.OUT),
        N.IN_PROGRESS: State(Text("Đang thực hiện, đã kiểm tra", "In progress, checked"), Phase.OUT),
        N.ISSUE_FOUND: State(Text("Có tồn tại, vướng mắc", "Issue found"), Phase.OUT),
        N.AMENDMENT_PROPOSED: State(Text("Đã đề nghị sửa đổi, thay thế", "Amendment proposed"), Phase.JUDGING),
        N.DONE: State(Text("Đã thực hiện xong", "Carried out"), Phase.DONE, final=True),
        N.EXPIRED: State(Text("Hết hiệu lực", "Expired"), Phase.DONE, final=True),
        N.REPLACED: State(Text("Đã được thay thế", "Replaced"), Phase.DONE, final=True),
        N.VOIDED: State(Text("Đã hủy do nhập nhầm", "Voided"), Phase.DONE, final=True),
    },
    transitions=(
        Transition(
            trigger="adopt", source=(), target=N.ADOPTED, label=Text("Vào sổ nghị quyết", "Enter a resolution"),
            help=Text(
                "Nghị quyết nào, thông qua ngày nào, ai thực hiện, phải đạt gì.",
                "Which resolution, adopted when, who carries it out, what is to be reached.",
            ),
            who=council_desk, needs=c.AdoptedResolution, decider=Decider.STANDING_BODY,
            when=(g.addressees_in_office, g.judge_is_not_the_addressee, *_PAST), warns=(g.day_is_known,),
            marks=(M.RESOLUTION_ADOPTED,),
            names={"agency": Named.AGENCY, "session": Named.SESSION, "from_case": Named.CASE},
            keeps={
                "detail.agency_id": "agency", "detail.number": "number", "detail.issued_on": "issued_on",
                "detail.indicators": "indicators", "detail.expires_on": "expires_on",
                "case.session_id": "session", "case.field": "field",
            },
            fixes={"detail.times_checked": 0}, links=LinkKind.ARISES_FROM,
        ),
        _ASSIGN,
        replace(_ASSIGN, source=(*_FOLLOWED, N.AMENDMENT_PROPOSED), target=SAME),
        _PLAN,
        replace(_PLAN, source=(N.ADOPTED, N.IN_PROGRESS, N.ISSUE_FOUND), target=SAME),
        Transition(
            trigger="report_progress", source=_OPEN, target=SAME, label=Text("Ghi tiến độ", "Report progress"),
            help=Text("Cơ quan thực hiện báo cáo tiến độ và khó khăn.", "The body reports progress and obstacles."),
            who=council_desk, needs=e.Progress, decider=Decider.ADDRESSEE, when=_PAST, marks=(M.PROGRESS_REPORTED,),
        ),
        Transition(
            trigger="check", source=_FOLLOWED, target=N.IN_PROGRESS, label=Text("Ghi kết quả kiểm tra", "Check"),
            help=Text(
                "Ban kiểm tra định kỳ và hẹn ngày kiểm tra tiếp.", "The regular check; it sets the next one."
            ),
            who=council_desk, needs=c.FollowUpCheck, when=(g.decider_is_not_the_answerer, *_PAST),
            warns=(next_check_has_a_day,), marks=_CHECKED, counts=("detail.times_checked",),
        ),
        Transition(
            trigger="find_issue", source=_FOLLOWED, target=N.ISSUE_FOUND,
            label=Text("Ghi tồn tại, vướng mắc", "Find an issue"),
            help=Text("Nêu tồn tại và ngày kiểm tra lại.", "Says what is wrong and when it is looked at again."),
            who=council_desk, needs=c.FollowUpCheck, when=(g.decider_is_not_the_answerer, *_PAST),
            warns=(next_check_has_a_day,), marks=_CHECKED, counts=("detail.times_checked",),
        ),
        Transition(
            trigger="propose_amendment", source=_FOLLOWED, target=N.AMENDMENT_PROPOSED,
            label=Text("Đề nghị sửa đổi, thay thế", "Propose to amend"),
            help=Text("Chỉ tiêu không còn phù hợp; nêu lý do.", "Its targets no longer fit; the reason is given."),
            who=council_desk, needs=e.Because, when=_PAST,
        ),
        Transition(
            trigger="keep_unchanged", source=(N.AMENDMENT_PROPOSED,), target=N.IN_PROGRESS,
            label=Text("Giữ nguyên nghị quyết", "Keep it unchanged"),
            help=Text("HĐND không sửa đổi; tiếp tục theo dõi.", "The council does not amend it; it is followed on."),
            who=council_desk, needs=c.FollowUpCheck, decider=Decider.STANDING_BODY,
            when=(g.decider_is_the_standing_body, *_PAST), warns=(next_check_has_a_day,), marks=_CHECKED,
        ),
        Transition(
            trigger="confirm_done", source=(*_FOLLOWED, N.AMENDMENT_PROPOSED), target=N.DONE,
            label=Text("Xác nhận đã thực hiện xong", "Confirm as carried out"),
            help=Text("Chỉ tiêu đã đạt; phải có minh chứng.", "The targets are met; it needs its evidence."),
            who=council_desk, needs=c.ResolutionDone, decider=Decider.STANDING_BODY, when=_JUDGED,
            marks=(M.RESOLUTION_DONE, M.CLOSED),
        ),
        Transition(
            trigger="replace", source=_OPEN, target=N.REPLACED, label=Text("Ghi đã được thay thế", "Replaced"),
            help=Text("Nghị quyết khác thay thế nghị quyết này.", "Another resolution took its place."),
            who=council_desk, needs=c.ReplacedBy, decider=Decider.STANDING_BODY, when=_PAST, marks=(M.CLOSED,),
            keeps={"detail.replaced_by": "replaced_by"},
        ),
        Transition(
            trigger="expire", source=_OPEN, target=N.EXPIRED, label=Text("Ghi hết hiệu lực", "Expired"),
            help=Text("Hết thời hạn áp dụng hoặc bị bãi bỏ; nêu căn cứ.", "Its time is over or it was annulled."),
            who=council_desk, needs=e.Because, decider=Decider.STANDING_BODY, when=_PAST, marks=(M.CLOSED,),
        ),
        Transition(
            trigger="supersede", source=_LIVING, target=SAME,
            label=Text("Ghi thay thế nghị quyết khác", "Record what it replaces"),
            help=Text("Nối với hồ sơ của nghị quyết được thay thế.", "Ties it to the resolution that it replaces."),
            who=council_desk, needs=c.Replacing, when=(g.replaces_another,),
            names={"replaced": Named.CASE}, links=LinkKind.SUPERSEDES,
        ),
        *raised_from((*_FOLLOWED, N.AMENDMENT_PROPOSED)),
        Transition(
            trigger="reopen", source=_ENDED, target=N.IN_PROGRESS, label=Text("Theo dõi lại", "Follow again"),
            help=Text("Cùng mã; nêu lý do.", "The same code; the reason is given."),
            who=council_desk, needs=c.FollowUpCheck, decider=Decider.STANDING_BODY, when=_PAST,
            warns=(next_check_has_a_day,), marks=(M.REOPENED, M.NEXT_CHECK_SET),
        ),
        Transition(
            trigger="void", source=_LIVING, target=N.VOIDED, label=Text("Hủy do nhập nhầm", "Void"),
            help=Text("Hồ sơ nhập nhầm; mã và lịch sử vẫn còn.", "Entered by mistake; code and history stay."),
            who=council_desk, needs=e.Because, act=Act.VOID, marks=(M.VOIDED,),
        ),
        *(row.on(_LIVING) for row in (ENTRUST, AMEND, CORRECT, UNDO)),
    ),
)
