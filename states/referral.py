"""The life of a referral: one sending of a case to one agency. All kinds reuse it.

Sending starts nothing: the receipt (số đến, Decree 30/2020/NĐ-CP art. 21-22) does. Until it is known the clock is
provisional.
"""

from __future__ import annotations

from enum import StrEnum, unique

from states import entries as e
from states import guards as g
from states.lifecycle import SAME, Lifecycle, State, Transition
from states.milestones import Milestone as M
from states.permissions import addressee_or_desk, council_desk
from states.text import Text
from states.vocabulary import Decider, Named, Phase

REFERRAL_KIND = "referral"


@unique
class R(StrEnum):
    """Where one sending may be."""

    PREPARED = "prepared"
    SENT = "sent"
    RECEIVED = "received"
    RETURNED = "returned"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    ANSWERED = "answered"
    ACCEPTED = "accepted"
    SENT_BACK = "sent_back"
    RECALLED = "recalled"
    SET_ASIDE = "set_aside"


_THERE = (R.SENT, R.RECEIVED, R.ASSIGNED, R.IN_PROGRESS, R.SENT_BACK)
_WORKING = (R.RECEIVED, R.ASSIGNED, R.IN_PROGRESS, R.SENT_BACK)
_PAST = (g.case_is_open, g.day_is_not_in_the_future)

# A table reads by rows.
# fmt: off
REFERRAL = Lifecycle(
    kind=REFERRAL_KIND,
    label=Text("Lần chuyển", "Referral"),
    prefix="",
    start=R.PREPARED,
    states={
        R.PREPARED: State(Text("Chờ số văn bản", "Prepared"), Phase.OUT),
        R.SENT: State(Text("Đã gửi, chưa ghi ngày nhận", "Sent"), Phase.OUT),
        R.RECEIVED: State(Text("Cơ quan đã nhận", "Received"), Phase.OUT),
        R.RETURNED: State(Text("Chuyển trả, không thuộc thẩm quyền", "Returned"), Phase.DONE, final=True),
        R.ASSIGNED: State(Text("Đã giao đơn vị chủ trì", "Assigned"), Phase.OUT),
        R.IN_PROGRESS: State(Text("Đang giải quyết", "In progress"), Phase.OUT),
        R.ANSWERED: State(Text("Đã trả lời", "Answered"), Phase.JUDGING),
        R.ACCEPTED: State(Text("Trả lời được chấp nhận", "Accepted"), Phase.DONE, final=True),
        R.SENT_BACK: State(Text("Yêu cầu trả lời lại", "Sent back for a new answer"), Phase.OUT),
        R.RECALLED: State(Text("Đã thu hồi", "Recalled"), Phase.DONE, final=True),
        R.SET_ASIDE: State(Text("Thuộc lần giải quyết trước", "Of an earlier treatment"), Phase.DONE, final=True),
    },
    transitions=(
        Transition(
            trigger="prepare", source=(), target=R.PREPARED, label=Text("Chuẩn bị chuyển", "Prepare"),
            help=Text("Mở một lần chuyển tới một cơ quan.", "Opens one sending to one agency."), who=council_desk,
        ),
        Transition(
            trigger="send", source=(R.PREPARED,), target=R.SENT, label=Text("Ghi đã gửi", "Send"),
            help=Text("Ghi số, ngày văn bản chuyển.", "Gives number and date of the letter."),
            who=council_desk, needs=e.SendSlip, when=(g.has_document, *_PAST), warns=(g.day_is_known,),
            marks=(M.SENT,),
            keeps={"referral.asked_by": "asked_by"},
        ),
        Transition(
            trigger="receive", source=(R.SENT,), target=R.RECEIVED, label=Text("Ghi ngày nhận", "Receive"),
            help=Text("Ngày đến là mốc bắt đầu thời hạn.", "The day of receipt starts the clock."),
            who=addressee_or_desk, needs=e.Receipt, decider=Decider.ADDRESSEE, when=_PAST, warns=(g.day_is_known,),
            marks=(M.RECEIVED_BY_ADDRESSEE,), keeps={"referral.incoming_number": "incoming_number"},
            fixes={"referral.received": True},
        ),
        Transition(
            trigger="receive", source=(R.ANSWERED, R.ACCEPTED, R.SENT_BACK), target=SAME,
            label=Text("Ghi ngày nhận", "Receive"),
            help=Text("Ngày đến biết sau khi đã trả lời.", "The receipt is learned after the answer."),
            who=addressee_or_desk, needs=e.Receipt, decider=Decider.ADDRESSEE, when=(g.receipt_is_missing, *_PAST),
            warns=(g.day_is_known,), marks=(M.RECEIVED_BY_ADDRESSEE,),
            keeps={"referral.incoming_number": "incoming_number"}, fixes={"referral.received": True},
        ),
        Transition(
            trigger="return_wrong_authority", source=(R.SENT, R.RECEIVED, R.ASSIGNED, R.IN_PROGRESS),
            target=R.RETURNED, label=Text("Ghi chuyển trả, không thuộc thẩm quyền", "Return"),
            help=Text("Cơ quan trả lại kèm lý do.", "The addressee sends it back with its reason."),
            who=addressee_or_desk, needs=e.ReturnSlip, decider=Decider.ADDRESSEE, when=_PAST, marks=(M.RETURNED,),
        ),
        Transition(
            trigger="assign", source=(R.RECEIVED, R.ASSIGNED, R.IN_PROGRESS, R.SENT_BACK), target=R.ASSIGNED,
            label=Text("Giao đơn vị chủ trì", "Assign"),
            help=Text("UBND giao đơn vị tham mưu và phối hợp.", "The committee names lead and coordinating units."),
            who=addressee_or_desk, needs=e.Assignment, decider=Decider.ADDRESSEE,
            when=(g.addressees_in_office, g.judge_is_not_the_addressee, *_PAST), marks=(M.ASSIGNED,),
            names={"lead": Named.AGENCY, "coordinating": Named.AGENCY},
            keeps={"referral.lead_id": "lead", "referral.internal_due_on": "internal_due_on"},
        ),
        Transition(
            trigger="report_progress", source=_WORKING, target=R.IN_PROGRESS,
            label=Text("Ghi tiến độ", "Report progress"),
            help=Text("Tiến độ và khó khăn.", "Progress and obstacles."),
            who=addressee_or_desk, needs=e.Progress, decider=Decider.ADDRESSEE, when=_PAST,
            marks=(M.PROGRESS_REPORTED,),
        ),
        Transition(
            trigger="report_progress", source=(R.ANSWERED, R.ACCEPTED), target=SAME,
            label=Text("Ghi tiến độ", "Report progress"),
            help=Text("Tiến độ thực hiện sau trả lời.", "Progress after the answer."),
            who=addressee_or_desk, needs=e.Progress, decider=Decider.ADDRESSEE, when=_PAST,
            marks=(M.PROGRESS_REPORTED,),
        ),
        Transition(
            trigger="ask_clarification", source=_WORKING, target=SAME,
            label=Text("Ghi đề nghị làm rõ", "Ask for clarification"),
            help=Text("Chỉ tạm dừng thời hạn nếu quy chế cho phép.", "Pauses only where the regulation says so."),
            who=addressee_or_desk, needs=e.Clarification, decider=Decider.ADDRESSEE, when=_PAST,
            marks=(M.CLARIFICATION_ASKED,),
        ),
        Transition(
            trigger="give_clarification", source=_WORKING, target=SAME, label=Text("Ghi đã làm rõ", "Clarify"),
            help=Text("Thời hạn chạy tiếp.", "The clock goes on."),
            who=council_desk, needs=e.Clarification, when=_PAST, marks=(M.CLARIFICATION_GIVEN,),
        ),
        Transition(
            trigger="extend", source=_THERE, target=SAME, label=Text("Gia hạn", "Extend"),
            help=Text("Thường trực HĐND đồng ý gia hạn.", "The standing body grants a longer date."),
            who=council_desk, needs=e.Extension, decider=Decider.STANDING_BODY,
            when=(g.decider_is_the_standing_body, g.extension_has_length, *_PAST), marks=(M.EXTENSION_GRANTED,),
        ),
        Transition(
            trigger="urge", source=_THERE, target=SAME, label=Text("Đôn đốc", "Urge"),
            help=Text("Ghi văn bản đôn đốc.", "Records an urging letter."),
            who=council_desk, needs=e.Urging, when=_PAST, marks=(M.URGED,), counts=("referral.times_urged",),
        ),
        Transition(
            trigger="answer", source=_THERE, target=R.ANSWERED, label=Text("Ghi trả lời", "Record the answer"),
            help=Text(
                "Ngày là ngày Thường trực HĐND nhận văn bản trả lời đã ký.",
                "The day is that on which the standing body received the signed answer.",
            ),
            who=addressee_or_desk, needs=e.AnswerRow, decider=Decider.ADDRESSEE,
            when=(g.answer_is_signed_by_the_addressee, *_PAST),
            warns=(g.answer_is_complete, g.has_document, g.day_is_known, g.receipt_is_known),
            marks=(M.ANSWER_RECEIVED,),
            keeps={"referral.result_claimed": "claimed"},
        ),
        Transition(
            trigger="accept", source=(R.ANSWERED,), target=R.ACCEPTED, label=Text("Chấp nhận trả lời", "Accept"),
            help=Text("Thường trực HĐND chấp nhận câu trả lời.", "The standing body accepts the answer."),
            who=council_desk, decider=Decider.STANDING_BODY,
            when=(g.decider_is_the_standing_body, g.decider_is_not_the_answerer, *_PAST),
        ),
        Transition(
            trigger="request_new_answer", source=(R.ANSWERED, R.ACCEPTED), target=R.SENT_BACK,
            label=Text("Yêu cầu trả lời lại", "Request a new answer"),
            help=Text("Nêu phần còn thiếu; thời hạn mới theo quy chế.", "Names what is missing; a new clock."),
            who=council_desk, needs=e.NewAnswerRequest, decider=Decider.STANDING_BODY, when=_PAST,
            marks=(M.NEW_ANSWER_REQUESTED,), fixes={"referral.result_claimed": None},
        ),
        Transition(
            trigger="recall", source=(R.PREPARED, *_THERE, R.ANSWERED), target=R.RECALLED,
            label=Text("Thu hồi", "Recall"),
            help=Text("Rút lại lần chuyển này.", "Takes this sending back."),
            who=council_desk, when=(g.case_is_open,), marks=(M.RECALLED,),
        ),
        Transition(
            trigger="set_aside", source=(R.PREPARED, *_THERE, R.ANSWERED, R.ACCEPTED), target=R.SET_ASIDE,
            label=Text("Khép lần giải quyết trước", "Set aside"),
            help=Text("Hồ sơ mở lại: lần chuyển cũ chỉ còn để đối chiếu.", "The case was reopened; this is history."),
            who=council_desk, carried=True,
        ),
    ),
)
