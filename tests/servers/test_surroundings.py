"""What surrounds every test: a closed network, databases of its own, one of each engine."""

from __future__ import annotations

import socket
import sqlite3
from contextlib import closing

import psycopg
import pytest

from tests.conftest import NetworkClosed
from tests.servers.postgres import SUPERUSER, PostgresServer, database_name

ELSEWHERE = "192.0.2.1"  # RFC 5737: an address for documentation, nobody's


def test_no_test_connects_to_another_machine() -> None:
    with socket.socket() as own, pytest.raises(NetworkClosed, match=ELSEWHERE):
        own.connect((ELSEWHERE, 80))


def test_no_test_sends_a_datagram_to_another_machine() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as own, pytest.raises(NetworkClosed, match=ELSEWHERE):
        own.sendto(b"", (ELSEWHERE, 53))


@pytest.mark.parametrize("host", ["example.org", ELSEWHERE, b"example.org"])
def test_no_test_asks_for_the_address_of_another_machine(host: str | bytes) -> None:
    with pytest.raises(NetworkClosed):
        socket.getaddrinfo(host, 443)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", ""])
def test_this_machine_is_reached(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection((host or "127.0.0.1", server.getsockname()[1])).close()


def test_an_empty_database_has_no_table_on_either_engine(
    empty_database_url: str, request: pytest.FixtureRequest
) -> None:
    if empty_database_url.startswith("sqlite"):
        with closing(sqlite3.connect(empty_database_url.partition(":///")[2])) as file:
            assert file.execute("SELECT count(*) FROM sqlite_master").fetchall() == [(0,)]
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    with psycopg.connect(host=str(server.home), user=SUPERUSER, dbname=database_name(empty_database_url)) as connection:
        tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        assert connection.execute(tables).fetchall() == [(0,)]
