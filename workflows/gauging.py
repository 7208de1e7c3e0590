"""How the work stands, for Prometheus: read from the database at every scrape, the same whichever process answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from models.units import Database
from states.errors import Unavailable
from workflows import watching


class Standing(Collector):
    """Reads how the work stands from the database at every scrape."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def describe(self) -> Iterator[Metric]:
        """Name what is collected without asking the database."""
        yield from _gauges({})

    def collect(self) -> Iterator[Metric]:
        """Return the gauges; without a database only that it cannot be reached."""
        try:
            with self._database.reading() as unit:
                watch = watching.look(unit)
        except Unavailable:
            yield from _gauges({"dondoc_database_up": 0.0})
            return
        ages = {
            "dondoc_sweep_age_seconds": _seconds(watch, watch.swept_at),
            "dondoc_delivery_age_seconds": _seconds(watch, watch.delivered_at),
            "dondoc_sweep_lag_seconds": watch.sweep_lag or 0.0,
            "dondoc_notice_age_seconds": watch.notice_age or 0.0,
            "dondoc_letter_age_seconds": watch.letter_age or 0.0,
        }
        counts = {"dondoc_letters_waiting": watch.waiting, "dondoc_letters_dead": watch.dead}
        troubles = {"dondoc_troubles": len(watch.troubles), "dondoc_database_up": 1.0}
        yield from _gauges({**ages, **counts, **troubles})


def _seconds(watch: watching.Watch, at: datetime | None) -> float | None:
    return None if at is None else (watch.at - at).total_seconds()


_MEANING = {
    "dondoc_database_up": "1 while the database answers",
    "dondoc_sweep_age_seconds": "Since the last sweep ended",
    "dondoc_delivery_age_seconds": "Since the last delivery ended",
    "dondoc_sweep_lag_seconds": "How long the oldest due reminder has waited to fire",
    "dondoc_notice_age_seconds": "How long the oldest notice has waited to be told",
    "dondoc_letter_age_seconds": "How long the oldest letter has waited beyond its morning",
    "dondoc_letters_waiting": "Letters that wait to be sent",
    "dondoc_letters_dead": "Letters that nobody could deliver",
    "dondoc_troubles": "Troubles that /health/work names",
}


def _gauges(values: dict[str, float | None]) -> Iterator[Metric]:
    for name, meaning in _MEANING.items():
        family = GaugeMetricFamily(name, meaning)
        value = values.get(name)
        if value is not None:
            family.add_metric((), value)
        yield family
