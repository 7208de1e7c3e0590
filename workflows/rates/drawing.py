"""Makes the row of a table from what was counted: lines, rates, the bridge between them, and the checks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

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
from workflows.rates.printing import percent, percent_words, rounding
from workflows.rates.tables import Bridge, Check, Line, Rate, RateRow
from workflows.rates.tallies import Tally


def row_of(tally: Tally, *, key: str | None, label: Text, by: By, as_of: date) -> RateRow:
    """Return the row of `tally`."""
    return RateRow(
        key=key,
        label=label,
        received=tally.received,
        own=tally.own,
        no_due_date=sum(tally.times[t] for t in WITHOUT_DUE_DATE),
        apart=tuple(Line(p, PLACES[p], tally.places[p]) for p in APART),
        times=tuple(Line(t, said, tally.times[t]) for t, said in TIMES.items()),
        outcomes=tuple(Line(o, said, tally.outcomes[o]) for o, said in OUTCOMES.items()),
        left_out=tuple(Line(p, PLACES[p], tally.places[p]) for p in LEFT_OUT),
        rates=_rates(tally, by, as_of),
        bridge=_bridge(tally),
        checks=_checks(tally),
        notes=(_said(words.BY_SAMPLE, by, number=tally.by_sample),) if tally.by_sample else (),
    )


def check(code: str, left: int, right: int) -> Check:
    """Hold two numbers against each other and say the outcome."""
    said = words.AGREES if left == right else words.DIFFERS.fill(left=left, right=right)
    label = words.CHECKS[code]
    return Check(code, left, right, left == right, Text(f"{label.vi}: {said.vi}", f"{label.en}: {said.en}"))


def _rates(tally: Tally, by: By, as_of: date) -> tuple[Rate, ...]:
    handled = sum(tally.outcomes[o] for o in HANDLED)
    of_all = {"answered": tally.answered, "handled": handled, "resolved": tally.outcomes["resolved"]}
    own = _said(words.OWN_REFERRALS if by == "agency" else words.OWN, by)
    found = [_rate(code, (number, tally.own), own, by, as_of) for code, number in of_all.items()]
    due = _said(words.DUE, by)
    for code, times in (("in_time", tally.times), ("in_time_without_options", tally.times_without_options)):
        over = times["in_time"] + times["late"] + times["overdue"]
        found.append(_rate(code, (times["in_time"], over), due, by, as_of))
    return tuple(found)


def _rate(code: str, share: tuple[int, int], over: Text, by: By, as_of: date) -> Rate:
    label, of = words.RATES[code]
    return rate_of(code, share, label=label, of=_said(of, by), over=over, as_of=as_of)


def rate_of(code: str, share: tuple[int, int], *, label: Text, of: Text, over: Text, as_of: date) -> Rate:
    """Return a share (numerator, denominator) with the words of both: what is counted `of`, what it is divided by."""
    numerator, denominator = share
    found = percent(numerator, denominator)
    printed, figure, day = percent_words(found), f"{numerator}/{denominator}", plain_date(as_of)
    return Rate(
        code=code,
        label=label,
        numerator=numerator,
        denominator=denominator,
        percent=None if found is None else float(found),
        printed=printed,
        definition=Text(f"{of.vi} / {over.vi}", f"{of.en} / {over.en}"),
        rounding=rounding(numerator, denominator),
        as_of=as_of,
        sentence=Text(
            f"{label.vi}: {figure} = {printed.vi}, tính đến {day}",
            f"{label.en}: {figure} = {printed.en}, as of {day}",
        ),
    )


def _said(text: Text, by: By, **values: object) -> Text:
    unit = words.UNITS[by]
    return Text(text.vi.format(unit=unit.vi, **values), text.en.format(unit=unit.en, **values))


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
    return (
        check("received", tally.received, tally.own + sum(tally.places[p] for p in APART)),
        check("times", tally.own, sum(tally.times.values())),
        check("outcomes", tally.own, sum(tally.outcomes.values())),
        check("answered_times", tally.answered, sum(tally.times[t] for t in ANSWERED_TIMES)),
        check("answered_outcomes", tally.answered, tally.own - tally.outcomes["unanswered"]),
        check("bridge", bridge.resolved.number, crossed),
    )


def _sum(lines: Iterable[Line]) -> int:
    return sum(line.number for line in lines)
