"""What every request of this process shares: the database, the limits, the requests that are under way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Condition
from typing import Annotated, cast

from fastapi import Depends, Request

from models.units import Database
from workflows.filing.malware import NoScanner, Scanner
from workflows.filing.store import FileStore
from workflows.flows.watching import Watch
from workflows.idempotency import KeyTaken, Place
from workflows.working.workshop import Workshop

BASE = "/api/v1"


@dataclass(slots=True)
class Flights:
    """The keys whose requests this process is answering right now."""

    _changed: Condition = field(default_factory=Condition)
    _aloft: set[tuple[object, str, str]] = field(default_factory=set)

    @contextmanager
    def boarding(self, place: Place, *, patience: float) -> Iterator[None]:
        """Let one request of a key in at a time; wait `patience` seconds for the one before.

        Raises: KeyTaken when it takes longer.
        """
        name = (place.account, place.route, place.key)
        with self._changed:
            if not self._changed.wait_for(lambda: name not in self._aloft, timeout=patience):
                raise KeyTaken
            self._aloft.add(name)
        try:
            yield
        finally:
            with self._changed:
                self._aloft.discard(name)
                self._changed.notify_all()


@dataclass(frozen=True, slots=True)
class Installation:
    """One running installation. `patience` is how long, in seconds, a repeated key waits for its first request.

    `jobs` is what long work is done with; `watch` sees to it that it is done, where this process does.
    `longest_body` and `longest_file` are in bytes: what an entry may have, and a file that is brought.
    """

    database: Database
    files: FileStore
    jobs: Workshop
    watch: Watch | None = None
    scanner: Scanner = field(default_factory=NoScanner)
    page_size: int = 50
    patience: float = 10.0
    kept_for: timedelta = timedelta(days=7)
    longest_body: int = 1_048_576
    longest_file: int = 50 << 20
    flights: Flights = field(default_factory=Flights)


def installation_of(request: Request) -> Installation:
    """Return what the application was made with."""
    return cast("Installation", request.app.state.installation)


Here = Annotated[Installation, Depends(installation_of)]
