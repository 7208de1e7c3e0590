"""Seals history: the heads of all cases that changed since the last seal, chained, signed, and kept outside too.

A hash chain alone does not notice that its end is gone. A seal names for each case how many events it had and what the
last one was. Its signature (HMAC-SHA256) needs a key that is not in the database; its copy is a file that belongs on
another machine or medium.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import desc, insert, select, text
from sqlalchemy.exc import IntegrityError

from models.columns import table_of
from models.databases import SQLITE
from models.flushing import flush
from models.history import Seal, SealEntry
from models.streaming import stored_columns, stream
from models.units import Database, Unit, WriteUnit
from states.errors import BadInput, Unavailable
from states.text import Text
from workflows.history import canonical, plain

_seal, _entry = table_of(Seal), table_of(SealEntry)
SCHEMA = 1
SHORTEST_KEY = 16
_TRIES = 3
SIGNED = ("n", "sealed_at", "cases", "events", "digest", "previous")
_CHANGED = (
    'FROM "case" c JOIN event e ON e.case_id = c.id AND e.seq = c.seq'
    " WHERE NOT EXISTS (SELECT 1 FROM seal_entry s WHERE s.case_id = c.id AND s.seq = c.seq)"
)


@dataclass(frozen=True, slots=True)
class SealMade:
    """A seal that was made: its number, how many cases and events it covers anew, and its file."""

    n: int
    cases: int
    events: int
    file: Path


def seal(database: Database, *, key: bytes, export_to: Path) -> SealMade | None:
    """Seal all cases that changed since the last seal and export every seal that has no file yet.

    Returns None when nothing changed. The file is written after the commit: a crash between the two is repaired by
    the next call. Raises: BadInput (key), Unavailable (the folder cannot be written).
    """
    require_key(key)
    made = None
    for attempt in range(_TRIES):
        try:
            with database.writing() as unit:
                made = _write(unit, key)
            break
        except IntegrityError:  # somebody else made the seal of this number at the same instant
            if attempt == _TRIES - 1:
                raise
    with database.reading() as unit:
        export_missing(unit, export_to=export_to)
    return None if made is None else SealMade(made["n"], made["cases"], made["events"], file_of(export_to, made["n"]))


def require_key(key: bytes) -> None:
    """Refuse a key that can be guessed.

    Raises: BadInput.
    """
    if len(key) < SHORTEST_KEY:
        raise BadInput(
            {
                "key": Text(
                    f"«Khóa niêm phong» phải có ít nhất {SHORTEST_KEY} byte, giữ ngoài cơ sở dữ liệu",
                    f"“Seal key” needs at least {SHORTEST_KEY} bytes, kept outside the database",
                )
            }
        )


def _write(unit: WriteUnit, key: bytes) -> dict[str, Any] | None:
    """Write one seal from one snapshot: read twice, so that memory does not grow with the number of cases."""
    unit.take_lock()
    if unit.dialect != SQLITE:
        unit.connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    last = unit.read(select(_seal).order_by(desc(_seal.c.n)).limit(1)).mappings().first()
    columns = stored_columns(unit.dialect, _entry, ("case_id", "seq"), owner="e")
    reckoned = Reckoned(stream(unit.connection, f"SELECT {columns}, e.hash {_CHANGED} ORDER BY c.id"))
    for _ in reckoned.pieces():
        pass
    if not reckoned.cases:
        return None
    row: dict[str, Any] = {
        "n": last["n"] + 1 if last else 1,
        "sealed_at": unit.now,
        "cases": reckoned.cases,
        "events": reckoned.events,
        "digest": reckoned.digest(),
        "previous": last["signature"] if last else "",
    }
    row["signature"] = signature(row, key)
    unit.run(insert(_seal).values(**row))
    unit.run(
        text(f"INSERT INTO seal_entry (seal_n, case_id, seq, head_hash) SELECT :n, c.id, e.seq, e.hash {_CHANGED}"),
        {"n": row["n"]},
    )
    return row


class Reckoned:
    """Counts and digests entries (case, seq, hash) while their canonical JSON passes by."""

    def __init__(self, entries: Iterator[tuple[Any, ...]]) -> None:
        self._entries = entries
        self._sum = hashlib.sha256()
        self.cases = self.events = 0

    def pieces(self) -> Iterator[bytes]:
        """Return the JSON array of the entries, piece by piece."""
        yield self._take(b"[")
        for entry in self._entries:
            yield self._take((b"," if self.cases else b"") + orjson.dumps(entry))
            self.cases, self.events = self.cases + 1, self.events + entry[1]
        yield self._take(b"]")

    def _take(self, piece: bytes) -> bytes:
        self._sum.update(piece)
        return piece

    def digest(self) -> str:
        """Return the SHA-256 of what passed by."""
        return self._sum.hexdigest()


def signature(row: Mapping[str, Any], key: bytes) -> str:
    """Return the HMAC-SHA256 of a seal: its number, instant, counts, the digest of its entries, the seal before it."""
    signed = {"schema": SCHEMA, **{name: plain(row[name]) for name in SIGNED}}
    return hmac.new(key, canonical(signed).encode(), hashlib.sha256).hexdigest()


def entries_of(unit: Unit, n: int) -> Iterator[tuple[Any, ...]]:
    """Return the entries (case, seq, hash) of a seal in order of case."""
    columns = stored_columns(unit.dialect, _entry, ("case_id", "seq", "head_hash"))
    return stream(unit.connection, f"SELECT {columns} FROM seal_entry WHERE seal_n = {int(n)} ORDER BY case_id")  # noqa: S608 - a number


def file_of(folder: Path, n: int) -> Path:
    """Return the name of the file of seal `n`."""
    return folder / f"seal-{n:06d}.json"


def export_missing(unit: Unit, *, export_to: Path) -> list[Path]:
    """Write the file of every seal that has none, and return those written.

    Raises: Unavailable when the folder cannot be written; the seal itself is kept and exported next time.
    """
    written = []
    try:
        export_to.mkdir(parents=True, exist_ok=True)
        for row in unit.read(select(_seal).order_by(_seal.c.n)).mappings().all():
            path = file_of(export_to, row["n"])
            if not path.exists():
                _write_file(path, _content(unit, dict(row)))
                written.append(path)
    except OSError as error:
        raise Unavailable(
            Text(
                f"Đã niêm phong nhưng chưa ghi được tệp vào {export_to}: {error.strerror}; chạy lại lệnh niêm phong",
                f"Sealed, but no file could be written to {export_to}: {error.strerror}; run the command again",
            )
        ) from error
    return written


def _content(unit: Unit, row: Mapping[str, Any]) -> Iterator[bytes]:
    """Return the canonical JSON of a seal with its entries: the keys stand in the order of the alphabet."""
    yield f'{{"cases":{row["cases"]},"digest":"{row["digest"]}","entries":'.encode()
    yield from Reckoned(entries_of(unit, row["n"])).pieces()
    yield f',"events":{row["events"]},"n":{row["n"]},"previous":"{row["previous"]}","schema":{SCHEMA}'.encode()
    yield f',"sealed_at":"{plain(row["sealed_at"])}","signature":"{row["signature"]}"}}'.encode()


def _write_file(path: Path, content: Iterator[bytes]) -> None:
    """Write all or nothing: a temporary file beside it, flushed to the disk, then renamed."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:  # Ctrl-C too: no half file stays
        with suppress(FileNotFoundError):
            Path(name).unlink()
        raise
    flush(path.parent)
