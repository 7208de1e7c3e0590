"""Writes a letter at the moment it is sent: what stands then, most overdue first, within the rights of its reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from models.alerting import MessageItem
from models.columns import table_of
from models.units import Unit
from states.alerting import LeftOut, MailTrouble, NoticeKind
from states.vocabulary import Confidentiality
from workflows import describing
from workflows.delivering.audience import visible_of
from workflows.delivering.matters import Matter, by_cause
from workflows.delivering.people import Reader, account_reader, contact_of
from workflows.delivering.wording import Said, one_line, said_of
from workflows.regulations import calendar_of

_carried = table_of(MessageItem)
GIST = 160
MOST = 200
_OPEN_LEVELS = frozenset({Confidentiality.PUBLIC, Confidentiality.INTERNAL})


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of a letter: the notice, its words, and the beginning of the petition where the reader may have it."""

    matter: Matter
    said: Said
    gist: str | None

    @property
    def code(self) -> str | None:
        """Return the code of the case."""
        return self.matter.about.code if self.matter.about is not None else None


@dataclass(frozen=True, slots=True)
class Content:
    """What a letter will say to whom; `left_out` are notices that it will not say, and why. No reader: `trouble`."""

    reader: Reader | None
    entries: tuple[Entry, ...] = ()
    left_out: Mapping[str, LeftOut] | None = None
    trouble: MailTrouble | None = None


def content_of(unit: Unit, message: Mapping[str, Any]) -> Content:
    """Return what the letter `message` says now; `trouble` tells why it says nothing to nobody."""
    contact, account = message["contact_id"], message["account_id"]
    reader = contact_of(unit, contact) if contact is not None else account_reader(unit, account)
    if reader is None or not reader.email:
        return Content(None, trouble=MailTrouble.NO_ADDRESS)
    rows = unit.read(
        select(_carried.c.cause, _carried.c.left_out)
        .where(_carried.c.message_id == message["id"])
        .order_by(_carried.c.cause)
    ).all()
    known = {row.cause: LeftOut(row.left_out) for row in rows if row.left_out}
    found = by_cause(unit, [row.cause for row in rows if row.cause not in known])
    left_out = sifted(unit, reader, found.values())
    entries = entries_of(unit, reader, [m for m in found.values() if m.cause not in left_out])
    return Content(reader, entries, left_out, None if entries else MailTrouble.EMPTY)


def sifted(unit: Unit, reader: Reader, matters: Iterable[Matter]) -> dict[str, LeftOut]:
    """Return which matters are not told to `reader` now, and why: each limit is told once, by its last rung.

    What is proposed is told until it is decided, whatever is proposed after it.
    """
    all_of = list(matters)
    seen = visible_of(unit, reader, {m.about.id for m in all_of if m.about is not None})
    left_out: dict[str, LeftOut] = {}
    last: dict[tuple[object, ...], Matter] = {}
    for matter in sorted(all_of, key=_age):
        if matter.settled is not None:
            left_out[matter.cause] = LeftOut.SETTLED
        elif matter.about is not None and matter.about.id not in seen:
            left_out[matter.cause] = LeftOut.HIDDEN
        elif not (reader.mail or reader.contact or matter.binding or matter.kind is NoticeKind.WITHDRAWAL):
            left_out[matter.cause] = LeftOut.MAIL_OFF
        else:
            covered = [last.pop(line) for line in matter.covers if line in last]
            left_out |= {earlier.cause: LeftOut.COVERED for earlier in covered}
            last[matter.line] = matter
    return left_out


def entries_of(unit: Unit, reader: Reader, matters: Sequence[Matter]) -> tuple[Entry, ...]:
    """Return matters in words, most overdue first, what has no day after them.

    Of a restricted case the code alone is told: a letter may be read by others.
    """
    open_ones = sorted({m.about.id for m in matters if m.about and m.about.confidentiality in _OPEN_LEVELS})
    texts = describing.texts_of(unit, open_ones, longest=4 * GIST)
    calendar = calendar_of(unit)
    found = [Entry(m, said_of(m, unit.today, calendar, handles=_handles(reader, m)), _gist(m, texts)) for m in matters]
    return tuple(sorted(found, key=_urgency))


def _handles(reader: Reader, matter: Matter) -> bool:
    """Tell whether the work is the reader's own: that of its agency, or of the council itself where no other has it."""
    if matter.about is None or matter.about.agency is None:
        return True
    return bool({matter.about.agency, matter.about.lead} & reader.actor.agencies())


def _age(matter: Matter) -> tuple[Any, ...]:
    return (matter.due_at, matter.due.number if matter.due else 0, matter.cause)


def _urgency(entry: Entry) -> tuple[Any, ...]:
    due = entry.matter.due if entry.matter.kind is NoticeKind.RUNG else None
    days = due.due_on.toordinal() if due is not None else 0
    return (entry.matter.kind is NoticeKind.WITHDRAWAL, due is None, days, entry.code or "", entry.matter.cause)


def _gist(matter: Matter, texts: Mapping[UUID, str | None]) -> str | None:
    text = texts.get(matter.about.id) if matter.about is not None else None
    return one_line(text, GIST) if text else None
