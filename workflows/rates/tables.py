"""A table of rates as people and programs get it: no figure without numerator, denominator, definition and day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from deadlines.wording import plain_date
from states.text import Text
from workflows.rates import words
from workflows.rates.definitions import (
    ANSWERED_TIMES,
    APART,
    HANDLED,
    LEFT_OUT,
    OUTCOMES,
    PLACES,
    TIMES,
    WITHOUT_DUE_DATE,
    By,
)
from workflows.rates.printing import ROUNDING, percent, percent_words
from workflows.rates.questions import Period
from workflows.rates.tallies import Tally


@dataclass(frozen=True, slots=True)
class Line:
    """One counted line: its code for programs, its words, its number."""

    code: str
    label: Text
    number: int


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate with everything that must stand beside it."""

    code: str
    label: Text
    numerator: int
    denominator: int
    of: Text
    over: Text
    as_of: date

    @property
    def share(self) -> Decimal | None:
        """Return the rate in percent, rounded half up to one decimal; None when the denominator is 0."""
        return percent(self.numerator, self.denominator)

    @property
    def printed(self) -> Text:
        """Return "86,7%" (Vietnamese), "86.7%" (English), or a dash."""
        return percent_words(self.share)

    @property
    def rounding(self) -> Text:
        """Say how the rate was rounded, and what truncation would print where that differs."""
        cut = percent(self.numerator, self.denominator, cut=True)
        if cut == self.share:
            return ROUNDING
        other = percent_words(cut)
        return Text(f"{ROUNDING.vi}; nếu cắt bỏ là {other.vi}", f"{ROUNDING.en}; truncated it would be {other.en}")

    @property
    def definition(self) -> Text:
        """Return what is divided by what."""
        return Text(f"{self.of.vi} / {self.over.vi}", f"{self.of.en} / {self.over.en}")

    @property
    def sentence(self) -> Text:
        """Return the whole figure in one line: "Đã trả lời: 18/25 = 72,0%, tính đến 30/09/2026"."""
        figure, day = f"{self.numerator}/{self.denominator}", plain_date(self.as_of)
        return Text(
            f"{self.label.vi}: {figure} = {self.printed.vi}, tính đến {day}",
            f"{self.label.en}: {figure} = {self.printed.en}, as of {day}",
        )


@dataclass(frozen=True, slots=True)
class Check:
    """Two numbers that must be equal, and whether they are."""

    code: str
    label: Text
    left: int
    right: int

    @property
    def holds(self) -> bool:
        """Tell whether the sums agree."""
        return self.left == self.right

    @property
    def says(self) -> Text:
        """Return the check with its outcome in words."""
        said = words.AGREES if self.holds else words.DIFFERS.fill(left=self.left, right=self.right)
        return Text(f"{self.label.vi}: {said.vi}", f"{self.label.en}: {said.en}")


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
    """One row: the council, an agency, a field, a locality, or all of them together."""

    key: str | None
    label: Text
    received: int
    own: int
    apart: tuple[Line, ...]
    times: tuple[Line, ...]
    outcomes: tuple[Line, ...]
    left_out: tuple[Line, ...]
    rates: tuple[Rate, ...]
    bridge: Bridge
    checks: tuple[Check, ...]
    notes: tuple[Text, ...]

    def number(self, code: str) -> int:
        """Return the number of one line by its code; raises KeyError."""
        lines = (*self.apart, *self.times, *self.outcomes, *self.left_out)
        return {"received": self.received, "own": self.own, **{line.code: line.number for line in lines}}[code]

    def rate(self, code: str) -> Rate:
        """Return one rate by its code: answered, handled, resolved, in_time, in_time_without_options."""
        return {rate.code: rate for rate in self.rates}[code]

    @property
    def no_due_date(self) -> int:
        """Return how many of the council's own have no known due date: stated, never hidden."""
        return sum(self.number(code) for code in WITHOUT_DUE_DATE)


@dataclass(frozen=True, slots=True)
class RateTable:
    """The rates of a period as of a day, row by row; the total counts each thing once."""

    title: Text
    by: By
    unit: Text
    counted: Text
    period: Period
    as_of: date
    bounds: Text
    scope: Text
    rows: tuple[RateRow, ...]
    total: RateRow
    rounding: Text
    own_choice: Text
    own_rate: str
    checks: tuple[Check, ...]

    @property
    def agrees(self) -> bool:
        """Tell whether every check of the table and of its rows holds."""
        return all(check.holds for row in (*self.rows, self.total) for check in row.checks) and all(
            check.holds for check in self.checks
        )


def row_of(tally: Tally, *, key: str | None, label: Text, by: By, as_of: date) -> RateRow:
    """Make a row of a tally: lines, rates, bridge and checks."""
    unit = words.UNITS[by]
    sample = words.BY_SAMPLE.fill(number=tally.by_sample, unit="{unit}")
    note = Text(sample.vi.format(unit=unit.vi), sample.en.format(unit=unit.en))
    return RateRow(
        key=key,
        label=label,
        received=tally.received,
        own=tally.own,
        apart=tuple(Line(p, PLACES[p], tally.places[p]) for p in APART),
        times=tuple(Line(t, label, tally.times[t]) for t, label in TIMES.items()),
        outcomes=tuple(Line(o, label, tally.outcomes[o]) for o, label in OUTCOMES.items()),
        left_out=tuple(Line(p, PLACES[p], tally.places[p]) for p in LEFT_OUT),
        rates=_rates(tally, by, as_of),
        bridge=_bridge(tally),
        checks=_checks(tally),
        notes=(note,) if tally.by_sample else (),
    )


def _rates(tally: Tally, by: By, as_of: date) -> tuple[Rate, ...]:
    handled = sum(tally.outcomes[o] for o in HANDLED)
    own = _said(words.OWN, by, more=words.OWN_MORE if by == "agency" else Text("", ""))
    found = [
        _rate(code, (number, tally.own), own, by, as_of)
        for code, number in (
            ("answered", tally.answered),
            ("handled", handled),
            ("resolved", tally.outcomes["resolved"]),
        )
    ]
    due = _said(words.DUE, by)
    for code, times in (("in_time", tally.times), ("in_time_without_options", tally.times_without_options)):
        over = times["in_time"] + times["late"] + times["overdue"]
        found.append(_rate(code, (times["in_time"], over), due, by, as_of))
    return tuple(found)


def _rate(code: str, share: tuple[int, int], over: Text, by: By, as_of: date) -> Rate:
    label, of = words.RATES[code]
    return Rate(code, label, *share, _said(of, by), over, as_of)


def _said(text: Text, by: By, *, more: Text | None = None) -> Text:
    unit, more = words.UNITS[by], more or Text("", "")
    return Text(text.vi.format(unit=unit.vi, more=more.vi), text.en.format(unit=unit.en, more=more.en))


def _bridge(tally: Tally) -> Bridge:
    def line(code: str, number: int) -> Line:
        return Line(code, words.RATES[code][0], number)

    steps = [Line(o, label, tally.outcomes[o]) for o, label in OUTCOMES.items() if o != "unanswered"]
    return Bridge(
        answered=line("answered", tally.answered),
        not_handled=tuple(step for step in steps if step.code not in HANDLED),
        handled=line("handled", sum(tally.outcomes[o] for o in HANDLED)),
        not_resolved=tuple(step for step in steps if step.code in HANDLED and step.code != "resolved"),
        resolved=line("resolved", tally.outcomes["resolved"]),
    )


def _checks(tally: Tally) -> tuple[Check, ...]:
    bridge = _bridge(tally)
    crossed = bridge.answered.number - _sum(bridge.not_handled) - _sum(bridge.not_resolved)
    pairs = {
        "received": (tally.received, tally.own + sum(tally.places[p] for p in APART)),
        "times": (tally.own, sum(tally.times.values())),
        "outcomes": (tally.own, sum(tally.outcomes.values())),
        "answered_times": (tally.answered, sum(tally.times[t] for t in ANSWERED_TIMES)),
        "answered_outcomes": (tally.answered, tally.own - tally.outcomes["unanswered"]),
        "bridge": (bridge.resolved.number, crossed),
    }
    return tuple(Check(code, words.CHECKS[code], left, right) for code, (left, right) in pairs.items())


def _sum(lines: Sequence[Line]) -> int:
    return sum(line.number for line in lines)
