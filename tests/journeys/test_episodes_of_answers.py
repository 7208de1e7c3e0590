"""What councils made public of questions and answers, played through the door: no day set, put off, all answered.

The facts are those of the episodes; places and people are the invented ones of the office.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.desk import Desk
from tests.following import CASES, Following
from tests.unit.printing.words import rows_of, words_of

pytestmark = pytest.mark.journeys


@pytest.fixture
def follow(desk: Desk) -> Iterator[Following]:
    """The office as it follows cases; what a test leaves behind verifies."""
    yield Following(desk)
    assert Following(desk).sound()


def received(follow: Following, addressee: str = "UBND") -> tuple[str, str]:
    """Return a petition that its addressee received on 07/08, due on 27/08, and its referral."""
    code, (referral,) = follow.desk.sent(addressee)
    follow.do(code, "receive", "2026-08-07", referral=referral, incoming_number="45")
    return code, referral


def slip(follow: Following, text: str, on: str = "2026-08-10") -> str:
    said = {"deputy": "Hoàng Văn Đại Biểu", "agency": "UBND", "session": "KH2"}
    return follow.enter("question", on, text=text, **said)


def test_work_given_without_a_day_is_told_and_has_its_day_before_it_is_followed(follow: Following) -> None:
    """Phú Thọ: after a hearing on public land the chair gave work to a district and set no day for it."""
    hearing = follow.enter(
        "meeting", "2026-09-01", meeting_kind="explanation_hearing", text="Giải trình đất công ích",
        planned_on="2026-09-09", agency="KT",
    )  # fmt: skip
    follow.do(hearing, "hold", "2026-09-09", members_present=4)
    notice = {"number": "31/TB-HĐND", "issued_on": "2026-09-10", "type": "notice"}
    follow.do(hearing, "conclude", "2026-09-10", paper=notice, votes_for=3, members=4)
    work = {"kind": "task", "text": "Rà soát quỹ đất công ích", "agency": "UBND", "product": "Báo cáo"}
    body: dict[str, Any] = {"on": "2026-09-10", "document": notice, "lines": [work]}
    path = f"{CASES}/{hearing}/lines"
    done = follow.desk.as_("charge", **{"If-Match": "*"}).post(path, json=body)
    assert done.status_code == 200, done.text
    (line,) = done.json()["lines"]
    assert "task_has_time" in {one["code"] for one in line["task"]["warnings"]}
    task = line["task"]["code"]
    assert follow.clocks(task) == {}, "no day is made up"
    follow.do(task, "extend", "2026-09-10", due_words="tháng 10/2026", words="Thường trực HĐND ấn định")
    assert follow.clocks(task) == {"task.proposed": ("2026-10-31", "running")}

    code = follow.enter("recommendation", "2026-09-09", text="Thu hồi đất cho mượn", supervisor="standing_body")
    assert follow.refused(code, "issue", "2026-09-10", addressees=["UBND"]) == {"time_or_reason"}
    follow.do(code, "issue", "2026-09-10", addressees=["UBND"], due_on="2026-12-31")
    assert follow.clocks(code)["recommendation.carried_out"] == ("2026-12-31", "running")


def test_one_letter_urges_petitions_and_questions_and_asks_for_an_early_day(follow: Following) -> None:
    """Cao Bằng, 2017: results on petitions and on questioning to be reported within twelve days of the letter."""
    code, referral = received(follow)
    asked = slip(follow, "Vì sao đường chậm sửa")
    follow.do(asked, "forward", "2026-08-11")
    follow.do(asked, "require_reply", "2026-08-12", reason="not_reached")
    query = {"agency": "UBND", "by": "2026-09-22"}
    printed = follow.desk.as_("charge").get("/api/v1/letters/urge", params=query)
    assert printed.status_code == 200
    assert "chậm nhất hết ngày thứ Ba 22/09/2026" in words_of(printed.content).replace("\N{NO-BREAK SPACE}", " ")
    assert [row[1].split(":")[0] for row in rows_of(printed.content, 2)[1:]] == [code]
    done = follow.paper("urging", "36/HĐND-TH", "2026-09-10", [code, asked])
    assert (done["written"], [row["outcome"]["code"] for row in done["rows"]]) == (2, ["done", "done"])
    assert follow.see(asked)["detail"]["times_urged"] == 1
    (sending,) = follow.desk.as_("charge").get(f"{CASES}/{code}/referrals").json()
    assert (sending["id"], sending["times_urged"]) == (referral, 1)
    assert follow.clocks(code)["answer.before_session"] == ("2026-08-27", "overdue"), "the legal day stays as it was"


def test_what_is_put_off_names_the_day_on_which_it_is_taken_up_again(follow: Following) -> None:
    """Lào Cai: what is laid aside for the time being says when it goes on."""
    code, referral = received(follow)
    words = "Tạm gác lại do chưa có vốn"
    follow.do(code, "answer", "2026-08-20", referral=referral, claimed="not_yet", words=words)
    put_off = {"result": "not_yet", "reason_not_yet": "funds"}
    assert follow.refused(code, "judge", "2026-08-25", **put_off) == {"not_yet_has_reason_and_review"}
    follow.do(code, "judge", "2026-08-25", **put_off, review_on="2026-10-15")
    assert follow.clocks(code)["roadmap.review"] == ("2026-10-15", "running")
    left = follow.desk.as_("charge").get("/api/v1/sessions/KH2/carried-over").json()["items"]
    assert [one["code"] for one in left] == [code]
    follow.day(date(2026, 10, 20))
    assert follow.clocks(code)["roadmap.review"] == ("2026-10-15", "overdue")


def test_all_answered_is_not_all_settled(follow: Following) -> None:
    """Nghệ An and Tuyên Quang: every petition is answered, every conclusion reported on, and not all is settled."""
    sent = [received(follow) for _ in range(3)]
    (done, _), (later, _), (vague, told) = sent
    answers = (
        {"claimed": "resolved", "words": "Đã sửa xong", "evidence": "Biên bản nghiệm thu"},
        {"claimed": "roadmap", "words": "Đang bố trí vốn", "due_on": "2026-12-15", "review_on": "2026-10-15"},
        {"claimed": "explained", "words": "Sẽ xem xét"},
    )
    given = [
        follow.do(code, "answer", "2026-08-25", referral=referral, **answer)
        for (code, referral), answer in zip(sent, answers, strict=True)
    ]
    assert "ground" in {one["code"] for one in given[2]["missing"]}, "an answer in general words"
    assert "ground" not in {one["code"] for moved in given[:2] for one in moved["missing"]}
    follow.do(done, "judge", "2026-08-28", result="resolved", evidence="Biên bản nghiệm thu")
    follow.do(later, "judge", "2026-08-28", result="roadmap", due_on="2026-12-15", review_on="2026-10-15")
    shares = follow.shares()
    assert (shares["answered"], shares["resolved"]) == ((3, 3, "100,0%"), (1, 3, "33,3%"))
    follow.do(vague, "request_new_answer", "2026-08-29", referral=told, words="Chung chung", missing=["ground"])
    assert follow.shares()["answered"][:2] == (2, 3), "an answer that was sent back is none"

    asked = slip(follow, "Vì sao đường chậm sửa")
    follow.do(asked, "answer_orally", "2026-08-12", words="Sẽ làm")
    follow.do(asked, "dispute", "2026-08-12", words="Chưa rõ thời hạn")
    follow.do(asked, "conclude", "2026-08-13", words="UBND báo cáo tại kỳ họp sau")
    counts = follow.desk.as_("charge").get("/api/v1/questions/counts", params={"session": "KH2"}).json()
    assert (counts["slips"], counts["live"], counts["waiting"]) == (1, 1, 0), "all were answered"
    work = [
        follow.enter("task", "2026-08-13", text=f"Việc {n}", agency="UBND", due_on="2026-09-01", from_case=asked)
        for n in range(2)
    ]
    for code in work:
        follow.do(code, "report", "2026-08-31", words="Đã thực hiện")
    follow.do(work[0], "confirm_done", "2026-09-02", evidence="Báo cáo 61/BC-UBND")
    follow.do(work[1], "confirm_not_done", "2026-09-02", words="Chưa khởi công", review_on="2026-12-01")
    assert follow.shares(kind="task")["done"] == (1, 2, "50,0%")
    assert {link[0] for link in follow.links(asked)} == {"arises_from"}


def test_what_is_called_done_and_raised_again_is_opened_and_answered_once_more(follow: Following) -> None:
    """Lai Châu, 2019: a water work was answered as done; at the next meeting voters said that it gave no water."""
    code, referral = received(follow)
    answer = {"claimed": "resolved", "words": "Đã xong công trình nước", "evidence": "Biên bản nghiệm thu"}
    follow.do(code, "answer", "2026-08-20", referral=referral, **answer)
    follow.do(code, "judge", "2026-08-22", result="resolved", evidence="Biên bản nghiệm thu")
    assert follow.state(code) == "closed"
    follow.do(code, "raise_again", "2026-08-30")
    follow.do(code, "hear_petitioner", "2026-08-30", verdict="disagrees", words="Công trình không có nước")
    follow.do(code, "reopen", "2026-08-31", words="Cử tri nêu lại")
    assert follow.shares()["resolved"][:2] == (0, 1)
    again = {"number": "19/HĐND-TT", "issued_on": "2026-09-01"}
    (second,) = follow.do(code, "transfer", "2026-09-01", paper=again, addressees=["UBND"])["referrals"]
    follow.do(code, "receive", "2026-09-02", referral=second)
    assert follow.clocks(code)["answer.before_session"] == ("2026-09-22", "running")
    answer = {"claimed": "roadmap", "words": "Sẽ khoan thêm giếng", "due_on": "2026-12-01", "review_on": "2026-10-15"}
    follow.do(code, "answer", "2026-09-09", referral=second, **answer)
    told = follow.desk.as_("charge").get(f"{CASES}/{code}/events").json()
    said = [one["entry"]["words"]["value"] for one in told if one["trigger"]["code"] == "answer"]
    assert len(said) == 2, "the first answer stays in the story"
    assert follow.state(code) == "answered"


def test_papers_of_three_bodies_in_eight_days_lead_to_the_lead_unit(follow: Following) -> None:
    """Lai Châu, 2024: report of the Front, letter of the council, assignment by the committee."""
    codes = [follow.desk.enter(f"Kiến nghị số {n}") for n in range(2)]
    follow.paper("compilation", "07/BC-MTTQ-BTT", "2026-08-24", codes, issuer="UBMTTQ")
    said = {"addressees": ["UBND"], "level": "commune"}
    follow.paper("transfer", "93/HĐND-VP", "2026-08-28", codes, values=said)
    follow.paper("assignment", "95/UBND-TH", "2026-09-01", codes, issuer="UBND", values={"lead": "KT"})
    for code in codes:
        papers = follow.desk.as_("charge").get(f"{CASES}/{code}/documents").json()
        told = [(one["number"], one["issued_on"], one["issuer"]["code"]) for one in papers]
        assert sorted(told, key=lambda one: one[1]) == [
            ("07/BC-MTTQ-BTT", "2026-08-24", "UBMTTQ"),
            ("93/HĐND-VP", "2026-08-28", "TTHDND"),
            ("95/UBND-TH", "2026-09-01", "UBND"),
        ]
        (sending,) = follow.desk.as_("charge").get(f"{CASES}/{code}/referrals").json()
        assert (sending["state"]["code"], sending["lead"]["code"]) == ("assigned", "KT")
    assert follow.state(codes[0]) == "with_authority"


def test_a_resolution_on_questioning_is_followed_and_each_kind_has_its_figures(follow: Following) -> None:
    """Đà Nẵng: a resolution of its own on the questioning, and one report on petitions, receptions and letters."""
    asked = slip(follow, "Trách nhiệm để lấn chiếm đất công")
    follow.do(asked, "answer_orally", "2026-08-12", words="Nhận trách nhiệm", responsible="Chủ tịch UBND")
    resolution = {"number": "26/NQ-HĐND", "issued_on": "2026-08-14", "type": "resolution"}
    follow.do(asked, "conclude", "2026-08-14", paper=resolution, words="Nghị quyết về chất vấn")
    own = follow.enter(
        "resolution_follow_up", "2026-08-14", number="26/NQ-HĐND", text="Nghị quyết về chất vấn", agency="UBND",
        from_case=asked,
    )  # fmt: skip
    given = {"committee": "BANPC", "review_on": "2026-09-08"}
    follow.paper("follow_up", "31/QĐ-TTHĐND", "2026-08-17", [own], values=given)
    assert follow.clocks(own)["resolution.check"] == ("2026-09-08", "overdue")
    assert follow.links(own) == {("arises_from", own, asked)}

    received(follow)
    letter = follow.enter("citizen_letter", "2026-08-20", text="Đề nghị xem lại mức bồi thường")
    follow.do(letter, "tell_citizen", "2026-08-21", via="letter")
    reception = follow.enter(
        "meeting", "2026-08-01", meeting_kind="reception", text="Tiếp công dân tháng 8", planned_on="2026-08-17"
    )
    follow.do(reception, "hold", "2026-08-17", people_received=4, letters_received=1)
    told = follow.see(reception)["detail"]
    assert (told["people_received"], told["letters_received"]) == (4, 1)
    for kind in ("petition", "meeting", "citizen_letter", "question", "resolution_follow_up"):
        rates = follow.desk.as_("charge").get("/api/v1/rates", params={"kind": kind}).json()
        assert (rates["total"]["received"], rates["agrees"]) == (1, True), kind
