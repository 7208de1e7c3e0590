"""A PostgreSQL server of the test session's own: started in under a second, gone with the process that started it.

It speaks on a Unix socket in a temporary folder only, trusts whoever may reach that folder, and does without fsync:
fit for tests, for nothing else. Every test process has its own, so roles may be created freely.
"""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from tests.servers import guardian
from tests.servers.binaries import Identity, programs, server_identity

SUPERUSER = "postgres"
START_SECONDS = 60
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "1h",
}
DURABLE = {
    "listen_addresses": "",
    "fsync": "on",
    "synchronous_commit": "on",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
}


class PostgresDidNotStart(Exception):
    """The server or its initdb failed; the message ends with what it wrote."""


@dataclass(frozen=True)
class PostgresServer:
    """A running server and the databases made on it."""

    home: Path
    _numbers: Iterator[int] = field(default_factory=itertools.count, repr=False, compare=False)

    @property
    def data_dir(self) -> Path:
        """The folder with the files of all databases."""
        return self.home / "data"

    @property
    def pid(self) -> int:
        """The process id of the postmaster."""
        return int((self.data_dir / "postmaster.pid").read_text().split("\n", 1)[0])

    def url(self, dbname: str, *, user: str = SUPERUSER) -> str:
        """Return the SQLAlchemy URL of a database for `user`, who is asked for no password."""
        return f"postgresql+psycopg://{user}@/{dbname}?host={quote(str(self.home))}"

    def create_database(self, template: str | None = None) -> str:
        """Make a new database, empty or as a copy of the database `template`, and return its URL.

        Without fsync, copying the files costs a third of what copying through the log does.
        """
        name = f"dondoc_{next(self._numbers)}"
        self.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                sql.Identifier(name), sql.Identifier(template or "template0")
            )
        )
        return self.url(name)

    def drop_database(self, dbname: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(dbname)))

    def disconnect_all(self, dbname: str) -> None:
        """End every session in a database: only then may it serve as a template."""
        self.execute(
            sql.SQL("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {}").format(dbname)
        )

    def execute(self, statement: sql.SQL | sql.Composed) -> None:
        """Run one administrative statement outside any transaction."""
        with self._administer() as connection:
            connection.execute(statement)

    def _administer(self) -> psycopg.Connection:
        return psycopg.connect(host=str(self.home), user=SUPERUSER, dbname="postgres", autocommit=True)


def database_name(url: str) -> str:
    """Return the name of the database in a URL made by `PostgresServer.url`."""
    return url.split("@/", 1)[1].split("?", 1)[0]


@dataclass
class RestartablePostgres:
    """A server that may go away and come back at the same address with what it had kept."""

    server: PostgresServer
    folder: Path
    identity: Identity
    settings: Mapping[str, str]
    _keeper: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers; after it went away at once it replays its log first."""
        self._keeper = _start(self.server, folder=self.folder, identity=self.identity, settings=self.settings)
        _wait_until_it_answers(self.server, keeper=self._keeper)

    def go_away(self) -> None:
        """Stop it in immediate mode: every session ends where it is, nothing is written to the disk any more."""
        os.kill(self.server.pid, signal.SIGQUIT)
        self.wait_until_gone()

    @property
    def is_gone(self) -> bool:
        """Whether the server has ended, of itself or not."""
        return self._keeper is None or self._keeper.poll() is not None

    def wait_until_gone(self) -> None:
        """Wait until the server has ended, of itself or not; its data stays."""
        if self._keeper is not None:
            self._keeper.wait(START_SECONDS)
            self._keeper.communicate()  # not before: whoever closes the pipe asks for the data to be removed

    def end(self) -> None:
        """Stop it for good and remove its data."""
        if self._keeper is not None:
            self._keeper.communicate()


@contextmanager
def running_postgres(settings: Mapping[str, str] | None = None) -> Iterator[PostgresServer]:
    """Start a fresh server, yield it when it answers, and leave nothing of it behind.

    `settings` replaces the fast and forgetful ones of the tests: benchmarks and faults ask for `DURABLE`.
    """
    with restartable_postgres(settings) as postgres:
        yield postgres.server


@contextmanager
def restartable_postgres(
    settings: Mapping[str, str] | None = None, *, data: Path | None = None
) -> Iterator[RestartablePostgres]:
    """Start a fresh server that may be restarted; `data` is an empty folder for its files, elsewhere than its home."""
    home = Path(tempfile.mkdtemp(prefix="dondoc-pg-"))
    postgres = None
    try:
        identity = server_identity()
        if identity.switches:
            os.chown(home, identity.user, identity.group)
        folder = programs(home=home, identity=identity)
        if data is not None:
            if identity.switches:
                os.chown(data, identity.user, identity.group)
            (home / "data").symlink_to(data)
        server = PostgresServer(home=home)
        _initialise(server, folder=folder, identity=identity)
        postgres = RestartablePostgres(server, folder, identity, SETTINGS if settings is None else settings)
        postgres.start()
        yield postgres
    finally:
        if postgres is not None:
            postgres.end()
        shutil.rmtree(home, ignore_errors=True)


def _initialise(server: PostgresServer, *, folder: Path, identity: Identity) -> None:
    done = identity.run(
        folder / "initdb",
        f"--pgdata={server.data_dir}",
        f"--username={SUPERUSER}",
        "--auth=trust",
        "--encoding=UTF8",
        "--no-locale",
        "--no-sync",
        cwd=server.home,
    )
    if done.returncode != 0:
        message = f"initdb failed:\n{done.stdout}{done.stderr}"
        raise PostgresDidNotStart(message)


def _start(
    server: PostgresServer, *, folder: Path, identity: Identity, settings: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    settings = {**settings, "unix_socket_directories": str(server.home)}
    command = [str(folder / "postgres"), "-D", str(server.data_dir)]
    command += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    keeper = [sys.executable, "-I", "-S", guardian.__file__, server.home, identity.user, identity.group]
    with (server.home / "log").open("wb") as log:
        return subprocess.Popen(
            [*map(str, keeper), *command],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _wait_until_it_answers(server: PostgresServer, *, keeper: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up and keeper.poll() is None:
        with suppress(psycopg.OperationalError):
            server.execute(sql.SQL("SELECT 1"))
            return
        time.sleep(0.02)
    message = f"PostgreSQL did not answer:\n{(server.home / 'log').read_text(errors='replace')}"
    raise PostgresDidNotStart(message)
