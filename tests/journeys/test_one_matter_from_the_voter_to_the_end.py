"""One matter from the voter to the end: ignored, answered vaguely, supervised, questioned, promised, broken, kept.

It is driven over HTTP and printed at the terminal; nothing follows by itself, what a move suggests is taken by people.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli.commands import app
from states.vocabulary import SessionKind
from tests.desk import Desk
from tests.following import CASES, Following
from tests.mornings import at
from workflows import adopting, sessions
from workflows.councils import SessionSpec

CONCLUSION = {"number": "05/KL-HĐND", "issued_on": "2026-10-30"}


@dataclass
class Matter(Following):
    """The codes of the cases that the one matter became, and the clerk who enters all of it."""

    petition: str = ""
    supervision: str = ""
    recommendation: str = ""
    question: str = ""
    commitment: str = ""


@pytest.fixture
def matter(desk: Desk) -> Matter:
    """The office with a second session to come and the limit for explanations switched on."""
    office = desk.office
    next_session = SessionSpec(
        code="KH3", name="Kỳ họp thứ 3", kind=SessionKind.REGULAR,
        opening_on=date(2027, 7, 6), closing_on=date(2027, 7, 8),
    )  # fmt: skip
    with office.database.writing() as unit:
        sessions.add(unit, setting=office.setting, session=next_session, actor=office.operator)
        adopting.adopt(
            unit, setting=office.setting, code="law-121-2025", from_on=date(2026, 3, 1), actor=office.operator,
            switches={"explanation.non_implementation": {"enabled": True}},
        )  # fmt: skip
    office.clock.now = at(date(2026, 8, 7))
    return Matter(desk)


@pytest.mark.journeys
def test_one_matter_is_followed_until_the_voter_is_told(matter: Matter) -> None:
    ignored(matter)
    supervised(matter)
    questioned(matter)
    broken_and_kept(matter)
    ended(matter)
    printed(matter)


def ignored(matter: Matter) -> None:
    """A petition gets a vague answer, then a better one, whose date passes."""
    matter.petition, (referral,) = matter.desk.sent("UBND")
    matter.do(matter.petition, "receive", "2026-08-07", referral=referral, incoming_number="502")
    assert matter.clocks(matter.petition)["answer.before_session"] == ("2026-08-27", "running")
    matter.day(date(2026, 8, 26))
    vague = matter.do(matter.petition, "answer", "2026-08-25", referral=referral, claimed="roadmap", words="Sẽ xem xét")
    assert {"cause", "responsible", "measure"} <= {one["code"] for one in vague["missing"]}
    matter.do(
        matter.petition,
        "request_new_answer",
        "2026-08-26",
        referral=referral,
        words="Nêu rõ",
        missing=["cause", "time"],
    )
    matter.do(
        matter.petition, "answer", "2026-08-26", referral=referral, claimed="roadmap", words="Sẽ rải cấp phối 400 m",
        cause="Thiếu vốn", responsible="KT", measure="Rải cấp phối", due_on="2026-10-15", review_on="2026-10-20",
        copied_to_front=True,
    )  # fmt: skip
    matter.do(matter.petition, "judge", "2026-08-26", result="roadmap", due_on="2026-10-15", review_on="2026-10-20")
    matter.day(date(2026, 10, 21))
    assert matter.clocks(matter.petition)["roadmap.resolution"] == ("2026-10-15", "overdue")
    matter.do(matter.petition, "put_on_agenda", "2026-10-21", words="Nêu tại phiên họp tháng 10")


def supervised(matter: Matter) -> None:
    """The standing body supervises; what it recommends has no time limit, and says why; it is not carried out."""
    matter.supervision = matter.enter(
        "supervision", "2026-10-21", text="Đường giao thông bản", supervisor="standing_body", from_case=matter.petition
    )
    matter.day(date(2026, 10, 30))
    matter.do(matter.supervision, "set_up_team", "2026-10-22", bodies=["UBND"], leader="Bà Lò Thị Trưởng Đoàn")
    matter.do(matter.supervision, "record_visit", "2026-10-26", words="Xem đường", body="UBND")
    matter.do(matter.supervision, "end", "2026-10-27", ended_on="2026-10-27")
    matter.do(matter.supervision, "receive_report", "2026-10-28", recommendations=1)
    matter.do(matter.supervision, "conclude", "2026-10-30", recommendations=1, paper=CONCLUSION)
    matter.recommendation = matter.enter(
        "recommendation", "2026-10-28", text="Bố trí vốn sửa đường", supervisor="standing_body",
        from_case=matter.supervision,
    )  # fmt: skip
    refused = matter.desk.post(
        matter.recommendation, "issue", on="2026-10-30", payload={"addressees": ["UBND"]}, document=CONCLUSION
    )
    assert refused.status_code == 409
    assert [one["code"] for one in refused.json()["failed"]] == ["time_or_reason"]
    issued = matter.do(
        matter.recommendation, "issue", "2026-10-30", addressees=["UBND"], paper=CONCLUSION,
        no_time_because="Chờ phân bổ vốn", review_on="2026-11-10",
    )  # fmt: skip
    matter.do(matter.recommendation, "receive", "2026-10-30", referral=issued["referrals"][0])
    matter.day(date(2026, 11, 12))
    assert matter.clocks(matter.recommendation)["recommendation.review"] == ("2026-11-10", "overdue")
    matter.do(
        matter.recommendation, "verify", "2026-11-12", outcome="not_carried_out", words="Chưa bố trí vốn",
        review_on="2026-12-31",
    )  # fmt: skip
    matter.take(matter.recommendation, "request_explanation", "2026-11-12", words="Vì sao chưa bố trí vốn")
    matter.day(date(2026, 11, 26))
    matter.do(matter.recommendation, "receive_explanation_request", "2026-11-13", incoming_number="733")
    assert matter.clocks(matter.recommendation)["explanation.non_implementation"][0] == "2026-11-30"
    matter.do(matter.recommendation, "record_explanation", "2026-11-25", words="Vốn dồn cho trường học")


def questioned(matter: Matter) -> None:
    """It is taken to a question at the session; the answer is a promise."""
    matter.question = matter.enter(
        "question", "2026-11-26", text="Vì sao đường vẫn lầy lội", deputy="Hoàng Văn Đại Biểu", agency="UBND",
        office_holder="Chủ tịch UBND", session="KH2", from_case=matter.recommendation,
    )  # fmt: skip
    matter.do(matter.recommendation, "escalate", "2026-11-26", way="question", into=matter.question)
    matter.day(date(2026, 12, 3))
    matter.do(matter.question, "select", "2026-11-27", topic="Giao thông")
    matter.do(matter.question, "forward", "2026-11-27")
    matter.do(
        matter.question, "answer_orally", "2026-12-02", words="Nhận trách nhiệm", responsible="Chủ tịch UBND",
        measure="Bố trí vốn dự phòng", due_on="2027-03-31",
    )  # fmt: skip
    matter.commitment = matter.enter(
        "commitment", "2026-12-02", text="Xong 400 m đường Nà Pát", agency="UBND", office_holder="Chủ tịch UBND",
        due_on="2027-03-31", occasion="session", place="Biên bản kỳ họp, trang 14", session="KH3",
        from_case=matter.question,
    )  # fmt: skip
    matter.do(matter.question, "accept", "2026-12-02")


def broken_and_kept(matter: Matter) -> None:
    """The promise is broken; the question is asked again; what was promised once more is kept."""
    matter.day(date(2027, 4, 5))
    assert matter.clocks(matter.commitment)["commitment.promised"] == ("2027-03-31", "overdue")
    matter.do(matter.commitment, "confirm_broken", "2027-04-05", words="Chưa khởi công", review_on="2027-06-01")
    assert matter.state(matter.question) == "accepted"  # proposed, never done
    matter.take(matter.question, "ask_again", "2027-04-05", words="Hứa mà chưa làm", session="KH3")
    assert matter.state(matter.question) == "submitted"
    matter.day(date(2027, 7, 7))
    matter.do(matter.question, "select", "2027-06-28", topic="Giao thông")
    matter.do(
        matter.question, "answer_orally", "2027-07-06", words="Đã khởi công", responsible="Chủ tịch UBND",
        measure="Làm ba ca", due_on="2027-08-20",
    )  # fmt: skip
    matter.do(matter.question, "accept", "2027-07-06")
    matter.do(matter.commitment, "extend", "2027-07-07", due_on="2027-08-20", words="Đã khởi công")
    matter.day(date(2027, 8, 20))
    matter.do(matter.commitment, "report", "2027-08-19", words="Đã xong", evidence="Biên bản nghiệm thu 21")
    matter.do(matter.commitment, "confirm_fulfilled", "2027-08-20", evidence="Biên bản nghiệm thu 21")


def ended(matter: Matter) -> None:
    """Each end proposes the next, back to the petition; the voter is told."""
    matter.take(matter.question, "close", "2027-08-20")
    matter.take(matter.recommendation, "verify", "2027-08-20", outcome="done", evidence="Kiểm tra tại bản")
    matter.take(matter.recommendation, "close", "2027-08-20")
    matter.take(matter.supervision, "close", "2027-08-20")
    matter.take(matter.petition, "judge", "2027-08-20", result="resolved", evidence="Biên bản nghiệm thu 21")
    matter.do(matter.petition, "inform_voters", "2027-08-20", via="conference", note="Hội nghị bản Nà Pát")
    matter.do(matter.petition, "hear_petitioner", "2027-08-20", verdict="satisfied")
    ends = (matter.petition, matter.supervision, matter.recommendation, matter.question, matter.commitment)
    assert [matter.state(code) for code in ends] == ["closed", "closed", "closed", "closed", "fulfilled"]
    assert [matter.open(code) for code in ends] == [{}] * 5
    assert matter.sound()


def printed(matter: Matter) -> None:
    """The chain is one call from any of its cases, with all dates, both hands, and the law beside each."""
    ends = (matter.petition, matter.supervision, matter.recommendation, matter.question, matter.commitment)
    client = matter.desk.as_("charge")
    chains = [client.get(f"{CASES}/{code}/chain").json() for code in ends]
    assert all(chain == chains[0] for chain in chains)
    assert sorted(one["code"] for one in chains[0]["cases"]) == sorted(ends)
    assert {(link["kind"]["code"], link["code"], link["other"]) for link in chains[0]["links"]} == {
        ("arises_from", matter.supervision, matter.petition),
        ("arises_from", matter.recommendation, matter.supervision),
        ("arises_from", matter.question, matter.recommendation),
        ("escalated_to", matter.recommendation, matter.question),
        ("committed_in", matter.commitment, matter.question),
    }
    steps = client.get(f"{CASES}/{matter.petition}/chronicle").json()["steps"]
    assert [step["on"] for step in steps] == sorted(step["on"] for step in steps)
    done = [step for step in steps if step["recorded_by"] is not None]
    assert all(step["decided_by"] and step["recorded_at"] for step in done)
    laws = {(law["limit"]["en"], law["fact"]): law for step in steps for law in step["law"]}
    explained = laws["Explanation of non-implementation", "met"]
    assert (explained["citation"], explained["due_on"]) == ("Luật 121/2025, Điều 40 (chưa đối chiếu)", "2026-11-30")
    assert laws["Fulfilment of the commitment", "met"]["due_on"] == "2027-08-20"
    assert any("Quy chế" in law["citation"] for law in laws.values())
    at_terminal(matter, steps)
    picture = client.get(f"{CASES}/{matter.question}/chain.svg")
    assert picture.status_code == 200
    assert picture.text.count("<rect ") == 5


def at_terminal(matter: Matter, steps: list[dict[str, Any]]) -> None:
    """The same at the terminal: a line for each step, with its day, its code and who recorded it."""
    url = matter.desk.office.database.engine.url.render_as_string(hide_password=False)
    shown, told = (
        CliRunner().invoke(
            app, ["chain", matter.petition, "--days", *more], env={"DONDOC_DATABASE_URL": url}, catch_exceptions=False
        )
        for more in ([], ["--json"])
    )
    assert (shown.exit_code, told.exit_code) == (0, 0), shown.output + told.output
    shared = ("code", "on", "what", "decided_by", "recorded_by", "paper", "law")
    both = [
        [{name: one[name] for name in shared} for one in found] for found in (json.loads(told.stdout)["steps"], steps)
    ]
    assert both[0] == both[1]
    lines = shown.stdout.splitlines()
    for step in steps:
        day = f"{date.fromisoformat(step['on']):%d/%m/%Y}"
        assert any(day in line and step["code"] in line for line in lines), step
