"""Reminders that are still to come, over all cases."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.auth import Who
from api.installation import BASE, Here
from api.routes.documenting import reading
from api.shapes.queries import ReminderQuery
from workflows import access, reminders
from workflows.reminders import ReminderView

router = APIRouter(prefix=BASE, tags=["time"])


@router.get("/reminders", summary="Foresee reminders", responses=reading("reminders"))
def foresee_reminders(here: Here, who: Who, asked: Annotated[ReminderQuery, Query()]) -> tuple[ReminderView, ...]:
    """Read what would be said up to a day if nothing happened before, the first `limit`; nothing is written."""
    with here.database.reading() as unit:
        council = access.council(unit, code=asked.council, actor=who).council if asked.council else None
        return reminders.foreseen(unit, actor=who, until=asked.until, council=council, limit=asked.limit)
