"""Units of work: the only place that opens transactions and the only commit.

A read unit sees one snapshot and cannot write. A write unit thinks first: until its first write it only reads (on
SQLite without holding any lock), then it takes the write lock, writes, and commits before the caller answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, Executable, Result

from models import claiming, databases
from models.reaching import reachable
from models.writing import Change, add_unknown, write, write_all

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
Clock = Callable[[], datetime]


def host_clock() -> datetime:
    """Return the host's instant in UTC."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Unit:
    """One connection, one instant. `now` is read once per unit; `today` is its civil date in Hanoi."""

    connection: Connection
    clock: Clock | None
    _now: datetime | None = None

    @property
    def dialect(self) -> str:
        """Return "sqlite" or "postgresql"."""
        return self.connection.dialect.name

    @property
    def now(self) -> datetime:
        """Return the instant of this unit: the injected one, else the database's, else the host's."""
        if self._now is None:
            self._now = (self.clock() if self.clock else databases.clock_of(self.connection)) or host_clock()
        return self._now

    def heard(self, instant: datetime | None) -> None:
        """Take the database's instant from a query that brought it along, unless this unit has one already."""
        if self._now is None and self.clock is None and instant is not None:
            self._now = instant.astimezone(UTC)

    @property
    def today(self) -> date:
        """Return the civil date in Asia/Ho_Chi_Minh."""
        return self.now.astimezone(HANOI).date()

    def read(self, statement: Executable, values: Mapping[str, Any] | None = None) -> Result[Any]:
        """Run a query."""
        return self.connection.execute(statement, dict(values or {}))


@dataclass(slots=True)
class ReadUnit(Unit):
    """Reads from one snapshot."""


@dataclass(slots=True)
class WriteUnit(Unit):
    """Reads, thinks, then writes. What is given to `after` is done once the unit has committed, never otherwise."""

    writing: bool = False
    afterwards: list[Callable[[], object]] = field(default_factory=list)

    def after(self, act: Callable[[], object]) -> None:
        """Do something that is no part of the transaction when it has committed: counting, waking."""
        self.afterwards.append(act)

    def take_lock(self) -> None:
        """Take the write lock; called by the first write, or earlier by merge, split and numbering."""
        if not self.writing:
            databases.begin_writing(self.connection)
            self.writing = True

    def count_again(self) -> None:
        """Let the database look how values are spread, so that it chooses the right indexes."""
        self.take_lock()
        databases.count_again(self.connection)

    def take_turns(self, what: str) -> None:
        """Take the write lock and wait until no other unit works on `what`: it sees all that others did about it."""
        self.take_lock()
        databases.take_turns(self.connection, what)

    def write(self, change: Change) -> bool:
        """Write the rows of one move; False (nothing written) when the case has moved on."""
        self.take_lock()
        return write(self.connection, change)

    def write_all(self, changes: Sequence[Change]) -> bool:
        """Write the rows of many moves; False when a case has moved on: then the unit must not be kept."""
        self.take_lock()
        return write_all(self.connection, changes)

    def add_unknown(self, table: str, rows: Sequence[Mapping[str, Any]]) -> int:
        """Insert those rows that are not there yet; return how many were not."""
        self.take_lock()
        return add_unknown(self.connection, table, [dict(row) for row in rows])

    def claim(self, *, at_most: int) -> claiming.Claimed:
        """Fire the first rungs due at this unit's instant and write their notices; nothing when none is left."""
        if not claiming.is_due(self.connection, self.now):
            return claiming.NOTHING
        if not self.writing:
            self.take_lock()
            self._now = None  # who waited for the lock fires later than who held it, and says so
        return claiming.claim(self.connection, self.now, at_most=at_most, own_clock=self.clock is not None)

    def run(
        self, statement: Executable, values: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    ) -> Result[Any]:
        """Run one writing statement."""
        self.take_lock()
        return self.connection.execute(statement, values)


@dataclass(slots=True)
class Database:
    """An engine and the clock of this installation (None: the database's or the host's)."""

    engine: Engine
    clock: Clock | None = None

    @property
    def dialect(self) -> str:
        """Return "sqlite" or "postgresql"."""
        return self.engine.dialect.name

    @contextmanager
    def reading(self) -> Iterator[ReadUnit]:
        """Open a read unit."""
        with reachable(), self.engine.connect() as connection:
            databases.begin_reading(connection)
            try:
                yield ReadUnit(connection, self.clock)
            finally:
                databases.end_reading(connection)

    @contextmanager
    def writing(self) -> Iterator[WriteUnit]:
        """Open a write unit; it commits when the block ends and rolls back on any error."""
        with reachable(), self.engine.connect() as connection:
            unit = WriteUnit(connection, self.clock)
            try:
                yield unit
            except BaseException:  # whatever ends the block, a cancelled one too: nothing of it is kept
                self._end(unit, keep=False)
                raise
            with reachable(committing=unit.writing):
                self._end(unit, keep=True)
        for act in unit.afterwards:
            act()

    @staticmethod
    def _end(unit: WriteUnit, *, keep: bool) -> None:
        if unit.writing:
            databases.finish_writing(unit.connection, keep=keep)
        if keep:
            unit.connection.commit()
        else:
            unit.connection.rollback()

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()


def connect(url: str, *, clock: Clock | None = None, pool_size: int = 8) -> Database:
    """Open the database at `url`; `clock` injects the instant (tests, replays)."""
    return Database(databases.open_engine(url, pool_size=pool_size), clock)
