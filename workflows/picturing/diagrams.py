"""A lifecycle as a Mermaid flowchart: states grouped by phase, moves as arrows, what follows by rule as dotted ones.

Corrections and moves that stay where they are would hide the rest: they stand in the table.
"""

from __future__ import annotations

from collections.abc import Iterator

from states.lifecycle import SAME, Lifecycle, State, Transition
from states.text import Language, Text
from states.vocabulary import Act, Phase

_BOTH_LANGUAGES = "<br/>"


def mermaid(lifecycle: Lifecycle, language: Language | None = None) -> str:
    """Return the flowchart, labels in `language` or, without one, in both."""
    lines = ["flowchart TD", *_states(lifecycle, language), *_births(lifecycle, language)]
    return "\n".join([*lines, *_moves(lifecycle, language), *_follows(lifecycle, language)]) + "\n"


def said(text: Text, language: Language | None) -> str:
    """Return a label for a diagram."""
    words = text.read(language) if language else f"{text.vi}{_BOTH_LANGUAGES}{text.en}"
    return words.replace('"', "”")


def _states(table: Lifecycle, language: Language | None) -> Iterator[str]:
    for phase in Phase:
        inside = [(name, state) for name, state in table.states.items() if state.phase is phase]
        if inside:
            yield f'    subgraph {phase.value}["{said(phase.label, language)}"]'
            yield from (f"        {_node(str(name), state, language)}" for name, state in inside)
            yield "    end"


def _node(name: str, state: State, language: Language | None) -> str:
    label = f'"{said(state.label, language)}"'
    return f"{name}([{label}])" if state.final else f"{name}[{label}]"


def _births(table: Lifecycle, language: Language | None) -> Iterator[str]:
    yield "    absent((( )))"
    for row in table.transitions:
        if not row.source:
            yield f'    absent -->|"{said(row.label, language)}"| {row.target}'


def _moves(table: Lifecycle, language: Language | None) -> Iterator[str]:
    """Draw one arrow for each pair of places, with everything that leads along it.

    A move that leaves every state of a phase is one arrow from the phase.
    """
    along: dict[tuple[str, str], list[str]] = {}
    for row in table.transitions:
        if row.source and row.target != SAME and row.act is Act.MOVE:
            for place in _places(table, row):
                along.setdefault((place, str(row.target)), []).append(said(row.label, language))
    for (source, target), labels in along.items():
        yield f'    {source} -->|"{_BOTH_LANGUAGES.join(dict.fromkeys(labels))}"| {target}'


def _places(table: Lifecycle, row: Transition) -> Iterator[str]:
    """Return where the arrows of a move begin: whole phases of several states, else single states."""
    sources = [str(s) for s in row.source if s != row.target]
    goal = table.states[row.target].phase
    for phase in Phase:
        inside = [str(name) for name, state in table.states.items() if state.phase is phase]
        leaving = [name for name in inside if name in sources]
        whole = phase is not goal and len(inside) > 1 and leaving == inside
        yield from [phase.value] if whole else leaving


def _follows(table: Lifecycle, language: Language | None) -> Iterator[str]:
    for rule in table.follows.rules if table.follows else ():
        for source in sorted(rule.within, key=list(table.states).index):
            yield f'    {source} -.->|"{said(rule.label, language)}"| {rule.target}'
