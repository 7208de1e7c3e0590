"""From a case's history to its clocks: projects them anew and says what to insert, change or supersede.

Clocks are a pure function of the effective history. The same projection serves a move, a correction, a moved session
and a new calendar; what differs from the stored rows is written, the old rows kept as superseded with the reason.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from deadlines.clocks import project
from deadlines.marks import Clock, Mark
from models.units import Unit
from models.writing import Change
from states.milestones import Milestone
from states.reckoning import ClockState, SupersedeReason
from states.vocabulary import Act
from workflows.access import Seen
from workflows.drafting import new_id
from workflows.regulations import Adopted, Rules, limits_on, rules_for

if TYPE_CHECKING:
    from workflows.orders import Drafted


def clocks(unit: Unit, seen: Seen, drafted: Drafted, change: Change) -> date | None:
    """Put the clock rows of `drafted` into `change`; return the case's next due date."""
    rules = rules_for(unit, seen.setting)
    events = [*seen.marks, *drafted.draft.events]
    projected = projection(seen, rules, marks_of(events), received_on=drafted.draft.standing.case.get("received_on"))
    return settle(seen.clocks, projected, change, case_id=seen.id, seq=drafted.draft.standing.seq)


def projection(
    seen: Seen, rules: Rules, marks: Sequence[Mark], *, received_on: date | None
) -> list[tuple[Adopted, Clock]]:
    """Return every clock that history calls for, each with the adopted limit it comes from.

    A regulation already pinned on a running start stays with it; a new start takes the adoption of its day, the first
    by precedence.
    """
    circumstance = {"kind": str(seen.row["kind"]), "round": seen.round_kind}
    anchors = {
        key: day
        for key, day in (
            ("session.opening", seen.session.get("opening_on")),
            ("session.closing", seen.session.get("closing_on")),
        )
        if day is not None
    }
    pinned = {(c["limit_code"], c["referral_id"], c["start_seq"]): c["regulation_id"] for c in seen.clocks}
    found: dict[tuple[str, str | None, int], tuple[Adopted, Clock]] = {}
    for group in _by_adoption(limits_on(rules, circumstance)):
        by_code = {item.limit.code: item for item in group}
        projected = project(
            marks=marks,
            limits=[item.limit for item in group],
            calendar=rules.calendar,
            anchors=anchors,
            circumstance=circumstance,
            others=[clock for _, clock in found.values()],
        )
        for clock in projected:
            item = by_code[clock.limit_code]
            day = received_on if item.basis == "received" else clock.anchor_on
            here = pinned.get((clock.limit_code, _uuid(clock.referral), clock.start_seq), item.regulation_id)
            place = (clock.role, clock.referral, clock.start_seq)
            if place not in found and here == item.regulation_id and day is not None and item.applies_on(day):
                found[place] = (item, clock)
    return list(found.values())


def _by_adoption(adopted: Sequence[Adopted]) -> Iterable[list[Adopted]]:
    """Group limits by adoption, highest precedence first: a regulation adopted twice has two sets of switches."""
    groups: dict[tuple[UUID, date], list[Adopted]] = {}
    for item in adopted:
        groups.setdefault((item.regulation_id, item.from_on), []).append(item)
    return groups.values()


def settle(
    stored: Sequence[Mapping[str, Any]],
    projected: Iterable[tuple[Adopted, Clock]],
    change: Change,
    *,
    case_id: UUID,
    seq: int,
) -> date | None:
    """Write the difference between stored and projected clocks into `change`; return the next due date."""
    before = {(c["limit_code"], c["referral_id"], c["start_seq"], c["regulation_id"]): c for c in stored}
    dues: list[date] = []
    for item, clock in projected:
        row = clock_row(clock, item, case_id)
        if clock.state is ClockState.RUNNING and clock.due_on is not None:
            dues.append(clock.due_on)
        old = before.pop((row["limit_code"], row["referral_id"], row["start_seq"], row["regulation_id"]), None)
        if old is None:
            change.insert(
                "clock", row | {"id": new_id(), "revision": 1, "superseded_seq": None, "superseded_reason": None}
            )
            continue
        if all(old[name] == row[name] for name in row) or _is_settled(old, row):
            continue
        reason = _why_superseded(old, row)
        if reason is None:
            change.update(
                "clock",
                {
                    **row,
                    "id": old["id"],
                    "revision": old["revision"] + 1,
                    "superseded_seq": None,
                    "superseded_reason": None,
                },
            )
        else:
            change.update("clock", _superseded(old, seq, reason))
            change.insert(
                "clock", row | {"id": new_id(), "revision": 1, "superseded_seq": None, "superseded_reason": None}
            )
    for old in before.values():
        gone = SupersedeReason.RECEIPT_KNOWN if old["provisional"] else SupersedeReason.GROUND_GONE
        change.update("clock", _superseded(old, seq, gone))
    return min(dues, default=None)


def _is_settled(old: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    """Tell whether a clock ended under an older calendar: what is over is not reckoned again."""
    ends = ("state", "anchor_on", "met_on", "met_seq", "cancelled_on", "cancelled_seq", "extended_to")
    over = old["state"] in {ClockState.MET.value, ClockState.CANCELLED.value}
    return over and old["calendar_version"] != row["calendar_version"] and all(old[k] == row[k] for k in ends)


def _superseded(old: Mapping[str, Any], seq: int, reason: SupersedeReason) -> dict[str, Any]:
    return {**old, "state": ClockState.SUPERSEDED.value, "superseded_seq": seq, "superseded_reason": reason.value}


def _why_superseded(old: Mapping[str, Any], row: Mapping[str, Any]) -> SupersedeReason | None:
    """Say why a clock with the same key is another clock now; None when it only went on."""
    if old["anchor_on"] != row["anchor_on"] or old["provisional"] != row["provisional"]:
        return SupersedeReason.ANCHOR_MOVED
    if old["calendar_version"] != row["calendar_version"] and old["due_on"] != row["due_on"]:
        return SupersedeReason.CALENDAR_CHANGED
    return None


def clock_row(clock: Clock, item: Adopted, case_id: UUID) -> dict[str, Any]:
    """Return a projected clock as the values of its row."""
    return {
        "case_id": case_id,
        "referral_id": _uuid(clock.referral),
        "regulation_id": item.regulation_id,
        "calendar_version": clock.calendar_version,
        "limit_code": clock.limit_code,
        "role": clock.role,
        "effect": clock.effect.value,
        "status": clock.status.value,
        "state": clock.state.value,
        "start_seq": clock.start_seq,
        "occurrence": clock.occurrence,
        "provisional": clock.provisional,
        "calendar_provisional": clock.calendar_provisional,
        "anchor_on": clock.anchor_on,
        "started_on": clock.started_on,
        "raw_due_on": clock.raw_due_on,
        "due_on": clock.due_on,
        "due_without_options_on": clock.due_without_options_on,
        "consumed_days": clock.consumed_days,
        "running_since": clock.running_since,
        "paused_since": clock.paused_since,
        "extended_to": clock.extended_to,
        "met_on": clock.met_on,
        "met_seq": clock.met_seq,
        "cancelled_on": clock.cancelled_on,
        "cancelled_seq": clock.cancelled_seq,
        "cause_vi": clock.cause.vi if clock.cause else None,
        "cause_en": clock.cause.en if clock.cause else None,
    }


def _uuid(referral: str | None) -> UUID | None:
    return UUID(referral) if referral else None


def marks_of(events: Iterable[Mapping[str, Any]]) -> list[Mark]:
    """Return the effective marks of a case's events: corrected days and terms in, taken-back moves out."""
    rows = list(events)
    days: dict[int, tuple[date | None, Mapping[str, Any]]] = {}
    gone: set[int] = set()
    for row in rows:
        days[row["seq"]] = (row["occurred_on"], json.loads(row["given"]) if row["given"] else {})
        if row["act"] == Act.CORRECT.value:
            day, terms = days[row["corrects_seq"]]
            said = days[row["seq"]][1]
            right = date.fromisoformat(said["on"]) if said.get("on") else day
            days[row["corrects_seq"]] = (right, said.get("terms") or terms)
        elif row["undoes_seq"] is not None:
            gone |= {r["seq"] for r in rows if row["undoes_seq"] in (r["seq"], r["part_of_seq"])}
    marks: list[Mark] = []
    for row in rows:
        if row["act"] == Act.CORRECT.value or row["seq"] in gone or not row["milestones"]:
            continue
        day, terms = days[row["seq"]]
        marks += [_mark(row, Milestone(name), day, terms) for name in row["milestones"].split()]
    return marks


def _mark(row: Mapping[str, Any], milestone: Milestone, day: date | None, terms: Mapping[str, Any]) -> Mark:
    dates = {key: date.fromisoformat(value) for key, value in terms.items() if isinstance(value, str)}
    return Mark(
        seq=row["seq"],
        milestone=milestone,
        on=day,
        referral=str(row["referral_id"]) if row["referral_id"] else None,
        until=dates.get("until"),
        days=terms.get("days"),
        document=str(row["document_id"]) if row["document_id"] else None,
        given=dates,
    )
