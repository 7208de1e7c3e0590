"""On which days of the month the council's bodies meet: the standing body's sitting, the reception of citizens.

Both are the council's own to set; one on a day off moves to the next working day. Reminders that wait for the sitting
follow it.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update

from models.columns import table_of
from models.councils import CouncilSetup
from models.units import Unit, WriteUnit
from states.errors import BadInput
from states.facts import Actor
from states.text import Text
from workflows import councils, regulations, rehanging
from workflows.access import Setting

_setup = table_of(CouncilSetup)
FIRST, LAST = 1, 28


@dataclass(frozen=True, slots=True)
class MeetingDays:
    """Days of the month, 1 to 28: those that every month has."""

    sitting: int
    reception: int


def days_of(unit: Unit, *, setting: Setting) -> MeetingDays:
    """Return the days of a council."""
    wanted = select(_setup.c.sitting_day, _setup.c.reception_day).where(_setup.c.council_id == setting.council)
    row = unit.read(wanted).one()
    return MeetingDays(row.sitting_day, row.reception_day)


def choose(
    unit: WriteUnit, *, setting: Setting, actor: Actor, sitting: int | None = None, reception: int | None = None
) -> MeetingDays:
    """Set one or both days; armed reminders that wait for the sitting move with it.

    Raises: NotPermitted, BadInput for a day that not every month has.
    """
    councils.require_in_charge(actor, setting.council)
    given = {"sitting_day": sitting, "reception_day": reception}
    for name, day in given.items():
        if day is not None and not FIRST <= day <= LAST:
            raise BadInput({name: Text("«Ngày» phải từ 1 đến 28: tháng nào cũng có", "A day from 1 to 28")})
    values = {name: day for name, day in given.items() if day is not None}
    if values:
        unit.run(update(_setup).where(_setup.c.council_id == setting.council).values(**values))
        councils.touch(unit, setting.council)
        rehanging.rehang(unit, council=setting.council, rules=regulations.rules_now(unit, setting.council))
    return days_of(unit, setting=setting)
