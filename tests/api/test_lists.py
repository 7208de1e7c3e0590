"""Lists: filters, order, pages that miss nothing and repeat nothing, whatever is added meanwhile."""

from __future__ import annotations

from typing import Any

from tests.desk import Desk


def found(desk: Desk, path: str = "/api/v1/cases", /, **params: str) -> list[str]:
    answer = desk.as_("clerk").get(path, params=params)
    assert answer.status_code == 200, answer.text
    return [row["code"] for row in answer.json()["items"]]


def pages(desk: Desk, path: str = "/api/v1/cases", /, **params: str) -> list[list[str]]:
    """Follow the cursors to the end."""
    cursor: str | None = None
    read: list[list[str]] = []
    while cursor is not None or not read:
        page = desk.as_("clerk").get(path, params={**params, **({"cursor": cursor} if cursor else {})}).json()
        read.append([row["code"] for row in page["items"]])
        cursor = page["next"]
    return read


def an_office_at_work(desk: Desk) -> dict[str, str]:
    """Return cases that differ in everything a filter asks for."""
    mine: dict[str, str] = {}
    mine["late"], _ = desk.sent("UBND")
    mine["kt"], [ubnd, kt] = desk.sent("UBND", "KT")
    desk.move(mine["kt"], "receive", on="2026-09-01", referral=ubnd)
    desk.move(mine["kt"], "receive", on="2026-09-02", referral=kt)
    mine["water"] = desk.enter("Nước sinh hoạt thiếu", field="cap-nuoc", locality="Bản Co Muông")
    mine["road"] = desk.enter("Duong giao thong hư hỏng")
    mine["exact"] = desk.enter("Đường giao thông hư hỏng")
    desk.move(mine["water"], "entrust", payload={"officer": "officer"})
    round_ = desk.as_("charge").post("/api/v1/rounds", json={"payload": {"name": "Đợt 1", "round_kind": "none"}})
    mine["round"] = round_.json()["code"]
    return mine


def test_each_filter_finds_what_it_asks_for(desk: Desk) -> None:
    mine = an_office_at_work(desk)
    late, kt, water, road, exact, round_ = mine.values()
    assert found(desk) == [late, kt, water, road, exact, round_]
    assert found(desk, "/api/v1/petitions") == [late, kt, water, road, exact]
    assert found(desk, kind="contact_round") == [round_]
    assert found(desk, state="with_authority") == [late, kt]
    assert found(desk, state="opened") == [round_]
    both = desk.as_("clerk").get("/api/v1/cases", params={"state": ["opened", "with_authority"]}).json()["items"]
    assert [row["code"] for row in both] == [late, kt, round_]
    assert found(desk, agency="KT") == [kt]
    assert found(desk, agency="ubnd") == [late, kt]
    assert found(desk, agency="VP") == [water, road, exact, round_]
    assert found(desk, assignee="officer") == [water]
    assert [row["code"] for row in desk.as_("officer").get("/api/v1/cases?assignee=me").json()["items"]] == [water]
    assert found(desk, assignee="nobody") == []
    assert found(desk, locality="Bản Co Muông") == [water]
    assert found(desk, field="cap-nuoc") == [water]
    assert found(desk, overdue="true") == [late]
    assert found(desk, overdue="false") == [kt, water, road, exact, round_]
    assert found(desk, due_before="2026-09-10") == [late]
    assert found(desk, council="NP", state="recorded", locality="Bản Co Muông") == [water]


def test_a_field_is_found_below_its_parent(desk: Desk) -> None:
    child = next(f for f in desk.as_("clerk").get("/api/v1/fields").json() if f["parent"])
    code = desk.enter(field=child["code"])
    assert found(desk, field=child["parent"]) == found(desk, field=child["code"]) == [code]


def test_exact_words_come_first_and_accents_are_forgiven(desk: Desk) -> None:
    mine = an_office_at_work(desk)
    assert found(desk, text="đường giao thông") == [mine["exact"], mine["road"]]
    assert found(desk, text="DUONG GIAO THONG") == [mine["road"], mine["exact"]]
    assert [len(page) for page in pages(desk, text="đường giao thông", limit="1")] == [1, 1]
    assert found(desk, text="...") == []
    total = desk.as_("clerk").get("/api/v1/cases", params={"text": "giao thong", "total": "true"}).json()["total"]
    assert total == 2


def test_pages_miss_nothing_and_repeat_nothing(desk: Desk) -> None:
    an_office_at_work(desk)
    for order in ("due", "entered"):
        whole = found(desk, sort=order)
        for limit in ("1", "2", "4", "6", "7"):
            read = pages(desk, sort=order, limit=limit)
            assert [code for page in read for code in page] == whole
            assert all(len(page) == int(limit) for page in read[:-1])
    entered = found(desk, sort="entered")
    assert entered == sorted(entered, key=lambda code: ("TX" in code, code))


def test_a_case_entered_between_two_pages_shifts_nothing(desk: Desk) -> None:
    codes = [desk.enter() for _ in range(4)]
    first = desk.as_("clerk").get("/api/v1/cases", params={"limit": "2"}).json()
    codes.append(desk.enter())
    desk.move(codes[0], "compile")
    second = desk.as_("clerk").get("/api/v1/cases", params={"limit": "9", "cursor": first["next"]}).json()
    assert [row["code"] for page in (first, second) for row in page["items"]] == codes


def test_a_cursor_of_another_order_is_refused(desk: Desk) -> None:
    for _ in range(2):
        desk.enter()
    cursor = desk.as_("clerk").get("/api/v1/cases", params={"limit": "1"}).json()["next"]
    refused = desk.as_("clerk").get("/api/v1/cases", params={"cursor": cursor, "sort": "entered"})
    assert (refused.status_code, refused.json()["problems"][0]["field"]) == (422, "cursor")


def test_the_total_is_counted_on_request_only(desk: Desk) -> None:
    for _ in range(3):
        desk.enter()
    ask: Any = desk.as_("clerk").get
    assert ask("/api/v1/cases", params={"limit": "1"}).json()["total"] is None
    assert ask("/api/v1/cases", params={"limit": "1", "total": "true"}).json()["total"] == 3


def test_reference_lists_know_their_council(neighbour: Desk) -> None:
    client = neighbour.as_("clerk")
    agencies = client.get("/api/v1/agencies").json()["items"]
    own = {a["code"] for a in agencies if not a["common"]}
    assert {"UBND", "KT", "TTHDND", "CU"} <= own
    in_office = {a["code"] for a in client.get("/api/v1/agencies", params={"on": "2026-01-01"}).json()["items"]}
    assert own - in_office == {"CU"}
    assert [s["code"] for s in client.get("/api/v1/sessions").json()] == ["KH2"]
    assert [c["code"] for c in client.get("/api/v1/councils").json()] == ["NP"]
    assert {p["code"] for p in client.get("/api/v1/localities").json()} >= {"Bản Nà Pát", "Bản Co Muông"}
    year = client.get("/api/v1/calendar", params={"year": "2026"}).json()
    assert {d["day"] for d in year["days"] if d["working"]} >= {"2026-01-10"}
    assert client.get("/api/v1/calendar", params={"year": "1999"}).status_code == 422
    regulations = client.get("/api/v1/regulations").json()
    assert {r["precedence"] for r in regulations} >= {"sample", "reference"}


def test_papers_are_found_by_their_number_as_people_write_it(desk: Desk) -> None:
    code, _ = desk.sent("UBND")
    for written in ("12/HĐND-TT", "12/hđnd- tt"):
        [row] = desk.as_("clerk").get("/api/v1/documents", params={"number": written}).json()
        assert (row["cases"], row["paper"]["number"]) == ([code], "12/HĐND-TT")
    assert desk.as_("clerk").get("/api/v1/documents", params={"number": "13"}).json() == []
