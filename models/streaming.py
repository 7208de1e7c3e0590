"""Reads whole tables in bounded memory, every value as it is stored: the same text and numbers on both databases."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Boolean, Connection, Date, Table, Uuid

from models.columns import UtcDateTime
from models.databases import SQLITE

_AT_ONCE = 2_000
_numbers = itertools.count()


def stored_columns(dialect: str, table: Table, names: Sequence[str], *, owner: str = "") -> str:
    """Return the select list of `names` as stored: identifiers as 32 digits, days and UTC instants as ISO 8601.

    Truth is 1 or 0. SQLite keeps them so; on PostgreSQL they are written out by the server.
    """
    prefix = f"{owner}." if owner else ""
    if dialect == SQLITE:
        return ", ".join(f'{prefix}"{name}"' for name in names)
    return ", ".join(_written_out(table, name, f'{prefix}"{name}"') for name in names)


def _written_out(table: Table, name: str, place: str) -> str:
    kind = table.c[name].type
    if isinstance(kind, Uuid):
        return f"replace({place}::text, '-', '')"
    if isinstance(kind, UtcDateTime):
        return f"""to_char({place} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')"""
    if isinstance(kind, Boolean):
        return f"{place}::int"
    return f"to_char({place}, 'YYYY-MM-DD')" if isinstance(kind, Date) else place


def stream(connection: Connection, query: str) -> Iterator[tuple[Any, ...]]:
    """Run `query` (one of ours, without parameters) and return its rows as the driver gives them, some at a time.

    It reads past SQLAlchemy, in the same transaction: making its rows costs more than checking them.
    """
    driver: Any = connection.connection.driver_connection
    cursor = driver.cursor() if connection.dialect.name == SQLITE else driver.cursor(name=f"stream_{next(_numbers)}")
    try:
        cursor.execute(query)
        while rows := cursor.fetchmany(_AT_ONCE):
            yield from rows
    finally:
        cursor.close()
