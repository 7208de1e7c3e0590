"""Sweeps: 10,000 rungs due among many open clocks, by several processes, beside set-based SQL; and with none due.

The floor is the same rows by two bare statements: one UPDATE of the due rungs, one INSERT … SELECT of their notices,
one commit. It keeps no order, no turns, no heartbeat. Every round arms the same rungs again, so all fire the same rows.
The best of all rounds counts: on a machine that does other work too, what is slower tells of that work.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import text

from benchmarks.figures import Row, megabytes_of, middle
from benchmarks.office import furnish
from models.databases import POSTGRESQL
from models.units import Database, connect
from tests.many_clocks import Step, multiply
from workflows import sweeping

DUE = 10_000
SWEEPERS = (1, 2, 4)
ROUNDS = 5
IDLE = 40

_DUE = "state = 'armed' AND at <= :now"
FIRE = f"UPDATE clock_rung SET state = 'fired', fired_at = :now WHERE {_DUE}"
TELL = (
    "INSERT INTO notice (cause, clock_id, revision, rung, case_id, council_id, kind, due_at, created_at)"
    " SELECT 'rung:' || clock_id || ':' || revision || ':' || rung, clock_id, revision, rung, case_id, council_id,"
    " 'rung', at, {now} FROM {due}"
)
AT_ONCE = (
    f"WITH due AS ({FIRE} RETURNING clock_id, revision, rung, case_id, council_id, at)"
    f" {TELL.format(now='CAST(:now AS timestamptz)', due='due')}"
)
ONE_BY_ONE = (TELL.format(now=":now", due=f"clock_rung WHERE {_DUE}"), FIRE)


@dataclass
class Swept:
    """What was measured at one number of open clocks: seconds by number of sweepers (0: the floor), one for each round.

    `idle` are the milliseconds of sweeps that find nothing; `megabytes` is the most that a sweeping process had.
    """

    database: str
    open: int
    seconds: dict[int, list[float]] = field(default_factory=dict)
    idle: list[float] = field(default_factory=list)
    megabytes: int = 0

    def rows(self) -> Iterator[Row]:
        """Yield one row for each number of sweepers."""
        floor = min(self.seconds[0])
        for sweepers in SWEEPERS:
            ours = min(self.seconds[sweepers])
            yield {
                "database": self.database,
                "open": self.open,
                "due": DUE,
                "sweepers": sweepers,
                "Dondoc s": ours,
                "SQL s": floor,
                "times SQL": ours / floor,
                "rungs /s": DUE / ours,
                "MB of a sweeper": self.megabytes,
            }

    def idle_row(self) -> Row:
        """Return what a sweep costs that finds nothing."""
        return {
            "database": self.database,
            "open": self.open,
            "due": 0,
            "p50 ms": middle(self.idle),
            "p95 ms": middle(self.idle, 0.95),
        }


def measure(name: str, url: str, clocks: int) -> Swept:
    """Fill the empty database at `url` and measure."""
    fill(url, clocks)
    swept = Swept(name, clocks)
    with closing(connect(url)) as database:
        by_sql(database, made=DUE)
        swept.idle = [idle(database) for _ in range(IDLE)]
        for _ in range(ROUNDS):
            for sweepers in (0, *SWEEPERS):
                arm(database)
                took, megabytes = by_sweepers(url, sweepers) if sweepers else (by_sql(database, made=DUE), 0)
                swept.seconds.setdefault(sweepers, []).append(took)
                swept.megabytes = max(swept.megabytes, megabytes)
    return swept


def fill(url: str, clocks: int) -> None:
    """Leave so many running clocks of two rungs each; the first of `DUE` of them is due, all others in years."""
    (item,) = furnish(url, cases=1)
    now = datetime.now(UTC)
    due, later = now - timedelta(days=1), now + timedelta(days=900)
    steps = [Step(1, "remind", due, later, every=clocks // DUE), Step(2, "alert", later + timedelta(days=9))]
    with closing(connect(url)) as database, database.writing() as unit:
        unit.run(text("UPDATE clock_rung SET state = 'passed' WHERE state = 'armed'"))
        multiply(unit.connection, item.code, copies=clocks, rungs=steps)


def arm(database: Database) -> None:
    """Arm again what fired and forget that it was told, as if nothing had been swept yet."""
    with database.writing() as unit:
        unit.run(text("DELETE FROM notice WHERE kind = 'rung'"))
        unit.run(text("UPDATE clock_rung SET state = 'armed', fired_at = NULL WHERE state = 'fired'"))
    if database.dialect == POSTGRESQL:  # what its autovacuum does sooner or later
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM (ANALYZE) clock_rung, notice"))


def by_sql(database: Database, *, made: int) -> float:
    """Fire and tell by set-based SQL; return the seconds until the commit."""
    now: Any = datetime.now(UTC)
    if database.dialect != POSTGRESQL:
        now = now.isoformat(timespec="microseconds")
    began = time.perf_counter()
    with database.writing() as unit:
        for said in (AT_ONCE,) if database.dialect == POSTGRESQL else ONE_BY_ONE:
            unit.run(text(said), {"now": now})
    took = time.perf_counter() - began
    with database.reading() as unit:
        found = unit.read(text("SELECT count(*) FROM notice WHERE kind = 'rung'")).scalar_one()
        assert found == made, found
    return took


def idle(database: Database) -> float:
    """Sweep where nothing is due; return the milliseconds."""
    began = time.perf_counter()
    fired = sweeping.sweep(database).fired
    assert fired == 0, fired
    return (time.perf_counter() - began) * 1000


def by_sweepers(url: str, sweepers: int) -> tuple[float, int]:
    """Let so many processes sweep at once; return the seconds from the first start to the last end, and megabytes.

    Each has swept before, like a timekeeper that runs: loading, connecting and compiling are not counted.
    """
    context = multiprocessing.get_context("spawn")
    start, told = context.Barrier(sweepers), context.Queue()
    running = [context.Process(target=_sweeper, args=(url, start, told)) for _ in range(sweepers)]
    for process in running:
        process.start()
    ends = [told.get(timeout=600) for _ in running]
    for process in running:
        process.join()
    assert sum(fired for _, _, fired, _ in ends) == DUE - sweepers, ends
    took = max(ended for _, ended, _, _ in ends) - min(began for began, _, _, _ in ends)
    return took, max(megabytes for _, _, _, megabytes in ends)


def _sweeper(url: str, start: Any, told: Any) -> None:
    with closing(connect(url, pool_size=1)) as database:
        with database.writing() as unit:
            assert unit.claim(at_most=1).fired == 1
        start.wait()
        began = time.monotonic()
        fired = sweeping.sweep(database).fired
        told.put((began, time.monotonic(), fired, megabytes_of()[0]))
