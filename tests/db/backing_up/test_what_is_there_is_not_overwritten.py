"""Nothing is overwritten that was not meant to be, nor under anybody's hands; a restore that was cut off is told."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from models.replacing import DatabaseInUse, DatabaseUnreadable
from models.units import connect
from states.errors import DomainError, Unavailable
from tests import made_files
from tests.backups import KEY, Place
from tests.office import Office, open_office
from workflows.backing_up import marking, restoring
from workflows.backing_up.emptiness import NotDondocs, WrongOwner
from workflows.backing_up.errors import HalfRestored, HoldsData
from workflows.backing_up.making import BackedUp
from workflows.backing_up.marking import half_restored, require_whole
from workflows.backing_up.workspaces import PREFIX, workspace
from workflows.migrating import SchemaTooNew, upgrade


def file_of(place: Place) -> Path | None:
    return Path(place.url.split("///", 1)[1]) if place.url.startswith("sqlite") else None


def refused(place: Place, made: BackedUp, **more: object) -> DomainError:
    with pytest.raises(DomainError) as told:
        place.restore(made.path, **more)
    return told.value


def test_a_database_that_holds_work_is_not_overwritten(made: BackedUp, elsewhere: Place) -> None:
    upgrade(elsewhere.url)
    with open_office(elsewhere.url) as other:
        other.record("Kiến nghị không được mất")
    before = elsewhere.rows()
    told = refused(elsewhere, made)
    assert isinstance(told, HoldsData)
    assert "1 hồ sơ, 1 sự kiện" in told.text.vi
    assert "--overwrite" in told.text.vi
    assert elsewhere.rows() == before
    assert elsewhere.restore(made.path, overwrite=True).ok
    assert elsewhere.rows() != before


def test_a_database_that_was_only_migrated_counts_as_empty(home: Place, made: BackedUp, elsewhere: Place) -> None:
    upgrade(elsewhere.url)
    assert elsewhere.restore(made.path).ok
    assert elsewhere.rows() == home.rows()


def test_files_of_others_are_not_mixed_with_those_of_the_backup(made: BackedUp, elsewhere: Place) -> None:
    with elsewhere.files.spooling(most=1 << 20) as spool:
        spool.take(made_files.png())
        elsewhere.files.keep(spool)
    assert isinstance(refused(elsewhere, made), HoldsData)
    assert elsewhere.restore(made.path, overwrite=True).ok
    assert len(list(elsewhere.files.digests())) == 2


def test_files_that_an_earlier_try_brought_do_not_stand_in_the_way(
    home: Place, made: BackedUp, elsewhere: Place
) -> None:
    with elsewhere.files.spooling(most=1 << 20) as spool:
        spool.take(made_files.pdf())
        elsewhere.files.keep(spool)
    (digest,) = home.files.digests()
    elsewhere.files.path_of(digest).write_bytes(b"half")
    assert elsewhere.restore(made.path).ok


def test_a_database_that_somebody_uses_is_not_replaced(made: BackedUp, elsewhere: Place) -> None:
    upgrade(elsewhere.url)
    running = connect(elsewhere.url)
    with running.reading():
        pass  # an idle connection stays in the pool, as in a server that waits
    told = refused(elsewhere, made)
    assert isinstance(told, DatabaseInUse)
    assert "dừng máy chủ" in told.text.vi
    running.close()
    assert elsewhere.restore(made.path).ok


def test_a_database_of_something_else_is_left_alone(made: BackedUp, elsewhere: Place) -> None:
    file = file_of(elsewhere)
    if file is not None:
        file.parent.mkdir()
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("CREATE TABLE invoice (n INTEGER)")
    else:
        with psycopg.connect(elsewhere.url.replace("+psycopg", ""), autocommit=True) as server:
            server.execute("CREATE TABLE invoice (n INTEGER)")
    for overwrite in (False, True):
        told = refused(elsewhere, made, overwrite=overwrite)
        assert isinstance(told, NotDondocs)
        assert "invoice" in told.text.vi


def test_tables_of_somebody_else_beside_ours_stay(made: BackedUp, elsewhere: Place) -> None:
    if file_of(elsewhere) is not None:
        return
    upgrade(elsewhere.url)
    with psycopg.connect(elsewhere.url.replace("+psycopg", ""), autocommit=True) as server:
        server.execute("CREATE TABLE invoice AS SELECT 7 AS n")
    elsewhere.restore(made.path, overwrite=True)
    with psycopg.connect(elsewhere.url.replace("+psycopg", ""), autocommit=True) as server:
        assert server.execute("SELECT n FROM invoice").fetchall() == [(7,)]


def test_a_database_of_a_newer_version(made: BackedUp, elsewhere: Place) -> None:
    """A file is replaced whole; a server's tables cannot all be named, so a database of its own is asked for."""
    upgrade(elsewhere.url)
    database = connect(elsewhere.url, pool_size=1)
    with database.writing() as unit:
        unit.take_lock()
        unit.connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'from_the_future'")
    database.close()
    if file_of(elsewhere) is not None:
        assert elsewhere.restore(made.path, overwrite=True).ok
    else:
        assert isinstance(refused(elsewhere, made, overwrite=True), SchemaTooNew)


def test_a_damaged_file_is_to_be_moved_away_first(made: BackedUp, tmp_path: Path) -> None:
    place = Place(f"sqlite:///{tmp_path}/p/dondoc.sqlite3", tmp_path / "p")
    place.folder.mkdir()
    file = place.folder / "dondoc.sqlite3"
    file.write_bytes(b"not a database at all" * 500)
    told = refused(place, made, overwrite=True)
    assert isinstance(told, DatabaseUnreadable)
    assert file.read_bytes().startswith(b"not a database")
    file.rename(file.with_suffix(".damaged"))
    for ending in ("-wal", "-shm"):  # a log left behind must not be read into the new file
        file.with_name(file.name + ending).write_bytes(b"\x37\x7f\x06\x82" + bytes(4000))
    assert place.restore(made.path).ok
    assert place.verdict().ok


def test_the_folder_of_another_account_is_left_alone(
    made: BackedUp, elsewhere: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere.folder.mkdir(exist_ok=True)
    us = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: us + 1)
    assert isinstance(refused(elsewhere, made), WrongOwner)


# --- cut off ------------------------------------------------------------------------------------------------------


def breaks(*_given: object, **_named: object) -> None:
    raise KeyboardInterrupt


STEPS: dict[str, tuple[object, str]] = {
    "before the files": (restoring, "_keep_files"),
    "before the mark": (restoring, "mark"),
    "before the seals": (restoring, "_keep_seals"),
    "before the mark is gone": (restoring, "unmark"),
}


@pytest.mark.parametrize("step", STEPS)
def test_cut_off_anywhere_it_is_the_old_state_or_says_so_and_can_be_restored_again(
    home: Place, made: BackedUp, elsewhere: Place, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    upgrade(elsewhere.url)
    with open_office(elsewhere.url) as other:
        other.record("Kiến nghị trước đó")
    before = elsewhere.rows()
    monkeypatch.setattr(*STEPS[step], breaks)
    with pytest.raises(KeyboardInterrupt):
        elsewhere.restore(made.path, overwrite=True)
    monkeypatch.undo()
    half = half_restored(elsewhere.folder)
    if half is None:
        assert elsewhere.rows() == before
    else:
        assert half == str(made.path)
        with pytest.raises(HalfRestored, match="dondoc restore"):
            require_whole(elsewhere.folder)
    assert (half is None) == step.startswith(("before the files", "before the mark")) or "gone" in step
    assert elsewhere.restore(made.path, overwrite=half is None).ok
    assert half_restored(elsewhere.folder) is None
    assert elsewhere.rows() == home.rows()


def test_a_mark_that_cannot_be_read_still_stops_work(tmp_path: Path) -> None:
    marking.mark(tmp_path, Path("one.zip"))
    (tmp_path / marking.MARK).write_text("")
    assert half_restored(tmp_path) == "?"
    with pytest.raises(HalfRestored):
        require_whole(tmp_path)


def test_what_a_killed_run_left_is_swept_and_that_of_a_running_one_is_not(tmp_path: Path) -> None:
    left = tmp_path / f"{PREFIX}left"
    left.mkdir()
    (left / "lock").touch()
    (left / "archive").write_bytes(b"half")
    with workspace(tmp_path) as first:
        assert not left.exists()
        with workspace(tmp_path) as second:
            assert first.exists()
            assert first != second
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_takes_nothing_is_a_sentence_and_leaves_nothing(
    office: Office, home: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()

    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable, match="No space left"):
        home.back_up(folder / "one.zip")
    monkeypatch.undo()
    assert list(folder.iterdir()) == []
    with pytest.raises(Unavailable):
        home.back_up(tmp_path / "nowhere" / "one.zip")
    assert home.back_up(folder / "one.zip", key=KEY).ok
