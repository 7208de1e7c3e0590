"""A lifecycle as rows for a terminal and as JSON for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from states.findings import Guard
from states.lifecycle import FollowRule, Lifecycle, State, Transition
from states.milestones import LABELS as MILESTONES
from states.text import Language, Text
from states.vocabulary import Decider
from workflows.picturing.fields import FieldWords, fields_of

HEADINGS: tuple[Text, ...] = (
    Text("Việc", "Trigger"),
    Text("Tên", "Label"),
    Text("Từ", "From"),
    Text("Đến", "To"),
    Text("Ai được ghi", "Who may record"),
    Text("Điều kiện", "Must hold"),
    Text("Mốc", "Marks"),
)
DECIDERS: Mapping[Decider, Text] = {
    Decider.STANDING_BODY: Text("Thường trực HĐND", "the standing body"),
    Decider.COUNCIL_OFFICE: Text("Văn phòng HĐND", "the council office"),
    Decider.ADDRESSEE: Text("cơ quan được chuyển", "the addressee"),
}


def table(lifecycle: Lifecycle, language: Language) -> list[tuple[str, ...]]:
    """Return one row per transition, in the columns of `HEADINGS`."""
    return [_row(row, language) for row in lifecycle.transitions]


def _row(row: Transition, language: Language) -> tuple[str, ...]:
    return (
        row.trigger,
        row.label.read(language),
        ", ".join(row.source) or "-",
        str(row.target),
        row.who.code,
        ", ".join(g.code for g in row.when),
        ", ".join(m.value for m in row.marks),
    )


def as_json(lifecycle: Lifecycle) -> dict[str, Any]:
    """Return the whole table as plain values."""
    return {
        "kind": lifecycle.kind,
        "label": _words(lifecycle.label),
        "prefix": lifecycle.prefix,
        "start": str(lifecycle.start),
        "referral": lifecycle.referral.kind if lifecycle.referral else None,
        "states": [_state(str(name), state) for name, state in lifecycle.states.items()],
        "transitions": [_transition(row) for row in lifecycle.transitions],
        "follows": [_follow(rule) for rule in (lifecycle.follows.rules if lifecycle.follows else ())],
    }


def _state(name: str, state: State) -> dict[str, Any]:
    judged = sorted(r.value for r in state.judged if r is not None)
    return {
        "state": name,
        "label": _words(state.label),
        "phase": state.phase.value,
        "final": state.final,
        "judged": judged,
    }


def _transition(row: Transition) -> dict[str, Any]:
    return {
        "trigger": row.trigger,
        "label": _words(row.label),
        "help": _words(row.help),
        "from": [str(s) for s in row.source],
        "to": str(row.target),
        "act": row.act.value,
        "who": _guard(row.who),
        "decided_by": row.decider.value,
        "needs": [_field(field) for field in fields_of(row.needs)],
        "when": _guards(row.when),
        "warns": _guards(row.warns),
        "marks": [{"milestone": m.value, "label": _words(MILESTONES[m])} for m in row.marks],
        "opens_referrals": row.opens,
        "each_referral": row.each_referral,
        "proposes": [{"trigger": wanted.trigger, "on": wanted.on.value} for wanted in row.proposes],
        "carried": row.carried,
    }


def _field(field: FieldWords) -> dict[str, Any]:
    return {
        "name": field.name,
        "label": _words(field.label),
        "type": field.type.en,
        "required": field.required,
        "choices": list(field.choices),
    }


def _follow(rule: FollowRule) -> dict[str, Any]:
    return {
        "within": sorted(map(str, rule.within)),
        "to": str(rule.target),
        "label": _words(rule.label),
        "marks": [m.value for m in rule.marks],
    }


def _guards(guards: Sequence[Guard]) -> list[dict[str, Any]]:
    return [_guard(g) for g in guards]


def _guard(guard: Guard) -> dict[str, Any]:
    return {
        "code": guard.code,
        "holds": _words(guard.holds),
        "fails": _words(guard.fails),
        "mend": _words(guard.mend) if guard.mend else None,
        "reads": guard.reads.value,
    }


def _words(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}
