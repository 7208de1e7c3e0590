"""The life of a question (chất vấn) of a deputy, as a table: one slip is one case.

Sources: Law 87/2015/QH13 art. 60 and 69 (questioning at sessions, and between them before the standing body) and the
reports of five councils. Slips and questions answered on the floor are two counts: `times_live` counts the second.
"""

from __future__ import annotations

from states import asking as a
from states import entries as e
from states import guards as g
from states import question_guards as qg
from states.corrections import AMEND, CORRECT, ENTRUST, UNDO
from states.lifecycle import SAME, Lifecycle, On, Proposes, Rated, State, Transition
from states.milestones import Milestone as M
from states.permissions import council_desk, council_side
from states.question_words import Q
from states.raising import raised_from
from states.replying import OWED, REPLIES, WAITING
from states.text import Text
from states.vocabulary import Act, Decider, LinkKind, Named, Phase

QUESTION_KIND = "question"

_EARLY = (Q.SUBMITTED, Q.SELECTED, Q.NOT_SELECTED, Q.FORWARDED)
_ANSWERED = (Q.ANSWERED_ORALLY, Q.ANSWERED_IN_WRITING)
_SETTLED = (Q.ACCEPTED, Q.DISPUTED, Q.CONCLUDED)
_OPEN = (*_EARLY, Q.ANSWERED_ORALLY, *OWED, Q.ANSWERED_IN_WRITING, *_SETTLED)
_ENDED = (Q.CLOSED, Q.WITHDRAWN, Q.CONVERTED)
_LIVING = (*_OPEN, *_ENDED)
_PAST = (g.day_is_not_in_the_future,)

# A table reads by rows.
# fmt: off
QUESTION = Lifecycle(
    kind=QUESTION_KIND,
    label=Text("Chất vấn", "Question"),
    prefix="CV",
    start=Q.SUBMITTED,
    void=Q.VOIDED,
    rated=Rated(by="written_reply", done=frozenset({Q.CLOSED}), apart=frozenset({Q.WITHDRAWN, Q.CONVERTED})),
    charges="agency_id",
    states={
        Q.SUBMITTED: State(Text("Đã nhận phiếu chất vấn", "Submitted"), Phase.INTAKE),
        Q.SELECTED: State(Text("Đã chọn vào nhóm vấn đề", "Selected"), Phase.INTAKE),
        Q.NOT_SELECTED: State(Text("Không chọn, chờ chuyển trả lời", "Not selected"), Phase.INTAKE),
        Q.FORWARDED: State(Text("Đã chuyển người bị chất vấn", "Forwarded"), Phase.OUT),
        Q.ANSWERED_ORALLY: State(Text("Đã trả lời trực tiếp", "Answered on the floor"), Phase.JUDGING),
        Q.AWAITING_REPLY: State(Text("Chờ văn bản trả lời", "Awaiting the reply"), Phase.OUT),
        Q.REPLY_AT_STANDING_BODY: State(
            Text("Thường trực HĐND đã nhận trả lời, đại biểu chưa nhận", "Reply not with the deputy yet"), Phase.OUT
        ),
        Q.REPLY_AT_DEPUTY: State(
            Text("Đại biểu đã nhận trả lời, Thường trực HĐND chưa nhận", "Reply not with the standing body yet"),
            Phase.OUT,
        ),
        Q.ANSWERED_IN_WRITING: State(Text("Đã trả lời bằng văn bản", "Answered in writing"), Phase.JUDGING),
        Q.UNDER_STUDY: State(
            Text("Đã trả lời, còn phải báo cáo tại kỳ họp", "Replied to, report at the session due"), Phase.OUT
        ),
        Q.ACCEPTED: State(Text("Đại biểu đồng ý", "Accepted"), Phase.JUDGING),
        Q.DISPUTED: State(Text("Đại biểu chưa đồng ý", "Disputed"), Phase.JUDGING),
        Q.CONCLUDED: State(Text("Đã kết luận", "Concluded"), Phase.JUDGING),
        Q.CLOSED: State(Text("Đã kết thúc", "Closed"), Phase.DONE, final=True),
        Q.WITHDRAWN: State(Text("Đã rút", "Withdrawn"), Phase.DONE, final=True),
        Q.MERGED: State(Text("Đã gộp", "Merged"), Phase.DONE, final=True),
        Q.CONVERTED: State(Text("Đã chuyển phiên giải trình", "Taken to a hearing"), Phase.DONE, final=True),
        Q.VOIDED: State(Text("Đã hủy do nhập nhầm", "Voided"), Phase.DONE, final=True),
    },
    transitions=(
        Transition(
            trigger="submit", source=(), target=Q.SUBMITTED, label=Text("Ghi phiếu chất vấn", "Submit"),
            help=Text("Mỗi phiếu của một đại biểu là một hồ sơ.", "Each slip of a deputy is a case."),
            who=council_side, needs=a.QuestionSlip,
            when=(g.addressees_in_office, g.judge_is_not_the_addressee, *_PAST), warns=(qg.question_has_occasion,),
            marks=(M.QUESTION_SUBMITTED,),
            names={
                "deputy_group": Named.AGENCY, "agency": Named.AGENCY, "session": Named.SESSION,
                "from_case": Named.CASE,
            },
            keeps={
                "detail.deputy": "deputy", "detail.deputy_group_id": "deputy_group", "detail.agency_id": "agency",
                "detail.office_holder": "office_holder", "detail.sitting_on": "sitting_on", "detail.topic": "topic",
                "detail.criterion": "criterion", "case.session_id": "session", "case.field": "field",
                "case.locality": "locality",
            },
            fixes={"detail.times_live": 0, "detail.times_urged": 0, "detail.study_pending": False},
            counts=("detail.slips", "detail.times_asked"), links=LinkKind.ARISES_FROM,
        ),
        Transition(
            trigger="select", source=(Q.SUBMITTED, Q.NOT_SELECTED), target=Q.SELECTED,
            label=Text("Chọn vào nhóm vấn đề", "Select"),
            help=Text(
                "Thường trực HĐND đề nghị nhóm vấn đề, HĐND quyết định.",
                "The standing body proposes the group, the council decides.",
            ),
            who=council_desk, needs=a.Selection, decider=Decider.STANDING_BODY, when=_PAST,
            keeps={"detail.topic": "topic", "detail.criterion": "criterion"},
        ),
        Transition(
            trigger="not_select", source=(Q.SUBMITTED, Q.SELECTED), target=Q.NOT_SELECTED,
            label=Text("Không chọn trả lời trực tiếp", "Do not select"),
            help=Text(
                "Vẫn phải được trả lời bằng văn bản.", "It is still answered, in writing."
            ),
            who=council_desk, needs=a.Passed, decider=Decider.STANDING_BODY, when=_PAST,
        ),
        Transition(
            trigger="forward", source=(Q.SUBMITTED, Q.SELECTED), target=Q.FORWARDED,
            label=Text("Chuyển người bị chất vấn", "Forward"),
            help=Text(
                "Chuyển trước để người bị chất vấn chuẩn bị.", "Sent ahead, so that the person questioned prepares."
            ),
            who=council_desk, needs=a.Passed, decider=Decider.STANDING_BODY,
            when=_PAST, warns=(g.has_document,), marks=(M.QUESTION_FORWARDED,),
        ),
        Transition(
            trigger="answer_orally", source=(Q.SUBMITTED, Q.SELECTED, Q.FORWARDED), target=Q.ANSWERED_ORALLY,
            label=Text("Ghi trả lời trực tiếp", "Record the answer on the floor"),
            help=Text(
                "Nêu rõ trách nhiệm, giải pháp, thời hạn; người bị chất vấn trực tiếp trả lời.",
                "It says responsibility, measures and deadline; the person questioned answers in person.",
            ),
            who=council_desk, needs=a.OralAnswer, decider=Decider.ADDRESSEE, when=_PAST,
            warns=(qg.oral_answer_is_complete, qg.answers_in_person), marks=(M.ANSWERED_ON_THE_FLOOR,),
            counts=("detail.times_live",),
        ),
        Transition(
            trigger="ask_back", source=(Q.ANSWERED_ORALLY,), target=SAME, label=Text("Ghi chất vấn lại", "Ask back"),
            help=Text("Đại biểu hỏi lại ngay tại phiên.", "The deputy asks back at the same sitting."),
            who=council_desk, needs=a.FollowUpQuestion, when=_PAST,
        ),
        *REPLIES,
        Transition(
            trigger="urge", source=OWED, target=SAME, label=Text("Đôn đốc", "Urge"),
            help=Text("Văn bản đôn đốc trả lời hoặc báo cáo.", "A letter that urges the reply or the report."),
            who=council_desk, needs=e.Urging, decider=Decider.STANDING_BODY, when=_PAST, warns=(g.has_document,),
            marks=(M.URGED,), counts=("detail.times_urged",),
        ),
        *raised_from((*OWED, Q.DISPUTED)),
        Transition(
            trigger="accept", source=(*_ANSWERED, Q.DISPUTED), target=Q.ACCEPTED,
            label=Text("Ghi đại biểu đồng ý", "Record that it is accepted"),
            help=Text("Đại biểu đồng ý với nội dung trả lời.", "The deputy accepts the answer."),
            who=council_side, needs=a.Passed, when=(g.decider_is_not_the_answerer, *_PAST), marks=(M.REPLY_ACCEPTED,),
        ),
        Transition(
            trigger="dispute", source=(*_ANSWERED, Q.ACCEPTED), target=Q.DISPUTED,
            label=Text("Ghi đại biểu chưa đồng ý", "Record that it is disputed"),
            help=Text(
                "Đại biểu có thể đề nghị HĐND thảo luận, xem xét trách nhiệm.",
                "The deputy may ask the council to debate it or to consider responsibility.",
            ),
            who=council_side, needs=a.Dispute, when=_PAST, marks=(M.REPLY_DISPUTED,),
            keeps={"detail.dispute_asks": "asks"},
        ),
        Transition(
            trigger="conclude", source=(*_ANSWERED, Q.ACCEPTED, Q.DISPUTED), target=Q.CONCLUDED,
            label=Text("Ghi kết luận", "Conclude"),
            help=Text(
                "Nghị quyết về chất vấn, hoặc thông báo kết luận của chủ tọa.",
                "A resolution on the questioning, or the notice of the chair's conclusion.",
            ),
            who=council_desk, needs=a.Conclusion, decider=Decider.STANDING_BODY,
            when=(g.decider_is_not_the_answerer, *_PAST), warns=(g.has_document,), marks=(M.QUESTIONING_CONCLUDED,),
        ),
        Transition(
            trigger="close", source=(Q.ACCEPTED, Q.CONCLUDED), target=Q.CLOSED, label=Text("Kết thúc", "Close"),
            help=Text(
                "Việc đã hứa tiếp tục được theo dõi ở hồ sơ cam kết.", "What was promised goes on as a commitment."
            ),
            who=council_desk, needs=a.Passed, decider=Decider.STANDING_BODY,
            when=(g.decider_is_the_standing_body, *_PAST), marks=(M.CLOSED,),
            proposes=(Proposes("verify", On.ORIGINS), Proposes("judge", On.ORIGINS)),
        ),
        Transition(
            trigger="ask_again", source=(*_SETTLED, *_ENDED), target=Q.SUBMITTED,
            label=Text("Tái chất vấn", "Ask again"),
            help=Text("Cùng mã, thêm một lần chất vấn.", "The same code, asked once more."),
            who=council_side, needs=a.AskedAgain, when=_PAST, warns=(qg.question_has_occasion,),
            marks=(M.REOPENED,), names={"session": Named.SESSION},
            keeps={"case.session_id": "session", "detail.sitting_on": "sitting_on"},
            fixes={"detail.written_reason": None, "detail.dispute_asks": None, "detail.study_pending": False},
            counts=("detail.times_asked",),
        ),
        Transition(
            trigger="redirect", source=(*_EARLY, *WAITING), target=SAME,
            label=Text("Chuyển đúng người bị chất vấn", "Redirect to the right person"),
            help=Text("Chất vấn nhầm người; người cũ vẫn còn trong nhật ký.", "Who was asked stays in the story."),
            who=council_desk, needs=a.AnotherAnswerer,
            when=(g.addressees_in_office, g.judge_is_not_the_addressee, *_PAST),
            names={"agency": Named.AGENCY},
            keeps={"detail.agency_id": "agency", "detail.office_holder": "office_holder"},
        ),
        Transition(
            trigger="convert", source=_OPEN, target=Q.CONVERTED, label=Text("Chuyển phiên giải trình", "Convert"),
            help=Text("Đưa ra phiên giải trình thay cho chất vấn.", "It goes to an explanation hearing instead."),
            who=council_desk, needs=a.Conversion, decider=Decider.STANDING_BODY,
            when=(g.decider_is_the_standing_body, *_PAST), marks=(M.CONVERTED,),
            names={"hearing": Named.CASE}, links=LinkKind.ESCALATED_TO,
        ),
        Transition(
            trigger="withdraw", source=_OPEN, target=Q.WITHDRAWN, label=Text("Ghi rút chất vấn", "Withdraw"),
            help=Text("Đại biểu rút chất vấn.", "The deputy withdraws it."),
            who=council_side, needs=e.Because, when=_PAST, marks=(M.WITHDRAWN,),
        ),
        Transition(
            trigger="merge", source=_OPEN, target=Q.MERGED, label=Text("Gộp", "Merge"),
            help=Text("Trùng nội dung với phiếu khác, vẫn giữ mã.", "Asked in another slip too; keeps its code."),
            who=council_desk, needs=e.MergeInto, when=(g.merges_into_another_open_case,), marks=(M.MERGED,),
            names={"into": Named.CASE}, links=LinkKind.MERGED_INTO,
        ),
        Transition(
            trigger="take_in", source=_LIVING, target=SAME, label=Text("Nhận phiếu gộp vào", "Take another in"),
            help=Text("Cộng số phiếu của chất vấn gộp vào.", "Adds the slips of the other question."),
            who=council_desk, needs=e.TakenIn, names={"merged": Named.CASE}, counts=("detail.slips",), carried=True,
        ),
        Transition(
            trigger="void", source=(*_LIVING, Q.MERGED), target=Q.VOIDED, label=Text("Hủy do nhập nhầm", "Void"),
            help=Text("Hồ sơ nhập nhầm; mã và lịch sử vẫn còn.", "Entered by mistake; code and history stay."),
            who=council_desk, needs=e.Because, act=Act.VOID, marks=(M.VOIDED,),
        ),
        *(row.on(_LIVING) for row in (ENTRUST, AMEND, CORRECT, UNDO)),
    ),
)
