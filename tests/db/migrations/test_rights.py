"""S36: the application's role adds to history and cannot change it, whatever it tries."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from models.grants import excessive_rights
from models.history import APPEND_ONLY
from models.units import Database, connect
from states.errors import BadInput
from tests.servers.postgres import PostgresServer, database_name
from workflows.migrating import is_current, upgrade

ROLE = "dondoc_app"


@pytest.fixture
def server_url(postgres_server: PostgresServer) -> Iterator[str]:
    """A fresh database on a server that knows the application's role."""
    make = "DO $$ BEGIN CREATE ROLE {} LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
    postgres_server.execute(sql.SQL(make).format(sql.Identifier(ROLE)))
    url = postgres_server.create_database()
    yield url
    postgres_server.drop_database(database_name(url))


@pytest.fixture
def application(server_url: str, postgres_server: PostgresServer) -> Iterator[Database]:
    """The database as the application sees it: logged in under its own role."""
    upgrade(server_url, app_role=ROLE)
    database = connect(postgres_server.url(database_name(server_url), user=ROLE))
    yield database
    database.close()


FORBIDDEN = [
    *(
        statement
        for table in APPEND_ONLY
        for statement in (
            f"DELETE FROM {table}",
            f"TRUNCATE {table} CASCADE",
            f"DROP TRIGGER {table}_append_only ON {table}",
            f"ALTER TABLE {table} DISABLE TRIGGER ALL",
            f"DROP TABLE {table} CASCADE",
            f"CREATE TRIGGER mine BEFORE INSERT ON {table} EXECUTE FUNCTION refuse_change_of_history()",
        )
    ),
    "UPDATE event SET payload = 'x'",
    "UPDATE seal SET digest = 'x'",
    "UPDATE seal_entry SET head_hash = 'x'",
    "UPDATE session_date SET reason = 'x'",
    "DROP FUNCTION refuse_change_of_history() CASCADE",
    "CREATE OR REPLACE FUNCTION refuse_change_of_history() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "SET session_replication_role = replica",
    "CREATE TABLE mine (x int)",
    "UPDATE alembic_version SET version_num = 'x'",
    'ALTER TABLE "case" DROP CONSTRAINT fk_case_state_has_its_event',
]


def test_everything_that_could_change_history_is_refused(application: Database) -> None:
    for statement in FORBIDDEN:
        with application.engine.connect() as connection, pytest.raises(ProgrammingError) as refused:
            connection.exec_driver_sql(statement)
        assert isinstance(refused.value.orig, psycopg.errors.InsufficientPrivilege), statement


def test_nothing_in_excess_is_granted(application: Database, server_url: str) -> None:
    with application.reading() as unit:
        assert excessive_rights(unit.connection, ROLE) == []
    owner = connect(server_url)
    with owner.writing() as unit:
        unit.run(text(f"GRANT UPDATE, TRUNCATE ON event TO {ROLE}"))
    with owner.reading() as reading:
        assert excessive_rights(reading.connection, ROLE) == ["event: TRUNCATE", "event: UPDATE"]
    owner.close()
    upgrade(server_url, app_role=ROLE)
    with application.reading() as unit:
        assert excessive_rights(unit.connection, ROLE) == []


def test_ordinary_tables_can_be_written(application: Database) -> None:
    with application.writing() as unit:
        unit.run(
            text("INSERT INTO account (id, login, operator, created_at) VALUES (gen_random_uuid(), 'an', false, now())")
        )
        unit.run(text("UPDATE account SET operator = true"))
        assert unit.read(text("SELECT operator FROM account")).scalars().all() == [True]
        unit.run(text("DELETE FROM account"))
        assert unit.read(text("SELECT count(*) FROM account")).scalar_one() == 0


def test_the_application_can_ask_whether_the_schema_is_current(
    application: Database, server_url: str, postgres_server: PostgresServer
) -> None:
    assert is_current(postgres_server.url(database_name(server_url), user=ROLE))


@pytest.mark.parametrize(("role", "told"), [("nobody_known", "no role"), ("postgres", "owner's rights")])
def test_a_role_that_cannot_serve_is_refused(server_url: str, role: str, told: str) -> None:
    with pytest.raises(BadInput, match=told) as refused:
        upgrade(server_url, app_role=role)
    assert "DONDOC_APP_ROLE" in refused.value.problems
    assert not is_current(server_url)
