"""Checks a lifecycle table as a whole: reachable, leavable, unambiguous, complete in both languages."""

from __future__ import annotations

from collections.abc import Iterator

from states.findings import Guard
from states.lifecycle import ABSENT, DAY, Edge, Lifecycle, On
from states.text import Text

EXCLUSIVE: frozenset[frozenset[str]] = frozenset(
    {
        frozenset({"result_is_final", "result_is_open"}),
        frozenset({"outcome_is_done", "outcome_is_short"}),
        frozenset({"study_is_pending", "no_study_is_pending"}),
        frozenset({"is_a_denunciation", "is_no_denunciation"}),
    }
)
"""Pairs of guards of which exactly one holds for any facts; a test proves each pair."""

_SUBJECTS = ("case.", "detail.", "referral.")


def faults(lifecycle: Lifecycle) -> tuple[str, ...]:
    """Return every fault of the table, empty when it is sound."""
    checks = (_unreachable, _stuck, _ambiguous, _unlabelled, _dangling, _badly_kept, _badly_rated)
    return tuple(fault for check in checks for fault in check(lifecycle))


def _unreachable(table: Lifecycle) -> Iterator[str]:
    follows = [(s, rule.target) for rule in (table.follows.rules if table.follows else ()) for s in rule.within]
    steps = {(e.source, e.target) for e in table.edges} | set(follows)
    reached, frontier = {ABSENT}, {ABSENT}
    while frontier:
        frontier = {target for source, target in steps if source in frontier} - reached
        reached |= frontier
    yield from (f"state {state} is never reached" for state in table.states if state not in reached)


def _stuck(table: Lifecycle) -> Iterator[str]:
    leaving = {e.source for e in table.edges if e.target != e.source}
    leaving |= {s for rule in (table.follows.rules if table.follows else ()) for s in rule.within}
    for state, meaning in table.states.items():
        if not meaning.final and state not in leaving:
            yield f"state {state} is not final and has no way out"


def _ambiguous(table: Lifecycle) -> Iterator[str]:
    for (source, trigger), edges in table.edges_from.items():
        for i, one in enumerate(edges):
            for other in edges[i + 1 :]:
                if not _exclude_each_other(one, other):
                    yield f"{source}.{trigger} has two edges whose guards may both hold"


def _exclude_each_other(one: Edge, other: Edge) -> bool:
    return any(
        frozenset({a.code, b.code}) in EXCLUSIVE for a in one.row.when for b in other.row.when if a.code != b.code
    )


def _unlabelled(table: Lifecycle) -> Iterator[str]:
    named: list[tuple[str, Text]] = [(f"state {s}", m.label) for s, m in table.states.items()]
    for row in table.transitions:
        named += [(f"trigger {row.trigger}", row.label), (f"help of {row.trigger}", row.help)]
        guards: tuple[Guard, ...] = (row.who, *row.when, *row.warns)
        named += [(f"guard {g.code}", text) for g in guards for text in (g.holds, g.fails)]
        for name, info in row.needs.model_fields.items():
            extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
            named.append((f"field {row.trigger}.{name}", Text(info.title or "", str(extra.get("label_en", "")))))
    yield from (f"{what} lacks a label" for what, text in named if not text.vi.strip() or not text.en.strip())


def _dangling(table: Lifecycle) -> Iterator[str]:
    known = {ABSENT, *table.states}
    for edge in table.edges:
        yield from (f"{edge.row.trigger} names no state {s}" for s in (edge.source, edge.target) if s not in known)
    for row in table.transitions:
        if row.each_referral and (table.referral is None or table.referral.row(row.each_referral) is None):
            yield f"{row.trigger} fires {row.each_referral}, which referrals do not have"
        own = {wanted.trigger for wanted in row.proposes if wanted.on is On.SELF}
        yield from (f"{row.trigger} proposes {t}, which is no trigger" for t in sorted(own) if table.row(t) is None)
    if table.start not in {e.target for e in table.edges if e.source == ABSENT}:
        yield f"nothing is born in {table.start}"


def _badly_kept(table: Lifecycle) -> Iterator[str]:
    for row in table.transitions:
        columns = (*(row.keeps or {}), *(row.fixes or {}), *row.counts, *(row.adds or {}))
        yield from (f"{row.trigger} keeps {c}, which names no table" for c in columns if not c.startswith(_SUBJECTS))
        wanted = ((row.keeps or {}).values(), (row.adds or {}).values(), row.names or {})
        for field in (name for names in wanted for name in names):
            if field not in row.needs.model_fields and field != DAY:
                yield f"{row.trigger} keeps {field}, which its entry does not have"


def _badly_rated(table: Lifecycle) -> Iterator[str]:
    rated = table.rating
    sorts = {"done": rated.done, "partly": rated.partly, "apart": rated.apart}
    counted = [state for states in sorts.values() for state in states]
    yield from (f"{sort} names no state {s}" for sort, states in sorts.items() for s in states if s not in table.states)
    yield from (f"{s} is counted twice" for s in table.states if counted.count(s) > 1)
    yield from (f"{s} is counted although it is void" for s in counted if s == table.void or s in table.merged)
