"""Everything a database's catalogue says of its schema, as plain values that can be compared."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, inspect

from models.ddl import FTS_TABLES

POSTGRESQL = {
    "columns": """
        SELECT table_name || '.' || column_name, data_type, character_maximum_length, is_nullable, column_default
        FROM information_schema.columns WHERE table_schema = 'public'""",
    "constraints": """
        SELECT conrelid::regclass::text || '.' || conname, contype::text, condeferrable, condeferred, convalidated,
               pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'""",
    "indexes": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "triggers": "SELECT tgname, tgenabled::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "functions": """
        SELECT proname, pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace""",
    "views": "SELECT viewname, definition FROM pg_views WHERE schemaname = 'public'",
}


def snapshot(connection: Connection) -> dict[str, dict[str, Any]]:
    """Return kind of object -> name -> definition."""
    if connection.dialect.name == "postgresql":
        return {kind: _rows(connection, query) for kind, query in POSTGRESQL.items()}
    objects = "SELECT type || ' ' || name, tbl_name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')"
    tables = {name: _table(connection, name) for name in inspect(connection).get_table_names()}
    full_text = "SELECT name, sql FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%'"
    return {
        "tables": {name: table for name, table in tables.items() if name not in FTS_TABLES},
        "objects": _rows(connection, objects),
        "full text": _rows(connection, full_text),
    }


def _rows(connection: Connection, query: str) -> dict[str, Any]:
    return {str(row[0]): tuple(row[1:]) for row in connection.exec_driver_sql(query)}


def _table(connection: Connection, name: str) -> dict[str, Any]:
    """Return a table of SQLite with what reflection knows: also the texts of CHECKs and of partial indexes."""
    look = inspect(connection)
    indexes = f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = '{name}'"
    return {
        "columns": {c["name"]: (str(c["type"]), c["nullable"], c["default"]) for c in look.get_columns(name)},
        "key": look.get_pk_constraint(name),
        "uniques": {c["name"]: c["column_names"] for c in look.get_unique_constraints(name)},
        "checks": {c["name"]: c["sqltext"] for c in look.get_check_constraints(name)},
        "foreign keys": {c["name"]: c for c in look.get_foreign_keys(name)},
        "indexes": _rows(connection, indexes),
    }
