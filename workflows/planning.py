"""From a case's history to its clocks: projects them anew and says what to insert, change or supersede.

Clocks are a pure function of the effective history. The same projection serves a move, a correction, a moved session
and a new calendar; what differs from the stored rows is written, the old rows kept as superseded with the reason.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from deadlines.calendar import Calendar
from deadlines.clocks import project
from deadlines.ladders import Ladder
from deadlines.marks import Clock, Mark
from models.units import Unit
from models.writing import Change
from states.milestones import Milestone
from states.reckoning import ClockState, SupersedeReason
from states.vocabulary import Act
from workflows import access
from workflows.access import Seen
from workflows.arming import Arming, Turn, known_before
from workflows.drafting import new_id
from workflows.regulations import Adopted, Rules, limits_on, rules_for

if TYPE_CHECKING:
    from workflows.orders import Drafted


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What a case's clocks are reckoned from besides history: limits by adoption, circumstance, days they hang on."""

    groups: tuple[tuple[Adopted, ...], ...]
    calendar: Calendar
    circumstance: Mapping[str, str]
    anchors: Mapping[str, date]


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A clock with the adopted limit it comes from, and what was reckoned beside and before it."""

    item: Adopted
    clock: Clock
    group: tuple[Adopted, ...] = ()
    others: tuple[Clock, ...] = ()


def clocks(
    unit: Unit,
    seen: Seen,
    drafted: Drafted,
    change: Change,
    *,
    rules: Rules | None = None,
    because: SupersedeReason | None = None,
) -> date | None:
    """Put the clock rows of `drafted`, and their rungs, into `change`; return the case's next due date.

    `rules` not yet committed are given, so that they are kept nowhere; `because` says why due dates move that no event
    of the case moved.
    """
    rules = rules or rules_for(unit, seen.setting)
    work = drafted.draft
    seen = access.as_drafted(unit, seen, work.standing.case, work.standing.detail)
    marks = marks_of([*seen.marks, *work.events])
    received = work.standing.case.get("received_on")
    projected = projection(seen, rules, marks, received_on=received)
    turns = settle(seen.clocks, projected, change, case_id=seen.id, seq=work.standing.seq, because=because)
    if not all(turn.goes_on for turn in turns):
        arming = Arming(
            unit, seen.id, seen.setting.council, rules.calendar, rules.meetings, work.standing.seq,
            present=_climbing(projected),
            days=sorted({mark.on for mark in marks if mark.on is not None}),
            as_of=lambda day: _climbing(projection(seen, rules, known_before(marks, day), received_on=received)),
            stands_until=work.on or unit.today if because is not None else None,
        )  # fmt: skip
        arming.arm(turns, change)
    running = (clock.due_on for _, clock in projected if clock.state is ClockState.RUNNING)
    return min((day for day in running if day is not None), default=None)


def _climbing(projected: Iterable[tuple[Adopted, Clock]]) -> list[tuple[Ladder, Clock]]:
    return [(item.ladder, clock) for item, clock in projected]


def reckoning(seen: Seen, rules: Rules) -> Reckoning:
    """Return what the clocks of this case are reckoned from."""
    table, detail = seen.lifecycle, seen.detail
    circumstance = {"kind": str(seen.row["kind"]), "round": seen.round_kind}
    circumstance |= {name: str(word) for name in table.circumstances if (word := detail.get(name))}
    days = {"session.opening": seen.session.get("opening_on"), "session.closing": seen.session.get("closing_on")}
    days |= {name: detail.get(column) for name, column in table.anchors.items()}
    anchors = {name: day for name, day in days.items() if day is not None}
    return Reckoning(_by_adoption(limits_on(rules, circumstance)), rules.calendar, circumstance, anchors)


def projection(
    seen: Seen, rules: Rules, marks: Sequence[Mark], *, received_on: date | None
) -> list[tuple[Adopted, Clock]]:
    """Return every clock that history calls for, each with the adopted limit it comes from."""
    return [(r.item, r.clock) for r in reckoned(seen, rules, marks, received_on=received_on)]


def reckoned(seen: Seen, rules: Rules, marks: Sequence[Mark], *, received_on: date | None) -> list[Reckoned]:
    """Return every clock that history calls for, with all that is needed to reckon it once more aloud.

    A regulation already pinned on a start stays with it whatever is adopted later, unless the day that decides was
    wrong; a new start takes the adoption of its day, the first by precedence. Where the day of receipt is unknown, the
    day that starts the clock decides.
    """
    base = reckoning(seen, rules)
    pinned = {(c["role"], c["referral_id"], c["start_seq"]): c for c in seen.clocks}
    found: dict[tuple[str, UUID | None, int], tuple[int, Reckoned]] = {}
    for group in base.groups:
        by_code = {item.limit.code: item for item in group}
        others = tuple(known.clock for _, known in found.values())
        projected = project(
            marks=marks,
            limits=[item.limit for item in group],
            calendar=base.calendar,
            anchors=base.anchors,
            circumstance=base.circumstance,
            others=others,
        )
        for clock in projected:
            item = by_code[clock.limit_code]
            place = (clock.role, _uuid(clock.referral), clock.start_seq)
            by_receipt = item.basis == "received" and received_on is not None
            day = received_on if by_receipt else clock.anchor_on
            old = pinned.get(place)
            before = None if old is None else (seen.row.get("received_on") if by_receipt else old["anchor_on"])
            kept = item.limit.hangs_on_a_session or day == before  # a session may move: that puts no day right
            rank = _rank(item, day, old["regulation_id"] if old is not None and kept else None)
            if rank is not None and (place not in found or rank < found[place][0]):
                found[place] = (rank, Reckoned(item, clock, group, others))
    return [known for _, known in found.values()]


def _rank(item: Adopted, day: date | None, pinned: UUID | None) -> int | None:
    """Return how well an adoption fits a start: 0 in force on its day, 1 pinned and since ended, None not at all."""
    applies = day is not None and item.applies_on(day)
    if pinned is None:
        return 0 if applies else None
    if pinned != item.regulation_id:
        return None
    return 0 if applies else 1


def _by_adoption(adopted: Sequence[Adopted]) -> tuple[tuple[Adopted, ...], ...]:
    """Group limits by adoption, highest precedence first; those that follow clocks of another adoption come last.

    A regulation adopted twice has two sets of switches.
    """
    groups: dict[tuple[UUID, date], list[Adopted]] = {}
    for item in adopted:
        groups.setdefault((item.regulation_id, item.from_on), []).append(item)
    return tuple(sorted((tuple(group) for group in groups.values()), key=_follows_another))


def _follows_another(group: Sequence[Adopted]) -> bool:
    roles = {item.limit.role for item in group}
    return any(item.limit.after_clock is not None and item.limit.after_clock not in roles for item in group)


def settle(
    stored: Sequence[Mapping[str, Any]],
    projected: Iterable[tuple[Adopted, Clock]],
    change: Change,
    *,
    case_id: UUID,
    seq: int,
    because: SupersedeReason | None = None,
) -> list[Turn]:
    """Write the difference between stored and projected clocks into `change`; return what becomes of each."""
    before = {(c["limit_code"], c["referral_id"], c["start_seq"], c["regulation_id"]): c for c in stored}
    turns: list[Turn] = []
    hanging: set[tuple[str, UUID]] = set()
    for item, clock in projected:
        if item.limit.anchor is not None:
            hanging.add((clock.limit_code, item.regulation_id))
        row = clock_row(clock, item, case_id)
        old = before.pop((row["limit_code"], row["referral_id"], row["start_seq"], row["regulation_id"]), None)
        if old is not None and (all(old[name] == row[name] for name in row) or _is_settled(old, row, item)):
            continue
        reason = None if old is None else _why_superseded(old, row, because)
        if old is not None and reason is not None:
            change.update("clock", _superseded(old, seq, reason))
        fresh = old is None or reason is not None
        turn = Turn(old, *_place(None if fresh else old), item, clock)
        whole = row | {"id": turn.clock_id, "revision": turn.revision}
        put = change.insert if fresh else change.update
        put("clock", whole | {"superseded_seq": None, "superseded_reason": None})
        turns.append(turn)
    for old in before.values():
        put_off = (old["limit_code"], old["regulation_id"]) in hanging
        gone = SupersedeReason.ANCHOR_MOVED if put_off else SupersedeReason.GROUND_GONE
        change.update("clock", _superseded(old, seq, SupersedeReason.RECEIPT_KNOWN if old["provisional"] else gone))
        turns.append(Turn(old))
    return turns


def _place(goes_on: Mapping[str, Any] | None) -> tuple[UUID, int]:
    """Return key and revision of a clock that goes on from its row, or begins."""
    return (new_id(), 1) if goes_on is None else (goes_on["id"], goes_on["revision"] + 1)


def _is_settled(old: Mapping[str, Any], row: Mapping[str, Any], item: Adopted) -> bool:
    """Tell whether a clock ended under an older calendar or another session date: what is over stays as it is."""
    if old["state"] not in {ClockState.MET.value, ClockState.CANCELLED.value}:
        return False
    ends = ("state", "met_on", "met_seq", "cancelled_on", "cancelled_seq")
    if any(old[k] != row[k] for k in ends):
        return False
    if item.limit.hangs_on_a_session:
        return True
    same = old["anchor_on"] == row["anchor_on"] and old["extended_to"] == row["extended_to"]
    return same and (old["calendar_version"] != row["calendar_version"] or item.limit.options.not_after)


def _superseded(old: Mapping[str, Any], seq: int, reason: SupersedeReason) -> dict[str, Any]:
    return {**old, "state": ClockState.SUPERSEDED.value, "superseded_seq": seq, "superseded_reason": reason.value}


def _why_superseded(
    old: Mapping[str, Any], row: Mapping[str, Any], because: SupersedeReason | None
) -> SupersedeReason | None:
    """Say why a clock with the same key is another clock now; None when it only went on."""
    if old["anchor_on"] != row["anchor_on"] or old["provisional"] != row["provisional"]:
        return SupersedeReason.ANCHOR_MOVED
    if old["due_on"] == row["due_on"]:
        return None
    if because is None and old["calendar_version"] != row["calendar_version"]:
        return SupersedeReason.CALENDAR_CHANGED
    return because


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
            _put_right(rows, days, row)
        elif row["undoes_seq"] is not None:
            gone |= {r["seq"] for r in rows if row["undoes_seq"] in (r["seq"], r["part_of_seq"])}
    marks: list[Mark] = []
    for row in rows:
        if row["act"] == Act.CORRECT.value or row["seq"] in gone or not row["milestones"]:
            continue
        day, terms = days[row["seq"]]
        marks += [_mark(row, Milestone(name), day, terms) for name in row["milestones"].split()]
    return marks


def _put_right(
    rows: Iterable[Mapping[str, Any]],
    days: dict[int, tuple[date | None, Mapping[str, Any]]],
    correction: Mapping[str, Any],
) -> None:
    """Give the corrected event its right day and terms; the right day of a move holds for all its events."""
    target = correction["corrects_seq"]
    said = days[correction["seq"]][1]
    for row in rows:
        seq = row["seq"]
        if seq in days and target in (seq, row["part_of_seq"]):
            day, terms = days[seq]
            right = date.fromisoformat(said["on"]) if said.get("on") else day
            days[seq] = (right, (said.get("terms") or terms) if seq == target else terms)


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
