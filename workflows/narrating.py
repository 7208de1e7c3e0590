"""The story of a case: each event with both dates, both hands, its paper and, for those who may read, its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, get_args
from uuid import UUID

from sqlalchemy import select

from models.cases import TextVersion
from models.columns import table_of
from models.units import Unit
from states.facts import Actor
from states.labelled import Labelled
from states.lifecycle import ABSENT, Lifecycle, Transition
from states.milestones import LABELS as MILESTONES
from states.milestones import Milestone
from states.text import Text
from states.vocabulary import Named, ReckonCause
from states.wording import field_label
from workflows import correcting, papers
from workflows.access import Seen
from workflows.folding import Effective, effective, find_row
from workflows.papers import PaperView
from workflows.views import (
    AgencyName,
    Coded,
    PersonName,
    Words,
    accounts_named,
    agencies_named,
    codes_of,
    people_named,
)

_text = table_of(TextVersion)


@dataclass(frozen=True, slots=True)
class Side:
    """Which referral an event moved, from where to where."""

    id: UUID
    agency: AgencyName
    from_state: Coded | None
    to_state: Coded


@dataclass(frozen=True, slots=True)
class Decided:
    """Who decided or signed: body, person, capacity."""

    agency: AgencyName | None
    person: str | None
    capacity: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """One field of an entry: its label, its value and, of a closed list, the words of the value.

    `withheld`: words that this reader may not see, or that were erased.
    """

    label: Words
    value: Any
    words: Words | None = None
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class EventView:
    """One event. `occurred_on` is the right day, `written_on` the day first entered where a correction changed it.

    `old_register`: taken over from a register that the office kept before.
    """

    seq: int
    act: str
    trigger: Coded
    from_state: Coded | None
    to_state: Coded
    referral: Side | None
    occurred_on: date | None
    written_on: date | None
    recorded_at: datetime
    decided_by: Decided
    recorded_by: PersonName
    document: PaperView | None
    milestones: tuple[Coded, ...]
    entry: Mapping[str, Told]
    corrects_seq: int | None
    undoes_seq: int | None
    taken_back: bool
    old_register: bool
    hash: str


@dataclass(frozen=True, slots=True)
class _Names:
    """What identifiers of the story stand for."""

    agencies: Mapping[UUID, AgencyName]
    accounts: Mapping[UUID, PersonName]
    people: Mapping[UUID, str]
    papers: Mapping[UUID, PaperView]
    texts: Mapping[UUID, str | None]
    codes: Mapping[UUID, str]


def story(unit: Unit, seen: Seen, *, actor: Actor) -> tuple[EventView, ...]:
    """Return the events of a case in order of sequence, corrections in force, nothing left out."""
    raw = correcting.events_of(unit, seen)
    written = {row["seq"]: row["occurred_on"] for row in raw}
    items = effective(raw)
    names = _names(unit, seen, items, actor)
    reads = _reader(seen, actor)
    return tuple(_event(seen, item, names, written[item.event["seq"]], reads) for item in items)


def _reader(seen: Seen, actor: Actor) -> Callable[[Mapping[str, Any]], bool]:
    """Return who may read the words of an event: the council's own people; an addressee those of its own referrals."""
    inside = actor.operator or any(g.council_side and g.council == seen.setting.council for g in actor.grants)
    theirs = {r["id"] for r in seen.referrals if {r["agency_id"], r["lead_id"]} & actor.agencies()}

    def may_read(event: Mapping[str, Any]) -> bool:
        return inside or event["seq"] == 1 or event["referral_id"] in theirs

    return may_read


def _event(
    seen: Seen, item: Effective, names: _Names, written: date | None, may_read: Callable[[Mapping[str, Any]], bool]
) -> EventView:
    event, table = item.event, _table(seen, item.event)
    row = _row(seen, event)
    label = row.label if row else ReckonCause(event["trigger"]).label
    states = seen.lifecycle.states
    came = event["from_state"]
    return EventView(
        seq=event["seq"],
        act=event["act"],
        trigger=Coded(event["trigger"], label),
        from_state=Coded(came, states[came].label) if came and came != ABSENT else None,
        to_state=Coded(event["to_state"], states[event["to_state"]].label),
        referral=_side(seen, event, table, names),
        occurred_on=event["occurred_on"],
        written_on=written if written != event["occurred_on"] else None,
        recorded_at=event["recorded_at"],
        decided_by=Decided(
            names.agencies.get(event["decided_by"]),
            names.people.get(event["decided_person"]),
            event["decided_capacity"],
        ),
        recorded_by=names.accounts[event["recorded_by"]],
        document=names.papers.get(event["document_id"]),
        milestones=tuple(Coded(m, MILESTONES[Milestone(m)]) for m in event["milestones"].split()),
        entry=_entry(item, row, names, readable=may_read(event)),
        corrects_seq=event["corrects_seq"],
        undoes_seq=event["undoes_seq"],
        taken_back=item.taken_back,
        old_register=bool(item.payload.get("old_register")),
        hash=event["hash"],
    )


def _table(seen: Seen, event: Mapping[str, Any]) -> Lifecycle:
    return seen.lifecycle.referral if event["referral_id"] is not None and seen.lifecycle.referral else seen.lifecycle


def _row(seen: Seen, event: Mapping[str, Any]) -> Transition | None:
    table = _table(seen, event)
    ends = ("referral_from", "referral_to") if table is not seen.lifecycle else ("from_state", "to_state")
    return find_row(table, event["trigger"], event[ends[0]], event[ends[1]])


def _side(seen: Seen, event: Mapping[str, Any], table: Lifecycle, names: _Names) -> Side | None:
    if event["referral_id"] is None:
        return None
    agency = next(r["agency_id"] for r in seen.referrals if r["id"] == event["referral_id"])
    came = event["referral_from"]
    return Side(
        event["referral_id"],
        names.agencies[agency],
        Coded(came, table.states[came].label) if came else None,
        Coded(event["referral_to"], table.states[event["referral_to"]].label),
    )


def _entry(item: Effective, row: Transition | None, names: _Names, *, readable: bool) -> dict[str, Told]:
    """Return what was entered, identifiers as codes and references as the words behind them."""
    if row is None:
        return {}
    return {
        name: _told(row, name, value, names, readable=readable)
        for name, value in item.payload.get("entry", {}).items()
        if name in row.needs.model_fields
    }


def _told(row: Transition, name: str, value: Any, names: _Names, *, readable: bool) -> Told:
    label = field_label(row.needs, name)
    if name in row.needs.prose_fields:
        body = names.texts.get(UUID(value["text"])) if readable else None
        return Told(label, body, withheld=body is None)
    if row.names and name in row.names:
        many = [names.codes.get(UUID(i)) for i in (value if isinstance(value, list) else [value])]
        shown = [code for code in many if code is not None]
        return Told(
            label, shown if isinstance(value, list) else next(iter(shown), None), withheld=len(shown) < len(many)
        )
    return Told(label, value, _words_of(row, name, value))


def _words_of(row: Transition, name: str, value: Any) -> Text | None:
    """Return the label of a value that comes from a closed list."""
    annotation = row.needs.model_fields[name].annotation
    kinds = [k for k in (annotation, *get_args(annotation)) if isinstance(k, type) and issubclass(k, Labelled)]
    return kinds[0](value).label if kinds and isinstance(value, str) else None


def _names(unit: Unit, seen: Seen, items: Sequence[Effective], actor: Actor) -> _Names:
    events = [item.event for item in items]
    agencies = [e["decided_by"] for e in events] + [r["agency_id"] for r in seen.referrals]
    return _Names(
        agencies=agencies_named(unit, agencies),
        accounts=accounts_named(unit, [e["recorded_by"] for e in events]),
        people=people_named(unit, [e["decided_person"] for e in events]),
        papers={paper.id: paper for paper in papers.of_case(unit, seen)},
        texts={r.id: r.body for r in unit.read(select(_text.c.id, _text.c.body).where(_text.c.case_id == seen.id))},
        codes=_codes(unit, seen, items, actor),
    )


def _codes(unit: Unit, seen: Seen, items: Sequence[Effective], actor: Actor) -> dict[UUID, str]:
    wanted: dict[Named, set[UUID]] = {}
    for item in items:
        for what, key in _named(item, _row(seen, item.event)):
            wanted.setdefault(what, set()).add(key)
    return {k: code for what, ids in wanted.items() for k, code in codes_of(unit, what, ids, actor=actor).items()}


def _named(item: Effective, row: Transition | None) -> Iterator[tuple[Named, UUID]]:
    entry = item.payload.get("entry", {})
    for name, what in ((row.names if row else None) or {}).items():
        value = entry.get(name)
        for key in value if isinstance(value, list) else [value]:
            if key is not None:
                yield what, UUID(key)
