"""The life of a voter petition, as a table.

Sources: Law 87/2015/QH13 art. 74 (supervision of petitions), NQLT 72/2025 art. 2.8, 37.4, 49, 51 and the reports of
five councils on how it runs. "Answered" is not "resolved": the state says where the case is, the result that the
answer claims and the result that the standing body judged are two other columns.
"""

from __future__ import annotations

from enum import StrEnum, unique

from states import entries as e
from states import guards as g
from states.addressees import all_answered, nobody_left, some_waiting
from states.corrections import AMEND, CORRECT, ENTRUST, UNDO
from states.gathering_topics import in_topics
from states.lifecycle import SAME, FollowRule, Follows, Lifecycle, State, Transition
from states.milestones import Milestone as M
from states.permissions import council_desk, council_desk_in_charge, council_side
from states.raising import raised_from
from states.referral import REFERRAL
from states.text import Text
from states.vocabulary import Act, Decider, LinkKind, Named, Phase, Result

PETITION_KIND = "petition"


@unique
class P(StrEnum):
    """Where a petition may be."""

    RECORDED = "recorded"
    EXPLAINED_AT_MEETING = "explained_at_meeting"
    COMPILED = "compiled"
    SCREENED = "screened"
    WITH_AUTHORITY = "with_authority"
    FORWARDED_HIGHER = "forwarded_higher"
    ANSWERED = "answered"
    JUDGED = "judged"
    CLOSED = "closed"
    DIVERTED = "diverted"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    VOIDED = "voided"


_EARLY = (P.RECORDED, P.COMPILED, P.SCREENED)
_OPEN = (*_EARLY, P.EXPLAINED_AT_MEETING, P.WITH_AUTHORITY, P.FORWARDED_HIGHER, P.ANSWERED, P.JUDGED)
_UNSETTLED = (P.WITH_AUTHORITY, P.FORWARDED_HIGHER, P.ANSWERED, P.JUDGED)
_LIVING = (*_OPEN, P.CLOSED, P.DIVERTED, P.WITHDRAWN)

_JUDGING = (
    g.decider_is_the_standing_body,
    g.decider_is_not_the_answerer,
    g.all_have_answered,
    g.roadmap_has_time_and_review,
    g.not_yet_has_reason_and_review,
    g.resolved_has_evidence,
    g.day_is_not_in_the_future,
)

# A table reads by rows.
# fmt: off
PETITION = Lifecycle(
    kind=PETITION_KIND,
    label=Text("Kiến nghị cử tri", "Voter petition"),
    prefix="KN",
    start=P.RECORDED,
    void=P.VOIDED,
    referral=REFERRAL,
    results=tuple(Result),
    states={
        P.RECORDED: State(Text("Đã ghi nhận", "Recorded"), Phase.INTAKE),
        P.EXPLAINED_AT_MEETING: State(
            Text("Giải trình tại hội nghị", "Explained at the meeting"), Phase.DONE, final=True
        ),
        P.COMPILED: State(Text("Đã tổng hợp", "Compiled"), Phase.INTAKE),
        P.SCREENED: State(Text("Đã phân loại", "Classified"), Phase.INTAKE),
        P.WITH_AUTHORITY: State(Text("Cơ quan đang giải quyết", "With the authority"), Phase.OUT),
        P.FORWARDED_HIGHER: State(Text("Đã chuyển cấp trên", "Forwarded to a higher level"), Phase.OUT),
        P.ANSWERED: State(Text("Đã trả lời", "Answered"), Phase.JUDGING),
        P.JUDGED: State(
            Text("Đã kết luận, đang theo dõi", "Judged, followed up"),
            Phase.JUDGING,
            judged=frozenset({Result.ROADMAP, Result.IN_PROGRESS, Result.NOT_YET}),
        ),
        P.CLOSED: State(Text("Đã kết thúc", "Closed"), Phase.DONE, final=True, judged=g.FINAL_RESULTS),
        P.DIVERTED: State(Text("Đã hướng dẫn hoặc chuyển đơn", "Diverted to complaints"), Phase.DONE, final=True),
        P.WITHDRAWN: State(Text("Đã rút", "Withdrawn"), Phase.DONE, final=True),
        P.MERGED: State(Text("Đã gộp", "Merged"), Phase.DONE, final=True),
        P.VOIDED: State(Text("Đã hủy do nhập nhầm", "Voided"), Phase.DONE, final=True),
    },
    follows=Follows(
        rules=(
            FollowRule(
                Text("Không còn cơ quan nào đang nhận: về phân loại", "No addressee left: back to classification"),
                frozenset({P.WITH_AUTHORITY, P.ANSWERED}), P.SCREENED, nobody_left,
            ),
            FollowRule(
                Text("Mọi cơ quan được chuyển đã trả lời", "All addressees have answered"),
                frozenset({P.WITH_AUTHORITY}), P.ANSWERED, all_answered,
            ),
            FollowRule(
                Text("Còn cơ quan chưa trả lời", "An addressee has not answered"),
                frozenset({P.ANSWERED, P.JUDGED}), P.WITH_AUTHORITY, some_waiting,
            ),
        ),
    ),
    transitions=(
        Transition(
            trigger="record", source=(), target=P.RECORDED, label=Text("Ghi nhận", "Record"),
            help=Text("Vào sổ một kiến nghị.", "Enter a petition in the register."),
            who=council_side, needs=e.Record, when=(g.day_is_not_in_the_future,), marks=(M.RECORDED,),
            names={"round": Named.CASE, "session": Named.SESSION, "suggested": Named.AGENCY},
            keeps={
                "case.level": "level", "case.field": "field", "case.locality": "locality", "detail.nature": "nature",
                "case.round_id": "round", "case.session_id": "session",
                "detail.channel": "channel", "detail.agency_written": "agency_written",
                "detail.suggested_id": "suggested",
                "detail.round_kind": "round_kind", "detail.source": "source",
            },
            counts=("detail.times_raised",),
        ),
        Transition(
            trigger="explain_at_meeting", source=(P.RECORDED,), target=P.EXPLAINED_AT_MEETING,
            label=Text("Đã giải trình tại hội nghị", "Explained at the meeting"),
            help=Text(
                "Mặt trận và Tổ đại biểu đánh giá giải trình tại chỗ là thỏa đáng.",
                "The Front and the deputy group found the explanation on the spot satisfactory.",
            ),
            who=council_side, needs=e.RecordedMeeting, when=(g.day_is_not_in_the_future,),
            marks=(M.EXPLAINED_AT_MEETING,),
        ),
        Transition(
            trigger="compile", source=(P.RECORDED, P.EXPLAINED_AT_MEETING), target=P.COMPILED,
            label=Text("Tổng hợp", "Compile"),
            help=Text("Đưa vào báo cáo tổng hợp của đợt.", "Put it into the compiled report of the round."),
            who=council_side, when=(g.day_is_not_in_the_future,), marks=(M.COMPILED,),
        ),
        Transition(
            trigger="screen", source=(P.RECORDED, P.COMPILED, P.SCREENED, P.FORWARDED_HIGHER), target=P.SCREENED,
            label=Text("Phân loại", "Classify"),
            help=Text("Xác định cấp có thẩm quyền và lĩnh vực.", "Say whose level it is and which field."),
            who=council_desk, needs=e.Screening, when=(g.day_is_not_in_the_future,), marks=(M.SCREENED,),
            keeps={"case.level": "level", "case.field": "field", "detail.nature": "nature"},
        ),
        Transition(
            trigger="transfer", source=(P.SCREENED, P.WITH_AUTHORITY), target=P.WITH_AUTHORITY,
            label=Text("Chuyển cơ quan giải quyết", "Transfer"),
            help=Text(
                "Chuyển tới một hoặc nhiều cơ quan; thời hạn chỉ chạy từ ngày cơ quan nhận.",
                "Send it to one or more agencies; time runs only from their receipt.",
            ),
            who=council_desk, needs=e.TransferSlip, decider=Decider.STANDING_BODY,
            when=(
                g.is_own_level, g.addressees_in_office, g.addressees_are_new, g.judge_is_not_the_addressee,
                g.day_is_not_in_the_future,
            ),
            opens=True, names={"addressees": Named.AGENCY},
        ),
        Transition(
            trigger="forward_higher", source=(P.SCREENED,), target=P.FORWARDED_HIGHER,
            label=Text("Chuyển cấp trên", "Forward to a higher level"),
            help=Text(
                "Vẫn mở và được theo dõi, không tính vào tỷ lệ của xã.",
                "It stays open and followed up, outside the commune's own rate.",
            ),
            who=council_desk, needs=e.ForwardHigher, decider=Decider.STANDING_BODY,
            when=(g.is_higher_level, g.goes_higher, g.addressees_in_office, g.day_is_not_in_the_future),
            marks=(M.FORWARDED_HIGHER,),
            keeps={"case.level": "level"}, names={"addressee": Named.AGENCY},
        ),
        Transition(
            trigger="record_higher_answer", source=(P.FORWARDED_HIGHER,), target=P.ANSWERED,
            label=Text("Ghi trả lời của cấp trên", "Record the higher level's answer"),
            help=Text("Nhận trả lời để báo lại cử tri.", "Receive the answer so that voters can be told."),
            who=council_desk, needs=e.AnswerRow, when=(g.day_is_not_in_the_future,), warns=(g.answer_is_complete,),
            marks=(M.ANSWER_RECEIVED,), keeps={"case.result_claimed": "claimed"},
        ),
        Transition(
            trigger="divert", source=_EARLY, target=P.DIVERTED, label=Text("Hướng dẫn gửi đơn, chuyển đơn", "Divert"),
            help=Text(
                "Khiếu nại, tố cáo đi theo quy định về đơn thư.", "Complaints and denunciations go their own way."
            ),
            who=council_desk, needs=e.Diversion, when=(g.day_is_not_in_the_future,), marks=(M.DIVERTED,),
        ),
        Transition(
            trigger="note", source=_EARLY, target=P.CLOSED, label=Text("Ghi nhận ý kiến", "Note the opinion"),
            help=Text("Ý kiến không yêu cầu giải quyết.", "A mere opinion that asks for nothing."),
            who=council_desk, decider=Decider.STANDING_BODY,
            when=(g.is_mere_opinion, g.decider_is_the_standing_body, g.day_is_not_in_the_future),
            marks=(M.CLOSED,), fixes={"case.result_judged": Result.NOTED},
        ),
        Transition(
            trigger="judge", source=(P.ANSWERED, P.JUDGED), target=P.CLOSED, label=Text("Ghi kết luận", "Judge"),
            help=Text(
                "Thường trực HĐND kết luận kết quả giải quyết.", "The standing body decides on the result."
            ),
            who=council_desk, needs=e.Judgement, decider=Decider.STANDING_BODY,
            when=(g.result_is_final, *_JUDGING), warns=(g.result_fits_claim,), marks=(M.JUDGED, M.CLOSED),
            keeps={"case.result_judged": "result"}, each_referral="accept",
        ),
        Transition(
            trigger="judge", source=(P.ANSWERED, P.JUDGED), target=P.JUDGED, label=Text("Ghi kết luận", "Judge"),
            help=Text(
                "Thường trực HĐND kết luận kết quả giải quyết.", "The standing body decides on the result."
            ),
            who=council_desk, needs=e.Judgement, decider=Decider.STANDING_BODY,
            when=(g.result_is_open, *_JUDGING), warns=(g.result_fits_claim,), marks=(M.JUDGED, M.ROADMAP_SET),
            keeps={"case.result_judged": "result"}, each_referral="accept",
        ),
        Transition(
            trigger="reopen", source=(P.CLOSED, P.EXPLAINED_AT_MEETING, P.DIVERTED, P.WITHDRAWN), target=P.SCREENED,
            label=Text("Mở lại", "Reopen"),
            help=Text("Cùng mã, thời hạn mới.", "The same case with new clocks."),
            who=council_desk, needs=e.Because, decider=Decider.STANDING_BODY, when=(g.day_is_not_in_the_future,),
            marks=(M.REOPENED,), fixes={"case.result_claimed": None}, each_referral="set_aside",
        ),
        Transition(
            trigger="hear_petitioner", source=(P.ANSWERED, P.JUDGED, P.CLOSED, P.EXPLAINED_AT_MEETING), target=SAME,
            label=Text("Ghi ý kiến của cử tri", "Record the petitioner's verdict"),
            help=Text("Cử tri đồng ý, cần làm rõ hay không đồng ý.", "Satisfied, needs clarification or disagrees."),
            who=council_side, needs=e.PetitionerSays, when=(g.day_is_not_in_the_future,),
            keeps={"case.petitioner_verdict": "verdict"},
        ),
        Transition(
            trigger="inform_voters", source=(P.ANSWERED, P.JUDGED, P.CLOSED), target=SAME,
            label=Text("Ghi đã thông báo cho cử tri", "Record that voters were told"),
            help=Text("Nêu hình thức thông báo.", "Say by which channel."),
            who=council_side, needs=e.Informed, when=(g.day_is_not_in_the_future,), marks=(M.VOTERS_INFORMED,),
        ),
        Transition(
            trigger="publish", source=(P.ANSWERED, P.JUDGED, P.CLOSED), target=SAME,
            label=Text("Ghi đã công khai", "Record the publication"),
            help=Text("Niêm yết hoặc đăng cổng thông tin.", "Posted or put on the portal."),
            who=council_side, needs=e.Informed, when=(g.day_is_not_in_the_future,), marks=(M.PUBLISHED,),
        ),
        Transition(
            trigger="raise_again", source=_LIVING, target=SAME,
            label=Text("Ghi nêu lại", "Record that it was raised again"),
            help=Text("Thêm một lần nêu, không thêm hồ sơ.", "Adds a time raised, never a case."),
            who=council_side, needs=e.RaisedAgain, when=(g.day_is_not_in_the_future,), counts=("detail.times_raised",),
        ),
        *raised_from(_UNSETTLED),
        *in_topics(_LIVING),
        Transition(
            trigger="withdraw", source=_OPEN, target=P.WITHDRAWN, label=Text("Ghi rút kiến nghị", "Withdraw"),
            help=Text("Cử tri rút kiến nghị.", "The petitioner withdraws it."),
            who=council_desk, needs=e.Because, when=(g.day_is_not_in_the_future,), marks=(M.WITHDRAWN,),
            each_referral="recall",
        ),
        Transition(
            trigger="merge", source=_OPEN, target=P.MERGED, label=Text("Gộp", "Merge"),
            help=Text("Gộp vào kiến nghị khác, vẫn giữ mã và nội dung.", "Goes into another; keeps code and text."),
            who=council_desk, needs=e.MergeInto, when=(g.merges_into_another_open_case,), marks=(M.MERGED,),
            each_referral="recall",
            names={"into": Named.CASE}, links=LinkKind.MERGED_INTO,
        ),
        Transition(
            trigger="take_in", source=_LIVING, target=SAME, label=Text("Nhận kiến nghị gộp vào", "Take another in"),
            help=Text("Cộng số lần nêu của kiến nghị gộp vào.", "Adds the times that the other one was raised."),
            who=council_desk, needs=e.TakenIn, names={"merged": Named.CASE}, counts=("detail.times_raised",),
            carried=True,
        ),
        Transition(
            trigger="split", source=_EARLY, target=SAME, label=Text("Tách", "Split"),
            help=Text(
                "Giữ phần đầu ở mã này, mỗi phần khác thành hồ sơ mới; cả hai nội dung đều giữ.",
                "The first part stays, each other part becomes a case; both texts are kept.",
            ),
            who=council_desk, needs=e.Splitting, when=(g.day_is_not_in_the_future,), names={"parts": Named.CASE},
            links=LinkKind.SPLIT_FROM, carried=True,
        ),
        Transition(
            trigger="void", source=(*_LIVING, P.MERGED), target=P.VOIDED, label=Text("Hủy do nhập nhầm", "Void"),
            help=Text("Hồ sơ nhập nhầm; mã và lịch sử vẫn còn.", "Entered by mistake; code and history stay."),
            who=council_desk, needs=e.Because, act=Act.VOID, marks=(M.VOIDED,), each_referral="recall",
        ),
        Transition(
            trigger="erase_petitioner", source=tuple(P), target=SAME,
            label=Text("Xóa người kiến nghị", "Erase the petitioner"),
            help=Text(
                "Xóa họ tên, địa chỉ, điện thoại; lịch sử vẫn kiểm tra được.",
                "Takes name, address and telephone away; history can still be verified.",
            ),
            who=council_desk_in_charge, needs=e.Because, act=Act.AMEND, carried=True,
        ),
        *(row.on(_LIVING) for row in (ENTRUST, AMEND, CORRECT, UNDO)),
    ),
)
