"""Claiming what is due: rungs fire and their notices are written in one statement, by any number of processes.

PostgreSQL passes over rows that another sweep holds. A rung waits for the earlier ones of its clock, so that they fire
in their order whoever fires them. The work is proportional to what is due: both indexes hold open rows only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    FromClause,
    Insert,
    Integer,
    RowMapping,
    Select,
    String,
    Update,
    bindparam,
    cast,
    exists,
    func,
    insert,
    literal,
    literal_column,
    select,
    tuple_,
    type_coerce,
    update,
)
from sqlalchemy.dialects import postgresql

from models.alerting import ClockRung, Notice
from models.columns import UtcDateTime, table_of
from models.databases import POSTGRESQL, instant_of
from states.alerting import Deed, NoticeKind, RungState

_rung, _notice = table_of(ClockRung), table_of(Notice)
_KEY = ("clock_id", "revision", "rung")
_TOLD = (*_KEY, "case_id", "council_id", "deed", "at", "on_day")
_ARMED: ColumnElement[str] = literal_column(f"'{RungState.ARMED.value}'")
_PROPOSE: ColumnElement[str] = literal_column(f"'{Deed.PROPOSE.value}'")
_PLACE: ColumnElement[int] = literal_column(f"{_rung.name}.rowid", Integer)
"""Where SQLite keeps a row: the shortest way to it within one transaction."""


def is_due(connection: Connection, now: datetime) -> bool:
    """Tell whether any rung waits to fire at `now`; one look into an index."""
    return connection.execute(_first(), {"now": now}).first() is not None


@dataclass(frozen=True, slots=True)
class Claimed:
    """What fired together: how many rungs, when the first of them was due, and those of them that propose something."""

    fired: int
    earliest: datetime | None
    proposing: tuple[dict[str, Any], ...]


NOTHING = Claimed(0, None, ())


def claim(connection: Connection, now: datetime, *, at_most: int, own_clock: bool) -> Claimed:
    """Fire the first rungs due, write their notices and return what fired; the caller owns the transaction.

    PostgreSQL says itself when a rung fired, so that the instants of a clock follow each other like its rungs, unless
    `now` comes from a clock of the installation's `own_clock`. Of the rungs that only remind nothing travels here.
    """
    values = {"now": now, "at_most": at_most}
    if connection.dialect.name == POSTGRESQL:
        return _claimed(connection.execute(_claim_at_once(own_clock=own_clock), values).mappings().all())
    # One process writes at a time: what is due is looked for once, and known by its places in the table from then on.
    rows = connection.execute(_looked_at(), values).mappings().all()
    places = {"now": now, "places": rows[0]["places"]}
    connection.execute(_tell(), places)
    connection.execute(_fire(), places)
    return _claimed(rows)


def _claimed(rows: Sequence[RowMapping]) -> Claimed:
    told = [{name: row[name] for name in _TOLD} for row in rows if row["clock_id"] is not None]
    return Claimed(rows[0]["fired_together"], rows[0]["earliest"], tuple(told))


@cache
def _first() -> Select[Any]:
    due = select(literal(1)).select_from(_rung).where(_rung.c.state == _ARMED)
    return due.where(_rung.c.at <= bindparam("now", type_=UtcDateTime)).limit(1)


@cache
def _due() -> Select[Any]:
    earlier = _rung.alias("earlier")
    waits = exists().where(
        earlier.c.clock_id == _rung.c.clock_id,
        earlier.c.state == _ARMED,
        tuple_(earlier.c.at, earlier.c.rung) < tuple_(_rung.c.at, _rung.c.rung),
    )
    return (
        select(*(_rung.c[name] for name in _TOLD))
        .where(_rung.c.state == _ARMED, _rung.c.at <= bindparam("now", type_=UtcDateTime), ~waits)
        .order_by(_rung.c.at, _rung.c.clock_id, _rung.c.rung)
        .limit(bindparam("at_most"))
    )


def _telling(fired: FromClause, now: Any, clock: ColumnElement[str]) -> tuple[list[str], Select[Any]]:
    """Return the columns of the notices that `fired` rungs cause, and the query for their values."""
    kind = literal(NoticeKind.RUNG.value, String)
    parts = (cast(fired.c.revision, String), cast(fired.c.rung, String))
    caused: dict[str, Any] = {
        "cause": kind + ":" + clock + ":" + parts[0] + ":" + parts[1],
        **{name: fired.c[name] for name in (*_KEY, "case_id", "council_id")},
        "kind": kind,
        "due_at": fired.c.at,
        "created_at": now,
    }
    return list(caused), select(*caused.values())


def _summed_up(fired: CTE, *more: ColumnElement[Any]) -> Select[Any]:
    """Return one row with what `fired` comes to, beside each rung that proposes something."""
    sums = (func.count().label("fired_together"), func.min(fired.c.at).label("earliest"), *more)
    whole = select(*sums).select_from(fired)
    together, proposing = whole.subquery("together"), fired.alias("proposing")
    return (
        select(together, *(proposing.c[name] for name in _TOLD))
        .select_from(together.outerjoin(proposing, proposing.c.deed == _PROPOSE))
        .order_by(proposing.c.at, proposing.c.clock_id, proposing.c.rung)
    )


@cache
def _looked_at() -> Select[Any]:
    due = _due().add_columns(_PLACE.label("place")).cte("due")
    return _summed_up(due, func.json_group_array(due.c.place).label("places"))


@cache
def _tell() -> Insert:
    key: ColumnElement[str] = type_coerce(_rung.c.clock_id, String)  # kept without the signs that part a UUID
    parts = [func.substr(key, first, length) for first, length in ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))]
    clock = parts[0] + "-" + parts[1] + "-" + parts[2] + "-" + parts[3] + "-" + parts[4]
    names, values = _telling(_rung, bindparam("now", type_=UtcDateTime), clock)
    return insert(_notice).from_select(names, values.where(_at_places()))


@cache
def _fire() -> Update:
    fired_at = bindparam("now", type_=UtcDateTime)
    return update(_rung).where(_at_places()).values(state=RungState.FIRED.value, fired_at=fired_at)


def _at_places() -> ColumnElement[bool]:
    places = func.json_each(bindparam("places", type_=String)).table_valued("value")
    return _PLACE.in_(select(places.c.value))


@cache
def _claim_at_once(*, own_clock: bool) -> Select[Any]:
    """Return the one statement of PostgreSQL: lock what is due and free, fire it, write what it causes."""
    due = _due().with_for_update(of=_rung, skip_locked=True).cte("due")
    now: Any = bindparam("now", type_=UtcDateTime) if own_clock else instant_of(POSTGRESQL)
    fired = (
        update(_rung)
        .where(*(_rung.c[key] == due.c[key] for key in _KEY))
        .values(state=RungState.FIRED.value, fired_at=now)
        .returning(*(_rung.c[name] for name in _TOLD))
        .cte("fired")
    )
    names, values = _telling(fired, now, cast(fired.c.clock_id, String))
    told = postgresql.insert(_notice).from_select(names, values)
    made = told.on_conflict_do_nothing().returning(literal(1)).cte("made")
    return _summed_up(fired).add_cte(made)
