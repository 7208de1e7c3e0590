"""Pages by key: an opaque cursor says after which row the next page begins; rows added meanwhile shift nothing."""

from __future__ import annotations

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

from states.errors import BadInput
from states.text import Text

T = TypeVar("T")
MOST = 200
USUAL = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows in order, the cursor of the next page if there is one, the count of all where it was asked for."""

    items: tuple[T, ...]
    next: str | None = None
    total: int | None = None


@dataclass(frozen=True, slots=True)
class After:
    """The row after which a page begins: how rows are ordered, in which stretch it stood, its day and identifier."""

    order: str
    stretch: int
    id: UUID
    day: date | None = None

    def opaque(self) -> str:
        """Return the cursor that travels."""
        said = [self.order, self.stretch, self.id.hex, self.day.isoformat() if self.day else None]
        return urlsafe_b64encode(json.dumps(said, separators=(",", ":")).encode()).decode().rstrip("=")


def read(cursor: str | None, *, order: str, stretches: int = 1) -> After | None:
    """Return what `cursor` says, None for the first page.

    Raises: BadInput when it is no cursor of a list in this order.
    """
    if cursor is None:
        return None
    try:
        said = json.loads(urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)))
        name, stretch, key, day = said
        found = After(name, int(stretch), UUID(hex=key), date.fromisoformat(day) if day else None)
    except (ValueError, TypeError, AttributeError, UnicodeError, binascii.Error, RecursionError) as error:
        raise _no_cursor() from error
    if found.order != order or not 0 <= found.stretch < stretches:
        raise _no_cursor()
    return found


def cut(rows: list[T], *, limit: int) -> tuple[list[T], bool]:
    """Return at most `limit` rows and whether there are more."""
    return rows[:limit], len(rows) > limit


def within(limit: int) -> int:
    """Return `limit` if a page may be that long.

    Raises: BadInput.
    """
    if not 1 <= limit <= MOST:
        raise BadInput({"limit": Text(f"«Số dòng» từ 1 đến {MOST}", f"“limit” is 1 to {MOST}")})
    return limit


def page_of(rows: list[Mapping[str, Any]], *, limit: int, order: str) -> tuple[list[Mapping[str, Any]], str | None]:
    """Cut one stretch of rows that are ordered by identifier alone."""
    shown, more = cut(rows, limit=limit)
    return shown, After(order, 0, shown[-1]["id"]).opaque() if more else None


def _no_cursor() -> BadInput:
    return BadInput(
        {
            "cursor": Text(
                "«cursor» không thuộc danh sách này; xem lại từ trang đầu",
                "“cursor” does not belong to this list; begin with the first page",
            )
        }
    )
