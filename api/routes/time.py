"""Time: the calendar and the regulations by which due dates are counted."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.auth import Who
from api.installation import BASE, Here
from api.routes.documenting import reading
from api.shapes.queries import CouncilQuery, YearQuery
from workflows import access, catalogues
from workflows.catalogues import RegulationView, YearView

router = APIRouter(prefix=BASE, tags=["time"])


@router.get("/calendar", summary="Read the calendar of a year", responses=reading("calendar"))
def read_calendar(here: Here, who: Who, asked: Annotated[YearQuery, Query()]) -> YearView:  # noqa: ARG001 - only who is signed in
    """Read the days off and the worked Saturdays of a year, with source and status."""
    with here.database.reading() as unit:
        return catalogues.year(unit, year=asked.year)


@router.get("/regulations", summary="List regulations", responses=reading("regulations"))
def list_regulations(here: Here, who: Who, asked: Annotated[CouncilQuery, Query()]) -> tuple[RegulationView, ...]:
    """List the regulations that the council applies, in order of precedence, with their limits."""
    with here.database.reading() as unit:
        return catalogues.adopted(unit, setting=access.council(unit, code=asked.council, actor=who))
