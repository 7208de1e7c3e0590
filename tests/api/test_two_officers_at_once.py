"""P8: of two officers who move one case at once, one wins and the other is told by whom, when and to what."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.desk import PETITION, Desk

OFFICERS, ROUNDS = 8, 4


def test_one_wins_each_version_and_the_others_are_told(desk: Desk) -> None:
    code = desk.enter()
    logins = ["clerk", "officer", "charge", "standing"] * (OFFICERS // 4)
    for login in set(logins):
        desk.secret(login)
    payloads: list[dict[str, Any]] = [{}, {"words": "Lại nêu"}]
    for version in range(1, ROUNDS + 1):
        with ThreadPoolExecutor(max_workers=OFFICERS) as pool:
            tag = f'"{version}"'
            asked = [
                pool.submit(desk.post, code, "raise_again", login, tag, payload=payloads[n % 2])
                for n, login in enumerate(logins)
            ]
            answers = [a.result() for a in asked]
        won = [a for a in answers if a.status_code == 200]
        lost = [a.json() for a in answers if a.status_code == 412]
        assert (len(won), len(lost)) == (1, OFFICERS - 1)
        told = [told["changed"] for told in lost]
        assert {t["seq"] for t in told} == {version + 1}
        assert {t["trigger"] for t in told} == {"raise_again"}
        winner = desk.as_("clerk").get(f"/api/v1/cases/{code}/events").json()[-1]["recorded_by"]["name"]
        assert {t["who"] for t in told} == {winner}
        assert all(t["when"] and t["state"] == "recorded" for t in told)


def test_the_loser_of_contradicting_moves_reads_who_did_what(desk: Desk) -> None:
    code = desk.enter()
    assert desk.post(code, "compile", "charge", '"1"').status_code == 200
    lost = desk.post(code, "screen", "officer", '"1"', payload={"level": "commune"})
    assert lost.status_code == 412
    assert lost.headers["Content-Type"] == "application/problem+json"
    body = lost.json()
    assert body["changed"] | {"when": ""} == {
        "who": "Quàng Thị Phụ Trách",
        "when": "",
        "state": "compiled",
        "seq": 2,
        "trigger": "compile",
    }
    assert "Quàng Thị Phụ Trách" in body["detail"]
    assert "đã ghi «Tổng hợp»" in body["detail"]
    assert "nay là «Đã tổng hợp»" in body["detail"]


def test_numbers_are_neither_doubled_nor_left_out(desk: Desk) -> None:
    desk.secret("clerk")
    body = {"on": "2026-08-01", "payload": {"text": "Điện yếu", **PETITION}}
    with ThreadPoolExecutor(max_workers=12) as pool:
        asked = [pool.submit(desk.as_("clerk").post, "/api/v1/petitions", json=body) for _ in range(24)]
        answers = [a.result() for a in asked]
    assert {a.status_code for a in answers} == {201}
    assert sorted(a.json()["code"] for a in answers) == [f"NP-KN-26-{n:04d}" for n in range(1, 25)]


def test_a_move_needs_its_version(desk: Desk) -> None:
    code = desk.enter()
    path = f"/api/v1/cases/{code}/moves"
    missing = desk.as_("charge").post(path, json={"trigger": "compile"})
    assert (missing.status_code, missing.json()["code"]) == (428, "version_missing")
    for wrong in ("1", '"x"', '"1", "2"', ""):
        refused = desk.post(code, "compile", match=wrong)
        assert (refused.status_code, refused.json()["problems"][0]["field"]) == (422, "If-Match"), wrong
    assert desk.post(code, "compile", match='W/"1"').status_code == 200
    assert desk.post(code, "screen", match="*", payload={"level": "commune"}).status_code == 200
