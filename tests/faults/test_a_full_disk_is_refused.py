"""P13: what a full disk does not take is refused in words, reading goes on, nothing acknowledged is lost or damaged.

Each of them on a small file system of its own: the data folder, the log, the folder of backups.
"""

from __future__ import annotations

import json
import os
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pytest

from models.units import connect
from states.errors import Unavailable
from tests.backups import Place
from tests.conftest import sqlite_url
from tests.faults.service import Service, dondoc, eventually, logged_errors, serving
from tests.faults.sizes import Record, size
from tests.servers.postgres import DURABLE, RestartablePostgres, restartable_postgres
from tests.sheets import petitions
from workflows import verifying
from workflows.migrating import upgrade

pytestmark = pytest.mark.faults
SETTINGS = {"DONDOC_LOG_FORMAT": "json", "DONDOC_SWEEP_SECONDS": "1", "DONDOC_LANGUAGE": "en"}
SMALL = {"max_wal_size": "32MB", "min_wal_size": "32MB", "shared_buffers": "16MB"}
EXPECTED = tuple(f"states.errors.{name} " for name in ("Unavailable", "OutcomeUnknown", "DiskFull"))
TRIES, RESUMES_WITHIN = 12, 60.0
SmallDisk = Callable[[int], Path]


def fill(disk: Path, *, leaving: int = 0) -> None:
    """Write until nothing more goes onto the disk, then give so many bytes back."""
    ballast = disk / "ballast"
    with ballast.open("ab", buffering=0) as file:
        for piece in (1 << 20, 1 << 12, 1):
            with suppress(OSError):
                while file.write(bytes(piece)) == piece:
                    pass
    os.truncate(ballast, max(ballast.stat().st_size - leaving, 0))


def make_room(disk: Path) -> None:
    (disk / "ballast").unlink()


@dataclass
class Office:
    """A service under test, and the petitions that it has acknowledged, by what they say."""

    service: Service
    acknowledged: dict[str, str] = field(default_factory=dict)
    refused: int = 0

    def enter(self, text: str) -> bool:
        """Enter a petition; whether it was acknowledged. What is refused is refused for the full disk, in words."""
        body = {"on": "2026-08-01", "payload": {"text": text + " …" * 800}}
        status, said = self.service.call("/api/v1/petitions", body)
        if status == 201:
            self.acknowledged[text] = said["code"]
            return True
        self.says_the_disk_is_full(status, said, "disk_full")
        return False

    def tried(self, text: str) -> str:
        """Enter a petition on a database that may be away too; return what came of it."""
        body = {"on": "2026-08-01", "payload": {"text": text + " …" * 800}}
        status, said = self.service.call("/api/v1/petitions", body)
        assert status in {201, 503}, said
        if status == 201:
            self.acknowledged[text] = said["code"]
        return "201" if status == 201 else str(said["code"])

    def says_the_disk_is_full(self, status: int, said: Any, *codes: str) -> None:
        assert status == 503, said
        assert said["code"] in codes, said
        assert "đĩa" in said["detail"].lower()
        self.refused += 1

    def all_there(self) -> bool:
        """Whether every acknowledged petition can be read, with its words."""
        read = {text: self.service.call(f"/api/v1/cases/{code}") for text, code in self.acknowledged.items()}
        return all(
            status == 200 and text in json.dumps(case, ensure_ascii=False) for text, (status, case) in read.items()
        )


def entered_until_full(office: Office, name: str) -> None:
    """Enter petitions on a disk with little room: some may still be taken, from then on all are refused."""
    enough = office.refused + TRIES
    taken = [office.enter(f"Xin giếng nước {name}-{n}") for n in range(200) if office.refused < enough]
    assert taken.count(False) == TRIES
    assert not any(taken[-TRIES:])


def test_a_full_data_folder_is_refused_and_damages_nothing(
    small_disk: SmallDisk, tmp_path: Path, record_property: Record
) -> None:
    disk, rounds = small_disk(24), size("FULL_DISKS")
    log, random, refused = tmp_path / "service.log", Random(rounds), 0
    known: dict[str, str] = {}
    for n in range(rounds):
        refused += one_full_disk(disk, log, known, f"lần {n}", leaving=random.choice((0, random.randint(1, 1 << 18))))
    assert [e for e in logged_errors(log) if not e.get("error", "").startswith("states.errors.DiskFull")] == []
    record_property(
        "reached", f"{rounds} full disks, {refused} refusals, {len(known)} petitions acknowledged and there"
    )


def one_full_disk(disk: Path, log: Path, known: dict[str, str], name: str, *, leaving: int) -> int:
    """Fill the disk of a service, make room, fill it again and kill the service; return how often it refused."""
    folder = disk / "data"
    with serving(folder, log=log, **SETTINGS) as service:
        office = Office(service, known)
        assert office.enter(f"Trước khi đầy, {name}")
        fill(disk, leaving=leaving)
        entered_until_full(office, name)
        office.says_the_disk_is_full(
            *service.call("/api/v1/jobs/files", petitions(*["Xin nước"] * 5_000)), "unavailable"
        )
        assert office.all_there()
        assert service.call("/api/v1/petitions?total=true&limit=1")[1]["total"] == len(known)
        assert service.call("/health/ready")[0] == 200
        commands_say_so(folder)
        make_room(disk)
        assert eventually(lambda: office.enter(f"Sau khi dọn, {name}"), RESUMES_WITHIN)
        fill(disk, leaving=leaving)
        entered_until_full(office, f"{name} nữa")
        service.process.kill()
    make_room(disk)
    whole(folder, known)
    return office.refused


def commands_say_so(folder: Path) -> None:
    """Every command that writes says so in a sentence and keeps nothing."""
    for command in (("sweep",), ("backup", str(folder / "backup.zip"))):
        done = dondoc(folder, *command, **SETTINGS)
        if done.returncode != 0:  # the last bytes of the disk may have sufficed
            assert "disk" in done.stderr.lower() or "space" in done.stderr, done.stderr
            assert "Traceback" not in done.stderr
    assert not (folder / "backup.zip").exists()


def whole(folder: Path, known: Mapping[str, str]) -> None:
    """The file is whole, and history too, with everything that was acknowledged and nothing else."""
    database = connect(sqlite_url(folder / "dondoc.sqlite3"))
    try:
        with database.reading() as unit:
            assert unit.connection.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
            assert set(unit.connection.exec_driver_sql('SELECT code FROM "case"').scalars()) == set(known.values())
            assert verifying.verify(unit, key=None).faults == ()
    finally:
        database.close()


def test_a_full_disk_of_logs_or_backups_stops_no_work(small_disk: SmallDisk, tmp_path: Path) -> None:
    logs, backups, folder = small_disk(1), small_disk(4), tmp_path / "data"
    log = logs / "service.log"
    with serving(folder, log=log, **SETTINGS) as service:
        office = Office(service)
        fill(logs)
        written = log.stat().st_size
        assert all(office.enter(f"Không có nhật ký {n}") for n in range(TRIES))
        assert log.stat().st_size <= written + 4096
        keeps_no_half_of_a_backup(Place(sqlite_url(folder / "dondoc.sqlite3"), folder), backups)
        said = dondoc(folder, "backup", str(backups), **SETTINGS)
        assert said.returncode == 1
        assert said.stderr.startswith("Cannot write or read at ")
        make_room(backups)
        assert dondoc(folder, "backup", str(backups), **SETTINGS).returncode == 0
        assert [zipfile.ZipFile(path).testzip() for path in backups.iterdir()] == [None]
        make_room(logs)
        assert office.enter("Lại có nhật ký")
        assert eventually(lambda: '"route": "/api/v1/petitions"' in log.read_text()[written:], RESUMES_WITHIN)
        assert office.all_there()


def keeps_no_half_of_a_backup(place: Place, disk: Path) -> None:
    """Back up with less and less room for it, down to none: refused in words each time, and nothing is left of it."""
    a_copy = (place.folder / "dondoc.sqlite3").stat().st_size
    for leaving in (a_copy + (1 << 15), a_copy // 2, 1 << 12, 0):  # the first fails when the copy is packed
        fill(disk, leaving=leaving)
        with pytest.raises(Unavailable, match="No space left on device"):
            place.back_up(disk)
        assert [path.name for path in disk.iterdir()] == ["ballast"]


def test_a_disk_that_is_full_at_the_start_is_told(small_disk: SmallDisk) -> None:
    """SQLite makes its log anew at the start: without room for it nothing can be read, and that is said."""
    disk = small_disk(24)
    folder = disk / "data"
    folder.mkdir()
    upgrade(sqlite_url(folder / "dondoc.sqlite3"))
    fill(disk)
    done = dondoc(folder, "verify", **SETTINGS)
    assert done.returncode == 1
    assert "free space" in done.stderr, done.stderr
    assert "Traceback" not in done.stderr
    make_room(disk)
    whole(folder, {})


MOST = 5_000
"""So many petitions fill what PostgreSQL has reserved of its log and its tables, at most."""


def resumed(postgres: RestartablePostgres, office: Office, statuses: Counter[str]) -> bool:
    """Start a server that has ended, at once or while it recovered; tell whether the service enters again."""
    if postgres.is_gone:
        postgres.wait_until_gone()  # closes the pipe to who kept it
        postgres.start()
        statuses["started again"] += 1
    return office.tried("Sau khi dọn") == "201"


def test_a_full_disk_of_postgresql_loses_nothing_acknowledged(
    small_disk: SmallDisk, tmp_path: Path, record_property: Record
) -> None:
    """A full disk of its log ends a PostgreSQL server: whoever started it starts it again once there is room."""
    rounds = size("FULL_DISKS")
    disk = small_disk(136 + 24 * rounds)  # what each round enters stays
    log, random, known = tmp_path / "service.log", Random(rounds), dict[str, str]()
    with restartable_postgres({**DURABLE, **SMALL}, data=disk) as postgres:
        settings = {**SETTINGS, "DONDOC_DATABASE_URL": postgres.server.create_database()}
        with serving(tmp_path / "data", log=log, **settings) as service:
            office, statuses = Office(service, known), Counter[str]()
            for n in range(rounds):
                fill(disk, leaving=random.choice((0, random.randint(1, 1 << 22))))
                came = [office.tried(f"Lần {n}, đơn {m}") for m in range(TRIES)]
                while set(came[-TRIES:]) == {"201"} and len(came) < MOST:
                    came += [office.tried(f"Lần {n}, đơn {len(came)}-{m}") for m in range(TRIES)]
                assert set(came) != {"201"}
                statuses.update(came)
                make_room(disk)
                assert eventually(lambda: resumed(postgres, office, statuses), RESUMES_WITHIN)
            assert office.all_there()
        told = [str(line.get("error", line)) for line in logged_errors(log)]
        assert [error for error in told if not error.startswith(EXPECTED)] == []
        place = Place(settings["DONDOC_DATABASE_URL"], tmp_path / "data")
        assert place.verdict().faults == ()
    record_property(
        "reached", f"{rounds} full disks of PostgreSQL: {dict(statuses)}, {len(known)} acknowledged and there"
    )
