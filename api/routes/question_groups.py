"""Groups of late matters proposed for questioning: read, taken or declined by the standing body."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from api.auth import Who
from api.idempotency import Outcome, Write, Writing, answer
from api.installation import BASE, Here
from api.routes.documenting import reading, sending, writing
from api.shapes.queries import Asked, CouncilQuery, GroupQuery
from api.shapes.requests import DeclineRequest, GroupRequest
from models.units import Unit, WriteUnit
from workflows import access, question_groups
from workflows.enacting.doing import require_registrar
from workflows.enacting.views import PaperReportView, view_of
from workflows.question_groups import GroupView

router = APIRouter(prefix=BASE, tags=["proposals"])


@router.get("/question-groups", summary="List groups for questioning", responses=reading("question_groups"))
def list_groups(here: Here, who: Who, asked: Annotated[GroupQuery, Query()]) -> tuple[GroupView, ...]:
    """List the groups of late matters, by agency and by field, that are proposed for questioning at a session."""
    with here.database.reading() as unit:
        setting = access.council(unit, code=asked.council, actor=who)
        return question_groups.listed(unit, setting=setting, actor=who, state=asked.state)


@router.post(
    "/question-groups/{group}/take",
    summary="Take a group",
    response_model=PaperReportView,
    responses=writing("group_taken"),
    openapi_extra=sending("group"),
)
def take_group(writes: Write, group: UUID, body: GroupRequest, _asked: Asked) -> Response:
    """Put the group into the questions of its session: one act over all its late cases."""

    def act(unit: WriteUnit) -> Outcome:
        setting = access.council(unit, code=body.council, actor=writes.actor)
        done = question_groups.take(
            unit, setting=setting, group=group, actor=writes.actor, on=body.day(unit.today), slip=body.document
        )
        return Outcome(view_of(done))

    return answer(writes, body, act=act, recheck=_deciding(writes, group, body.council))


@router.post(
    "/question-groups/{group}/decline",
    summary="Decline a group",
    response_model=GroupView,
    responses=writing("question_group"),
    openapi_extra=sending("decline"),
)
def decline_group(
    writes: Write, group: UUID, body: DeclineRequest, asked: Annotated[CouncilQuery, Query()]
) -> Response:
    """Turn a group down, with the reason."""

    def act(unit: WriteUnit) -> Outcome:
        setting = access.council(unit, code=asked.council, actor=writes.actor)
        return Outcome(
            question_groups.decline(unit, setting=setting, group=group, actor=writes.actor, reason=body.reason)
        )

    return answer(writes, body, act=act, recheck=_deciding(writes, group, asked.council))


def _deciding(writes: Writing, group: UUID, council: str | None) -> Callable[[Unit], None]:
    """Return what lets pass who may decide on the group, and may see it."""

    def recheck(unit: Unit) -> None:
        setting = access.council(unit, code=council, actor=writes.actor)
        question_groups.one(unit, setting=setting, group=group, actor=writes.actor)
        require_registrar(setting, writes.actor)

    return recheck
