"""An upgraded database is exactly what the tables declare: columns, constraints, indexes, triggers, search."""

from __future__ import annotations

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, inspect
from sqlalchemy.schema import AddConstraint, CreateIndex, CreateTable, sort_tables_and_constraints

from models.ddl import FTS_TABLES, search_statements, trigger_statements, whole_metadata
from models.history import APPEND_ONLY
from models.inspecting import missing_search_objects, trigger_faults
from models.units import Database, Unit, WriteUnit, connect
from tests.db.migrations.snapshot import snapshot
from workflows.migrating import upgrade

ON_EXPRESSIONS = {"ix_case_search_exact_words", "ix_case_search_folded_words", "uq_clock_live"}


# Reflection on SQLite cannot take an index on an expression apart; its whole text is compared instead.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index"),
    pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index"),
]


def schema_of(url: str) -> dict[str, dict[str, Any]]:
    database = connect(url)
    with database.reading() as unit:
        found = snapshot(unit.connection)
    database.close()
    for name in ("alembic_version", "alembic_version.version_num", "alembic_version_pkc"):
        for objects in found.values():
            objects.pop(name, None)
    return {kind: {k: v for k, v in objects.items() if "alembic_version" not in k} for kind, objects in found.items()}


def declare(url: str) -> None:
    """Make the schema straight from the tables, without any migration."""
    database = connect(url)
    with database.writing() as unit:
        unit.take_lock()
        metadata = whole_metadata()
        create_tables(unit, metadata)
        run_all(unit, search_statements(unit.dialect))
        run_all(unit, trigger_statements(unit.dialect, metadata))
    database.close()


def create_tables(unit: WriteUnit, metadata: MetaData) -> None:
    """Make the tables one by one: `create_all` leaves out on SQLite what is part of a circle of keys."""
    in_order = sort_tables_and_constraints(metadata.tables.values())  # type: ignore[no-untyped-call]  # SQLAlchemy's own
    for table, keys in in_order:
        if table is not None:
            inline = None if unit.dialect == "sqlite" else keys
            unit.connection.execute(CreateTable(table, include_foreign_key_constraints=inline))
            for index in table.indexes:
                unit.connection.execute(CreateIndex(index))
        elif unit.dialect == "postgresql":
            for key in keys:
                unit.connection.execute(AddConstraint(key, isolate_from_table=False))


def run_all(unit: WriteUnit, statements: list[str]) -> None:
    for statement in statements:
        unit.connection.exec_driver_sql(statement, execution_options={"no_parameters": True})


@pytest.fixture
def declared_schema(empty_database_url: str, request: pytest.FixtureRequest) -> dict[str, dict[str, Any]]:
    if empty_database_url.startswith("sqlite"):
        url = empty_database_url.replace("empty", "declared")
        declare(url)
        return schema_of(url)
    server = request.getfixturevalue("postgres_server")
    url = server.create_database()
    declare(url)
    found = schema_of(url)
    server.drop_database(url.split("@/", 1)[1].split("?", 1)[0])
    return found


def test_upgrading_from_nothing_equals_the_declared_tables(
    empty_database_url: str, declared_schema: dict[str, dict[str, Any]]
) -> None:
    upgrade(empty_database_url)
    upgraded = schema_of(empty_database_url)
    assert upgraded.keys() == declared_schema.keys()
    for kind, objects in declared_schema.items():
        assert upgraded[kind].keys() == objects.keys()
        for name, definition in objects.items():
            assert upgraded[kind][name] == definition, f"{kind} {name}"


def test_alembic_sees_no_difference(database: Database) -> None:
    def ours(_object: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
        return not (kind == "table" and name in FTS_TABLES) and not (kind == "index" and name in ON_EXPRESSIONS)

    with database.reading() as unit:
        options = {"compare_type": True, "compare_server_default": True, "include_object": ours}
        context = MigrationContext.configure(unit.connection, opts=options)
        difference = compare_metadata(context, whole_metadata())
    assert difference == []


def test_every_constraint_has_a_name_of_its_own(database: Database) -> None:
    with database.reading() as unit:
        look = inspect(unit.connection)
        names = [
            constraint["name"]
            for table in whole_metadata().tables
            for kind in (look.get_check_constraints, look.get_foreign_keys, look.get_unique_constraints)
            for constraint in kind(table)
        ]
    assert None not in names
    assert len(names) > 60
    assert len(set(names)) == len(names)


def test_states_are_tied_to_their_events_at_commit(database: Database) -> None:
    with database.reading() as unit:
        look = inspect(unit.connection)
        keys = {
            key["name"]: key["options"]
            for table in ("case", "referral", "clock")
            for key in look.get_foreign_keys(table)
        }
    for name in ("fk_case_state_has_its_event", "fk_referral_state_has_its_event", "fk_clock_starts_with_an_event"):
        assert keys[name] == {"deferrable": True, "initially": "DEFERRED"}


def test_triggers_and_search_stand_after_migrating(database: Database) -> None:
    with database.reading() as unit:
        assert trigger_faults(unit.connection) == []
        assert missing_search_objects(unit.connection) == []
        assert (
            trigger_count(unit)
            == {"sqlite": 3 * len(APPEND_ONLY) + 3, "postgresql": 2 * len(APPEND_ONLY)}[unit.dialect]
        )


def trigger_count(unit: Unit) -> int:
    queries = {
        "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal",
    }
    count: int = unit.connection.exec_driver_sql(queries[unit.dialect]).scalar_one()
    return count
