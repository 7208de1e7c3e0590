"""Runs one job: claims it, keeps it, does it, ends it. Running the same job twice at once has one effect."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog

from states.errors import ChangedSinceOpened, DomainError, Unavailable
from workflows import leases
from workflows.working import claiming, metering
from workflows.working.claiming import Held
from workflows.working.errors import BrokenJob, LeaseLost, LongJobsUnavailable, TryAgain
from workflows.working.kinds import TERMS, JobKind, kind_of
from workflows.working.metering import Far, Meter
from workflows.working.work import KeptBack, Outcome, Step, Work, plainly
from workflows.working.workshop import Workshop

BEAT = timedelta(seconds=2)
_PASSING = (Unavailable, ChangedSinceOpened)
_log = structlog.get_logger("jobs")


def take(shop: Workshop, *, job: UUID, by: str, flow_run: UUID | None = None) -> Held | None:
    """Return the job if it is ours to run: claimed by `by` before, or claimed now. None when it is not."""
    with shop.database.writing() as unit:
        held = claiming.enter(unit, job=job, by=by, flow_run=flow_run)
        if held is not None:
            return held
        if claiming.claim(unit, job=job, by=by, terms=TERMS) is None:
            return None
        return claiming.enter(unit, job=job, by=by, flow_run=flow_run)


def run(
    shop: Workshop,
    held: Held,
    *,
    told: Callable[[Far], None] = lambda _far: None,
    step: Step[Any] = plainly,
    beat: timedelta = BEAT,
) -> bool:
    """Do the job that is held and write its end; False when another attempt has it meanwhile.

    `told` hears how far it is. Raises: TryAgain when something that is needed cannot be reached now; the job stays
    held, so that the same work may be tried again.
    """
    meter = Meter(metering.file_of(shop.folder, job=held.id, dialect=shop.database.dialect), told)
    try:
        with leases.kept(lambda: _renewed(shop, held, meter), every=beat, name=str(held.id)):
            _work(shop, held, meter, step)
    except LeaseLost:
        _log.warning("job lost to another attempt", job=str(held.id), attempt=held.attempt)
        return False
    except _PASSING as error:
        _log.warning("job cannot go on now", job=str(held.id), why=error.code)
        raise TryAgain(error.code) from None
    except BaseException:  # the process is told to stop: whoever comes next need not wait for the lease
        with suppress(Exception), shop.database.writing() as unit:
            claiming.put_back(unit, held=held)
        raise
    finally:
        meter.clear()
    return True


def give_up(shop: Workshop, held: Held, error: DomainError) -> None:
    """Fail a job that was tried often enough; nothing to do where another attempt has it."""
    with suppress(LeaseLost):
        _end(shop, held, error=error)


def let_wait(shop: Workshop, held: Held, why: LongJobsUnavailable) -> None:
    """Let a job wait that could not even begin; nothing to do where another attempt has it."""
    with suppress(LeaseLost), shop.database.writing() as unit:
        claiming.put_back(unit, held=held, error=why)


def _work(shop: Workshop, held: Held, meter: Meter, step: Step[Any]) -> None:
    try:
        kind = kind_of(held.kind)
        work = _opened(shop, held, kind, meter, step)
        kind.work(work)
        work.require_finished()
    except KeptBack as back:
        _end(shop, held, outcome=back.outcome)
    except (LeaseLost, *_PASSING):
        raise
    except DomainError as error:
        _end(shop, held, error=error)
    except Exception as error:  # noqa: BLE001 - whatever it is, the job must not hang; the log says the place
        _log.error("job failed", job=str(held.id), kind=held.kind, exc_info=error)
        _end(shop, held, error=BrokenJob())


def _opened(shop: Workshop, held: Held, kind: JobKind, meter: Meter, step: Step[Any]) -> Work:
    """Return the job with what was asked of it, as its asker may still ask it."""
    with shop.database.reading() as unit:
        work = Work(shop, held, None, held.asked_on, meter, step)
        actor = work.actor(unit)
        setting = work.setting(unit, actor) if kind.of_council else None
        kind.permit(unit, setting=setting, actor=actor)
    with shop.kept.read(held.parameters["order"]) as file:
        work.order = shop.read_order(held.kind, json.load(file), held.asked_on)
    return work


def _end(shop: Workshop, held: Held, *, error: DomainError | None = None, outcome: Outcome | None = None) -> None:
    """Write that the job came to nothing."""
    why = error or (outcome.refused if outcome else None) or BrokenJob()
    with shop.database.writing() as unit:
        claiming.fail(unit, held=held, error=why, result=outcome.stored() if outcome else None)


def _renewed(shop: Workshop, held: Held, meter: Meter) -> bool:
    """Renew the lease and say how far the job is; the meter is told where another attempt has it."""
    try:
        with shop.database.writing() as unit:
            claiming.renew(unit, held=held, done=meter.far.done, total=meter.far.total)
    except LeaseLost:
        meter.lost.set()
        return False
    return True
