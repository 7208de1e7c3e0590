"""A reminder that is withdrawn: whoever was told of it is told so, by letter only whose letter with it went."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select, update

from models.alerting import InboxItem, Message, MessageItem, Notice
from models.columns import table_of
from models.units import Unit, WriteUnit
from states.alerting import LeftOut, MessageState, NoticeKind

_notice, _item = table_of(Notice), table_of(InboxItem)
_message, _carried = table_of(Message), table_of(MessageItem)


@dataclass(frozen=True, slots=True)
class Told:
    """Who was told of a reminder: accounts by inbox, and persons (accounts, contacts) whose letter with it went."""

    accounts: frozenset[UUID]
    by_letter: frozenset[UUID]


def reminder_of(withdrawal: str) -> str:
    """Return the cause of the reminder that the notice `withdrawal` takes back."""
    return withdrawal.replace(NoticeKind.WITHDRAWAL.value, NoticeKind.RUNG.value, 1)


def must_wait(unit: Unit, causes: Collection[str]) -> set[str]:
    """Return those withdrawals whose reminder is not told yet, or is in a letter that is on its way right now."""
    reminders = {reminder_of(cause): cause for cause in causes}
    untold = select(_notice.c.cause).where(_notice.c.cause.in_(reminders), _notice.c.resolved_at.is_(None))
    on_its_way = _carrying(reminders).where(
        _message.c.state == MessageState.WAITING.value, _message.c.lease_until > unit.now
    )
    found = {*unit.read(untold).scalars(), *(row.cause for row in unit.read(on_its_way))}
    return {reminders[cause] for cause in found}


def told(unit: Unit, reminder: str) -> Told:
    """Return who was told of the notice `reminder`; a letter that may have arrived counts as one that did.

    One whose sender was killed may have, too: its lease is over and nobody has said what came of it.
    """
    accounts = unit.read(select(_item.c.account_id).where(_item.c.cause == reminder)).scalars()
    went = or_(_message.c.state == MessageState.SENT.value, _message.c.in_doubt, _message.c.lease_by.is_not(None))
    letters = unit.read(_carrying([reminder]).where(went, _carried.c.left_out.is_(None)))
    return Told(frozenset(accounts), frozenset(row.account_id or row.contact_id for row in letters))


def leave_out(unit: WriteUnit, reminder: str) -> None:
    """Take a reminder out of every letter that did not go."""
    waiting = select(_message.c.id).where(_message.c.state == MessageState.WAITING.value)
    here: ColumnElement[bool] = and_(
        _carried.c.cause == reminder, _carried.c.left_out.is_(None), _carried.c.message_id.in_(waiting)
    )
    unit.run(update(_carried).where(here).values(left_out=LeftOut.WITHDRAWN.value))


def _carrying(reminders: Collection[str]) -> Select[tuple[str, UUID, UUID]]:
    return (
        select(_carried.c.cause, _message.c.account_id, _message.c.contact_id)
        .join(_message, _message.c.id == _carried.c.message_id)
        .where(_carried.c.cause.in_(reminders))
    )
