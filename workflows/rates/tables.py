"""A table of rates as people and programs get it: no figure without numerator, denominator, definition and day.

Everything that is shown is a field, so that pages, JSON and the command line say the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from workflows.rates.definitions import By
from workflows.views import Words


class Period(NamedTuple):
    """Days of receipt, both inclusive."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Line:
    """One counted line: its code for programs, its words, its number."""

    code: str
    label: Words
    number: int


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate with everything that must stand beside it.

    `percent` is rounded half up to one decimal, None when the denominator is 0; `rounding` says so, and what truncation
    would print where that differs. `sentence` is the whole in one line.
    """

    code: str
    label: Words
    numerator: int
    denominator: int
    percent: float | None
    printed: Words
    definition: Words
    rounding: Words
    as_of: date
    sentence: Words


@dataclass(frozen=True, slots=True)
class Check:
    """Two numbers that must be equal, whether they are, and the words that say it."""

    code: str
    left: int
    right: int
    holds: bool
    says: Words


@dataclass(frozen=True, slots=True)
class Bridge:
    """How one comes from "answered" over "handled" to "resolved": each step is taken away from what stands above."""

    answered: Line
    not_handled: tuple[Line, ...]
    handled: Line
    not_resolved: tuple[Line, ...]
    resolved: Line


@dataclass(frozen=True, slots=True)
class RateRow:
    """One row: the council, an agency, a field, a locality, or all of them together.

    `received` = `own` + `apart`; `own` is the denominator of the three rates and the sum of `times`, and of
    `outcomes`. `left_out` is no part of what was received and is named all the same. `no_due_date` of the council's
    own have no known due date.
    """

    key: str | None
    label: Words
    received: int
    own: int
    no_due_date: int
    apart: tuple[Line, ...]
    times: tuple[Line, ...]
    outcomes: tuple[Line, ...]
    left_out: tuple[Line, ...]
    rates: tuple[Rate, ...]
    bridge: Bridge
    checks: tuple[Check, ...]
    notes: tuple[Words, ...]

    def number(self, code: str) -> int:
        """Return the number of one line by its code; raises KeyError."""
        lines = (*self.apart, *self.times, *self.outcomes, *self.left_out)
        return {line.code: line.number for line in lines}[code]

    def rate(self, code: str) -> Rate:
        """Return a rate: answered, handled, resolved, in_time or in_time_without_options; raises KeyError."""
        return {rate.code: rate for rate in self.rates}[code]


@dataclass(frozen=True, slots=True)
class RateTable:
    """The rates of a period as of a day, row by row; the total counts each thing once.

    `counted` says whether petitions or referrals are counted, `own_rate` which of the rates the council reports as
    resolved. `agrees` is False as soon as one check of the table or of a row fails.
    """

    title: Words
    by: By
    unit: Words
    counted: Words
    period: Period
    as_of: date
    bounds: Words
    scope: Words
    rounding: Words
    own_rate: str
    own_choice: Words
    rows: tuple[RateRow, ...]
    total: RateRow
    checks: tuple[Check, ...]
    agrees: bool
