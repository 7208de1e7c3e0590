"""When a group of matters for questioning is one: at least two of its cases are late still."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select

from models.alerting import QuestionGroupCase
from models.columns import table_of
from models.timing import ClockRow
from states.reckoning import ClockState

_member, _clock = table_of(QuestionGroupCase), table_of(ClockRow)
FEWEST = 2
"""Late cases that make a group: one alone would be a petition questioned by itself (office.md)."""


def is_late(today: date) -> ColumnElement[bool]:
    """Return the condition under which the clock of a member still runs and is late."""
    return and_(_clock.c.state == ClockState.RUNNING.value, _clock.c.due_on < today)


def late_members(today: date) -> Select[Any]:
    """Select the group of every member whose clock is late still."""
    joined = _member.join(_clock, _clock.c.id == _member.c.clock_id)
    return select(_member.c.group_id).select_from(joined).where(is_late(today))
