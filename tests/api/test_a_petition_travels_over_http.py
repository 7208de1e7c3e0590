"""A petition from receipt to resolution and back, through the public door only."""

from __future__ import annotations

from typing import Any

from tests.desk import Desk


def test_a_petition_goes_through_two_addressees_to_its_resolution(desk: Desk) -> None:
    code, (ubnd, kt) = desk.sent("UBND", "KT")
    desk.move(code, "return_wrong_authority", on="2026-08-08", referral=kt, payload={"because": "wrong_authority"})
    desk.move(code, "receive", on="2026-08-10", referral=ubnd, payload={"incoming_number": "77"})
    desk.move(code, "assign", on="2026-08-11", referral=ubnd, payload={"lead": "KT"})
    answered = desk.move(
        code, "answer", on="2026-08-28", referral=ubnd, payload={"claimed": "roadmap", "words": "Sẽ làm"}
    )
    assert answered["state"]["code"] == "answered"
    assert {"time", "measure", "review"} <= {part["code"] for part in answered["missing"]}
    desk.move(code, "request_new_answer", on="2026-08-29", referral=ubnd, payload={"words": "Thiếu thời hạn"})
    roadmap = {"due_on": "2026-12-30", "review_on": "2026-10-10"}
    parts = {"cause": "Thiếu vốn", "responsible": "KT", "measure": "Bố trí vốn", "copied_to_front": True}
    full = {"claimed": "roadmap", "words": "Làm trong năm", **parts, **roadmap}
    assert desk.move(code, "answer", on="2026-09-03", referral=ubnd, payload=full)["missing"] == []
    assert (
        desk.move(code, "judge", on="2026-09-05", payload={"result": "roadmap", **roadmap})["state"]["code"] == "judged"
    )
    resolved = {"result": "resolved", "evidence": "Biên bản nghiệm thu"}
    assert desk.move(code, "judge", on="2026-09-06", payload=resolved)["state"]["code"] == "closed"
    desk.move(code, "reopen", on="2026-09-07", payload={"words": "Mưa lại lầy"})
    received = next(e for e in story(desk, code) if e["trigger"]["code"] == "receive")
    fixed = {"seq": received["seq"], "on": "2026-08-09", "words": "Ghi nhầm ngày"}
    desk.move(code, "correct", payload=fixed)

    events = story(desk, code)
    assert [e["seq"] for e in events] == list(range(1, len(events) + 1))
    right = events[received["seq"] - 1]
    assert (right["occurred_on"], right["written_on"]) == ("2026-08-09", "2026-08-10")
    assert right["decided_by"]["agency"]["code"] == "UBND"
    assert right["recorded_by"] == {"login": "charge", "name": "Quàng Thị Phụ Trách"}
    assigned = next(e for e in events if e["trigger"]["code"] == "assign")
    assert assigned["entry"]["lead"]["value"] == "KT"
    assert assigned["referral"]["agency"]["code"] == "UBND"

    case = desk.as_("clerk").get(f"/api/v1/cases/{code}")
    assert case.json()["state"]["label"] == {"vi": "Đã phân loại", "en": "Classified"}
    assert case.headers["ETag"] == f'"{len(events)}"'
    clocks = desk.as_("clerk").get(f"/api/v1/cases/{code}/clocks").json()
    answer = next(c for c in clocks if c["role"] == "answer" and c["anchor_on"] == "2026-08-09")
    assert (answer["met_on"], answer["provisional"]) == ("2026-08-28", False)
    assert answer["timeliness"]["code"] == "met_in_time"
    assert answer["regulation"]["status"]["label"]["vi"] == "theo mẫu, chưa nhập Quy chế của xã"


def story(desk: Desk, code: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.as_("clerk").get(f"/api/v1/cases/{code}/events").json()
    return found


def test_a_missing_receipt_is_said_with_the_time_limit(desk: Desk) -> None:
    code, _ = desk.sent("UBND")
    [clock] = desk.as_("clerk").get(f"/api/v1/cases/{code}/clocks").json()
    assert clock["provisional"] is True
    assert clock["words"]["vi"].startswith("chưa ghi ngày nhận")
    listed = desk.as_("clerk").get("/api/v1/cases", params={"overdue": "true"}).json()["items"]
    assert [(row["code"], row["overdue"]) for row in listed] == [(code, True)]


def test_a_receipt_supersedes_the_provisional_clock_and_both_can_be_read(desk: Desk) -> None:
    code, [referral] = desk.sent("UBND")
    desk.move(code, "receive", on="2026-08-10", referral=referral)
    assert len(desk.as_("clerk").get(f"/api/v1/cases/{code}/clocks").json()) == 1
    both = desk.as_("clerk").get(f"/api/v1/cases/{code}/clocks", params={"superseded": "true"}).json()
    assert [c["superseded_because"] and c["superseded_because"]["code"] for c in both] == [None, "receipt_known"]


def test_today_is_meant_when_no_day_is_said_and_null_means_unknown(desk: Desk) -> None:
    code = desk.enter()
    desk.move(code, "compile")
    desk.move(code, "screen", on=None, payload={"level": "commune"})
    days = [e["occurred_on"] for e in story(desk, code)]
    assert days == ["2026-08-01", "2026-09-10", None]


def test_both_hands_of_a_decision_are_kept(desk: Desk) -> None:
    code = desk.enter()
    desk.move(code, "screen", payload={"level": "commune"})
    leader = {"agency": "TTHDND", "person": "Lò Văn Thường Trực", "capacity": "Chủ tịch"}
    desk.move(code, "transfer", "clerk", payload={"addressees": ["UBND"]}, decided_by=leader)
    moved = next(e for e in story(desk, code) if e["trigger"]["code"] == "transfer")
    assert moved["decided_by"]["agency"]["code"] == "TTHDND"
    assert (moved["decided_by"]["person"], moved["decided_by"]["capacity"]) == ("Lò Văn Thường Trực", "Chủ tịch")
    assert moved["recorded_by"]["login"] == "clerk"


def test_an_unknown_decider_is_named_with_what_to_do(desk: Desk) -> None:
    code = desk.enter()
    refused = desk.post(code, "compile", decided_by={"agency": "KHONG-CO", "person": "Ai Đó"})
    assert refused.status_code == 422
    assert {p["field"] for p in refused.json()["problems"]} == {"decided_by.agency", "decided_by.person"}


def test_a_body_never_confirms_its_own_answer(desk: Desk) -> None:
    code, [referral] = desk.sent("UBND")
    desk.move(code, "receive", on="2026-08-10", referral=referral)
    words = {"claimed": "explained", "words": "Đã rõ", "ground": "Công văn", "copied_to_front": True}
    desk.move(code, "answer", on="2026-08-20", referral=referral, payload=words)
    refused = desk.post(
        code, "judge", on="2026-08-21", payload={"result": "explained"}, decided_by={"agency": "UBND"}
    ).json()
    assert refused["status"] == 409
    failed = {f["code"]: f for f in refused["failed"]}
    assert set(failed) == {"decider_is_the_standing_body", "decider_is_not_the_answerer"}
    assert failed["decider_is_not_the_answerer"]["mend"] == "Để Thường trực HĐND kết luận"
    assert "all_have_answered" in {f["code"] for f in refused["passed"]}


def test_the_petitioner_is_masked_in_every_representation(desk: Desk) -> None:
    who = {"name": "Lò Thị Bí Mật", "address": "Bản Kín 7", "phone": "0912345678"}
    body = {"on": "2026-08-01", "payload": {"text": "Đường lầy lội"}, "petitioner": who}
    client = desk.as_("clerk")
    entered = client.post("/api/v1/petitions", json=body)
    base = f"/api/v1/cases/{entered.json()['code']}"
    paths = [
        base,
        *(f"{base}/{p}" for p in ("moves", "events", "clocks", "referrals", "documents")),
        "/api/v1/petitions",
    ]
    answers = [entered, *(client.get(path) for path in paths)]
    assert {a.status_code for a in answers} == {200, 201}
    assert not [word for word in who.values() for a in answers if word in a.text]
    assert client.get(base).json()["petitioner"] == {"name": "•••", "address": "•••", "phone": "•••", "erased": False}


def test_a_contact_round_runs_on_the_same_engine(desk: Desk) -> None:
    opening = {
        "on": "2026-07-01",
        "payload": {"name": "Trước kỳ họp 2", "round_kind": "before_session", "session": "KH2"},
    }
    opened = desk.as_("charge").post("/api/v1/rounds", json=opening)
    assert opened.status_code == 201
    code = opened.json()["code"]
    desk.move(code, "hold", on="2026-08-02", payload={"meetings": 6, "attendance_count": 420})
    detail = desk.as_("clerk").get(f"/api/v1/cases/{code}").json()["detail"]
    assert (detail["meetings"], detail["attendance_count"]) == (6, 420)
    assert detail["round_kind"]["label"]["en"] == "Before a regular session"
    listed = desk.as_("clerk").get("/api/v1/rounds").json()["items"]
    assert [(r["code"], r["summary"]) for r in listed] == [(code, "Trước kỳ họp 2")]
    assert desk.as_("clerk").get("/api/v1/petitions").json()["items"] == []
    recorded = desk.as_("clerk").post("/api/v1/petitions", json={"payload": {"text": "Điện yếu", "round": code}})
    assert desk.as_("clerk").get(f"/api/v1/cases/{recorded.json()['code']}").json()["round"] == code


def test_a_time_limit_explains_itself_in_the_language_asked_for(desk: Desk) -> None:
    code, [referral] = desk.sent("UBND")
    desk.move(code, "receive", on="2026-08-10", referral=referral)
    for language, words in (("vi", "Ngày này không tính"), ("en", "This day does not count")):
        [clock] = desk.as_("clerk").get(f"/api/v1/cases/{code}/clocks", params={"explain": language}).json()
        workings = clock["workings"]
        assert words in workings["text"]
        assert [step["kind"]["code"] for step in workings["steps"]][:2] == ["start", "rule"]
        assert workings["steps"][-1]["day_to"] == clock["due_on"]
        assert workings["before"], "the provisional clock it took the place of is told"
    assert desk.as_("clerk").get(f"/api/v1/cases/{code}/clocks").json()[0]["workings"] is None
    assert desk.as_("clerk").get(f"/api/v1/cases/{code}/clocks", params={"explain": "fr"}).status_code == 422


def test_rates_of_another_kind_say_what_has_fallen_due(desk: Desk) -> None:
    payload = {"text": "Sửa cầu", "agency": "UBND", "occasion": "answer", "due_on": "2026-09-01"}
    born = {"kind": "commitment", "on": "2026-08-01", "payload": payload}
    code = desk.as_("clerk").post("/api/v1/cases", json=born).json()["code"]
    desk.as_("clerk").post("/api/v1/cases", json=born)
    evidence = {"evidence": "Biên bản nghiệm thu"}
    desk.move(code, "confirm_fulfilled", on="2026-08-30", payload=evidence)
    told = desk.as_("clerk").get("/api/v1/rates", params={"kind": "commitment", "by": "agency"}).json()
    assert (told["kind"]["label"]["vi"], told["agrees"]) == ("Việc đã hứa, cam kết", True)
    [row] = told["rows"]
    shares = {rate["code"]: (rate["numerator"], rate["denominator"], rate["percent"]) for rate in row["rates"]}
    assert (row["key"], row["due"], shares["done_of_due"]) == ("UBND", 2, (1, 2, 50.0))
    assert told["total"]["rates"][0]["printed"]["vi"] == "50,0%"
    assert desk.as_("clerk").get("/api/v1/rates", params={"kind": "dance"}).status_code == 404


def test_rates_say_what_they_count(desk: Desk) -> None:
    desk.sent("UBND")
    desk.enter()
    told = desk.as_("clerk").get("/api/v1/rates").json()
    assert (told["period"], told["as_of"]) == (["2026-01-01", "2026-09-10"], "2026-09-10")
    assert told["total"]["received"] == 2
    assert {r["code"] for r in told["total"]["rates"]} >= {"answered", "handled", "resolved"}
    assert told["agrees"] is True
    by_agency = desk.as_("clerk").get("/api/v1/rates", params={"by": "agency"}).json()
    assert by_agency["counted"]["vi"] != told["counted"]["vi"]
    wrong = desk.as_("clerk").get("/api/v1/rates", params={"since": "2026-09-02", "until": "2026-09-01"})
    assert (wrong.status_code, wrong.json()["problems"][0]["field"]) == (422, "period")
