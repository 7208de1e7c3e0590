"""The figures of questioning: slips and questions answered on the floor are two counts, read from what happened.

A slip (phiếu chất vấn) is counted where it was submitted; asked again at another session, it counts there once more
and stays counted where it was. What several slips asked alike is answered once, by the case they were merged into.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from models.cases import Case
from models.columns import table_of
from models.history import Event
from models.units import Unit
from states.facts import Actor
from states.kinds import lifecycle_of
from states.milestones import Milestone as M
from states.question import QUESTION_KIND
from states.question_words import Q
from states.text import Text
from workflows import sessions
from workflows.access import Setting
from workflows.folding import Effective, effective
from workflows.views import Words
from workflows.visibility import visible

_case, _event = table_of(Case), table_of(Event)
_ASKING = frozenset({M.QUESTION_SUBMITTED.value, M.REOPENED.value})
_REPLY = frozenset({M.WRITTEN_REPLY_RECEIVED.value, M.REPLY_REACHED_DEPUTY.value})
COUNTED = Text(
    "Phiếu: mỗi phiếu đại biểu gửi, kể cả phiếu trùng đã gộp và lần tái chất vấn. Trực tiếp: mỗi nội dung được trả lời"
    " tại hội trường. Bằng văn bản: mỗi nội dung phải trả lời bằng văn bản; đã trả lời khi cả đại biểu và Thường trực"
    " HĐND đã nhận. Một nội dung trả lời trực tiếp rồi còn phải trả lời bằng văn bản được đếm ở cả hai cột. Không tính"
    " hồ sơ nhập nhầm.",
    "Slips: each one that a deputy sent, merged ones and those asked again included. Live: each question answered on"
    " the floor. In writing: each that must be replied to in writing; replied to once the deputy and the standing body"
    " have it. A question answered live and then in writing too stands in both columns. What was entered by mistake is"
    " out.",
)


@dataclass(frozen=True, slots=True)
class QuestionCounts:
    """How many slips came, how many questions were answered on the floor, how many in writing.

    `session` None: at all sessions and sittings. `waiting` are those that an answer or a reply is still owed for.
    """

    session: str | None
    slips: int
    live: int
    written: int
    replied: int
    merged: int
    withdrawn: int
    waiting: int
    counted: Words


@dataclass(slots=True)
class _Asked:
    """One time that a question was asked: at which session, and how it was answered."""

    session: UUID | None
    stands: str
    live: bool = False
    written: bool = False
    copies: frozenset[str] = frozenset()

    @property
    def replied(self) -> bool:
        return self.copies == _REPLY

    @property
    def waits(self) -> bool:
        ended = lifecycle_of(QUESTION_KIND).states[self.stands].final
        return not ended and not self.replied and (self.written or not self.live)


def counts(unit: Unit, *, setting: Setting, actor: Actor, session: str | None = None) -> QuestionCounts:
    """Count the questions of a council that `actor` may see, of one session where it is named.

    Raises: NotFound for a session that is unknown.
    """
    wanted = None if session is None else sessions.find(unit, setting=setting, code=session)
    asked = [
        one
        for events in _histories(unit, setting, actor)
        for one in _times_asked(events)
        if wanted is None or one.session == wanted["id"]
    ]
    return QuestionCounts(
        session=None if wanted is None else wanted["code"],
        slips=len(asked),
        live=sum(one.live for one in asked),
        written=sum(one.written for one in asked),
        replied=sum(one.replied for one in asked),
        merged=sum(one.stands == Q.MERGED for one in asked),
        withdrawn=sum(one.stands == Q.WITHDRAWN for one in asked),
        waiting=sum(one.waits for one in asked),
        counted=COUNTED,
    )


def _histories(unit: Unit, setting: Setting, actor: Actor) -> Iterator[Sequence[Effective]]:
    """Yield what stands of the history of each question that was not entered by mistake."""
    theirs = select(_case.c.id).where(
        _case.c.council_id == setting.council,
        _case.c.kind == QUESTION_KIND,
        _case.c.state != Q.VOIDED.value,
        visible(actor),
    )
    rows = unit.read(select(_event).where(_event.c.case_id.in_(theirs)).order_by(_event.c.case_id, _event.c.seq))
    found: dict[UUID, list[Any]] = {}
    for row in rows.mappings():
        found.setdefault(row["case_id"], []).append(row)
    for events in found.values():
        yield [item for item in effective(events) if not item.taken_back]


def _times_asked(events: Sequence[Effective]) -> list[_Asked]:
    """Return each time that one question was asked, in order."""
    found: list[_Asked] = []
    for item in events:
        marks = frozenset(item.event["milestones"].split())
        if marks & _ASKING:
            session = item.payload.get("entry", {}).get("session")
            found.append(_Asked(UUID(session) if session else None, item.event["to_state"]))
        now = found[-1]
        now.stands = item.event["to_state"]
        now.live |= M.ANSWERED_ON_THE_FLOOR in marks
        now.written |= M.QUESTIONED in marks
        now.copies |= marks & _REPLY
    return found
