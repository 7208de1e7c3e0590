"""P14: backed up while others write, again and again, every backup restores to a verified history with its files."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.backups import KEY, Place, empty_place, work
from tests.faults.sizes import Record, size
from tests.office import Office
from workflows import accounts, sealing

ROUNDS, PAUSE = size("BACKUP_ROUNDS"), size("BACKUP_PAUSE")
CLERKS, EACH_PER_SECOND = 2, 50
ROOT = Path(__file__).parents[2]


@contextmanager
def clerks(place: Place, codes: list[str], log: Path) -> Iterator[None]:
    """Let clerks work beside what is done; their signs go to `log`."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.faults.clerk", place.url, str(place.folder / "files")]
    with log.open("ab") as signs:
        working = [
            subprocess.Popen([*command, f"{n}", f"{EACH_PER_SECOND}", *codes], stdout=signs, cwd=ROOT, env=environment)
            for n in range(CLERKS)
        ]
        try:
            yield
            assert [clerk.poll() for clerk in working] == [None] * CLERKS
        finally:
            for clerk in working:
                clerk.send_signal(signal.SIGKILL)
                clerk.wait()


def is_whole(place: Place) -> bool:
    """Whether the database itself finds no fault: pages, indexes, foreign keys."""
    if place.url.startswith("sqlite"):
        with closing(sqlite3.connect(place.url.split("///", 1)[1])) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            return whole and connection.execute("PRAGMA foreign_key_check").fetchall() == []
    unsure = "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND NOT convalidated"
    keys = "SELECT count(*) FROM pg_constraint WHERE contype = 'f'"
    with psycopg.connect(place.url.replace("+psycopg", "")) as connection:
        counted = [connection.execute(query).fetchone() for query in (unsure, keys)]
    return counted[0] == (0,) and counted[1] is not None and counted[1][0] > 50


@pytest.mark.faults
def test_every_backup_made_under_load_restores_whole(
    office: Office, database_url: str, tmp_path: Path, request: pytest.FixtureRequest, record_property: Record
) -> None:
    home = Place(database_url, tmp_path / "home")
    work(office, home)
    codes = [office.record(f"Đề nghị sửa đường số {n}") for n in range(10)]
    with office.database.writing() as unit:
        for user in ("writer", "clerk"):  # known before all of them come at once
            accounts.operator(unit, user=user)
    log, events, files, entered = tmp_path / "log", [0], [0], [0]
    with clerks(home, codes, log):
        while log.stat().st_size < 10:  # until they are at work
            time.sleep(0.1)
        for n in range(ROUNDS):
            time.sleep(PAUSE)
            sealing.seal(office.database, key=KEY, export_to=home.seals)
            before = log.stat().st_size
            made = home.back_up(tmp_path / f"{n}.zip")
            entered.append(log.stat().st_size - before)
            with empty_place(home.engine, tmp_path / f"round-{n}", request) as there:
                restored = there.restore(made.path)
                assert restored.ok, restored.verdict.faults
                assert restored.verdict.notes == ()
                assert restored.missing_files == made.manifest.missing_files == ()
                assert is_whole(there)
                assert sorted(there.files.digests()) == sorted(made.manifest.files)
            events.append(made.manifest.events)
            files.append(len(made.manifest.files))
    assert events == sorted(set(events)), "others went on writing between backups"
    assert files == sorted(files)
    assert sum(entered) > 0, "others went on writing while backups were made"
    assert home.verdict().ok
    told = f"{events[-1]} events and {files[-1]} files in the last, {sum(entered)} entries while they were made"
    record_property("reached", f"{ROUNDS} of {ROUNDS} backups restored whole, {told}")
