"""Petitions that say the same: which known one a new text repeats, and what is proposed about it.

Only texts of the same words are found, whatever their case, accents and punctuation.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, unique
from typing import Any
from uuid import UUID

from sqlalchemy import select

from models.cases import Case, CaseSearch, SourceRow
from models.columns import table_of
from models.units import Unit
from states.petition import PETITION_KIND, P
from states.text import Text
from states.vocabulary import Confidentiality
from workflows.access import Setting
from workflows.orders import Moved
from workflows.registering import propose

_case, _search, _source = table_of(Case), table_of(CaseSearch), table_of(SourceRow)
# A proposal names both cases; one that few may know of must not betray itself by it.
_OPEN_LEVELS = (Confidentiality.PUBLIC.value, Confidentiality.INTERNAL.value)
_GONE = (P.VOIDED.value, P.MERGED.value)


@unique
class Proposed(StrEnum):
    """What is proposed of two petitions of the same words, by the trigger that does it."""

    MERGE = "merge"
    RAISE_AGAIN = "raise_again"


@dataclass(frozen=True, slots=True)
class Known:
    """A petition that a new text repeats; `origin` is the list it came from, None when it was entered by hand."""

    case_id: UUID
    code: str
    origin: str | None


def known_texts(unit: Unit, *, council: UUID, keys: Collection[str]) -> Mapping[str, Known]:
    """Return the oldest petition of the council for each text key that it knows."""
    wanted = (
        select(_search.c.text_key, _case.c.id, _case.c.code, _source.c.origin)
        .join(_case, _case.c.id == _search.c.case_id)
        .outerjoin(_source, _source.c.case_id == _case.c.id)
        .where(
            _search.c.text_key.in_(list(keys)),
            _case.c.council_id == council,
            _case.c.kind == PETITION_KIND,
            _case.c.state.not_in(_GONE),
            _case.c.confidentiality.in_(_OPEN_LEVELS),
        )
        .order_by(_case.c.id)
    )
    found: dict[str, Known] = {}
    for row in unit.read(wanted):
        found.setdefault(row.text_key, Known(row.id, row.code, row.origin))
    return found


def proposed(*, earlier_origin: str | None, origin: str) -> Proposed:
    """Return what two petitions of the same words call for.

    In one list they are one petition written twice; from elsewhere the same petition came again.
    """
    return Proposed.MERGE if earlier_origin == origin else Proposed.RAISE_AGAIN


def proposal(what: Proposed, *, setting: Setting, new: Moved, earlier: Known, now: datetime) -> dict[str, Any]:
    """Return the proposal row: to merge the new petition, or to record on the earlier one that it came again."""
    pair = (new.case_id, earlier.case_id) if what is Proposed.MERGE else (earlier.case_id, new.case_id)
    return propose(
        setting=setting,
        case_id=pair[0],
        other=pair[1],
        trigger=what.value,
        cause=f"same_text:{new.case_id}:{earlier.case_id}",
        sentence=_SENTENCES[what].fill(new=new.code, earlier=earlier.code),
        now=now,
    )


_SENTENCES = {
    Proposed.MERGE: Text(
        "{new} trùng nội dung với {earlier} trong cùng danh sách: gộp vào {earlier}",
        "{new} has the words of {earlier} in the same list: merge it into {earlier}",
    ),
    Proposed.RAISE_AGAIN: Text(
        "{new} nêu lại nội dung của {earlier}: ghi nêu lại vào {earlier}",
        "{new} repeats {earlier}: record on {earlier} that it was raised again",
    ),
}
