"""Makes the files of the database forget what its rows no longer hold.

A deleted value stays in free space, in the write-ahead log, in statistics, until somebody rewrites the files. What
these databases copy elsewhere (PostgreSQL's own log, replicas, any backup) is out of reach from here.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from models.databases import SQLITE
from models.ddl import FTS


def rewrite_files(engine: Engine, tables: Sequence[str]) -> bool:
    """Rewrite the files that held the old values of `tables`; False when some could not be rewritten now.

    SQLite: the whole file and its log; another session that reads meanwhile stands in the way. PostgreSQL: the tables
    with their indexes and the statistics about them; the role must own the tables.
    """
    try:
        if engine.dialect.name == SQLITE:
            with engine.connect() as connection:
                return _rewrite_sqlite(connection)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            return _rewrite_postgresql(connection, tables)
    except OperationalError:
        return False


def _rewrite_sqlite(connection: Connection) -> bool:
    """Merge the search index, empty the log, write the file anew, empty the log again; the driver commits by itself."""
    connection.exec_driver_sql(f"INSERT INTO {FTS} ({FTS}) VALUES ('optimize')")  # noqa: S608 - a name of ours
    emptied = _empty_log(connection)
    connection.exec_driver_sql("VACUUM")
    return _empty_log(connection) and emptied


def _empty_log(connection: Connection) -> bool:
    busy, _, _ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
    return not busy


def _rewrite_postgresql(connection: Connection, tables: Sequence[str]) -> bool:
    """Where rights are missing the server only warns: the file numbers tell whether it did the work."""
    done = [_rewrite_table(connection, name) for name in tables]
    # Statistics hold samples of values; they are drawn anew, and the old ones are swept out of their own table.
    return _rewrite_table(connection, "pg_statistic") and all(done)


def _rewrite_table(connection: Connection, name: str) -> bool:
    before = _file_number(connection, name)
    connection.exec_driver_sql(f'VACUUM (FULL, ANALYZE) "{name}"')
    return _file_number(connection, name) != before


def _file_number(connection: Connection, name: str) -> int | None:
    found: int | None = connection.exec_driver_sql(f"SELECT pg_relation_filenode('\"{name}\"')").scalar()
    return found
