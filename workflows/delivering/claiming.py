"""Letters that wait, claimed by a lease: claim and commit, send with no transaction open, mark.

Whoever is killed in between leaves a lease that ends; the next sender tries the letter again under the same Message-ID.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum, unique
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, literal, or_, select, update

from models.alerting import Message, MessageItem
from models.columns import UtcDateTime, table_of
from models.units import Unit, WriteUnit
from states.alerting import LeftOut, MailTrouble, MessageChannel, MessageState
from workflows.delivering.channels import Outcome
from workflows.delivering.moments import in_office_hours
from workflows.regulations import calendar_of

_message, _carried = table_of(Message), table_of(MessageItem)
LEASE = timedelta(seconds=120)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)
TRIED_FOR = timedelta(hours=72)
_JITTER = 0.2
_MOST_DOUBLINGS = 7
_LONGEST_ERROR = 500
_WAITING = MessageState.WAITING.value
_NOTHING_TO_SEND = frozenset({MailTrouble.EMPTY, MailTrouble.NO_ADDRESS})
_random = secrets.SystemRandom()


@dataclass(frozen=True, slots=True)
class Ending:
    """What is to be marked of a letter that `holder` holds. `outcome` None: it was not tried and goes back."""

    message: Mapping[str, Any]
    outcome: Outcome | None
    left_out: Mapping[str, LeftOut] | None = None


@unique
class Fate(StrEnum):
    """What becomes of a letter after a try; the names are those of what `deliver` counts."""

    SENT = "sent"
    PUT_OFF = "put_off"
    UNTRIED = "untried"
    DROPPED = "dropped"
    DEAD = "dead"


def due(unit: Unit, channel: MessageChannel, by: datetime) -> ColumnElement[bool]:
    """Return the condition that a letter waits to be tried since `by`: the first time only while offices work."""
    ready = and_(
        _message.c.state == _WAITING,
        _message.c.channel == channel.value,
        _message.c.next_at <= by,
    )
    return ready if in_office_hours(unit.now, calendar_of(unit)) else and_(ready, _message.c.attempts > 0)


def claim(unit: WriteUnit, channel: MessageChannel, *, holder: str, most: int, by: datetime) -> list[Mapping[str, Any]]:
    """Take up to `most` letters that were due at `by`, oldest first, and return their rows.

    `by` is when the round began: what it has put off is for the next one. A letter that somebody else held until now
    may have arrived: it is in doubt.
    """
    picked = (
        select(_message.c.id)
        .where(due(unit, channel, by))
        .order_by(_message.c.next_at, _message.c.id)
        .limit(most)
        .with_for_update(skip_locked=True)
        .cte("picked")
    )
    until = unit.now + LEASE
    taken = (
        update(_message)
        .where(_message.c.id.in_(select(picked.c.id)), due(unit, channel, by))
        .values(
            lease_by=holder,
            lease_until=until,
            next_at=until,
            attempts=_message.c.attempts + 1,
            first_try_at=func.coalesce(_message.c.first_try_at, literal(unit.now, UtcDateTime())),
            in_doubt=or_(_message.c.in_doubt, _message.c.lease_by.is_not(None)),
        )
        .returning(_message)
    )
    return sorted((dict(row) for row in unit.run(taken).mappings()), key=lambda row: row["id"])


def mark(unit: WriteUnit, endings: Sequence[Ending], *, holder: str) -> None:
    """Write what came of letters, of those that `holder` still holds."""
    for ending in sorted(endings, key=lambda ending: _key(ending.message)):
        key = _key(ending.message)
        here = and_(_message.c.id == key, _message.c.lease_by == holder, _message.c.state == _WAITING)
        marked = update(_message).where(here).values(**_values(unit.now, ending)).returning(_message.c.id)
        if unit.run(marked).first() is not None:
            _leave_out(unit, key, ending.left_out or {})


def pause(attempts: int) -> timedelta:
    """Return how long to wait after this many tries: 30 s doubling to 1 hour, 20 % more or less."""
    doubled = FIRST_PAUSE * (1 << min(max(attempts - 1, 0), _MOST_DOUBLINGS))
    return min(doubled, LONGEST_PAUSE) * _random.uniform(1 - _JITTER, 1 + _JITTER)


def _key(message: Mapping[str, Any]) -> UUID:
    key: UUID = message["id"]
    return key


def fate_of(ending: Ending, now: datetime) -> Fate:
    """Return what becomes of a letter after a try that ended at `now`."""
    outcome = ending.outcome
    if outcome is None:
        return Fate.UNTRIED
    if outcome.trouble is None:
        return Fate.SENT
    if outcome.trouble in _NOTHING_TO_SEND:
        return Fate.DROPPED
    return Fate.DEAD if outcome.final or now - ending.message["first_try_at"] >= TRIED_FOR else Fate.PUT_OFF


def _values(now: datetime, ending: Ending) -> dict[str, Any]:
    """Return the columns of a letter after a try."""
    outcome, message = ending.outcome or Outcome(), ending.message
    free: dict[str, Any] = {"lease_by": None, "lease_until": None}
    trouble = outcome.trouble.value if outcome.trouble is not None else None
    tell = {"trouble": trouble, "error": outcome.said[:_LONGEST_ERROR] or None}
    doubt = {"in_doubt": bool(message["in_doubt"] or outcome.in_doubt)}
    match fate_of(ending, now):
        case Fate.UNTRIED:
            return {**free, "next_at": now, "attempts": message["attempts"] - 1, **_never_tried(message)}
        case Fate.SENT:
            return {**free, "state": MessageState.SENT.value, "sent_at": now, "trouble": None, "error": None}
        case Fate.DROPPED:
            return {**free, **tell, "state": MessageState.DROPPED.value}
        case Fate.DEAD:
            return {**free, **tell, **doubt, "state": MessageState.DEAD.value}
        case Fate.PUT_OFF:
            return {**free, **tell, **doubt, "next_at": now + pause(message["attempts"])}


def _never_tried(message: Mapping[str, Any]) -> dict[str, Any]:
    return {"first_try_at": None} if message["attempts"] == 1 else {}


def _leave_out(unit: WriteUnit, key: UUID, left_out: Mapping[str, LeftOut]) -> None:
    for cause, why in left_out.items():
        here = and_(_carried.c.message_id == key, _carried.c.cause == cause)
        unit.run(update(_carried).where(here), {"left_out": why.value})
