"""Makes the row of a table of a kind from what was counted: lines, rates and the checks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from states.lifecycle import Lifecycle
from states.text import Text
from workflows.rates.drawing import check, rate_of
from workflows.rates.of_kinds import words
from workflows.rates.of_kinds.meanings import DONE, DUE, LEFT_OUT, OWN, TIMES, WITHOUT_DUE_DATE, KindTally
from workflows.rates.of_kinds.tables import KindRateRow
from workflows.rates.tables import Line, Rate


def row_of(lifecycle: Lifecycle, tally: KindTally, *, key: str | None, label: Text, as_of: date) -> KindRateRow:
    """Return the row of `tally`."""
    counted, apart = tally.places[OWN], _in_order(lifecycle, lifecycle.rating.apart)
    lines = tuple(Line(s, lifecycle.states[s].label, tally.places[s]) for s in apart)
    return KindRateRow(
        key=key,
        label=label,
        received=tally.received,
        counted=counted,
        due=tally.sum(DUE),
        no_due_date=tally.sum(WITHOUT_DUE_DATE),
        apart=lines,
        times=tuple(Line(code, said, tally.times[code]) for code, said in TIMES.items()),
        left_out=tuple(Line(code, said, tally.places[code]) for code, said in LEFT_OUT.items()),
        rates=_rates(lifecycle, tally, as_of),
        checks=(
            check("received", tally.received, counted + sum(line.number for line in lines)),
            check("times", counted, tally.times.total()),
        ),
        notes=(words.BY_SAMPLE.fill(number=tally.by_sample),) if tally.by_sample else (),
    )


def _rates(lifecycle: Lifecycle, tally: KindTally, as_of: date) -> tuple[Rate, ...]:
    due, done = tally.sum(DUE), _said(lifecycle, lifecycle.rating.done)
    apart = _said(lifecycle, lifecycle.rating.apart)
    over_due = _over(words.DUE, words.APART, apart)
    shares = {
        "done_of_due": ((tally.sum(("in_time", "late")), due), over_due),
        "in_time_of_due": ((tally.times["in_time"], due), over_due),
        "done": ((tally.sum(DONE), tally.places[OWN]), _over(words.OF_ALL, words.ONLY_APART, apart)),
    }
    return tuple(
        rate_of(code, share, label=label, of=_fill(of, done=done), over=over, as_of=as_of)
        for code, (label, of) in words.RATES.items()
        for share, over in (shares[code],)
    )


def _over(said: Text, joined: Text, apart: Text) -> Text:
    return _fill(said, apart=_fill(joined, apart=apart) if apart.vi else apart)


def _fill(said: Text, **parts: Text) -> Text:
    vi = {name: part.vi for name, part in parts.items()}
    return Text(said.vi.format(**vi), said.en.format(**{name: part.en for name, part in parts.items()}))


def _said(lifecycle: Lifecycle, states: Iterable[str]) -> Text:
    """Return the labels of some states in quotes, in the order of the table."""
    labels = [lifecycle.states[s].label for s in _in_order(lifecycle, states)]
    return Text(", ".join(f"«{one.vi}»" for one in labels), ", ".join(f"“{one.en}”" for one in labels))


def _in_order(lifecycle: Lifecycle, states: Iterable[str]) -> list[str]:
    wanted = set(states)
    return [str(s) for s in lifecycle.states if s in wanted]
