"""Locks on cases, always in the order of their identifiers: for merge, split and what one paper does to many cases."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from models.cases import Case
from models.columns import table_of
from models.units import WriteUnit

_case = table_of(Case)
_AT_ONCE = 200


def lock(unit: WriteUnit, codes: Iterable[str]) -> None:
    """Lock the cases with these codes, in the order of their identifiers, until the unit ends: for merge and split."""
    unit.take_lock()
    wanted = [code.strip().upper() for code in codes]
    unit.read(select(_case.c.id).where(_case.c.code.in_(wanted)).order_by(_case.c.id).with_for_update())


def lock_cases(unit: WriteUnit, ids: Iterable[UUID]) -> dict[UUID, int]:
    """Lock the cases `ids` in their order until the unit ends, as `lock` does; return the version of each, by id."""
    unit.take_lock()
    wanted = sorted(ids)
    versions: dict[UUID, int] = {}
    for first in range(0, len(wanted), _AT_ONCE):
        some = wanted[first : first + _AT_ONCE]
        locked = select(_case.c.id, _case.c.seq).where(_case.c.id.in_(some)).order_by(_case.c.id).with_for_update()
        versions.update((row.id, row.seq) for row in unit.read(locked))
    return versions
