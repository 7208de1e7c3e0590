"""The monthly receptions of citizens of a year, planned ahead: a case each, on the council's day of the month.

The day is the council's own to set (the 15th unless it chose another); one on a day off moves to the next working day.
It is the day on which council, committee and Front receive together. That the chair of the commune's committee receives
on at least one day of every week (Law 42/2013/QH13, art. 15) is another duty, which nothing here stands for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from deadlines.calendar import Calendar
from deadlines.wording import full_date
from models.cases import Case
from models.columns import table_of
from models.details import DETAILS
from models.units import Unit, WriteUnit
from states.facts import Actor
from states.meeting import MEETING_KIND, H
from states.meeting_words import MeetingKind
from workflows import meeting, registering
from workflows.access import Setting
from workflows.registering import Birth
from workflows.regulations import calendar_of

_case, _meeting = table_of(Case), table_of(DETAILS[MEETING_KIND])
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Planned:
    """One reception: its case, the council's day of that month, and the day on which it is held."""

    code: str
    usual_on: date
    planned_on: date

    @property
    def is_moved(self) -> bool:
        """Tell whether the usual day is a day off."""
        return self.planned_on != self.usual_on


def plan_year(unit: WriteUnit, *, setting: Setting, year: int, actor: Actor) -> tuple[Planned, ...]:
    """Plan the receptions of `year` that lie ahead and are not planned yet; doing it again adds nothing.

    Raises: Refused, BadInput, CalendarNotKnown for a year that the calendar does not know.
    """
    unit.take_turns(f"receptions {setting.council}")
    day = meeting.days_of(unit, setting=setting).reception
    known = _months(unit, setting.council)
    ahead = [
        (usual, planned)
        for usual, planned in _days(year, day, calendar_of(unit))
        if planned >= unit.today and f"{usual:%Y-%m}" not in known
    ]
    births = [Birth(MEETING_KIND, _payload(usual, planned), unit.today) for usual, planned in ahead]
    born = registering.register_all(unit, setting=setting, births=births, actor=actor) if births else []
    return tuple(Planned(moved.code, *days) for moved, days in zip(born, ahead, strict=True))


def _days(year: int, day: int, calendar: Calendar) -> Iterator[tuple[date, date]]:
    for month in range(1, _MONTHS + 1):
        usual = date(year, month, day)
        yield usual, calendar.next_working(usual)


def _months(unit: Unit, council: UUID) -> set[str]:
    """Return the months for which a reception is planned; a cancelled one was cancelled on purpose."""
    wanted = (
        select(_meeting.c.month)
        .join(_case, _case.c.id == _meeting.c.case_id)
        .where(
            _case.c.council_id == council,
            _case.c.state != H.VOIDED.value,
            _meeting.c.meeting_kind == MeetingKind.RECEPTION.value,
        )
    )
    return {month for month in unit.read(wanted).scalars() if month}


def _payload(usual: date, planned: date) -> dict[str, object]:
    text = f"Tiếp công dân định kỳ tháng {usual:%m/%Y}"
    if planned != usual:
        text += f"; ngày {usual:%d/%m/%Y} là ngày nghỉ, chuyển sang {full_date(planned).vi}"
    return {
        "meeting_kind": MeetingKind.RECEPTION.value,
        "text": text,
        "planned_on": planned,
        "month": f"{usual:%Y-%m}",
    }
