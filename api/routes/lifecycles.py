"""Lifecycles: the tables by which everything runs, as JSON."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from api.auth import Who
from api.installation import BASE
from api.routes.documenting import reading
from api.shapes.queries import Asked
from workflows import offering, picturing

router = APIRouter(prefix=BASE, tags=["lifecycles"])


@router.get("/lifecycles", summary="List lifecycles", responses=reading("lifecycles"))
def list_lifecycles(who: Who, _asked: Asked) -> list[dict[str, Any]]:  # noqa: ARG001 - only who is signed in
    """List every lifecycle: states, moves, conditions, fields."""
    return [picturing.as_json(table) for table in picturing.pictured().values()]


@router.get("/lifecycles/{kind}", summary="Read a lifecycle", responses=reading("lifecycle"))
def read_lifecycle(who: Who, kind: str, _asked: Asked) -> dict[str, Any]:  # noqa: ARG001 - only who is signed in
    """Read one lifecycle: states, moves, conditions, fields."""
    return picturing.as_json(picturing.picture_of(kind))


@router.get("/forms", summary="Read the common forms", responses=reading("forms"))
def read_forms(who: Who, _asked: Asked) -> dict[str, Any]:  # noqa: ARG001 - only who is signed in
    """Read the JSON Schema of what any entry may carry besides its own fields: a paper, a petitioner."""
    return offering.common_forms()
