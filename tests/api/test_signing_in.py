"""Personal tokens: without a living one nothing is told; rights are those of this very request."""

from __future__ import annotations

from datetime import timedelta

from fastapi.testclient import TestClient

from tests.desk import Desk
from workflows import tokens

OPEN = {"/health/live", "/health/ready", "/health/work"}


def test_every_route_but_health_asks_who_is_there(desk: Desk) -> None:
    refusals = set()
    for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": "Basic eDp5"}, {"Authorization": "Bearer "}):
        client = TestClient(desk.app, headers=headers)
        for method, path in desk.operations():
            answer = client.request(method, path, json=None if method == "GET" else {})
            if path in OPEN:
                assert answer.status_code in {200, 503}, path  # nobody keeps time here: that is told to anybody
                continue
            assert answer.status_code == 401, (method, path)
            assert answer.headers["WWW-Authenticate"] == "Bearer"
            refusals.add(answer.content)
    assert len(refusals) == 1


def test_a_token_ends_by_its_day_by_revocation_and_with_its_account(desk: Desk) -> None:
    def status(login: str) -> int:
        return desk.as_(login).get("/api/v1/cases").status_code

    logins = ("clerk", "officer", "front")
    assert [status(login) for login in logins] == [200, 200, 200]
    with desk.office.database.writing() as unit:
        [token] = tokens.listed(unit, account=desk.office["clerk"].account)
        tokens.revoke(unit, token=token.id)
    desk.office.raw("UPDATE account SET disabled_at = created_at WHERE login = 'officer'")
    assert [status(login) for login in logins] == [401, 401, 200]
    desk.office.clock.now += timedelta(days=31)
    assert status("front") == 401


def test_a_role_that_ended_ends_at_the_next_request(desk: Desk) -> None:
    code = desk.enter()
    client = desk.as_("officer", **{"If-Match": "*"})
    assert client.get(f"/api/v1/cases/{code}").status_code == 200
    desk.office.raw("UPDATE appointment SET valid_to = '2026-09-09' WHERE role = 'officer'")
    assert client.get(f"/api/v1/cases/{code}").status_code == 404
    moved = client.post(f"/api/v1/cases/{code}/moves", json={"trigger": "compile"})
    assert moved.status_code == 404
    assert client.get("/api/v1/cases").json()["items"] == []


def test_the_secret_of_a_token_is_kept_nowhere(desk: Desk) -> None:
    secret = desk.secret("clerk")
    assert secret not in str(desk.office.rows("SELECT * FROM token"))
    assert desk.as_("clerk").get("/api/v1/cases").status_code == 200
