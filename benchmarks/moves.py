"""One durable move (a progress report on a referral) beside hand-written SQL that reads and writes the same rows.

The floor is statement by statement: it reads the case, its referral, its live clocks and its marks, then inserts the
event and its text, updates the referral and, guarded by the version, the case, and commits. It decides nothing, checks
no permission and projects no clock. Every client has cases of its own and its own connection.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import psycopg

from benchmarks.clients import Work, rate
from benchmarks.office import REPORTED, WORDS, Waiting
from models.databases import sqlite_module
from models.units import Database, connect
from states.facts import Actor
from workflows import accounts, moving
from workflows.orders import Order

CLIENTS = (1, 4, 16)
_open: dict[str, tuple[Database, Actor]] = {}
_bare: dict[str, Any] = {}

READS = (
    'SELECT * FROM "case" WHERE id = {0}',
    "SELECT * FROM referral WHERE case_id = {0}",
    "SELECT * FROM clock WHERE case_id = {0} AND state <> 'superseded'",
    "SELECT seq, act, trigger, referral_id, milestones, given, occurred_on FROM event WHERE case_id = {0} ORDER BY seq",
)
EVENT = (
    "INSERT INTO event (case_id, seq, act, trigger, from_state, to_state, referral_id, referral_from, referral_to,"
    " milestones, occurred_on, recorded_at, recorded_by, reason_id, schema_number, payload, previous_hash, hash)"
    " VALUES ({0}, {0}, 'move', 'report_progress', {0}, {0}, {0}, {0}, 'in_progress', 'progress_reported', {0}, {0},"
    " {0}, {0}, 1, {0}, {0}, {0})"
)
TEXT = "INSERT INTO text_version (id, case_id, event_seq, field, salt, body) VALUES ({0}, {0}, {0}, 'words', {0}, {0})"
REFERRAL = "UPDATE referral SET state = 'in_progress', event_seq = {0} WHERE id = {0}"
CASE = 'UPDATE "case" SET seq = {0}, head_hash = {0}, changed_at = {0} WHERE id = {0} AND seq = {0}'


def through_dondoc(url: str, items: Sequence[Waiting]) -> None:
    """Record one progress report per item through the one door."""
    if url not in _open:
        database = connect(url)
        with database.writing() as unit:
            _open[url] = (database, accounts.operator(unit, user="benchmark"))
    database, operator = _open[url]
    for item in items:
        order = Order("report_progress", operator, REPORTED, {"words": WORDS}, referral=item.referral)
        with database.writing() as unit:
            moving.move(unit, code=item.code, order=order)


def by_hand(url: str, items: Sequence[Waiting]) -> None:
    """Write the same rows by hand-written statements."""
    bare = _bare.get(url) or _bare.setdefault(url, _connect(url))
    for item in items:
        bare(item)


def _connect(url: str) -> Callable[[Waiting], None]:
    if url.startswith("sqlite"):
        return _on_sqlite(url.split("///", 1)[1])
    parts = urlsplit(url)
    host = parse_qs(parts.query)["host"][0]
    return _on_postgresql(psycopg.connect(host=host, user=parts.username, dbname=parts.path.lstrip("/")))


def _on_postgresql(connection: psycopg.Connection) -> Callable[[Waiting], None]:
    account = connection.execute("SELECT id FROM account LIMIT 1").fetchone()
    connection.commit()

    def once(item: Waiting) -> None:
        run = connection.execute
        row = [run(read.format("%s"), (item.case_id,)).fetchall() for read in READS]
        columns = _columns(connection)
        case = dict(zip(columns["case"], row[0][0], strict=True))
        referral = dict(zip(columns["referral"], row[1][0], strict=True))
        _write(lambda sql, values: run(sql.format("%s"), values), case, referral, account[0] if account else None, item)
        connection.commit()

    return once


_known_columns: dict[str, list[str]] = {}


def _columns(connection: psycopg.Connection) -> dict[str, list[str]]:
    if not _known_columns:
        for table in ("case", "referral"):
            described = connection.execute(f'SELECT * FROM "{table}" LIMIT 0').description or []
            _known_columns[table] = [column.name for column in described]
    return _known_columns


def _on_sqlite(path: str) -> Callable[[Waiting], None]:
    sqlite = sqlite_module()
    connection = sqlite.connect(path, isolation_level=None, timeout=30)
    connection.row_factory = sqlite.Row
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
    account = connection.execute("SELECT id FROM account LIMIT 1").fetchone()[0]

    def plain(value: Any) -> Any:
        if isinstance(value, uuid.UUID):
            return value.hex
        return value.isoformat() if hasattr(value, "isoformat") else value

    def run(sql: str, values: Sequence[Any]) -> Any:
        return connection.execute(sql.format("?"), [plain(v) for v in values])

    def once(item: Waiting) -> None:
        connection.execute("BEGIN IMMEDIATE")
        rows = [run(read, (item.case_id,)).fetchall() for read in READS]
        _write(run, rows[0][0], rows[1][0], account, item)
        connection.execute("COMMIT")

    return once


def _write(run: Callable[[str, Sequence[Any]], Any], case: Any, referral: Any, account: Any, item: Waiting) -> None:
    now, seq, text = datetime.now(UTC), case["seq"] + 1, uuid.uuid4()
    salt = uuid.uuid4().hex
    payload = json.dumps({"entry": {"words": {"text": str(text), "digest": digest(salt, WORDS)}}})
    head = digest(case["head_hash"], payload)
    event = (
        item.case_id,
        seq,
        case["state"],
        case["state"],
        item.referral,
        referral["state"],
        REPORTED,
        now,
        account,
        text,
        payload,
        case["head_hash"],
        head,
    )
    run(EVENT, event)
    run(TEXT, (text, item.case_id, seq, salt, WORDS))
    run(REFERRAL, (seq, item.referral))
    if run(CASE, (seq, head, now, item.case_id, case["seq"])).rowcount != 1:
        message = "the case moved on"
        raise RuntimeError(message)


def digest(*parts: str) -> str:
    """Return the digest that both write: as much work, though not ours."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def measure(url: str, items: Sequence[Waiting], *, clients: int, ways: Sequence[Work]) -> list[float]:
    """Return moves per second in each of the `ways`, on disjoint shares of `items`."""
    return [rate(way, url, items[first :: len(ways)], clients=clients) for first, way in enumerate(ways)]


__all__ = ["CLIENTS", "by_hand", "digest", "measure", "through_dondoc"]
