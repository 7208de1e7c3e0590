"""Resolutions of one session: assigned by one decision, checked again and again over two sessions, done or replaced."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.desk import Desk
from tests.mornings import at
from tests.office import Office
from workflows import sweeping, verifying

ADOPTED = date(2026, 7, 10)
pytestmark = pytest.mark.journeys


def adopt(desk: Desk, number: str, **said: Any) -> str:
    """Enter a resolution and return its code."""
    payload = {"number": number, "text": "Phát triển giao thông nông thôn", "agency": "UBND", "session": "KH2", **said}
    body = {"kind": "resolution_follow_up", "on": ADOPTED.isoformat(), "payload": payload}
    answer = desk.as_("clerk").post("/api/v1/cases", json=body)
    assert answer.status_code == 201, answer.text
    code: str = answer.json()["code"]
    return code


def seen(desk: Desk, code: str) -> Any:
    return desk.as_("clerk").get(f"/api/v1/cases/{code}").json()


def clocks(office: Office, code: str) -> dict[str, tuple[str, date | None]]:
    """Return of each limit how its newest clock stands."""
    rows = sorted(office.see(code).clocks, key=lambda clock: clock["start_seq"])
    return {clock["limit_code"]: (clock["state"], clock["due_on"]) for clock in rows}


def proposed(office: Office, code: str) -> list[str]:
    return [
        row["trigger"]
        for row in office.rows(
            f"SELECT p.trigger FROM proposal p JOIN \"case\" c ON c.id = p.case_id WHERE c.code = '{code}'"
            " AND p.state = 'open'"
        )
    ]


def decide(desk: Desk, *codes: str) -> Any:
    """Register the decision of the standing body that lets a committee follow resolutions: one paper, many cases."""
    paper = {
        "act": "follow_up",
        "on": "2026-07-15",
        "document": {"number": "31/QĐ-TTHĐND", "issued_on": "2026-07-15", "type": "decision"},
        "values": {"committee": "BANKT", "review_on": "2026-09-01"},
        "rows": [{"case": code} for code in codes],
    }
    answer = desk.as_("charge").post("/api/v1/documents", json=paper)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_resolutions_are_followed_over_two_sessions(office: Office, desk: Desk) -> None:
    roads = adopt(desk, "12/NQ-HĐND", indicators="Bê tông hóa 10 km đường bản", expires_on="2026-12-31")
    water = adopt(desk, "13/NQ-HĐND")
    assert (roads, water) == ("NP-NQ-26-0001", "NP-NQ-26-0002")
    assert [row["outcome"]["code"] for row in decide(desk, roads, water)["rows"]] == ["done", "done"]
    case = seen(desk, roads)
    assert (case["state"]["code"], case["holder"]["code"], case["session"]) == ("assigned", "UBND", "KH2")
    assert case["detail"]["committee"] == {"code": "BANKT", "name": "Ban Kinh tế - Ngân sách HĐND xã"}
    assert (case["detail"]["number"], case["detail"]["indicators"]) == ("12/NQ-HĐND", "Bê tông hóa 10 km đường bản")

    plan = {"lead": "KT", "due_words": "Quý IV/2026", "words": "Kế hoạch 40/KH-UBND"}
    desk.move(roads, "record_plan", on="2026-07-25", payload=plan)
    desk.move(roads, "check", on="2026-09-01", payload={"words": "Đã làm 4 km", "review_on": "2026-09-08"})
    assert clocks(office, roads) == {
        "resolution.check": ("running", date(2026, 9, 8)),
        "resolution.plan": ("running", date(2026, 12, 31)),
        "resolution.expiry": ("running", date(2026, 12, 31)),
    }
    missed_and_made_good(office, desk, roads)
    replaced(office, desk, roads, water)
    with office.database.reading() as unit:
        assert verifying.verify(unit, key=None).faults == ()


def missed_and_made_good(office: Office, desk: Desk, code: str) -> None:
    """The check is missed and raised at the sitting; then it is made and finds an issue, and in the end all is done."""
    office.clock.now = at(date(2026, 12, 20))
    desk.secrets.clear()  # those of the summer have ended
    sweeping.sweep(office.database)
    assert proposed(office, code) == ["put_on_agenda"]
    issue = {"words": "Chậm giải phóng mặt bằng", "review_on": "2026-12-25"}
    desk.move(code, "find_issue", on="2026-12-20", payload=issue)
    assert proposed(office, code) == []
    assert seen(desk, code)["detail"]["times_checked"] == 2

    own = {"agency": "UBND"}
    evidence = {"evidence": "Báo cáo 120/BC-UBND, nghiệm thu 10 km"}
    refused = desk.post(code, "confirm_done", on="2026-12-20", payload=evidence, decided_by=own)
    failed = {one["code"] for one in refused.json()["failed"]}
    assert (refused.status_code, failed) == (409, {"decider_is_the_standing_body", "decider_is_not_the_answerer"})
    desk.move(code, "confirm_done", on="2026-12-20", payload=evidence)
    done = seen(desk, code)
    assert (done["state"]["code"], done["next_due_on"], done["holder"]["code"]) == ("done", None, "VP")
    assert {state for state, _ in clocks(office, code).values()} == {"met"}


def replaced(office: Office, desk: Desk, origin: str, old: str) -> None:
    """What no longer fits is proposed for amendment and replaced; the chain shows which came after which."""
    desk.move(old, "propose_amendment", on="2026-12-20", payload={"words": "Chỉ tiêu không còn phù hợp"})
    new = adopt(desk, "20/NQ-HĐND", from_case=origin)
    desk.move(old, "replace", on="2026-12-20", payload={"replaced_by": "20/NQ-HĐND"})
    own = desk.post(new, "supersede", on="2026-12-20", payload={"replaced": new})
    assert [one["code"] for one in own.json()["failed"]] == ["replaces_another"]
    desk.move(new, "supersede", on="2026-12-20", payload={"replaced": old})
    ended = seen(desk, old)
    assert (ended["state"]["code"], ended["detail"]["replaced_by"], ended["next_due_on"]) == (
        "replaced",
        "20/NQ-HĐND",
        None,
    )
    chain = desk.as_("clerk").get(f"/api/v1/cases/{old}/chain").json()
    assert {(one["code"], one["kind"]["code"], one["other"]) for one in chain["links"]} == {
        (new, "supersedes", old),
        (new, "arises_from", origin),
    }


def test_only_the_council_s_own_side_follows_and_never_who_carries_it_out(desk: Desk) -> None:
    code = adopt(desk, "14/NQ-HĐND", agency="BANKT")
    for committee, guard in (("KT", "follower_is_of_the_council"), ("BANKT", "follower_does_not_carry_it_out")):
        refused = desk.post(code, "assign_committee", on="2026-07-15", payload={"committee": committee})
        failed = [one["code"] for one in refused.json()["failed"]]
        assert (refused.status_code, failed) == (409, [guard])


def test_a_check_without_a_next_day_is_warned_of_and_stops_nothing(office: Office, desk: Desk) -> None:
    code = adopt(desk, "15/NQ-HĐND")
    assigned = desk.move(code, "assign_committee", on="2026-07-15", payload={"committee": "BANKT"})
    assert {one["code"] for one in assigned["warnings"]} == {"has_document", "next_check_has_a_day"}
    checked = desk.move(code, "check", on="2026-08-15", payload={"words": "Chưa triển khai"})
    assert [one["code"] for one in checked["warnings"]] == ["next_check_has_a_day"]
    assert clocks(office, code) == {}
