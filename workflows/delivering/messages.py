"""Letters as those in charge see them: where each stands, why one is dead, and trying it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true, update

from models.alerting import AgencyContact, Message, MessageItem, Notice
from models.columns import table_of
from models.councils import Account, Agency, Person
from models.units import Unit, WriteUnit
from states.alerting import MailTrouble, MessageState, NoticeOutcome
from states.errors import BadInput, NotFound, NotPermitted
from states.facts import Actor
from states.text import Text
from states.vocabulary import Role
from workflows import paging
from workflows.paging import Page
from workflows.sweeping import DELIVER, last_beat
from workflows.views import Coded, coded, coded_as

_message, _carried, _notice = table_of(Message), table_of(MessageItem), table_of(Notice)
_contact, _account, _person, _agency = (table_of(m) for m in (AgencyContact, Account, Person, Agency))
_IN_CHARGE = (Role.ADMINISTRATOR, Role.COUNCIL_OFFICE)
_ORDER = "messages"


@dataclass(frozen=True, slots=True)
class MessageView:
    """One letter. `to` is a login, or the agency whose contact gets it; `error` are the last words of the server."""

    id: UUID
    to: str
    name: str
    digest_on: date
    state: Coded
    items: int
    attempts: int
    next_at: datetime | None
    sent_at: datetime | None
    trouble: Coded | None
    error: str | None


@dataclass(frozen=True, slots=True)
class Status:
    """How delivery stands; `oldest` is since when the letter waits that has been due longest.

    Alarms are `untold` notices, which nobody could be told, and `dead` letters.
    """

    set_up: bool
    unresolved: int
    untold: int
    waiting: int
    due: int
    dead: int
    sent: int
    oldest: datetime | None
    last_run: datetime | None


def listed(
    unit: Unit,
    *,
    actor: Actor,
    state: MessageState | None = None,
    cursor: str | None = None,
    limit: int = paging.USUAL,
) -> Page[MessageView]:
    """Return the letters to people and contacts of the councils in whose charge `actor` is, newest first."""
    after = paging.read(cursor, order=_ORDER)
    wanted = _rows().where(_theirs(actor)).order_by(_message.c.id.desc()).limit(paging.within(limit) + 1)
    if state is not None:
        wanted = wanted.where(_message.c.state == state.value)
    if after is not None:
        wanted = wanted.where(_message.c.id < after.id)
    rows, following = paging.page_of([dict(row) for row in unit.read(wanted).mappings()], limit=limit, order=_ORDER)
    return Page(tuple(map(_view, rows)), following)


def one(unit: Unit, *, message: UUID, actor: Actor) -> MessageView:
    """Return one letter. Raises: NotFound when it is absent or of others."""
    row = unit.read(_rows().where(_theirs(actor), _message.c.id == message)).mappings().first()
    if row is None:
        raise NotFound
    return _view(dict(row))


def retry(unit: WriteUnit, *, message: UUID, actor: Actor) -> MessageView:
    """Let a dead letter, or one that waits for its next try, be tried at once and for 72 hours from now.

    Raises: NotFound, BadInput when it was sent or had nothing to say.
    """
    found = one(unit, message=message, actor=actor)
    again = or_(_message.c.state == MessageState.DEAD.value, _untried_now())
    if _again(unit, and_(_message.c.id == message, again)) == 0:
        state = found.state.label
        raise BadInput({"message": Text(f"Thư này: {state.vi.lower()}", f"The letter is {state.en.lower()}")})
    return one(unit, message=message, actor=actor)


def retry_all(unit: WriteUnit, *, actor: Actor) -> int:
    """Let every dead letter in the charge of `actor` be tried again; return how many."""
    theirs = select(_message.c.id).select_from(_joined()).where(_theirs(actor))
    return _again(unit, and_(_message.c.state == MessageState.DEAD.value, _message.c.id.in_(theirs)))


def status(unit: Unit, *, set_up: bool) -> Status:
    """Return how delivery of the whole installation stands; `set_up`: there is a mail server."""
    states = {
        row.state: row.n for row in unit.read(select(_message.c.state, func.count().label("n")).group_by("state"))
    }
    waits = and_(_message.c.state == MessageState.WAITING.value, _message.c.not_before <= unit.now)
    due = unit.read(select(func.count().label("n"), func.min(_message.c.not_before).label("oldest")).where(waits)).one()
    open_ones = and_(_notice.c.resolved_at.is_(None), _notice.c.due_at <= unit.now)
    return Status(
        set_up=set_up,
        unresolved=_count(unit, open_ones),
        untold=_count(unit, _notice.c.outcome == NoticeOutcome.UNTOLD.value),
        waiting=states.get(MessageState.WAITING.value, 0),
        due=due.n,
        dead=states.get(MessageState.DEAD.value, 0),
        sent=states.get(MessageState.SENT.value, 0),
        oldest=due.oldest,
        last_run=last_beat(unit, DELIVER),
    )


def require_in_charge(actor: Actor) -> None:
    """Let pass who looks after letters in some council. Raises: NotPermitted."""
    if not actor.operator and not _councils(actor):
        raise NotPermitted(
            Text(
                "Chỉ quản trị và Văn phòng HĐND xem được thư", "Only administrators and the council office see letters"
            )
        )


def _count(unit: Unit, which: ColumnElement[bool]) -> int:
    return int(unit.read(select(func.count()).select_from(_notice).where(which)).scalar_one())


def _untried_now() -> ColumnElement[bool]:
    return and_(_message.c.state == MessageState.WAITING.value, _message.c.lease_by.is_(None), _message.c.attempts > 0)


def _again(unit: WriteUnit, which: ColumnElement[bool]) -> int:
    ready: dict[str, Any] = {
        "state": MessageState.WAITING.value,
        "next_at": unit.now,
        "first_try_at": None,
        "attempts": 1,
    }
    return len(unit.run(update(_message).where(which).values(**ready).returning(_message.c.id)).all())


def _councils(actor: Actor) -> list[UUID]:
    return sorted({grant.council for grant in actor.grants if grant.role in _IN_CHARGE})


def _theirs(actor: Actor) -> ColumnElement[bool]:
    if actor.operator:
        return true()
    return or_(_person.c.council_id.in_(_councils(actor)), _contact.c.council_id.in_(_councils(actor)))


def _joined() -> Any:
    return (
        _message.outerjoin(_account, _account.c.id == _message.c.account_id)
        .outerjoin(_person, _person.c.id == _account.c.person_id)
        .outerjoin(_contact, _contact.c.id == _message.c.contact_id)
        .outerjoin(_agency, _agency.c.id == _contact.c.agency_id)
    )


def _rows() -> Select[Any]:
    items = select(func.count()).where(_carried.c.message_id == _message.c.id, _carried.c.left_out.is_(None))
    return select(
        _message,
        _account.c.login,
        _person.c.full_name,
        _contact.c.full_name.label("contact_name"),
        _agency.c.code.label("agency"),
        items.correlate(_message).scalar_subquery().label("items"),
    ).select_from(_joined())


def _view(row: Mapping[str, Any]) -> MessageView:
    waits = row["state"] == MessageState.WAITING.value
    return MessageView(
        id=row["id"],
        to=row["login"] or row["agency"],
        name=row["full_name"] or row["contact_name"] or row["login"],
        digest_on=row["digest_on"],
        state=coded(MessageState(row["state"])),
        items=row["items"],
        attempts=row["attempts"],
        next_at=row["next_at"] if waits else None,
        sent_at=row["sent_at"],
        trouble=coded_as(MailTrouble, row["trouble"]),
        error=row["error"],
    )
