"""Rates: how much was received and what came of it, with what each number means."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from api.auth import Who
from api.installation import BASE, Here
from api.routes.documenting import reading
from api.shapes.queries import RateQuery
from workflows import access, rates
from workflows.rates import RateTable
from workflows.rates.of_kinds import KindRateTable

router = APIRouter(prefix=BASE, tags=["rates"])


@router.get("/rates", summary="Read the rates", responses=reading("rates"))
def read_rates(here: Here, who: Who, asked: Annotated[RateQuery, Query()]) -> RateTable | KindRateTable:
    """Count the cases of a kind received in a period (this year so far, unless said) as they stood on a day (today).

    Petitions, the usual kind, are counted as answered, handled and resolved; every other kind by what of it has fallen
    due and is done.
    """
    with here.database.reading() as unit:
        setting = access.council(unit, code=asked.council, actor=who)
        as_of = asked.as_of or unit.today
        period = (asked.since or date(as_of.year, 1, 1), asked.until or as_of)
        return rates.of_any_kind(
            unit, kind=asked.kind, setting=setting, actor=who, period=period, as_of=as_of, by=asked.by
        )
