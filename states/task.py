"""The life of a task that a notice of the standing body gives, as a table.

Its date is the one the notice proposes. No law sets a time limit here, so lateness is a matter of the office, raised at
the next monthly sitting. What was not done stays open.
"""

from __future__ import annotations

from enum import StrEnum, unique

from states import entries as e
from states import guards as g
from states import tasking as t
from states.corrections import AMEND, CORRECT, ENTRUST, UNDO
from states.lifecycle import SAME, Lifecycle, Rated, State, Transition
from states.milestones import Milestone as M
from states.permissions import council_desk, council_side
from states.promising import LongerTime, Shortfall
from states.raising import raised_from
from states.text import Text
from states.vocabulary import Act, Decider, LinkKind, Named, Phase

TASK_KIND = "task"


@unique
class T(StrEnum):
    """Where a task may be."""

    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    REPORTED = "reported"
    NOT_DONE = "not_done"
    DONE = "done"
    WITHDRAWN = "withdrawn"
    VOIDED = "voided"


_OPEN = (T.ASSIGNED, T.IN_PROGRESS, T.REPORTED, T.NOT_DONE)
_LIVING = (*_OPEN, T.DONE, T.WITHDRAWN)
_PAST = (g.day_is_not_in_the_future,)
_JUDGED = (g.decider_is_not_the_answerer, *_PAST)

# A table reads by rows.
# fmt: off
TASK = Lifecycle(
    kind=TASK_KIND,
    label=Text("Nhiệm vụ theo thông báo kết luận", "Task"),
    prefix="NV",
    start=T.ASSIGNED,
    void=T.VOIDED,
    rated=Rated(by="task", done=frozenset({T.DONE}), apart=frozenset({T.WITHDRAWN})),
    charges="agency_id",
    states={
        T.ASSIGNED: State(Text("Đã giao", "Assigned"), Phase.OUT),
        T.IN_PROGRESS: State(Text("Đang thực hiện", "In progress"), Phase.OUT),
        T.REPORTED: State(Text("Đã báo cáo, chờ xem xét", "Reported"), Phase.JUDGING),
        T.NOT_DONE: State(Text("Chưa thực hiện xong", "Not done"), Phase.OUT),
        T.DONE: State(Text("Đã thực hiện", "Done"), Phase.DONE, final=True),
        T.WITHDRAWN: State(Text("Thôi theo dõi", "No longer followed"), Phase.DONE, final=True),
        T.VOIDED: State(Text("Đã hủy do nhập nhầm", "Voided"), Phase.DONE, final=True),
    },
    transitions=(
        Transition(
            trigger="assign", source=(), target=T.ASSIGNED, label=Text("Giao nhiệm vụ", "Assign"),
            help=Text("Ai làm ra gì, đến khi nào, theo thông báo nào.", "Who makes what by when, by which notice."),
            who=council_side, needs=t.Task, decider=Decider.STANDING_BODY,
            when=(g.addressees_in_office, *_PAST),
            warns=(t.task_has_product, t.task_has_time, g.has_document), marks=(M.TASK_ASSIGNED,),
            names={"agency": Named.AGENCY, "session": Named.SESSION, "from_case": Named.CASE},
            keeps={
                "detail.agency_id": "agency", "detail.product": "product", "detail.due_words": "due_words",
                "detail.line": "line", "case.session_id": "session", "case.field": "field",
            },
            fixes={"detail.times_extended": 0}, links=LinkKind.ARISES_FROM,
        ),
        Transition(
            trigger="report_progress", source=(T.ASSIGNED, T.IN_PROGRESS, T.NOT_DONE), target=T.IN_PROGRESS,
            label=Text("Ghi tiến độ", "Report progress"),
            help=Text("Tiến độ và khó khăn.", "Progress and obstacles."),
            who=council_desk, needs=e.Progress, decider=Decider.ADDRESSEE, when=_PAST, marks=(M.PROGRESS_REPORTED,),
        ),
        Transition(
            trigger="report", source=_OPEN, target=T.REPORTED, label=Text("Ghi báo cáo kết quả", "Report"),
            help=Text(
                "Ngày là ngày Thường trực HĐND nhận báo cáo, sản phẩm.",
                "The day is that on which the standing body received it.",
            ),
            who=council_desk, needs=t.TaskReport, decider=Decider.ADDRESSEE, when=_PAST,
            warns=(g.has_document, g.day_is_known), marks=(M.TASK_REPORTED,),
        ),
        Transition(
            trigger="confirm_done", source=_OPEN, target=T.DONE, label=Text("Xác nhận đã thực hiện", "Confirm as done"),
            help=Text(
                "Cơ quan thực hiện không tự xác nhận việc của mình.", "The owner does not confirm its own work."
            ),
            who=council_desk, needs=t.TaskDone, decider=Decider.STANDING_BODY, when=_JUDGED,
            marks=(M.TASK_DONE, M.CLOSED),
        ),
        Transition(
            trigger="confirm_not_done", source=_OPEN, target=T.NOT_DONE,
            label=Text("Kết luận chưa xong", "Confirm as not done"),
            help=Text("Nhiệm vụ vẫn mở và được nêu ra.", "It stays open and is raised."),
            who=council_desk, needs=Shortfall, decider=Decider.STANDING_BODY, when=_JUDGED,
            warns=(g.shortfall_has_review,), marks=(M.TASK_NOT_DONE,),
        ),
        Transition(
            trigger="extend", source=(T.ASSIGNED, T.IN_PROGRESS), target=SAME, label=Text("Đổi thời hạn", "Extend"),
            help=Text("Thời hạn cũ vẫn còn trong nhật ký.", "Every earlier time stays in the story."),
            who=council_desk, needs=LongerTime, decider=Decider.STANDING_BODY, when=(g.longer_time_is_said, *_PAST),
            marks=(M.EXTENSION_GRANTED,), keeps={"detail.due_words": "due_words"}, counts=("detail.times_extended",),
        ),
        Transition(
            trigger="extend", source=(T.REPORTED, T.NOT_DONE), target=T.IN_PROGRESS,
            label=Text("Đổi thời hạn", "Extend"),
            help=Text("Thời hạn cũ vẫn còn trong nhật ký.", "Every earlier time stays in the story."),
            who=council_desk, needs=LongerTime, decider=Decider.STANDING_BODY, when=(g.longer_time_is_said, *_PAST),
            marks=(M.EXTENSION_GRANTED,), keeps={"detail.due_words": "due_words"}, counts=("detail.times_extended",),
        ),
        Transition(
            trigger="take_over", source=_OPEN, target=SAME, label=Text("Chuyển cơ quan thực hiện", "Take over"),
            help=Text("Sắp xếp tổ chức, phân công lại.", "A reorganisation or another division of work."),
            who=council_desk, needs=t.NewOwner, decider=Decider.STANDING_BODY, when=(g.addressees_in_office, *_PAST),
            marks=(M.TASK_TAKEN_OVER,), names={"agency": Named.AGENCY}, keeps={"detail.agency_id": "agency"},
        ),
        *raised_from(_OPEN),
        Transition(
            trigger="withdraw", source=_OPEN, target=T.WITHDRAWN, label=Text("Thôi theo dõi", "No longer follow"),
            help=Text("Không còn căn cứ để thực hiện; nêu lý do.", "Its ground has gone; the reason is given."),
            who=council_desk, needs=e.Because, decider=Decider.STANDING_BODY, when=_JUDGED, marks=(M.WITHDRAWN,),
        ),
        Transition(
            trigger="reopen", source=(T.DONE, T.WITHDRAWN), target=T.IN_PROGRESS, label=Text("Mở lại", "Reopen"),
            help=Text("Cùng mã; nêu lý do.", "The same code; the reason is given."),
            who=council_desk, needs=e.Because, decider=Decider.STANDING_BODY, when=_PAST, marks=(M.REOPENED,),
        ),
        Transition(
            trigger="void", source=_LIVING, target=T.VOIDED, label=Text("Hủy do nhập nhầm", "Void"),
            help=Text("Hồ sơ nhập nhầm; mã và lịch sử vẫn còn.", "Entered by mistake; code and history stay."),
            who=council_desk, needs=e.Because, act=Act.VOID, marks=(M.VOIDED,),
        ),
        *(row.on(_LIVING) for row in (ENTRUST, AMEND, CORRECT, UNDO)),
    ),
)
