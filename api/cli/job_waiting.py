"""Waits for a job at the terminal, and shows how far it is; where nothing else runs jobs, this process sees to it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from api.cli.desk import Desk
from api.logging import configure_logging
from api.workshop import embedded_of, workshop_of
from states.job_words import JobState
from states.text import Text
from workflows.flows.watching import Watch
from workflows.working import seeing
from workflows.working.seeing import JobView

_EVERY_SECONDS = 0.5


def seen_now(at: Desk, job: UUID) -> JobView:
    """Return a job as it stands. Raises: NotFound."""
    folder = workshop_of(at.settings, at.database).folder
    with at.reading() as (unit, actor):
        return seeing.found(unit, job=job, actor=actor, folder=folder, language=at.language)


def waited_for(at: Desk, job: UUID, *, hidden: bool) -> JobView:
    """Return a job when it is over. `hidden` shows no bar. Raises: NotFound."""
    if (seen := seen_now(at, job)).is_over:
        return seen
    with _somebody_runs_jobs(at), _bar(at, hidden=hidden) as bar:
        while not (seen := seen_now(at, job)).is_over:
            bar(seen)
            time.sleep(_EVERY_SECONDS)
    return seen


@contextmanager
def _somebody_runs_jobs(at: Desk) -> Iterator[None]:
    """Start what runs jobs on this machine, unless workers of their own do; a running service is found by its lock."""
    embedded = embedded_of(at.settings)
    if embedded is None:
        yield
        return
    configure_logging(log_format=at.settings.log_format, level="error")
    with Watch(at.database, embedded):
        yield


@contextmanager
def _bar(at: Desk, *, hidden: bool) -> Iterator[Callable[[JobView], None]]:
    """Show how far the job is where somebody is watching; the bar goes where errors go and vanishes at the end."""
    if hidden or not sys.stderr.isatty():
        yield lambda _seen: None
        return
    from rich.console import Console  # noqa: PLC0415 - only a watched job draws a bar
    from rich.progress import Progress  # noqa: PLC0415 - the same

    with Progress(console=Console(file=sys.stderr), transient=True) as bar:
        task = bar.add_task("", total=None)

        def shown(seen: JobView) -> None:
            waits = seen.state.code == JobState.QUEUED.value
            said = Text("Đang chờ chạy", "Waiting to be run") if waits else seen.kind.label
            more = f" ({seen.message})" if seen.message else ""
            bar.update(task, description=f"{at.read(said)}{more}", completed=seen.done, total=seen.total)

        yield shown
