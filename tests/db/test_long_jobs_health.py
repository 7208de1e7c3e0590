"""What runs long jobs is looked after from the service, and its standing is told."""

from __future__ import annotations

import sys
import time
from datetime import timedelta
from pathlib import Path

from tests.jobs import Jobs
from tests.office import Office
from workflows.flows.embedded import Embedded, Standing
from workflows.flows.health import LATE, LongJobsHealth, long_jobs_health
from workflows.flows.watching import Watch


def embedded(folder: Path) -> Embedded:
    """One whose server cannot start: a file lies where its home should be."""
    home = folder / "prefect"
    home.write_text("no folder")
    return Embedded(home=home, worker=[sys.executable, "-c", ""], environment={})


def health(office: Office, of: Embedded | None = None) -> LongJobsHealth:
    with office.database.reading() as unit:
        return long_jobs_health(unit, embedded=of)


def test_with_nothing_to_do_all_is_well(office: Office, tmp_path: Path) -> None:
    resting = Embedded(home=tmp_path / "prefect", worker=[], environment={})
    assert (health(office, resting).ok, health(office, resting).standing) == (True, "resting")
    assert (health(office).ok, health(office).standing) == (True, "scaled")


def test_a_job_that_nobody_takes_is_told_after_a_while(office: Office, jobs: Jobs) -> None:
    jobs.submit("verify")
    assert (health(office).ok, health(office).queued) == (True, 1)
    office.clock.now += LATE + timedelta(minutes=1)
    late = health(office)
    assert (late.ok, late.queued) == (False, 1)
    assert late.oldest is not None
    assert late.oldest > LATE
    assert "long jobs unavailable" in late.said.en


def test_a_job_whose_worker_is_gone_is_told(office: Office, jobs: Jobs) -> None:
    job = jobs.submit("verify")
    jobs.claim(job, lease=timedelta(minutes=1))
    assert (health(office).ok, health(office).running) == (True, 1)
    office.clock.now += timedelta(minutes=5)
    gone = health(office)
    assert (gone.ok, gone.lapsed, gone.running) == (False, 1, 0)


def test_where_nothing_can_be_started_the_job_waits_and_it_is_told(office: Office, jobs: Jobs, tmp_path: Path) -> None:
    job, broken = jobs.submit("verify"), embedded(tmp_path)
    with Watch(office.database, broken, every=0.05):
        give_up = time.monotonic() + 60
        while jobs.see(job).error is None and time.monotonic() < give_up:
            time.sleep(0.05)
    seen = jobs.see(job)
    assert (seen.state.code, seen.error) == ("queued", "long_jobs_unavailable")
    told = health(office, broken)
    assert (told.ok, told.standing, broken.standing) == (False, "failed", Standing.FAILED)
    assert office.record(), "cases go on"


def test_nothing_is_started_while_no_job_waits(office: Office, tmp_path: Path) -> None:
    resting = Embedded(home=tmp_path / "prefect", worker=[], environment={})
    with Watch(office.database, resting, every=0.02) as watch:
        watch.look()
        watch.wake()
    assert resting.standing is Standing.RESTING
    assert not (tmp_path / "prefect").exists()
