"""Rows of the reply in writing and of the report at the nearest session: two duties, each with its own limit.

Law 87/2015/QH13, art. 60.4: for one of three reasons a question is answered in writing within 20 days of the day of
questioning, to the deputy and to the standing body. A matter that needs study is also reported on at the nearest
session, by the head charged, who need not be the one questioned.
"""

from __future__ import annotations

from dataclasses import replace

from states import asking as a
from states import guards as g
from states import question_guards as qg
from states.lifecycle import SAME, Transition
from states.milestones import Milestone as M
from states.permissions import council_desk
from states.promising import ReportSession
from states.question_words import Q, WrittenReason
from states.text import Text
from states.vocabulary import Decider, Named

WAITING = (Q.AWAITING_REPLY, Q.REPLY_AT_STANDING_BODY, Q.REPLY_AT_DEPUTY)
OWED = (*WAITING, Q.UNDER_STUDY)
"""Where somebody outside still owes a reply or a report."""

_PAST = (g.day_is_not_in_the_future,)
_JUDGES = (g.addressees_in_office, g.judge_is_not_the_addressee, *_PAST)

_CHARGE = Transition(
    trigger="charge_study",
    source=(Q.SELECTED, Q.FORWARDED, Q.ANSWERED_ORALLY, Q.DISPUTED),
    target=Q.AWAITING_REPLY,
    label=Text("Giao nghiên cứu, báo cáo tại kỳ họp", "Charge with a study"),
    help=Text(
        "Cần nghiên cứu thêm: trả lời bằng văn bản và báo cáo tại kỳ họp gần nhất. Ngày là ngày chất vấn.",
        "It needs study: a reply in writing and a report at the nearest session. The day is that of questioning.",
    ),
    who=council_desk,
    needs=a.Study,
    decider=Decider.STANDING_BODY,
    when=_JUDGES,
    warns=(g.day_is_known, qg.study_names_its_head),
    marks=(M.QUESTIONED, M.STUDY_CHARGED),
    names={"agency": Named.AGENCY, "session": Named.SESSION},
    keeps={"detail.study_agency_id": "agency", "detail.study_head": "head", "case.session_id": "session"},
    fixes={"detail.study_pending": True, "detail.written_reason": WrittenReason.NEEDS_VERIFICATION.value},
)
_CHARGE_MORE = replace(
    _CHARGE, source=OWED, target=SAME, marks=(M.STUDY_CHARGED,), fixes={"detail.study_pending": True}
)
_REPLY = Transition(
    trigger="receive_reply",
    source=(Q.AWAITING_REPLY,),
    target=Q.ANSWERED_IN_WRITING,
    label=Text("Ghi văn bản trả lời (đến cả hai nơi)", "Record the reply (at both)"),
    help=Text(
        "Thường trực HĐND và đại biểu cùng nhận trong ngày này.",
        "The standing body and the deputy received it on this day.",
    ),
    who=council_desk,
    needs=a.WrittenReply,
    decider=Decider.ADDRESSEE,
    when=_PAST,
    warns=(g.has_document, g.day_is_known, qg.reply_is_signed_by_the_one_questioned),
    marks=(M.WRITTEN_REPLY_RECEIVED, M.REPLY_REACHED_DEPUTY),
)
_REPLY_HERE = replace(
    _REPLY,
    trigger="receive_reply_at_standing_body",
    target=Q.REPLY_AT_STANDING_BODY,
    label=Text("Ghi Thường trực HĐND nhận văn bản trả lời", "The standing body receives the reply"),
    help=Text("Ngày Thường trực HĐND nhận.", "The day on which the standing body received it."),
    marks=(M.WRITTEN_REPLY_RECEIVED,),
)
_REPLY_THERE = replace(
    _REPLY,
    trigger="receive_reply_at_deputy",
    target=Q.REPLY_AT_DEPUTY,
    label=Text("Ghi đại biểu nhận văn bản trả lời", "The deputy receives the reply"),
    help=Text("Ngày đại biểu đã chất vấn nhận.", "The day on which the deputy received it."),
    marks=(M.REPLY_REACHED_DEPUTY,),
)
_REPORT = Transition(
    trigger="report_study",
    source=WAITING,
    target=SAME,
    label=Text("Ghi báo cáo tại kỳ họp", "Record the report at the session"),
    help=Text("Người được giao báo cáo kết quả nghiên cứu.", "The head charged reports on the study."),
    who=council_desk,
    needs=a.StudyReport,
    when=(qg.study_is_pending, *_PAST),
    warns=(g.day_is_known,),
    marks=(M.STUDY_REPORTED,),
    fixes={"detail.study_pending": False},
)


def _completes(row: Transition, source: str) -> tuple[Transition, ...]:
    """Return `row` as it completes a reply from `source`: a matter under study still waits for its report."""
    done, studied = (qg.no_study_is_pending, *row.when), (qg.study_is_pending, *row.when)
    return (
        replace(row, source=(source,), target=Q.ANSWERED_IN_WRITING, when=done),
        replace(row, source=(source,), target=Q.UNDER_STUDY, when=studied),
    )


REPLIES: tuple[Transition, ...] = (
    Transition(
        trigger="require_reply",
        source=(Q.SELECTED, Q.FORWARDED, Q.ANSWERED_ORALLY),
        target=Q.AWAITING_REPLY,
        label=Text("Yêu cầu trả lời bằng văn bản", "Require a reply in writing"),
        help=Text(
            "Ngày là ngày chất vấn; 20 ngày tính từ ngày này.", "The day is that of questioning; time runs from it."
        ),
        who=council_desk,
        needs=a.ReplyRequired,
        decider=Decider.STANDING_BODY,
        when=(qg.reason_fits_the_group, *_PAST),
        warns=(g.day_is_known,),
        marks=(M.QUESTIONED,),
        keeps={"detail.written_reason": "reason"},
    ),
    Transition(
        trigger="refer_for_reply",
        source=(Q.NOT_SELECTED,),
        target=Q.AWAITING_REPLY,
        label=Text("Chuyển trả lời bằng văn bản", "Refer it for a reply in writing"),
        help=Text(
            "Không thuộc nhóm vấn đề: UBND chỉ đạo đơn vị trả lời bằng văn bản. Ngày là ngày chất vấn.",
            "Not in the group: the unit replies in writing, as UBND directs. The day is that of questioning.",
        ),
        who=council_desk,
        needs=a.ReplyReferred,
        decider=Decider.STANDING_BODY,
        when=(g.addressees_in_office, *_PAST),
        warns=(g.day_is_known,),
        marks=(M.QUESTIONED,),
        names={"via": Named.AGENCY},
        keeps={"detail.reply_via_id": "via"},
        fixes={"detail.written_reason": WrittenReason.NOT_IN_GROUP.value},
    ),
    _CHARGE,
    _CHARGE_MORE,
    replace(_CHARGE_MORE, source=(Q.ANSWERED_IN_WRITING,), target=Q.UNDER_STUDY),
    Transition(
        trigger="set_report_session",
        source=OWED,
        target=SAME,
        label=Text("Đổi kỳ họp phải báo cáo", "Set the session to report at"),
        help=Text("Hạn báo cáo tính theo ngày khai mạc kỳ họp này.", "The report is due when this session opens."),
        who=council_desk,
        needs=ReportSession,
        when=(qg.study_is_pending,),
        names={"session": Named.SESSION},
        keeps={"case.session_id": "session"},
    ),
    *_completes(_REPLY, Q.AWAITING_REPLY),
    _REPLY_HERE,
    *_completes(_REPLY_HERE, Q.REPLY_AT_DEPUTY),
    _REPLY_THERE,
    *_completes(_REPLY_THERE, Q.REPLY_AT_STANDING_BODY),
    _REPORT,
    replace(_REPORT, source=(Q.UNDER_STUDY,), target=Q.ANSWERED_IN_WRITING),
)
