"""Every finding of `doctor` about the database, provoked on a real one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from psycopg import sql
from sqlalchemy import text

from models.inspecting import TriggerFault, missing_search_objects, trigger_faults
from models.units import Database, connect, host_clock
from tests.servers.postgres import PostgresServer, database_name
from workflows.doctor import Check, examine, mend
from workflows.doctor.database import durability, postgresql_version, sqlite_version
from workflows.migrating import NotMigrated, downgrade, upgrade

ROLE = "dondoc_watched"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = connect(database_url)
    yield opened
    opened.close()


def found(url: str, tmp_path: Path, **more: object) -> dict[str, Check]:
    return {check.code: check for check in examine(database_url=url, data_dir=tmp_path, **more)}  # type: ignore[arg-type]  # the options of examine


def run(database: Database, *statements: str) -> None:
    with database.writing() as unit:
        for statement in statements:
            unit.take_lock()
            unit.connection.exec_driver_sql(statement)


def test_a_fresh_database_is_well(database_url: str, tmp_path: Path) -> None:
    checks = found(database_url, tmp_path)
    for code in ("schema", "triggers", "search", "clock"):
        assert checks[code].is_ok, checks[code]
    if database_url.startswith("sqlite"):
        for code in ("sqlite_version", "durability", "integrity"):
            assert checks[code].is_ok, checks[code]


def test_every_finding_speaks_both_languages_and_says_how_to_mend(empty_database_url: str, tmp_path: Path) -> None:
    for check in found(empty_database_url, tmp_path / "nowhere").values():
        assert check.sentence.vi
        assert check.sentence.en
        assert check.is_ok == (check.mend.vi == "") == (check.mend.en == "")


def test_a_database_that_was_never_migrated_is_told(empty_database_url: str, tmp_path: Path) -> None:
    checks = found(empty_database_url, tmp_path)
    finding = checks.get("schema") or checks["database"]
    assert finding.grade == "fault"
    assert "dondoc migrate" in finding.mend.en
    assert not (tmp_path / "empty.sqlite3").exists()


def test_an_older_schema_is_told(database_url: str, tmp_path: Path) -> None:
    downgrade(database_url, "base")
    assert found(database_url, tmp_path)["schema"].grade == "fault"


def test_a_newer_schema_is_told_to_need_a_newer_dondoc(database: Database, database_url: str, tmp_path: Path) -> None:
    run(database, "UPDATE alembic_version SET version_num = '9999_from_the_future'")
    finding = found(database_url, tmp_path)["schema"]
    assert finding.grade == "fault"
    assert "9999_from_the_future" in finding.sentence.en
    assert "newer" in finding.mend.en


DROPPED = {
    "sqlite": ["DROP TRIGGER event_append_only_delete"],
    "postgresql": ["DROP TRIGGER event_append_only ON event"],
}
ALTERED = {
    "sqlite": [
        "DROP TRIGGER event_append_only_update",
        "CREATE TRIGGER event_append_only_update BEFORE UPDATE ON event WHEN false BEGIN SELECT 1; END",
    ],
    "postgresql": [
        """CREATE OR REPLACE FUNCTION refuse_change_of_history() RETURNS trigger
        LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'""",
    ],
}
NARROWED = {
    "sqlite": [
        "DROP TRIGGER event_append_only_update",
        "CREATE TRIGGER event_append_only_update BEFORE UPDATE OF seq ON event BEGIN SELECT RAISE(ABORT, 'x'); END",
    ],
    "postgresql": [
        "DROP TRIGGER event_append_only ON event",
        """CREATE TRIGGER event_append_only BEFORE UPDATE OF seq OR DELETE ON event
        FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history()""",
    ],
}
FOREIGN = {
    "sqlite": ["CREATE TRIGGER mine BEFORE INSERT ON event BEGIN SELECT RAISE(IGNORE); END"],
    "postgresql": [
        "CREATE FUNCTION mine() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$",
        "CREATE TRIGGER mine BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION mine()",
    ],
}


@pytest.mark.parametrize(
    ("tampering", "trouble"),
    [(DROPPED, "missing"), (ALTERED, "altered"), (NARROWED, "altered"), (FOREIGN, "unknown")],
    ids=["dropped", "emptied", "narrowed", "foreign"],
)
def test_tampered_triggers_are_named(
    database: Database, database_url: str, tmp_path: Path, tampering: dict[str, list[str]], trouble: str
) -> None:
    run(database, *tampering[database.dialect])
    with database.reading() as unit:
        faults = trigger_faults(unit.connection)
    assert {fault.trouble for fault in faults} == {trouble}
    assert any(fault.trigger.startswith(("event_append_only", "mine")) for fault in faults)
    finding = found(database_url, tmp_path)["triggers"]
    assert finding.grade == "fault"
    assert faults[0].trigger in finding.sentence.vi


def test_a_trigger_switched_off_is_named(postgres_server: PostgresServer, migrated_postgres: str) -> None:
    url = postgres_server.create_database(template=migrated_postgres)
    database = connect(url)
    run(database, "ALTER TABLE seal DISABLE TRIGGER seal_append_only")
    with database.reading() as unit:
        assert trigger_faults(unit.connection) == [TriggerFault("seal", "seal_append_only", "disabled")]
    database.close()
    assert mend(url) == ["seal_append_only"]
    postgres_server.drop_database(database_name(url))


@pytest.mark.parametrize("tampering", [DROPPED, ALTERED, NARROWED], ids=["dropped", "emptied", "narrowed"])
def test_mending_sets_the_triggers_up_again(
    database: Database, database_url: str, tampering: dict[str, list[str]]
) -> None:
    run(database, *tampering[database.dialect])
    assert mend(database_url)
    with database.reading() as unit:
        assert trigger_faults(unit.connection) == []
    assert mend(database_url) == []


def test_a_missing_search_index_is_told_and_mended(database: Database, database_url: str, tmp_path: Path) -> None:
    run(
        database,
        {"sqlite": "DROP TABLE case_fts", "postgresql": "DROP INDEX ix_case_search_folded_words"}[database.dialect],
    )
    assert found(database_url, tmp_path)["search"].grade == "fault"
    assert mend(database_url)
    with database.reading() as unit:
        assert missing_search_objects(unit.connection) == []


def test_mending_refuses_another_schema(empty_database_url: str) -> None:
    upgrade(empty_database_url)
    downgrade(empty_database_url, "base")
    with pytest.raises(NotMigrated):
        mend(empty_database_url)


@pytest.mark.parametrize("seconds", [-90, 90])
def test_a_clock_that_is_off_is_told(
    postgres_server: PostgresServer, migrated_postgres: str, tmp_path: Path, seconds: int
) -> None:
    url = postgres_server.create_database(template=migrated_postgres)
    finding = found(url, tmp_path, clock=lambda: host_clock() + timedelta(seconds=seconds))["clock"]
    assert finding.grade == "fault"
    assert "90" in finding.sentence.en or "89" in finding.sentence.en
    postgres_server.drop_database(database_name(url))


def test_an_event_of_tomorrow_tells_that_the_clock_is_off(migrated_sqlite: Path, tmp_path: Path) -> None:
    file = tmp_path / "copy.sqlite3"
    shutil.copyfile(migrated_sqlite, file)
    database = connect(f"sqlite:///{file}")
    with database.writing() as unit:
        unit.connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        unit.run(
            text(
                "INSERT INTO event (case_id, seq, act, trigger, to_state, milestones, recorded_at, recorded_by, "
                "schema_number, payload, previous_hash, hash) "
                "VALUES ('a', 1, 'move', 'record', 'recorded', '', '2026-03-02T00:00:00.000000+00:00', 'b', 1, "
                "'{}', '', 'x')"
            )
        )
    database.close()
    url = f"sqlite:///{file}"
    before = datetime(2026, 3, 1, tzinfo=UTC)
    assert found(url, tmp_path, clock=lambda: before)["clock"].grade == "fault"
    assert found(url, tmp_path, clock=lambda: before + timedelta(days=1))["clock"].is_ok


@pytest.mark.parametrize(
    ("version", "good"),
    [
        ("3.40.1", False),
        ("3.44.5", False),
        ("3.44.6", True),
        ("3.45.1", False),
        ("3.50.6", False),
        ("3.50.7", True),
        ("3.51.2", False),
        ("3.51.3", True),
        ("3.53.4", True),
        ("4.0.0", True),
    ],
)
def test_sqlite_versions_with_the_corruption_bug_are_told(version: str, good: bool) -> None:
    assert sqlite_version(version).is_ok is good


@pytest.mark.parametrize("pragma", ["synchronous=NORMAL", "synchronous=OFF", "foreign_keys=OFF"])
def test_an_unsafe_way_of_writing_is_told(migrated_sqlite: Path, tmp_path: Path, pragma: str) -> None:
    file = tmp_path / "copy.sqlite3"
    shutil.copyfile(migrated_sqlite, file)
    database = connect(f"sqlite:///{file}", pool_size=1)
    with database.engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA {pragma}")
    with database.reading() as unit:
        finding = durability(unit)
    database.close()
    assert finding.grade == "fault"
    assert pragma.partition("=")[0] in finding.sentence.en


def test_a_file_with_orphans_is_told(migrated_sqlite: Path, tmp_path: Path) -> None:
    file = tmp_path / "copy.sqlite3"
    shutil.copyfile(migrated_sqlite, file)
    database = connect(f"sqlite:///{file}")
    with database.writing() as unit:
        unit.connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        unit.run(text("INSERT INTO case_reader (case_id, account_id) VALUES ('a', 'b')"))
    database.close()
    finding = found(f"sqlite:///{file}", tmp_path)["integrity"]
    assert finding.grade == "fault"
    assert "case_reader" in finding.sentence.en


def test_a_damaged_file_is_told(migrated_sqlite: Path, tmp_path: Path) -> None:
    file = tmp_path / "copy.sqlite3"
    content = bytearray(migrated_sqlite.read_bytes())
    content[8_192:65_536] = bytes(65_536 - 8_192)
    file.write_bytes(content)
    checks = found(f"sqlite:///{file}", tmp_path)
    assert any(not check.is_ok and check.code in {"integrity", "database"} for check in checks.values())


def test_no_database_at_all_is_told_without_making_one(tmp_path: Path) -> None:
    for url in (f"sqlite:///{tmp_path / 'none.sqlite3'}", f"postgresql://x@/none?host={tmp_path}", "mysql://x"):
        assert found(url, tmp_path)["database"].grade == "fault"
    assert not (tmp_path / "none.sqlite3").exists()


# --- PostgreSQL ---------------------------------------------------------------------------------------------------


@pytest.fixture
def server_url(postgres_server: PostgresServer) -> Iterator[str]:
    make = "DO $$ BEGIN CREATE ROLE {} LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
    postgres_server.execute(sql.SQL(make).format(sql.Identifier(ROLE)))
    url = postgres_server.create_database()
    upgrade(url, app_role=ROLE)
    yield url
    postgres_server.drop_database(database_name(url))


def test_the_ordinary_role_of_the_application_is_well(
    server_url: str, postgres_server: PostgresServer, tmp_path: Path
) -> None:
    checks = found(postgres_server.url(database_name(server_url), user=ROLE), tmp_path, app_role=ROLE)
    for code in ("schema", "triggers", "search", "rights", "connected_as", "postgresql_version", "clock"):
        assert checks[code].is_ok, checks[code]


def test_working_as_a_superuser_is_warned_of(server_url: str, tmp_path: Path) -> None:
    checks = found(server_url, tmp_path)
    assert checks["connected_as"].grade == "warning"
    assert "superuser" in checks["connected_as"].sentence.en
    assert checks["rights"].grade == "warning"


def test_rights_in_excess_are_named(server_url: str, tmp_path: Path) -> None:
    owner = connect(server_url)
    run(owner, f"GRANT DELETE ON seal_entry TO {ROLE}")
    owner.close()
    finding = found(server_url, tmp_path, app_role=ROLE)["rights"]
    assert finding.grade == "fault"
    assert "seal_entry: DELETE" in finding.sentence.en


def test_a_role_that_is_not_there_is_told(server_url: str, tmp_path: Path) -> None:
    assert found(server_url, tmp_path, app_role="nobody_known")["rights"].grade == "fault"


def test_a_server_that_does_not_write_to_disk_is_told(server_url: str, tmp_path: Path) -> None:
    finding = found(server_url, tmp_path)["durability"]
    assert finding.grade == "fault"
    assert "fsync=off" in finding.sentence.en


@pytest.mark.parametrize(
    ("number", "encoding", "good"), [(140_011, "UTF8", False), (150_000, "UTF8", True), (180_004, "LATIN1", False)]
)
def test_old_servers_and_other_encodings_are_told(number: int, encoding: str, good: bool) -> None:
    assert postgresql_version(number, encoding).is_ok is good
