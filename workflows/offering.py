"""What may be done with a case: each trigger with what holds, what fails and how to mend it, and the form it needs.

It runs the same guards as doing it.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import select

from models.cases import Case
from models.columns import table_of
from models.units import Unit
from states.answers import PARTS
from states.entries import DocumentSlip, Entry, Petitioner
from states.facts import Actor
from states.findings import Finding
from states.kinds import lifecycle_of
from states.labelled import Labelled
from states.lifecycle import Transition
from workflows import moving
from workflows.access import Seen
from workflows.moving import OfferOn
from workflows.noticing.entering import Entered
from workflows.orders import Moved
from workflows.views import AgencyName, Coded, Words, agencies_named, coded

_case = table_of(Case)
_DROPPED = ("prose", "term", "description")


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition in the words people read; `mend` says what to do about one that fails."""

    code: str
    text: Words
    mend: Words | None


@dataclass(frozen=True, slots=True)
class OfferView:
    """One trigger as the case stands. `pending` conditions are looked at when the form is filled in."""

    trigger: str
    label: Words
    help: Words
    referral: UUID | None
    agency: AgencyName | None
    allowed: bool
    targets: tuple[Coded, ...]
    holds: tuple[Condition, ...]
    fails: tuple[Condition, ...]
    pending: tuple[Condition, ...]
    warnings: tuple[Condition, ...]
    form: Mapping[str, Any]


def offer_views(unit: Unit, seen: Seen, *, actor: Actor) -> tuple[OfferView, ...]:
    """Return what may be done with the case and each of its referrals."""
    names = agencies_named(unit, [r["agency_id"] for r in seen.referrals])
    agencies = {r["id"]: names[r["agency_id"]] for r in seen.referrals}
    return tuple(_view(seen, item, agencies) for item in moving.offers(unit, seen, actor=actor))


@dataclass(frozen=True, slots=True)
class MovedView:
    """What a move did: the new version and state, its events, what to mind and what an answer lacks."""

    code: str
    version: int
    state: Coded
    events: tuple[int, ...]
    referrals: tuple[UUID, ...]
    warnings: tuple[Condition, ...]
    missing: tuple[Coded, ...]


@dataclass(frozen=True, slots=True)
class SplitView:
    """What a split did: the case that stays, and the cases made of its other parts."""

    stays: MovedView
    born: tuple[MovedView, ...]


@dataclass(frozen=True, slots=True)
class LineView:
    """What became of one line of a notice; `task` is the case made of it, None of an orientation."""

    number: int
    kind: Coded
    task: MovedView | None


@dataclass(frozen=True, slots=True)
class LinesView:
    """What entering a notice did: the meeting, and a result for each line."""

    meeting: MovedView
    lines: tuple[LineView, ...]


def moved_view(unit: Unit, moved: Moved) -> MovedView:
    """Return what a move did in the words of its case's lifecycle."""
    kind = unit.read(select(_case.c.kind).where(_case.c.id == moved.case_id)).scalar_one()
    return MovedView(
        moved.code,
        moved.seq,
        Coded(str(moved.state), lifecycle_of(kind).states[moved.state].label),
        moved.events,
        moved.referrals,
        conditions(moved.warnings, holds=False),
        tuple(Coded(part, PARTS[part]) for part in moved.missing),
    )


def conditions(findings: tuple[Finding, ...], *, holds: bool | None) -> tuple[Condition, ...]:
    """Return those findings that stand at `holds`."""
    return tuple(Condition(f.code, f.text, f.mend) for f in findings if f.holds is holds)


def _view(seen: Seen, item: OfferOn, agencies: Mapping[UUID, AgencyName]) -> OfferView:
    offer = item.offer
    table = seen.lifecycle if item.referral is None else (seen.lifecycle.referral or seen.lifecycle)
    row = next(r for r in table.transitions if r.trigger == offer.trigger)
    return OfferView(
        trigger=offer.trigger,
        label=offer.label,
        help=offer.help,
        referral=item.referral,
        agency=agencies[item.referral] if item.referral else None,
        allowed=offer.allowed,
        targets=tuple(Coded(str(t), table.states[t].label) for t in offer.targets),
        holds=conditions(offer.findings, holds=True),
        fails=conditions(offer.findings, holds=False),
        pending=conditions(offer.findings, holds=None),
        warnings=conditions(offer.warnings, holds=False),
        form=form_of(row),
    )


def form_of(row: Transition) -> dict[str, Any]:
    """Return the fields that `row` needs as JSON Schema; `title` is Vietnamese, `title_en` English.

    `choices` gives the words of each value of a closed list, `names` says what a code in the field names.
    """
    form = schema_of(row.needs)
    for name, what in (row.names or {}).items():
        form["properties"][name]["names"] = what.value
    return form


def schema_of(entry: type[Entry]) -> dict[str, Any]:
    """Return the JSON Schema of an entry with the labels of both languages."""
    return deepcopy(_schema(entry))


@cache
def _schema(entry: type[Entry]) -> dict[str, Any]:
    schema = entry.model_json_schema()
    return _object(schema, schema.pop("$defs", {}))


def _object(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name: _property(info, definitions) for name, info in schema.get("properties", {}).items()},
        "required": schema.get("required", []),
        "additionalProperties": False,
    }


def _property(info: Mapping[str, Any], definitions: Mapping[str, Any]) -> dict[str, Any]:
    found = {k: v for k, v in _inlined(info, definitions).items() if k not in _DROPPED}
    if "label_en" in found:
        found["title_en"] = found.pop("label_en")
    return found


def _inlined(info: Any, definitions: Mapping[str, Any]) -> Any:
    """Put every definition in its place: a form is read by itself."""
    if isinstance(info, list):
        return [_inlined(item, definitions) for item in info]
    if not isinstance(info, Mapping):
        return info
    rest = {k: _inlined(v, definitions) for k, v in info.items() if k != "$ref"}
    if "$ref" not in info:
        return rest
    name = str(info["$ref"]).rsplit("/", 1)[-1]
    words = next((words for words in Labelled.__subclasses__() if words.__name__ == name), None)
    if words is None:
        return {**_object(definitions[name], definitions), **rest}
    return {"type": "string", "enum": [m.value for m in words], "choices": choices_of(words), **rest}


def choices_of(words: type[Labelled]) -> dict[str, dict[str, str]]:
    """Return the words of each value of a vocabulary."""
    return {member.value: {"vi": member.label.vi, "en": member.label.en} for member in words}


def common_forms() -> dict[str, Any]:
    """Return the forms that any move may carry besides its own: the paper and the petitioner."""
    return {"document": schema_of(DocumentSlip), "petitioner": schema_of(Petitioner)}


def lines_view(unit: Unit, done: Entered) -> LinesView:
    """Return what entering a notice did, line by line."""
    lines = tuple(
        LineView(line.number, coded(line.kind), moved_view(unit, line.task) if line.task else None)
        for line in done.lines
    )
    return LinesView(moved_view(unit, done.meeting), lines)
