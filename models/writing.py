"""Writes the rows of one move in as few statements as the database allows.

PostgreSQL takes everything in one data-modifying CTE: the version check, the update of the case and every insert. The
rows travel as JSON arrays, so the text of the statement depends only on which tables take part and stays prepared.
SQLite is in the same process: a handful of prepared statements cost nothing there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Connection, String, Table, and_, bindparam, case, or_, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.sqlite import Insert, insert

from models.alerting import ClockRung
from models.cases import Case, Proposal
from models.columns import table_of
from models.databases import POSTGRESQL
from models.details import DETAILS
from states.alerting import RungState
from states.vocabulary import ProposalState

Rows = list[dict[str, Any]]
_CASE = table_of(Case)
_RUNG, _PROPOSAL = table_of(ClockRung), table_of(Proposal)


@dataclass(frozen=True, slots=True)
class Closing:
    """The end of one rung, decided by where it stands when it is written: a sweep may fire it at the same moment.

    Still armed it becomes `if_armed`; fired it stays so, or is withdrawn where it is `refuted`.
    """

    clock_id: UUID
    revision: int
    rung: int
    if_armed: str
    refuted: bool
    seq: int
    at: datetime


@dataclass(slots=True)
class Change:
    """Rows to insert and to update, by table name. An update names its row by primary key.

    `case` is the update of the case's own row; `expected` is the sequence it must still have. `closings` end rungs;
    `lapsing` are clocks whose proposals lapse.
    """

    case: dict[str, Any] | None = None
    expected: int | None = None
    inserts: dict[str, Rows] = field(default_factory=dict)
    updates: dict[str, Rows] = field(default_factory=dict)
    closings: list[Closing] = field(default_factory=list)
    lapsing: set[UUID] = field(default_factory=set)

    def insert(self, table: str, *rows: dict[str, Any]) -> None:
        """Add rows to insert into `table`."""
        self.inserts.setdefault(table, []).extend(rows)

    def update(self, table: str, *rows: dict[str, Any]) -> None:
        """Add rows to update in `table`; all rows of one table name the same columns."""
        self.updates.setdefault(table, []).extend(rows)


_AT_ONCE = 250
KNOWN_STAYS = frozenset(
    {"link", "document", "case_document", "case_reader", "document_row", "document_file", "stored_file", "notice"}
)
"""Tables in which a row that is there already stays as it is: one paper has one row, whoever entered it first."""

INSERT_ORDER = (
    "person_data",
    "document",
    "case",
    *(str(model.__tablename__) for model in DETAILS.values()),
    "event",
    "referral",
    "text_version",
    "case_document",
    "document_row",
    "link",
    "clock",
    "clock_rung",
    "notice",
    "proposal",
    "case_search",
    "source_row",
    "case_reader",
    "idempotency",
)


def write(connection: Connection, change: Change) -> bool:
    """Write `change`; return False, with nothing written, when the case has moved on.

    The caller owns the transaction and rolls it back on False.
    """
    at_once = connection.dialect.name == POSTGRESQL
    done = _write_at_once(connection, change) if at_once else _write_in_turn(connection, change)
    if done:
        _close(connection, change)
    return done


def add_unknown(connection: Connection, name: str, rows: Rows) -> int:
    """Insert those rows of a table, all of the same columns, that are not there yet; return how many were not."""
    if not rows:
        return 0
    make = postgresql.insert if connection.dialect.name == POSTGRESQL else insert
    table = _tables()[name]
    statement = make(table).on_conflict_do_nothing().returning(next(iter(table.primary_key)))
    return len(connection.execute(statement, rows).all())


def write_all(connection: Connection, changes: Sequence[Change]) -> bool:
    """Write the changes of many cases in few statements; return False when one of the cases has moved on.

    Some may be written then: the caller owns the transaction and rolls it back on False.
    """
    for start in range(0, len(changes), _AT_ONCE):
        some = changes[start : start + _AT_ONCE]
        joined = _joined(some)
        if joined is None:
            if not all(write(connection, change) for change in some):
                return False
        elif connection.dialect.name == POSTGRESQL:
            if _count_written_at_once(connection, joined, some) != len(some):
                return False
        elif not _write_heads(connection, some) or not _write_in_turn(connection, joined):
            return False
        if joined is not None:
            _close(connection, joined)
    return True


def _close(connection: Connection, change: Change) -> None:
    """End rungs, then let proposals of their clocks lapse: a sweep that held a rung has written its proposal by then.

    In the order of their keys, so that two that end the same rungs wait for each other and never in a circle.
    """
    if change.closings:
        in_order = sorted(change.closings, key=lambda c: (c.clock_id, c.revision, c.rung))
        connection.execute(_closing(), [{f"b_{key}": value for key, value in asdict(c).items()} for c in in_order])
    if change.lapsing:
        theirs = and_(_PROPOSAL.c.clock_id.in_(sorted(change.lapsing)), _PROPOSAL.c.state == ProposalState.OPEN.value)
        connection.execute(update(_PROPOSAL).where(theirs).values(state=ProposalState.LAPSED.value))


@cache
def _closing() -> Any:
    was, armed, fired = _RUNG.c.state, RungState.ARMED.value, RungState.FIRED.value
    becomes, refuted = bindparam("b_if_armed", type_=String), bindparam("b_refuted", type_=Boolean)
    ends = or_(and_(was == armed, becomes == RungState.SILENCED.value), and_(was == fired, refuted))
    here = and_(*(_RUNG.c[key] == bindparam(f"b_{key}") for key in ("clock_id", "revision", "rung")))
    return (
        update(_RUNG)
        .where(here, or_(was == armed, was == fired))
        .values(
            state=case((was == armed, becomes), (refuted, RungState.WITHDRAWN.value), else_=was),
            fired_at=case((and_(was == armed, becomes == fired), bindparam("b_at")), else_=_RUNG.c.fired_at),
            ended_seq=case((ends, bindparam("b_seq")), else_=_RUNG.c.ended_seq),
        )
    )


def _joined(changes: Sequence[Change]) -> Change | None:
    """Return the rows of many changes as one, without their cases; None where rows of a table name other columns."""
    joined = Change()
    for change in changes:
        if change.case is None:
            return None
        for name, rows in change.inserts.items():
            joined.insert(name, *rows)
        for name, rows in change.updates.items():
            joined.update(name, *rows)
        joined.closings += change.closings
        joined.lapsing |= change.lapsing
    for rows in (*joined.inserts.values(), *joined.updates.values()):
        if any(row.keys() != rows[0].keys() for row in rows):
            return None
    return joined


def _ordered(inserts: Mapping[str, Rows]) -> list[str]:
    known = {name: place for place, name in enumerate(INSERT_ORDER)}
    return sorted((name for name, rows in inserts.items() if rows), key=lambda name: known.get(name, 3))


def _tables() -> Mapping[str, Table]:
    return Case.metadata.tables


# --- PostgreSQL -------------------------------------------------------------------------------------------------


def _write_at_once(connection: Connection, change: Change) -> bool:
    return bool(_count_written_at_once(connection, change, [change] if change.case else []))


def _count_written_at_once(connection: Connection, change: Change, heads: Sequence[Change]) -> int:
    """Write the rows of `change` and the cases of `heads`; return how many of these were still as expected."""
    inserts = tuple((name, tuple(change.inserts[name][0])) for name in _ordered(change.inserts))
    updates = tuple((name, tuple(rows[0])) for name, rows in change.updates.items() if rows)
    cases = [head.case for head in heads if head.case]
    statement = _statement(tuple(cases[0]) if cases else (), inserts, updates, many=len(cases) > 1)
    values: dict[str, Any] = {f"i_{name}": _encoded(change.inserts[name]) for name, _ in inserts}
    values |= {f"u_{name}": _encoded(change.updates[name]) for name, _ in updates}
    if cases:
        versions = [{"id": head.case["id"], "seq": head.expected} for head in heads if head.case]
        values |= {"c": _encoded(cases), "expected": _encoded(versions) if len(cases) > 1 else heads[0].expected}
    return int(connection.exec_driver_sql(statement, values).scalar_one())


@cache
def _statement(
    case: tuple[str, ...],
    inserts: tuple[tuple[str, tuple[str, ...]], ...],
    updates: tuple[tuple[str, tuple[str, ...]], ...],
    *,
    many: bool,
) -> str:
    parts = []
    if case:
        free = [c for c in case if c != "id"]
        versions = "JOIN json_to_recordset(%(expected)s) AS v(id uuid, seq integer) ON v.id = r.id " if many else ""
        parts.append(
            f'head AS (UPDATE "case" SET ({_names(free)}) = ROW({_names(free, "r")}) '  # noqa: S608 - names of our own tables only
            f'FROM json_populate_recordset(NULL::"case", %(c)s) r {versions}'
            f'WHERE "case".id = r.id AND "case".seq = {"v.seq" if many else "%(expected)s"} RETURNING "case".id)'
        )
    for name, columns in updates:
        keys = [c.name for c in _tables()[name].primary_key]
        loose = [c for c in columns if c not in keys]
        match = " AND ".join(f't."{key}" = r."{key}"' for key in keys)
        more = " AND EXISTS (SELECT 1 FROM head)" if case else ""
        parts.append(
            f'upd_{name} AS (UPDATE "{name}" t SET ({_names(loose)}) = ROW({_names(loose, "r")}) '  # noqa: S608 - names of our own tables only
            f'FROM json_populate_recordset(NULL::"{name}", %(u_{name})s) r WHERE {match}{more} RETURNING 1)'
        )
    updated = {name for name, _ in updates}
    for name, columns in inserts:
        guards = ["EXISTS (SELECT 1 FROM head)"] if case else []
        # Reading the update makes PostgreSQL finish it first: a superseded row gives its unique key to the new one.
        guards += [f"(SELECT count(*) FROM upd_{name}) >= 0"] if name in updated else []  # noqa: S608 - names of our own tables only
        guarded = f" WHERE {' AND '.join(guards)}" if guards else ""
        parts.append(
            f'ins_{name} AS (INSERT INTO "{name}" ({_names(columns)}) SELECT {_names(columns, "r")} '  # noqa: S608 - names of our own tables only
            f'FROM json_populate_recordset(NULL::"{name}", %(i_{name})s) r{guarded}{_unless_known(name)})'
        )
    return f"WITH {', '.join(parts)} SELECT {'count(*) FROM head' if case else '1'}"  # noqa: S608 - names of our own tables only


def _unless_known(name: str) -> str:
    return " ON CONFLICT DO NOTHING" if name in KNOWN_STAYS else ""


def _names(columns: Sequence[str], owner: str | None = None) -> str:
    return ", ".join(f'{owner}."{c}"' if owner else f'"{c}"' for c in columns)


def _encoded(rows: Rows) -> str:
    return json.dumps(rows, default=_plain, ensure_ascii=False)


def _plain(value: object) -> str:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    message = f"cannot write {type(value).__name__}"
    raise TypeError(message)


# --- SQLite -----------------------------------------------------------------------------------------------------


def _write_in_turn(connection: Connection, change: Change) -> bool:
    if change.case:
        values = {key: value for key, value in change.case.items() if key != "id"}
        statement = update(_CASE).where(and_(_CASE.c.id == change.case["id"], _CASE.c.seq == change.expected))
        if connection.execute(statement.values(**values)).rowcount != 1:
            return False
    for name, rows in change.updates.items():
        if rows:
            connection.execute(_update_by_key(_tables()[name], tuple(rows[0])), [_keyed(row) for row in rows])
    for name in _ordered(change.inserts):
        connection.execute(_insert_into(name), change.inserts[name])
    return True


def _write_heads(connection: Connection, changes: Sequence[Change]) -> bool:
    """Update the cases of many changes; False when one was no longer as expected."""
    cases = [change.case for change in changes if change.case]
    free = [name for name in cases[0] if name != "id"]
    statement = (
        update(_CASE)
        .where(_CASE.c.id == bindparam("b_id"), _CASE.c.seq == bindparam("b_expected"))
        .values({name: bindparam(f"b_{name}") for name in free})
    )
    rows = [{**_keyed(c.case), "b_expected": c.expected} for c in changes if c.case]
    return connection.execute(statement, rows).rowcount == len(rows)


def _insert_into(name: str) -> Insert:
    statement = insert(_tables()[name])
    return statement.on_conflict_do_nothing() if name in KNOWN_STAYS else statement


def _update_by_key(table: Table, columns: tuple[str, ...]) -> Any:
    keys = [c.name for c in table.primary_key]
    matches = and_(*(table.c[key] == bindparam(f"b_{key}") for key in keys))
    return update(table).where(matches).values({c: bindparam(f"b_{c}") for c in columns if c not in keys})


def _keyed(row: Mapping[str, Any]) -> dict[str, Any]:
    return {f"b_{key}": value for key, value in row.items()}
