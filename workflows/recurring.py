"""Recurring jobs, each run once per period by whichever timekeeper claims it first. The row is the claim.

A claim is a lease that its holder renews while it works. When a holder dies, the lease lapses and another takes over;
when nobody ran for days, the latest period is made up for, earlier ones are not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, insert, or_, select, update

from deadlines.reckoning import VIETNAM
from models.alerting import JobRun
from models.columns import table_of
from models.units import Database, Unit, WriteUnit
from states.errors import DomainError
from states.text import Text
from workflows import leases

_run = table_of(JobRun)
LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 3
DONE, FAILED = "done", "failed"


class AtFault(DomainError):
    """A job ran to its end and found something that a person must look at."""

    code = "job_found_a_fault"


@dataclass(frozen=True, slots=True)
class Job:
    """A job that is due once a day at `at` (Asia/Ho_Chi_Minh); it returns what it did in one sentence."""

    name: str
    at: time
    run: Callable[[], Text]


def period_of(job: Job, now: datetime) -> str:
    """Return the day whose run is the latest that has been due at the aware instant `now`: "2026-11-29"."""
    local = now.astimezone(VIETNAM)
    day = local.date() if local.time() >= job.at else local.date() - timedelta(days=1)
    return day.isoformat()


@dataclass(frozen=True, slots=True)
class _Claim:
    """One job for one period in the hands of one timekeeper."""

    database: Database
    job: str
    period: str
    holder: str

    @property
    def mine(self) -> ColumnElement[bool]:
        """Return the condition under which the claim is still this one's."""
        return and_(_run.c.job == self.job, _run.c.period == self.period, _run.c.lease_by == self.holder)

    def end(self, outcome: str, said: str) -> None:
        """Write down how it went, where nobody took it over meanwhile."""
        with self.database.writing() as unit:
            ended = update(_run).where(self.mine, _run.c.done_at.is_(None))
            unit.run(ended.values(done_at=unit.now, outcome=outcome, said=said[:500]))

    def renew(self) -> bool:
        """Keep the claim; False where another timekeeper has it."""
        with self.database.writing() as unit:
            renewed = update(_run).where(self.mine).values(lease_until=unit.now + LEASE)
            return unit.run(renewed.returning(_run.c.job)).first() is not None


def run(database: Database, job: Job, *, holder: str) -> Text | None:
    """Run `job` for its latest period unless somebody has or does; return what it did, None when nothing was to do.

    A failure is written down and tried again with the next calls, three times in all.
    Raises: whatever the job raises.
    """
    with database.writing() as unit:
        period = period_of(job, unit.now)
        if not _claim(unit, job.name, period, holder):
            return None
    claim = _Claim(database, job.name, period, holder)
    with leases.kept(claim.renew, every=LEASE / 3, name=job.name):
        try:
            said = job.run()
        except Exception as error:
            claim.end(FAILED, error.text.vi if isinstance(error, DomainError) else type(error).__name__)
            raise
    claim.end(DONE, said.vi)
    return said


def last(unit: Unit, name: str) -> JobRun | None:
    """Return the newest run of a job, None before its first."""
    row = unit.read(select(_run).where(_run.c.job == name).order_by(_run.c.period.desc()).limit(1)).mappings().first()
    return None if row is None else JobRun(**row)


def _claim(unit: WriteUnit, name: str, period: str, holder: str) -> bool:
    """Take the job for the period: as the first, after a lease that lapsed, or after a failure."""
    until = unit.now + LEASE
    unit.take_turns(f"job {name}")
    known = unit.read(select(_run.c.job).where(_run.c.job == name, _run.c.period == period)).first()
    if known is None:
        row = {"job": name, "period": period, "lease_by": holder, "lease_until": until, "started_at": unit.now}
        unit.run(insert(_run).values(**row, attempts=1))
        return True
    lapsed = and_(_run.c.done_at.is_(None), _run.c.lease_until <= unit.now)
    failed = and_(_run.c.outcome == FAILED, _run.c.attempts < MOST_ATTEMPTS)
    here = and_(_run.c.job == name, _run.c.period == period, or_(lapsed, failed))
    again = {"lease_by": holder, "lease_until": until, "started_at": unit.now, "done_at": None, "outcome": None}
    taken = update(_run).where(here).values(**again, attempts=_run.c.attempts + 1)
    return unit.run(taken.returning(_run.c.job)).first() is not None
