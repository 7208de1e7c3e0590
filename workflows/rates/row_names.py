"""What the rows of a table of rates are called: agencies, fields and localities by code and name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import or_, select

from models.columns import table_of
from models.councils import Agency, Locality, Taxon
from models.units import Unit
from states.text import Text
from workflows.rates.questions import Key, Question

_agency, _taxon, _locality = table_of(Agency), table_of(Taxon), table_of(Locality)
Names = Mapping[Key, tuple[str | None, Text]]


def names_of(unit: Unit, question: Question, keys: Iterable[Key], council: str) -> Names:
    """Return code and name of each row; what was written and is no known code stands as it was written."""
    if question.by == "council":
        return {None: (question.setting.council_code, Text(council, council))}
    wanted = [key for key in keys if key is not None]
    found: dict[Key, tuple[str | None, Text]] = {key: (str(key), Text(str(key), str(key))) for key in wanted}
    for row in unit.read(_namings(question, wanted)):
        found[row.key] = (row.code, Text(row.vi, row.en))
    return found


def _namings(question: Question, keys: list[Any]) -> Any:
    if question.by == "agency":
        a = _agency.c
        return select(a.id.label("key"), a.code, a.name.label("vi"), a.name.label("en")).where(a.id.in_(keys))
    if question.by == "field":
        t = _taxon.c
        known = (t.scheme == "field") & t.code.in_(keys)
        return select(t.code.label("key"), t.code, t.name_vi.label("vi"), t.name_en.label("en")).where(known)
    place = _locality.c
    ours = or_(place.council_id == question.setting.council, place.council_id.is_(None))
    named = select(place.code.label("key"), place.code, place.name.label("vi"), place.name.label("en"))
    return named.where(ours, place.code.in_(keys)).order_by(place.council_id.is_not(None))
