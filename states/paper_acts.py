"""What a paper does to the cases in its annex, as a table: which move, on the case or on its referral, and on the way.

The document is the unit of work of the office: one letter transfers forty petitions, one report answers them. The
steps that a case still lacks before the move of the paper are made with it, each as an event of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import unique
from types import MappingProxyType
from typing import Any

from states.labelled import LABELS, Labelled
from states.lifecycle import Lifecycle
from states.paper_words import DocumentType as D
from states.text import Text


@unique
class PaperAct(Labelled):
    """What a paper does."""

    COMPILATION = "compilation"
    TRANSFER = "transfer"
    FORWARDING = "forwarding"
    RECEIPT = "receipt"
    RETURN = "return"
    ASSIGNMENT = "assignment"
    PROGRESS = "progress"
    EXTENSION = "extension"
    URGING = "urging"
    ANSWER = "answer"
    NEW_ANSWER_REQUEST = "new_answer_request"
    CONCLUSION = "conclusion"
    TELLING = "telling"
    PUBLICATION = "publication"
    HANDOVER = "handover"
    AGENDA = "agenda"
    SESSION_LIST = "session_list"
    QUESTION_GROUP = "question_group"
    FOLLOW_UP = "follow_up"
    MOVES = "moves"


LABELS.add(
    (PaperAct.COMPILATION, Text("Báo cáo tổng hợp", "Compiled report")),
    (PaperAct.TRANSFER, Text("Văn bản chuyển kiến nghị", "Letter of transfer")),
    (PaperAct.FORWARDING, Text("Văn bản chuyển cấp trên", "Letter to a higher level")),
    (PaperAct.RECEIPT, Text("Ghi số đến, ngày đến", "Receipt")),
    (PaperAct.RETURN, Text("Văn bản chuyển trả", "Letter of return")),
    (PaperAct.ASSIGNMENT, Text("Văn bản giao đơn vị chủ trì", "Letter of assignment")),
    (PaperAct.PROGRESS, Text("Phiếu theo dõi, báo cáo tiến độ", "Follow-up sheet, progress report")),
    (PaperAct.EXTENSION, Text("Văn bản đồng ý gia hạn", "Letter of extension")),
    (PaperAct.URGING, Text("Văn bản đôn đốc", "Urging letter")),
    (PaperAct.ANSWER, Text("Báo cáo trả lời", "Answer report")),
    (PaperAct.NEW_ANSWER_REQUEST, Text("Văn bản yêu cầu trả lời lại", "Request for a new answer")),
    (PaperAct.CONCLUSION, Text("Thông báo kết luận của Thường trực HĐND", "Notice of the standing body")),
    (PaperAct.TELLING, Text("Thông báo cho cử tri", "Notice to voters")),
    (PaperAct.PUBLICATION, Text("Niêm yết, công khai", "Publication")),
    (PaperAct.HANDOVER, Text("Biên bản bàn giao", "Record of handover")),
    (PaperAct.AGENDA, Text("Chương trình phiên họp Thường trực", "Agenda of a sitting")),
    (PaperAct.SESSION_LIST, Text("Danh mục việc chậm trình kỳ họp", "List of late matters for a session")),
    (PaperAct.QUESTION_GROUP, Text("Nhóm vấn đề chất vấn", "Group of questions")),
    (PaperAct.FOLLOW_UP, Text("Quyết định giao theo dõi nghị quyết", "Decision who follows which resolution")),
    (PaperAct.MOVES, Text("Văn bản ghi việc cho nhiều hồ sơ", "Paper that says the moves of its cases")),
)


@dataclass(frozen=True, slots=True)
class Before:
    """A move that a case may still lack. Without `dated` its day stays unknown: no paper says it, so no clock starts.

    `defaults` are the values it takes where neither the row nor the case says any.
    """

    trigger: str
    dated: bool = True
    on_referral: bool = False
    defaults: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a paper moves a case: the trigger, what may be made before it, what follows on its referrals.

    `on_referral`: it moves a referral of the case; a case of a kind that has no referrals is moved itself.
    `every` lets it move all referrals that can take the trigger where the row names none; otherwise exactly one must.
    """

    trigger: str
    on_referral: bool = False
    before: tuple[Before, ...] = ()
    after: tuple[str, ...] = ()
    every: bool = False

    def moves_referral(self, lifecycle: Lifecycle) -> bool:
        """Tell whether a referral is moved; where a kind has none its case itself is."""
        return self.on_referral and lifecycle.referral is not None

    def table(self, lifecycle: Lifecycle) -> Lifecycle:
        """Return the table in which the trigger stands, of the case or of its referrals."""
        return lifecycle.referral if self.on_referral and lifecycle.referral is not None else lifecycle


@dataclass(frozen=True, slots=True)
class Doing:
    """What a paper of one act does: the usual types of paper, and the ways, of which the first possible one is gone.

    `by_issuer`: who issued the paper decided the move; a receipt is the addressee's although the letter is not.
    """

    types: tuple[D, ...]
    ways: tuple[Way, ...]
    by_issuer: bool = True


_RECEIVED = Before("receive", dated=False, on_referral=True)
_OWN = Before("screen", defaults=(("level", "commune"),))
_HIGHER = Before("screen", defaults=(("level", "province"),))

DOINGS: Mapping[PaperAct, Doing] = MappingProxyType(
    {
        PaperAct.COMPILATION: Doing((D.REPORT,), (Way("compile"), Way("include_in_report"), Way("send_compilation"))),
        PaperAct.TRANSFER: Doing(
            (D.OFFICIAL_LETTER, D.TRANSFER_SLIP),
            (
                # A letter that was prepared without its number gets it; else the case is sent now.
                Way("send", on_referral=True, after=("receive",), every=True),
                Way("transfer", before=(_OWN,), after=("receive",)),
                Way("forward"),
            ),
        ),
        PaperAct.FORWARDING: Doing((D.OFFICIAL_LETTER,), (Way("forward_higher", before=(_HIGHER,)),)),
        PaperAct.RECEIPT: Doing(
            (D.OFFICIAL_LETTER, D.TRANSFER_SLIP), (Way("receive", on_referral=True),), by_issuer=False
        ),
        PaperAct.RETURN: Doing((D.OFFICIAL_LETTER,), (Way("return_wrong_authority", on_referral=True),)),
        PaperAct.ASSIGNMENT: Doing(
            (D.OFFICIAL_LETTER, D.NOTICE), (Way("assign", on_referral=True, before=(_RECEIVED,)),)
        ),
        PaperAct.PROGRESS: Doing(
            (D.REPORT, D.OFFICIAL_LETTER, D.OTHER), (Way("report_progress", on_referral=True, before=(_RECEIVED,)),)
        ),
        PaperAct.EXTENSION: Doing((D.OFFICIAL_LETTER, D.NOTICE), (Way("extend", on_referral=True),)),
        PaperAct.URGING: Doing((D.OFFICIAL_LETTER,), (Way("urge", on_referral=True, every=True),)),
        PaperAct.ANSWER: Doing(
            (D.REPORT, D.OFFICIAL_LETTER, D.NOTICE),
            (Way("answer", on_referral=True), Way("record_higher_answer"), Way("explain")),
        ),
        PaperAct.NEW_ANSWER_REQUEST: Doing((D.OFFICIAL_LETTER,), (Way("request_new_answer", on_referral=True),)),
        PaperAct.CONCLUSION: Doing((D.NOTICE, D.CONCLUSION, D.RESOLUTION), (Way("judge"),)),
        PaperAct.TELLING: Doing((D.NOTICE, D.MINUTES, D.REPORT), (Way("inform_voters"),)),
        PaperAct.PUBLICATION: Doing((D.NOTICE, D.MINUTES), (Way("publish"),)),
        PaperAct.HANDOVER: Doing((D.MINUTES,), (Way("entrust"),)),
        PaperAct.AGENDA: Doing((D.NOTICE, D.PROGRAMME, D.OFFICIAL_LETTER), (Way("put_on_agenda"),)),
        PaperAct.SESSION_LIST: Doing((D.REPORT, D.NOTICE, D.OFFICIAL_LETTER), (Way("list_at_session"),)),
        PaperAct.QUESTION_GROUP: Doing((D.NOTICE, D.OFFICIAL_LETTER, D.REPORT), (Way("join_question_group"),)),
        PaperAct.FOLLOW_UP: Doing((D.DECISION, D.NOTICE), (Way("assign_committee"),)),
        PaperAct.MOVES: Doing((D.REPORT, D.OFFICIAL_LETTER, D.NOTICE), ()),
    }
)
"""Which moves each act makes; the lifecycles say whether they are possible. A paper of `MOVES` says them itself."""


def ways_of(act: PaperAct, trigger: str | None = None) -> tuple[Way, ...]:
    """Return the ways of a paper of this act; a trigger that it says itself moves the case, else its referrals."""
    return DOINGS[act].ways if trigger is None else (Way(trigger), Way(trigger, on_referral=True))
