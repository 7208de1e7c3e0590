"""The server of the test session: it obeys, and it leaves nothing behind however its owner ends."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tests.servers.postgres import PostgresServer, database_name, running_postgres

ROOT = Path(__file__).parents[2]
OWNER = """
import sys, time
from tests.servers.postgres import running_postgres
with running_postgres() as server:
    print(server.pid, server.home, flush=True)
    time.sleep(600)
"""
PATIENCE_SECONDS = 60


def connect(server: PostgresServer, url: str) -> psycopg.Connection:
    return psycopg.connect(host=str(server.home), user="postgres", dbname=database_name(url))


def is_alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists() if Path("/proc/self").exists() else _answers(pid)


def _answers(pid: int) -> bool:
    return subprocess.run(["ps", "-p", str(pid)], capture_output=True, check=False).returncode == 0


def test_a_database_is_a_copy_of_its_template(postgres_server: PostgresServer) -> None:
    template = postgres_server.create_database()
    with connect(postgres_server, template) as connection:
        connection.execute("CREATE TABLE petition (code text)")
    copies = [postgres_server.create_database(template=database_name(template)) for _ in range(2)]
    with connect(postgres_server, copies[0]) as connection:
        connection.execute("INSERT INTO petition VALUES ('KN-1')")
    with connect(postgres_server, copies[1]) as connection:
        assert connection.execute("SELECT count(*) FROM petition").fetchall() == [(0,)]


def test_a_template_is_freed_of_whoever_is_connected(postgres_server: PostgresServer) -> None:
    template = database_name(postgres_server.create_database())
    with psycopg.connect(host=str(postgres_server.home), user="postgres", dbname=template):
        postgres_server.disconnect_all(template)
        assert postgres_server.create_database(template=template)


def test_a_dropped_database_is_gone(postgres_server: PostgresServer) -> None:
    url = postgres_server.create_database()
    postgres_server.drop_database(database_name(url))
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        connect(postgres_server, url)


def test_a_server_that_is_left_leaves_nothing_behind() -> None:
    with running_postgres() as server:
        pid = server.pid
    assert not server.home.exists()
    assert not is_alive(pid)


@pytest.mark.faults
@pytest.mark.db
def test_a_server_whose_owner_is_killed_stops_and_removes_its_data() -> None:
    owner = subprocess.Popen([sys.executable, "-c", OWNER], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert owner.stdout is not None
    pid, home = owner.stdout.readline().split()
    assert is_alive(int(pid))
    owner.kill()
    owner.communicate()
    give_up = time.monotonic() + PATIENCE_SECONDS
    while (is_alive(int(pid)) or Path(home).exists()) and time.monotonic() < give_up:
        time.sleep(0.05)
    assert not is_alive(int(pid))
    assert not Path(home).exists()
