"""Lists of cases: filters from a closed list, pages by key, next due first with undated ones last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Select, and_, func, literal, or_, select, true, tuple_, union

from deadlines.timeliness import due_words
from models.cases import Case
from models.columns import table_of
from models.councils import Account, Agency, Council, Person, Taxon
from models.details import ContactRound, Petition
from models.searching import Matches, matching
from models.units import Unit
from states.errors import BadInput
from states.facts import Actor
from states.kinds import KINDS, lifecycle_of
from states.text import Text
from states.vocabulary import Result
from workflows import access, describing, paging, regulations, visibility
from workflows.paging import After, Page
from workflows.views import AgencyName, Coded, PersonName, Words, coded_as

_case, _agency, _account, _person = (table_of(m) for m in (Case, Agency, Account, Person))
_petition, _round, _council, _taxon = (table_of(m) for m in (Petition, ContactRound, Council, Taxon))
ORDERS = ("due", "entered")
SUMMARY = 240
_NO_AGENCY = Text("«agency» không có trong danh sách cơ quan", "“agency” is not in the list of agencies")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases are asked for; what is None or empty is not asked.

    `agency` has the case in hand or holds a live referral; `due_before` is exclusive; `text` is searched without
    diacritics and case, exact words first.
    """

    kind: str | None = None
    states: tuple[str, ...] = ()
    agency: str | None = None
    assignee: str | None = None
    field: str | None = None
    locality: str | None = None
    due_before: date | None = None
    overdue: bool | None = None
    text: str | None = None
    council: str | None = None


@dataclass(frozen=True, slots=True)
class ListedCase:
    """One row of a list."""

    code: str
    kind: Coded
    council: str
    state: Coded
    phase: Coded
    version: int
    summary: str | None
    received_on: date | None
    field: str | None
    locality: str | None
    holder: AgencyName | None
    assignee: PersonName | None
    next_due_on: date | None
    due: Words | None
    overdue: bool
    result_claimed: Coded | None
    result_judged: Coded | None
    times_raised: int | None


@dataclass(frozen=True, slots=True)
class _Asked:
    """A filter turned into conditions, and the matching texts if words were given.

    All of `conditions` must hold and all of one of `ways`: each way is asked by itself, for an OR over two tables would
    keep both databases from every index.
    """

    conditions: tuple[ColumnElement[bool], ...]
    ways: tuple[tuple[ColumnElement[bool], ...], ...]
    words: Matches | None = None


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A run of rows ordered among themselves: exact words first, within that dated before undated."""

    dated: bool | None
    conditions: tuple[ColumnElement[bool], ...] = field(default=())


def cases(
    unit: Unit,
    *,
    actor: Actor,
    wanted: CaseFilter,
    order: str = "due",
    cursor: str | None = None,
    limit: int = paging.USUAL,
    total: bool = False,
) -> Page[ListedCase]:
    """Return a page of the cases that `actor` may see.

    Raises: BadInput naming the filter that cannot be understood, NotFound for a council that is not the actor's.
    """
    paging.within(limit)
    if order not in ORDERS:
        raise BadInput({"sort": Text("«sort» là due hoặc entered", "“sort” is due or entered")})
    asked = _asked(unit, actor, wanted)
    if asked is None or not asked.ways:
        return Page((), total=0 if total else None)
    stretches = _stretches(asked, order)
    after = paging.read(cursor, order=order, stretches=len(stretches))
    found: list[tuple[int, Row]] = []
    for place in range(after.stretch if after else 0, len(stretches)):
        here = after if after and after.stretch == place else None
        statement = _rows(asked, stretches[place], here, limit + 1 - len(found))
        found += [(place, dict(row)) for row in unit.read(statement).mappings()]
        if len(found) > limit:
            break
    shown, more = paging.cut(found, limit=limit)
    following = _after(order, *shown[-1]).opaque() if more else None
    return Page(_listed(unit, [row for _, row in shown]), following, _total(unit, asked) if total else None)


def _after(order: str, place: int, row: Row) -> After:
    return After(order, place, row["id"], row["next_due_on"] if order == "due" else None)


def _total(unit: Unit, asked: _Asked) -> int:
    counted = select(func.count()).select_from(_case).where(*asked.conditions, or_(*(and_(*w) for w in asked.ways)))
    if asked.words is not None:
        counted = counted.where(_case.c.id.in_(asked.words.either))
    return int(unit.read(counted).scalar_one())


# --- conditions ---------------------------------------------------------------------------------------------------


def _asked(unit: Unit, actor: Actor, wanted: CaseFilter) -> _Asked | None:
    """Turn `wanted` into conditions; None when the words given hold no letter to search for."""
    found = list(_plain(unit, wanted))
    ways: list[tuple[ColumnElement[bool], ...]] = [(way,) for way in visibility.ways_to_see(unit, actor)]
    if wanted.council is not None:
        found.append(_case.c.council_id == access.council(unit, code=wanted.council, actor=actor).council)
    if wanted.agency is not None:
        ids = _agencies(unit, actor, wanted.agency)
        theirs = (_case.c.holder_id.in_(ids), visibility.having_referral(unit, describing.live_referral_to(ids)))
        ways = [(*way, one) for way in ways for one in theirs]
    if wanted.assignee is not None:
        logins = select(_account.c.id).where(_account.c.login == wanted.assignee)
        found.append(
            _case.c.assignee_id == actor.account if wanted.assignee == "me" else _case.c.assignee_id.in_(logins)
        )
    if wanted.text is None:
        return _Asked(tuple(found), tuple(ways))
    words = matching(unit.dialect, wanted.text)
    return None if words is None else _Asked(tuple(found), tuple(ways), words)


def _plain(unit: Unit, wanted: CaseFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.kind is not None:
        _require("kind", wanted.kind, KINDS)
        yield _case.c.kind == wanted.kind
    if wanted.states:
        tables = [KINDS[wanted.kind]] if wanted.kind else list(KINDS.values())
        known = {str(state) for table in tables for state in table.states}
        for state in wanted.states:
            _require("state", state, sorted(known))
        yield _case.c.state.in_(wanted.states)
    if wanted.field is not None:
        below = select(_taxon.c.code).where(_taxon.c.scheme == "field", _taxon.c.parent == wanted.field)
        yield or_(_case.c.field == wanted.field, _case.c.field.in_(below))
    if wanted.locality is not None:
        yield _case.c.locality == wanted.locality
    if wanted.due_before is not None:
        yield _case.c.next_due_on < wanted.due_before
    if wanted.overdue is not None:
        late = _case.c.next_due_on < unit.today
        yield late if wanted.overdue else or_(_case.c.next_due_on.is_(None), ~late)


def _require(name: str, value: str, known: Any) -> None:
    if value not in known:
        said = ", ".join(known)
        raise BadInput({name: Text(f"«{name}» phải là một trong: {said}", f"“{name}” must be one of: {said}")})


def _agencies(unit: Unit, actor: Actor, code: str) -> list[UUID]:
    theirs = (
        true() if actor.operator else or_(_agency.c.council_id.in_(actor.councils()), _agency.c.council_id.is_(None))
    )
    ids = list(unit.read(select(_agency.c.id).where(_agency.c.code == code.strip().upper(), theirs)).scalars())
    if not ids:
        raise BadInput({"agency": _NO_AGENCY})
    return ids


# --- order --------------------------------------------------------------------------------------------------------


def _stretches(asked: _Asked, order: str) -> Sequence[_Stretch]:
    words = asked.words
    ranks = ((),) if words is None else ((_case.c.id.in_(words.exact),), (_case.c.id.in_(words.otherwise),))
    dated = (True, False) if order == "due" else (None,)
    return [_Stretch(d, rank) for rank in ranks for d in dated]


def _rows(asked: _Asked, stretch: _Stretch, after: After | None, most: int) -> Select[Any]:
    """Return the query for the next `most` rows of a stretch: which cases they are, then what stands beside each."""
    arms = [_arm(asked, way, stretch, after).limit(most).subquery() for way in asked.ways]
    page = union(*(select(arm) for arm in arms)).subquery("page") if len(arms) > 1 else arms[0]
    return (
        select(
            _case,
            _council.c.code.label("council_code"),
            _agency.c.code.label("holder_code"),
            _agency.c.name.label("holder_name"),
            _account.c.login,
            _person.c.full_name,
            _petition.c.times_raised,
            _round.c.name.label("round_name"),
        )
        .select_from(page.join(_case, _case.c.id == page.c.id))
        .join(_council, _council.c.id == _case.c.council_id)
        .outerjoin(_agency, _agency.c.id == _case.c.holder_id)
        .outerjoin(_account, _account.c.id == _case.c.assignee_id)
        .outerjoin(_person, _person.c.id == _account.c.person_id)
        .outerjoin(_petition, _petition.c.case_id == _case.c.id)
        .outerjoin(_round, _round.c.case_id == _case.c.id)
        .order_by(*((page.c.next_due_on,) if stretch.dated else ()), page.c.id)
        .limit(most)
    )


def _arm(
    asked: _Asked, way: Sequence[ColumnElement[bool]], stretch: _Stretch, after: After | None
) -> Select[tuple[UUID, date | None]]:
    due, key = _case.c.next_due_on, _case.c.id
    statement = select(key, due).where(*asked.conditions, *way, *stretch.conditions)
    if stretch.dated:
        statement = statement.where(due.is_not(None)).order_by(due, key)
        beyond = tuple_(due, key) > tuple_(literal(after.day, Date), after.id) if after and after.day else None
    else:
        statement = (statement.where(due.is_(None)) if stretch.dated is False else statement).order_by(key)
        beyond = key > after.id if after else None
    return statement if beyond is None else statement.where(beyond)


# --- rows ---------------------------------------------------------------------------------------------------------


def _listed(unit: Unit, rows: Sequence[Row]) -> tuple[ListedCase, ...]:
    texts = describing.texts_of(unit, [row["id"] for row in rows])
    calendar = regulations.calendar_of(unit) if rows else None
    return tuple(_item(row, texts.get(row["id"], row["locality"]), unit.today, calendar) for row in rows)


def _item(row: Row, text: str | None, today: date, calendar: Any) -> ListedCase:
    table, due_on = lifecycle_of(row["kind"]), row["next_due_on"]
    state = table.states[row["state"]]
    return ListedCase(
        code=row["code"],
        kind=Coded(table.kind, table.label),
        council=row["council_code"],
        state=Coded(row["state"], state.label),
        phase=Coded(state.phase.value, state.phase.label),
        version=row["seq"],
        summary=describing.shortened(row["round_name"] or text, SUMMARY),
        received_on=row["received_on"],
        field=row["field"],
        locality=row["locality"],
        holder=AgencyName(row["holder_code"], row["holder_name"]) if row["holder_code"] else None,
        assignee=PersonName(row["login"], row["full_name"] or row["login"]) if row["login"] else None,
        next_due_on=due_on,
        due=due_words(due_on, today, calendar) if due_on else None,
        overdue=due_on is not None and due_on < today,
        result_claimed=coded_as(Result, row["result_claimed"]),
        result_judged=coded_as(Result, row["result_judged"]),
        times_raised=row["times_raised"],
    )
