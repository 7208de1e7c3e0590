"""S5, S11, S16: JSON only, of bounded length; unknown fields and parameters are refused; filters come from a list."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

from fastapi.testclient import TestClient

from tests.desk import PETITION, Desk

ATTACKS = (
    {"petitioner.phone__startswith": "09"},
    {"petitioner": "Lò"},
    {"order_by": "hash"},
    {"limit": "0"},
    {"limit": "100000"},
    {"limit": "-1"},
    {"cursor": "' OR 1=1 --"},
    {"cursor": "eyJ4IjoxfQ"},
    {"cursor": "\x00"},
    {"sort": "petition.petitioner_id"},
    {"sort": "due; DROP TABLE event"},
    {"state": "open') OR ('1'='1"},
    {"kind": "account"},
    {"due_before": "31/11/2026"},
    {"due_before": "2026-11-31"},
    {"overdue": "perhaps"},
    {"text": "\x00"},
    {"council": "x" * 300},
    {"agency": "KHONG-CO"},
)


def test_a_filter_that_is_none_is_refused_in_words(desk: Desk) -> None:
    client = desk.as_("clerk")
    for attack in ATTACKS:
        refused = client.get("/api/v1/cases", params=attack)
        assert refused.status_code == 422, (attack, refused.text)
        problem = refused.json()["problems"][0]
        assert problem["field"].split(".")[0] == next(iter(attack)).split(".")[0]
        assert problem["text"]


def test_words_to_search_for_are_never_a_language(desk: Desk) -> None:
    code = desk.enter("Đường giao thông hư hỏng")
    for text in (
        '"duong',
        "duong*",
        "duong NEAR giao",
        "duong & !giao",
        "duong:*",
        "(duong",
        "duong' OR '1",
        "{exact}: x",
    ):
        found = desk.as_("clerk").get("/api/v1/cases", params={"text": text, "total": "true"})
        assert found.status_code == 200, text
    found = desk.as_("clerk").get("/api/v1/cases", params={"text": "'; DROP TABLE event; --"})
    assert (found.status_code, found.json()["items"]) == (200, [])
    assert desk.as_("clerk").get("/api/v1/cases", params={"text": "giao thong"}).json()["items"][0]["code"] == code


def test_no_route_takes_a_parameter_it_does_not_name(desk: Desk) -> None:
    code = desk.enter()
    named = {
        "{code}": code, "{proposal}": str(uuid4()), "{kind}": "petition", "{document}": str(uuid4()),
        "{digest}": "0" * 64, "{message}": str(uuid4()), "{agency}": "UBND", "{job}": str(uuid4()),
        "{group}": str(uuid4()),
    }  # fmt: skip
    client = desk.as_("charge", **{"If-Match": "*"})
    for method, path in desk.operations():
        said = path
        for name, value in named.items():
            said = said.replace(name, value)
        query = {"petitioner.phone__startswith": "09", **({"year": "2026"} if path.endswith("calendar") else {})}
        refused = client.request(method, said, params=query, json=None if method == "GET" else {})
        assert refused.status_code == 422, (method, path, refused.text)
        assert "petitioner.phone__startswith" in {p["field"] for p in refused.json()["problems"]}, path


EXTRAS: tuple[dict[str, Any], ...] = (
    {"state": "closed"},
    {"council_id": "x"},
    {"confidentiality": "public"},
    {"due_at": "2030-01-01"},
    {"next_due_on": "2030-01-01"},
    {"roles": ["administrator"]},
    {"code": "NP-KN-26-0001"},
    {"recorded_by": "charge"},
)


def test_a_field_that_is_not_asked_for_is_refused(desk: Desk) -> None:
    client, code = desk.as_("clerk"), desk.enter()
    for extra in EXTRAS:
        name = next(iter(extra))
        inside = {"on": "2026-08-01", "payload": {"text": "Điện yếu", **PETITION, **extra}}
        outside = {"on": "2026-08-01", "payload": {"text": "Điện yếu", **PETITION}, **extra}
        person = {"payload": {"text": "Điện yếu"}, "petitioner": {"name": "A", **extra}}
        for body in (inside, outside, person):
            refused = client.post("/api/v1/petitions", json=body)
            assert refused.status_code == 422, refused.text
            assert name in refused.json()["problems"][0]["field"]
        assert desk.post(code, "compile", **extra).status_code == 422
        assert desk.post(code, "compile", payload=extra).status_code == 422
    assert len(desk.office.events(code)) == 1
    assert len(client.get("/api/v1/petitions").json()["items"]) == 1


NAMED = {"/api/v1/imports/cases": {"kind": "question"}}


def test_only_json_and_files_are_read(desk: Desk) -> None:
    """A form or text/plain, which a page of another site may send, is read nowhere."""
    code = desk.enter()
    client = desk.as_("charge", **{"If-Match": "*"})
    for method, path in desk.operations("POST"):
        said = path
        for name in ("{proposal}", "{document}", "{message}"):
            said = said.replace("{code}", code).replace(name, str(uuid4()))
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/json"):
            given: dict[str, Any] = {"content": b'{"trigger": "compile"}', "headers": {"Content-Type": kind}}
            refused = client.request(method, said, params=NAMED.get(path, {}), **given)
            assert refused.status_code == 415, (path, kind)
        assert client.get(said + "?trigger=compile").status_code in {404, 405, 422}
    assert len(desk.office.events(code)) == 1


UNREADABLE = (
    b"{",
    b"\xff\xfe",
    b"[" * 100_000,
    b'{"payload": 1}',
    b'"text"',
    b"null",
    b'{"payload": {"text": NaN}}',
    b"",
)


def test_a_body_that_cannot_be_read_is_refused(desk: Desk) -> None:
    client = desk.as_("clerk")
    for content in UNREADABLE:
        refused = client.post("/api/v1/petitions", content=content, headers={"Content-Type": "application/json"})
        assert refused.status_code in {400, 422}, content[:20]
        assert refused.headers["Content-Type"] == "application/problem+json"


def test_a_body_is_bounded_whether_or_not_it_says_its_length(desk: Desk) -> None:
    client = desk.as_("clerk")
    long = b'{"payload": {"text": "' + b"x" * 1_100_000 + b'"}}'
    headers = {"Content-Type": "application/json"}
    assert client.post("/api/v1/petitions", content=long, headers=headers).status_code == 413
    parts = (long[n : n + 65_536] for n in range(0, len(long), 65_536))
    assert client.post("/api/v1/petitions", content=parts, headers=headers).status_code == 413
    longest = {"payload": {"text": "ế" * 20_000}}
    assert client.post("/api/v1/petitions", json=longest).status_code == 201
    too_long = client.post("/api/v1/petitions", json={"payload": {"text": "ế" * 20_001}})
    assert too_long.json()["problems"] == [
        {"field": "payload.text", "text": "«Nội dung kiến nghị» quá dài (tối đa 20000 ký tự)"}
    ]


def test_characters_that_cannot_be_stored_are_refused(desk: Desk) -> None:
    client, code = desk.as_("charge", **{"If-Match": "*"}), desk.enter()
    for poison in ("\x00", "\x0b", "\ud800", "\x1b[31m"):
        for body in (
            {"payload": {"text": f"Đường{poison}"}},
            {"payload": {"text": "Đường"}, "petitioner": {"name": poison}},
            {"payload": {"text": "Đường"}, "document": {"number": poison}},
            {"payload": {"text": "Đường", poison: "x"}},
        ):
            assert sent(client, "/api/v1/petitions", body) == 422
        moved = {"trigger": "raise_again", "payload": {"words": poison}}
        assert sent(client, f"/api/v1/cases/{code}/moves", moved) == 422
    assert len(desk.office.events(code)) == 1


def sent(client: TestClient, path: str, body: dict[str, Any]) -> int:
    raw = json.dumps(body).encode()
    return client.post(path, content=raw, headers={"Content-Type": "application/json"}).status_code


def test_every_field_that_is_wrong_is_named_in_the_language_asked_for(desk: Desk) -> None:
    body = {"on": "31/11/2026", "payload": {"text": " ", "channel": "fax", "level": 5}}
    told = desk.as_("clerk").post("/api/v1/petitions", json=body)
    problems = {p["field"]: p["text"] for p in told.json()["problems"]}
    assert problems["on"] == "«Ngày thực hiện» không phải là ngày; nhập như 2026-03-05"
    assert problems["payload.text"] == "«Nội dung kiến nghị» chưa nhập"
    assert problems["payload.channel"].startswith("«Kênh tiếp nhận» phải là một trong")
    assert set(problems) == {"on", "payload.text", "payload.channel", "payload.level"}
    assert told.headers["Content-Language"] == "vi"
    english = desk.as_("clerk", **{"Accept-Language": "en-GB, vi;q=0.3"}).post("/api/v1/petitions", json=body)
    assert english.headers["Content-Language"] == "en"
    assert {p["field"]: p["text"] for p in english.json()["problems"]}[
        "payload.text"
    ] == "“Text of the petition” is empty"


LANGUAGES = {
    "": "vi",
    "fr": "vi",
    "en": "en",
    "vi, en": "vi",
    "en;q=0.2, vi;q=0.1": "en",
    "*": "vi",
    "en;q=x": "vi",
}


def test_vietnamese_is_spoken_unless_english_is_preferred(desk: Desk) -> None:
    for asked, language in LANGUAGES.items():
        told = desk.as_("clerk", **{"Accept-Language": asked}).get("/api/v1/khong-co")
        assert (told.status_code, told.headers["Content-Language"]) == (404, language), asked
        assert told.headers["Content-Type"] == "application/problem+json"
        assert set(told.json()) == {"type", "title", "status", "code", "detail"}


def test_a_wrong_method_says_which_are_right(desk: Desk) -> None:
    refused = desk.as_("clerk").delete("/api/v1/cases")
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, POST")
    assert refused.headers["Content-Type"] == "application/problem+json"


def test_a_case_of_any_kind_is_entered_by_its_name(desk: Desk) -> None:
    clerk = desk.as_("clerk")
    promise = {"text": "Xong cầu bản Nà Pát", "agency": "UBND", "occasion": "answer", "due_on": "2026-12-30"}
    entered = clerk.post("/api/v1/cases", json={"kind": "commitment", "on": "2026-09-01", "payload": promise})
    assert (entered.status_code, entered.json()["code"]) == (201, "NP-CK-26-0001")
    assert [one["code"] for one in entered.json()["warnings"]] == ["promise_has_session"]
    detail = clerk.get(entered.headers["Location"]).json()["detail"]
    assert detail["agency"] == {"code": "UBND", "name": "Ủy ban nhân dân xã Nà Pát"}
    assert detail["due_words"] == "30/12/2026"
    unknown = clerk.post("/api/v1/cases", json={"kind": "wish", "payload": promise})
    assert [one["field"] for one in unknown.json()["problems"]] == ["kind"]
    person = {"kind": "commitment", "payload": promise, "petitioner": {"name": "Lò Thị Mẫu"}}
    assert [one["field"] for one in clerk.post("/api/v1/cases", json=person).json()["problems"]] == ["petitioner"]
    listed = clerk.get("/api/v1/cases", params={"kind": "commitment"}).json()["items"]
    assert [row["code"] for row in listed] == ["NP-CK-26-0001"]


def test_every_answer_carries_the_id_of_its_request(desk: Desk) -> None:
    client = desk.as_("clerk")
    assert client.get("/health/live", headers={"X-Request-Id": "abc-123"}).headers["X-Request-Id"] == "abc-123"
    for bad in ("a b", "x" * 65, 'a"b', "<script>"):
        given = client.get("/health/live", headers={"X-Request-Id": bad}).headers["X-Request-Id"]
        assert given != bad
        assert len(given) == 36
    assert client.get("/api/v1/cases").headers["Cache-Control"] == "no-store"
