"""What this process counts, for Prometheus; docs/operations.md says what each means. No label names a case or person.

Counters start with the process; what stands in the database is `workflows.gauging`'s.
"""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics

disable_created_metrics()  # type: ignore[no-untyped-call]  # the library's own
REGISTRY = CollectorRegistry(auto_describe=True)
MOVES = Counter("dondoc_moves", "Moves that were committed", ("kind", "trigger"), registry=REGISTRY)
REFUSALS = Counter("dondoc_refusals", "Requests that were refused", ("code",), registry=REGISTRY)
FIRED = Counter("dondoc_rungs_fired", "Reminders that fired", registry=REGISTRY)
LETTERS = Counter("dondoc_letters", "Letters by outcome of a try", ("outcome",), registry=REGISTRY)
NOTICES = Counter("dondoc_notices", "Notices by outcome", ("outcome",), registry=REGISTRY)
JOBS = Counter("dondoc_jobs", "Runs of recurring work", ("job", "outcome"), registry=REGISTRY)
LATENCY = Histogram(
    "dondoc_http_seconds",
    "Time to answer by route template",
    ("method", "route", "status"),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
    registry=REGISTRY,
)
