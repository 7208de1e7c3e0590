"""What comes back every month or year and is easily forgotten: written once as a notice, keyed by what it is about.

The reception of citizens on its day of the month, the monthly sitting of the standing body, and the announcement of
next year's days off (Labour Code 2019, art. 112.3: the Prime Minister fixes Tết and Quốc khánh every year).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from deadlines.calendar import Calendar
from deadlines.climbing import MeetingDays, start_of
from deadlines.errors import CalendarNotKnown
from deadlines.reckoning import Length, count_on
from deadlines.wording import full_date
from models.columns import table_of
from models.councils import Council, CouncilSetup
from models.units import Unit, WriteUnit
from states.alerting import NoticeKind
from states.reckoning import DayUnit, Direction
from states.text import Text
from states.vocabulary import Role
from workflows.regulations import calendar_of

_council, _setup = table_of(Council), table_of(CouncilSetup)
_ONE_DAY = timedelta(days=1)
_BEFORE_RECEPTION = Length(3, DayUnit.WORKING)
_BEFORE_SITTING = Length(5, DayUnit.WORKING)
_ASKED_FROM = (11, 15)
_OFFICE = (Role.COUNCIL_OFFICE, Role.CLERK)


def remind(unit: WriteUnit) -> int:
    """Write the notices of duties that have come within their days; return how many are new."""
    calendar = calendar_of(unit)
    rows = [*_monthly(unit, calendar), *_yearly(unit, calendar)]
    return unit.add_unknown("notice", rows)


def _monthly(unit: Unit, calendar: Calendar) -> Iterator[dict[str, Any]]:
    wanted = (
        select(_council.c.id, _council.c.code, _setup.c.sitting_day, _setup.c.reception_day)
        .join(_setup, _setup.c.council_id == _council.c.id)
        .where(_council.c.removed_at.is_(None))
    )
    for row in unit.read(wanted).mappings():
        try:
            yield from _of_council(unit, dict(row), calendar)
        except CalendarNotKnown:
            continue  # the yearly notice says that the calendar ends


def _of_council(unit: Unit, row: Mapping[str, Any], calendar: Calendar) -> Iterator[dict[str, Any]]:
    before = unit.today - _ONE_DAY
    reception = MeetingDays(row["reception_day"]).next_sitting(before, calendar)
    sitting = MeetingDays(row["sitting_day"]).next_sitting(before, calendar)
    if unit.today >= _days_before(reception, _BEFORE_RECEPTION, calendar):
        day = full_date(reception)
        said = Text(
            f"Tiếp công dân định kỳ {day.vi}: niêm yết lịch, phân công người tiếp, chuẩn bị hồ sơ.",
            f"Reception of citizens on {day.en}: post the schedule, say who receives, prepare the files.",
        )
        yield _notice(unit, f"reception:{row['code']}:{reception:%Y-%m}", row["id"], _OFFICE, said)
    if unit.today >= _days_before(sitting, _BEFORE_SITTING, calendar):
        day = full_date(sitting)
        said = Text(
            f"Phiên họp Thường trực HĐND {day.vi}: chốt chương trình, danh mục việc chậm: dondoc proposal list.",
            f"Sitting of the standing body on {day.en}: settle the agenda and what is late: dondoc proposal list.",
        )
        audience = (*_OFFICE, Role.STANDING_BODY)
        yield _notice(unit, f"sitting:{row['code']}:{sitting:%Y-%m}", row["id"], audience, said)


def _yearly(unit: Unit, calendar: Calendar) -> Iterator[dict[str, Any]]:
    today = unit.today
    if (today.month, today.day) < _ASKED_FROM:
        return
    year = today.year + 1
    if year in calendar.provisional_years or not calendar.knows(date(year, 1, 1)):
        said = Text(
            f"Chưa nhập thông báo ngày nghỉ năm {year}; thời hạn trong năm đó còn là dự kiến: dondoc calendar add.",
            f"The days off of {year} are not announced here; time limits in it are provisional: dondoc calendar add.",
        )
        yield _notice(unit, f"holidays:{year}", None, (Role.ADMINISTRATOR,), said)


def _days_before(day: date, length: Length, calendar: Calendar) -> date:
    return count_on(length, Direction.BACKWARD, day, calendar)


def _notice(unit: Unit, about: str, council: Any, audience: Sequence[Role], said: Text) -> dict[str, Any]:
    return notice(NoticeKind.DUTY, about, council=council, audience=audience, said=said, unit=unit)


def notice(
    kind: NoticeKind, about: str, *, council: Any, audience: Sequence[Role], said: Text, unit: Unit
) -> dict[str, Any]:
    """Return a notice without a case: to `audience` of a council, or of the whole installation."""
    return {
        "cause": f"{kind.value}:{about}",
        "council_id": council,
        "kind": kind.value,
        "due_at": start_of(unit.today),
        "created_at": unit.now,
        "audience": json.dumps([role.value for role in audience]),
        "sentence_vi": said.vi,
        "sentence_en": said.en,
    }
