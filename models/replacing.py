"""Puts one database in the place of another, all or nothing: a rename on SQLite, one transaction on PostgreSQL."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from models.databases import SQLITE, sqlite_module
from models.ddl import FTS_TABLES, FUNCTION, whole_metadata
from models.flushing import flush
from models.grants import VERSION_TABLE
from states.errors import DomainError
from states.text import Text

_PATIENCE = 2.0  # seconds
_BESIDES = ("-wal", "-shm", "-journal")
_SESSIONS = text(
    "SELECT coalesce(nullif(application_name, ''), usename, '?') FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)
_KEYS = text(
    "SELECT k.conrelid::regclass::text AS place, quote_ident(k.conname) AS name, "
    "pg_get_constraintdef(k.oid) AS meaning FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid "
    "WHERE k.contype = 'f' AND c.relname = ANY(:tables) AND c.relnamespace = to_regnamespace(current_schema()) "
    "ORDER BY 1, 2"
)
_INDEXES = text(
    "SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS meaning FROM pg_index i "
    "JOIN pg_class c ON c.oid = i.indrelid WHERE c.relnamespace = to_regnamespace(current_schema()) "
    "AND c.relname = ANY(:tables) AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid) "
    "ORDER BY 1"
)


class DatabaseInUse(DomainError):
    """Somebody else has the database open: it cannot be replaced under their hands."""

    code = "database_in_use"

    def __init__(self, who: str = "") -> None:
        more = f" ({who})" if who else ""
        super().__init__(
            Text(
                f"Có chương trình khác đang mở cơ sở dữ liệu{more}: dừng máy chủ và các lệnh khác rồi phục hồi lại",
                f"Another program has the database open{more}: stop the server and other commands, then restore again",
            )
        )


class DatabaseUnreadable(DomainError):
    """The file that would be replaced cannot be read as a database: nobody can tell what it holds, or who uses it."""

    code = "database_unreadable"

    def __init__(self, file: Path) -> None:
        super().__init__(
            Text(
                f"{file} bị hỏng hoặc không phải cơ sở dữ liệu: chuyển tệp này và các tệp {file.name}-* đi nơi khác "
                "(giữ lại để xem xét), rồi phục hồi lại",
                f"{file} is damaged or no database: move it and the files {file.name}-* elsewhere (keep them to be "
                "looked into), then restore again",
            )
        )


# --- SQLite -------------------------------------------------------------------------------------------------------


def stand_alone(file: Path) -> None:
    """Fold the log into a SQLite file that nobody else has open, and flush it: the file alone is the database."""
    connection = sqlite_module().connect(str(file), isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode=DELETE")
    finally:
        connection.close()
    flush(file)


def require_unused_file(place: Path) -> None:
    """Refuse when another program has the SQLite file open. Raises: DatabaseInUse, DatabaseUnreadable."""
    if place.exists():
        with _alone(place):
            pass


def replace_file(incoming: Path, place: Path) -> None:
    """Put the flushed SQLite file `incoming` in the place of another, or where none is; both are in one folder.

    A kill leaves one or the other. Raises: DatabaseInUse, DatabaseUnreadable.
    """
    with _alone(place):
        incoming.replace(place)
        flush(place.parent)


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """Hold the file with nobody else at it and no log beside it: a log left behind would be read into the new file."""
    if not place.exists():
        for ending in _BESIDES:
            place.with_name(place.name + ending).unlink(missing_ok=True)
        yield
        return
    sqlite = sqlite_module()
    connection = sqlite.connect(str(place), isolation_level=None, timeout=_PATIENCE)
    try:
        # To leave WAL takes the file for itself alone: not even an idle reader may have it open.
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite.OperationalError as error:
        connection.close()
        raise DatabaseInUse from error
    except sqlite.DatabaseError as error:
        connection.close()
        raise DatabaseUnreadable(place) from error
    try:
        yield
    finally:
        connection.close()


# --- PostgreSQL ---------------------------------------------------------------------------------------------------


def require_unused_server(connection: Connection) -> None:
    """Refuse when somebody else is connected to the database of `connection`. Raises: DatabaseInUse.

    A session that is just ending is waited for.
    """
    give_up = time.monotonic() + _PATIENCE
    while others := sorted(set(connection.execute(_SESSIONS).scalars())):
        if time.monotonic() > give_up:
            raise DatabaseInUse(", ".join(others))
        time.sleep(_PATIENCE / 20)
        connection.exec_driver_sql("SELECT pg_stat_clear_snapshot()")


def remove_everything(connection: Connection) -> None:
    """Remove every table of this version with its rows from PostgreSQL; what is not Dondoc's stays."""
    listed = ", ".join(f'"{name}"' for name in [*sorted(whole_metadata().tables), VERSION_TABLE])
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {listed}")
    connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {FUNCTION}()")


@contextmanager
def without_keys(connection: Connection, tables: Sequence[str]) -> Iterator[None]:
    """Take foreign keys and plain indexes of PostgreSQL's `tables` away while rows come in, then make them again.

    Made again, each foreign key is checked over every row.
    """
    named = {"tables": list(tables)}
    keys, indexes = connection.execute(_KEYS, named).all(), connection.execute(_INDEXES, named).all()
    _run(connection, (f"ALTER TABLE {key.place} DROP CONSTRAINT {key.name}" for key in keys))
    _run(connection, (f"DROP INDEX {index.name}" for index in indexes))
    yield
    _run(connection, (index.meaning for index in indexes))
    _run(connection, (f"ALTER TABLE {key.place} ADD CONSTRAINT {key.name} {key.meaning}" for key in keys))
    _run(connection, (f'ANALYZE "{name}"' for name in tables))


def _run(connection: Connection, statements: Iterable[Any]) -> None:
    for statement in statements:
        connection.exec_driver_sql(str(statement), execution_options={"no_parameters": True})


# --- what is there already ----------------------------------------------------------------------------------------


def tables_there(connection: Connection) -> set[str]:
    """Return the names of the tables of the database, those that search adds left out."""
    if connection.dialect.name == SQLITE:
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    else:
        query = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
    return set(connection.exec_driver_sql(query, execution_options={"no_parameters": True}).scalars()) - FTS_TABLES
