"""Finds for each notice that is due the people it concerns, and puts it into their inboxes and letters.

Each batch is one transaction and each notice is resolved once, however many processes try. A matter that is settled
is dropped with the reason; what concerns nobody goes to the council office, and if that is empty it is counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, insert, or_, select, update

from models.alerting import InboxItem, Notice
from models.columns import table_of
from models.units import Database, WriteUnit
from states.alerting import NoticeKind, NoticeOutcome
from states.text import Text
from workflows.delivering import withdrawing
from workflows.delivering.audience import Audience, audience, visible_of
from workflows.delivering.lettering import Posting, post
from workflows.delivering.matters import Matter, matters
from workflows.delivering.people import Reader, contact_of, directory
from workflows.drafting import new_id

_notice, _item = table_of(Notice), table_of(InboxItem)
_TURN = "deliver.resolve"
BATCH = 200

UNTOLD = Text("Không có ai được biết việc này", "There is nobody who may be told")
NOT_TOLD_BEFORE = Text("Chưa báo ai nên không cần rút lại", "Nobody had been told of it")
_OUTCOMES = {UNTOLD: NoticeOutcome.UNTOLD}


@dataclass(slots=True)
class Resolved:
    """How many notices were told, dropped as settled, and dropped because there was nobody: these are alarms."""

    told: int = 0
    dropped: int = 0
    untold: int = 0
    letters: int = 0


@dataclass(slots=True)
class _Batch:
    """What one transaction will write."""

    now: datetime
    resolved: Resolved
    inbox: dict[tuple[UUID, str], dict[str, Any]] = field(default_factory=dict)
    postings: list[Posting] = field(default_factory=list)
    outcomes: list[dict[str, Any]] = field(default_factory=list)

    def tell(self, reader: Reader, cause: str) -> None:
        """Put a notice into the inbox of an account."""
        row = {"id": new_id(), "account_id": reader.key, "cause": cause, "created_at": self.now, "read_at": None}
        self.inbox.setdefault((reader.key, cause), row)

    def end(self, matter: Matter, why: Text | None = None) -> None:
        """Say what became of a notice: told, or dropped for the reason `why`."""
        outcome = NoticeOutcome.TOLD if why is None else _OUTCOMES.get(why, NoticeOutcome.DROPPED)
        self.outcomes.append(
            {
                "b_cause": matter.cause,
                "b_at": self.now,
                "b_outcome": outcome.value,
                "b_vi": why.vi if why else None,
                "b_en": why.en if why else None,
            }
        )
        self.resolved.told += outcome is NoticeOutcome.TOLD
        self.resolved.dropped += outcome is NoticeOutcome.DROPPED
        self.resolved.untold += outcome is NoticeOutcome.UNTOLD


def resolve(database: Database, *, batch: int = BATCH) -> Resolved:
    """Resolve every notice that is due, batch by batch."""
    resolved = Resolved()
    after: tuple[datetime, str] | None = None
    while True:
        with database.writing() as unit:
            # One process at a time: letters of one person are begun by nobody else meanwhile.
            unit.take_turns(_TURN)
            rows = _due(unit, after, batch)
            if rows:
                _resolve(unit, rows, resolved)
        if len(rows) < batch:
            return resolved
        after = (rows[-1]["due_at"], rows[-1]["cause"])


def _due(unit: WriteUnit, after: tuple[datetime, str] | None, batch: int) -> list[Mapping[str, Any]]:
    wanted = select(_notice).where(_notice.c.resolved_at.is_(None), _notice.c.due_at <= unit.now)
    if after is not None:
        at, cause = after
        wanted = wanted.where(or_(_notice.c.due_at > at, and_(_notice.c.due_at == at, _notice.c.cause > cause)))
    ordered = wanted.order_by(_notice.c.due_at, _notice.c.cause).limit(batch)
    return [dict(row) for row in unit.read(ordered).mappings()]


def _resolve(unit: WriteUnit, rows: Sequence[Mapping[str, Any]], resolved: Resolved) -> None:
    batch = _Batch(unit.now, resolved)
    found = list(matters(unit, rows))
    withdrawals = [matter for matter in found if matter.kind is NoticeKind.WITHDRAWAL and matter.settled is None]
    others = [matter for matter in found if matter.kind is not NoticeKind.WITHDRAWAL or matter.settled is not None]
    _tell_all(unit, others, batch)
    _write(unit, batch)
    # Only now: a reminder of the same batch is told by then.
    corrections = _Batch(unit.now, resolved)
    waiting = withdrawing.must_wait(unit, [matter.cause for matter in withdrawals])
    for matter in withdrawals:
        if matter.cause not in waiting:
            _withdraw(unit, matter, corrections)
    _write(unit, corrections)


def _tell_all(unit: WriteUnit, found: Sequence[Matter], batch: _Batch) -> None:
    standing = [matter for matter in found if matter.settled is None]
    people = audience(unit, standing)
    for matter in found:
        if matter.settled is not None:
            batch.end(matter, matter.settled)
            continue
        readers = people.of(matter)
        for reader in readers:
            _tell(reader, matter, people, batch)
        batch.end(matter, None if readers else UNTOLD)


def _tell(reader: Reader, matter: Matter, people: Audience, batch: _Batch) -> None:
    """Put a matter into inbox and letter of a reader; letters may be redirected to somebody who is told instead."""
    if not reader.contact:
        batch.tell(reader, matter.cause)
    other = None if reader.contact else people.instead_of(reader, matter)
    if other is not None:
        batch.tell(other, matter.cause)
    writes_to = other or reader
    if writes_to.email and (reader.contact or reader.mail or matter.binding):
        batch.postings.append(Posting(writes_to, matter.cause))


def _withdraw(unit: WriteUnit, matter: Matter, batch: _Batch) -> None:
    reminder = withdrawing.reminder_of(matter.cause)
    told = withdrawing.told(unit, reminder)
    withdrawing.leave_out(unit, reminder)
    accounts = directory(unit, accounts=told.accounts | told.by_letter).accounts
    contacts = [contact_of(unit, key) for key in told.by_letter if key not in accounts]
    about = matter.about
    readers = [
        reader
        for reader in (*accounts.values(), *contacts)
        if reader is not None
        and reader.key in told.accounts | told.by_letter
        and (about is None or visible_of(unit, reader, [about.id]))
    ]
    for reader in readers:
        if reader.key in told.accounts:
            batch.tell(reader, matter.cause)
        if reader.key in told.by_letter and reader.email:
            batch.postings.append(Posting(reader, matter.cause))
    batch.end(matter, None if readers else NOT_TOLD_BEFORE)


def _write(unit: WriteUnit, batch: _Batch) -> None:
    if batch.inbox:
        unit.run(insert(_item), list(batch.inbox.values()))
    if batch.postings:
        batch.resolved.letters += post(unit, batch.postings)
    if batch.outcomes:
        ended = update(_notice).where(_notice.c.cause == bindparam("b_cause"))
        unit.run(
            ended.values(
                resolved_at=bindparam("b_at"),
                outcome=bindparam("b_outcome"),
                why_vi=bindparam("b_vi"),
                why_en=bindparam("b_en"),
            ),
            batch.outcomes,
        )
