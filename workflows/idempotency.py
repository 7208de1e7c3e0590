"""A key and the answer given to it: the same request sent again gets the same answer and has no second effect.

The row is written in the transaction of what it belongs to, scoped to account and route, and kept seven days.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, insert, select
from sqlalchemy.exc import IntegrityError

from models.columns import table_of
from models.history import Idempotency
from models.units import Unit, WriteUnit
from states.errors import DomainError
from states.text import Text

_row = table_of(Idempotency)
KEPT = timedelta(days=7)


class KeyReused(DomainError):
    """The key belongs to another request of the same account and route."""

    code = "idempotency_key_reused"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Khóa Idempotency-Key này đã dùng cho một yêu cầu khác; dùng khóa mới",
                "This Idempotency-Key was used for another request; use a new key",
            )
        )


class KeyTaken(DomainError):
    """A request with this key is being answered at this very moment."""

    code = "idempotency_key_in_flight"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Yêu cầu với khóa này đang được xử lý; thử lại sau giây lát",
                "A request with this key is in flight; try again in a moment",
            )
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Whose key it is, for which route, and the digest of the request it was sent with."""

    account: UUID
    route: str
    key: str
    digest: str
    kept_for: timedelta = KEPT


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer: status, body and the headers that belong to it."""

    status: int
    body: str
    headers: Mapping[str, str] = field(default_factory=dict)


def find(unit: Unit, place: Place) -> Kept | None:
    """Return the answer given to this key, None when there is none yet or it is older than seven days.

    Raises: KeyReused when the key was sent with another request.
    """
    row = unit.read(select(_row).where(_here(place), _row.c.created_at > unit.now - place.kept_for)).first()
    if row is None:
        return None
    if row.request_digest != place.digest:
        raise KeyReused
    return Kept(row.status, row.body, json.loads(row.headers))


def keep(unit: WriteUnit, place: Place, kept: Kept) -> None:
    """Write the answer beside its effect.

    Raises: KeyTaken when another request with this key got there first; roll back and look again.
    """
    unit.run(delete(_row).where(_here(place), _row.c.created_at <= unit.now - place.kept_for))
    try:
        unit.run(
            insert(_row).values(
                account_id=place.account,
                route=place.route,
                key=place.key,
                request_digest=place.digest,
                status=kept.status,
                body=kept.body,
                headers=json.dumps(dict(kept.headers)),
                created_at=unit.now,
            )
        )
    except IntegrityError as error:
        raise KeyTaken from error


def forget(unit: WriteUnit, *, kept_for: timedelta = KEPT) -> int:
    """Remove the answers older than `kept_for`; return how many."""
    gone = delete(_row).where(_row.c.created_at <= unit.now - kept_for).returning(_row.c.key)
    return len(unit.run(gone).all())


def _here(place: Place) -> ColumnElement[bool]:
    return and_(_row.c.account_id == place.account, _row.c.route == place.route, _row.c.key == place.key)
