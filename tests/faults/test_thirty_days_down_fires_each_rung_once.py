"""P4: everything was due while all was down for thirty days; four sweepers, killed again and again, fire each once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from models.units import connect
from tests.faults.conftest import nobody_writes_any_more
from tests.faults.sizes import Record, size
from tests.many_clocks import Step, multiply
from tests.office import Office
from workflows import sweeping

CLOCKS, KILLS = size("CLOCKS"), size("SWEEP_KILLS")
SWEEPERS, ROOT = 4, Path(__file__).parents[2]
DEEDS = ("remind", "remind", "remind", "alert", "remind")


@contextmanager
def sweepers(office: Office, at_once: int) -> Iterator[subprocess.Popen[str]]:
    """A server of sweepers, ended with the test."""
    url = office.database.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.faults.sweeper", url, str(at_once)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment
    ) as server:
        try:
            yield server
        finally:
            server.kill()


def killed_round(server: subprocess.Popen[str], random: Random) -> None:
    """Let four sweepers sweep and kill all of them some milliseconds later."""
    assert server.stdin is not None
    assert server.stdout is not None
    server.stdin.write(f"{SWEEPERS} {random.uniform(0.01, 0.15)}\n")
    server.stdin.flush()
    assert server.stdout.readline() == "gone\n"


def make_due(office: Office) -> None:
    """Give each of many clocks five rungs on five days of the last thirty."""
    code, (referral,) = office.sent("UBND")
    office.go(code, "receive", referral=referral)
    office.raw("UPDATE clock_rung SET state = 'passed' WHERE state = 'armed'")
    began = datetime.now(UTC) - timedelta(days=30)
    steps = [Step(n, deed, began + timedelta(days=n)) for n, deed in enumerate(DEEDS, start=1)]
    with office.database.writing() as unit:
        unit.take_lock()
        multiply(unit.connection, code, copies=CLOCKS, rungs=steps)


@pytest.mark.faults
def test_each_rung_fires_once_and_in_its_order_however_often_its_sweepers_are_killed(
    office: Office, record_property: Record
) -> None:
    make_due(office)
    rounds = max(KILLS // SWEEPERS, 4)
    at_once = max(CLOCKS * len(DEEDS) // (rounds * SWEEPERS * 4), 5)
    random = Random(KILLS)
    with sweepers(office, at_once) as server:
        for _ in range(rounds):
            killed_round(server, random)
    nobody_writes_any_more(office)
    fired_while_killed = office.rows("SELECT count(*) AS n FROM clock_rung WHERE state = 'fired'")[0]["n"]
    with_clock = connect(office.database.engine.url.render_as_string(hide_password=False))
    sweeping.sweep(with_clock)
    with_clock.close()
    every = CLOCKS * len(DEEDS)
    assert office.rows("SELECT count(*) AS n FROM clock_rung WHERE state = 'fired'")[0]["n"] == every
    assert office.rows("SELECT count(*) AS n FROM notice WHERE kind = 'rung'")[0]["n"] == every
    assert (
        office.rows(
            "SELECT 1 FROM clock_rung a JOIN clock_rung b ON b.clock_id = a.clock_id AND b.rung > a.rung"
            " WHERE a.state = 'fired' AND b.state = 'fired' AND b.fired_at < a.fired_at"
        )
        == []
    )
    assert (
        office.rows(
            "SELECT 1 FROM notice n JOIN clock_rung r ON r.clock_id = n.clock_id AND r.rung = n.rung"
            " WHERE n.due_at <> r.at"
        )
        == []
    )
    kills = f"{rounds * SWEEPERS} kills, {fired_while_killed} of {every} rungs fired by killed sweepers"
    record_property("reached", f"{CLOCKS} clocks, {kills}")
