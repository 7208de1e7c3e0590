"""What goes out of the office in tables, as files to be saved; and what a unit is to be reminded of."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.auth import Who
from api.installation import BASE, Here
from api.routes.cases import Code
from api.routes.documenting import handing_out, reading
from api.routes.files import disposition
from api.shapes.list_queries import AnnexQuery, PacketQuery, RegisterQuery, SheetQuery
from api.shapes.queries import CouncilQuery, PictureQuery
from workflows import access, chain_drawing, chaining
from workflows.printing import followup, making, packets, reminding
from workflows.printing.making import MadeFile
from workflows.printing.reminding import Reminder

router = APIRouter(prefix=BASE, tags=["lists"])


def _saved(made: MadeFile) -> Response:
    """Return a file to be saved; a browser runs nothing of it."""
    headers = {
        "Content-Disposition": disposition(made.name),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return Response(made.content, media_type=made.media, headers=headers)


@router.get("/annexes/{kind}", summary="Make an annex", response_class=Response, responses=handing_out())
def make_annex(here: Here, who: Who, kind: str, asked: Annotated[AnnexQuery, Query()]) -> Response:
    """Make an annex (pl1, pl2, pl3, pl4, 2b) or the cross table (cross) of the petitions that are asked for.

    Restricted petitions are never in it.
    """
    with here.database.reading() as unit:
        setting = access.council(unit, code=asked.council, actor=who)
        made = making.annex(
            unit, setting=setting, actor=who, store=here.files, kind=kind, choice=asked.choice(), form=asked.format
        )
    return _saved(made)


@router.get(
    "/registers/petitions", summary="Make the register of petitions", response_class=Response, responses=handing_out()
)
def make_register(here: Here, who: Who, asked: Annotated[RegisterQuery, Query()]) -> Response:
    """Make the register of petitions on A3 as the caller may see it, one row for each petition."""
    with here.database.reading() as unit:
        setting = access.council(unit, code=asked.council, actor=who)
        made = making.register(
            unit, setting=setting, actor=who, store=here.files, choice=asked.choice(), form=asked.format
        )
    return _saved(made)


@router.get("/packets", summary="Make the packet of a hamlet", response_class=Response, responses=handing_out())
def make_packet(here: Here, who: Who, asked: Annotated[PacketQuery, Query()]) -> Response:
    """Make a Word file of all that was raised in a hamlet and what became of it; without a hamlet, of all."""
    with here.database.reading() as unit:
        setting, store = access.council(unit, code=asked.council, actor=who), here.files
        if asked.locality is None:
            made = packets.of_all(unit, setting=setting, actor=who, store=store, contact_round=asked.round)
        else:
            made = packets.of_hamlet(
                unit, setting=setting, actor=who, store=store, name=asked.locality, contact_round=asked.round
            )
    return _saved(made)


@router.get(
    "/followups/{agency}",
    summary="Make the follow-up sheet of a unit",
    response_class=Response,
    responses=handing_out(),
)
def make_followup(here: Here, who: Who, agency: str, asked: Annotated[SheetQuery, Query()]) -> Response:
    """Make the sheet of a unit's open cases, with three empty columns that the unit fills in."""
    with here.database.reading() as unit:
        setting = access.council(unit, code=asked.council, actor=who)
        body = followup.body(unit, setting=setting, code=agency)
        made = making.follow_up(unit, setting=setting, actor=who, store=here.files, agency=body, form=asked.format)
    return _saved(made)


@router.get("/reminders/{agency}", summary="Read what a unit is to be reminded of", responses=reading("reminder"))
def read_reminder(here: Here, who: Who, agency: str, asked: Annotated[CouncilQuery, Query()]) -> Reminder:
    """Read what a unit owes, most overdue first, and the same as plain text to be copied into its chat group."""
    with here.database.reading() as unit:
        setting = access.council(unit, code=asked.council, actor=who)
        return reminding.reminder(
            unit, setting=setting, actor=who, agency=followup.body(unit, setting=setting, code=agency)
        )


@router.get(
    "/cases/{code}/chain.svg",
    summary="Draw the chain of a case",
    response_class=Response,
    responses=handing_out(),
)
def draw_chain(here: Here, who: Who, code: Code, asked: Annotated[PictureQuery, Query()]) -> Response:
    """Draw all that a case arose from and that came of it: codes, kinds, states and days, no text of a petition."""
    with here.database.reading() as unit:
        seen = access.case(unit, code=code, actor=who)
        drawn = chain_drawing.svg(chaining.chain_of(unit, seen, actor=who), asked.language)
    return _saved(MadeFile(f"{seen.row['code']}.svg", "image/svg+xml", drawn.encode()))
