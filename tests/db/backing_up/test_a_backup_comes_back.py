"""What was backed up comes back, on the database it came from or on the other one."""

from __future__ import annotations

import stat
import zipfile
from datetime import date
from pathlib import Path

import pytest
from psycopg import sql

from models import copying
from models.history import APPEND_ONLY
from models.inspecting import missing_search_objects, trigger_faults
from models.units import connect
from states.errors import AlreadyExists
from states.text import Text
from tests import made_files
from tests.backups import KEY, Place, attach
from tests.db.migrations.snapshot import snapshot
from tests.office import Office, open_office
from tests.servers.postgres import PostgresServer, database_name
from workflows import sealing
from workflows.backing_up import making
from workflows.backing_up.destination import Destination
from workflows.backing_up.making import BackedUp
from workflows.backing_up.manifest import DATABASE
from workflows.backing_up.restoring import restore
from workflows.migrating import head, is_current, upgrade


def test_every_row_comes_back_and_history_verifies(home: Place, made: BackedUp, elsewhere: Place) -> None:
    restored = elsewhere.restore(made.path)
    assert restored.ok
    assert restored.verdict.notes == ()
    assert restored.verdict.seals == 1
    assert restored.set_aside is None
    assert elsewhere.rows() == home.rows()
    assert is_current(elsewhere.url)


def test_files_and_seals_come_back(home: Place, made: BackedUp, elsewhere: Place) -> None:
    elsewhere.restore(made.path)
    digests = list(home.files.digests())
    assert len(digests) == 1
    assert list(elsewhere.files.digests()) == digests
    assert elsewhere.files.path_of(digests[0]).read_bytes() == made_files.pdf()
    assert [path.name for path in elsewhere.seals.iterdir()] == ["seal-000001.json"]
    assert sealing.file_of(elsewhere.seals, 1).read_bytes() == sealing.file_of(home.seals, 1).read_bytes()


# Reflection on SQLite cannot take an index on an expression apart; its whole text is compared instead.
@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
def test_the_schema_is_as_the_migrations_make_it(made: BackedUp, elsewhere: Place) -> None:
    """Keys and indexes that were away while rows came in are back, with triggers and search."""
    upgrade(elsewhere.url)
    database = connect(elsewhere.url, pool_size=1)
    with database.reading() as unit:
        before = snapshot(unit.connection)
    database.close()
    elsewhere.restore(made.path, overwrite=True)
    with database.reading() as unit:
        assert snapshot(unit.connection) == before
        assert trigger_faults(unit.connection) == []
        assert missing_search_objects(unit.connection) == []
    database.close()


def test_work_goes_on_where_it_was_restored(office: Office, made: BackedUp, elsewhere: Place) -> None:
    elsewhere.restore(made.path)
    code = str(office.rows('SELECT code FROM "case" ORDER BY code DESC')[0]["code"])
    there = Office(
        connect(elsewhere.url, clock=office.clock), office.setting, office.clock, office.operator, office.actors,
        office.agencies,
    )  # fmt: skip
    there.go(code, "raise_again", date(2026, 9, 1))
    there.record("Kiến nghị mới sau khi phục hồi")
    for table in APPEND_ONLY:
        with pytest.raises(Exception, match="append-only"):
            there.raw(f"DELETE FROM {table}")
    there.database.close()
    assert elsewhere.verdict().ok


def test_the_manifest_says_what_is_in_it(office: Office, made: BackedUp) -> None:
    manifest = made.manifest
    assert manifest.engine == office.database.dialect
    assert (manifest.format, manifest.dondoc, manifest.revision) == (1, "0.1.0", head())
    assert manifest.events == office.rows("SELECT count(*) AS n FROM event")[0]["n"] == manifest.tables["event"].rows
    assert manifest.last_seal is not None
    assert manifest.last_seal.digest == office.rows("SELECT digest FROM seal")[0]["digest"]
    assert len(manifest.files) == 1
    assert (DATABASE in manifest.members) == (office.database.dialect == "sqlite")
    assert manifest.is_signed_with(KEY)
    assert not manifest.is_signed_with(KEY + b"x")


def test_what_is_written_while_it_is_made_is_not_in_it_and_does_not_hold_it_up(
    office: Office, home: Place, beside: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "_PAGES", 2)
    before = home.rows()
    written: list[str] = []

    def writing(what: Text, _done: int, _total: int) -> None:
        if what is making._COPYING and len(written) < 40:
            written.append(office.record(f"Kiến nghị {len(written)} trong lúc sao lưu"))

    made = home.back_up(tmp_path / "one.zip", progress=writing)
    assert len(written) == 40
    assert beside.restore(made.path).ok
    assert beside.rows() == before
    assert made.manifest.events == len(before["event"])


def test_it_is_one_file_for_its_owner_and_nothing_lies_beside_it(home: Place, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    made = home.back_up(folder / "one.zip")
    assert list(folder.iterdir()) == [made.path]
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert made.size == made.path.stat().st_size


def test_no_key_is_in_it(home: Place, tmp_path: Path) -> None:
    (home.folder / "seal.key").write_text("0123456789abcdef" * 4)
    made = home.back_up(tmp_path / "one.zip")
    assert not [name for name in made.manifest.members if "key" in name]
    for name in made.manifest.members:
        assert KEY not in _content(made.path, name)
        assert b"0123456789abcdef" * 2 not in _content(made.path, name)


def _content(archive: Path, name: str) -> bytes:
    with zipfile.ZipFile(archive) as opened:
        return opened.read(name)


def test_in_a_folder_it_is_named_by_its_instant_and_none_is_overwritten(home: Place, tmp_path: Path) -> None:
    made = home.back_up(tmp_path)
    assert made.path.name.startswith("dondoc-2")
    before = made.path.read_bytes()
    with pytest.raises(AlreadyExists):
        home.back_up(made.path)
    assert made.path.read_bytes() == before


def test_a_file_that_is_missing_is_named_and_the_rest_is_backed_up(
    office: Office, home: Place, beside: Place, tmp_path: Path
) -> None:
    lost = attach(office, home.files, made_files.png())
    home.files.path_of(lost).write_bytes(b"x")
    made = home.back_up(tmp_path / "one.zip")
    assert not made.ok
    assert made.manifest.missing_files == (lost,)
    restored = beside.restore(made.path)
    assert restored.verdict.ok
    assert not restored.ok
    assert restored.missing_files == (lost,)


def test_what_was_entered_since_is_gone_and_the_seals_that_prove_it_are_kept(
    office: Office, home: Place, made: BackedUp
) -> None:
    before = home.rows()
    office.record("Kiến nghị sau khi sao lưu")
    sealing.seal(office.database, key=KEY, export_to=home.seals)
    office.database.close()
    restored = home.restore(made.path, overwrite=True)
    assert restored.ok
    assert home.rows() == before
    assert restored.set_aside is not None
    assert [path.name for path in restored.set_aside.iterdir()] == ["seal-000002.json"]
    office.record("Kiến nghị sau khi phục hồi")
    again = sealing.seal(office.database, key=KEY, export_to=home.seals)
    assert again is not None
    assert again.n == 2
    assert home.verdict().ok


def test_restoring_the_same_again_changes_nothing(home: Place, made: BackedUp, elsewhere: Place) -> None:
    elsewhere.restore(made.path)
    assert elsewhere.restore(made.path, overwrite=True).ok
    assert elsewhere.rows() == home.rows()
    assert [path.name for path in elsewhere.folder.iterdir() if path.name.startswith(".")] == []


def test_a_backup_of_an_office_without_papers_and_seals_comes_back(
    database_url: str, elsewhere: Place, tmp_path: Path
) -> None:
    with open_office(database_url):
        pass
    made = Place(database_url, tmp_path / "empty").back_up(tmp_path / "one.zip", key=None)
    assert made.manifest.last_seal is None
    assert made.manifest.signature is None
    restored = elsewhere.restore(made.path, key=None)
    assert restored.verdict.ok
    assert restored.verdict.events == 0


def test_the_application_role_may_back_up_and_gets_its_rights_back(
    postgres_server: PostgresServer, migrated_postgres: str, tmp_path: Path
) -> None:
    _make_role(postgres_server)
    url = postgres_server.create_database(template=migrated_postgres)
    upgrade(url, app_role=ROLE)
    with open_office(url) as office:
        office.record()
    made = Place(postgres_server.url(database_name(url), user=ROLE), tmp_path / "a").back_up(tmp_path / "one.zip")
    target = Place(postgres_server.create_database(), tmp_path / "b")
    place = target.destination
    restore(
        made.path,
        to=Destination(place.url, place.data_dir, place.files, place.seals, app_role=ROLE),
        key=KEY,
    )
    limited = connect(postgres_server.url(database_name(target.url), user=ROLE), pool_size=1)
    with limited.reading() as unit:
        assert unit.connection.exec_driver_sql("SELECT count(*) FROM event").scalar() == 1
    limited.close()
    for used in (url, target.url):
        postgres_server.drop_database(database_name(used))


ROLE = "dondoc_app"


def _make_role(server: PostgresServer) -> None:
    make = "DO $$ BEGIN CREATE ROLE {} LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
    server.execute(sql.SQL(make).format(sql.Identifier(ROLE)))
