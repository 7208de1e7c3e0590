"""A paper over many cases is done for all of them or for none, whenever kill -9 comes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from tests.faults.conftest import nobody_writes_any_more
from tests.faults.sizes import Record, size
from tests.office import Office
from workflows import verifying

KILLS = size("PAPER_KILLS")
CASES = 40
ROOT = Path(__file__).parents[2]


def acknowledged(url: str, codes: list[str], *, first: int, random: Random) -> list[int]:
    """Let a registrar work from paper `first` on, kill it some time after one of its first papers.

    Return the papers it acknowledged.
    """
    command = [sys.executable, "-m", "tests.faults.registrar", url, str(first), *codes]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment) as registrar:
        assert registrar.stdout is not None
        heard = [registrar.stdout.readline() for _ in range(1 + random.randint(0, 2))]
        time.sleep(random.uniform(0.001, 0.3))
        os.kill(registrar.pid, signal.SIGKILL)
        lines = [*heard, *registrar.stdout]
    assert lines[0] == "ready\n"
    return [int(line.split()[0]) for line in lines[1:] if line.endswith("\n")]


@pytest.mark.faults
def test_a_paper_is_registered_whole_or_not_at_all(office: Office, record_property: Record) -> None:
    random = Random(KILLS)
    url = office.database.engine.url.render_as_string(hide_password=False)
    codes = [office.record(f"Đề nghị sửa đường số {n}") for n in range(CASES)]
    known = 0
    for _ in range(KILLS):
        papers = acknowledged(url, codes, first=known + 1, random=random)
        nobody_writes_any_more(office)
        known = max([known, *papers])
        done = Counter(
            row["number"]
            for row in office.rows("SELECT d.number FROM document_row r JOIN document d ON d.id = r.document_id")
        )
        assert set(done.values()) <= {CASES}
        assert {f"{n}/HĐND-TT" for n in range(1, known + 1)} <= set(done)
        versions = {row["seq"] for row in office.rows("SELECT seq FROM \"case\" WHERE kind = 'petition'")}
        assert len(versions) == 1
    with office.database.reading() as unit:
        assert verifying.verify(unit, key=None).faults == ()
    assert known
    record_property("reached", f"{KILLS} kills, {known} papers acknowledged and whole")
