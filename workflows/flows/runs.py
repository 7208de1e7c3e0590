"""One flow for each kind of job. A flow run has the id of its job for a parameter and nothing else.

What goes wrong inside is told to Prefect by its code alone: the message of an error may hold a petition's words. When
Prefect itself cannot be reached half-way, the work goes on: its row is the truth, the flow run only shows it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, TypeVar, cast
from uuid import UUID

from prefect import Flow, flow, tags, task
from prefect.artifacts import create_markdown_artifact, create_progress_artifact, update_progress_artifact
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Completed, Failed

from states.errors import DomainError
from workflows.working import running, seeing
from workflows.working.claiming import Held
from workflows.working.errors import TryAgain
from workflows.working.kinds import KINDS, JobKind
from workflows.working.metering import Far
from workflows.working.workshop import Workshop

T = TypeVar("T")
RETRIES = (5, 15, 30)
"""Seconds before the work of a repeatable kind is tried again, where something it needs could not be reached."""
TAG = "dondoc"
_TELL_EVERY = 2.0


class NotDone(Exception):
    """A part of the work came to nothing; the row of the job says why. Carries a code alone."""


@dataclass(slots=True)
class Bench:
    """Where the flows of this process work: with what, and under which name. `entered` is the job a flow began."""

    shop: Workshop
    by: str
    entered: UUID | None = None


_benches: list[Bench] = []


def set_bench(bench: Bench) -> None:
    """Say where the flows of this process work."""
    _benches[:] = [bench]


def bench() -> Bench:
    """Return where the flows of this process work."""
    [found] = _benches
    return found


def flow_name(kind: str) -> str:
    """Return how Prefect calls the flow of a kind."""
    return kind.replace("_", "-")


def _flow_of(kind: JobKind) -> Flow[..., Any]:
    def run(job: UUID) -> State[Any]:
        return _run(kind, job)

    run.__name__ = run.__qualname__ = kind.name
    run.__doc__ = f"{kind.label.en}: the job with this id."
    return flow(name=flow_name(kind.name), persist_result=False, log_prints=False)(run)


def _run(kind: JobKind, job: UUID) -> State[Any]:
    """Run the job if it is ours to run; a flow run that comes second does nothing."""
    here = bench()
    here.entered = job
    held = running.take(here.shop, job=job, by=here.by, flow_run=UUID(str(flow_run.id)))
    if held is None or held.kind != kind.name:
        return Completed(name="Skipped", message="another run has this job, or it is over")
    with tags(TAG, kind.name), _showing(held) as told:

        def attempt() -> None:
            running.run(here.shop, held, told=told, step=_step)

        state = task(
            name=flow_name(kind.name), retries=len(RETRIES) if kind.repeatable else 0,
            retry_delay_seconds=list(RETRIES), retry_condition_fn=_is_passing, persist_result=False,
        )(attempt)(return_state=True)  # fmt: skip
    if not state.is_completed():
        return Failed(message="cut off; taken up again when its lease has run out")
    return _ended(here.shop, job)


def _is_passing(_task: Any, _run: Any, state: State[Any]) -> bool:
    return isinstance(state.data, TryAgain)


def _step(name: str, part: Callable[[], T]) -> T:
    """Run a part of the work as a task run, without parameters and without a result that would be stored."""
    got: list[T] = []
    caught: list[BaseException] = []

    def doing() -> None:
        try:
            got.append(part())
        except BaseException as error:  # noqa: BLE001 - raised again outside, where Prefect does not read it
            caught.append(error)
            raise NotDone(error.code if isinstance(error, DomainError) else type(error).__name__) from None

    with suppress(Exception):
        task(name=name, persist_result=False)(doing)(return_state=True)
    if caught:
        raise caught[0]
    return got[0] if got else part()


@contextmanager
def _showing(held: Held) -> Iterator[Callable[[Far], None]]:
    """Show in an artifact how far the job is; a thread of its own speaks to Prefect, so that no work waits for it."""
    far, over = [Far()], threading.Event()
    artifact: UUID | None = None
    with suppress(Exception):
        artifact = cast("UUID", create_progress_artifact(0.0, key=_key(held.id), description=_said(far[0])))

    def show() -> None:
        shown = far[0]
        while artifact is not None and not over.wait(_TELL_EVERY):
            if far[0] != shown:
                shown = far[0]
                _show(artifact, shown)

    teller = threading.Thread(target=show, name="artifact", daemon=True)
    teller.start()
    try:
        yield lambda now: far.__setitem__(0, now)
    finally:
        over.set()
        teller.join()
        if artifact is not None:
            _show(artifact, far[0])


def _show(artifact: UUID, far: Far) -> None:
    with suppress(Exception):
        update_progress_artifact(artifact, 100.0 * far.done / far.total if far.total else 0.0, _said(far))


def _said(far: Far) -> str:
    return f"{far.done} of {far.total}" if far.total is not None else f"{far.done} looked at"


def _key(job: UUID) -> str:
    return f"job-{job}"


def _ended(shop: Workshop, job: UUID) -> State[Any]:
    """Tell Prefect how the job ended: by its code and its numbers."""
    with shop.database.reading() as unit:
        ended = seeing.ended(unit, job=job)
    numbers = {name: value for name, value in ended.totals.items() if isinstance(value, int)}
    with suppress(Exception):
        lines = [f"| {name} | {value} |" for name, value in numbers.items()]
        create_markdown_artifact("\n".join(["| | |", "|---|---|", *lines]), key=f"{_key(job)}-totals")
    return Completed(message="done") if ended.error is None else Failed(message=ended.error)


FLOWS: Mapping[str, Flow[..., Any]] = {kind.name: _flow_of(kind) for kind in KINDS.values()}
