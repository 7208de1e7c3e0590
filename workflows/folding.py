"""The rows of a case are the fold of its events: one function applies an event, whether it is new or replayed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID

import orjson

from models.cases import Case, Referral
from models.columns import readers, table_of
from models.details import DETAILS
from states.guards import ENDED_REFERRALS
from states.lifecycle import ABSENT, DAY, Lifecycle, Transition
from states.vocabulary import Act, Confidentiality, Result

LEAST_FINISHED_FIRST = (
    Result.NOT_YET,
    Result.IN_PROGRESS,
    Result.ROADMAP,
    Result.EXPLAINED,
    Result.RESOLVED,
    Result.NOTED,
)
_CLAIMS = tuple(result.value for result in LEAST_FINISHED_FIRST)
CHANGES_NO_STATE = frozenset({Act.CORRECT.value, Act.UNDO.value, Act.RECKON.value})
"""Acts whose events carry a state but make none: it follows from the moves that stand."""
_REFERRAL_BIRTH = "prepare"
FOLDED = (
    "received_on",
    "confidentiality",
    "level",
    "field",
    "locality",
    "session_id",
    "round_id",
    "assignee_id",
    "result_claimed",
    "result_judged",
    "petitioner_verdict",
)
"""The columns of a case that are the fold of its events."""


@dataclass(slots=True)
class Standing:
    """Where a case stands after some events: the values that its rows must show."""

    state: str = ABSENT
    seq: int = 0
    head_hash: str = ""
    case: dict[str, Any] = field(default_factory=dict)
    detail: dict[str, Any] = field(default_factory=dict)
    referrals: dict[UUID, dict[str, Any]] = field(default_factory=dict)


def find_row(lifecycle: Lifecycle, trigger: str, source: str | None, target: str | None) -> Transition | None:
    """Return the row of the table that an event of `trigger` from `source` to `target` came from."""
    edges = lifecycle.edges_from.get((source or ABSENT, trigger), ())
    exact = next((e.row for e in edges if e.target == target), None)
    return exact or (edges[0].row if edges else lifecycle.row(trigger))


def apply(lifecycle: Lifecycle, standing: Standing, event: Mapping[str, Any], payload: Mapping[str, Any]) -> None:
    """Advance `standing` by one event whose payload is already corrected."""
    standing.seq = event["seq"]
    standing.head_hash = event["hash"]
    standing.state = event["to_state"]
    entry = payload.get("entry", {})
    if event["referral_id"] is not None:
        _apply_to_referral(lifecycle, standing, event, payload)
    else:
        row = find_row(lifecycle, event["trigger"], event["from_state"], event["to_state"])
        if row is not None:
            targets = {"case": standing.case, "detail": standing.detail}
            _keep(row, lifecycle.kind, entry, targets, day=event["occurred_on"])
    if event["seq"] == 1:
        standing.case["received_on"] = event["occurred_on"]
        standing.detail["case_id"] = event["case_id"]
        if "petitioner" in payload:
            standing.detail["petitioner_id"] = UUID(payload["petitioner"]["id"])
        if "session" in payload:
            standing.case["session_id"] = UUID(payload["session"])
        standing.case.setdefault("confidentiality", payload.get("confidentiality", Confidentiality.INTERNAL.value))
    judged = standing.case.get("result_judged")
    if judged is not None and Result(judged) not in lifecycle.states[standing.state].judged:
        standing.case["result_judged"] = None


def _apply_to_referral(
    lifecycle: Lifecycle, standing: Standing, event: Mapping[str, Any], payload: Mapping[str, Any]
) -> None:
    table = lifecycle.referral
    if table is None:
        return
    key = event["referral_id"]
    if event["trigger"] == _REFERRAL_BIRTH:
        standing.referrals[key] = {"id": key, "agency_id": UUID(payload["agency"]), "times_urged": 0, "received": False}
    referral = standing.referrals[key]
    referral |= {"state": event["referral_to"], "event_seq": event["seq"]}
    row = find_row(table, event["trigger"], event["referral_from"], event["referral_to"])
    if row is not None:
        _keep(row, lifecycle.kind, payload.get("entry", {}), {"referral": referral}, day=event["occurred_on"])
    standing.case["result_claimed"] = least_finished(standing.referrals.values())


def least_finished(referrals: Iterable[Mapping[str, Any]]) -> str | None:
    """Return the claimed result of a case from its referrals: of several claims the least finished counts."""
    claims = {r.get("result_claimed") for r in referrals if r["state"] not in ENDED_REFERRALS}
    return next((claim for claim in _CLAIMS if claim in claims), None)


@cache
def _readers(kind: str) -> Mapping[str, Mapping[str, Callable[[Any], Any]]]:
    tables = {"case": table_of(Case), "referral": table_of(Referral)}
    if kind in DETAILS:
        tables["detail"] = table_of(DETAILS[kind])
    return {name: readers(table) for name, table in tables.items()}


def _keep(
    row: Transition,
    kind: str,
    entry: Mapping[str, Any],
    targets: Mapping[str, dict[str, Any]],
    *,
    day: date | None,
) -> None:
    plan = _plan(row, kind)
    for table, key, name, reader in plan.keeps:
        value = day if name == DAY else entry.get(name)
        if table in targets and value is not None:
            targets[table][key] = reader(value) if reader and isinstance(value, str) else value
    for table, key, value in plan.fixes:
        if table in targets:
            targets[table][key] = value
    for table, key in plan.counts:
        if table in targets:
            targets[table][key] = (targets[table].get(key) or 0) + int(entry.get("times", 1))
    for table, key, name in plan.adds:
        if table in targets:
            targets[table][key] = (targets[table].get(key) or 0) + int(entry.get(name) or 0)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a row of a lifecycle keeps, fixes, counts and adds, its column names taken apart once."""

    row: Transition
    keeps: tuple[tuple[str, str, str, Callable[[Any], Any] | None], ...]
    fixes: tuple[tuple[str, str, Any], ...]
    counts: tuple[tuple[str, str], ...]
    adds: tuple[tuple[str, str, str], ...]


_plans: dict[tuple[int, str], _Plan] = {}


def _plan(row: Transition, kind: str) -> _Plan:
    known = _plans.get((id(row), kind))
    if known is not None and known.row is row:
        return known
    read = _readers(kind)
    columns = (*(row.keeps or {}), *(row.fixes or {}), *row.counts, *(row.adds or {}))
    placed = {c: (c.partition(".")[0], c.partition(".")[2]) for c in columns}
    made = _plans[id(row), kind] = _Plan(
        row,
        tuple(
            (*placed[c], name, read.get(placed[c][0], {}).get(placed[c][1])) for c, name in (row.keeps or {}).items()
        ),
        tuple((*placed[c], v.value if isinstance(v, StrEnum) else v) for c, v in (row.fixes or {}).items()),
        tuple(placed[c] for c in row.counts),
        tuple((*placed[c], name) for c, name in (row.adds or {}).items()),
    )
    return made


@dataclass(frozen=True, slots=True)
class Effective:
    """An event as later corrections make it: its right day, its right values, whether it was taken back."""

    event: Mapping[str, Any]
    payload: Mapping[str, Any]
    taken_back: bool = False


def effective(events: Sequence[Mapping[str, Any]]) -> list[Effective]:
    """Put corrections and take-backs into force, in order of sequence; nothing is dropped."""
    found: dict[int, Effective] = {}
    for event in events:
        payload = orjson.loads(event["payload"])
        found[event["seq"]] = Effective(event, payload)
        if event["act"] == Act.CORRECT.value:
            for seq in group_of(found, event["corrects_seq"]):
                said = payload.get("entry", {})
                found[seq] = corrected(found[seq], said if seq == event["corrects_seq"] else {"on": said.get("on")})
        elif event["undoes_seq"] is not None:
            for seq in group_of(found, event["undoes_seq"]):
                found[seq] = replace(found[seq], taken_back=True)
    return [found[seq] for seq in sorted(found)]


def corrected(target: Effective, entry: Mapping[str, Any]) -> Effective:
    """Return `target` with the day and values that a correction gives."""
    event = {**target.event}
    if entry.get("on") is not None:
        event["occurred_on"] = date.fromisoformat(entry["on"])
    payload = {**target.payload, "entry": {**target.payload.get("entry", {}), **(entry.get("values") or {})}}
    return replace(target, event=event, payload=payload)


def group_of(found: Mapping[int, Effective], seq: int) -> list[int]:
    """Return the events of the move that begins with `seq`: it may have several, and they go back together."""
    return [s for s, e in found.items() if s == seq or e.event["part_of_seq"] == seq]


def fold(lifecycle: Lifecycle, events: Sequence[Mapping[str, Any]]) -> Standing:
    """Return where a case stands after `events` (all of them, in order of sequence)."""
    standing = Standing()
    for item in effective(events):
        if item.taken_back or item.event["act"] in CHANGES_NO_STATE:
            _skip(standing, item.event)
        else:
            apply(lifecycle, standing, item.event, item.payload)
    return standing


def _skip(standing: Standing, event: Mapping[str, Any]) -> None:
    standing.seq, standing.head_hash = event["seq"], event["hash"]
