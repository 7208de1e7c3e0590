"""What a merge does to the case that stays: it counts how often the other one was raised or asked, and shows its text.

The case that goes in keeps code, text and history; `moving.move` fires its `merge` and calls this in the same
transaction, with both cases locked in the order of their identifiers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from models.cases import Case, Link
from models.columns import table_of
from models.details import Petition
from models.units import Unit, WriteUnit
from states.entries import TakenIn
from states.facts import Actor, Hands, Signed
from states.lifecycle import Transition
from states.vocabulary import LinkKind
from workflows import access, ledger
from workflows.access import Seen
from workflows.documents import Papers
from workflows.drafting import Draft, Step, standing_of
from workflows.orders import Drafted, Moved, Order
from workflows.visibility import visible

_case, _link, _petition = table_of(Case), table_of(Link), table_of(Petition)
TRIGGER = "take_in"


@dataclass(frozen=True, slots=True)
class MergedView:
    """A case that went into the one that is read, with its own text; `into` is where it went first."""

    code: str
    into: str
    text: str | None
    received_on: date | None
    locality: str | None
    times_raised: int | None


def take_in(unit: WriteUnit, *, merged: Seen, stays: UUID, order: Order) -> Moved:
    """Add to the case `stays` what `merged` counted in the column that its table's `take_in` adds to.

    Raises: NotFound, ChangedSinceOpened when somebody moved it meanwhile.
    """
    seen = access.case_by_id(unit, case_id=stays, actor=order.actor)
    row = seen.lifecycle.row(TRIGGER)
    state = str(seen.row["state"])
    hands = Hands(order.actor, order.decided_by or Signed(seen.setting.office))
    draft = Draft(
        seen.lifecycle,
        seen.id,
        standing_of(seen.row, seen.detail, seen.referrals),
        unit.now,
        hands,
        order.on,
    )
    draft.add(_step(row, state, merged))
    moved = Moved(seen.id, seen.row["code"], draft.standing.seq, state, (draft.standing.seq,))
    if not ledger.write(unit, seen, Drafted(draft, moved, Papers())):
        raise ledger.changed(unit, access.case_by_id(unit, case_id=stays, actor=order.actor))
    return moved


def _step(row: Transition | None, state: str, merged: Seen) -> Step:
    counted = [merged.detail.get(column.removeprefix("detail.")) for column in (row.counts if row else ())]
    entry = TakenIn(merged=merged.row["code"], times=next(iter(counted), None) or 0)
    return Step(row.trigger if row else TRIGGER, state, state, entry=entry, ids={"merged": (merged.id,)})


def merged_into(unit: Unit, seen: Seen, *, actor: Actor) -> tuple[Mapping[str, Any], ...]:
    """Return the cases that went into `seen`, directly or through another, as far as `actor` may see them."""
    found: dict[UUID, Mapping[str, Any]] = {}
    frontier: Sequence[UUID] = [seen.id]
    while frontier:
        rows = [dict(row) for row in unit.read(_one_step(frontier, actor)).mappings()]
        new = [row for row in rows if row["id"] not in found and row["id"] != seen.id]
        found |= {row["id"]: row for row in new}
        frontier = [row["id"] for row in new]
    return tuple(found.values())


def _one_step(stays: Sequence[UUID], actor: Actor) -> Any:
    into = _case.alias("into")
    return (
        select(
            _case.c.id,
            _case.c.code,
            _case.c.received_on,
            _case.c.locality,
            _petition.c.times_raised,
            into.c.code.label("into"),
        )
        .join(_link, _link.c.case_id == _case.c.id)
        .join(into, into.c.id == _link.c.other_id)
        .outerjoin(_petition, _petition.c.case_id == _case.c.id)
        .where(_link.c.kind == LinkKind.MERGED_INTO.value, _link.c.other_id.in_(stays), visible(actor))
        .order_by(_link.c.created_at, _case.c.code)
    )
