"""Puts notices into letters: one to each person for each morning.

A letter that waits and was never tried takes what comes along; else the next morning that had no letter yet gets one.
What goes into a letter once tried could be lost, for a receiver may drop it as a repeat of the first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import func, insert, or_, select, update

from models.alerting import Message, MessageItem
from models.columns import table_of
from models.units import WriteUnit
from states.alerting import MessageChannel, MessageState
from workflows.delivering.moments import Morning, morning
from workflows.delivering.people import Reader
from workflows.drafting import new_id
from workflows.regulations import calendar_of

_message, _carried = table_of(Message), table_of(MessageItem)
_PERSON = func.coalesce(_message.c.account_id, _message.c.contact_id)
_EMAIL = MessageChannel.EMAIL.value
_AT_ONCE = 500


class Posting(NamedTuple):
    """A notice that a person is to be written about."""

    reader: Reader
    cause: str


def post(unit: WriteUnit, postings: Sequence[Posting]) -> int:
    """Put each notice into the letter of its person; return how many letters were begun.

    The caller holds the turn of resolving: nobody else begins letters meanwhile.
    """
    readers = {posting.reader.key: posting.reader for posting in postings}
    known = _letters_of(unit, sorted(readers))
    begun: list[dict[str, Any]] = []
    moved: list[tuple[UUID, Morning]] = []
    letters: dict[UUID, UUID] = {}
    for key, reader in readers.items():
        own = known.get(key, [])
        waiting = next((row for row in own if _takes_more(row)), None)
        taken = {row["digest_on"] for row in own if row is not waiting}
        when = morning(unit.now, reader.digest_at, calendar_of(unit), taken)
        if waiting is None:
            begun.append(_letter(unit, reader, when))
            letters[key] = begun[-1]["id"]
            continue
        letters[key] = waiting["id"]
        if waiting["digest_on"] < when.on:
            moved.append((waiting["id"], when))
    if begun:
        unit.run(insert(_message), begun)
    for letter, when in moved:
        unit.run(update(_message).where(_message.c.id == letter).values(**_goes(when)))
    _carry(unit, letters, postings)
    return len(begun)


def _takes_more(row: Mapping[str, Any]) -> bool:
    return row["state"] == MessageState.WAITING.value and row["attempts"] == 0 and row["lease_by"] is None


def _letters_of(unit: WriteUnit, keys: Sequence[UUID]) -> dict[UUID, list[Mapping[str, Any]]]:
    """Return the letters of these persons that wait or are of today or later, locked against senders."""
    found: dict[UUID, list[Mapping[str, Any]]] = {}
    for first in range(0, len(keys), _AT_ONCE):
        recent = or_(_message.c.state == MessageState.WAITING.value, _message.c.digest_on >= unit.today)
        wanted = (
            select(_message)
            .where(_PERSON.in_(keys[first : first + _AT_ONCE]), _message.c.channel == _EMAIL, recent)
            .order_by(_message.c.id)
            .with_for_update()
        )
        for row in unit.read(wanted).mappings():
            found.setdefault(row["account_id"] or row["contact_id"], []).append(dict(row))
    return found


def _letter(unit: WriteUnit, reader: Reader, when: Morning) -> dict[str, Any]:
    return {
        "id": new_id(),
        "account_id": None if reader.contact else reader.key,
        "contact_id": reader.key if reader.contact else None,
        "channel": _EMAIL,
        **_goes(when),
        "state": MessageState.WAITING.value,
        "attempts": 0,
        "in_doubt": False,
        "created_at": unit.now,
    }


def _goes(when: Morning) -> dict[str, Any]:
    return {"digest_on": when.on, "not_before": when.at, "next_at": when.at}


def _carry(unit: WriteUnit, letters: Mapping[UUID, UUID], postings: Sequence[Posting]) -> None:
    """Write which notices each letter carries; one that reaches a person in two ways is carried once."""
    wanted = {(letters[posting.reader.key], posting.cause) for posting in postings}
    causes = sorted({cause for _, cause in wanted})
    there = set[tuple[UUID, str]]()
    for first in range(0, len(causes), _AT_ONCE):
        some = select(_carried.c.message_id, _carried.c.cause).where(
            _carried.c.cause.in_(causes[first : first + _AT_ONCE])
        )
        there |= {(row.message_id, row.cause) for row in unit.read(some)}
    rows = [{"message_id": letter, "cause": cause, "left_out": None} for letter, cause in sorted(wanted - there)]
    if rows:
        unit.run(insert(_carried), rows)
