"""Runs jobs, one at a time, as flow runs of this process; any number of workers share the work.

The rows are the queue and the truth: a worker claims one, runs its flow and looks for the next. Deployments that
Prefect's schedules or its pages started are taken up too, where `scheduled` says so.
"""

from __future__ import annotations

import threading
import time
from uuid import UUID

import structlog
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.exceptions import TerminationSignal

from states.errors import DomainError, Unavailable
from states.text import Text
from workflows.flows import deploying
from workflows.flows.runs import FLOWS, Bench, set_bench
from workflows.working import claiming, clearing, running
from workflows.working.errors import LongJobsUnavailable
from workflows.working.kinds import TERMS
from workflows.working.workshop import Workshop

EVERY_SECONDS = 2.0
_CLEAR_EVERY = 3600.0
_SCHEDULED_EVERY = 10.0
_UNREACHABLE = LongJobsUnavailable(Text("không gọi được Prefect", "Prefect cannot be reached"))
_log = structlog.get_logger("worker")


class Worker:
    """One worker. `name` is its own alone: leases go by it. With `idle` it ends after so many seconds without work."""

    def __init__(self, shop: Workshop, *, name: str, idle: float | None = None, scheduled: bool = False) -> None:
        self._bench = Bench(shop, name)
        self._shop = shop
        self._idle = idle
        self._scheduled = scheduled
        self._asked = -_SCHEDULED_EVERY
        self._cleared = -_CLEAR_EVERY
        set_bench(self._bench)

    def work(self, over: threading.Event) -> None:
        """Work until `over` is set. SIGTERM cuts the job under way off: nothing of it is kept, and it waits again."""
        busy = time.monotonic()
        while not over.is_set():
            try:
                found = self._look()
            except DomainError as error:
                _log.warning("the database cannot be reached", why=error.code)
                found = False
            if found:
                busy = time.monotonic()
                continue
            if self._idle is not None and time.monotonic() - busy > self._idle:
                return
            over.wait(EVERY_SECONDS)

    def _look(self) -> bool:
        """Run what there is to run; False when there was nothing, or Prefect cannot be reached."""
        self._clear()
        with self._shop.database.writing() as unit:
            claiming.end_lapsed(unit, terms=TERMS)
            waiting = claiming.runnable(unit, terms=TERMS)
        asks = self._scheduled and time.monotonic() - self._asked >= _SCHEDULED_EVERY
        if not waiting and not asks:
            return False
        with get_client(sync_client=True) as client:
            if client.api_healthcheck() is not None:
                with self._shop.database.writing() as unit:
                    claiming.tell_waiting(unit, error=_UNREACHABLE)
                return False
            if asks and self._run_scheduled(client):
                return True
        return any(self._run(job) for job in waiting)

    def _run(self, job: UUID) -> bool:
        """Claim a job and run its flow; a flow that did not even begin lets the job wait."""
        with self._shop.database.writing() as unit:
            held = claiming.claim(unit, job=job, by=self._bench.by, terms=TERMS)
        if held is None:
            return False
        self._bench.entered = None
        _log.info("job begins", job=str(job), kind=held.kind, attempt=held.attempt)
        try:
            FLOWS[held.kind](job=job, return_state=True)
        except TerminationSignal:
            _log.info("told to stop", job=str(job))
            return False
        except Exception as error:  # noqa: BLE001 - Prefect fails in its own ways; the job's row says how the job is
            _log.error("a flow run broke", job=str(job), exc_info=error)
        if self._bench.entered != job:
            running.let_wait(self._shop, held, _UNREACHABLE)
            return False
        _log.info("job ends", job=str(job), kind=held.kind)
        return True

    def _run_scheduled(self, client: SyncPrefectClient) -> bool:
        """Take up what the schedules and pages of Prefect started."""
        self._asked = time.monotonic()
        with self._shop.database.reading() as unit:
            now = unit.now
        return deploying.run_due(client, now=now)

    def _clear(self) -> None:
        """Once an hour clear away what jobs no longer need; a disk that refuses keeps nobody from working."""
        if time.monotonic() - self._cleared < _CLEAR_EVERY:
            return
        self._cleared = time.monotonic()
        try:
            gone = clearing.clear(self._shop.database, store=self._shop.kept)
        except Unavailable as error:
            _log.warning("nothing cleared away", why=error.code)
            return
        _log.info("cleared away", contents=gone)
