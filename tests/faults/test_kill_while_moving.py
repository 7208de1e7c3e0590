"""No acknowledged move is lost or halved by kill -9, whenever it comes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import IO

import pytest

from tests.every_kind import one_of_each
from tests.faults.conftest import nobody_writes_any_more
from tests.faults.sizes import Record, size
from tests.office import Office
from workflows import verifying

KILLS = size("MOVE_KILLS")
LONGEST_MS = 30


@contextmanager
def writers(office: Office, codes: list[str]) -> Iterator[subprocess.Popen[str]]:
    """A server of writers, ended with the test."""
    url = office.database.engine.url.render_as_string(hide_password=False)
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "tests.faults.writer", url, *codes]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    ) as server:
        try:
            yield server
        finally:
            server.kill()


def killed_once(server: subprocess.Popen[str], seed: str, random: Random) -> Iterator[tuple[str, int]]:
    """Let one writer write, kill it some milliseconds after one of its first words, return what it acknowledged."""
    said, asked = pipes(server)
    asked.write(f"{seed}\n")
    asked.flush()
    pid, heard, wanted = 0, 0, random.randint(1, 3)
    for line in said:
        word, _, rest = line.strip().partition(" ")
        if word == "gone":
            return
        if word == "pid":
            pid = int(rest)
        else:
            heard += 1
        if word not in {"pid", "ready"}:
            yield word, int(rest)
        if pid and heard >= wanted:
            time.sleep(random.randint(1, LONGEST_MS) / 1000)
            os.kill(pid, signal.SIGKILL)
            pid = 0


def pipes(server: subprocess.Popen[str]) -> tuple[IO[str], IO[str]]:
    assert server.stdout is not None
    assert server.stdin is not None
    return server.stdout, server.stdin


@pytest.mark.faults
def test_no_acknowledged_move_is_lost_or_halved(office: Office, record_property: Record) -> None:
    petitions = [
        office.record() for _ in range(2 + KILLS // 100)
    ]  # a case of thousands of events is read ever more slowly
    codes = [*petitions, *one_of_each(office).values()]
    random = Random(KILLS)
    acknowledged: set[tuple[str, int]] = set()
    with writers(office, codes) as server:
        for n in range(KILLS):
            acknowledged |= set(killed_once(server, f"{n}", random))
    nobody_writes_any_more(office)
    for code in codes:
        numbers = [event["seq"] for event in office.events(code)]
        assert numbers == list(range(1, len(numbers) + 1))
        assert office.see(code).row["seq"] == len(numbers)
        assert {seq for known, seq in acknowledged if known == code} <= set(numbers)
    with office.database.reading() as unit:
        verdict = verifying.verify(unit, key=None)
    assert verdict.faults == ()
    assert len(acknowledged) > KILLS // 2
    record_property("reached", f"{KILLS} kills, {len(acknowledged)} moves acknowledged and there")
