"""What differs between SQLite and PostgreSQL, in one module, and how an engine is opened.

SQLite: one machine, a local file, WAL, `synchronous=FULL`, foreign keys on, deleted bytes overwritten. PostgreSQL: any
version from 15, no extension.
"""

from __future__ import annotations

import importlib.util
import json
from datetime import UTC, datetime
from importlib import import_module
from time import monotonic
from types import ModuleType
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Select,
    create_engine,
    event,
    func,
    literal_column,
    null,
    select,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.sql.elements import ColumnElement

from states.errors import BadInput
from states.text import Text

SQLITE = "sqlite"
POSTGRESQL = "postgresql"
_IDLE_SECONDS, _PUT_BACK = 1.0, "put back"
_PRAGMAS = ("busy_timeout=30000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")


def sqlite_module() -> ModuleType:
    """Return the SQLite that came as a wheel, or Python's own where there is none; `doctor` warns of an old one."""
    wheel = importlib.util.find_spec("pysqlite3") is not None
    return import_module("pysqlite3.dbapi2" if wheel else "sqlite3.dbapi2")


def open_engine(url: str, *, pool_size: int = 8) -> Engine:
    """Open an engine for `url` ("sqlite:///file" or "postgresql+psycopg://…").

    Raises BadInput naming the setting when the address cannot be used.
    """
    parsed = make_url(url)
    # An error may be logged, and the values of a statement may be a petition's text.
    common: dict[str, Any] = {"pool_size": pool_size, "max_overflow": 32, "hide_parameters": True}
    if parsed.get_backend_name() == SQLITE:
        engine = create_engine(parsed, module=sqlite_module(), **common)
        event.listen(engine, "connect", _prepare_sqlite)
        return engine
    if parsed.get_backend_name() == POSTGRESQL:
        engine = create_engine(parsed.set(drivername="postgresql+psycopg"), **common)
        _look_at_idle_connections(engine)
        return engine
    raise BadInput(
        {
            "DONDOC_DATABASE_URL": Text(
                "«DONDOC_DATABASE_URL» phải là sqlite:///… hoặc postgresql://…",
                "“DONDOC_DATABASE_URL” must be sqlite:///… or postgresql://…",
            )
        }
    )


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _look_at_idle_connections(engine: Engine) -> None:
    """Ask a connection that lay idle whether it still leads anywhere: after a restart nobody meets a dead one.

    One that was used a moment ago is not asked: that would cost every unit a round trip.
    """
    errors = engine.dialect.loaded_dbapi.Error

    def put_back(_connection: Any, record: Any) -> None:
        record.info[_PUT_BACK] = monotonic()

    def taken(connection: Any, record: Any, _proxy: Any) -> None:
        if monotonic() - record.info.get(_PUT_BACK, monotonic()) < _IDLE_SECONDS:
            return
        try:
            connection.execute("SELECT 1")
            connection.rollback()
        except errors as error:
            raise InvalidatePoolError from error

    event.listen(engine, "checkin", put_back)
    event.listen(engine, "checkout", taken)


def begin_reading(connection: Connection) -> None:
    """Open a read-only transaction on a fresh connection: one snapshot, no write possible."""
    if connection.dialect.name == SQLITE:
        connection.exec_driver_sql("PRAGMA query_only=ON")
        connection.exec_driver_sql("BEGIN DEFERRED")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def end_reading(connection: Connection) -> None:
    """Close the read-only transaction and give the connection back as it was."""
    if connection.dialect.name == SQLITE:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA query_only=OFF")


def begin_writing(connection: Connection) -> None:
    """Take the write lock of SQLite at once, so that a unit never fails half-way for it."""
    if connection.dialect.name == SQLITE:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def take_turns(connection: Connection, what: str) -> None:
    """Wait until no other transaction works on `what`; the turn ends with the transaction.

    SQLite lets only one transaction write anyway; PostgreSQL holds a lock of this name.
    """
    if connection.dialect.name == POSTGRESQL:
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (what,))


def count_again(connection: Connection) -> None:
    """Let SQLite look how values are spread, a thousand rows of each index: without it, it chooses indexes blindly.

    PostgreSQL's autovacuum looks by itself.
    """
    if connection.dialect.name == SQLITE:
        for pragma in ("PRAGMA analysis_limit=1000", "PRAGMA optimize=0x10002"):
            connection.exec_driver_sql(pragma)


def finish_writing(connection: Connection, *, keep: bool) -> None:
    """End a SQLite write transaction; PostgreSQL's is ended by the connection itself."""
    if connection.dialect.name == SQLITE:
        connection.exec_driver_sql("COMMIT" if keep else "ROLLBACK")


def clock_of(connection: Connection) -> datetime | None:
    """Return the database's own instant on PostgreSQL, None on SQLite (there the host's clock counts)."""
    if connection.dialect.name == SQLITE:
        return None
    instant: datetime = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
    return instant.astimezone(UTC)


def instant_of(dialect: str) -> ColumnElement[Any]:
    """Return the database's instant as a column, so that a query that is needed anyway brings it; NULL on SQLite."""
    return func.clock_timestamp() if dialect == POSTGRESQL else null()


def json_rows(dialect: str, rows: Select[Any]) -> ColumnElement[Any]:
    """Return `rows` as one JSON array, to read a case with all that hangs on it in a single query."""
    inner = rows.subquery("items")
    if dialect == POSTGRESQL:
        whole = func.json_agg(func.row_to_json(literal_column(str(inner.name))))
        return select(whole).select_from(inner).scalar_subquery()
    pairs = [part for column in inner.columns for part in (literal_column(f"'{column.name}'"), column)]
    return select(func.json_group_array(func.json_object(*pairs))).select_from(inner).scalar_subquery()


def json_row(dialect: str, row: Select[Any]) -> ColumnElement[Any]:
    """Return the only row of `row` as a JSON object, NULL when there is none."""
    inner = row.subquery("item")
    if dialect == POSTGRESQL:
        return select(func.row_to_json(literal_column(str(inner.name)))).select_from(inner).scalar_subquery()
    pairs = [part for column in inner.columns for part in (literal_column(f"'{column.name}'"), column)]
    return select(func.json_object(*pairs)).select_from(inner).scalar_subquery()


def parsed(value: Any) -> Any:
    """Return what a JSON column holds: psycopg has parsed it already, SQLite gives text."""
    return json.loads(value) if isinstance(value, str) else value
