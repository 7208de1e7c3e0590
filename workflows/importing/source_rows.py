"""Which rows of a list a council has taken before: one row of `source_row` per petition, by fingerprint."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import select

from models.cases import Case, SourceRow
from models.columns import table_of
from models.units import Unit

_LONGEST_CODE = 200
_source, _case = table_of(SourceRow), table_of(Case)


def coded_before(unit: Unit, *, council: UUID, kind: str, origin: str, codes: Iterable[str]) -> Mapping[str, str]:
    """Return the cases of a kind that rows of the same list with these codes of its own became."""
    wanted = (
        select(_source.c.code_in_source, _case.c.code)
        .join(_case, _case.c.id == _source.c.case_id)
        .where(_source.c.council_id == council, _source.c.origin == origin, _case.c.kind == kind)
        .where(_source.c.code_in_source.in_([code[:_LONGEST_CODE] for code in codes if code]))
    )
    return {row.code_in_source: row.code for row in unit.read(wanted)}


def taken_before(unit: Unit, *, council: UUID, fingerprints: Iterable[str]) -> Mapping[str, str]:
    """Return the codes of the cases that these rows became, by fingerprint."""
    wanted = (
        select(_source.c.fingerprint, _case.c.code)
        .join(_case, _case.c.id == _source.c.case_id)
        .where(_source.c.council_id == council, _source.c.fingerprint.in_(list(fingerprints)))
    )
    return {row.fingerprint: row.code for row in unit.read(wanted)}


class Sourced(Protocol):
    """A row of a list, as far as it is remembered."""

    @property
    def row_number(self) -> int:
        """Return its number in the list."""

    @property
    def fingerprint(self) -> str:
        """Return what its content is known by."""

    @property
    def code_in_source(self) -> str:
        """Return what the list itself calls it, empty where it says nothing."""


def source_row(row: Sourced, *, council: UUID, origin: str, case_id: UUID, now: datetime) -> dict[str, Any]:
    """Return the row that remembers what `row` became."""
    return {
        "council_id": council,
        "fingerprint": row.fingerprint,
        "case_id": case_id,
        "origin": origin,
        "row_number": row.row_number,
        "code_in_source": row.code_in_source[:_LONGEST_CODE] or None,
        "imported_at": now,
    }
