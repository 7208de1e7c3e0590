"""What was counted for one row of a table, before any rate is made of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from workflows.rates.definitions import DATED, Outcome, Place, Time


@dataclass(frozen=True, slots=True)
class Counted:
    """How one thing (or a group of equal ones) is counted."""

    place: Place
    answered: bool
    time: Time
    time_without_options: Time
    outcome: Outcome
    sample: bool


@dataclass(slots=True)
class Tally:
    """The counts of one row. `received` is counted by itself, so that the sub-totals can be held against it."""

    received: int = 0
    answered: int = 0
    by_sample: int = 0
    places: Counter[Place] = field(default_factory=Counter)
    times: Counter[Time] = field(default_factory=Counter)
    times_without_options: Counter[Time] = field(default_factory=Counter)
    outcomes: Counter[Outcome] = field(default_factory=Counter)

    def add(self, one: Counted, number: int = 1) -> None:
        """Count `number` equal things; only the council's own have a time and an outcome."""
        self.places[one.place] += number
        if one.place != "own":
            return
        self.answered += number if one.answered else 0
        self.by_sample += number if one.sample and one.time in DATED else 0
        self.times[one.time] += number
        self.times_without_options[one.time_without_options] += number
        self.outcomes[one.outcome] += number

    @property
    def own(self) -> int:
        """Return the denominator of the three rates."""
        return self.places["own"]


def total(tallies: Iterable[Tally]) -> Tally:
    """Return the sum of several rows."""
    found = Tally()
    for tally in tallies:
        found.received += tally.received
        found.answered += tally.answered
        found.by_sample += tally.by_sample
        found.places.update(tally.places)
        found.times.update(tally.times)
        found.times_without_options.update(tally.times_without_options)
        found.outcomes.update(tally.outcomes)
    return found
