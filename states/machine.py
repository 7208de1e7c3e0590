"""The engine: resolves (state, trigger) to a target with `transitions`, collecting every condition.

`transitions` stops at the first failing condition by itself; so each edge has exactly one condition, an evaluator of
ours that looks at all of them and remembers what it found. One machine per lifecycle is shared by all threads; a tiny
carrier holds what belongs to one decision.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from pydantic import ValidationError
from transitions import EventData, Machine

from states.entries import Entry
from states.errors import BadInput, Refused, UnknownTrigger
from states.facts import Facts
from states.findings import Finding, Reads
from states.lifecycle import ABSENT, Edge, Lifecycle, Transition
from states.text import Text
from states.wording import problems_of


@dataclass(frozen=True, slots=True)
class Decision:
    """An accepted trigger: where it leads, what was found, what to mark."""

    lifecycle: Lifecycle
    row: Transition
    from_state: str
    to_state: str
    findings: tuple[Finding, ...]
    warnings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """One trigger as the case stands: may it be done, what holds, what fails, what it needs."""

    trigger: str
    label: Text
    help: Text
    allowed: bool
    findings: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    needs: type[Entry]
    targets: tuple[str, ...]


@dataclass(slots=True)
class _Carrier:
    """What one decision carries through the shared machine."""

    state: str
    facts: Facts
    tried: list[tuple[Edge, tuple[Finding, ...]]] = field(default_factory=list)


class _Evaluator:
    """The single condition of an edge: evaluates every guard of it and never stops early."""

    def __init__(self, edge: Edge) -> None:
        self._edge = edge

    def __call__(self, event: EventData) -> bool:
        carrier = cast("_Carrier", event.model)
        findings = tuple(guard.look(carrier.facts) for guard in (self._edge.row.who, *self._edge.row.when))
        carrier.tried.append((self._edge, findings))
        return all(f.holds for f in findings)


_machines: dict[int, tuple[Lifecycle, Machine]] = {}


def _machine(table: Lifecycle) -> Machine:
    known = _machines.get(id(table))
    if known is not None and known[0] is table:
        return known[1]
    machine = Machine(
        model=None, states=[ABSENT, *map(str, table.states)], initial=ABSENT, auto_transitions=False, send_event=True
    )
    for edge in table.edges:
        machine.add_transition(edge.row.trigger, str(edge.source), str(edge.target), conditions=_Evaluator(edge))
    _machines[id(table)] = (table, machine)
    return machine


def decide(lifecycle: Lifecycle, facts: Facts, trigger: str, *, state: str) -> Decision:
    """Fire `trigger` in `state`, or refuse with every condition that fails and every one that holds.

    Pure: nothing is written. Raises: UnknownTrigger when no row leaves `state`, Refused when a condition fails.
    """
    edges = lifecycle.edges_from.get((state, trigger))
    if not edges:
        raise _unknown(lifecycle, trigger, state)
    carrier = _Carrier(state, facts)
    machine = _machine(lifecycle)
    if not machine.events[trigger].trigger(carrier):
        raise _refusal(carrier)
    edge, findings = carrier.tried[-1]
    warnings = tuple(w for w in (guard.look(facts) for guard in edge.row.warns) if w.holds is False)
    return Decision(lifecycle, edge.row, edge.source, edge.target, findings, warnings)


def offers(lifecycle: Lifecycle, facts: Facts, *, state: str) -> tuple[Offer, ...]:
    """Say for each trigger that leaves `state` whether it may be fired, with the same guards as `decide`.

    Guards that read the entry stay open (None) until something is entered.
    """
    return tuple(_offer(lifecycle.edges_from[(state, t)], facts) for t in lifecycle.offered(state))


def read_entry(row: Transition, raw: Mapping[str, Any]) -> Entry:
    """Validate what a person entered for `row`.

    Raises: BadInput naming each field, what is wrong with it and what to do.
    """
    try:
        return row.needs.model_validate(raw)
    except ValidationError as error:
        raise BadInput(problems_of(row.needs, error)) from error


def _offer(edges: Sequence[Edge], facts: Facts) -> Offer:
    row = edges[0].row
    shared = [g for g in (row.who, *row.when) if all(g in (e.row.who, *e.row.when) for e in edges)]
    findings = tuple(g.look(facts) for g in shared)
    warnings = tuple(w.look(facts) for w in row.warns if w.reads is Reads.CASE)
    return Offer(
        row.trigger,
        row.label,
        row.help,
        all(f.holds is not False for f in findings),
        findings,
        tuple(w for w in warnings if w.holds is False),
        row.needs,
        tuple(dict.fromkeys(e.target for e in edges)),
    )


def _refusal(carrier: _Carrier) -> Refused:
    edge, findings = min(carrier.tried, key=lambda tried: sum(f.holds is False for f in tried[1]))
    failed = [f for f in findings if f.holds is False]
    text = Text("Chưa làm được: ", "Not possible yet: ")
    text = Text(text.vi + "; ".join(f.text.vi for f in failed), text.en + "; ".join(f.text.en for f in failed))
    return Refused(text, trigger=edge.row.trigger, findings=findings)


def _unknown(lifecycle: Lifecycle, trigger: str, state: str) -> UnknownTrigger:
    row = lifecycle.row(trigger)
    where = lifecycle.states[state].label if state in lifecycle.states else Text("chưa có", "absent")
    if row is None:
        known = ", ".join(lifecycle.triggers)
        sentence = Text(
            f"«{lifecycle.label.vi}» không có việc «{trigger}»; các việc có: {known}",
            f"“{lifecycle.label.en}” has no trigger “{trigger}”; it has: {known}",
        )
    else:
        sentence = Text(
            f"Chưa làm được «{row.label.vi}»: đang ở «{where.vi}»",
            f"“{row.label.en}” is not possible in “{where.en}”",
        )
    holds = Text("Đúng bước để làm việc này", "The case is at the step for this")
    finding = Finding("right_state", sentence if row else holds, holds=False)
    return UnknownTrigger(sentence, trigger=trigger, findings=(finding,))
