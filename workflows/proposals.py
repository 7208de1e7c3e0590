"""What the machine suggests: listed, taken by the move it names, declined with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, insert, or_, select, update

from models.cases import Case, Link, Proposal
from models.columns import table_of
from models.units import Unit, WriteUnit
from states.errors import BadInput, DomainError, NotFound
from states.facts import Actor, Signed
from states.kinds import lifecycle_of
from states.text import Text
from states.vocabulary import LinkKind, ProposalState
from workflows import access, ledger, locking, moving, paging, permitting
from workflows.naming import Names
from workflows.orders import Moved, Order
from workflows.paging import Page
from workflows.views import AgencyName, Coded, PersonName, Words, accounts_named, agencies_named, coded
from workflows.visibility import visible

_proposal, _case = table_of(Proposal), table_of(Case)
_other = _case.alias("other")
_LONGEST_REASON = 2_000


class AlreadyDecided(DomainError):
    """The proposal was taken, declined or lapsed before."""

    code = "proposal_decided"


@dataclass(frozen=True, slots=True)
class ProposalView:
    """One suggestion: which trigger, on which case or referral, towards which other, and what became of it.

    `decided_body` decided it, `decided_by` recorded that.
    """

    id: UUID
    case: str
    trigger: Coded
    other: str | None
    referral: UUID | None
    sentence: Words
    state: Coded
    reason: str | None
    decided_by: PersonName | None
    decided_body: AgencyName | None
    decided_at: datetime | None
    created_at: datetime


def listed(
    unit: Unit,
    *,
    actor: Actor,
    code: str | None = None,
    state: ProposalState | None = None,
    cursor: str | None = None,
    limit: int = paging.USUAL,
) -> Page[ProposalView]:
    """Return the proposals whose cases, both of them, `actor` may see.

    Raises: NotFound for a case that is absent or hidden, BadInput.
    """
    after = paging.read(cursor, order="proposals")
    wanted = _visible_to(actor).order_by(_proposal.c.id).limit(paging.within(limit) + 1)
    if code is not None:
        seen = access.case(unit, code=code, actor=actor)
        wanted = wanted.where(or_(_proposal.c.case_id == seen.id, _proposal.c.other_id == seen.id))
    if state is not None:
        wanted = wanted.where(_proposal.c.state == state.value)
    if after is not None:
        wanted = wanted.where(_proposal.c.id > after.id)
    rows, following = paging.page_of(_rows(unit, wanted), limit=limit, order="proposals")
    return Page(_views(unit, rows), following)


def declined_on(unit: Unit, seen: access.Seen, *, actor: Actor) -> tuple[ProposalView, ...]:
    """Return the proposals of a case that were declined, in the order in which they were made."""
    wanted = _visible_to(actor).where(_proposal.c.case_id == seen.id, _proposal.c.state == ProposalState.DECLINED.value)
    return _views(unit, _rows(unit, wanted.order_by(_proposal.c.id)))


def one(unit: Unit, *, proposal: UUID, actor: Actor) -> ProposalView:
    """Return a proposal.

    Raises: NotFound when it is absent or one of its cases is hidden.
    """
    return _views(unit, [_found(unit, proposal, actor)])[0]


def take(unit: WriteUnit, *, proposal: UUID, order: Order) -> Moved:
    """Do what is proposed: fire its trigger on its case, and mark it as taken.

    `order` says who, when and with which entry; its trigger is the proposal's, and a merge goes into the other case. A
    row that was raised again goes into the earlier case, in the same transaction.
    Raises: NotFound, AlreadyDecided, and whatever the move raises.
    """
    unit.take_lock()
    row = _open(unit, proposal, order.actor)
    payload = dict(order.payload)
    if row["other_code"] is not None and row["trigger"] == "merge":
        payload.setdefault("into", row["other_code"])
    whole = Order(
        row["trigger"],
        order.actor,
        order.on,
        payload,
        referral=row["referral_id"],
        decided_by=order.decided_by,
        document=order.document,
        expected=order.expected,
    )
    # Before the move, which lets every proposal lapse that its new state no longer allows; a refusal undoes both.
    _decide(unit, proposal, ProposalState.TAKEN, order.actor, body=_body(unit, row, whole))
    if row["trigger"] != "raise_again" or row["other_code"] is None:
        return moving.move(unit, code=row["code"], order=whole)
    return _raise_again(unit, row, whole)


def _raise_again(unit: WriteUnit, row: Mapping[str, Any], order: Order) -> Moved:
    """Let the row that repeats an earlier case go into it: a time raised, never a case of its own.

    An earlier case that has ended stays as it is: the repeat remains open and is linked to it; the office may reopen
    the one or go on with the other.
    """
    locking.lock(unit, [row["code"], row["other_code"]])
    earlier = access.case(unit, code=row["code"], actor=order.actor)
    repeat = access.case(unit, code=row["other_code"], actor=order.actor)
    if not earlier.facts().final:
        ledger.require_unchanged(unit, earlier, order.expected)
        said = {"into": row["code"], **{k: v for k, v in order.payload.items() if k == "words"}}
        moving.move(unit, code=row["other_code"], order=replace(order, trigger="merge", payload=said, expected=None))
        stays = access.case(unit, code=row["code"], actor=order.actor)
        return Moved(stays.id, row["code"], stays.row["seq"], stays.row["state"], (stays.row["seq"],))
    moved = moving.move(unit, code=row["code"], order=order)
    link = {
        "case_id": repeat.id,
        "kind": LinkKind.REPEATS.value,
        "other_id": earlier.id,
        "event_seq": repeat.row["seq"],
    }
    unit.run(insert(table_of(Link)).values(**link, created_at=unit.now))
    return moved


def decline(
    unit: WriteUnit, *, proposal: UUID, actor: Actor, reason: str, decided_by: Signed | None = None
) -> ProposalView:
    """Turn a proposal down, with the reason: decided by the body that might have taken it, recorded by `actor`.

    Raises: NotFound, AlreadyDecided, NotPermitted, BadInput when the reason is missing.
    """
    said = require_reason(reason)
    unit.take_lock()
    row = _open(unit, proposal, actor)
    order = Order(row["trigger"], actor, unit.today, referral=row["referral_id"], decided_by=decided_by)
    permitting.require_mover(unit, code=row["code"], order=order)
    _decide(unit, proposal, ProposalState.DECLINED, actor, body=_body(unit, row, order), reason=said)
    return one(unit, proposal=proposal, actor=actor)


def require_reason(reason: str) -> str:
    """Return the reason for turning a proposal down.

    Raises: BadInput when it is missing or too long.
    """
    said = reason.strip()
    if not 1 <= len(said) <= _LONGEST_REASON:
        raise BadInput({"reason": Text("«Lý do» chưa nhập hoặc quá dài", "“reason” is missing or too long")})
    return said


def _body(unit: Unit, row: Mapping[str, Any], order: Order) -> UUID | None:
    """Return the body that decides what is proposed: the one that is named, else the usual one of its move."""
    seen = access.case(unit, code=row["code"], actor=order.actor)
    move = seen.lifecycle.move(row["trigger"])
    return moving.facts_for(unit, seen, order, move, entry=None, names=Names()).deciding_body


def _decide(
    unit: WriteUnit,
    proposal: UUID,
    state: ProposalState,
    actor: Actor,
    *,
    body: UUID | None,
    reason: str | None = None,
) -> None:
    """Write the decision where the proposal is still open; the WHERE decides between two people."""
    done = unit.run(
        update(_proposal)
        .where(_proposal.c.id == bindparam("here"), _proposal.c.state == ProposalState.OPEN.value)
        .returning(_proposal.c.id),
        {
            "here": proposal,
            "state": state.value,
            "reason": reason,
            "decided_by": actor.account,
            "decided_body": body,
            "decided_at": unit.now,
        },
    )
    if done.first() is None:
        raise _decided(_found(unit, proposal, actor))


def _open(unit: Unit, proposal: UUID, actor: Actor) -> Mapping[str, Any]:
    row = _found(unit, proposal, actor)
    if row["state"] != ProposalState.OPEN.value:
        raise _decided(row)
    return row


def _decided(row: Mapping[str, Any]) -> AlreadyDecided:
    state = ProposalState(row["state"]).label
    return AlreadyDecided(
        Text(f"Đề xuất này: {state.vi.lower()}", f"The proposal is {state.en.lower()}"), state=row["state"]
    )


def _found(unit: Unit, proposal: UUID, actor: Actor) -> Mapping[str, Any]:
    rows = _rows(unit, _visible_to(actor).where(_proposal.c.id == proposal))
    if not rows:
        raise NotFound
    return rows[0]


def _visible_to(actor: Actor) -> Select[Any]:
    """Select proposals whose case is visible, and whose other case, if any, is visible too."""
    seen = select(_case.c.id).where(visible(actor)).correlate(None)
    return (
        select(_proposal, _case.c.code, _case.c.kind, _other.c.code.label("other_code"))
        .join(_case, _case.c.id == _proposal.c.case_id)
        .outerjoin(_other, _other.c.id == _proposal.c.other_id)
        .where(visible(actor), or_(_proposal.c.other_id.is_(None), _proposal.c.other_id.in_(seen)))
    )


def _rows(unit: Unit, wanted: Select[Any]) -> list[Mapping[str, Any]]:
    return [dict(row) for row in unit.read(wanted).mappings()]


def _views(unit: Unit, rows: list[Mapping[str, Any]]) -> tuple[ProposalView, ...]:
    people = accounts_named(unit, [row["decided_by"] for row in rows])
    bodies = agencies_named(unit, [row["decided_body"] for row in rows])
    return tuple(
        ProposalView(
            id=row["id"],
            case=row["code"],
            trigger=_trigger(row),
            other=row["other_code"],
            referral=row["referral_id"],
            sentence=Text(row["sentence_vi"], row["sentence_en"]),
            state=coded(ProposalState(row["state"])),
            reason=row["reason"],
            decided_by=people.get(row["decided_by"]),
            decided_body=bodies.get(row["decided_body"]),
            decided_at=row["decided_at"],
            created_at=row["created_at"],
        )
        for row in rows
    )


def _trigger(row: Mapping[str, Any]) -> Coded:
    table = lifecycle_of(row["kind"])
    of_referral = table.referral if row["referral_id"] is not None else None
    found = (of_referral or table).row(row["trigger"])
    return Coded(row["trigger"], found.label if found else Text(row["trigger"], row["trigger"]))
