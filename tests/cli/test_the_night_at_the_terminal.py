"""What runs at night, started by hand at the terminal: sweeps, what is foreseen, proposals, a timekeeper that stops."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.cli.conftest import Terminal

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    """Return a port that nobody has."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])


TODAY = datetime.now(UTC).date()  # the terminal has the clock of the machine


def day(before: int) -> str:
    return f"{TODAY - timedelta(days=before):%d/%m/%Y}"


def late(office: Terminal) -> str:
    """Bring a petition to its addressee long ago, as an old entry made today; return its code."""
    said = office.well(f"record --on {day(60)} --set text='Đường lầy lội' --set round_kind=before_session --json")
    code = str(json.loads(said)["code"])
    office.well(f"move {code} screen --on {day(59)} --set level=commune")
    office.well(f"move {code} transfer --on {day(58)} --set addressees=UBND --document '12/HĐND-TT; {day(58)}'")
    office.well(f"move {code} receive --on {day(18)} --referral 1 --set incoming_number=345")
    return code


def test_what_is_foreseen_fires_is_told_and_taken(office: Terminal) -> None:
    code = late(office)
    ahead = office.well(f"due --at {day(-40)}")
    assert code in ahead
    assert "Đề xuất: Đôn đốc" in ahead
    assert json.loads(office.well(f"due --at {day(-40)} --json"))[0]["state"]["code"] == "armed"
    assert json.loads(office.well("sweep --json")) == {"fired": 0, "proposed": 0, "latest": 0.0}
    assert "Sẽ nhắc:" in office.well(f"case {code}")
    assert office.well("proposal list").count(code) == 0
    assert office("proposal take 00000000-0000-0000-0000-000000000000").code == 1
    assert "không phải số của đề xuất" in office("proposal decline abc --why x").err
    assert office.well("question-group list")


def test_a_timekeeper_keeps_time_until_it_is_stopped(office: Terminal) -> None:
    port = free_port()
    environment = {**os.environ, **office.environment, "PYTHONPATH": str(ROOT), "DONDOC_METRICS_PORT": str(port),
                   "DONDOC_SWEEP_SECONDS": "1"}  # fmt: skip
    command = [sys.executable, "-m", "api", "timekeeper"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment) as keeper:
        try:
            assert keeper.stdout is not None
            assert "Đang giữ nhịp" in keeper.stdout.readline()
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
                figures = answer.read().decode()
            keeper.send_signal(signal.SIGTERM)
            assert keeper.wait(60) == 0
        finally:
            keeper.kill()
    assert "dondoc_database_up 1.0" in figures
    assert "dondoc_sweep_lag_seconds 0.0" in figures
    assert office.well("notice status")
