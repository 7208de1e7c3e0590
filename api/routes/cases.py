"""Cases: lists, one case, its story, time limits, referrals and papers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from api.auth import Who
from api.installation import BASE, Here, Installation
from api.routes.documenting import reading
from api.shapes.queries import Asked, CaseQuery, ClockQuery, PetitionQuery
from models.units import Unit
from states.errors import NotFound
from states.facts import Actor
from workflows import access, chaining, chronicle, clocks, describing, listing, narrating, papers, reminders, workings
from workflows.chaining import Chain
from workflows.chronicle import Chronicle
from workflows.clocks import ClockView
from workflows.describing import CaseView, ReferralView
from workflows.listing import ListedCase
from workflows.narrating import EventView
from workflows.paging import MOST, Page
from workflows.papers import PaperView
from workflows.reminders import ReminderView

router = APIRouter(prefix=BASE, tags=["cases"])
_LONGEST_CODE = 40


def the_code(code: str) -> str:
    """Return the code in the address; one that no case can have is not found like any other."""
    plain = code.isascii() and code.replace("-", "").isalnum() and len(code) <= _LONGEST_CODE
    if not plain:
        raise NotFound
    return code


Code = Annotated[str, Depends(the_code)]


def page_size(here: Installation, limit: int | None) -> int:
    """Return how many rows a page has."""
    return min(here.page_size, MOST) if limit is None else limit


def version_tag(version: int) -> dict[str, str]:
    """Return the header that names the version of a case."""
    return {"ETag": f'"{version}"'}


def list_of(
    unit: Unit, here: Installation, actor: Actor, asked: PetitionQuery, *, kind: str | None
) -> Page[ListedCase]:
    """Return a page of the cases of `kind` (None: of all kinds) as the query asks."""
    return listing.cases(
        unit,
        actor=actor,
        wanted=asked.wanted(kind),
        order=asked.sort,
        cursor=asked.cursor,
        limit=page_size(here, asked.limit),
        total=asked.total,
    )


@router.get("/cases", summary="List cases", responses=reading("cases"))
def list_cases(here: Here, who: Who, asked: Annotated[CaseQuery, Query()]) -> Page[ListedCase]:
    """List the cases the caller may see: next due first, undated last; with `text`, exact words first."""
    with here.database.reading() as unit:
        return list_of(unit, here, who, asked, kind=asked.kind)


@router.get("/cases/{code}", summary="Read a case", responses=reading("case"))
def read_case(here: Here, who: Who, code: Code, response: Response, _asked: Asked) -> CaseView:
    """Read one case. The ETag is its version: send it as If-Match with the next move."""
    with here.database.reading() as unit:
        view = describing.case_view(unit, access.case(unit, code=code, actor=who), actor=who)
    response.headers.update(version_tag(view.version))
    return view


@router.get("/cases/{code}/events", summary="Read the story of a case", responses=reading("events"))
def read_events(here: Here, who: Who, code: Code, _asked: Asked) -> tuple[EventView, ...]:
    """Read every event with both dates and both hands; corrections are in force, what they replaced is told."""
    with here.database.reading() as unit:
        return narrating.story(unit, access.case(unit, code=code, actor=who), actor=who)


@router.get("/cases/{code}/chain", summary="Read the chain of a case", responses=reading("chain"))
def read_chain(here: Here, who: Who, code: Code, _asked: Asked) -> Chain:
    """Read every case that it arose from or that arose from it, as far as the caller may see, and how they hang."""
    with here.database.reading() as unit:
        return chaining.chain_of(unit, access.case(unit, code=code, actor=who), actor=who)


@router.get("/cases/{code}/chronicle", summary="Read the chain of a case day by day", responses=reading("chronicle"))
def read_chronicle(here: Here, who: Who, code: Code, _asked: Asked) -> Chronicle:
    """Read what happened to all cases of the chain: both dates, both hands, the paper, and the law beside each."""
    with here.database.reading() as unit:
        return chronicle.chronicle_of(unit, access.case(unit, code=code, actor=who), actor=who)


@router.get("/cases/{code}/clocks", summary="Read the time limits of a case", responses=reading("clocks"))
def read_clocks(here: Here, who: Who, code: Code, asked: Annotated[ClockQuery, Query()]) -> Sequence[ClockView]:
    """Read when things are due, how they stand today, on whose authority and, with `explain`, why on that day."""
    with here.database.reading() as unit:
        seen = access.case(unit, code=code, actor=who)
        if asked.explain is not None:
            return workings.explained_views(unit, seen, asked.explain, superseded=asked.superseded)
        return clocks.clock_views(unit, seen, superseded=asked.superseded)


@router.get("/cases/{code}/reminders", summary="Read the reminders of a case", responses=reading("reminders"))
def read_reminders(here: Here, who: Who, code: Code, _asked: Asked) -> tuple[ReminderView, ...]:
    """Read what was and will be said of the time limits of a case: fired, silenced, withdrawn, still to come."""
    with here.database.reading() as unit:
        return reminders.of_case(unit, access.case(unit, code=code, actor=who))


@router.get("/cases/{code}/referrals", summary="Read the referrals of a case", responses=reading("referrals"))
def read_referrals(here: Here, who: Who, code: Code, _asked: Asked) -> tuple[ReferralView, ...]:
    """Read each sending of the case to an agency, in the order in which they were opened."""
    with here.database.reading() as unit:
        return describing.referral_views(unit, access.case(unit, code=code, actor=who))


@router.get("/cases/{code}/documents", summary="Read the papers of a case", responses=reading("papers"))
def read_documents(here: Here, who: Who, code: Code, _asked: Asked) -> tuple[PaperView, ...]:
    """Read the papers that belong to the case, oldest first."""
    with here.database.reading() as unit:
        return papers.of_case(unit, access.case(unit, code=code, actor=who))
