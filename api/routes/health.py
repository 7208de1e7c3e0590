"""Health: is the process alive, and can it work."""

from __future__ import annotations

from fastapi import APIRouter

from api.installation import Here
from api.routes.documenting import reading
from api.shapes.queries import Asked
from workflows import migrating

router = APIRouter(tags=["health"])


@router.get("/health/live", summary="Is the process alive", responses=reading("health"))
def live(_asked: Asked) -> dict[str, str]:
    """Say that the process answers; nothing else is asked."""
    return {"status": "live"}


@router.get("/health/ready", summary="Can it work", responses=reading("ready"))
def ready(here: Here, _asked: Asked) -> dict[str, str]:
    """Say that the database is reachable and its schema is that of this version; 503 otherwise."""
    with here.database.reading() as unit:
        migrating.require_current(unit)
    return {"status": "ready"}
