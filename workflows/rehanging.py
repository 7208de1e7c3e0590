"""Reminders that wait for a sitting or a session move when it does: no due date changes, so no event of a case says it.

A session that was set, moved or taken off gives armed rungs another day, or none until it is known. What fired stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, update

from deadlines.climbing import falls
from deadlines.ladders import When
from models.alerting import ClockRung
from models.columns import table_of
from models.timing import ClockRow
from models.units import Unit, WriteUnit
from states.alerting import Deed, RungState
from states.reckoning import ClockState
from workflows.regulations import Rules, regulation_of

_rung, _clock = table_of(ClockRung), table_of(ClockRow)
_HANGING = frozenset({When.NEXT_MEETING, When.NEXT_SESSION})
_KEY = ("clock_id", "revision", "rung")


def rehang(unit: WriteUnit, *, council: UUID, rules: Rules) -> int:
    """Give the armed rungs of a council that wait for a meeting the day that `rules` now say; return how many moved.

    A day already past fires with the next sweep: that it was learned late is no reason to say nothing.
    """
    moved = [row for old in _waiting(unit, council) if (row := _moved(unit, old, rules)) is not None]
    if moved:
        here = [_rung.c[key] == bindparam(f"b_{key}") for key in _KEY]
        still = _rung.c.state == RungState.ARMED.value
        unit.run(update(_rung).where(*here, still).values(at=bindparam("b_at"), on_day=bindparam("b_on_day")), moved)
    return len(moved)


def _waiting(unit: Unit, council: UUID) -> list[Mapping[str, Any]]:
    wanted = (
        select(_rung, _clock.c.regulation_id, _clock.c.limit_code, _clock.c.due_on)
        .join(_clock, _clock.c.id == _rung.c.clock_id)
        .where(_rung.c.council_id == council, _rung.c.state == RungState.ARMED.value)
        .where(_rung.c.deed == Deed.PROPOSE.value, _clock.c.state == ClockState.RUNNING.value)
        .order_by(*(_rung.c[key] for key in _KEY))
    )
    return [dict(row) for row in unit.read(wanted).mappings()]


def _moved(unit: Unit, row: Mapping[str, Any], rules: Rules) -> dict[str, Any] | None:
    regulation = regulation_of(unit, row["regulation_id"])
    ladder = regulation.ladder_of(regulation.limit(row["limit_code"]))
    fall = next(f for f in falls(ladder, row["due_on"], rules.calendar, rules.meetings) if f.number == row["rung"])
    if fall.rung.when not in _HANGING or fall.on == row["on_day"]:
        return None
    return {**{f"b_{key}": row[key] for key in _KEY}, "b_at": fall.at, "b_on_day": fall.on}
