"""Many running time limits made by the database itself from one case: for what a million of them is like.

Each copy has a case, its first event, one clock and its rungs. Histories made so are not meant to be verified.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, text

from models.alerting import ClockRung
from models.cases import Case
from models.columns import table_of
from models.databases import POSTGRESQL
from models.history import Event
from models.timing import ClockRow

_case, _event, _clock, _rung = (table_of(m) for m in (Case, Event, ClockRow, ClockRung))


@dataclass(frozen=True)
class Step:
    """One rung that every copy gets: its number, deed and instant; `every` lets only each n-th copy be due by then."""

    rung: int
    deed: str
    at: datetime
    later: datetime | None = None
    every: int = 1


def multiply(connection: Connection, code: str, *, copies: int, rungs: Sequence[Step]) -> None:
    """Copy the case `code`, which has a running clock, so many times; the caller owns the transaction."""
    postgres = connection.dialect.name == POSTGRESQL
    new = "gen_random_uuid()" if postgres else "lower(hex(randomblob(16)))"
    kind = "uuid" if postgres else "CHAR(32)"
    series = (
        "SELECT generate_series(1, :copies) AS n"
        if postgres
        else "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < :copies) SELECT n FROM s"
    )
    connection.execute(text(f"CREATE TEMPORARY TABLE many (n INTEGER PRIMARY KEY, case_id {kind}, clock_id {kind})"))
    made = f"INSERT INTO many SELECT n, {new}, {new} FROM ({series}) x"
    connection.execute(text(made), {"copies": copies})
    where = ' FROM many, {table} t WHERE t.{key} = (SELECT id FROM "case" WHERE code = :code)'
    seq = {"id": "many.case_id", "code": "t.code || '-' || many.n", "seq": "1", "state": "'recorded'"}
    _copy(connection, _case, seq, where.format(table='"case"', key="id"), code)
    first = where.format(table="event", key="case_id") + " AND t.seq = 1"
    _copy(connection, _event, {"case_id": "many.case_id"}, first, code)
    own = {"id": "many.clock_id", "case_id": "many.case_id", "start_seq": "1", "referral_id": "NULL"}
    _copy(connection, _clock, own, where.format(table="clock", key="case_id") + " AND t.state = 'running'", code)
    for step in rungs:
        _add_rungs(connection, step, code)
    connection.execute(text("DROP TABLE many"))


def _copy(connection: Connection, table: Table, own: dict[str, str], rest: str, code: str) -> None:
    names = [c.name for c in table.columns]
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(own.get(name, f't."{name}"') for name in names)
    connection.execute(text(f'INSERT INTO "{table.name}" ({columns}) SELECT {values}{rest}'), {"code": code})


def _add_rungs(connection: Connection, step: Step, code: str) -> None:
    kept = _rung.c.at.type.bind_processor(connection.dialect)
    day = step.at.date().isoformat()
    at, later = (kept(i) if kept else i for i in (step.at, step.later or step.at))
    made = (
        "INSERT INTO clock_rung (clock_id, revision, rung, case_id, council_id, deed, at, on_day, state, armed_at)"
        " SELECT many.clock_id, 1, :rung, many.case_id, c.council_id, :deed,"
        " CASE WHEN many.n % :every = 0 THEN :at ELSE :later END, :day, 'armed', c.changed_at"
        ' FROM many, "case" c WHERE c.code = :code'
    )
    if connection.dialect.name == POSTGRESQL:
        made = made.replace(":at ", "CAST(:at AS timestamptz) ").replace(":later ", "CAST(:later AS timestamptz) ")
        made = made.replace(":day", "CAST(:day AS date)")
    values = {"rung": step.rung, "deed": step.deed, "every": step.every, "at": at, "later": later, "day": day}
    connection.execute(text(made), {**values, "code": code})
