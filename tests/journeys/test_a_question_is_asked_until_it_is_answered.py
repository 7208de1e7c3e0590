"""Questions of deputies over HTTP: answered on the floor or in writing, studied, disputed, asked again, and counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from states.vocabulary import AgencyKind, ProposalState
from tests.desk import Desk
from tests.mornings import at
from tests.office import Office
from workflows import adopting, agencies, proposals, sessions, sweeping, verifying
from workflows.councils import AgencySpec, SessionSpec

LAWS = {"law-87-2015": date(2016, 7, 1), "law-121-2025": date(2026, 3, 1)}


@dataclass
class Floor:
    """The office with a hospital, a session that was held and both laws' 20 days switched on."""

    desk: Desk

    @property
    def office(self) -> Office:
        return self.desk.office

    def reach(self, day: str) -> None:
        """Let time go on to the morning of a day; nobody's token lasts that long."""
        clock, morning = self.office.clock, at(date.fromisoformat(day))
        if morning > clock.now:
            clock.now = morning
            self.desk.secrets.clear()

    def ask(self, text: str = "Vì sao bệnh viện thiếu thuốc", on: str = "2026-07-01", **said: Any) -> str:
        """Submit a slip over HTTP and return its code."""
        self.reach(on)
        slip = {"text": text, "deputy": "Lò Thị Đại", "agency": "BV", "session": "KH1", **said}
        answer = self.desk.as_("clerk").post("/api/v1/cases", json={"kind": "question", "on": on, "payload": slip})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["code"])

    def go(self, code: str, trigger: str, on: str = "2026-07-08", **payload: Any) -> Any:
        """Make a move on its day that must succeed and return what it did."""
        self.reach(on)
        return self.desk.move(code, trigger, on=on, payload=payload)

    def refused(self, code: str, trigger: str, on: str = "2026-07-08", **payload: Any) -> set[str]:
        """Make a move that must be refused and return the conditions that fail."""
        self.reach(on)
        answer = self.desk.post(code, trigger, on=on, payload=payload)
        assert answer.status_code == 409, answer.text
        return {one["code"] for one in answer.json()["failed"]}

    def case(self, code: str) -> Any:
        return self.desk.as_("clerk").get(f"/api/v1/cases/{code}").json()

    def clocks(self, code: str) -> dict[str, tuple[str, str | None, str | None]]:
        """Return state, due day and day met of the last clock of each limit of a case."""
        told = self.desk.as_("clerk").get(f"/api/v1/cases/{code}/clocks").json()
        found = sorted(told, key=lambda clock: clock["start_seq"])
        return {c["limit"]["code"]: (c["state"]["code"], c["due_on"], c["met_on"]) for c in found}

    def counts(self, session: str | None = None) -> dict[str, int]:
        asked = {"session": session} if session else {}
        told = self.desk.as_("clerk").get("/api/v1/questions/counts", params=asked).json()
        return {name: value for name, value in told.items() if isinstance(value, int)}

    def move_session(self, opening: date) -> None:
        """Give KH2 another opening day."""
        closing = opening + timedelta(days=2)
        with self.office.database.writing() as unit:
            sessions.move(
                unit, setting=self.office.setting, code="KH2", opening_on=opening, closing_on=closing, reason="Đổi",
                actor=self.office["charge"],
            )  # fmt: skip

    def proposed(self, code: str) -> set[str]:
        with self.office.database.reading() as unit:
            found = proposals.listed(
                unit, actor=self.office["charge"], code=code, state=ProposalState.OPEN, limit=100
            ).items
        return {one.trigger.code for one in found}


@pytest.fixture
def floor(desk: Desk) -> Iterator[Floor]:
    """What every test leaves behind verifies: the rows are the fold of the events."""
    office = desk.office
    office.clock.now = at(date(2026, 2, 2))
    with office.database.writing() as unit:
        more: dict[str, Any] = {"setting": office.setting, "actor": office["charge"]}
        hospital = AgencySpec(code="BV", name="Bệnh viện đa khoa khu vực", kind=AgencyKind.PUBLIC_SERVICE_UNIT)
        agencies.add(unit, agency=hospital, **more)
        held = SessionSpec(code="KH1", name="Kỳ họp 1", opening_on=date(2026, 7, 7), closing_on=date(2026, 7, 9))
        sessions.add(unit, session=held, **more)
        for code, day in LAWS.items():
            adopting.adopt(unit, code=code, from_on=day, switches={"written_reply": {"enabled": True}}, **more)
    yield Floor(desk)
    with office.database.reading() as unit:
        assert verifying.verify(unit, key=None).faults == ()


@pytest.mark.journeys
def test_a_hospital_that_was_not_reached_replies_in_writing_to_the_deputy_and_to_the_standing_body(
    floor: Floor,
) -> None:
    """Hải Dương, 2022: time ran out; five bodies, a hospital among them, were to reply in writing."""
    code = floor.ask(deputy_group="HDND", office_holder="Giám đốc bệnh viện", topic="Y tế", criterion="burning")
    assert code == "NP-CV-26-0001"
    floor.go(code, "select", "2026-07-02", topic="Nhóm y tế")
    floor.go(code, "forward", "2026-07-03")
    assert floor.clocks(code) == {}
    floor.go(code, "require_reply", reason="not_reached", words="Hết giờ, trả lời bằng văn bản")
    assert floor.clocks(code) == {"written_reply": ("running", "2026-07-28", None)}
    shown = floor.case(code)
    assert (shown["state"]["code"], shown["holder"]["code"], shown["next_due_on"]) == (
        "awaiting_reply",
        "BV",
        "2026-07-28",
    )
    assert shown["detail"]["agency"]["name"] == "Bệnh viện đa khoa khu vực"
    assert shown["detail"]["written_reason"]["label"]["vi"] == "Thuộc nhóm nhưng chưa kịp trả lời"
    assert (shown["detail"]["deputy"], shown["detail"]["office_holder"]) == ("Lò Thị Đại", "Giám đốc bệnh viện")
    assert (shown["detail"]["topic"], shown["detail"]["deputy_group"]["code"]) == ("Nhóm y tế", "HDND")

    floor.reach("2026-09-01")
    sweeping.sweep(floor.office.database)
    assert floor.proposed(code) == {"urge", "put_on_agenda"}
    floor.go(code, "urge", "2026-09-01", words="Đề nghị trả lời ngay")
    floor.go(code, "receive_reply_at_deputy", "2026-09-04", words="Đã đủ thuốc")
    assert floor.proposed(code) == {"put_on_agenda"}
    listed = floor.desk.as_("clerk").get("/api/v1/cases", params={"state": "reply_at_deputy"}).json()["items"]
    assert [row["code"] for row in listed] == [code]
    assert floor.clocks(code)["written_reply"][0] == "running"
    floor.go(code, "receive_reply_at_standing_body", "2026-09-03", words="Đã đủ thuốc")
    assert floor.case(code)["state"]["code"] == "answered_in_writing"
    assert floor.clocks(code)["written_reply"] == ("met", "2026-07-28", "2026-09-04")
    floor.go(code, "accept", "2026-09-07")
    floor.go(code, "close", "2026-09-08")
    shown = floor.case(code)
    assert (shown["state"]["code"], shown["holder"]["code"], shown["next_due_on"]) == ("closed", "VP", None)
    assert floor.counts("KH1") == {
        "slips": 1, "live": 0, "written": 1, "replied": 1, "merged": 0, "withdrawn": 0, "waiting": 0,
    }  # fmt: skip


@pytest.mark.journeys
def test_an_answer_on_the_floor_says_responsibility_measures_and_deadline(floor: Floor) -> None:
    code = floor.ask()
    answered = floor.go(code, "answer_orally", words="Sẽ có thuốc", stand_in="Phó giám đốc", measure="Đấu thầu lại")
    assert [part["code"] for part in answered["missing"]] == ["responsible", "time"]
    assert {one["code"] for one in answered["warnings"]} == {"oral_answer_is_complete", "answers_in_person"}
    assert '"missing":["responsible","time"]' in floor.office.events(code)[-1]["payload"]
    floor.go(code, "ask_back", words="Bao giờ có thuốc?", answer="Trước 30/9")
    whole = floor.ask("Ai chịu trách nhiệm")
    full = {"words": "Tôi chịu trách nhiệm", "responsible": "Giám đốc", "measure": "Mua bổ sung"}
    assert floor.go(whole, "answer_orally", **full, due_words="Quý III/2026")["missing"] == []
    bad = floor.desk.post(whole, "ask_back", on="2026-07-08", payload={})
    assert [one["field"] for one in bad.json()["problems"]] == ["words"]
    promise = {
        "text": "Đủ thuốc",
        "agency": "BV",
        "occasion": "session",
        "due_words": "Quý III/2026",
        "from_case": whole,
    }
    kept = floor.desk.as_("clerk").post("/api/v1/cases", json={"kind": "commitment", "payload": promise})
    assert [(one["kind"]["code"], one["code"]) for one in floor.case(kept.json()["code"])["links"]] == [
        ("committed_in", whole)
    ]
    floor.go(whole, "conclude", "2026-07-09", words="Thông báo kết luận phiên chất vấn")
    assert floor.case(whole)["state"]["code"] == "concluded"


@pytest.mark.journeys
def test_a_matter_that_needs_study_has_a_second_limit_and_another_head(floor: Floor) -> None:
    """The chair charges a head, who need not be the one questioned, to report at the nearest session (S0-R7)."""
    code = floor.ask()
    floor.go(code, "forward", "2026-07-02")
    floor.go(code, "charge_study", agency="VHXH", head="Trưởng phòng", session="KH2", words="Nguyên nhân thiếu thuốc")
    report = "question.study_report"
    assert floor.clocks(code) == {
        "written_reply": ("running", "2026-07-28", None),
        report: ("running", "2026-12-01", None),
    }
    shown = floor.case(code)
    assert (shown["detail"]["study_agency"]["code"], shown["detail"]["study_head"]) == ("VHXH", "Trưởng phòng")
    assert (shown["holder"]["code"], shown["session"]) == ("BV", "KH2")
    floor.go(code, "receive_reply", "2026-07-20", words="Trả lời đại biểu")
    shown = floor.case(code)
    assert (shown["state"]["code"], shown["next_due_on"]) == ("under_study", "2026-12-01")
    floor.reach("2026-11-02")
    floor.move_session(date(2026, 12, 8))
    assert floor.clocks(code)[report] == ("running", "2026-12-08", None)
    floor.go(code, "report_study", "2026-12-08", words="Đã báo cáo HĐND")
    assert floor.case(code)["state"]["code"] == "answered_in_writing"
    assert floor.clocks(code)[report] == ("met", "2026-12-08", "2026-12-08")
    floor.move_session(date(2026, 12, 1))
    assert floor.clocks(code)[report] == ("met", "2026-12-08", "2026-12-08")  # what is over stays as it was
    assert floor.counts("KH1")["slips"] == 1  # where it was asked, not where it is reported


def test_the_report_may_come_before_the_reply(floor: Floor) -> None:
    code = floor.ask()
    floor.go(code, "answer_orally", words="Cần nghiên cứu thêm")
    assert floor.refused(code, "close") == {"right_state"}
    floor.go(code, "charge_study", agency="VHXH", session="KH2", words="Nguyên nhân")
    floor.go(code, "report_study", "2026-07-15", words="Báo cáo sớm")
    assert floor.case(code)["state"]["code"] == "awaiting_reply"
    assert floor.refused(code, "report_study", "2026-07-15", words="lần nữa") == {"study_is_pending"}
    floor.go(code, "receive_reply_at_standing_body", "2026-07-16", words="Văn bản trả lời")
    floor.go(code, "receive_reply_at_deputy", "2026-07-17", words="Văn bản trả lời")
    assert floor.case(code)["state"]["code"] == "answered_in_writing"


@pytest.mark.journeys
def test_a_question_that_is_disputed_is_asked_again_under_its_code(floor: Floor) -> None:
    """Phú Thọ, 2015: pressing matters were asked again (tái chất vấn)."""
    code = floor.ask()
    floor.go(code, "answer_orally", words="Đã đủ thuốc")
    floor.go(code, "dispute", "2026-07-08", words="Chưa đủ", asks="responsibility")
    floor.go(code, "list_at_session", "2026-07-09", session="KH2")
    refused = floor.desk.post(code, "conclude", on="2026-07-09", payload={"words": "xong"}, decided_by={"agency": "BV"})
    assert {one["code"] for one in refused.json()["failed"]} == {"decider_is_not_the_answerer"}
    floor.go(code, "conclude", "2026-07-09", words="Yêu cầu làm rõ")
    floor.go(code, "close", "2026-07-10")
    floor.go(code, "ask_again", "2026-11-20", words="Vẫn thiếu thuốc", session="KH2")
    shown = floor.case(code)
    assert (shown["code"], shown["state"]["code"], shown["session"]) == (code, "submitted", "KH2")
    assert (shown["detail"]["times_asked"], shown["detail"]["times_live"]) == (2, 1)
    floor.go(code, "answer_orally", "2026-12-02", words="Đã có thuốc từ 01/12")
    both = {"written": 0, "replied": 0, "merged": 0, "withdrawn": 0, "waiting": 0}
    assert floor.counts("KH1") == floor.counts("KH2") == {"slips": 1, "live": 1, **both}
    assert floor.counts() == {"slips": 2, "live": 2, **both}


@pytest.mark.journeys
def test_what_is_not_chosen_is_answered_in_writing_through_the_committee(floor: Floor) -> None:
    """S0-R8, on both sides of the change of law: 20 days that the law gives, then the same number, unverified."""
    for asked, due, law, effect in (
        ("2026-02-28", "2026-03-20", "law-87-2015", "statutory"),
        ("2026-03-01", "2026-03-23", "law-121-2025", "service"),
    ):
        code = floor.ask(on="2026-02-20", session=None, sitting_on=asked)
        floor.go(code, "not_select", "2026-02-25", words="Ngoài nhóm vấn đề")
        assert floor.clocks(code) == {}
        floor.go(code, "refer_for_reply", asked, via="UBND", words="UBND chỉ đạo trả lời")
        assert floor.clocks(code) == {"written_reply": ("running", due, None)}
        (clock,) = floor.desk.as_("clerk").get(f"/api/v1/cases/{code}/clocks").json()
        assert (clock["regulation"]["code"], clock["regulation"]["effect"]["code"]) == (law, effect)
        assert ("chưa đối chiếu" in clock["regulation"]["citation"]) is (law == "law-121-2025")
        shown = floor.case(code)["detail"]
        assert (shown["written_reason"]["code"], shown["reply_via"]["code"]) == ("not_in_group", "UBND")


def test_a_study_that_ended_with_its_question_is_not_due_when_it_is_asked_again(floor: Floor) -> None:
    code = floor.ask()
    floor.go(code, "answer_orally", words="Cần nghiên cứu")
    floor.go(code, "dispute", words="Không rõ")
    floor.go(code, "charge_study", agency="VHXH", session="KH2", words="Nguyên nhân")
    assert floor.case(code)["state"]["code"] == "awaiting_reply"
    floor.go(code, "withdraw", "2026-07-09", words="Đã rõ")
    floor.go(code, "ask_again", "2026-07-10", words="Lại thiếu thuốc", sitting_on="2026-07-15")
    floor.go(code, "not_select", "2026-07-11")
    floor.go(code, "refer_for_reply", "2026-07-15", via="UBND")
    floor.go(code, "receive_reply", "2026-07-20", words="Đã trả lời")
    assert floor.case(code)["state"]["code"] == "answered_in_writing"


def test_only_a_question_that_was_not_chosen_is_outside_the_group(floor: Floor) -> None:
    code = floor.ask()
    floor.go(code, "select", "2026-07-02")
    assert floor.refused(code, "require_reply", reason="not_in_group") == {"reason_fits_the_group"}


def test_a_wrong_person_is_replaced_and_stays_in_the_story(floor: Floor) -> None:
    code = floor.ask(agency="KT", office_holder="Trưởng phòng Kinh tế")
    floor.go(code, "forward", "2026-07-02")
    assert floor.refused(code, "redirect", agency="CU", words="nhầm") == {"addressees_in_office"}
    floor.go(code, "redirect", agency="BV", office_holder="Giám đốc", words="Gửi nhầm người")
    shown = floor.case(code)
    assert (shown["holder"]["code"], shown["detail"]["office_holder"]) == ("BV", "Giám đốc")
    told = floor.desk.as_("clerk").get(f"/api/v1/cases/{code}/events").json()
    assert [event["entry"]["agency"]["value"] for event in told if "agency" in event["entry"]] == ["KT", "BV"]


def test_slips_that_ask_alike_go_into_one_and_all_are_counted(floor: Floor) -> None:
    stays, first, second = (floor.ask(f"Vì sao thiếu thuốc ({n})", deputy=f"Đại biểu {n}") for n in range(3))
    floor.go(first, "merge", "2026-07-02", into=second)
    assert floor.refused(second, "merge", "2026-07-02", into=first) == {"merges_into_another_open_case"}
    floor.go(second, "merge", "2026-07-03", into=stays)
    shown = floor.case(stays)
    assert shown["detail"]["slips"] == 3
    assert {one["code"]: one["text"] for one in shown["merged"]} == {
        first: "Vì sao thiếu thuốc (1)",
        second: "Vì sao thiếu thuốc (2)",
    }
    petition = floor.office.record(on=None)
    assert floor.refused(stays, "merge", "2026-07-03", into=petition) == {"merges_into_another_open_case"}
    floor.go(stays, "answer_orally", words="Đã có thuốc")
    counted = floor.counts("KH1")
    assert (counted["slips"], counted["live"], counted["merged"], counted["waiting"]) == (3, 1, 2, 0)


def test_a_question_is_withdrawn_or_goes_to_a_hearing(floor: Floor) -> None:
    source = floor.office.record(on=None)
    code = floor.ask(from_case=source)
    assert [(one["kind"]["code"], one["code"]) for one in floor.case(code)["links"]] == [("arises_from", source)]
    floor.go(code, "select", "2026-07-02")
    floor.go(code, "require_reply", reason="needs_verification")
    floor.go(code, "withdraw", "2026-07-10", words="Đã được giải thích")
    assert floor.clocks(code)["written_reply"][0] == "cancelled"
    hearing = floor.office.record("Phiên giải trình về thuốc", on=None)
    other = floor.ask(on="2026-07-10")
    floor.go(other, "convert", "2026-07-10", hearing=hearing, words="Cần giải trình trước Thường trực HĐND")
    shown = floor.case(other)
    assert shown["state"]["code"] == "converted"
    assert [(one["kind"]["code"], one["code"], one["outgoing"]) for one in shown["links"]] == [
        ("escalated_to", hearing, True)
    ]
    counted = floor.counts()
    assert (counted["slips"], counted["withdrawn"], counted["waiting"]) == (2, 1, 0)
    floor.go(other, "void", "2026-07-11", words="Nhập nhầm")
    assert floor.counts()["slips"] == 1


def test_the_figures_of_a_term_are_two_counts(floor: Floor) -> None:
    """S0-F5: 23 slips, 17 of them answered on the floor; the other six in writing."""
    codes = [floor.ask(f"Câu hỏi {n}", deputy=f"Đại biểu {n % 7}") for n in range(23)]
    for code in codes[:17]:
        floor.go(code, "answer_orally", words="Trả lời")
    for code in codes[17:]:
        floor.go(code, "not_select", "2026-07-08")
        floor.go(code, "refer_for_reply", "2026-07-08", via="UBND")
    asked = {"slips": 23, "live": 17, "written": 6, "merged": 0, "withdrawn": 0}
    assert floor.counts("KH1") == {**asked, "replied": 0, "waiting": 6}
    for code in codes[17:]:
        floor.go(code, "receive_reply", "2026-07-20", words="Trả lời")
    assert floor.counts("kh1") == {**asked, "replied": 6, "waiting": 0}
    assert floor.counts("KH2")["slips"] == 0
    unknown = floor.desk.as_("clerk").get("/api/v1/questions/counts", params={"session": "KH9"})
    assert unknown.status_code == 404
    floor.go(codes[0], "undo", "2026-07-20", seq=2, words="Nhập nhầm")
    assert floor.counts("KH1")["live"] == 16


def test_a_slip_without_session_or_sitting_is_taken_and_warned_of(floor: Floor) -> None:
    slip = {"text": "Vì sao", "deputy": "Lò Thị Đại", "agency": "BV"}
    body = {"kind": "question", "on": "2026-02-02", "payload": slip}
    told = floor.desk.as_("deputy").post("/api/v1/cases", json=body)
    assert (told.status_code, [one["code"] for one in told.json()["warnings"]]) == (201, ["question_has_occasion"])
    wrong = floor.desk.as_("clerk").post("/api/v1/cases", json={**body, "payload": {**slip, "agency": "TTHDND"}})
    assert {one["code"] for one in wrong.json()["failed"]} == {"judge_is_not_the_addressee"}


def test_one_letter_forwards_many_slips_and_one_notice_concludes_them(floor: Floor) -> None:
    codes = [floor.ask(f"Câu hỏi {n}") for n in range(3)]
    petition = floor.office.record(on=None)

    def paper(act: str, number: str, on: str, cases: list[str], **more: Any) -> Any:
        floor.reach(on)
        slip = {"number": number, "issued_on": on, "issuer": more.pop("issuer", "TTHDND")}
        body = {"act": act, "on": on, "document": slip, "rows": [{"case": case} for case in cases], **more}
        client = floor.desk.as_("charge", **{"Idempotency-Key": f"{act}-of-{on}-{cases[-1][-7:]}"})
        return client.post("/api/v1/documents", json=body)

    sent = paper("moves", "09/HĐND-TT", "2026-07-03", codes, trigger="forward")
    assert (sent.status_code, sent.json()["written"]) == (200, 3), sent.text
    for code in codes:
        floor.go(code, "require_reply", reason="not_reached")
    urged = paper("urging", "15/HĐND-TT", "2026-07-27", codes)
    assert (urged.status_code, urged.json()["written"]) == (200, 3), urged.text
    reply = {"trigger": "receive_reply", "issuer": "BV", "values": {"words": "Đã trả lời"}}
    replied = paper("moves", "27/BV", "2026-07-28", codes, **reply)
    assert (replied.status_code, replied.json()["written"]) == (200, 3), replied.text
    assert {floor.clocks(code)["written_reply"] for code in codes} == {("met", "2026-07-28", "2026-07-28")}
    notice = paper("moves", "20/TB-HĐND", "2026-07-30", codes, trigger="conclude", values={"words": "Kết luận"})
    assert (notice.status_code, notice.json()["written"]) == (200, 3), notice.text
    mixed = [floor.ask("Câu hỏi sau", on="2026-07-30"), petition]
    for _ in range(2):  # the second time it is the kept answer, and the petition knows no such move
        some = paper("moves", "21/HĐND-TT", "2026-07-31", mixed, trigger="forward", partial=True)
        assert (some.status_code, some.json()["written"]) == (200, 1), some.text
    wrong = paper("transfer", "22/HĐND-TT", "2026-07-31", [codes[0]], values={"addressees": ["UBND"]})
    assert wrong.status_code == 409, wrong.text
