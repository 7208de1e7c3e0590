r"""Copies a whole database out of one snapshot while others write, and rows into another: each database's own way.

SQLite gives its file by its online backup; PostgreSQL gives rows by COPY. Rows travel as the text of COPY: a line a
row, tabs between values, `\N` for NULL, every value as `models.streaming` says it is stored. Both databases read it.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.exc import DBAPIError

from models.databases import SQLITE, sqlite_module
from models.ddl import whole_metadata
from models.streaming import stored_columns, stream

_PAGES = 2_000
_ROWS = 2_000
_LONGEST_LINE = 256 << 20
_MOST_FAULTS = 10
_ESCAPED = {"\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v"}
_ESCAPES = str.maketrans(_ESCAPED)
_UNESCAPED = {written[1]: char for char, written in _ESCAPED.items()}
# What SQLite says of the disk; an online backup gives the words only, without a code.
_OF_THE_DISK = {
    "database or disk is full": errno.ENOSPC,
    "disk I/O error": errno.EIO,
    "unable to open database file": errno.EIO,
}
_ESCAPE = re.compile(r"\\(.)")
Told = Callable[[int, int], None]


class NotRows(ValueError):
    """What should be the text of COPY is none."""


def tables() -> list[Table]:
    """Return every table whose rows make up an installation, by name."""
    return [table for _, table in sorted(whole_metadata().tables.items())]


def count_rows(connection: Connection, name: str) -> int:
    """Return how many rows the table `name` has."""
    counted: int = connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()  # noqa: S608 - a table of ours
    return counted


# --- out ----------------------------------------------------------------------------------------------------------


def copy_file(connection: Connection, to: Path, *, told: Told) -> None:
    """Copy the SQLite database that `connection` reads to the new file `to`, from the snapshot of its transaction.

    `told` learns the pages copied and those there are. The copy stands alone, without a log beside it. Writers go on
    meanwhile: the snapshot is held, so that what they write never makes the copy begin anew. Raises OSError when the
    disk does not take it.
    """
    try:
        _copy_file(connection, to, told)
    except sqlite_module().OperationalError as error:
        code = _OF_THE_DISK.get(str(error))
        if code is None:
            raise
        raise OSError(code, os.strerror(code), str(to)) from error


def _copy_file(connection: Connection, to: Path, told: Told) -> None:
    source: Any = connection.connection.driver_connection
    copy = sqlite_module().connect(str(to), isolation_level=None)
    try:
        copy.execute("PRAGMA synchronous=OFF")
        source.backup(copy, pages=_PAGES, progress=lambda _status, left, total: told(total - left, total))
        copy.execute("PRAGMA journal_mode=DELETE")
        free, pages = (copy.execute(f"PRAGMA {name}").fetchone()[0] for name in ("freelist_count", "page_count"))
        if free * 2 > pages:  # mostly erased: what is empty is not carried along
            copy.execute("VACUUM")
    finally:
        copy.close()


def file_faults(file: Path) -> list[str]:
    """Return what is wrong with a SQLite file that nobody else has open: pages, indexes, rows without their parents."""
    connection = sqlite_module().connect(str(file), isolation_level=None)
    try:
        connection.execute("PRAGMA trusted_schema=OFF")
        told = [str(row[0]) for row in connection.execute(f"PRAGMA integrity_check({_MOST_FAULTS})")]
        orphans = islice(connection.execute("PRAGMA foreign_key_check"), _MOST_FAULTS)
        return [*(line for line in told if line != "ok"), *(f"{row[0]} → {row[2]}" for row in orphans)]
    except sqlite_module().DatabaseError as error:
        return [str(error)]
    finally:
        connection.close()


def copy_out(connection: Connection, table: str, columns: Sequence[str]) -> Iterator[bytes]:
    """Yield the rows of `table` as the text of COPY, from the snapshot of the transaction of `connection`."""
    if connection.dialect.name == SQLITE:
        yield from lines_of(stream(connection, f'SELECT {_listed(columns)} FROM "{table}"'))  # noqa: S608 - our own names
        return
    shown = stored_columns(connection.dialect.name, whole_metadata().tables[table], columns)
    driver: Any = connection.connection.driver_connection
    query = f'COPY (SELECT {shown} FROM "{table}") TO STDOUT'  # noqa: S608 - our own names
    with driver.cursor() as cursor, cursor.copy(query) as copy:
        yield from map(bytes, copy)


# --- in -----------------------------------------------------------------------------------------------------------


def copy_in(connection: Connection, table: str, columns: Sequence[str], pieces: Iterable[bytes]) -> None:
    """Add rows that come as the text of COPY to a table; its name and those of its columns were checked.

    Raises NotRows, and SQLAlchemy's DatabaseError about rows that do not fit.
    """
    driver: Any = connection.connection.driver_connection
    take = _insert if connection.dialect.name == SQLITE else _copy
    cursor = driver.cursor()
    try:
        take(cursor, f'"{table}" ({_listed(columns)})', len(columns), pieces)
    except driver_errors(connection) as error:
        raise DBAPIError.instance(table, None, error, Exception, hide_parameters=True) from error
    finally:
        cursor.close()


def driver_errors(connection: Connection) -> type[Exception]:
    """Return what the driver raises, past SQLAlchemy."""
    module: Any = connection.dialect.dbapi
    errors: type[Exception] = module.Error
    return errors


def _copy(cursor: Any, place: str, _columns: int, pieces: Iterable[bytes]) -> None:
    with cursor.copy(f"COPY {place} FROM STDIN") as copy:
        for piece in pieces:
            copy.write(piece)


def _insert(cursor: Any, place: str, columns: int, pieces: Iterable[bytes]) -> None:
    statement = f"INSERT INTO {place} VALUES ({', '.join('?' * columns)})"  # noqa: S608 - names were checked
    rows = rows_of(pieces, columns=columns)
    while some := list(islice(rows, _ROWS)):
        cursor.executemany(statement, some)


def lines_of(rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """Yield rows as the text of COPY."""
    left = iter(rows)
    while some := list(islice(left, _ROWS)):
        yield "".join("\t".join(map(_written, row)) + "\n" for row in some).encode()


def _written(value: Any) -> str:
    return "\\N" if value is None else str(value).translate(_ESCAPES)


def rows_of(pieces: Iterable[bytes], *, columns: int) -> Iterator[list[str | None]]:
    """Yield the rows of the text of COPY. Raises NotRows."""
    for line in _lines(pieces):
        try:
            row = [_read(value) for value in line.decode().split("\t")]
        except UnicodeDecodeError as error:
            raise NotRows(str(error)) from error
        if len(row) != columns:
            message = f"{len(row)} values for {columns} columns"
            raise NotRows(message)
        yield row


def _lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        yield from whole
        if len(rest) > _LONGEST_LINE:
            message = f"a line of more than {_LONGEST_LINE} bytes"
            raise NotRows(message)
    if rest:
        message = "the last line does not end"
        raise NotRows(message)


def _read(value: str) -> str | None:
    if "\\" not in value:
        return value
    return None if value == "\\N" else _ESCAPE.sub(lambda found: _UNESCAPED.get(found[1], found[1]), value)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
