"""kill -9 at any instant: no half backup under its name, and no half-restored installation that does not say so."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from models.units import connect
from tests.backups import KEY, Place, empty_place, work
from tests.faults.sizes import Record, size
from tests.office import Office, open_office
from workflows.backing_up.archive import open_backup
from workflows.backing_up.marking import half_restored
from workflows.backing_up.progress import silent
from workflows.backing_up.workspaces import PREFIX
from workflows.migrating import upgrade

KILLS = size("BACKUP_KILLS")
ROOT = Path(__file__).parents[2]


def run(what: str, place: Place, archive: Path, *, kill_after: float | None = None) -> float:
    """Start, kill some seconds after it is ready unless it is done before; return the seconds that it took."""
    command = [sys.executable, "-m", "tests.faults.keeper", what, place.url, str(place.folder), str(archive)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment) as keeper:
        assert keeper.stdout is not None
        assert keeper.stdout.readline() == "ready\n"
        begun = time.monotonic()
        if kill_after is not None:
            time.sleep(kill_after)
            os.kill(keeper.pid, signal.SIGKILL)
        done, took = keeper.stdout.readline() == "done\n", time.monotonic() - begun
        assert done or kill_after is not None
        return took


@pytest.fixture
def target(database_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Place]:
    """Another installation on the same engine, with work of its own."""
    engine = "sqlite" if database_url.startswith("sqlite") else "postgresql"
    with empty_place(engine, tmp_path / "target", request) as place:
        upgrade(place.url)
        with open_office(place.url) as other:
            other.record("Kiến nghị của nơi khác")
        yield place


def enlarged(office: Office, place: Place) -> None:
    work(office, place)
    for n in range(150):
        office.record(f"Kiến nghị số {n}: đề nghị sửa đường, thôn {n % 7}")


@pytest.mark.faults
def test_no_half_backup_bears_the_name(
    office: Office, database_url: str, tmp_path: Path, record_property: Record
) -> None:
    home, folder, random = Place(database_url, tmp_path / "home"), tmp_path / "backups", Random(KILLS)
    enlarged(office, home)
    folder.mkdir()
    most, ends = run("backup", home, folder / "first.zip"), Counter[str]()
    for n in range(KILLS):
        archive = folder / f"{n}.zip"
        run("backup", home, archive, kill_after=random.uniform(0, most) if n else 0.0)  # the first before it began
        ends["made" if archive.exists() else "nothing"] += 1
        if archive.exists():
            open_backup(archive, key=KEY, progress=silent)
    assert ends["nothing"]
    run("backup", home, folder / "last.zip")
    assert list(folder.glob(f"{PREFIX}*")) == []
    record_property("reached", f"{KILLS} kills: {dict(ends)}")


@pytest.mark.faults
def test_a_killed_restore_leaves_the_old_state_or_says_so(
    office: Office, database_url: str, target: Place, tmp_path: Path, record_property: Record
) -> None:
    home, random = Place(database_url, tmp_path / "home"), Random(KILLS)
    enlarged(office, home)
    theirs = target.back_up(tmp_path / "theirs.zip").path
    ours = home.back_up(tmp_path / "ours.zip").path
    old, new = target.rows(), home.rows()
    most, ends = run("restore", target, ours), Counter[str]()
    for n in range(KILLS):
        target.restore(theirs, overwrite=True)
        assert target.rows() == old
        run("restore", target, ours, kill_after=random.uniform(0, most) if n else 0.0)  # the first before it began
        nobody_is_connected(target)
        half, found = half_restored(target.folder), target.rows()
        assert found in (old, new)
        if half is None:
            assert target.verdict().ok
        ends["half" if half else "old" if found == old else "new"] += 1
    assert ends["old"]
    assert target.restore(ours, overwrite=half_restored(target.folder) is None).ok
    assert target.rows() == new
    assert target.verdict().ok
    record_property("reached", f"{KILLS} kills: {dict(ends)}")


def nobody_is_connected(place: Place) -> None:
    """Wait until the server has noticed that a client is gone."""
    if place.url.startswith("sqlite"):
        return
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    database, give_up = connect(place.url, pool_size=1), time.monotonic() + 10
    while time.monotonic() < give_up:
        with database.reading() as unit:
            if unit.connection.exec_driver_sql(others).scalar() == 0:
                break
        time.sleep(0.02)
    database.close()
