"""Clocks reckoned anew because something outside the case changed: a session, the calendar, the adopted regulations.

No move of the case is the cause, so the case gets an event of its own (act `reckon`) that names it: whoever asks why a
date moved finds the answer in the history, and the superseded clocks point to it. A case whose clocks stay as they are
gets no event.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from models.cases import Case
from models.columns import table_of
from models.units import Unit, WriteUnit
from models.writing import Change
from states.facts import Actor, Hands, Signed
from states.reckoning import ClockState, SupersedeReason
from states.text import Text
from states.vocabulary import Act, ReckonCause
from workflows import access, ledger, planning
from workflows.access import Seen
from workflows.documents import Papers
from workflows.drafting import Draft, Step, standing_of
from workflows.orders import Drafted, Moved
from workflows.regulations import Rules

_case = table_of(Case)
_TRIES = 4
_OPEN = frozenset({ClockState.RUNNING.value, ClockState.PAUSED.value})
_REASONS = {
    ReckonCause.SESSION_MOVED: SupersedeReason.ANCHOR_MOVED,
    ReckonCause.CALENDAR_CHANGED: SupersedeReason.CALENDAR_CHANGED,
    ReckonCause.REGULATION_ADOPTED: SupersedeReason.REGULATION_CHANGED,
}


def nobody_hears() -> None:
    """Hear nothing."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why clocks are reckoned anew: the cause, what the event says of it, who decided, on which civil date."""

    cause: ReckonCause
    said: Mapping[str, Any]
    actor: Actor
    on: date | None


@dataclass(frozen=True, slots=True)
class DueMove:
    """One open due date that moves; `old` None is a new clock, `new` None one that goes."""

    code: str
    label: Text
    referral: UUID | None
    old: date | None
    new: date | None


def due_moves(seen: Seen, rules: Rules) -> tuple[DueMove, ...]:
    """Return which open due dates of a case would be others under `rules` (and the session dates of `seen`)."""
    found = planning.reckoned(seen, rules, planning.marks_of(seen.marks), received_on=seen.row["received_on"])
    labels = {r.item.limit.code: r.item.limit.label for r in found}
    labels |= {a.limit.code: a.limit.label for a in reversed(rules.adopted) if a.limit.code not in labels}
    wanted = {
        (r.clock.limit_code, UUID(r.clock.referral) if r.clock.referral else None, r.clock.start_seq): r.clock.due_on
        for r in found
        if r.clock.is_open
    }
    stored = {
        (c["limit_code"], c["referral_id"], c["start_seq"]): c["due_on"] for c in seen.clocks if c["state"] in _OPEN
    }
    return tuple(
        DueMove(seen.row["code"], labels.get(key[0], Text(key[0], key[0])), key[1], stored.get(key), wanted.get(key))
        for key in dict.fromkeys([*stored, *wanted])
        if stored.get(key) != wanted.get(key)
    )


def reproject(
    unit: WriteUnit,
    *,
    cases: Iterable[UUID],
    rules: Mapping[UUID, Rules],
    occasion: Occasion,
    heard: Callable[[], None] = nobody_hears,
) -> tuple[DueMove, ...]:
    """Reckon the clocks of `cases` anew and write what differs, with one event per case that is touched.

    `rules` by council, as this unit sees them; `heard` is called after each case. Raises: ChangedSinceOpened when
    others keep moving a case meanwhile.
    """
    moved: list[DueMove] = []
    for case_id in cases:
        moved += _reproject(unit, case_id, rules, occasion)
        heard()
    return tuple(moved)


def cases_of(unit: Unit, council: UUID) -> list[UUID]:
    """Return all cases of a council in the order of their identifiers."""
    return list(unit.read(select(_case.c.id).where(_case.c.council_id == council).order_by(_case.c.id)).scalars())


def _reproject(unit: WriteUnit, case_id: UUID, rules: Mapping[UUID, Rules], occasion: Occasion) -> tuple[DueMove, ...]:
    machine = Actor(occasion.actor.account, occasion.actor.name, operator=True)
    for _ in range(_TRIES):
        seen = access.case_by_id(unit, case_id=case_id, actor=machine)
        mine = rules[seen.setting.council]
        drafted = _drafted(unit, seen, occasion)
        change = ledger.change_of(unit, seen, drafted, rules=mine, because=_REASONS[occasion.cause])
        if not _matters(change):
            return ()
        moves = due_moves(seen, mine)
        if unit.write(change):
            return moves
    raise ledger.changed(unit, access.case_by_id(unit, case_id=case_id, actor=machine))


def _drafted(unit: Unit, seen: Seen, occasion: Occasion) -> Drafted:
    here = str(seen.row["state"])
    hands = Hands(occasion.actor, Signed(seen.setting.office))
    work = Draft(
        seen.lifecycle, seen.id, standing_of(seen.row, seen.detail, seen.referrals), unit.now, hands, occasion.on
    )
    event = work.add(Step(occasion.cause.value, here, here, act=Act.RECKON, extra=dict(occasion.said)))
    work.standing.seq, work.standing.head_hash = event["seq"], event["hash"]
    return Drafted(work, Moved(seen.id, seen.row["code"], event["seq"], here, (event["seq"],)), Papers())


def _matters(change: Change) -> bool:
    """Tell whether a clock begins or gives way; a calendar version alone is brought up to date by the next move."""
    given_way = any(row["state"] == ClockState.SUPERSEDED.value for row in change.updates.get("clock", ()))
    return given_way or bool(change.inserts.get("clock"))
