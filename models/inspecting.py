"""Whether a database still has the triggers and the search index that its migrations gave it.

History is only append-only as long as the triggers stand: `doctor` and `verify` ask here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, text

from models.databases import SQLITE
from models.ddl import (
    FTS,
    FUNCTION,
    GIN,
    REFUSE_CHANGE,
    search_statements,
    statements_of,
    trigger_statements,
    whole_metadata,
)
from models.history import APPEND_ONLY

# pg_trigger.tgtype: row 1, before 2, delete 8, update 16, truncate 32.
_ROW_UPDATE_DELETE = 1 + 2 + 8 + 16
_STATEMENT_TRUNCATE = 2 + 32
_POSTGRESQL_TRIGGERS = text(
    "SELECT c.relname, t.tgname, t.tgtype, t.tgenabled, t.tgqual IS NULL AND t.tgattr = '' AS always, p.proname,"
    " p.prosrc FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
    "WHERE NOT t.tgisinternal AND c.relnamespace = to_regnamespace(current_schema())"
)


@dataclass(frozen=True, slots=True)
class TriggerFault:
    """A trigger that is not as the migrations made it; `trouble` says in which way."""

    table: str
    trigger: str
    trouble: Literal["missing", "altered", "disabled", "unknown"]


def trigger_faults(connection: Connection) -> list[TriggerFault]:
    """Return every trigger that is missing, altered, switched off or not ours; none when all stand."""
    faults = _on_sqlite(connection) if connection.dialect.name == SQLITE else _on_postgresql(connection)
    return sorted(faults, key=lambda fault: (fault.table, fault.trigger))


def missing_search_objects(connection: Connection) -> list[str]:
    """Return the names of the full-text index or its parts that are missing or altered."""
    if connection.dialect.name == SQLITE:
        return _missing_in_sqlite(connection)
    wanted = {name for statement in statements_of(GIN) for name in re.findall(r"CREATE INDEX (\w+)", statement)}
    query = text(
        "SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam "
        "WHERE i.indisvalid AND a.amname = 'gin' AND c.relnamespace = to_regnamespace(current_schema())"
    )
    return sorted(wanted - set(connection.execute(query).scalars()))


def _on_sqlite(connection: Connection) -> Iterable[TriggerFault]:
    wanted = named_statements(trigger_statements(SQLITE, whole_metadata()), "TRIGGER")
    wanted |= named_statements(search_statements(SQLITE), "TRIGGER")
    rows = connection.exec_driver_sql("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'").all()
    found = {name: (table, sql) for table, name, sql in rows}
    for name, statement in wanted.items():
        table = re.findall(r' ON "?(\w+)"?', statement)[0]
        if name not in found:
            yield TriggerFault(table, name, "missing")
        elif found[name] != (table, statement):
            yield TriggerFault(table, name, "altered")
    for name in found.keys() - wanted.keys():
        yield TriggerFault(found[name][0], name, "unknown")


def _on_postgresql(connection: Connection) -> Iterable[TriggerFault]:
    body = REFUSE_CHANGE.split("$$")[1]
    wanted = {
        (table, f"{table}_append_only{ending}"): (kind, True, FUNCTION, body)
        for table in APPEND_ONLY
        for ending, kind in (("", _ROW_UPDATE_DELETE), ("_truncate", _STATEMENT_TRUNCATE))
    }
    found = {(row.relname, row.tgname): row for row in connection.execute(_POSTGRESQL_TRIGGERS)}
    for place, ours in wanted.items():
        row = found.get(place)
        if row is None:
            yield TriggerFault(*place, "missing")
        elif (row.tgtype, row.always, row.proname, row.prosrc) != ours:
            yield TriggerFault(*place, "altered")
        elif _letter(row.tgenabled) not in {"O", "A"}:
            yield TriggerFault(*place, "disabled")
    for place in found.keys() - wanted.keys():
        yield TriggerFault(*place, "unknown")


def _missing_in_sqlite(connection: Connection) -> list[str]:
    wanted = named_statements(search_statements(SQLITE), "TABLE|VIEW|VIRTUAL TABLE")
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'view')")
    found: dict[str, str] = {row.name: row.sql for row in rows}
    missing = {name for name, statement in wanted.items() if found.get(name) != statement}
    if FTS in found:
        secure = connection.exec_driver_sql("SELECT v FROM case_fts_config WHERE k = 'secure-delete'").scalar()
        missing |= set() if secure else {f"{FTS}.secure-delete"}
    return sorted(missing)


def named_statements(statements: Iterable[str], kinds: str) -> dict[str, str]:
    """Return those `statements` that create one of `kinds` ("TRIGGER", "TABLE|VIEW"), by the name they give."""
    heads = ((re.match(rf'CREATE (?:{kinds}) "?(\w+)"?', statement), statement) for statement in statements)
    return {head.group(1): statement for head, statement in heads if head}


def _letter(value: object) -> str:
    """Return PostgreSQL's type "char", which drivers give as text or as one byte."""
    return value.decode() if isinstance(value, bytes) else str(value)
