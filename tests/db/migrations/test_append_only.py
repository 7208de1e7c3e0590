"""The database itself refuses to change or remove a row of history, by whatever statement."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import inspect
from sqlalchemy.exc import IntegrityError

from models.history import APPEND_ONLY
from models.units import Database, Unit


def row_of(unit: Unit, table: str) -> dict[str, Any]:
    """Return some row of the golden database as text that can be written into a statement."""
    row = unit.connection.exec_driver_sql(f'SELECT * FROM "{table}"').mappings().first()
    assert row is not None, f"the golden database has no {table}"
    return {name: "NULL" if value is None else f"'{value}'" for name, value in row.items()}


def statements(unit: Unit, table: str) -> list[str]:
    row, keys = row_of(unit, table), inspect(unit.connection).get_pk_constraint(table)["constrained_columns"]
    free = next(name for name in row if name not in keys and row[name] != "NULL")
    names, values = ", ".join(row), ", ".join(row.values())
    this = " AND ".join(f"{key} = {row[key]}" for key in keys)
    taken = f"INSERT INTO {table} ({names}) VALUES ({values}) ON CONFLICT ({', '.join(keys)}) DO UPDATE"
    always = [
        f"UPDATE {table} SET {free} = {free} WHERE {this}",
        f"UPDATE {table} SET {keys[0]} = {keys[0]}",
        f"DELETE FROM {table} WHERE {this}",
        f"DELETE FROM {table}",
        f"{taken} SET {free} = excluded.{free}",
    ]
    only = {
        "sqlite": [
            f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({values})",
            f"REPLACE INTO {table} ({names}) VALUES ({values})",
            f"UPDATE OR REPLACE {table} SET {free} = {free}",
        ],
        "postgresql": [f"TRUNCATE {table} CASCADE", f"TRUNCATE ONLY {table} CASCADE"],
    }
    return always + only[unit.dialect]


def run(database: Database, statement: str) -> None:
    with database.writing() as unit:
        unit.take_lock()
        unit.connection.exec_driver_sql(statement, execution_options={"no_parameters": True})


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_no_statement_changes_or_removes_a_row_of_history(golden: Database, table: str) -> None:
    with golden.reading() as unit:
        before = unit.connection.exec_driver_sql(f"SELECT * FROM {table}").all()
        attempts = statements(unit, table)
    for attempt in attempts:
        with pytest.raises(IntegrityError, match="append-only"):
            run(golden, attempt)
    with golden.reading() as unit:
        assert unit.connection.exec_driver_sql(f"SELECT * FROM {table}").all() == before
