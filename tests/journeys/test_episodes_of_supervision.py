"""What councils made public of their supervisions, played through the door: figures, ladders, teams on the spot.

The facts are those of the episodes; places and people are the invented ones of the office.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from states.vocabulary import AgencyKind
from tests.desk import Desk
from tests.following import CASES, Following
from workflows import agencies
from workflows.councils import AgencySpec

pytestmark = pytest.mark.journeys
CONCLUSION = {"number": "05/KL-HĐND", "issued_on": "2026-09-01", "type": "conclusion"}


@pytest.fixture
def follow(desk: Desk) -> Iterator[Following]:
    """The office with a factory among those that may be supervised; what a test leaves behind verifies."""
    office = desk.office
    with office.database.writing() as unit:
        factory = AgencySpec(code="NM", name="Nhà máy chế biến", kind=AgencyKind.ENTERPRISE)
        agencies.add(unit, setting=office.setting, actor=office["charge"], agency=factory)
    following = Following(desk)
    following.day(date(2026, 9, 1))
    yield following
    assert following.sound()


def recommend(follow: Following, text: str, on: str = "2026-08-20", **said: Any) -> str:
    return follow.enter("recommendation", on, text=text, supervisor="standing_body", **said)


def issue(follow: Following, code: str, *addressees: str, due_on: str = "2026-09-30") -> list[str]:
    done = follow.do(code, "issue", "2026-09-01", paper=CONCLUSION, addressees=list(addressees), due_on=due_on)
    return list(done["referrals"])


def test_what_was_carried_out_adds_up_over_bodies_and_is_never_all_that_was_reported(follow: Following) -> None:
    """Đồng Nai: of 2.756 recommendations 2.550 were done and 206 were not, each level by itself and both together."""
    codes = [recommend(follow, f"Kiến nghị số {n}") for n in range(13)]
    mine, theirs = codes[:8], codes[8:]
    for body, part in (("UBND", mine), ("KT", theirs)):
        said = {"addressees": [body], "due_on": "2026-09-30"}
        follow.paper("moves", f"05/KL-{body}", "2026-09-01", part, trigger="issue", values=said)
    follow.day(date(2026, 10, 5))
    for body, part in (("UBND", mine), ("KT", theirs)):
        said = {"claimed": "resolved", "words": "Đã thực hiện", "evidence": "Báo cáo kèm theo"}
        follow.paper("answer", f"70/BC-{body}", "2026-09-28", part, issuer=body, values=said)
    shares = follow.shares(kind="recommendation")
    assert (shares["done_of_due"][:2], shares["done"][:2]) == ((0, 13), (0, 13)), "reported is not done"
    done, left = codes[1:], codes[0]
    found = {"outcome": "done", "evidence": "Biên bản kiểm tra"}
    follow.paper("moves", "06/BC-HĐND", "2026-10-02", done, trigger="verify", values=found)
    follow.paper("moves", "07/TB-HĐND", "2026-10-02", done, trigger="close")
    follow.do(left, "verify", "2026-10-02", outcome="not_done", words="Còn 1 thửa", review_on="2026-12-01")
    assert follow.shares(kind="recommendation")["done_of_due"] == (12, 13, "92,3%")
    told = follow.desk.as_("charge").get("/api/v1/rates", params={"kind": "recommendation", "by": "agency"}).json()
    assert told["agrees"]
    assert told["total"]["received"] == sum(row["received"] for row in told["rows"]) == 13
    late = {row["key"]: {line["code"]: line["number"] for line in row["times"]}["overdue"] for row in told["rows"]}
    assert late["UBND"] == 1
    assert sum(late.values()) == 1


def test_what_is_not_carried_out_climbs_from_a_reminder_to_a_resolution_of_its_own(follow: Following) -> None:
    """Cà Mau: an urging letter, the sitting, a question, supervision once more, a resolution on the recommendation."""
    code = recommend(follow, "Thu hồi đất công bị lấn chiếm")
    (referral,) = issue(follow, code, "UBND")
    follow.day(date(2026, 10, 2))
    assert follow.clocks(code)["recommendation.carried_out"] == ("2026-09-30", "overdue")
    urged = follow.paper("urging", "21/HĐND-TT", "2026-10-02", [code])
    assert urged["written"] == 1
    (sending,) = follow.desk.as_("charge").get(f"{CASES}/{code}/referrals").json()
    assert sending["times_urged"] == 1
    follow.day(date(2026, 11, 25))
    assert {"request_explanation", "put_on_agenda", "list_at_session", "escalate"} <= set(follow.open(code))
    follow.take(code, "put_on_agenda", "2026-11-25", words="Nhắc tại phiên họp, giao ban")
    follow.take(code, "list_at_session", "2026-11-25", session="KH2")
    said = {"deputy": "Hoàng Văn Đại Biểu", "agency": "UBND", "session": "KH2", "from_case": code}
    question = follow.enter("question", "2026-11-25", text="Vì sao chưa thu hồi", **said)
    follow.take(code, "escalate", "2026-11-25", way="question", into=question)
    assert follow.state(code) == "issued", "it stays open on every rung"
    follow.day(date(2026, 12, 20))
    again = follow.enter(
        "supervision", "2026-12-10", text="Giám sát lại", supervisor="standing_body", form="again", from_case=code
    )
    follow.do(code, "escalate", "2026-12-10", way="supervision_again", into=again)
    own = follow.enter(
        "resolution_follow_up", "2026-12-15", number="40/NQ-HĐND", text="Giải quyết kiến nghị", agency="UBND"
    )
    follow.do(code, "escalate", "2026-12-15", way="special_resolution", into=own)
    assert follow.links(code) == {
        ("arises_from", question, code),
        ("arises_from", again, code),
        ("escalated_to", code, question),
        ("escalated_to", code, again),
        ("escalated_to", code, own),
    }
    assert follow.clocks(code)["recommendation.carried_out"] == ("2026-09-30", "overdue")
    follow.do(code, "answer", "2026-12-18", referral=referral, claimed="resolved", words="Đã thu hồi", evidence="QĐ 9")
    follow.do(code, "verify", "2026-12-20", outcome="done", evidence="Biên bản giao đất")
    assert [told["trigger"]["code"] for told in follow.desk.as_("charge").get(f"{CASES}/{code}/events").json()][-1] == (
        "verify"
    )


def test_one_question_asks_for_all_that_supervisions_of_the_term_recommended_in_vain(follow: Following) -> None:
    """Nghệ An, 2020: who answers for the conclusions of thematic supervisions since the beginning of the term."""
    sources = [
        follow.enter("supervision", "2026-08-03", text=f"Chuyên đề {n}", supervisor="standing_body") for n in range(2)
    ]
    codes = [recommend(follow, f"Kiến nghị của chuyên đề {n}", from_case=source) for n, source in enumerate(sources)]
    for code in codes:
        issue(follow, code, "UBND")
    follow.day(date(2026, 12, 3))
    said = {"deputy": "Hoàng Văn Đại Biểu", "agency": "UBND", "office_holder": "Chủ tịch UBND", "session": "KH2"}
    question = follow.enter("question", "2026-11-26", text="Trách nhiệm thực hiện kết luận giám sát", **said)
    for code in codes:
        follow.do(code, "escalate", "2026-11-26", way="question", into=question)
    for source, code in zip(sources, codes, strict=True):
        assert {("arises_from", code, source), ("escalated_to", code, question)} <= follow.links(question)
    vague = follow.do(question, "answer_orally", "2026-12-02", words="Sẽ rà soát")
    assert {one["code"] for one in vague["missing"]} == {"responsible", "measure", "time"}
    follow.do(question, "dispute", "2026-12-02", words="Chưa rõ trách nhiệm", asks="responsibility")
    follow.do(question, "conclude", "2026-12-03", words="UBND chịu trách nhiệm, xong trong quý I/2027")
    follow.do(question, "close", "2026-12-03")
    for code in codes:
        assert follow.state(code) == "issued", "what was asked about is not done by being answered"
        assert "verify" in follow.open(code)


def test_a_team_goes_where_petitions_are_to_be_settled_and_an_enterprise_reports(follow: Following) -> None:
    """Tuyên Quang, 2025: on the petitions of a session, in one day at a factory, a committee, an electric company."""
    petition, (sent,) = follow.desk.sent("DIEN")
    follow.do(petition, "receive", "2026-08-07", referral=sent, incoming_number="91")
    follow.do(petition, "answer", "2026-08-20", referral=sent, claimed="in_progress", words="Đang thay cột điện")
    follow.day(date(2026, 11, 30))
    team = follow.enter(
        "supervision", "2026-11-05", text="Giải quyết kiến nghị sau kỳ họp", supervisor="council", planned_visits=3,
        from_case=petition,
    )  # fmt: skip
    decision = {"number": "65/QĐ-HĐND", "issued_on": "2026-11-05", "type": "decision"}
    bodies = ["NM", "UBND", "DIEN"]
    follow.do(team, "set_up_team", "2026-11-05", paper=decision, bodies=bodies, leader="Bà Trưởng đoàn")
    for body, place in zip(bodies, ("Tại nhà máy", "Tại trụ sở xã", "Tại đội quản lý điện"), strict=True):
        follow.do(team, "record_visit", "2026-11-24", words=place, body=body)
    assert follow.refused(team, "record_visit", "2026-11-24", words="Nơi khác", body="KHONG-CO") == {"body"}
    detail = follow.see(team)["detail"]
    assert (detail["planned_visits"], detail["held_visits"]) == (3, 3)
    told = follow.desk.as_("charge").get(f"{CASES}/{team}/events").json()
    assert [one["entry"]["body"]["value"] for one in told if one["trigger"]["code"] == "record_visit"] == bodies
    follow.do(team, "end", "2026-11-24", ended_on="2026-11-24")
    follow.do(team, "receive_report", "2026-11-27", recommendations=1)
    follow.do(team, "conclude", "2026-11-30", recommendations=1)
    code = recommend(follow, "Thay cột điện, xử lý nước thải", "2026-11-27", from_case=team)
    said: dict[str, Any] = {"addressees": ["DIEN", "NM"], "due_on": "2026-12-31"}
    issued = follow.do(code, "issue", "2026-11-30", paper={**CONCLUSION, "issued_on": "2026-11-30"}, **said)
    electric, factory = issued["referrals"]
    follow.day(date(2026, 12, 20))
    report = {"claimed": "resolved", "words": "Đã xong", "evidence": "Nghiệm thu"}
    follow.desk.move(code, "answer", "dien", on="2026-12-15", referral=electric, payload=report)
    assert follow.state(code) == "in_progress", "the factory has not reported"
    follow.do(code, "answer", "2026-12-18", referral=factory, **report)
    own = follow.desk.post(
        code, "verify", on="2026-12-20", payload={"outcome": "done", "evidence": "x"}, decided_by={"agency": "DIEN"}
    )
    assert "decider_is_not_the_answerer" in {one["code"] for one in own.json()["failed"]}
    follow.do(code, "verify", "2026-12-20", outcome="done", evidence="Kiểm tra tại chỗ")
    shown = follow.see(code, "front")
    assert (shown["state"]["code"], shown["detail"]["outcome"]["code"]) == ("verified", "done")
    follow.take(code, "close", "2026-12-20")
    follow.take(team, "close", "2026-12-20")
    assert "judge" in follow.open(petition), "the petition that it began with is to be judged now"
