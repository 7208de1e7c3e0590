"""Sets triggers and search up again as the migrations made them; what history lost meanwhile `verify` tells."""

from __future__ import annotations

import re

from sqlalchemy import Connection

from models.databases import SQLITE
from models.ddl import (
    FTS,
    FTS_KEY,
    FTS_VIEW,
    GIN,
    REFUSE_CHANGE,
    search_statements,
    statements_of,
    trigger_statements,
    whole_metadata,
)
from models.inspecting import TriggerFault, missing_search_objects, named_statements, trigger_faults

_SEARCH_TABLE = "case_search"


def restore(connection: Connection) -> tuple[list[TriggerFault], list[str]]:
    """Make triggers and search as they should be; return what was wrong with the first and missing of the second.

    Triggers that are not ours are left alone: whoever made them must say why.
    """
    faults = [fault for fault in trigger_faults(connection) if fault.trouble != "unknown"]
    missing = missing_search_objects(connection)
    if missing or any(fault.table == _SEARCH_TABLE for fault in faults):
        _restore_search(connection)
    _restore_triggers(connection, [fault for fault in faults if fault.table != _SEARCH_TABLE])
    return faults, missing


def _restore_triggers(connection: Connection, faults: list[TriggerFault]) -> None:
    if not faults:
        return
    if connection.dialect.name != SQLITE:
        for statement in statements_of(REFUSE_CHANGE):
            _run(connection, statement.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"))
    wanted = named_statements(trigger_statements(connection.dialect.name, whole_metadata()), "TRIGGER")
    for fault in faults:
        place = "" if connection.dialect.name == SQLITE else f' ON "{fault.table}"'
        _run(connection, f'DROP TRIGGER IF EXISTS "{fault.trigger}"{place}')
        _run(connection, wanted[fault.trigger])


def _restore_search(connection: Connection) -> None:
    if connection.dialect.name != SQLITE:
        for name in re.findall(r"CREATE INDEX (\w+)", GIN):
            _run(connection, f"DROP INDEX IF EXISTS {name}")
        for statement in search_statements(connection.dialect.name):
            _run(connection, statement)
        return
    for name in named_statements(search_statements(SQLITE), "TRIGGER"):
        _run(connection, f"DROP TRIGGER IF EXISTS {name}")
    for kind, name in (("TABLE", FTS), ("VIEW", FTS_VIEW), ("TABLE", FTS_KEY)):
        _run(connection, f"DROP {kind} IF EXISTS {name}")
    for statement in search_statements(SQLITE):
        _run(connection, statement)
    _run(connection, f"INSERT INTO {FTS_KEY} (case_id) SELECT case_id FROM {_SEARCH_TABLE}")  # noqa: S608 - our own names
    _run(connection, f"INSERT INTO {FTS} ({FTS}) VALUES ('rebuild')")  # noqa: S608 - our own names


def _run(connection: Connection, statement: str) -> None:
    connection.exec_driver_sql(statement, execution_options={"no_parameters": True})
