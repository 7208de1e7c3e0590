"""Meetings over HTTP: a notice that gives tasks, a hearing told late, a reception, a joint conference."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from states.reckoning import SupersedeReason
from states.vocabulary import ProposalState
from tests.desk import Desk
from tests.mornings import at
from workflows import adopting, proposals, receptions, sweeping, verifying

CASES = "/api/v1/cases"
NOTICE = {"number": "31/TB-HĐND", "issued_on": "2026-09-04", "type": "notice"}
pytestmark = pytest.mark.journeys


def plan(desk: Desk, kind: str, text: str, on: str = "2026-09-01", **more: Any) -> str:
    body = {"kind": "meeting", "on": on, "payload": {"meeting_kind": kind, "text": text, **more}}
    answer = desk.as_("clerk").post(CASES, json=body)
    assert answer.status_code == 201, answer.text
    code: str = answer.json()["code"]
    return code


def see(desk: Desk, code: str) -> Any:
    return desk.as_("clerk").get(f"{CASES}/{code}").json()


def held(desk: Desk) -> str:
    """Return a sitting that was held."""
    code = plan(desk, "standing_sitting", "Phiên họp tháng 8/2026", planned_on="2026-09-03", session="KH2")
    desk.move(
        code, "notify", on="2026-09-01", payload={"invited": 12}, document={"number": "9/GM", "issued_on": "2026-09-01"}
    )
    said = {
        "chair": "Bà Chủ tịch",
        "members_present": 3,
        "agencies_present": 6,
        "matters": 5,
        "speeches": 12,
        "questions": 5,
    }
    desk.move(code, "hold", on="2026-09-03", payload=said)
    return code


def enter(desk: Desk, code: str, lines: list[dict[str, Any]], **headers: str) -> Any:
    body = {"on": "2026-09-04", "document": NOTICE, "lines": lines}
    return desk.as_("charge", **{"If-Match": "*", **headers}).post(f"{CASES}/{code}/lines", json=body)


def wait_until(desk: Desk, day: date) -> None:
    """Let the days pass; tokens that ended meanwhile are made anew."""
    desk.office.clock.now = at(day)
    desk.secrets.clear()


def sound(desk: Desk) -> None:
    with desk.office.database.reading() as unit:
        assert verifying.verify(unit, key=None).faults == ()


def test_a_real_notice_is_read_decided_on_and_entered_line_by_line(desk: Desk, shared_data: Path) -> None:
    code = held(desk)
    (seed,) = (shared_data / "seeds").glob("004_*.txt")
    text = seed.read_text(encoding="utf-8")
    proposed = desk.as_("charge").post(f"{CASES}/{code}/lines/proposed", json={"text": text}).json()
    lines = [one["line"] for one in proposed]
    assert Counter(line["kind"] for line in lines) == {"task": 8, "orientation": 35}
    assert [line["agency"] for line in lines if line["kind"] == "task"] == [
        "UBND", "UBND", "UBMTTQ", None, "VP", "TTHDND", "TTHDND", "TTHDND"
    ]  # fmt: skip

    refused = enter(desk, code, lines)
    (nobody,) = (place for place, line in enumerate(lines) if line["kind"] == "task" and line["agency"] is None)
    assert refused.status_code == 422
    assert [problem["field"] for problem in refused.json()["problems"]] == [f"lines.{nobody}.agency"]
    assert desk.office.rows("SELECT * FROM task") == [], "all lines, or none"
    assert see(desk, code)["state"]["code"] == "held"

    lines[nobody]["agency"] = "HDND"  # the council has several committees: a person says which one
    done = enter(desk, code, lines)
    assert done.status_code == 200, done.text
    results = done.json()["lines"]
    assert [line["number"] for line in results] == list(range(1, 44))
    tasks = [line["task"]["code"] for line in results if line["task"]]
    assert tasks == [f"NP-NV-26-{number:04d}" for number in range(1, 9)]
    meeting = see(desk, code)
    assert (meeting["state"]["code"], meeting["next_due_on"]) == ("concluded", None)
    assert (meeting["detail"]["tasks"], meeting["detail"]["orientations"]) == (8, 35)
    assert (meeting["detail"]["held_on"], meeting["detail"]["speeches"]) == ("2026-09-03", 12)
    assert {(link["kind"]["code"], link["outgoing"]) for link in meeting["links"]} == {("arises_from", False)}
    clocks = desk.office.rows("SELECT * FROM clock")
    assert clocks == [], "no line proposes a day, an orientation never has one"
    (kept,) = desk.office.rows("SELECT body FROM text_version WHERE field = 'orientations'")
    assert len(kept["body"].splitlines()) == 35
    again = enter(desk, code, lines)
    assert (again.status_code, again.json()["code"]) == (409, "already_exists")
    assert len(desk.office.rows("SELECT * FROM task")) == 8
    sound(desk)


def line(text: str, **more: Any) -> dict[str, Any]:
    return {"kind": "task" if more else "orientation", "text": text, **more}


def test_a_task_is_reported_and_done_and_one_that_is_not_is_raised_at_the_next_sitting(desk: Desk) -> None:
    code = held(desk)
    lines = [
        line("Báo cáo kết quả giải quyết kiến nghị", agency="UBND", product="Báo cáo", due_on="2026-09-14"),
        line("Nâng cao chất lượng các kỳ họp"),
        line("Xây dựng kế hoạch giám sát", agency="KT", product="Kế hoạch", due_words="tháng 9/2026"),
    ]
    done = enter(desk, code, lines).json()
    assert [one["task"] and one["task"]["code"] for one in done["lines"]] == ["NP-NV-26-0001", None, "NP-NV-26-0002"]
    report, planned = "NP-NV-26-0001", "NP-NV-26-0002"
    task = see(desk, report)
    assert (task["holder"]["code"], task["next_due_on"], task["detail"]["line"]) == ("UBND", "2026-09-14", 1)
    assert see(desk, planned)["next_due_on"] == "2026-09-30"
    (clock,) = [c for c in desk.office.see(report).clocks if c["state"] == "running"]
    assert (clock["limit_code"], clock["effect"]) == ("task.proposed", "service"), "no law dates it"

    wait_until(desk, date(2026, 9, 12))
    desk.move(report, "report_progress", on="2026-09-10", payload={"words": "Đang tổng hợp từ các phòng"})
    desk.move(report, "report", on="2026-09-11", payload={"words": "Đã gửi báo cáo 61/BC-UBND"})
    own = desk.post(report, "confirm_done", on="2026-09-12", decided_by={"agency": "UBND"})
    assert own.status_code == 409
    assert [one["code"] for one in own.json()["failed"]] == ["decider_is_not_the_answerer"]
    desk.move(report, "confirm_done", on="2026-09-12", payload={"evidence": "Báo cáo 61/BC-UBND"})
    assert (see(desk, report)["state"]["code"], see(desk, report)["next_due_on"]) == ("done", None)

    wait_until(desk, date(2026, 11, 2))
    sweeping.sweep(desk.office.database)
    with desk.office.database.reading() as unit:
        actor = desk.office["charge"]
        found = proposals.listed(unit, actor=actor, code=planned, state=ProposalState.OPEN, limit=10).items
    assert [one.trigger.code for one in found] == ["put_on_agenda"]
    desk.move(planned, "confirm_not_done", on="2026-11-01", payload={"words": "Chưa có", "review_on": "2026-12-01"})
    assert see(desk, planned)["state"]["code"] == "not_done"
    chain = desk.as_("clerk").get(f"{CASES}/{code}/chain").json()
    assert {one["code"] for one in chain["cases"]} == {code, report, planned}
    desk.move(code, "close", on="2026-11-02")
    sound(desk)


def hearing_law(desk: Desk) -> None:
    """Let the council apply the notice of hearings, which ships for reference only."""
    office = desk.office
    with office.database.writing() as unit:
        adopting.adopt(
            unit, setting=office.setting, code="law-121-2025", from_on=date(2026, 8, 1), actor=office["charge"],
            switches={"hearing_notice": {"enabled": True}},
        )  # fmt: skip


def test_a_hearing_is_told_ten_days_before_and_concluded_by_more_than_half(desk: Desk) -> None:
    hearing_law(desk)
    petition = desk.enter()
    code = plan(
        desk,
        "explanation_hearing",
        "Giải trình việc chậm sửa cầu",
        planned_on="2026-09-18",
        agency="UBND",
        from_case=petition,
    )
    assert see(desk, code)["next_due_on"] == "2026-09-08"
    late = desk.move(code, "notify", on="2026-09-09", document={"number": "12/TB-HĐND", "issued_on": "2026-09-09"})
    assert [one["code"] for one in late["warnings"]] == ["after_its_limit"]
    assert late["warnings"][0]["text"]["vi"].startswith("Thông báo phiên giải trình: muộn 1 ngày so với hạn 08/09/2026")

    wait_until(desk, date(2026, 9, 16))
    moved = desk.move(code, "set_day", on="2026-09-15", payload={"planned_on": "2026-10-09", "words": "Trùng lịch"})
    assert moved["state"]["code"] == "planned"
    assert see(desk, code)["next_due_on"] == "2026-09-29", "the notice of the first day is none of the second"
    told = desk.as_("clerk").get(f"{CASES}/{code}/clocks", params={"superseded": True}).json()
    assert {c["superseded_because"] and c["superseded_because"]["code"] for c in told} == {
        None,
        SupersedeReason.ANCHOR_MOVED.value,
    }
    again = desk.move(code, "notify", on="2026-09-16", document={"number": "14/TB-HĐND", "issued_on": "2026-09-16"})
    assert again["warnings"] == []

    wait_until(desk, date(2026, 10, 10))
    desk.move(code, "hold", on="2026-10-09", payload={"members_present": 4})
    notice = {"number": "40/TB-HĐND", "issued_on": "2026-10-10"}
    for votes in ({}, {"votes_for": 2, "members": 4}):
        half = desk.post(code, "conclude", on="2026-10-10", payload=votes, document=notice)
        assert half.status_code == 409
        assert [one["code"] for one in half.json()["failed"]] == ["hearing_is_concluded_by_more_than_half"]
    impossible = desk.post(code, "conclude", on="2026-10-10", payload={"votes_for": 5, "members": 4}, document=notice)
    assert [one["field"] for one in impossible.json()["problems"]] == ["members"]
    desk.move(code, "conclude", on="2026-10-10", payload={"votes_for": 3, "members": 4}, document=notice)
    assert see(desk, code)["detail"]["votes_for"] == 3
    sound(desk)


def test_the_day_of_a_hearing_is_put_right_and_its_notice_is_due_by_the_right_day(desk: Desk) -> None:
    hearing_law(desk)
    code = plan(desk, "explanation_hearing", "Giải trình", planned_on="2026-09-21")
    desk.move(code, "notify", on="2026-09-09", document={"number": "12/TB-HĐND", "issued_on": "2026-09-09"})
    (met,) = desk.office.see(code).clocks
    assert (met["state"], met["due_on"]) == ("met", date(2026, 9, 11))
    desk.move(code, "correct", payload={"seq": 1, "values": {"planned_on": "2026-09-16"}, "words": "Nhập nhầm ngày"})
    (right,) = desk.office.see(code).clocks
    assert (right["state"], right["due_on"], right["met_on"]) == ("met", date(2026, 9, 4), date(2026, 9, 9))
    assert desk.office.see(code).detail["planned_on"] == date(2026, 9, 16)
    sound(desk)


def test_a_reception_on_a_moved_day_to_which_nobody_came(desk: Desk) -> None:
    office = desk.office
    with office.database.writing() as unit:
        planned = receptions.plan_year(unit, setting=office.setting, year=2026, actor=office["clerk"])
    assert [(one.usual_on.month, one.planned_on.day) for one in planned] == [(9, 15), (10, 15), (11, 16), (12, 15)]
    with office.database.writing() as unit:
        assert receptions.plan_year(unit, setting=office.setting, year=2026, actor=office["clerk"]) == ()
    code = planned[2].code
    november = see(desk, code)
    assert november["detail"]["planned_on"] == "2026-11-16"
    assert november["text"] == (
        "Tiếp công dân định kỳ tháng 11/2026; ngày 15/11/2026 là ngày nghỉ, chuyển sang thứ Hai 16/11/2026"
    )

    wait_until(desk, date(2026, 11, 18))
    sitting = plan(desk, "giao_ban", "Giao ban tháng 11", planned_on="2026-11-17")
    wrong = desk.post(sitting, "nobody_came", on="2026-11-17")
    assert [one["code"] for one in wrong.json()["failed"]] == ["is_a_reception"]
    desk.move(code, "nobody_came", on="2026-11-16", payload={"chair": "Bà Chủ tịch"})
    told = desk.move(code, "conclude", on="2026-11-18", document={"number": "50/TB-TCD", "issued_on": "2026-11-18"})
    assert [one["code"] for one in told["warnings"]] == ["reception_result_is_told"]
    detail = see(desk, code)["detail"]
    assert (detail["nobody_came"], detail["people_received"], detail["held_on"]) == (True, 0, "2026-11-16")
    listed = desk.as_("clerk").get(CASES, params={"kind": "meeting", "state": "concluded"}).json()["items"]
    assert [row["code"] for row in listed] == [code]

    desk.move(planned[3].code, "postpone", on="2026-11-18", payload={"words": "Trùng kỳ họp"})
    assert see(desk, planned[3].code)["detail"]["planned_on"] is None
    desk.move(planned[3].code, "set_day", on="2026-11-18", payload={"planned_on": "2026-12-17"})
    december = see(desk, planned[3].code)
    assert (december["state"]["code"], december["detail"]["planned_on"]) == ("planned", "2026-12-17")
    story = desk.as_("clerk").get(f"{CASES}/{planned[3].code}/events").text
    assert "2026-12-15" in story, "the earlier day stays in the story"
    sound(desk)


def test_a_joint_conference_adopts_the_compiled_report_before_it_is_sent(desk: Desk) -> None:
    clerk = desk.as_("clerk")
    opened = clerk.post(
        "/api/v1/rounds", json={"payload": {"name": "Đợt 1", "round_kind": "before_session", "session": "KH2"}}
    )
    contact_round = opened.json()["code"]
    code = plan(
        desk,
        "joint_conference",
        "Liên tịch chuẩn bị kỳ họp thứ 2",
        planned_on="2026-09-08",
        session="KH2",
        from_case=contact_round,
    )
    desk.move(code, "draft_report", on="2026-09-02", document={"number": "17/BC-MTTQ", "issued_on": "2026-09-02"})
    early = desk.post(code, "send_report", on="2026-09-03")
    assert early.status_code == 409
    desk.move(code, "hold", on="2026-09-08", payload={"agencies_present": 3})
    refused = desk.post(code, "send_report", on="2026-09-08")
    assert [one["code"] for one in refused.json()["failed"]] == ["report_is_adopted"]
    desk.move(code, "adopt_report", on="2026-09-08", payload={"words": "Thống nhất, bổ sung 2 kiến nghị"})
    assert see(desk, code)["detail"]["report"]["label"]["vi"] == "Đã thông qua"
    desk.move(code, "send_report", on="2026-09-09", document={"number": "21/BC-TTHĐND", "issued_on": "2026-09-09"})
    assert see(desk, code)["detail"]["report"]["code"] == "sent"
    marks = [event["milestones"] for event in desk.office.events(code)]
    assert [m for m in marks if m.startswith("compilation")] == [
        "compilation_drafted", "compilation_adopted", "compilation_sent",
    ]  # fmt: skip
    twice = desk.post(code, "send_report", on="2026-09-09")
    assert [one["code"] for one in twice.json()["failed"]] == ["report_is_adopted"]
    chain = clerk.get(f"{CASES}/{code}/chain").json()
    assert {one["code"] for one in chain["cases"]} == {code, contact_round}
    sound(desk)


def test_what_is_no_meeting_has_no_lines_and_nobody_outside_the_desk_enters_them(desk: Desk) -> None:
    code, petition = held(desk), desk.enter()
    assert enter(desk, petition, [line("Nâng cao")]).status_code in {409, 422}
    body = {"on": "2026-09-04", "document": NOTICE, "lines": [line("Nâng cao")]}
    front = desk.as_("front", **{"If-Match": "*"}).post(f"{CASES}/{code}/lines", json=body)
    assert front.status_code == 403
    absent = desk.as_("dien", **{"If-Match": "*"}).post(f"{CASES}/{code}/lines", json=body)
    assert absent.status_code == 404
    stale = desk.as_("charge", **{"If-Match": '"1"'}).post(f"{CASES}/{code}/lines", json=body)
    assert stale.status_code == 412
    planned = plan(desk, "giao_ban", "Giao ban", planned_on=str(date(2026, 9, 1) + timedelta(days=3)))
    assert enter(desk, planned, [line("Nâng cao")]).status_code == 409
