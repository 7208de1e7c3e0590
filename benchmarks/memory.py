"""Memory of each process after work: a sweep of 10,000 rungs, a timekeeper that fired and told as many, a server.

`peak` is the most the process ever had, `now` what it has after the work; the server answered requests of eight people
at once, for lists and for cases.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from benchmarks.figures import Row, megabytes_of
from models.units import connect
from tests.many_clocks import Step, multiply
from tests.office import Office, open_office
from workflows import tokens
from workflows.migrating import upgrade

DUE = 10_000
REQUESTS, PEOPLE = 2_000, 8
PATIENCE = 300.0


def measure(name: str, url: str) -> Iterator[Row]:
    """Fill the empty database at `url` and let one process after the other work with it."""
    upgrade(url)
    with open_office(url) as office, tempfile.TemporaryDirectory() as folder:
        code = _make_due(office, url)
        secret = _token(office, url)
        here = {"DONDOC_DATABASE_URL": url, "DONDOC_DATA_DIR": folder, "DONDOC_SWEEP_SECONDS": "1"}
        with _process("timekeeper", **here) as keeper:
            _until(lambda: _count(office, "notice WHERE resolved_at IS NOT NULL") >= DUE)
            yield _row(name, f"timekeeper: {DUE:,} rungs fired and told", keeper)
        _arm(office)
        with _process("sweep", **here) as sweep:
            seen = _row(name, f"sweep: {DUE:,} rungs", sweep)
            while sweep.poll() is None:
                with suppress(IndexError):  # it has ended, and its memory is gone
                    seen = _row(name, f"sweep: {DUE:,} rungs", sweep)
                time.sleep(0.01)
        yield seen
        port = str(_free_port())
        with _process("serve", "--port", port, DONDOC_TIMEKEEPER="false", **here) as server:
            _load(f"http://127.0.0.1:{port}", secret, code)
            yield _row(name, f"server: {REQUESTS:,} requests, {PEOPLE} at once", server)


def _make_due(office: Office, url: str) -> str:
    code, (referral,) = office.sent("UBND")
    office.go(code, "receive", referral=referral)
    office.raw("UPDATE clock_rung SET state = 'passed' WHERE state = 'armed'")
    with closing(connect(url)) as database, database.writing() as unit:
        unit.take_lock()
        step = Step(1, "remind", datetime.now(UTC) - timedelta(days=1))
        multiply(unit.connection, code, copies=DUE, rungs=[step])
    return code


def _token(office: Office, url: str) -> str:
    account = office["clerk"].account
    assert account is not None
    with closing(connect(url)) as database, database.writing() as unit:
        return tokens.issue(unit, account=account, name="benchmark", days=1).secret


def _arm(office: Office) -> None:
    with office.database.writing() as unit:
        for table in ("message_item", "inbox_item", "message", "notice"):
            unit.run(text(f"DELETE FROM {table}"))
        unit.run(text("UPDATE clock_rung SET state = 'armed', fired_at = NULL WHERE state = 'fired'"))


@contextmanager
def _process(*arguments: str, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DONDOC_")}
    root = str(Path(__file__).parents[1])
    command = [sys.executable, "-m", "api", *arguments]
    with subprocess.Popen(
        command, env={**kept, **settings, "PYTHONPATH": root}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield process
        finally:
            if process.returncode is None:
                process.send_signal(signal.SIGTERM)


def _load(address: str, secret: str, code: str) -> None:
    def fetch(path: str) -> int:
        request = urllib.request.Request(address + path, headers={"Authorization": f"Bearer {secret}"})  # noqa: S310 - our own server
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - the same
            return len(answer.read())

    def answers() -> bool:
        try:
            return fetch("/health/ready") > 0
        except OSError:
            return False

    _until(answers)
    asked = ["/api/v1/petitions?limit=50", f"/api/v1/cases/{code}", "/api/v1/petitions?text=duong&limit=50"]
    with ThreadPoolExecutor(PEOPLE) as people:
        assert all(people.map(fetch, (asked[n % len(asked)] for n in range(REQUESTS))))


def _until(happened: Callable[[], bool]) -> None:
    give_up = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < give_up, "it did not happen"
        time.sleep(0.2)


def _count(office: Office, rows: str) -> int:
    found: int = office.rows(f"SELECT count(*) AS n FROM {rows}")[0]["n"]
    return found


def _row(name: str, what: str, process: subprocess.Popen[bytes]) -> Row:
    peak, now = megabytes_of(process.pid)
    return {"database": name, "process": what, "peak MB": peak, "now MB": now}


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port
