"""The rates of a kind as people and programs get them: no figure without numerator, denominator, definition and day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workflows.rates.definitions import By
from workflows.rates.tables import Check, Line, Period, Rate
from workflows.views import Coded, Words


@dataclass(frozen=True, slots=True)
class KindRateRow:
    """One row: the council, an agency, a field, a locality, or all of them together.

    `received` = `counted` + `apart`; `counted` is the sum of `times`. `due` of them have fallen due: the denominator of
    what is done of them. `left_out` is no part of what was received and is named all the same.
    """

    key: str | None
    label: Words
    received: int
    counted: int
    due: int
    no_due_date: int
    apart: tuple[Line, ...]
    times: tuple[Line, ...]
    left_out: tuple[Line, ...]
    rates: tuple[Rate, ...]
    checks: tuple[Check, ...]
    notes: tuple[Words, ...]

    def number(self, code: str) -> int:
        """Return the number of one line by its code; raises KeyError."""
        return {line.code: line.number for line in (*self.apart, *self.times, *self.left_out)}[code]

    def rate(self, code: str) -> Rate:
        """Return a rate: done_of_due, in_time_of_due or done; raises KeyError."""
        return {rate.code: rate for rate in self.rates}[code]


@dataclass(frozen=True, slots=True)
class KindRateTable:
    """The rates of one kind in a period as of a day, row by row; `agrees` is False as soon as one check fails."""

    title: Words
    kind: Coded
    by: By
    counted: Words
    period: Period
    as_of: date
    bounds: Words
    scope: Words
    rounding: Words
    rows: tuple[KindRateRow, ...]
    total: KindRateRow
    checks: tuple[Check, ...]
    agrees: bool
