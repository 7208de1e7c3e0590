"""A job that is killed half-way is done once when it is taken up again; two processes that run it have one effect."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from tests.faults.conftest import nobody_writes_any_more
from tests.faults.sizes import size
from tests.jobs import Jobs, jobs_of
from tests.lists import Lists
from tests.office import Office
from workflows import verifying
from workflows.working import clocks
from workflows.working.work import Work

ROOT = Path(__file__).parents[2]
LIST = "petitions_national_assembly_1573.csv"
POINTS = ("writing", "looking", "written")[: size("JOB_POINTS")]

# Runs the job named third, as a worker would, and kills itself at a named point; at "" it works to the end.
WORKER = """
import os, signal, sys
from pathlib import Path
from uuid import UUID
from api.settings import Settings
from api.workshop import workshop_of
from models.units import connect
from workflows.working import metering, running

url, data, job, point = sys.argv[1:]
shop = workshop_of(Settings(database_url=url, data_dir=Path(data)), connect(url))
meter = metering.Meter.__call__


def told(self, done, total):
    if (point, total is None) == ("looking", True) and done >= 800:
        os.kill(os.getpid(), signal.SIGKILL)
    if point == "writing" and total is not None and done >= 800:
        os.kill(os.getpid(), signal.SIGKILL)
    if point == "written" and total is not None and done >= total:
        os.kill(os.getpid(), signal.SIGKILL)
    meter(self, done, total)


metering.Meter.__call__ = told
os.write(1, b"ready\\n")
sys.stdin.readline()
held = running.take(shop, job=UUID(job), by=f"worker {os.getpid()}")
print(held is not None and running.run(shop, held), flush=True)
"""


@pytest.fixture
def jobs(office: Office, tmp_path: Path) -> Iterator[Jobs]:
    with jobs_of(office, tmp_path) as made:
        yield made


def worker(jobs: Jobs, job: UUID, point: str = "") -> subprocess.Popen[str]:
    """Start a worker that stands ready and begins when it is told to."""
    url = jobs.office.database.engine.url.render_as_string(hide_password=False)
    started = subprocess.Popen(
        [sys.executable, "-c", WORKER, url, str(jobs.shop.folder.parent), str(job), point],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert started.stdout is not None
    assert started.stdout.readline() == "ready\n"
    return started


def submitted(jobs: Jobs, shared_data: Path) -> UUID:
    """Ask for the import of the real list, at the hour that the processes know."""
    jobs.office.clock.now = datetime.now(UTC)
    return jobs.submit("import_petitions", file=shared_data / LIST, partial=True)


@pytest.mark.faults
@pytest.mark.parametrize("point", POINTS)
def test_an_import_killed_half_way_and_taken_up_again_has_every_row_once(
    office: Office, jobs: Jobs, shared_data: Path, tmp_path: Path, point: str
) -> None:
    job, lists = submitted(jobs, shared_data), Lists(office, tmp_path)
    first = worker(jobs, job, point)
    first.communicate("go\n", timeout=300)
    assert first.returncode == -signal.SIGKILL
    nobody_writes_any_more(office)
    assert [lists.count(table) for table in ("case", "event", "source_row", "proposal")] == [0] * 4
    assert jobs.see(job).state.code == "running"
    assert jobs.claim(job, "too early") is None
    office.clock.now = datetime.now(UTC) + timedelta(minutes=5)
    done = jobs.run(job, "second")
    assert (done.state.code, done.attempts, done.totals["written"]) == ("done", 2, 1_572)
    assert (lists.count("case"), lists.count("source_row")) == (1_572, 1_572)
    numbers = [row["row_number"] for row in office.rows("SELECT row_number FROM source_row")]
    assert len(set(numbers)) == 1_572
    with office.database.reading() as unit:
        assert verifying.verify(unit, key=None).ok


@pytest.mark.faults
def test_two_processes_that_run_the_same_job_at_once_have_one_effect(
    office: Office, jobs: Jobs, shared_data: Path, tmp_path: Path
) -> None:
    job, lists = submitted(jobs, shared_data), Lists(office, tmp_path)
    both = [worker(jobs, job) for _ in range(2)]
    for one in both:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    said = sorted(one.communicate(timeout=300)[0].strip() for one in both)
    assert said == ["False", "True"]
    assert (lists.count("case"), lists.count("source_row")) == (1_572, 1_572)
    assert jobs.see(job).attempts == 1


@pytest.mark.faults
def test_clocks_killed_between_two_batches_are_all_reckoned_when_it_is_run_again(
    office: Office, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Batches are kept as they are done: the next attempt finds nothing to change in them."""
    monkeypatch.setattr(clocks, "AT_ONCE", 2)
    codes = [office.sent("UBND")[0] for _ in range(6)]
    jobs.do("announce_days", first="2026-08-26", name="Nghỉ", source="Thông báo 99/TB-VPCP")
    office.raw("UPDATE clock SET due_on = '2026-08-26', raw_due_on = '2026-08-26' WHERE state = 'running'")
    before = len(office.rows("SELECT seq FROM event"))
    renewed = Work.renew

    class Killed(BaseException):
        pass

    def killed(self: Work, unit: object) -> None:
        renewed(self, unit)  # type: ignore[arg-type]  # the unit of the batch
        if self.meter.far.done == 4:
            raise Killed

    monkeypatch.setattr(Work, "renew", killed)
    job = jobs.submit("reckon_clocks")
    with pytest.raises(Killed):
        jobs.run(job)
    first = len(office.rows("SELECT seq FROM event")) - before
    monkeypatch.setattr(Work, "renew", renewed)
    done = jobs.run(job, "second")
    second = len(office.rows("SELECT seq FROM event")) - before - first
    assert (first, first + second, done.state.code) == (2, len(codes), "done")
    with office.database.reading() as unit:
        assert verifying.verify(unit, key=None).ok
