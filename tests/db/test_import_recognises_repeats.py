"""A row like a known petition is a time raised on it, never a case; what is only nearly the same waits for a person."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from states.vocabulary import Confidentiality
from tests.lists import HEADINGS, ROAD, WELL, Lists, problem_codes, row_of, totals
from tests.office import Office
from workflows import proposals, verifying
from workflows.importing.repeating import Repeats
from workflows.orders import Order
from workflows.registering import Birth

LONG = (
    "Cử tri phản ánh tuyến đường liên bản từ trung tâm xã vào bản Nà Pát đã xuống cấp nghiêm trọng, mùa mưa xe không đi"
    " lại được, học sinh phải nghỉ học nhiều ngày. Đề nghị Ủy ban nhân dân xã sớm bố trí kinh phí sửa chữa"
)
ELSEWHERE = LONG.replace("Nà Pát", "Co Muông")
OTHER_WORDS = LONG.replace("nghiêm trọng", "rất nhiều")
SHORTENED = LONG.split(". ", maxsplit=1)[0] + ", đề nghị sửa chữa"


def list_of(lists: Lists, *texts: str, name: str = "dot-2.csv", place: str = "", day: str = "") -> Path:
    rows = [(str(n), text, place, "", "", day) for n, text in enumerate(texts, start=1)]
    return lists.csv(*rows, name=name)


def opened_proposals(office: Office) -> list[dict[str, Any]]:
    return office.rows("SELECT * FROM proposal WHERE state = 'open' ORDER BY id")


def test_a_row_of_another_list_adds_a_time_raised_and_no_case(office: Office, lists: Lists) -> None:
    by_hand = office.record(WELL)
    lists.take(list_of(lists, ROAD, name="dot-1.csv"))
    report = lists.take(list_of(lists, f"- {WELL.upper()}.", ROAD, day="05/09/2026"))
    assert totals(report) == {
        "read": 2, "accepted": 0, "rejected": 0, "already_there": 0, "warnings": 0, "written": 0,
    }  # fmt: skip
    assert (report.raised_again, report.raised, lists.count("case"), lists.count("proposal")) == (2, 2, 2, 0)
    row = row_of(report, 2)
    assert (row.outcome.value, row.code, row.same_as, row.times_raised) == ("raised_again", by_hand, by_hand, 2)
    assert row.says is not None
    assert row.says.vi == "nêu lại lần 2"
    assert office.see(by_hand).detail["times_raised"] == 2
    event = office.events(by_hand)[-1]
    assert (event["trigger"], event["occurred_on"]) == ("raise_again", date(2026, 9, 5))
    assert json.loads(event["payload"])["entry"]["source"] == "Danh sách «dot-2», dòng 2"
    bodies = [r["body"] for r in office.rows("SELECT body FROM text_version WHERE field IN ('words', 'as_written')")]
    assert f"- {WELL.upper()}." in bodies
    assert "Số thứ tự: 1" in bodies
    with office.database.reading() as unit:
        assert verifying.verify(unit, key=None).ok


def test_feeding_a_list_of_repeats_again_adds_nothing(office: Office, lists: Lists) -> None:
    code = office.record(WELL)
    path = list_of(lists, WELL)
    lists.take(path)
    again = lists.take(path)
    assert (totals(again)["already_there"], again.raised_again, row_of(again, 2).code) == (1, 0, code)
    assert office.see(code).detail["times_raised"] == 2
    third = lists.take(list_of(lists, WELL, name="dot-3.csv"))
    assert row_of(third, 2).times_raised == 3


def test_a_petition_written_twice_in_the_new_list_is_raised_once(office: Office, lists: Lists) -> None:
    code = office.record(WELL)
    report = lists.take(list_of(lists, WELL, WELL))
    assert (report.raised_again, report.accepted, report.merges_proposed) == (1, 1, 1)
    assert row_of(report, 3).same_as == code
    (proposal,) = opened_proposals(office)
    with office.database.writing() as unit:
        order = Order("", office["clerk"], date(2026, 9, 1))
        proposals.take(unit, proposal=UUID(str(proposal["id"])), order=order)
    assert office.see(code).detail["times_raised"] == 3


def test_a_case_that_has_its_final_answer_is_raised_again_with_a_hint_to_reopen(office: Office, lists: Lists) -> None:
    code = office.record(WELL, nature="opinion")
    office.go(code, "note")
    report = lists.take(list_of(lists, WELL))
    assert (report.raised_again, lists.count("case")) == (1, 1)
    assert problem_codes(row_of(report, 2)) == [("", "case_has_ended")]
    assert "mở lại" in row_of(report, 2).problems[0].text.vi
    (proposal,) = opened_proposals(office)
    assert (proposal["trigger"], proposal["other_id"]) == ("reopen", None)
    with office.database.writing() as unit:
        order = Order("", office["charge"], date(2026, 9, 9), {"words": "Cử tri nêu lại"})
        assert proposals.take(unit, proposal=UUID(str(proposal["id"])), order=order).state == "screened"


@pytest.mark.parametrize(
    ("trigger", "payload"), [("withdraw", {"words": "Cử tri rút"}), ("divert", {"to": "Ban Tiếp công dân"})]
)
def test_a_case_that_ended_without_an_answer_is_left_to_a_person(
    office: Office, lists: Lists, trigger: str, payload: dict[str, Any]
) -> None:
    code = office.record(WELL)
    office.go(code, trigger, **payload)
    report = lists.take(list_of(lists, WELL))
    assert (report.raised_again, report.accepted, report.repeats_proposed) == (0, 1, 1)
    assert office.see(code).detail["times_raised"] == 1


def test_the_same_words_about_another_place_are_only_proposed(office: Office, lists: Lists) -> None:
    code = office.record(WELL, locality="Bản Nà Pát")
    report = lists.take(list_of(lists, WELL, place="Bản Co Muông"))
    assert (report.raised_again, report.accepted, report.repeats_proposed) == (0, 1, 1)
    assert problem_codes(row_of(report, 2))[-1] == ("", "not_raised")
    assert "khác địa bàn" in row_of(report, 2).problems[-1].text.vi
    assert office.see(code).detail["times_raised"] == 1


def test_a_row_that_names_its_petitioner_keeps_the_person_with_a_case(office: Office, lists: Lists) -> None:
    office.record(WELL)
    path = lists.csv(("1", WELL, "Lò Thị Hoa"), headings=("STT", "Nội dung", "Họ tên cử tri"), name="dot-2.csv")
    report = lists.take(path)
    assert (report.raised_again, report.accepted, report.repeats_proposed) == (0, 1, 1)
    assert "người kiến nghị" in row_of(report, 2).problems[-1].text.vi
    assert lists.count("person_data") == 1


def test_two_lists_of_one_contact_round_are_matched_not_added(office: Office, lists: Lists) -> None:
    headings = ("STT", "Nội dung", "Đợt tiếp xúc")
    name = "TXCT trước kỳ họp thứ 2"
    office.born(Birth("contact_round", {"name": name, "round_kind": "before_session", "session": "KH2"}, None))
    lists.take(lists.csv(("1", WELL, name), headings=headings, name="to-dai-bieu.csv"))
    report = lists.take(lists.csv(("1", WELL, name), headings=headings, name="mat-tran.csv"))
    assert (report.raised_again, report.repeats_proposed) == (0, 1)
    assert "cùng một đợt" in row_of(report, 2).problems[-1].text.vi


def test_rows_that_are_nearly_a_known_petition_are_proposed_with_their_score(office: Office, lists: Lists) -> None:
    code = office.record(LONG)
    report = lists.take(list_of(lists, OTHER_WORDS, SHORTENED, ELSEWHERE, ROAD))
    assert (report.accepted, report.raised_again, report.repeats_proposed, report.nearly_proposed) == (4, 0, 2, 2)
    assert [row.same_as for row in report.rows] == [code, code, None, None], "another hamlet is another road"
    near = row_of(report, 2)
    assert near.score is not None
    assert 84 <= near.score < 97
    sentences = [p["sentence_vi"] for p in opened_proposals(office)]
    assert f"(giống {near.score}/100)" in sentences[0]


def test_rows_to_one_pattern_that_differ_in_a_number_or_a_place_are_not_alike(office: Office, lists: Lists) -> None:
    office.record(LONG)
    texts = [LONG.replace("Nà Pát", place) for place in ("Co Muông", "Huổi Sản", "Pá Khôm")]
    texts += [f"{LONG} đoạn dài {n} mét" for n in (120, 250)]
    report = lists.take(list_of(lists, *texts))
    assert [row.same_as_row for row in report.rows] == [None] * 5
    assert [row.proposed for row in report.rows[:3]] == [None] * 3


def test_rows_nearly_alike_in_one_list_are_proposed_to_be_merged(office: Office, lists: Lists) -> None:
    report = lists.take(list_of(lists, LONG, *(f"{ROAD} đoạn {n}" for n in range(250)), OTHER_WORDS))
    assert (report.merges_proposed, report.nearly_proposed) == (1, 1)
    row = row_of(report, 253)
    assert (row.same_as_row, row.same_as) == (2, row_of(report, 2).code)
    (proposal,) = opened_proposals(office)
    assert (proposal["trigger"], "giống" in proposal["sentence_vi"]) == ("merge", True)


@pytest.mark.parametrize("repeats", list(Repeats))
def test_a_dry_run_says_of_repeats_what_the_import_does(office: Office, lists: Lists, repeats: Repeats) -> None:
    office.record(LONG)
    path = list_of(lists, LONG, OTHER_WORDS, WELL, f"{WELL}!", SHORTENED)
    tried = lists.take(path, repeats=repeats, dry_run=True)
    assert (lists.count("case"), lists.count("proposal")) == (1, 0)
    done = lists.take(path, repeats=repeats)
    assert tried.read == done.read == 5
    for name in ("accepted", "raised_again", "merges_proposed", "repeats_proposed", "nearly_proposed"):
        assert getattr(tried, name) == getattr(done, name), name
    assert [(r.outcome, r.proposed, r.score, r.times_raised) for r in tried.rows] == [
        (r.outcome, r.proposed, r.score, r.times_raised) for r in done.rows
    ]
    assert lists.count("proposal") == done.merges_proposed + done.repeats_proposed


def test_the_office_may_choose_proposals_or_nothing(office: Office, lists: Lists) -> None:
    code = office.record(WELL)
    proposed = lists.take(list_of(lists, WELL), repeats=Repeats.PROPOSE)
    assert (proposed.accepted, proposed.raised_again, proposed.repeats_proposed) == (1, 0, 1)
    assert opened_proposals(office)[0]["trigger"] == "raise_again"
    new = lists.take(list_of(lists, WELL, OTHER_WORDS, LONG, name="dot-3.csv"), repeats=Repeats.NEW)
    assert (new.accepted, new.repeats_proposed, new.merges_proposed) == (3, 0, 0)
    assert (lists.count("case"), lists.count("proposal")) == (5, 1)
    assert office.see(code).detail["times_raised"] == 1


def test_a_restricted_petition_is_not_betrayed(office: Office, lists: Lists) -> None:
    office.record(LONG, confidentiality=Confidentiality.RESTRICTED)
    report = lists.take(list_of(lists, LONG, OTHER_WORDS.replace("học sinh", "các cháu")))
    assert (report.accepted, report.raised_again, report.repeats_proposed) == (2, 0, 0)
    assert row_of(report, 2).same_as is None


def test_a_rejected_row_keeps_the_repeats_out_too(office: Office, lists: Lists) -> None:
    code = office.record(WELL)
    rows = (("1", WELL, "", "", "", ""), ("2", ROAD, "", "", "", "31/11/2025"))
    report = lists.take(lists.csv(*rows, headings=HEADINGS, name="dot-2.csv"))
    assert report.is_refused
    assert (report.raised_again, report.raised, row_of(report, 2).code) == (1, 0, None)
    assert office.see(code).row["seq"] == 1
