"""Petitions that a text is like, asked before it is entered."""

from __future__ import annotations

from fastapi import APIRouter

from api.auth import Who
from api.installation import BASE, Here
from api.routes.documenting import asking, sending
from api.shapes.queries import Asked
from api.shapes.requests import SimilarRequest
from workflows import access, similar
from workflows.similar import Similar

router = APIRouter(prefix=BASE, tags=["register"])


@router.post(
    "/petitions/similar", summary="Find similar petitions", responses=asking("similar"), openapi_extra=sending("alike")
)
def find_similar(here: Here, who: Who, body: SimilarRequest, _asked: Asked) -> tuple[Similar, ...]:
    """Find the petitions that a text is like, the most alike first; nothing is written.

    The text travels in the body: what people petition for stands in no address and no log.
    """
    with here.database.reading() as unit:
        setting = access.council(unit, code=body.council, actor=who)
        return similar.like(unit, text=body.text, setting=setting, actor=who, limit=body.limit)
