"""Of many workers one gets a job; who was overtaken writes nothing."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from states.errors import NotFound
from states.text import Text
from tests.jobs import Jobs
from tests.lists import ROAD, Lists
from tests.office import Office
from workflows.working import claiming, kinds, running
from workflows.working.claiming import MOST_ATTEMPTS
from workflows.working.errors import JobInterrupted, LeaseLost, LongJobsUnavailable
from workflows.working.kinds import KINDS, TERMS
from workflows.working.work import Outcome, Work

ROWS = [(str(n), f"{ROAD} đoạn {n}", "", "", "", "") for n in range(60)]
LATER = timedelta(minutes=5)
WHY = LongJobsUnavailable(Text("thử", "a trial"))


def state_of(office: Office, job: UUID) -> str:
    [row] = [r for r in office.rows("SELECT id, state FROM job") if UUID(str(r["id"])) == job]
    return str(row["state"])


def test_of_many_at_once_one_gets_the_job(jobs: Jobs) -> None:
    job = jobs.submit("verify")
    ready, got = threading.Barrier(8), []

    def claim(n: int) -> None:
        ready.wait(30)
        got.append(jobs.claim(job, f"worker {n}"))

    threads = [threading.Thread(target=claim, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(got) == 8
    assert sum(held is not None for held in got) == 1


def test_the_same_job_run_twice_at_once_has_one_effect(office: Office, jobs: Jobs, lists: Lists) -> None:
    job = jobs.submit("import_petitions", file=lists.csv(*ROWS))
    ready, ended = threading.Barrier(2), []

    def run(n: int) -> None:
        ready.wait(30)
        held = running.take(jobs.shop, job=job, by=f"worker {n}")
        ended.append(held is not None and running.run(jobs.shop, held))

    threads = [threading.Thread(target=run, args=(n,)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert sorted(ended) == [False, True]
    assert (lists.count("case"), lists.count("source_row")) == (60, 60)
    assert jobs.see(job).totals["written"] == 60


def test_a_job_whose_lease_has_run_out_is_taken_up_again_and_the_first_attempt_writes_nothing(
    office: Office, jobs: Jobs, lists: Lists
) -> None:
    job = jobs.submit("import_petitions", file=lists.csv(*ROWS))
    first = jobs.claim(job, "first", lease=timedelta(seconds=1))
    assert first is not None
    office.clock.now += LATER
    held = running.take(jobs.shop, job=job, by="second")
    assert held is not None
    assert held.attempt == 2
    assert running.run(jobs.shop, held)
    assert not running.run(jobs.shop, first)
    assert lists.count("case") == 60
    assert state_of(office, job) == "done"


def test_an_attempt_that_was_overtaken_half_way_is_rolled_back(
    office: Office, jobs: Jobs, lists: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = jobs.submit("import_petitions", file=lists.csv(*ROWS))
    first = jobs.claim(job, "first")
    assert first is not None
    finish = Work.finish

    def overtaken(self: Work, unit: Any, outcome: Outcome) -> None:
        """Let the row say that somebody else has the job now, as it would after a claim."""
        if self.held.by == "first":
            unit.connection.exec_driver_sql("UPDATE job SET lease_by = 'second', attempts = 2")
        finish(self, unit, outcome)

    monkeypatch.setattr(Work, "finish", overtaken)
    assert not running.run(jobs.shop, first)
    assert [lists.count(table) for table in ("case", "event", "source_row")] == [0, 0, 0]
    assert state_of(office, job) == "running"


def test_only_one_flow_run_works_at_a_claimed_job(jobs: Jobs) -> None:
    job, one, other = jobs.submit("verify"), UUID(int=1), UUID(int=2)
    assert jobs.claim(job, "worker") is not None
    assert running.take(jobs.shop, job=job, by="worker", flow_run=one) is not None
    assert running.take(jobs.shop, job=job, by="worker", flow_run=other) is None
    assert running.take(jobs.shop, job=job, by="another", flow_run=other) is None
    again = running.take(jobs.shop, job=job, by="worker", flow_run=one)
    assert again is not None, "a retry of the same flow run goes on"
    assert again.attempt == 1


def test_what_may_not_be_repeated_is_failed_and_not_taken_up_again(office: Office, jobs: Jobs) -> None:
    job = jobs.submit("verify")
    assert jobs.claim(job, "first", lease=timedelta(seconds=1)) is not None
    office.clock.now += LATER
    others = replace(TERMS, repeatable=TERMS.repeatable - {"verify"})
    with office.database.writing() as unit:
        assert claiming.runnable(unit, terms=others) == []
        assert claiming.claim(unit, job=job, by="second", terms=others) is None
        assert claiming.end_lapsed(unit, terms=others) == 1
        assert claiming.end_lapsed(unit, terms=others) == 0
    seen = jobs.see(job)
    assert (seen.state.code, seen.error, seen.attempts) == ("failed", JobInterrupted.code, 1)
    assert seen.finished_at is not None


def test_a_job_that_kills_its_worker_each_time_is_given_up(office: Office, jobs: Jobs) -> None:
    job = jobs.submit("verify")
    for n in range(MOST_ATTEMPTS):
        assert jobs.claim(job, f"worker {n}", lease=timedelta(seconds=1)) is not None
        office.clock.now += LATER
    assert jobs.claim(job) is None
    with office.database.writing() as unit:
        assert claiming.end_lapsed(unit, terms=TERMS) == 1
    assert state_of(office, job) == "failed"


def test_a_job_that_could_not_begin_waits_and_says_why(office: Office, jobs: Jobs) -> None:
    job = jobs.submit("verify")
    held = jobs.claim(job)
    assert held is not None
    running.let_wait(jobs.shop, held, WHY)
    seen = jobs.see(job)
    assert (seen.state.code, seen.attempts, seen.error) == ("queued", 0, "long_jobs_unavailable")
    assert seen.message is not None
    assert "việc vẫn chờ" in seen.message
    assert jobs.run(job).error is None


def test_who_waits_is_told_what_keeps_the_job(office: Office, jobs: Jobs) -> None:
    waiting, running_one = jobs.submit("make_letters", batch="packets"), jobs.submit("verify")
    assert jobs.claim(running_one) is not None
    with office.database.writing() as unit:
        claiming.tell_waiting(unit, error=WHY)
    assert [jobs.see(job).error for job in (waiting, running_one)] == ["long_jobs_unavailable", None]


def test_a_lease_is_renewed_while_the_work_lasts(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    """The work waits until the row says that somebody renewed the lease with how far it is."""
    job = jobs.submit("verify")
    held = running.take(jobs.shop, job=job, by="worker")
    assert held is not None
    beaten = threading.Event()
    renew = claiming.renew

    def heard(*given: Any, **named: Any) -> None:
        renew(*given, **named)
        beaten.set()

    monkeypatch.setattr(claiming, "renew", heard)

    def work(at: Work) -> None:
        at.meter(3, 7)
        beaten.clear()
        assert beaten.wait(30)
        assert (jobs.see(job).done, jobs.see(job).total) == (3, 7)
        with at.shop.database.writing() as unit:
            at.finish(unit, Outcome(said=Text("xong", "done"), totals={}))

    monkeypatch.setattr(kinds, "KINDS", {"verify": replace(KINDS["verify"], work=work)})
    assert running.run(jobs.shop, held, beat=timedelta(milliseconds=20))
    assert jobs.see(job).state.code == "done"


def test_of_jobs_that_are_asked_for_once_there_is_one(office: Office, jobs: Jobs) -> None:
    made = {jobs.submit("verify", once="verify 2026-09-10") for _ in range(3)}
    assert len(made) == 1
    assert len(office.rows("SELECT id FROM job")) == 1


def test_a_job_that_is_not_there_is_not_found(jobs: Jobs) -> None:
    with pytest.raises(NotFound):
        jobs.see(UUID(int=5))


def test_a_job_ends_once(jobs: Jobs) -> None:
    held = jobs.claim(jobs.submit("verify"))
    assert held is not None
    with jobs.office.database.writing() as unit:
        claiming.fail(unit, held=held, error=WHY)
    with pytest.raises(LeaseLost), jobs.office.database.writing() as unit:
        claiming.finish(unit, held=held, result={}, done=0, total=None)


def test_of_a_kind_that_runs_alone_a_second_job_waits(office: Office, jobs: Jobs) -> None:
    one, other = jobs.submit("verify"), jobs.submit("verify")
    assert jobs.claim(one, lease=timedelta(minutes=1)) is not None
    assert jobs.claim(other, "another") is None
    with office.database.reading() as unit:
        assert claiming.runnable(unit, terms=TERMS, limit=9) == []
    office.clock.now += LATER
    assert jobs.claim(other, "another") is not None, "who lost the lease stands in nobody's way"
