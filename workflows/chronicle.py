"""The chain of a case told day by day: every event with its dates and both hands, and the law beside each.

What ran out unheeded stands among the events, on the day on which it did: nobody decided or recorded that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from models.units import Unit
from states.facts import Actor
from states.reckoning import ClockState
from states.text import Text
from workflows import access, chaining, clocks, narrating
from workflows.access import Seen
from workflows.clocks import ClockView
from workflows.narrating import EventView
from workflows.views import AgencyName, Coded, PersonName, Words

Fact = Literal["starts", "met", "met_late", "runs_out"]
_FACTS: dict[Fact, Text] = {
    "starts": Text("bắt đầu thời hạn, đến hết ngày {due}", "starts the limit, until {due}"),
    "met": Text("đúng hạn {due}", "in time, due on {due}"),
    "met_late": Text("chậm so với hạn {due}", "late, was due on {due}"),
    "runs_out": Text("hết hạn ngày {due}", "was due on {due}"),
}
_NO_DAY = Text("chưa xác định", "an unknown day")


@dataclass(frozen=True, slots=True)
class Law:
    """What an event does to a time limit, and on whose authority: regulation, article, how far it is relied upon."""

    limit: Words
    fact: Fact
    words: Words
    due_on: date | None
    regulation: str
    citation: str
    status: Coded
    effect: Coded


@dataclass(frozen=True, slots=True)
class ChronicleStep:
    """One line: what happened to which case on which day; who decided, who recorded it and when; paper and law.

    Without hands, a time limit ran out on that day.
    """

    code: str
    kind: Coded
    on: date | None
    what: Words
    towards: AgencyName | None
    decided_by: AgencyName | None
    person: str | None
    recorded_by: PersonName | None
    recorded_at: datetime | None
    paper: str | None
    law: tuple[Law, ...]


@dataclass(frozen=True, slots=True)
class Chronicle:
    """All lines of a chain by day; `whole` is False where the chain was cut."""

    steps: tuple[ChronicleStep, ...]
    whole: bool


def chronicle_of(unit: Unit, seen: Seen, *, actor: Actor) -> Chronicle:
    """Return the chain of a case day by day, as far as `actor` may see it."""
    chain = chaining.chain_of(unit, seen, actor=actor)
    cases = access.cases(unit, codes=(one.code for one in chain.cases), actor=actor)
    found = [item for one in cases.values() for item in _of_case(unit, one, actor)]
    return Chronicle(tuple(step for _, step in sorted(found, key=lambda item: item[0])), chain.whole)


_Place = tuple[date, bool, datetime, str, int]
"""Where a line stands: by day, on its day after all events if it ran out, by instant, code and number."""


def _of_case(unit: Unit, seen: Seen, actor: Actor) -> Iterator[tuple[_Place, ChronicleStep]]:
    limits = clocks.clock_views(unit, seen, superseded=True)
    kind, code = Coded(seen.lifecycle.kind, seen.lifecycle.label), str(seen.row["code"])
    for event in narrating.story(unit, seen, actor=actor):
        day = event.occurred_on or event.recorded_at.date()
        yield (day, False, event.recorded_at, code, event.seq), _step(kind, code, event, limits)
    for clock in limits:
        if clock.due_on is not None and _ran_out(clock, unit.today):
            ending = ChronicleStep(
                code, kind, clock.due_on, Text(f"Quá hạn: {clock.limit.label.vi}", f"Overdue: {clock.limit.label.en}"),
                clock.agency, None, None, None, None, None, (_law(clock, "runs_out"),),
            )  # fmt: skip
            yield (clock.due_on, True, datetime.min.replace(tzinfo=seen.row["created_at"].tzinfo), code, 0), ending


def _ran_out(clock: ClockView, today: date) -> bool:
    """Tell whether the last day of a limit that still holds passed before it was met."""
    if clock.superseded_seq is not None or clock.due_on is None or clock.state.code == ClockState.CANCELLED:
        return False
    return clock.due_on < (clock.met_on or today) and clock.paused_since is None and not clock.provisional


def _step(kind: Coded, code: str, event: EventView, limits: Sequence[ClockView]) -> ChronicleStep:
    paper = event.document
    issued = f"{paper.issued_on:%d/%m/%Y}" if paper and paper.issued_on else None
    named = ", ".join(part for part in (paper.number if paper else None, issued) if part)
    return ChronicleStep(
        code=code,
        kind=kind,
        on=event.occurred_on,
        what=event.trigger.label,
        towards=event.referral.agency if event.referral else None,
        decided_by=event.decided_by.agency,
        person=event.decided_by.person,
        recorded_by=event.recorded_by,
        recorded_at=event.recorded_at,
        paper=named or None,
        law=() if event.taken_back else tuple(_laws(event.seq, limits)),
    )


def _laws(seq: int, limits: Sequence[ClockView]) -> Iterator[Law]:
    """Yield what the event numbered `seq` did to the limits of its case."""
    for clock in limits:
        if clock.start_seq == seq and clock.superseded_seq is None:
            yield _law(clock, "starts")
        if clock.met_seq == seq:
            late = clock.due_on is not None and clock.met_on is not None and clock.met_on > clock.due_on
            yield _law(clock, "met_late" if late else "met")


def _law(clock: ClockView, fact: Fact) -> Law:
    due = Text(*(f"{clock.due_on:%d/%m/%Y}",) * 2) if clock.due_on is not None else _NO_DAY
    said = Text(_FACTS[fact].vi.format(due=due.vi), _FACTS[fact].en.format(due=due.en))
    held = clock.regulation
    return Law(clock.limit.label, fact, said, clock.due_on, held.title, held.citation, held.status, held.effect)
