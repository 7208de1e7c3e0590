"""P7, S30: a request sent again under its key gets the same answer and has no second effect."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Event as Signal
from typing import Any

import pytest

from api.app import create_app
from api.settings import Settings
from tests.desk import PETITION, Desk
from workflows import moving
from workflows.idempotency import Place

BODY: dict[str, Any] = {"on": "2026-08-01", "payload": {"text": "Đường lầy lội", **PETITION}}
KEYS, TIMES = 12, 8


def post(desk: Desk, key: str, body: dict[str, Any] | None = None, login: str = "clerk") -> Any:
    return desk.as_(login).post("/api/v1/petitions", json=body or BODY, headers={"Idempotency-Key": key})


def count(desk: Desk, table: str) -> int:
    return int(desk.office.rows(f'SELECT count(*) AS n FROM "{table}"')[0]["n"])


def test_many_keys_sent_many_times_at_once_have_one_effect_each(desk: Desk) -> None:
    desk.secret("clerk")
    asked = [f"key-{n % KEYS}" for n in range(KEYS * TIMES)]
    with ThreadPoolExecutor(max_workers=16) as pool:
        answers = list(pool.map(lambda key: (key, post(desk, key)), asked))
    assert {a.status_code for _, a in answers} == {201}
    bodies = {key: {a.text for k, a in answers if k == key} for key in set(asked)}
    assert all(len(texts) == 1 for texts in bodies.values())
    assert len({next(iter(t)) for t in bodies.values()}) == KEYS
    assert (count(desk, "event"), count(desk, "case"), count(desk, "idempotency")) == (KEYS, KEYS, KEYS)


def test_a_lost_answer_is_given_again_with_its_headers(desk: Desk) -> None:
    first, again = post(desk, "k"), post(desk, "k")
    assert (again.status_code, again.text) == (first.status_code, first.text)
    assert (again.headers["ETag"], again.headers["Location"]) == (first.headers["ETag"], first.headers["Location"])
    assert (first.headers.get("Idempotency-Replayed"), again.headers["Idempotency-Replayed"]) == (None, "true")
    assert count(desk, "case") == 1


def test_the_key_is_looked_up_before_the_version(desk: Desk) -> None:
    code = desk.enter()
    path, headers = f"/api/v1/cases/{code}/moves", {"If-Match": '"1"', "Idempotency-Key": "k"}
    first = desk.as_("charge").post(path, json={"trigger": "compile"}, headers=headers)
    again = desk.as_("charge").post(path, json={"trigger": "compile"}, headers=headers)
    assert (first.status_code, again.status_code, again.text) == (200, 200, first.text)
    other = desk.as_("charge").post(path, json={"trigger": "compile"}, headers={**headers, "Idempotency-Key": "l"})
    assert other.status_code == 412


def test_another_request_under_the_same_key_is_refused(desk: Desk) -> None:
    post(desk, "k")
    refused = post(desk, "k", {**BODY, "on": "2026-08-02"})
    assert (refused.status_code, refused.json()["code"]) == (422, "idempotency_key_reused")
    assert count(desk, "case") == 1


def test_the_same_body_for_another_case_is_another_request(desk: Desk) -> None:
    headers = {"If-Match": "*", "Idempotency-Key": "k"}
    one, two = desk.enter(), desk.enter()
    ask = desk.as_("charge").post
    assert ask(f"/api/v1/cases/{one}/moves", json={"trigger": "compile"}, headers=headers).status_code == 200
    assert ask(f"/api/v1/cases/{two}/moves", json={"trigger": "compile"}, headers=headers).status_code == 422


def test_a_key_belongs_to_its_sender_and_its_route(desk: Desk) -> None:
    mine, theirs = post(desk, "k"), post(desk, "k", login="officer")
    assert mine.json()["code"] != theirs.json()["code"]
    opening = {"payload": {"name": "Đợt 1", "round_kind": "none"}}
    opened = desk.as_("clerk").post("/api/v1/rounds", json=opening, headers={"Idempotency-Key": "k"})
    assert opened.status_code == 201


def test_a_refusal_is_not_kept(desk: Desk) -> None:
    code = desk.enter()
    path, key = f"/api/v1/cases/{code}/moves", {"If-Match": "*", "Idempotency-Key": "k"}
    body = {"trigger": "transfer", "payload": {"addressees": ["UBND"]}}
    assert desk.as_("charge").post(path, json=body, headers=key).status_code == 409
    desk.move(code, "screen", payload={"level": "commune"})
    assert desk.as_("charge").post(path, json=body, headers=key).status_code == 200


def test_an_answer_is_not_given_again_once_the_right_is_withdrawn(desk: Desk) -> None:
    code, [referral] = desk.sent("UBND")
    body = {"trigger": "receive", "on": "2026-08-10", "referral": referral}
    headers = {"If-Match": "*", "Idempotency-Key": "k"}
    path = f"/api/v1/cases/{code}/moves"
    assert desk.as_("ubnd").post(path, json=body, headers=headers).status_code == 200
    agency = desk.office.agencies["UBND"]
    there = (
        f"agency_id IN ('{agency}', '{agency.hex}')"
        if desk.office.database.dialect == "sqlite"
        else f"agency_id = '{agency}'"
    )
    desk.office.raw(f"UPDATE appointment SET role = 'deputy' WHERE {there}")
    assert desk.as_("ubnd").post(path, json=body, headers=headers).status_code == 404
    desk.office.raw(f"UPDATE appointment SET valid_to = '2020-01-01' WHERE {there}")
    assert desk.as_("ubnd").post(path, json=body, headers=headers).status_code == 404


def test_an_answer_is_not_given_again_to_who_may_only_read_now(desk: Desk) -> None:
    code = desk.enter()
    headers = {"If-Match": "*", "Idempotency-Key": "k"}
    ask = desk.as_("officer").post
    assert ask(f"/api/v1/cases/{code}/moves", json={"trigger": "compile"}, headers=headers).status_code == 200
    assert post(desk, "k", login="officer").status_code == 201
    desk.office.raw("UPDATE appointment SET role = 'auditor' WHERE role = 'officer'")
    again = ask(f"/api/v1/cases/{code}/moves", json={"trigger": "compile"}, headers=headers)
    assert (again.status_code, again.json()["code"]) == (403, "not_permitted")
    assert post(desk, "k", login="officer").status_code == 403


def test_a_key_in_flight_is_told_so(desk: Desk) -> None:
    here = desk.app.state.installation
    place = Place(desk.office["clerk"].account, "POST /api/v1/petitions", "k", "")
    desk.app.state.installation = replace(here, patience=0.01)
    with here.flights.boarding(place, patience=0):
        refused = post(desk, "k")
    assert (refused.status_code, refused.json()["code"]) == (409, "idempotency_key_in_flight")
    assert refused.headers["Retry-After"] == "1"
    assert post(desk, "k").status_code == 201


def test_two_processes_with_one_key_have_one_effect(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second process sees no key, loses the race for the version, and gives the first one's answer."""
    code = desk.enter()
    path, headers = f"/api/v1/cases/{code}/moves", {"If-Match": '"1"', "Idempotency-Key": "k"}
    inside, go_on = Signal(), Signal()
    original = moving.draft

    def held(*given: Any, **named: Any) -> Any:
        if not inside.is_set():
            inside.set()
            assert go_on.wait(20)
        return original(*given, **named)

    monkeypatch.setattr(moving, "draft", held)
    other = Desk(desk.office, create_app(Settings(), database=desk.office.database), desk.secrets)
    desk.secret("charge")
    with ThreadPoolExecutor(max_workers=1) as pool:
        slow = pool.submit(lambda: desk.as_("charge").post(path, json={"trigger": "compile"}, headers=headers))
        assert inside.wait(20)
        quick = other.as_("charge").post(path, json={"trigger": "compile"}, headers=headers)
        go_on.set()
    assert (quick.status_code, slow.result().status_code) == (200, 200)
    assert slow.result().text == quick.text
    assert count(desk, "event") == 2


def test_a_key_is_forgotten_after_seven_days(desk: Desk) -> None:
    first = post(desk, "k")
    desk.office.clock.now += timedelta(days=6, hours=23)
    assert post(desk, "k").json() == first.json()
    desk.office.clock.now += timedelta(hours=2)
    assert post(desk, "k").json()["code"] != first.json()["code"]


def test_a_key_that_is_none_is_refused(desk: Desk) -> None:
    for key in ("", "a b", "ế", "x" * 201):
        refused = desk.as_("clerk").post("/api/v1/petitions", json=BODY, headers={b"Idempotency-Key": key.encode()})
        assert refused.status_code == 422
        assert refused.json()["problems"][0]["field"] == "Idempotency-Key"
