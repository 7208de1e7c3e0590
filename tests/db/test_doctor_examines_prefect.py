"""S34: `doctor` refuses a Prefect that is far away, open, believes other sites or shares our database."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from models.units import connect
from workflows.doctor import examine
from workflows.doctor.finding import Check
from workflows.doctor.prefect import apart, examine_prefect, its_tables, place_of, refusals, secret_of
from workflows.flows.surroundings import API_URL, AUTH

SECRET = "dondoc:" + 32 * "x"
OURS = "postgresql+psycopg://dondoc@db.internal:5432/dondoc"
WELL = {"csrf_protection_enabled": True, "cors_allowed_origins": "http://127.0.0.1:4200"}


@contextmanager
def server(api: Mapping[str, Any], *, open_to_all: bool = False) -> Iterator[str]:
    """A server that answers as Prefect's does: 401 without the secret, its settings with it."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            let_in = open_to_all or "Authorization" in self.headers
            self.send_response(200 if let_in else 401)
            self.end_headers()
            self.wfile.write(json.dumps({"server": {"api": dict(api)}}).encode())

        def log_message(self, *_: object) -> None:
            return

    with HTTPServer(("127.0.0.1", 0), Answers) as http:
        thread = threading.Thread(target=http.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{http.server_address[1]}/api"
        http.shutdown()
        thread.join()


def graded(checks: Iterator[Check]) -> dict[str, str]:
    return {check.code: check.grade for check in checks}


def test_without_a_server_of_its_own_there_is_nothing_to_check() -> None:
    assert graded(examine_prefect({}, database_url=OURS)) == {"prefect": "ok"}


@pytest.mark.parametrize(
    ("addresses", "grade"),
    [
        (["127.0.0.1"], "ok"),
        (["::1", "127.0.0.1"], "ok"),
        (["10.1.2.3"], "ok"),
        (["192.168.1.4", "fd00::1"], "ok"),
        (["8.8.8.8"], "fault"),
        (["169.254.169.254"], "fault"),
        (["::"], "fault"),
        (["10.1.2.3", "8.8.8.8"], "fault"),
        ([], "fault"),
    ],
)
def test_prefect_is_on_this_machine_or_in_a_private_network(addresses: list[str], grade: str) -> None:
    assert place_of("http://prefect:4200/api", resolve=lambda _host: addresses).grade == grade


@pytest.mark.parametrize("auth", ["", "dondoc", "dondoc:", "dondoc:short", ":" + 40 * "x"])
def test_a_missing_or_short_secret_is_a_fault(auth: str) -> None:
    assert secret_of({AUTH: auth}).grade == "fault"
    assert [check.code for check in refusals({API_URL: "http://127.0.0.1:4200/api", AUTH: auth})] == ["prefect_auth"]


@pytest.mark.parametrize(
    ("theirs", "grade"),
    [
        ("postgresql+asyncpg://prefect@db.internal:5432/prefect", "ok"),
        ("postgresql+asyncpg://dondoc@other.internal:5432/dondoc", "ok"),
        ("sqlite+aiosqlite:////srv/prefect.db", "ok"),
        ("postgresql+asyncpg://prefect@db.internal:5432/dondoc", "fault"),
        ("postgresql+asyncpg://dondoc@db.internal:5432/prefect", "fault"),
    ],
)
def test_prefect_has_a_database_and_a_user_of_its_own(theirs: str, grade: str) -> None:
    for name in ("PREFECT_SERVER_DATABASE_CONNECTION_URL", "PREFECT_API_DATABASE_CONNECTION_URL"):
        assert apart({name: theirs}, database_url=OURS).grade == grade


def test_tables_of_prefect_in_our_database_are_found(database_url: str) -> None:
    database = connect(database_url)
    try:
        with database.reading() as unit:
            assert its_tables(unit).is_ok
        with database.writing() as unit:
            unit.take_lock()
            unit.connection.exec_driver_sql("CREATE TABLE flow_run (id INTEGER)")
        with database.reading() as unit:
            assert its_tables(unit).grade == "fault"
    finally:
        database.close()


@pytest.mark.parametrize(
    ("api", "open_to_all", "faults"),
    [
        (WELL, False, set()),
        (WELL, True, {"prefect_closed"}),
        (WELL | {"cors_allowed_origins": "*"}, False, {"prefect_pages"}),
        (WELL | {"cors_allowed_origins": "http://a.vn, *"}, False, {"prefect_pages"}),
        (WELL | {"csrf_protection_enabled": False}, False, {"prefect_pages"}),
    ],
)
def test_the_server_is_asked_of_itself(api: dict[str, Any], open_to_all: bool, faults: set[str]) -> None:
    with server(api, open_to_all=open_to_all) as url:
        found = graded(examine_prefect({API_URL: url, AUTH: SECRET}, database_url=OURS))
    assert {code for code, grade in found.items() if grade != "ok"} == faults
    assert {"prefect_closed", "prefect_pages"} <= set(found)


def test_a_server_that_does_not_answer_is_a_warning() -> None:
    found = graded(examine_prefect({API_URL: "http://127.0.0.1:9/api", AUTH: SECRET}, database_url=OURS))
    assert found["prefect_answers"] == "warning"


def test_doctor_tells_it_with_everything_else(database_url: str, tmp_path: Any) -> None:
    found = examine(database_url=database_url, data_dir=tmp_path, environment={API_URL: "http://127.0.0.1:9/api"})
    assert {"prefect_auth", "prefect_tables"} <= {check.code for check in found}
    assert next(check for check in found if check.code == "prefect_auth").grade == "fault"
