"""The list of what a session carries over."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.auth import Who
from api.installation import BASE, Here
from api.routes.documenting import reading
from api.shapes.queries import CarriedQuery
from workflows import access, carrying
from workflows.carrying import CarriedOver

router = APIRouter(prefix=BASE, tags=["catalogues"])


@router.get("/sessions/{code}/carried-over", summary="Read what is carried over", responses=reading("carried_over"))
def read_carried_over(here: Here, who: Who, code: str, asked: Annotated[CarriedQuery, Query()]) -> CarriedOver:
    """Read the petitions that were open at the end of the session's closing day; before it, as they stand today."""
    with here.database.reading() as unit:
        setting = access.council(unit, code=asked.council, actor=who)
        return carrying.carried_over(unit, setting=setting, actor=who, session=code, knowing=asked.known)
