"""Many running time limits made by the database itself from one case: for what a million of them is like.

Each copy has a case, its first event, one clock and its rungs. Histories made so are not meant to be verified.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
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
    with numbered(connection, copies):
        seq = {"id": "many.case_id", "code": "t.code || '-' || many.n", "seq": "1", "state": "'recorded'"}
        copy_rows(connection, _case, seq, code)
        copy_rows(connection, _event, {"case_id": "many.case_id"}, code, where="t.seq = 1")
        own = {"id": "many.clock_id", "case_id": "many.case_id", "start_seq": "1", "referral_id": "NULL"}
        copy_rows(connection, _clock, own, code, where="t.state = 'running'")
        for step in rungs:
            _add_rungs(connection, step, code)


@contextmanager
def numbered(connection: Connection, copies: int) -> Iterator[None]:
    """Keep a temporary table `many` with a number from 1 and new identifiers for each copy."""
    postgres = connection.dialect.name == POSTGRESQL
    new, kind = new_id(connection), "uuid" if postgres else "CHAR(32)"
    series = (
        "SELECT generate_series(1, :copies) AS n"
        if postgres
        else "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < :copies) SELECT n FROM s"
    )
    ids = ("case_id", "clock_id", "referral_id", "other_id")
    columns = ", ".join(f"{name} {kind}" for name in ids)
    connection.execute(text(f"CREATE TEMPORARY TABLE many (n INTEGER PRIMARY KEY, {columns})"))
    made = f"INSERT INTO many SELECT n, {', '.join(new for _ in ids)} FROM ({series}) x"
    connection.execute(text(made), {"copies": copies})
    yield
    connection.execute(text("DROP TABLE many"))


def new_id(connection: Connection) -> str:
    """Return the SQL for a new identifier."""
    return "gen_random_uuid()" if connection.dialect.name == POSTGRESQL else "lower(hex(randomblob(16)))"


def copy_rows(
    connection: Connection, table: Table, own: Mapping[str, str], code: str, *, where: str = "", joined: str = ""
) -> None:
    """Copy the rows (`t`) that the case `code` has in a table once for each of `many`, its `own` columns by SQL."""
    names, key = [c.name for c in table.columns], "id" if table is _case else "case_id"
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(own.get(name, f't."{name}"') for name in names)
    here = f't.{key} = (SELECT id FROM "case" WHERE code = :code)' + (f" AND {where}" if where else "")
    made = f'INSERT INTO "{table.name}" ({columns}) SELECT {values} FROM many {joined}, "{table.name}" t WHERE {here}'
    connection.execute(text(made), {"code": code})


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
