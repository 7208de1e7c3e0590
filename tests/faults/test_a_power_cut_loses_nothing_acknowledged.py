"""P3: whatever a power cut leaves of what was not flushed, every acknowledged move is there and history is whole.

The system calls of a real process that moves cases are recorded; after each of them the power may go, and what had not
been flushed is dropped, halved, scattered, torn. Then Dondoc opens what is left.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from models.units import Database, connect
from tests.conftest import sqlite_url
from tests.faults.power_cuts import LOSSES, RECORDER, Call, Disk, Loss, cuts, dropped, read_record
from tests.faults.service import ROOT
from tests.faults.sizes import Record, size
from tests.office import open_office
from workflows import verifying

pytestmark = pytest.mark.faults
MOVES = 70
"""Enough for SQLite to fold its log into the file once while it writes, and once at the end."""
NAME = "dondoc.sqlite3"


@dataclass(frozen=True)
class Recorded:
    """What a writer did to a folder: how the folder was before, and every call since."""

    before: Path
    folder: Path
    calls: list[Call]

    def disk(self) -> Disk:
        """Return the disk as it was before."""
        made = Disk(self.before)
        made.folder = self.folder
        return made


def recorded(migrated: Path, folder: Path, how: str) -> Recorded:
    """Let a writer move two cases on a fresh database, with every system call written down."""
    before, after = folder / "before", folder / "after"
    before.mkdir(parents=True)
    shutil.copyfile(migrated, before / NAME)
    with open_office(sqlite_url(before / NAME)) as office:
        codes = [office.record(), office.record()]
    assert [path.name for path in before.iterdir()] == [NAME]
    shutil.copytree(before, after)
    command = [sys.executable, "-m", "tests.faults.traced_writer", sqlite_url(after / NAME), f"{MOVES}", how, *codes]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [*RECORDER, str(folder / "record"), *command], cwd=ROOT, env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    calls = read_record(folder / "record", after)
    (folder / "record").unlink()
    assert sum(call.name == "say" for call in calls) == MOVES
    return Recorded(before, after, calls)


def places(calls: Sequence[Call], number: int, random: Random) -> list[tuple[int, Loss]]:
    """Return so many places and losses, each once before any comes again, in the order of the calls."""
    every = [(place, loss) for place in range(len(calls) + 1) for loss in LOSSES]
    chosen = [one for _ in range(number // len(every)) for one in every]
    return sorted(chosen + random.sample(every, number % len(every)), key=lambda one: one[0])


def found_wrong(folder: Path, said: Sequence[str]) -> list[str]:
    """Open what is left as Dondoc does and return what is wrong with it, nothing where all is well."""
    database = connect(sqlite_url(folder / NAME), pool_size=1)
    try:
        return [*lost(database, said), *broken(database, acknowledged=len(said))]
    finally:
        database.close()


def lost(database: Database, said: Sequence[str]) -> list[str]:
    """Return the acknowledged moves that are not there."""
    events = {
        f"{code} {seq}"
        for code, seq in rows(database, 'SELECT c.code, e.seq FROM event e JOIN "case" c ON c.id = e.case_id')
    }
    return [f"lost: {move}" for move in said if move not in events]


def broken(database: Database, *, acknowledged: int) -> list[str]:
    """Return what is damaged, and moves that are there although they were neither acknowledged nor under way."""
    wrong = [f"damaged: {line}" for (line,) in rows(database, "PRAGMA integrity_check") if line != "ok"]
    wrong += [f"orphan: {row}" for row in rows(database, "PRAGMA foreign_key_check")]
    with database.reading() as unit:
        verdict = verifying.verify(unit, key=None)
    moved = verdict.events - verdict.cases
    beyond = [] if moved <= acknowledged + 1 else [f"{moved} moves, {acknowledged} acknowledged"]
    return [*wrong, *(fault.what.en for fault in verdict.faults), *beyond]


def rows(database: Database, query: str) -> list[tuple[object, ...]]:
    with database.reading() as unit:
        return [tuple(row) for row in unit.connection.exec_driver_sql(query)]


def test_every_acknowledged_move_outlives_a_power_cut(
    strace: str, migrated_sqlite: Path, tmp_path: Path, record_property: Record
) -> None:
    made, number = recorded(migrated_sqlite, tmp_path / "careful", "careful"), size("POWER_CUTS")
    random = Random(number)
    wrong: list[tuple[int, str, list[str]]] = []
    for n, (disk, loss, said) in enumerate(cuts(made.calls, made.disk(), places(made.calls, number, random))):
        left = tmp_path / "left"
        disk.after_a_cut(loss, random, left)
        if found := found_wrong(left, said):
            wrong.append((n, loss.__name__, found[:3]))
        shutil.rmtree(left)
    assert wrong == []
    flushes = sum(call.name == "flush" for call in made.calls)
    record_property("reached", f"{number} power cuts among {len(made.calls)} calls ({flushes} flushes), 0 moves lost")


def test_the_same_cuts_find_what_a_database_loses_that_does_not_flush(
    strace: str, migrated_sqlite: Path, tmp_path: Path, record_property: Record
) -> None:
    """Without `synchronous=FULL` acknowledged moves are lost: the cuts above would have shown it."""
    made = recorded(migrated_sqlite, tmp_path / "careless", "careless")
    acknowledged = [n for n, call in enumerate(made.calls, start=1) if call.name == "say"]
    wanted = [(place, dropped) for place in acknowledged[:: len(acknowledged) // 5]]
    losing = 0
    for disk, loss, said in cuts(made.calls, made.disk(), wanted):
        left = tmp_path / "left"
        disk.after_a_cut(loss, Random(0), left)
        losing += any(line.startswith("lost") for line in found_wrong(left, said))
        shutil.rmtree(left)
    assert losing >= len(wanted) - 1
    record_property("reached", f"{losing} of {len(wanted)} cuts lose moves where a commit is not flushed")


def test_a_database_is_opened_with_a_log_and_flushes_every_commit(tmp_path: Path) -> None:
    database = connect(sqlite_url(tmp_path / NAME))
    assert rows(database, "PRAGMA journal_mode") == [("wal",)]
    assert rows(database, "PRAGMA synchronous") == [(2,)]  # FULL
    database.close()
