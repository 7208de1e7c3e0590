"""The chain of a case: all it arose from and all that arose from it, as far as the reader may see, and a picture.

Links are followed both ways. A case leads to its contact round and to the topic in which it is answered together with
others; neither leads to its many petitions. A case that is hidden ends the chain there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from models.cases import Case, Link
from models.columns import table_of
from models.details import Petition
from models.units import Unit
from states.facts import Actor
from states.kinds import lifecycle_of
from states.text import Language
from states.vocabulary import LinkKind
from workflows import describing
from workflows.access import Seen
from workflows.views import Coded, coded
from workflows.visibility import visible

_case, _link, _petition = table_of(Case), table_of(Link), table_of(Petition)
MOST = 200
"""So many cases at the most; what would come after them is not followed, and the chain says so."""
_GIST = 80


@dataclass(frozen=True, slots=True)
class ChainCase:
    """One case of a chain; `gist` is how its text begins, or its name or place where it has none."""

    code: str
    kind: Coded
    state: Coded
    received_on: date | None
    final: bool
    gist: str | None


@dataclass(frozen=True, slots=True)
class ChainLink:
    """How one case hangs on another: `code` is committed in, repeats, was split from … `other`."""

    kind: Coded
    code: str
    other: str


@dataclass(frozen=True, slots=True)
class Chain:
    """The cases in the order in which they were received, undated ones last; `whole` is False where it was cut."""

    cases: tuple[ChainCase, ...]
    links: tuple[ChainLink, ...]
    whole: bool


def chain_of(unit: Unit, seen: Seen, *, actor: Actor) -> Chain:
    """Return the chain of a case; it costs a few statements for each step away from it, whatever its size."""
    rows: dict[UUID, Mapping[str, Any]] = _rows(unit, {seen.id}, actor)
    links: set[tuple[UUID, str, UUID]] = set()
    frontier, whole = {seen.id}, True
    while frontier:
        found = set(_links(unit, frontier, rows))
        beyond = {end for case, _, other in found for end in (case, other)} - rows.keys()
        whole = whole and len(rows) + len(beyond) <= MOST
        fresh = _rows(unit, set(sorted(beyond)[: MOST - len(rows)]), actor)
        links |= found
        rows |= fresh
        frontier = set(fresh)
    return _view(unit, rows, {link for link in links if link[0] in rows and link[2] in rows}, whole=whole)


def _rows(unit: Unit, ids: set[UUID], actor: Actor) -> dict[UUID, Mapping[str, Any]]:
    if not ids:
        return {}
    names = ("id", "code", "kind", "state", "received_on", "round_id")
    wanted = select(*(_case.c[name] for name in names)).where(_case.c.id.in_(sorted(ids)), visible(actor))
    return {row["id"]: dict(row) for row in unit.read(wanted).mappings()}


def _links(unit: Unit, ids: set[UUID], rows: Mapping[UUID, Mapping[str, Any]]) -> Iterator[tuple[UUID, str, UUID]]:
    """Yield the links that begin or end in `ids`, their contact rounds and their topics."""
    some = sorted(ids)
    wanted = select(_link.c.case_id, _link.c.kind, _link.c.other_id)
    for row in unit.read(wanted.where(or_(_link.c.case_id.in_(some), _link.c.other_id.in_(some)))):
        yield row.case_id, row.kind, row.other_id
    for key in some:
        if (round_id := rows[key]["round_id"]) is not None:
            yield key, LinkKind.RAISED_IN.value, round_id
    topics = select(_petition.c.case_id, _petition.c.topic_id).where(_petition.c.topic_id.is_not(None))
    for row in unit.read(topics.where(_petition.c.case_id.in_(some))):
        yield row.case_id, LinkKind.ANSWERED_TOGETHER.value, row.topic_id


def _view(
    unit: Unit, rows: Mapping[UUID, Mapping[str, Any]], links: set[tuple[UUID, str, UUID]], *, whole: bool
) -> Chain:
    gists = describing.gists_of(unit, sorted(rows), longest=_GIST)
    ordered = sorted(rows.values(), key=lambda row: (row["received_on"] or date.max, row["code"]))
    code = {key: str(row["code"]) for key, row in rows.items()}
    return Chain(
        tuple(_chain_case(row, gists.get(row["id"])) for row in ordered),
        tuple(
            ChainLink(coded(LinkKind(kind)), code[case], code[other])
            for case, kind, other in sorted(links, key=lambda link: (code[link[0]], link[1], code[link[2]]))
        ),
        whole,
    )


def _chain_case(row: Mapping[str, Any], gist: str | None) -> ChainCase:
    table = lifecycle_of(row["kind"])
    state = table.states[row["state"]]
    return ChainCase(
        row["code"],
        Coded(table.kind, table.label),
        Coded(row["state"], state.label),
        row["received_on"],
        state.final,
        gist,
    )


def mermaid(chain: Chain, language: Language) -> str:
    """Return the chain as a Mermaid flowchart: codes, kinds, states and days, no text of a petition."""
    lines = ["flowchart LR"]
    lines += [f"    {_name(case.code)}{_box(case, language)}" for case in chain.cases]
    lines += [
        f'    {_name(link.code)} -->|"{link.kind.label.read(language)}"| {_name(link.other)}' for link in chain.links
    ]
    return "\n".join(lines) + "\n"


def _name(code: str) -> str:
    return code.replace("-", "_")


def _box(case: ChainCase, language: Language) -> str:
    day = f"<br/>{case.received_on:%d/%m/%Y}" if case.received_on else ""
    said = f'"{case.kind.label.read(language)}<br/>{case.code}{day}<br/>{case.state.label.read(language)}"'
    return f"([{said}])" if case.final else f"[{said}]"
