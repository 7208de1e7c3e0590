"""What an answer report leaves out: the petitions of the letters it goes through that nobody has answered."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import select

from models.cases import Case
from models.columns import table_of
from models.history import DocumentRow, Event
from models.units import Unit
from states.guards import ENDED_REFERRALS
from states.paper_acts import PaperAct
from workflows import access
from workflows.access import Seen
from workflows.enacting.orders import Unanswered
from workflows.enacting.paper import Paper
from workflows.enacting.rows import Decided

_row, _case, _event = table_of(DocumentRow), table_of(Case), table_of(Event)
_SENT_BY = ("transfer", "send")
_SETTLED = ENDED_REFERRALS | {"answered", "accepted"}
_ANSWER = "answer"
_OPEN = frozenset({"running", "paused"})


def unanswered(unit: Unit, paper: Paper, cases: Mapping[str, Decided]) -> tuple[Unanswered, ...]:
    """Return what is still unanswered of the letter that the report names, or else of those its cases came by.

    Where it is known who reports, only what that agency was sent. In the order of the annexes.
    """
    ids = {item.composed.seen.id for item in cases.values()}
    rows = _rows_of(unit, _letters(unit, paper, ids))
    outside = [code for code, _ in rows if code not in cases]
    seen = access.cases(unit, codes=outside, actor=paper.actor) | {c: d.composed.now for c, d in cases.items()}
    found: dict[tuple[str, UUID], Unanswered] = {}
    for code, ordinal in rows:
        for referral in seen[code].referrals if code in seen else ():
            if referral["state"] in _SETTLED or not _is_asked(paper, seen[code], referral["agency_id"]):
                continue
            agency = paper.names.get(referral["agency_id"], "?")
            left = Unanswered(ordinal, code, agency, _due_on(seen[code], referral["id"]))
            found.setdefault((code, referral["agency_id"]), left)
    return tuple(found.values())


def _is_asked(paper: Paper, seen: Seen, agency: UUID) -> bool:
    """Tell whether the report could have answered for this agency: its own referrals, or any where none is its own."""
    theirs = {r["agency_id"] for r in seen.referrals}
    return paper.issuer is None or agency == paper.issuer or paper.issuer not in theirs


def _letters(unit: Unit, paper: Paper, cases: Collection[UUID]) -> Collection[UUID]:
    slip = paper.order.slip
    if slip is not None and slip.replies_to is not None:
        return [slip.replies_to]
    wanted = select(_row.c.document_id).where(_row.c.act == PaperAct.TRANSFER.value, _row.c.case_id.in_(list(cases)))
    return set(unit.read(wanted.distinct()).scalars())


def _rows_of(unit: Unit, letters: Collection[UUID]) -> list[tuple[str, int]]:
    wanted = (
        select(_case.c.code, _row.c.ordinal)
        .join(_case, _case.c.id == _row.c.case_id)
        .where(_row.c.document_id.in_(list(letters)), _row.c.act == PaperAct.TRANSFER.value)
        .order_by(_row.c.document_id, _row.c.ordinal, _case.c.code)
    )
    rows = [(row.code, row.ordinal) for row in unit.read(wanted)]
    return rows or _moved_by(unit, letters)


def _moved_by(unit: Unit, letters: Collection[UUID]) -> list[tuple[str, int]]:
    """Return the cases of letters that were entered case by case, without an annex, numbered by code."""
    wanted = (
        select(_case.c.code)
        .join(_event, _event.c.case_id == _case.c.id)
        .where(_event.c.document_id.in_(list(letters)), _event.c.trigger.in_(_SENT_BY))
        .distinct()
        .order_by(_case.c.code)
    )
    return [(code, place) for place, code in enumerate(unit.read(wanted).scalars(), 1)]


def _due_on(seen: Seen, referral: UUID) -> date | None:
    dues: list[date] = [
        clock["due_on"]
        for clock in seen.clocks
        if clock["referral_id"] == referral and clock["role"] == _ANSWER and clock["state"] in _OPEN and clock["due_on"]
    ]
    return min(dues, default=None)
