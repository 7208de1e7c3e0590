"""What every test may ask for: databases on both engines, the shared data, a closed network.

`database_url` is the ordinary way to a database: a fresh, migrated one for each test, once on SQLite and once on
PostgreSQL. Migrating happens once per test process; each test gets a copy of the result.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, settings

from tests.servers.postgres import PostgresServer, database_name, running_postgres

SHARED_DATA = Path(os.environ.get("DONDOC_TEST_DATA") or Path(__file__).parents[2] / "shared" / "data")
DATABASE_FIXTURES = {"database_url", "empty_database_url", "postgres_server"}

settings.register_profile("quick", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("quick"), derandomize=True, print_blob=True)
settings.register_profile("thorough", settings.get_profile("quick"), max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "quick"))


class NetworkClosed(Exception):
    """A test reached for a host other than this machine."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that needs a database or LibreOffice: `-m 'not db and not office'` leaves the quick ones."""
    for item in items:
        if DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("db")
        if "soffice" in getattr(item, "fixturenames", ()):
            item.add_marker("office")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how far the faults went: what tests recorded as "reached", in few lines, also of those that passed."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.getreports(kind)]
    told = [
        f"{report.nodeid.rpartition('::')[2]}: {said}"
        for report in reports
        for name, said in getattr(report, "user_properties", ())
        if name == "reached" and report.when == "call"
    ]
    if told:
        terminalreporter.section("reached")
        for line in sorted(told):
            terminalreporter.line(line)


# --- databases ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """The PostgreSQL server of this test process, started when first asked for."""
    with running_postgres() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a database without any table, on each engine."""
    if request.param == "sqlite":
        yield sqlite_url(request.getfixturevalue("tmp_path") / "empty.sqlite3")
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    url = server.create_database()
    yield url
    server.drop_database(database_name(url))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a fresh database with schema and reference data, on each engine."""
    if request.param == "sqlite":
        copy = request.getfixturevalue("tmp_path") / "dondoc.sqlite3"
        shutil.copyfile(request.getfixturevalue("migrated_sqlite"), copy)
        yield sqlite_url(copy)
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    url = server.create_database(template=request.getfixturevalue("migrated_postgres"))
    yield url
    server.drop_database(database_name(url))


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file every SQLite database of a test is copied from; nobody writes to it."""
    path = tmp_path_factory.mktemp("template") / "template.sqlite3"
    migrate()(sqlite_url(path))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: PostgresServer) -> str:
    """The name of the database every PostgreSQL database of a test is copied from; nobody connects to it."""
    url = postgres_server.create_database()
    migrate()(url)
    postgres_server.disconnect_all(database_name(url))
    return database_name(url)


def migrate() -> Callable[[str], None]:
    """Return what makes schema and reference data in an empty database; loaded late to keep pure tests quick."""
    from workflows.migrating import upgrade  # noqa: PLC0415 - tests without a database do not load the migrations

    return upgrade


def sqlite_url(path: Path) -> str:
    """Return the SQLAlchemy URL of a database file."""
    return f"sqlite+pysqlite:///{path}"


# --- surroundings -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the repository, or in DONDOC_TEST_DATA. It must be there when CI is set."""
    if SHARED_DATA.is_dir():
        return SHARED_DATA
    return _do_without("the shared data is missing: name its folder in DONDOC_TEST_DATA")


@dataclass(frozen=True, slots=True)
class Soffice:
    """LibreOffice without a screen, with a profile of its own: what opens here without repair opens there."""

    profile: Path

    def pdfs(self, *documents: Path) -> list[Path]:
        """Convert documents of one folder and return the PDFs beside them; one that needs repair is not converted."""
        made = [document.with_suffix(".pdf") for document in documents]
        asked = ["soffice", f"-env:UserInstallation={self.profile.as_uri()}", "--headless", "--norestore"]
        asked += ["--convert-to", "pdf", "--outdir", str(documents[0].parent), *map(str, documents)]
        # The program starts another one: both end together, or the next conversion would wait for the first for ever.
        with subprocess.Popen(
            asked, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
        ) as running:
            try:
                said, _ = running.communicate(timeout=300)
            finally:
                with suppress(ProcessLookupError):
                    os.killpg(running.pid, signal.SIGKILL)
        assert [path for path in made if not path.is_file()] == [], said
        return made


@pytest.fixture(scope="session")
def soffice(tmp_path_factory: pytest.TempPathFactory) -> Soffice:
    """LibreOffice. It must be there when CI is set."""
    if shutil.which("soffice") and shutil.which("pdftotext"):
        return Soffice(tmp_path_factory.mktemp("office"))
    return _do_without("soffice or pdftotext is missing: run `make office`")


@pytest.fixture(scope="session")
def strace() -> str:
    """The recorder of system calls, allowed to record. It must be there when CI is set."""
    found = shutil.which("strace")
    if found and subprocess.run([found, "-o", os.devnull, "true"], capture_output=True, check=False).returncode == 0:
        return found
    return _do_without("strace is missing or may not record here: run `make office`")


@pytest.fixture
def small_disk() -> Iterator[Callable[[int], Path]]:
    """Makes file systems of so many MiB, which a test may fill. Mounting must be allowed when CI is set."""
    made: list[Path] = []

    def mounted(megabytes: int) -> Path:
        place = Path(tempfile.mkdtemp(prefix="dondoc-disk-"))  # where the account of a PostgreSQL server may reach it
        made.append(place)
        command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False)
        except FileNotFoundError:
            _do_without("there is no `mount` here: no small file system can be made")
        if done.returncode != 0:
            _do_without(f"no small file system can be mounted here: {done.stderr.strip()}")
        return place

    yield mounted
    for place in made:
        if place.is_mount():
            subprocess.run(["umount", "--lazy", str(place)], check=True)
        place.rmdir()


def _do_without(reason: str) -> NoReturn:
    """Skip a test whose surroundings are not there; with CI set it fails."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(autouse=True, scope="session")
def _closed_network() -> Iterator[None]:
    """No test reaches another machine."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, _only_to_this_machine(getattr(socket.socket, name)))
        patch.setattr(socket, "getaddrinfo", _only_names_of_this_machine(socket.getaddrinfo))
        yield


def is_this_machine(host: object) -> bool:
    """Whether a host, as a name or an address, is loopback or stands for any address of ours."""
    name = host.decode() if isinstance(host, bytes) else host
    if name in {None, "", "localhost"}:
        return True
    try:
        address = ip_address(str(name))
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _only_to_this_machine(call: Callable[..., object]) -> Callable[..., object]:
    def checked(own: socket.socket, *arguments: object) -> object:
        if own.family in {socket.AF_INET, socket.AF_INET6}:
            _refuse_other_machines(arguments[-1])
        return call(own, *arguments)

    return checked


def _only_names_of_this_machine(call: Callable[..., object]) -> Callable[..., object]:
    def checked(host: object, *arguments: object, **options: object) -> object:
        _refuse_other_machines((host,))
        return call(host, *arguments, **options)

    return checked


def _refuse_other_machines(address: object) -> None:
    host = address[0] if isinstance(address, tuple) else address
    if not is_this_machine(host):
        message = f"a test reached for {host!r}: tests speak to this machine only"
        raise NetworkClosed(message)
