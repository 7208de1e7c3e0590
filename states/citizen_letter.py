"""The life of a citizen's letter (đơn), as a table. The council does not decide: it classifies, forwards and follows.

Sources: Law 42/2013/QH13 on reception of citizens, art. 25 to 28; Law 25/2018/QH14 on denunciations, which keeps who
denounces secret. A denunciation is not handled here: it is diverted, and of it only the day and the receiver are kept,
seen by nobody but those who are named.

Letters are internal, not restricted: whoever is at the desk and the agency it was forwarded to must be able to work on
them. Who wrote is kept apart and masked; nothing of a letter is public.
"""

from __future__ import annotations

from enum import StrEnum, unique

from states import entries as e
from states import guards as g
from states import letter_guards as lg
from states import lettering as lt
from states.addressees import all_answered, nobody_left, some_waiting
from states.checking import next_check_has_a_day
from states.corrections import AMEND, CORRECT, ENTRUST, UNDO
from states.letter_words import LetterClass
from states.lifecycle import SAME, FollowRule, Follows, Lifecycle, Rated, State, Transition
from states.milestones import Milestone as M
from states.permissions import council_desk, council_desk_in_charge
from states.referral import REFERRAL
from states.text import Text
from states.vocabulary import Act, Confidentiality, Decider, LinkKind, Named, Phase

LETTER_KIND = "citizen_letter"


@unique
class D(StrEnum):
    """Where a letter may be."""

    REGISTERED = "registered"
    CLASSIFIED = "classified"
    INELIGIBLE = "ineligible"
    FORWARDED = "forwarded"
    RESULT_RECEIVED = "result_received"
    INFORMED = "informed"
    CLOSED = "closed"
    GUIDED = "guided"
    FILED = "filed"
    RETURNED = "returned_to_sender"
    WITHDRAWN = "withdrawn"
    DIVERTED_DENUNCIATION = "diverted_denunciation"
    VOIDED = "voided"


_UNREAD = (D.REGISTERED, D.CLASSIFIED, D.INELIGIBLE)
_OUT = (D.FORWARDED, D.RESULT_RECEIVED, D.INFORMED)
_OPEN = (*_UNREAD, *_OUT)
_ENDED = (D.CLOSED, D.GUIDED, D.FILED, D.RETURNED, D.WITHDRAWN)
_LIVING = (*_OPEN, *_ENDED)
_PAST = (g.day_is_not_in_the_future,)
_SECRET = {"case.confidentiality": Confidentiality.SECRET, "detail.classification": LetterClass.DENUNCIATION}
_NAMES = {"from_case": Named.CASE}
_REGISTER_HELP = Text(
    "Ngày là ngày nhận đơn. Đơn tố cáo: chỉ ghi ngày và nơi chuyển, không ghi nội dung, người tố cáo.",
    "The day is that of its receipt. Of a denunciation only the day and the receiver are entered.",
)

# A table reads by rows.
# fmt: off
CITIZEN_LETTER = Lifecycle(
    kind=LETTER_KIND,
    label=Text("Đơn của công dân", "Citizen's letter"),
    prefix="DT",
    start=D.REGISTERED,
    void=D.VOIDED,
    rated=Rated(
        by="letter_result",
        done=frozenset({D.CLOSED, D.GUIDED, D.FILED, D.RETURNED, D.DIVERTED_DENUNCIATION}),
        apart=frozenset({D.WITHDRAWN}),
    ),
    referral=REFERRAL,
    states={
        D.REGISTERED: State(Text("Đã vào sổ", "Registered"), Phase.INTAKE),
        D.CLASSIFIED: State(Text("Đã phân loại", "Classified"), Phase.INTAKE),
        D.INELIGIBLE: State(Text("Chưa đủ điều kiện xử lý", "Not eligible"), Phase.INTAKE),
        D.FORWARDED: State(Text("Đã chuyển, đang theo dõi", "Forwarded, followed"), Phase.OUT),
        D.RESULT_RECEIVED: State(Text("Đã nhận kết quả", "Result received"), Phase.JUDGING),
        D.INFORMED: State(Text("Đã báo kết quả cho công dân", "Citizen informed"), Phase.JUDGING),
        D.CLOSED: State(Text("Đã kết thúc theo dõi", "Closed"), Phase.DONE, final=True),
        D.GUIDED: State(Text("Đã hướng dẫn", "Guided"), Phase.DONE, final=True),
        D.FILED: State(Text("Lưu đơn", "Filed"), Phase.DONE, final=True),
        D.RETURNED: State(Text("Đã trả lại đơn", "Returned to the sender"), Phase.DONE, final=True),
        D.WITHDRAWN: State(Text("Công dân đã rút đơn", "Withdrawn"), Phase.DONE, final=True),
        D.DIVERTED_DENUNCIATION: State(Text("Đơn tố cáo, đã chuyển", "Denunciation, diverted"), Phase.DONE, final=True),
        D.VOIDED: State(Text("Đã hủy do nhập nhầm", "Voided"), Phase.DONE, final=True),
    },
    follows=Follows(
        rules=(
            FollowRule(
                Text("Không còn cơ quan nào đang nhận: về phân loại", "No addressee left: back to classification"),
                frozenset({D.FORWARDED, D.RESULT_RECEIVED}), D.CLASSIFIED, nobody_left,
            ),
            FollowRule(
                Text("Mọi cơ quan đã thông báo kết quả", "All addressees have told the result"),
                frozenset({D.FORWARDED}), D.RESULT_RECEIVED, all_answered,
            ),
            FollowRule(
                Text("Còn cơ quan chưa thông báo kết quả", "An addressee has not told the result"),
                frozenset({D.RESULT_RECEIVED, D.INFORMED}), D.FORWARDED, some_waiting,
            ),
        ),
    ),
    transitions=(
        # First, so that a refusal speaks of what is wrong with a denunciation and not of its being one.
        Transition(
            trigger="register", source=(), target=D.DIVERTED_DENUNCIATION, label=Text("Vào sổ đơn", "Register"),
            help=_REGISTER_HELP,
            who=council_desk, needs=lt.IncomingLetter,
            when=(lg.is_a_denunciation, lg.denouncer_is_not_named, *_PAST), marks=(M.DIVERTED,),
            names=_NAMES, links=LinkKind.ARISES_FROM, fixes=_SECRET,
            keeps={"detail.channel": "channel", "detail.diverted_to": "diverted_to"},
        ),
        Transition(
            trigger="register", source=(), target=D.REGISTERED, label=Text("Vào sổ đơn", "Register"),
            help=_REGISTER_HELP,
            who=council_desk, needs=lt.IncomingLetter, when=(lg.is_no_denunciation, *_PAST),
            warns=(lg.letter_is_summed_up, g.day_is_known), marks=(M.LETTER_REGISTERED,),
            names=_NAMES, links=LinkKind.ARISES_FROM,
            keeps={
                "detail.classification": "classification", "detail.channel": "channel", "detail.signers": "signers",
                "detail.source": "source", "case.field": "field", "case.locality": "locality",
            },
        ),
        Transition(
            trigger="classify", source=_UNREAD, target=D.CLASSIFIED, label=Text("Phân loại đơn", "Classify"),
            help=Text("Khiếu nại, kiến nghị, phản ánh hay nhiều nội dung.", "Complaint, feedback or several matters."),
            who=council_desk, needs=lt.LetterClassified, when=(lg.is_no_denunciation, *_PAST),
            marks=(M.LETTER_CLASSIFIED,),
            keeps={"detail.classification": "classification", "case.field": "field"}, fixes={"detail.fault": None},
        ),
        Transition(
            trigger="find_ineligible", source=_UNREAD, target=D.INELIGIBLE,
            label=Text("Ghi chưa đủ điều kiện", "Find ineligible"),
            help=Text("Thiếu chữ ký, họ tên, địa chỉ, nội dung không rõ.", "Not signed, nameless or unclear."),
            who=council_desk, needs=lt.LetterFaulty, when=_PAST, marks=(M.LETTER_CLASSIFIED,),
            keeps={"detail.fault": "fault"},
        ),
        Transition(
            trigger="divert_denunciation", source=_UNREAD, target=D.DIVERTED_DENUNCIATION,
            label=Text("Chuyển đơn tố cáo", "Divert the denunciation"),
            help=Text(
                "Đọc ra là tố cáo: chuyển cơ quan có thẩm quyền; từ đây chỉ người được nêu tên thấy.",
                "It turns out to be one: it goes to the competent body and is seen only by those who are named.",
            ),
            who=council_desk, needs=lt.DenunciationDiverted, when=_PAST, marks=(M.DIVERTED,),
            keeps={"detail.diverted_to": "diverted_to"}, fixes=_SECRET,
        ),
        Transition(
            trigger="transfer", source=(D.CLASSIFIED, D.FORWARDED), target=D.FORWARDED,
            label=Text("Chuyển đơn", "Forward"),
            help=Text(
                "Chuyển tới cơ quan có thẩm quyền giải quyết; HĐND theo dõi, không giải quyết thay.",
                "To the body with jurisdiction; the council follows it and does not decide in its place.",
            ),
            who=council_desk, needs=e.TransferSlip, decider=Decider.STANDING_BODY,
            when=(g.addressees_in_office, g.addressees_are_new, g.judge_is_not_the_addressee, *_PAST),
            opens=True, names={"addressees": Named.AGENCY},
        ),
        Transition(
            trigger="tell_citizen", source=(*_UNREAD, D.FORWARDED, D.RESULT_RECEIVED), target=SAME,
            label=Text("Ghi đã trả lời về việc xử lý đơn", "Tell the citizen"),
            help=Text(
                "Công dân được biết đơn được xử lý thế nào, chuyển tới đâu.",
                "The citizen is told how the letter is handled and where it went.",
            ),
            who=council_desk, needs=e.Informed, when=_PAST, warns=(g.day_is_known,), marks=(M.CITIZEN_TOLD,),
        ),
        Transition(
            trigger="track", source=(D.FORWARDED,), target=SAME, label=Text("Ghi theo dõi", "Track"),
            help=Text("Tình hình giải quyết và ngày kiểm tra tiếp.", "How it stands and when it is looked at again."),
            who=council_desk, needs=lt.LetterTracked, when=_PAST, warns=(next_check_has_a_day,),
            marks=(M.CHECKED, M.NEXT_CHECK_SET),
        ),
        Transition(
            trigger="note_settled", source=(D.FORWARDED,), target=SAME,
            label=Text("Ghi cơ quan đã giải quyết", "Note as settled"),
            help=Text(
                "Ngày là ngày giải quyết; cơ quan phải thông báo kết quả cho nơi chuyển đơn.",
                "The day is that of the decision; the agency must tell the result to who forwarded the letter.",
            ),
            who=council_desk, needs=lt.LetterSettled, when=_PAST, warns=(g.day_is_known,),
            marks=(M.SETTLED_BY_AGENCY,),
        ),
        Transition(
            trigger="inform", source=(D.RESULT_RECEIVED,), target=D.INFORMED,
            label=Text("Ghi đã báo kết quả cho công dân", "Inform the citizen"),
            help=Text("Công dân được biết kết quả giải quyết.", "The citizen is told the result."),
            who=council_desk, needs=e.Informed, when=_PAST, warns=(g.day_is_known,),
            marks=(M.CITIZEN_TOLD, M.CITIZEN_INFORMED),
        ),
        Transition(
            trigger="close", source=(D.INFORMED,), target=D.CLOSED, label=Text("Kết thúc theo dõi", "Close"),
            help=Text("Quyết định giải quyết đã có hiệu lực.", "The decision of the competent body is in force."),
            who=council_desk, needs=lt.LetterClosed, when=_PAST, marks=(M.CLOSED,),
        ),
        Transition(
            trigger="guide", source=_UNREAD, target=D.GUIDED, label=Text("Hướng dẫn công dân", "Guide"),
            help=Text("Hướng dẫn gửi đơn đúng nơi có thẩm quyền.", "The citizen is told where to turn."),
            who=council_desk, needs=lt.Guidance, when=_PAST, warns=(g.day_is_known,), marks=(M.CITIZEN_TOLD, M.CLOSED),
        ),
        Transition(
            trigger="return_letter", source=(D.INELIGIBLE,), target=D.RETURNED,
            label=Text("Trả lại đơn", "Return the letter"),
            help=Text("Trả lại kèm lý do để công dân bổ sung.", "Sent back with its reason, to be completed."),
            who=council_desk, needs=e.Because, when=_PAST, warns=(g.day_is_known,), marks=(M.CITIZEN_TOLD, M.CLOSED),
        ),
        Transition(
            trigger="file", source=_UNREAD, target=D.FILED, label=Text("Lưu đơn", "File"),
            help=Text("Không xử lý tiếp; nêu lý do.", "Nothing more is done; the reason is given."),
            who=council_desk, needs=e.Because, when=_PAST, marks=(M.CLOSED,),
        ),
        Transition(
            trigger="withdraw", source=_OPEN, target=D.WITHDRAWN, label=Text("Ghi rút đơn", "Withdraw"),
            help=Text("Công dân rút đơn.", "The citizen withdraws it."),
            who=council_desk, needs=e.Because, when=_PAST, marks=(M.WITHDRAWN,), each_referral="recall",
        ),
        Transition(
            trigger="reopen", source=_ENDED, target=D.CLASSIFIED, label=Text("Mở lại", "Reopen"),
            help=Text("Công dân bổ sung hoặc có tình tiết mới; cùng mã.", "Completed, or new facts; the same code."),
            who=council_desk, needs=e.Because, when=_PAST, marks=(M.REOPENED,),
            fixes={"case.result_claimed": None, "detail.fault": None}, each_referral="set_aside",
        ),
        Transition(
            trigger="void", source=(*_LIVING, D.DIVERTED_DENUNCIATION), target=D.VOIDED,
            label=Text("Hủy do nhập nhầm", "Void"),
            help=Text("Hồ sơ nhập nhầm; mã và lịch sử vẫn còn.", "Entered by mistake; code and history stay."),
            who=council_desk, needs=e.Because, act=Act.VOID, marks=(M.VOIDED,), each_referral="recall",
        ),
        Transition(
            trigger="erase_petitioner", source=tuple(D), target=SAME,
            label=Text("Xóa người đứng đơn", "Erase the sender"),
            help=Text(
                "Xóa họ tên, địa chỉ, điện thoại; lịch sử vẫn kiểm tra được.",
                "Takes name, address and telephone away; history can still be verified.",
            ),
            who=council_desk_in_charge, needs=e.Because, act=Act.AMEND, carried=True,
        ),
        AMEND.on(_LIVING),
        *(row.on((*_LIVING, D.DIVERTED_DENUNCIATION)) for row in (ENTRUST, CORRECT, UNDO)),
    ),
)
