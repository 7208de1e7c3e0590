"""The inbox of an account: what it was told, as it stands now, newest first; what it may no longer see is not there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, update

from models.alerting import InboxItem, Notice
from models.cases import Case
from models.columns import table_of
from models.units import Unit, WriteUnit
from states.alerting import NoticeKind
from states.errors import BadInput
from states.facts import Actor
from states.text import Text
from workflows import paging
from workflows.delivering.digesting import Entry, entries_of
from workflows.delivering.matters import by_cause
from workflows.delivering.people import Reader
from workflows.paging import Page
from workflows.views import Coded, Words, coded
from workflows.visibility import visible

_item, _notice, _case = table_of(InboxItem), table_of(Notice), table_of(Case)
MOST_READ_AT_ONCE = 500
_ORDER = "inbox"


@dataclass(frozen=True, slots=True)
class InboxView:
    """One thing that an account was told. `settled` says why nothing is to be done about it any more."""

    id: UUID
    kind: Coded
    case: str | None
    what: Words
    text: str | None
    due_on: date | None
    due: Words | None
    standing: Words | None
    overdue: bool
    deed: Words
    settled: Words | None
    told_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class Read:
    """How many items were read by this, and how many are left unread."""

    read: int
    unread: int


def listed(
    unit: Unit, *, actor: Actor, unread: bool = False, cursor: str | None = None, limit: int = paging.USUAL
) -> Page[InboxView]:
    """Return a page of the inbox of `actor`; the total counts what is unread. Raises: BadInput."""
    after = paging.read(cursor, order=_ORDER)
    mine = _mine(actor) if not unread else and_(_mine(actor), _item.c.read_at.is_(None))
    wanted = _joined(select(_item)).where(mine).order_by(_item.c.id.desc()).limit(paging.within(limit) + 1)
    if after is not None:
        wanted = wanted.where(_item.c.id < after.id)
    rows, following = paging.page_of([dict(row) for row in unit.read(wanted).mappings()], limit=limit, order=_ORDER)
    return Page(_views(unit, actor, rows), following, count_unread(unit, actor=actor))


def count_unread(unit: Unit, *, actor: Actor) -> int:
    """Return how many items of the inbox were not read yet."""
    counted = _joined(select(func.count()).select_from(_item)).where(_mine(actor), _item.c.read_at.is_(None))
    return int(unit.read(counted).scalar_one())


def read(unit: WriteUnit, *, actor: Actor, items: Sequence[UUID] = (), everything: bool = False) -> Read:
    """Mark items of one's own inbox as read; identifiers that are not in it change nothing. Raises: BadInput."""
    if bool(items) == everything:
        told = Text("«items» hoặc «all», chọn một", "Either “items” or “all”")
        raise BadInput({"items": told})
    which = _item.c.account_id == actor.account
    here = which if everything else and_(which, _item.c.id.in_(list(items)[:MOST_READ_AT_ONCE]))
    marked = update(_item).where(here, _item.c.read_at.is_(None)).values(read_at=unit.now).returning(_item.c.id)
    done = len(unit.run(marked).all())
    return Read(done, count_unread(unit, actor=actor))


def _mine(actor: Actor) -> ColumnElement[bool]:
    return and_(_item.c.account_id == actor.account, or_(_notice.c.case_id.is_(None), visible(actor)))


def _joined(wanted: Select[Any]) -> Select[Any]:
    return wanted.join(_notice, _notice.c.cause == _item.c.cause).outerjoin(_case, _case.c.id == _notice.c.case_id)


def _views(unit: Unit, actor: Actor, rows: Sequence[Mapping[str, Any]]) -> tuple[InboxView, ...]:
    found = by_cause(unit, [row["cause"] for row in rows])
    entries = {e.matter.cause: e for e in entries_of(unit, Reader(actor.account, actor), list(found.values()))}
    return tuple(_view(row, entries[row["cause"]]) for row in rows)


def _view(row: Mapping[str, Any], entry: Entry) -> InboxView:
    matter, said = entry.matter, entry.said
    return InboxView(
        id=row["id"],
        kind=coded(matter.kind),
        case=entry.code,
        what=said.what,
        text=entry.gist,
        due_on=matter.due.due_on if matter.kind is NoticeKind.RUNG and matter.due is not None else None,
        due=said.due,
        standing=said.standing if matter.settled is None else None,
        overdue=said.overdue and matter.settled is None,
        deed=said.deed,
        settled=matter.settled,
        told_at=row["created_at"],
        read_at=row["read_at"],
    )
