"""Reference lists: councils, agencies, sessions, localities, fields, papers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.auth import Who
from api.installation import BASE, Here
from api.routes.cases import page_size
from api.routes.documenting import reading
from api.shapes.queries import AgencyQuery, Asked, CouncilQuery, DocumentQuery
from workflows import access, agenda, catalogues, papers
from workflows.agenda import Agenda
from workflows.catalogues import AgencyView, CouncilView, PlaceView, SessionView
from workflows.paging import MOST, Page
from workflows.papers import ListedPaper

router = APIRouter(prefix=BASE, tags=["reference"])


@router.get("/councils", summary="List councils", responses=reading("councils"))
def list_councils(here: Here, who: Who, _asked: Asked) -> tuple[CouncilView, ...]:
    """List the councils in which the caller holds a role."""
    with here.database.reading() as unit:
        return catalogues.councils(unit, actor=who)


@router.get("/agencies", summary="List agencies", responses=reading("agencies"))
def list_agencies(here: Here, who: Who, asked: Annotated[AgencyQuery, Query()]) -> Page[AgencyView]:
    """List the bodies that entries of the council may name, those above councils too."""
    with here.database.reading() as unit:
        setting = access.council(unit, code=asked.council, actor=who)
        limit = MOST if asked.limit is None else asked.limit
        return catalogues.agencies(unit, setting=setting, on=asked.on, cursor=asked.cursor, limit=limit)


@router.get("/sessions", summary="List sessions", responses=reading("sessions"))
def list_sessions(here: Here, who: Who, asked: Annotated[CouncilQuery, Query()]) -> tuple[SessionView, ...]:
    """List the sessions of the council with every date they had."""
    with here.database.reading() as unit:
        return catalogues.sessions(unit, setting=access.council(unit, code=asked.council, actor=who))


@router.get("/sessions/{session}/agenda", summary="Read the agenda of a session", responses=reading("agenda"))
def read_agenda(here: Here, who: Who, session: str, asked: Annotated[CouncilQuery, Query()]) -> Agenda:
    """Read the items of a session in their order, whose file came whole, wanting, late or not at all."""
    with here.database.reading() as unit:
        setting = access.council(unit, code=asked.council, actor=who)
        return agenda.agenda(unit, setting=setting, code=session, actor=who)


@router.get("/localities", summary="List localities", responses=reading("localities"))
def list_localities(here: Here, who: Who, asked: Annotated[CouncilQuery, Query()]) -> tuple[PlaceView, ...]:
    """List the council's own places and those above it."""
    with here.database.reading() as unit:
        return catalogues.localities(unit, setting=access.council(unit, code=asked.council, actor=who))


@router.get("/fields", summary="List fields", responses=reading("fields"))
def list_fields(here: Here, who: Who, _asked: Asked) -> tuple[PlaceView, ...]:  # noqa: ARG001 - only who is signed in
    """List the taxonomy of fields; a field with a parent stands below it."""
    with here.database.reading() as unit:
        return catalogues.fields(unit)


@router.get("/documents", summary="List papers", responses=reading("documents"))
def list_documents(here: Here, who: Who, asked: Annotated[DocumentQuery, Query()]) -> tuple[ListedPaper, ...]:
    """List the papers of cases the caller may see; `after` is the last identifier of the page before."""
    with here.database.reading() as unit:
        limit = page_size(here, asked.limit)
        return papers.listed(unit, actor=who, number=asked.number, after=asked.after, limit=limit)
