"""The life of a commitment (việc đã hứa), as a table.

Sources: Law 87/2015/QH13 art. 60.7 (promises are reported on at least 10 days before the next session) and the reports
of five councils, which name promises as what is forgotten first. A commitment that was broken stays open: it is raised,
extended or fulfilled late. It survives its person, its body and the term: a successor takes it over.
"""

from __future__ import annotations

from enum import StrEnum, unique

from states import entries as e
from states import guards as g
from states import promising as p
from states.corrections import AMEND, CORRECT, ENTRUST, UNDO
from states.lifecycle import SAME, Lifecycle, On, Proposes, Rated, State, Transition
from states.milestones import Milestone as M
from states.permissions import council_desk, council_side
from states.raising import raised_from
from states.text import Text
from states.vocabulary import Act, Decider, LinkKind, Named, Phase

COMMITMENT_KIND = "commitment"


@unique
class K(StrEnum):
    """Where a commitment may be."""

    CAPTURED = "captured"
    IN_PROGRESS = "in_progress"
    REPORTED = "reported"
    PARTLY = "partly"
    BROKEN = "broken"
    FULFILLED = "fulfilled"
    WITHDRAWN = "withdrawn"
    VOIDED = "voided"


_OPEN = (K.CAPTURED, K.IN_PROGRESS, K.REPORTED, K.PARTLY, K.BROKEN)
_LIVING = (*_OPEN, K.FULFILLED, K.WITHDRAWN)
_PAST = (g.day_is_not_in_the_future,)
_JUDGED = (g.decider_is_the_standing_body, g.decider_is_not_the_answerer, *_PAST)

_WHAT_FULFILMENT_ENDS = tuple(Proposes(trigger, On.ORIGINS) for trigger in ("judge", "verify", "close"))
"""The petition, the recommendation or the question about which it was promised."""

# A table reads by rows.
# fmt: off
COMMITMENT = Lifecycle(
    kind=COMMITMENT_KIND,
    label=Text("Việc đã hứa, cam kết", "Commitment"),
    prefix="CK",
    start=K.CAPTURED,
    void=K.VOIDED,
    charges="agency_id",
    rated=Rated(
        by="promise", done=frozenset({K.FULFILLED}), partly=frozenset({K.PARTLY}), apart=frozenset({K.WITHDRAWN})
    ),
    states={
        K.CAPTURED: State(Text("Đã ghi nhận cam kết", "Captured"), Phase.OUT),
        K.IN_PROGRESS: State(Text("Đang thực hiện", "In progress"), Phase.OUT),
        K.REPORTED: State(Text("Đã báo cáo, chờ xem xét", "Reported"), Phase.JUDGING),
        K.PARTLY: State(Text("Thực hiện một phần", "Partly fulfilled"), Phase.OUT),
        K.BROKEN: State(Text("Chưa thực hiện đúng cam kết", "Broken"), Phase.OUT),
        K.FULFILLED: State(Text("Đã thực hiện", "Fulfilled"), Phase.DONE, final=True),
        K.WITHDRAWN: State(Text("Thôi theo dõi", "No longer followed"), Phase.DONE, final=True),
        K.VOIDED: State(Text("Đã hủy do nhập nhầm", "Voided"), Phase.DONE, final=True),
    },
    transitions=(
        Transition(
            trigger="capture", source=(), target=K.CAPTURED, label=Text("Ghi nhận cam kết", "Capture"),
            help=Text(
                "Ai hứa việc gì, đến khi nào, ghi ở đâu.", "Who promised what, until when, and where it is written."
            ),
            who=council_side, needs=p.Promise,
            when=(g.addressees_in_office, g.judge_is_not_the_addressee, *_PAST),
            warns=(g.promise_has_time, g.promise_has_session), marks=(M.COMMITMENT_CAPTURED,),
            names={"agency": Named.AGENCY, "session": Named.SESSION, "from_case": Named.CASE},
            keeps={
                "detail.agency_id": "agency", "detail.office_holder": "office_holder", "detail.due_words": "due_words",
                "detail.measure": "measure", "detail.occasion": "occasion", "detail.place": "place",
                "case.session_id": "session", "case.field": "field", "case.locality": "locality",
            },
            fixes={"detail.times_extended": 0}, links=LinkKind.COMMITTED_IN,
        ),
        Transition(
            trigger="report_progress", source=(K.CAPTURED, K.IN_PROGRESS, K.PARTLY, K.BROKEN), target=K.IN_PROGRESS,
            label=Text("Ghi tiến độ", "Report progress"),
            help=Text("Tiến độ và khó khăn.", "Progress and obstacles."),
            who=council_desk, needs=e.Progress, decider=Decider.ADDRESSEE, when=_PAST, marks=(M.PROGRESS_REPORTED,),
        ),
        Transition(
            trigger="report", source=_OPEN, target=K.REPORTED, label=Text("Ghi báo cáo kết quả", "Report"),
            help=Text(
                "Ngày là ngày Thường trực HĐND nhận báo cáo thực hiện cam kết.",
                "The day is that on which the standing body received the report.",
            ),
            who=council_desk, needs=p.PromiseReport, decider=Decider.ADDRESSEE, when=_PAST,
            warns=(g.has_document, g.day_is_known), marks=(M.COMMITMENT_REPORTED,),
        ),
        Transition(
            trigger="confirm_fulfilled", source=_OPEN, target=K.FULFILLED,
            label=Text("Xác nhận đã thực hiện", "Confirm as fulfilled"),
            help=Text("Phải có minh chứng.", "It needs its evidence."),
            who=council_desk, needs=p.Fulfilment, decider=Decider.STANDING_BODY, when=_JUDGED,
            marks=(M.COMMITMENT_FULFILLED, M.CLOSED), proposes=_WHAT_FULFILMENT_ENDS,
        ),
        Transition(
            trigger="confirm_partly", source=_OPEN, target=K.PARTLY,
            label=Text("Xác nhận thực hiện một phần", "Confirm as partly fulfilled"),
            help=Text("Nêu phần còn lại; cam kết vẫn mở.", "Says what is left; the promise stays open."),
            who=council_desk, needs=p.Shortfall, decider=Decider.STANDING_BODY, when=_JUDGED,
            warns=(g.shortfall_has_review,), marks=(M.COMMITMENT_NOT_KEPT,),
        ),
        Transition(
            trigger="confirm_broken", source=_OPEN, target=K.BROKEN,
            label=Text("Xác nhận chưa thực hiện đúng", "Confirm as broken"),
            help=Text("Hứa mà không làm; cam kết vẫn mở và được nêu ra.", "It stays open and is raised."),
            who=council_desk, needs=p.Shortfall, decider=Decider.STANDING_BODY, when=_JUDGED,
            warns=(g.shortfall_has_review,), marks=(M.COMMITMENT_NOT_KEPT,),
            proposes=(Proposes("put_on_agenda"), Proposes("join_question_group"), Proposes("ask_again", On.ORIGINS)),
        ),
        Transition(
            trigger="extend", source=(K.CAPTURED, K.IN_PROGRESS), target=SAME, label=Text("Gia hạn", "Extend"),
            help=Text("Thời hạn cũ vẫn còn trong nhật ký.", "Every earlier time stays in the story."),
            who=council_desk, needs=p.LongerTime, decider=Decider.STANDING_BODY,
            when=(g.decider_is_the_standing_body, g.longer_time_is_said, *_PAST), marks=(M.EXTENSION_GRANTED,),
            keeps={"detail.due_words": "due_words"}, counts=("detail.times_extended",),
        ),
        Transition(
            trigger="extend", source=(K.REPORTED, K.PARTLY, K.BROKEN), target=K.IN_PROGRESS,
            label=Text("Gia hạn", "Extend"),
            help=Text("Thời hạn cũ vẫn còn trong nhật ký.", "Every earlier time stays in the story."),
            who=council_desk, needs=p.LongerTime, decider=Decider.STANDING_BODY,
            when=(g.decider_is_the_standing_body, g.longer_time_is_said, *_PAST), marks=(M.EXTENSION_GRANTED,),
            keeps={"detail.due_words": "due_words"}, counts=("detail.times_extended",),
        ),
        Transition(
            trigger="take_over", source=_OPEN, target=SAME, label=Text("Chuyển người, cơ quan kế thừa", "Take over"),
            help=Text(
                "Thay người giữ chức vụ, sắp xếp tổ chức, hết nhiệm kỳ: cam kết không mất.",
                "A new person, body or term: the promise goes on.",
            ),
            who=council_desk, needs=p.Succession,
            when=(g.addressees_in_office, g.judge_is_not_the_addressee, *_PAST),
            marks=(M.COMMITMENT_TAKEN_OVER,), names={"agency": Named.AGENCY},
            keeps={"detail.agency_id": "agency", "detail.office_holder": "office_holder"},
        ),
        Transition(
            trigger="set_session", source=_OPEN, target=SAME, label=Text("Ghi kỳ họp phải báo cáo", "Set the session"),
            help=Text("Hạn báo cáo tính từ ngày khai mạc kỳ họp này.", "The report is due before this session opens."),
            who=council_desk, needs=p.ReportSession, names={"session": Named.SESSION},
            keeps={"case.session_id": "session"},
        ),
        *raised_from(_OPEN),
        Transition(
            trigger="withdraw", source=_OPEN, target=K.WITHDRAWN, label=Text("Thôi theo dõi", "No longer follow"),
            help=Text("Không còn căn cứ để thực hiện; nêu lý do.", "Its ground has gone; the reason is given."),
            who=council_desk, needs=e.Because, decider=Decider.STANDING_BODY, when=_JUDGED, marks=(M.WITHDRAWN,),
        ),
        Transition(
            trigger="reopen", source=(K.FULFILLED, K.WITHDRAWN), target=K.IN_PROGRESS, label=Text("Mở lại", "Reopen"),
            help=Text("Cùng mã; nêu lý do.", "The same code; the reason is given."),
            who=council_desk, needs=e.Because, decider=Decider.STANDING_BODY, when=_PAST, marks=(M.REOPENED,),
        ),
        Transition(
            trigger="void", source=_LIVING, target=K.VOIDED, label=Text("Hủy do nhập nhầm", "Void"),
            help=Text("Hồ sơ nhập nhầm; mã và lịch sử vẫn còn.", "Entered by mistake; code and history stay."),
            who=council_desk, needs=e.Because, act=Act.VOID, marks=(M.VOIDED,),
        ),
        *(row.on(_LIVING) for row in (ENTRUST, AMEND, CORRECT, UNDO)),
    ),
)
