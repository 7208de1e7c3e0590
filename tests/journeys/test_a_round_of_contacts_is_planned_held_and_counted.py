"""A contact round from its plan over its meetings to a compiled report whose counts do not add up."""

from __future__ import annotations

from typing import Any

import pytest

from tests.desk import Desk
from workflows import verifying

FIGURES = {
    "deputies_present": 2, "attendance_count": 120, "speaker_count": 8, "opinion_count": 15, "answered_count": 12,
    "satisfactory_count": 10, "judged_by": "both", "forwarded_count": 5,
}  # fmt: skip
NOWHERE = {"kind": "contact_meeting", "on": "2026-07-02"}


def open_round(desk: Desk) -> str:
    said = {"name": "Trước kỳ họp 2", "round_kind": "before_session", "session": "KH2", "mode": "in_person"}
    answer = desk.as_("charge").post("/api/v1/rounds", json={"on": "2026-07-01", "payload": said})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["code"])


def plan_meeting(desk: Desk, round_: str, place: str, login: str = "front", **said: Any) -> str:
    payload = {"round": round_, "locality": place, "deputies": "Lò Văn Một; Cầm Thị Hai", **said}
    answer = desk.as_(login).post("/api/v1/cases", json={**NOWHERE, "payload": payload})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["code"])


def figures(desk: Desk, code: str, login: str = "clerk") -> Any:
    answer = desk.as_(login).get(f"/api/v1/rounds/{code}/figures")
    assert answer.status_code == 200, answer.text
    return answer.json()


def said(found: Any) -> set[tuple[str, str, int | None]]:
    return {(one["where"], one["code"], one["difference"]) for one in found["disagreements"]}


@pytest.mark.journeys
def test_a_round_is_followed_meeting_by_meeting(desk: Desk) -> None:
    round_ = open_round(desk)
    front_plan = {"number": "11/KH-MTTQ", "issued_on": "2026-07-03", "type": "plan", "issuer": "UBMTTQ"}
    desk.move(round_, "record_front_plan", login="front", on="2026-07-03", document=front_plan)
    desk.move(round_, "issue_plan", on="2026-07-05", document={"number": "15/KH-HĐND", "issued_on": "2026-07-05"},
              payload={"first_day": "2026-07-20", "last_day": "2026-07-22"})  # fmt: skip
    first = plan_meeting(desk, round_, "Bản Nà Pát", planned_on="2026-07-20", chair="Chủ tịch UBMTTQ xã")
    second = plan_meeting(desk, round_, "Bản Co Muông", planned_on="2026-07-21")
    assert first == "NP-HN-26-0001"
    desk.move(second, "move_meeting", on="2026-07-18", payload={"planned_on": "2026-07-22", "words": "Mưa lũ"})
    desk.move(second, "assign_deputies", on="2026-07-18", payload={"deputies": "Lò Văn Một; Vì A Ba; Cà Thị Tư"})
    view = desk.as_("clerk").get(f"/api/v1/cases/{second}").json()
    assert (view["round"], view["locality"], view["session"]) == (round_, "Bản Co Muông", "KH2")
    assert (view["detail"]["planned_on"], view["detail"]["deputies_assigned"]) == ("2026-07-22", 3)

    held = desk.move(first, "hold", login="front", on="2026-07-20", payload={**FIGURES, "leaders": "Phó Chủ tịch UBND"})
    assert held["warnings"] == []
    assert {"Chủ tịch UBMTTQ xã", "Phó Chủ tịch UBND"} <= set(desk.office.see(first).detail.values())
    collected = {"attendance_count": 30, "opinion_count": 4, "forwarded_count": 4, "words": "Mưa lũ"}
    desk.move(second, "collect", on="2026-07-22", payload=collected)
    assert desk.as_("clerk").get(f"/api/v1/cases/{second}").json()["state"]["code"] == "collected"
    for meeting in (first, second):
        minutes = {"number": "01/BB", "issued_on": "2026-07-22", "type": "minutes"}
        desk.move(meeting, "record_minutes", on="2026-07-23", document=minutes, payload={"reporter": "front"})
        desk.move(meeting, "include_in_report", on="2026-07-24")

    totals = {"meetings": 2, "deputies_present": 2, "deputies_assigned": 5, "attendance_count": 150,
              "opinion_count": 19, "answered_count": 12, "satisfactory_count": 10, "judged_by": "both",
              "forwarded_count": 8}  # fmt: skip
    desk.move(round_, "hold", on="2026-07-22", payload={"meetings": 2, "attendance_count": 150})
    sent = desk.move(round_, "send_compilation", on="2026-07-25", payload=totals)
    assert [w["code"] for w in sent["warnings"]] == ["opinions_add_up"]  # said, and it stops nothing
    found = figures(desk, round_)
    assert said(found) == {(round_, "opinion_count", -1), (round_, "forwarded_count", 1)}
    assert found["disagreements"][0]["sentence"]["vi"] == (
        "Số ý kiến, kiến nghị 19; giải trình thỏa đáng 10 + chuyển cơ quan có thẩm quyền 8 = 18, thiếu 1"
    )
    assert found["deputies"]["sentence"]["vi"].startswith("2 trong 5 lượt đại biểu được phân công đã dự (40,0%)")
    assert found["voters"] == 150
    assert [(m["place"], m["counts"]["opinion_count"]) for m in found["meetings"]] == [
        ("Bản Nà Pát", 15), ("Bản Co Muông", 4)
    ]  # fmt: skip

    corrected = {"number": "29a/BC-MTTQ", "issued_on": "2026-07-27", "type": "report"}
    desk.move(round_, "state_figures", on="2026-07-27", document=corrected, payload={"forwarded_count": 9})
    assert figures(desk, round_)["adds_up"]
    story = desk.as_("clerk").get(f"/api/v1/cases/{round_}/events").json()
    assert [e["trigger"]["code"] for e in story][-2:] == ["send_compilation", "state_figures"]
    with desk.office.database.reading() as unit:
        assert verifying.verify(unit, key=None).faults == ()


def test_one_compiled_report_moves_the_round_its_meetings_and_its_petitions(desk: Desk) -> None:
    round_ = open_round(desk)
    meetings = [plan_meeting(desk, round_, place) for place in ("Bản Nà Pát", "Bản Co Muông")]
    for case in (round_, *meetings):
        desk.move(case, "hold", on="2026-07-20")
    petition = desk.enter(round=round_)
    paper = {
        "act": "compilation",
        "document": {"number": "29/BC-MTTQ", "issued_on": "2026-08-05", "type": "report", "issuer": "UBMTTQ"},
        "on": "2026-08-05",
        "values": {"opinion_count": 15, "forwarded_count": 5},
        "rows": [{"case": code} for code in (petition, *meetings, round_)],
    }
    answer = desk.as_("charge").post("/api/v1/documents", json=paper)
    assert answer.status_code in {200, 201}, answer.text
    states = [desk.as_("clerk").get(f"/api/v1/cases/{code}").json()["state"]["code"] for code in (petition, *meetings)]
    assert states == ["compiled", "reported", "reported"]
    view = desk.as_("clerk").get(f"/api/v1/cases/{round_}").json()
    assert (view["state"]["code"], view["detail"]["opinion_count"]) == ("compiled", 15)


def test_the_register_is_compared_with_what_the_report_states(desk: Desk) -> None:
    """Only what was not satisfactorily explained must be in the register; one raised again is a time, not a case."""
    round_ = open_round(desk)
    earlier = desk.enter("Kéo điện cho bản Co Muông")
    codes = [desk.enter(f"Sửa đường số {n}", round=round_, locality="Bản Nà Pát") for n in range(4)]
    for code in codes:
        desk.move(code, "compile", on="2026-08-05")
    desk.move(round_, "hold", on="2026-08-02", payload={"opinion_count": 15, "answered_count": 10,
              "satisfactory_count": 10, "judged_by": "front", "forwarded_count": 5})  # fmt: skip
    assert said(figures(desk, round_)) == {(round_, "forwarded_count", -1)}
    desk.move(earlier, "raise_again", on="2026-08-02", payload={"round": round_})
    assert figures(desk, round_)["adds_up"]
    spoken = desk.enter("Cấp nước sạch", round=round_)
    desk.move(spoken, "explain_at_meeting", on="2026-08-02", payload={"explanation": "Đã có dự án"})
    assert said(figures(desk, round_)) == {(round_, "opinion_count", -10), (round_, "satisfactory_count", -9)}
    meeting = plan_meeting(desk, round_, "bản nà pát", planned_on="2026-08-02")
    (line,) = figures(desk, round_)["meetings"]
    assert (line["code"], line["register"]) == (meeting, 4)
    rounds = desk.as_("clerk").get("/api/v1/rounds").json()["items"]
    assert [r["code"] for r in rounds] == [round_]
    assert len(desk.as_("clerk").get("/api/v1/petitions").json()["items"]) == 6


def test_two_reports_on_one_meeting_are_matched_and_one_meeting_entered_twice_is_seen(desk: Desk) -> None:
    round_ = open_round(desk)
    one = plan_meeting(desk, round_, "Bản Nà Pát", planned_on="2026-07-20")
    desk.move(one, "hold", on="2026-07-20", payload={"attendance_count": 120})
    desk.move(one, "record_minutes", on="2026-07-21", payload={"reporter": "deputy_group", "opinion_count": 14})
    desk.move(one, "record_minutes", on="2026-07-21", payload={"reporter": "front", "opinion_count": 15})
    assert said(figures(desk, round_)) == {(one, "opinion_count", -1)}
    line = figures(desk, round_)["lines"]
    assert next(each["meetings"] for each in line if each["code"] == "opinion_count") == 15  # not 29
    seq = desk.as_("clerk").get(f"/api/v1/cases/{one}").json()["version"] - 1
    put_right = {"seq": seq, "values": {"opinion_count": 15}, "words": "Đọc nhầm"}
    desk.move(one, "correct", on="2026-07-22", payload=put_right)
    assert figures(desk, round_)["adds_up"]
    two = plan_meeting(desk, round_, "BẢN NÀ PÁT", planned_on="2026-07-20")
    assert said(figures(desk, round_)) == {(two, "meetings", None)}
    desk.move(two, "void", on="2026-07-22", payload={"words": "Nhập hai lần"})
    assert figures(desk, round_)["adds_up"]


def test_a_meeting_needs_its_round_and_figures_belong_to_rounds(desk: Desk) -> None:
    petition = desk.enter()
    for wrong in (petition, "NP-TX-26-0099"):
        payload = {"round": wrong, "locality": "Bản Nà Pát"}
        answer = desk.as_("clerk").post("/api/v1/cases", json={**NOWHERE, "payload": payload})
        assert answer.status_code == 422
        assert [p["field"] for p in answer.json()["problems"]] == ["round"]
    assert desk.as_("clerk").get(f"/api/v1/rounds/{petition}/figures").status_code == 404
    called_off = open_round(desk)
    desk.move(called_off, "void", payload={"words": "Nhập hai lần"})
    payload = {"round": called_off, "locality": "Bản Nà Pát"}
    answer = desk.as_("clerk").post("/api/v1/cases", json={**NOWHERE, "payload": payload})
    assert answer.status_code == 409
    assert "Đợt tiếp xúc đã hủy" in answer.text
    round_ = open_round(desk)
    meeting = plan_meeting(desk, round_, "Bản Nà Pát")
    answer = desk.post(meeting, "hold", payload={"attendance_count": -1})
    assert answer.status_code == 422
    assert "không được nhỏ hơn 0" in str(answer.json()["problems"])
    assert desk.as_("dien").get(f"/api/v1/rounds/{round_}/figures").status_code == 404
    bad = desk.post(round_, "change_form", payload={"form": "collection", "words": "Dịch"}, decided_by={"agency": "VP"})
    assert bad.status_code == 409
    desk.move(round_, "change_form", payload={"form": "collection", "words": "Dịch"})
    detail = desk.as_("clerk").get(f"/api/v1/cases/{round_}").json()["detail"]
    assert detail["form"]["label"]["vi"] == "Tổng hợp bằng văn bản, không họp"


def test_a_round_on_a_theme_is_planned_on_line_and_asks_for_no_day(desk: Desk) -> None:
    """S0-O11, S2-W2: no regulation that was read gives such a round a window in days."""
    said = {"name": "Chuyên đề đất đai", "round_kind": "thematic", "mode": "online", "theme": "Đất đai, bồi thường"}
    round_ = desk.as_("charge").post("/api/v1/rounds", json={"on": "2026-07-01", "payload": said}).json()["code"]
    meeting = plan_meeting(desk, round_, "Bản Nà Pát", mode="online")
    desk.move(meeting, "hold", on="2026-07-20", payload={"attendance_count": 12})
    view = desk.as_("clerk").get(f"/api/v1/cases/{round_}").json()
    assert (view["detail"]["round_kind"]["code"], view["detail"]["theme"]) == ("thematic", "Đất đai, bồi thường")
    assert view["next_due_on"] is None
    assert figures(desk, round_)["voters"] == 12
    held = desk.as_("clerk").get(f"/api/v1/cases/{meeting}").json()["detail"]
    assert held["mode"]["label"]["vi"] == "Trực tuyến"
