"""Claiming what is due: rungs fire and their notices are written in one statement, by any number of processes.

PostgreSQL passes over rows that another sweep holds. A rung waits for the earlier ones of its clock, so that they fire
in their order whoever fires them. The work is proportional to what is due: both indexes hold open rows only.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    bindparam,
    cast,
    exists,
    insert,
    literal,
    literal_column,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql

from models.alerting import ClockRung, Notice
from models.columns import UtcDateTime, table_of
from models.databases import POSTGRESQL, instant_of
from states.alerting import NoticeKind, RungState

_rung, _notice = table_of(ClockRung), table_of(Notice)
_KEY = ("clock_id", "revision", "rung")
_TOLD = (*_KEY, "case_id", "council_id", "deed", "at", "on_day")
_ARMED: ColumnElement[str] = literal_column(f"'{RungState.ARMED.value}'")


def is_due(connection: Connection, now: datetime) -> bool:
    """Tell whether any rung waits to fire at `now`; one look into an index."""
    return connection.execute(_first(), {"now": now}).first() is not None


def claim(connection: Connection, now: datetime, *, at_most: int, own_clock: bool) -> Sequence[dict[str, Any]]:
    """Fire the first rungs due, write their notices and return them; the caller owns the transaction.

    PostgreSQL says itself when a rung fired, so that the instants of a clock follow each other like its rungs, unless
    `now` comes from a clock of the installation's `own_clock`.
    """
    values = {"now": now, "at_most": at_most}
    if connection.dialect.name == POSTGRESQL:
        return [dict(row) for row in connection.execute(_claim_at_once(own_clock=own_clock), values).mappings()]
    rows = [dict(row) for row in connection.execute(_due(), values).mappings()]
    if rows:
        connection.execute(_fire_by_key(), [{**{f"b_{k}": row[k] for k in _KEY}, "now": now} for row in rows])
        connection.execute(insert(_notice), [_notice_of(row, now) for row in rows])
    return rows


def _notice_of(row: dict[str, Any], now: datetime) -> dict[str, Any]:
    kept = {name: row[name] for name in (*_KEY, "case_id", "council_id")}
    return {
        **kept,
        "cause": f"{NoticeKind.RUNG.value}:{row['clock_id']}:{row['revision']}:{row['rung']}",
        "kind": NoticeKind.RUNG.value,
        "due_at": row["at"],
        "created_at": now,
    }


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


@cache
def _fire_by_key() -> Any:
    here = [_rung.c[key] == bindparam(f"b_{key}") for key in _KEY]
    return update(_rung).where(*here).values(state=RungState.FIRED.value, fired_at=bindparam("now"))


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
    kind = NoticeKind.RUNG.value
    parts = [cast(fired.c[key], String) for key in _KEY]
    cause = literal(kind, String) + ":" + parts[0] + ":" + parts[1] + ":" + parts[2]
    caused: dict[str, Any] = {
        "cause": cause,
        **{name: fired.c[name] for name in (*_KEY, "case_id", "council_id")},
        "kind": literal(kind, String),
        "due_at": fired.c.at,
        "created_at": now,
    }
    told = postgresql.insert(_notice).from_select(list(caused), select(*caused.values()))
    made = told.on_conflict_do_nothing().returning(literal(1)).cte("made")
    return select(*(fired.c[name] for name in _TOLD)).order_by(fired.c.at, fired.c.clock_id).add_cte(made)
