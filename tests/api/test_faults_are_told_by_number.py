"""S32, S33: whatever breaks inside, the caller learns a number, nothing happens, and the log names no person."""

from __future__ import annotations

import io
import logging
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from api.logging import configure_logging
from models import databases, units
from states import machine
from states.findings import Guard
from tests.desk import PETITION, Desk
from workflows import access, ledger, moving, tokens, visibility

CANARY = "Lò Thị Chim Hoàng Yến 079123456789"


class Fault(Exception):
    """Something nobody foresaw."""


def breaks(*_given: Any, **_named: Any) -> Any:
    message = f"broken near {CANARY}"
    raise Fault(message)


@pytest.fixture
def log() -> io.StringIO:
    stream = io.StringIO()
    logging.getLogger("httpx2").setLevel(logging.WARNING)  # the test's own client
    configure_logging(log_format="json", level="debug", stream=stream)
    return stream


LAYERS: dict[str, tuple[Any, str]] = {
    "the entry": (tokens, "authenticate"),
    "access": (access, "_seen"),
    "the decision": (machine, "decide"),
    "the plan": (ledger, "change_of"),
    "the statement": (units, "write"),
    "the view": (moving, "facts_for"),
}


def test_a_fault_in_any_layer_is_told_by_its_number_alone(desk: Desk, log: io.StringIO) -> None:
    code = desk.enter()
    desk.secret("charge")
    for owner, name in LAYERS.values():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(owner, name, breaks)
            told = desk.post(code, "compile")
        is_told_by_number(told, code, log.getvalue())
    assert len(desk.office.events(code)) == 1


def is_told_by_number(told: Any, code: str, written: str) -> None:
    assert told.status_code == 500
    body = told.json()
    assert body["request_id"] == told.headers["X-Request-Id"]
    assert set(body) == {"type", "title", "status", "code", "detail", "request_id"}
    for word in ("Fault", "Chim", "Traceback", "workflows", ".py", code):
        assert word not in told.text
    assert body["request_id"] in written
    assert "Fault" in written
    assert CANARY not in written


def test_a_permission_that_breaks_lets_nobody_pass(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    code = desk.enter()
    desk.secret("charge")
    monkeypatch.setattr(Guard, "look", breaks)
    assert desk.post(code, "compile").status_code == 500
    assert desk.as_("charge").get(f"/api/v1/cases/{code}/moves").status_code == 500
    monkeypatch.undo()
    monkeypatch.setattr(visibility, "ways_to_see", breaks)
    assert desk.as_("charge").get("/api/v1/cases").status_code == 500
    assert len(desk.office.events(code)) == 1


def test_an_unreachable_database_is_told_as_such(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.secret("clerk")

    def gone(*_given: Any, **_named: Any) -> Any:
        raise OperationalError("SELECT 1", {}, OSError("connection refused"))

    monkeypatch.setattr(databases, "begin_reading", gone)
    for path in ("/api/v1/cases", "/health/ready"):
        told = desk.as_("clerk").get(path)
        assert (told.status_code, told.json()["code"]) == (503, "unavailable")
        assert "refused" not in told.text
    assert desk.as_("clerk").get("/health/live").json() == {"status": "live"}


def test_an_older_schema_is_not_ready(desk: Desk) -> None:
    assert desk.as_("clerk").get("/health/ready").json() == {"status": "ready"}
    desk.office.raw("UPDATE alembic_version SET version_num = 'from_the_future'")
    told = desk.as_("clerk").get("/health/ready")
    assert (told.status_code, told.json()["code"]) == (503, "schema_too_new")


def test_the_log_of_a_whole_visit_names_no_person_and_no_text(desk: Desk, log: io.StringIO) -> None:
    secret = desk.secret("clerk")
    client = desk.as_("clerk")
    who = {"name": CANARY, "phone": "0987654321"}
    body = {"on": "2026-08-01", "payload": {"text": f"Kiến nghị của {CANARY}", **PETITION}, "petitioner": who}
    code = client.post("/api/v1/petitions", json=body, headers={"Idempotency-Key": "Chim"}).json()["code"]
    client.post("/api/v1/petitions", json={**body, "lạ": CANARY})
    client.get("/api/v1/cases", params={"text": CANARY})
    client.get("/api/v1/cases", params={CANARY: CANARY})
    client.get(f"/api/v1/{CANARY}")
    desk.move(code, "raise_again", payload={"words": CANARY})
    desk.post(code, "transfer", payload={"addressees": [CANARY]})
    written = log.getvalue()
    assert written.count('"event": "request"') >= 7
    for canary in ("Chim", "079123456789", "0987654321", secret, "Kiến nghị của"):
        assert canary not in written, canary
