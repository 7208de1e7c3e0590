"""Column types and constraints that all tables share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, Dialect, String, Table
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC instant: `timestamptz` on PostgreSQL, sortable ISO text on SQLite.

    Raises ValueError on a naive datetime: an instant without a zone is a mistake, not a value.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose text on SQLite, which has no type for instants."""
        return dialect.type_descriptor(String(32) if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = f"naive instant {value!r}"
            raise ValueError(message)
        instant = value.astimezone(UTC)
        return instant.isoformat(timespec="microseconds") if dialect.name == "sqlite" else instant

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Return an aware UTC instant."""
        if value is None:
            return None
        return (datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(UTC)


def one_of(column: str, values: type[StrEnum] | Iterable[str], *, name: str | None = None) -> CheckConstraint:
    """Return a named CHECK that `column` is null or one of `values`; a vocabulary stands in its `info` too."""
    allowed = ", ".join(f"'{value!s}'" for value in values)
    words = {"column": column, "words": values} if isinstance(values, type) else {}
    return CheckConstraint(f"{column} IN ({allowed})", name=name or f"{column}_known", info=words)


def words_of(table: Table) -> dict[str, type[StrEnum]]:
    """Return the vocabulary of each column of `table` that `one_of` holds to one."""
    held = [rule.info for rule in table.constraints if rule.info]
    return {said["column"]: said["words"] for said in held}


def keys_to(table: Table, other: str) -> list[str]:
    """Return the columns of `table` that refer to a row of the table `other`."""
    return [column.name for column in table.columns for key in column.foreign_keys if key.column.table.name == other]


def table_of(model: type[SQLModel]) -> Table:
    """Return the SQLAlchemy table of `model`."""
    return model.metadata.tables[str(model.__tablename__)]


def typed(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row that came as JSON with the Python types of `table`: identifiers, dates, instants, booleans."""
    known = readers(table)
    return {
        name: known[name](value) if name in known and isinstance(value, str | int) else value
        for name, value in row.items()
    }


@cache
def readers(table: Table) -> Mapping[str, Callable[[Any], Any]]:
    """Return how to read each column of `table` that JSON cannot hold as it is."""
    return {c.name: _READERS[c.type.python_type] for c in table.columns if c.type.python_type in _READERS}


_READERS: dict[type, Callable[[Any], Any]] = {
    UUID: UUID,
    datetime: lambda value: datetime.fromisoformat(value).astimezone(UTC),
    date: date.fromisoformat,
    bool: bool,
}
