"""Watches for jobs that wait and sees to it that somebody runs them, beside a service that never waits for it."""

from __future__ import annotations

import threading
from typing import Self

import structlog

from models.units import Database
from states.errors import DomainError
from workflows.flows.embedded import WORDS, Embedded, Standing
from workflows.working import claiming
from workflows.working.errors import LongJobsUnavailable
from workflows.working.kinds import TERMS

EVERY_SECONDS = 5.0
_log = structlog.get_logger("flows")


class Watch:
    """Looks every few seconds while it is open, and at once when `wake` is called; closing ends what was started."""

    def __init__(self, database: Database, embedded: Embedded, *, every: float = EVERY_SECONDS) -> None:
        self._database = database
        self.embedded = embedded
        self._every = every
        self._woken = threading.Event()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="jobs", daemon=True)

    def __enter__(self) -> Self:
        """Begin to look."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop looking and let go of what was started."""
        self._over.set()
        self._woken.set()
        self._thread.join()
        self.embedded.close()

    def wake(self) -> None:
        """Look now."""
        self._woken.set()

    def _watch(self) -> None:
        while not self._over.is_set():
            self._woken.clear()
            try:
                self.look()
            except DomainError as error:
                # The database may be away for a while: the next look will tell.
                _log.warning("jobs cannot be looked at", why=error.code)
            self._woken.wait(self._every)

    def look(self) -> None:
        """Start what runs jobs where one waits; tell those that wait when it cannot be started."""
        with self._database.reading() as unit:
            waits = bool(claiming.runnable(unit, terms=TERMS))
        if not waits:
            return
        self.embedded.ensure()
        if self.embedded.standing is Standing.FAILED:
            with self._database.writing() as unit:
                claiming.tell_waiting(unit, error=LongJobsUnavailable(WORDS[Standing.FAILED]))
