"""Facts for pure tests of guards and lifecycles: people of every role, and for every row a case in which all holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from states import asking as a
from states import carrying_out as c
from states import contacting, gathering_topics, opining, session_papers
from states import entries as e
from states import lettering as lt
from states.contact_words import ContactForm, SpotJudge
from states.convening import (
    CompiledReport,
    Invitation,
    Meeting,
    MeetingHeld,
    MeetingResult,
    NewDay,
    NobodyCame,
    NoticeLines,
)
from states.corrections import Amendment, Correction, Entrusting, Undoing
from states.facts import (
    Actor,
    AgencyFacts,
    CaseFacts,
    Facts,
    Grant,
    Hands,
    OtherCase,
    Reference,
    ReferralFacts,
    Signed,
)
from states.lateness import ListedAtSession, OnAgenda, QuestionGroupSlip
from states.letter_words import LetterClass, LetterFault
from states.lifecycle import Lifecycle, Transition
from states.meeting_words import MeetingKind, ReportStage
from states.promising import Fulfilment, LongerTime, Promise, PromiseReport, ReportSession, Shortfall, Succession
from states.question_words import WrittenReason
from states.supervising import (
    Conclusion,
    Explanation,
    ExplanationReceipt,
    ExplanationRequest,
    Issue,
    LongerExplanation,
    Programme,
    Raised,
    Recommending,
    Reconsideration,
    ReconsiderationEnd,
    Replacing,
    Supervising,
    SupervisionEnd,
    TeamReport,
    TeamSlip,
    Verification,
    Visit,
)
from states.supervision_words import Escalation, Outcome, Reconsidered, Supervisor
from states.tasking import NewOwner, Task, TaskDone, TaskReport
from states.vocabulary import (
    AgencyKind,
    Decider,
    Level,
    NotYetReason,
    Occasion,
    PetitionNature,
    Result,
    ReturnReason,
    Role,
    RoundKind,
    Verdict,
)

COUNCIL, ELSEWHERE, CASE, OTHER = UUID(int=1), UUID(int=2), UUID(int=3), UUID(int=4)
STANDING_BODY, OFFICE, FRONT, DEPUTIES = UUID(int=11), UUID(int=12), UUID(int=13), UUID(int=14)
ADDRESSEE, LEAD, STRANGER, REFERRAL = UUID(int=21), UUID(int=22), UUID(int=23), UUID(int=31)
TODAY = date(2026, 9, 10)


def actor(role: Role, agency: UUID, council: UUID = COUNCIL) -> Actor:
    """Return somebody with one role in one agency."""
    inside = agency in {STANDING_BODY, OFFICE, FRONT, DEPUTIES}
    return Actor(UUID(int=99), f"{role} {agency.int}", (Grant(role, agency, council, council_side=inside),))


OPERATOR = Actor(UUID(int=98), "operator", operator=True)
PLACES = {
    "office": OFFICE,
    "standing": STANDING_BODY,
    "front": FRONT,
    "deputies": DEPUTIES,
    "addressee": ADDRESSEE,
    "lead": LEAD,
    "stranger": STRANGER,
}
PEOPLE: dict[str, Actor] = {
    **{f"{role}@{name}": actor(role, agency) for role in Role for name, agency in PLACES.items()},
    **{f"{role}@office elsewhere": actor(role, OFFICE, ELSEWHERE) for role in Role},
    "nobody": Actor(UUID(int=97), "nobody"),
    "operator": OPERATOR,
}

_DESK = {
    f"{role}@{place}"
    for role in ("clerk", "officer", "council_office", "standing_body")
    for place in ("office", "standing")
}
_CHARGE = {f"{role}@{place}" for role in ("council_office", "standing_body") for place in ("office", "standing")}
_RAISERS = {f"{role}@{place}" for role in ("front", "deputy") for place in PLACES}
_ANSWERERS = {f"{role}@{place}" for role in ("clerk", "officer", "head") for place in ("addressee", "lead")}
MAY: dict[str, set[str]] = {
    "council_desk": _DESK | {"operator"},
    "council_desk_in_charge": _CHARGE | {"operator"},
    "council_side": _DESK | _RAISERS | {"operator"},
    "addressee_or_desk": _DESK | _ANSWERERS | {"operator"},
}
"""The policy once more, written out by hand: who of `PEOPLE` each permission lets through."""

COUNTS: dict[str, Any] = {
    "opinion_count": 15,
    "answered_count": 10,
    "satisfactory_count": 10,
    "judged_by": SpotJudge.BOTH,
    "forwarded_count": 5,
}
"""Counts of one contact that add up: a real meeting of 2021."""

ENTRIES: dict[type[e.Entry], e.Entry] = {
    e.Nothing: e.Nothing(),
    e.Record: e.Record(text="Đường lầy lội"),
    e.RecordedMeeting: e.RecordedMeeting(explanation="Đã giải thích"),
    e.Screening: e.Screening(level=Level.COMMUNE),
    e.TransferSlip: e.TransferSlip(addressees=("UBND",)),
    e.SendSlip: e.SendSlip(),
    e.Receipt: e.Receipt(),
    e.ReturnSlip: e.ReturnSlip(because=ReturnReason.WRONG_AUTHORITY),
    e.Assignment: e.Assignment(lead="KT"),
    e.Progress: e.Progress(words="đang làm"),
    e.Clarification: e.Clarification(words="rõ thêm"),
    e.Extension: e.Extension(extended_by_days=5, words="mưa lũ"),
    e.Urging: e.Urging(),
    OnAgenda: OnAgenda(),
    QuestionGroupSlip: QuestionGroupSlip(session="KH2"),
    ListedAtSession: ListedAtSession(),
    e.AnswerRow: e.AnswerRow(claimed=Result.RESOLVED, words="xong", evidence="BB", copied_to_front=True),
    e.NewAnswerRequest: e.NewAnswerRequest(words="thiếu"),
    e.Judgement: e.Judgement(result=Result.EXPLAINED),
    e.PetitionerSays: e.PetitionerSays(verdict=Verdict.SATISFIED),
    e.Informed: e.Informed(via="loudspeaker"),
    e.Diversion: e.Diversion(to="Ban Tiếp công dân"),
    e.ForwardHigher: e.ForwardHigher(addressee="TINH"),
    e.Because: e.Because(words="vì vậy"),
    e.MergeInto: e.MergeInto(into="NP-KN-26-0002"),
    e.RaisedAgain: e.RaisedAgain(),
    e.TakenIn: e.TakenIn(merged="NP-KN-26-0002", times=1),
    e.Splitting: e.Splitting(text="Đường lầy lội", parts=("NP-KN-26-0002",)),
    contacting.OpenRound: contacting.OpenRound(name="Đợt 1", round_kind=RoundKind.BEFORE_SESSION),
    contacting.Plan: contacting.Plan(),
    Promise: Promise(
        text="Xong cầu Nà Pát", agency="UBND", due_words="Quý IV/2026", occasion=Occasion.ANSWER, session="KH2"
    ),
    PromiseReport: PromiseReport(words="đã khởi công"),
    Fulfilment: Fulfilment(evidence="Biên bản nghiệm thu"),
    Shortfall: Shortfall(words="chưa có cầu", review_on=date(2026, 10, 1)),
    LongerTime: LongerTime(due_words="Quý I/2027", words="mưa lũ"),
    Succession: Succession(agency="UBND", words="sắp xếp tổ chức"),
    ReportSession: ReportSession(session="KH2"),
    Recommending: Recommending(text="Rà soát quỹ đất công ích", supervisor=Supervisor.STANDING_BODY),
    Issue: Issue(addressees=("UBND",), due_on=date(2026, 12, 1)),
    Reconsideration: Reconsideration(words="chưa đúng thẩm quyền"),
    ReconsiderationEnd: ReconsiderationEnd(decision=Reconsidered.UPHELD, words="giữ nguyên"),
    Verification: Verification(outcome=Outcome.DONE, evidence="Biên bản kiểm tra"),
    ExplanationRequest: ExplanationRequest(words="vì sao chưa làm"),
    ExplanationReceipt: ExplanationReceipt(),
    LongerExplanation: LongerExplanation(extended_by_days=15, words="nhiều ngành"),
    Explanation: Explanation(words="thiếu vốn"),
    Raised: Raised(way=Escalation.QUESTION),
    Replacing: Replacing(replaces="NP-KG-26-0002"),
    Supervising: Supervising(text="Quản lý đất công ích", supervisor=Supervisor.STANDING_BODY),
    TeamSlip: TeamSlip(bodies=("UBND",)),
    Programme: Programme(),
    Visit: Visit(words="Làm việc tại thôn"),
    SupervisionEnd: SupervisionEnd(ended_on=TODAY),
    TeamReport: TeamReport(recommendations=3),
    Conclusion: Conclusion(recommendations=3),
    Meeting: Meeting(meeting_kind=MeetingKind.GIAO_BAN, text="Giao ban tháng 9", planned_on=date(2026, 9, 28)),
    NewDay: NewDay(planned_on=date(2026, 9, 29)),
    Invitation: Invitation(),
    MeetingHeld: MeetingHeld(),
    NobodyCame: NobodyCame(),
    CompiledReport: CompiledReport(),
    MeetingResult: MeetingResult(
        votes_for=2, members=3, posted=True, copied_to_standing_body=True, copied_to_front=True
    ),
    NoticeLines: NoticeLines(task_count=0, orientation_count=1, orientations="Nâng cao chất lượng"),
    Task: Task(text="Báo cáo kết quả", agency="UBND", product="Báo cáo", due_words="tháng 9/2026"),
    TaskReport: TaskReport(words="đã gửi báo cáo"),
    TaskDone: TaskDone(),
    NewOwner: NewOwner(agency="KT", words="phân công lại"),
    Amendment: Amendment(words="sửa"),
    Correction: Correction(seq=1, words="sửa"),
    Undoing: Undoing(seq=2, words="nhầm"),
    Entrusting: Entrusting(officer="clerk"),
    a.QuestionSlip: a.QuestionSlip(text="Trạm y tế thiếu thuốc", deputy="Lò Thị Đại", agency="KT", session="KH2"),
    a.Selection: a.Selection(),
    a.Passed: a.Passed(),
    a.OralAnswer: a.OralAnswer(words="sẽ đủ thuốc", responsible="Trạm trưởng", measure="mua", due_words="Quý IV/2026"),
    a.FollowUpQuestion: a.FollowUpQuestion(words="bao giờ"),
    a.ReplyRequired: a.ReplyRequired(reason=WrittenReason.NOT_REACHED),
    a.ReplyReferred: a.ReplyReferred(via="UBND"),
    a.WrittenReply: a.WrittenReply(words="đã đủ thuốc"),
    a.Study: a.Study(agency="UBND", head="Trưởng phòng", session="KH3", words="vì sao thiếu thuốc"),
    a.StudyReport: a.StudyReport(words="đã nghiên cứu"),
    a.Dispute: a.Dispute(words="chưa rõ"),
    a.Conclusion: a.Conclusion(words="làm ngay"),
    a.AskedAgain: a.AskedAgain(words="vẫn thiếu", session="KH2"),
    a.AnotherAnswerer: a.AnotherAnswerer(agency="UBND", words="nhầm người"),
    a.Conversion: a.Conversion(words="cần giải trình"),
    contacting.OtherForm: contacting.OtherForm(form=ContactForm.COLLECTION, words="bão"),
    contacting.FrontPlan: contacting.FrontPlan(),
    contacting.RoundCounts: contacting.RoundCounts(**COUNTS, meetings=4),
    contacting.MeetingPlan: contacting.MeetingPlan(
        round="NP-TX-26-0001", locality="Bản Nà Pát", deputies="Lò Văn Một; Cầm Thị Hai"
    ),
    contacting.Deputies: contacting.Deputies(deputies="Lò Văn Một; Cầm Thị Hai"),
    contacting.OtherDay: contacting.OtherDay(words="mưa"),
    contacting.MeetingHeld: contacting.MeetingHeld(**COUNTS),
    contacting.Collected: contacting.Collected(**COUNTS, words="dịch bệnh"),
    contacting.Minutes: contacting.Minutes(**COUNTS),
    opining.GroupOpinion: opining.GroupOpinion(text="Vì sao chậm", group="HDND", agency="UBND", session="KH2"),
    opining.OpinionForwarded: opining.OpinionForwarded(),
    opining.OpinionExplained: opining.OpinionExplained(words="Do vướng mặt bằng"),
    opining.ExplanationJudged: opining.ExplanationJudged(),
    opining.ExplanationWanting: opining.ExplanationWanting(words="chưa rõ thời hạn"),
    opining.CarriedToQuestion: opining.CarriedToQuestion(words="chưa thỏa đáng"),
    gathering_topics.OpenTopic: gathering_topics.OpenTopic(text="Đường liên bản"),
    gathering_topics.Joining: gathering_topics.Joining(topic="NP-NT-26-0001"),
    session_papers.AgendaItem: session_papers.AgendaItem(
        text="Kế hoạch đầu tư công", session="KH2", agency="UBND", due_on=date(2026, 11, 10)
    ),
    session_papers.FileReceived: session_papers.FileReceived(),
    session_papers.FileLacking: session_papers.FileLacking(words="thiếu dự toán"),
    session_papers.CommitteeAssigned: session_papers.CommitteeAssigned(committee="KTNS"),
    session_papers.Verification: session_papers.Verification(),
    session_papers.SentBack: session_papers.SentBack(words="làm lại"),
    session_papers.Rescheduled: session_papers.Rescheduled(session="KH2"),
    session_papers.CouncilDecided: session_papers.CouncilDecided(),
    opining.OpinionSession: opining.OpinionSession(session="KH2"),
    c.AdoptedResolution: c.AdoptedResolution(number="12/NQ-HĐND", text="Phát triển giao thông", agency="UBND"),
    c.FollowerDecision: c.FollowerDecision(committee="HDND", review_on=date(2026, 10, 1)),
    c.CarryingOutPlan: c.CarryingOutPlan(due_words="Quý IV/2026"),
    c.FollowUpCheck: c.FollowUpCheck(words="Đạt 60 %", review_on=date(2026, 10, 1)),
    c.ResolutionDone: c.ResolutionDone(evidence="Báo cáo 90/BC-UBND"),
    c.ReplacedBy: c.ReplacedBy(replaced_by="20/NQ-HĐND"),
    c.Replacing: c.Replacing(replaced="NP-NQ-26-0002"),
    lt.IncomingLetter: lt.IncomingLetter(text="Đề nghị xem lại mức bồi thường"),
    lt.LetterClassified: lt.LetterClassified(classification=LetterClass.COMPLAINT),
    lt.LetterFaulty: lt.LetterFaulty(fault=LetterFault.NOT_SIGNED),
    lt.DenunciationDiverted: lt.DenunciationDiverted(diverted_to="Thanh tra tỉnh"),
    lt.Guidance: lt.Guidance(to="Tòa án nhân dân khu vực"),
    lt.LetterTracked: lt.LetterTracked(words="đang xác minh", review_on=date(2026, 10, 1)),
    lt.LetterSettled: lt.LetterSettled(),
    lt.LetterClosed: lt.LetterClosed(),
}
"""One right entry for every form."""

ROADMAP = e.Judgement(result=Result.ROADMAP, due_words="quý IV/2026", review_on=date(2026, 10, 1))
NOT_YET = e.Judgement(result=Result.NOT_YET, reason_not_yet=NotYetReason.FUNDS, review_on=date(2026, 10, 1))
RESOLVED = e.Judgement(result=Result.RESOLVED, evidence="Biên bản nghiệm thu")
NOT_DONE = Verification(outcome=Outcome.NOT_DONE, review_on=date(2026, 10, 1))
DENOUNCED = lt.IncomingLetter(classification=LetterClass.DENUNCIATION, diverted_to="Thanh tra tỉnh")
CHOSEN_BY: dict[str, e.Entry] = {
    "result_is_open": ROADMAP,
    "outcome_is_short": NOT_DONE,
    "is_a_denunciation": DENOUNCED,
}
"""Where a trigger has two edges: the entry that leads over the one with this guard, instead of that of `ENTRIES`."""


def agency(key: UUID = ADDRESSEE, **values: Any) -> AgencyFacts:
    """Return a body that answers."""
    kinds: dict[str, Any] = {"kind": AgencyKind.PEOPLES_COMMITTEE, "level": Level.COMMUNE}
    return AgencyFacts(key, f"A{key.int}", f"Cơ quan {key.int}", **{**kinds, **values})


def facts(lifecycle: Lifecycle, row: Transition, state: str, **values: Any) -> Facts:
    """Return facts in which every condition of `row` holds for the operator."""
    referral = ReferralFacts(REFERRAL, ADDRESSEE, state if lifecycle.kind == "referral" else "answered")
    referral = replace(referral, lead=LEAD, claimed=Result.RESOLVED, received=True)
    if lifecycle.kind == "referral" and _needs(row, "receipt_is_missing"):
        referral = replace(referral, received=False)
    case = CaseFacts(
        CASE,
        "NP-KN-26-0001",
        "petition" if lifecycle.kind == "referral" else lifecycle.kind,
        COUNCIL,
        state if lifecycle.kind != "referral" else "with_authority",
        5,
        level=Level.PROVINCE if _needs(row, "is_higher_level") else Level.COMMUNE,
        nature=PetitionNature.OPINION if _needs(row, "is_mere_opinion") else PetitionNature.REQUEST,
        charged=ADDRESSEE if lifecycle.charges else None,
        detail=dict(said for guard, said in _DETAILS.items() if _needs(row, guard)),
    )
    group = {"kind": AgencyKind.DEPUTY_GROUP} if any(w.code == "raised_by_a_deputy_group" for w in row.warns) else {}
    other = "topic" if _needs(row, "joins_an_open_topic") else case.kind
    committee = {"kind": AgencyKind.COUNCIL_COMMITTEE} if _needs(row, "follower_is_of_the_council") else {}
    named = {STRANGER: agency(STRANGER, **group, **committee)} if row.names else {}
    found = Facts(
        case=case,
        hands=Hands(OPERATOR, Signed(decider_of(row))),
        on=TODAY,
        today=TODAY,
        referrals=(referral,),
        referral=referral if lifecycle.kind == "referral" else None,
        reference=Reference(STANDING_BODY, OFFICE, named, {OTHER: OtherCase(OTHER, other, "recorded", final=False)}),
        entry=next((said for code, said in CHOSEN_BY.items() if _needs(row, code)), ENTRIES[row.needs]),
        has_document=True,
    )
    return replace(found, **values)


_DETAILS: dict[str, tuple[str, object]] = {
    "study_is_pending": ("study_pending", True),
    "is_a_reception": ("meeting_kind", MeetingKind.RECEPTION),
    "is_a_joint_conference": ("meeting_kind", MeetingKind.JOINT_CONFERENCE),
    "report_is_adopted": ("report", ReportStage.ADOPTED),
    "hearing_is_concluded_by_more_than_half": ("meeting_kind", MeetingKind.EXPLANATION_HEARING),
}
"""What of its own by which a case satisfies a guard, or is looked at by it."""


def decider_of(row: Transition) -> UUID:
    """Return the body that decides a row where nobody says otherwise."""
    return {Decider.STANDING_BODY: STANDING_BODY, Decider.ADDRESSEE: ADDRESSEE}.get(row.decider, OFFICE)


def _needs(row: Transition, guard: str) -> bool:
    return any(g.code == guard for g in row.when)


def entry(**values: Any) -> Callable[[Facts], Facts]:
    """Return what changes the entry of facts."""
    return lambda f: replace(f, entry=f.entry.model_copy(update=values) if f.entry else None)
