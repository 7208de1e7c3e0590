"""How long jobs stand, for /health/work and for whoever operates the machine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from models.units import Unit
from states.text import Text
from workflows.flows.embedded import WORDS, Embedded, Standing
from workflows.working import claiming

LATE = timedelta(minutes=10)
_SCALED = Text("chạy bởi «dondoc worker»", "run by `dondoc worker`")


@dataclass(frozen=True, slots=True)
class LongJobsHealth:
    """How many jobs wait and run, since when the oldest waits, how many lost their worker.

    `ok` is False when jobs cannot be run now: what runs them does not start, or nobody took a job for ten minutes.
    """

    ok: bool
    standing: str
    said: Text
    queued: int
    running: int
    lapsed: int
    oldest: timedelta | None


def long_jobs_health(unit: Unit, *, embedded: Embedded | None) -> LongJobsHealth:
    """Tell how long jobs stand. `embedded` is None where workers of their own run them."""
    counts = claiming.counted(unit)
    standing = embedded.standing if embedded is not None else None
    is_late = counts.oldest is not None and counts.oldest > LATE and not counts.running
    ok = standing is not Standing.FAILED and not is_late and not counts.lapsed
    said = _SCALED if standing is None else WORDS[standing]
    if not ok:
        said = Text(f"Không chạy được việc dài: {said.vi}", f"long jobs unavailable: {said.en}")
    return LongJobsHealth(
        ok=ok,
        standing="scaled" if standing is None else standing.value,
        said=said,
        queued=counts.queued,
        running=counts.running,
        lapsed=counts.lapsed,
        oldest=counts.oldest,
    )
