"""Writes the rows of one move in as few statements as the database allows.

PostgreSQL takes everything in one data-modifying CTE: the version check, the update of the case and every insert. The
rows travel as JSON arrays, so the text of the statement depends only on which tables take part and stays prepared.
SQLite is in the same process: a handful of prepared statements cost nothing there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, and_, bindparam, update
from sqlalchemy.dialects.sqlite import Insert, insert

from models.cases import Case
from models.columns import table_of
from models.databases import POSTGRESQL

Rows = list[dict[str, Any]]
_CASE = table_of(Case)


@dataclass(slots=True)
class Change:
    """Rows to insert and to update, by table name. An update names its row by primary key.

    `case` is the update of the case's own row; `expected` is the sequence it must still have.
    """

    case: dict[str, Any] | None = None
    expected: int | None = None
    inserts: dict[str, Rows] = field(default_factory=dict)
    updates: dict[str, Rows] = field(default_factory=dict)

    def insert(self, table: str, *rows: dict[str, Any]) -> None:
        """Add rows to insert into `table`."""
        self.inserts.setdefault(table, []).extend(rows)

    def update(self, table: str, *rows: dict[str, Any]) -> None:
        """Add rows to update in `table`; all rows of one table name the same columns."""
        self.updates.setdefault(table, []).extend(rows)


_AT_ONCE = 250
KNOWN_STAYS = frozenset({"document", "case_document", "case_reader", "document_row", "document_file", "stored_file"})
"""Tables in which a row that is there already stays as it is: one paper has one row, whoever entered it first."""

INSERT_ORDER = (
    "person_data",
    "document",
    "case",
    "petition",
    "contact_round",
    "event",
    "referral",
    "text_version",
    "case_document",
    "document_row",
    "link",
    "clock",
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
    if connection.dialect.name == POSTGRESQL:
        return _write_at_once(connection, change)
    return _write_in_turn(connection, change)


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
    return True


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
