"""The figures of questioning: slips and questions answered on the floor, side by side."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.auth import Who
from api.installation import BASE, Here
from api.routes.documenting import reading
from api.shapes.queries import QuestionQuery
from workflows import access, questioning
from workflows.questioning import QuestionCounts

router = APIRouter(prefix=BASE, tags=["rates"])


@router.get("/questions/counts", summary="Count the questions", responses=reading("question_counts"))
def count_questions(here: Here, who: Who, asked: Annotated[QuestionQuery, Query()]) -> QuestionCounts:
    """Count the slips, the questions answered on the floor and those answered in writing, of one session or of all."""
    with here.database.reading() as unit:
        setting = access.council(unit, code=asked.council, actor=who)
        return questioning.counts(unit, setting=setting, actor=who, session=asked.session)
