"""Parts and wholes as real reports print them: what adds up is silent, what does not is said in words."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from states.adding_up import Counted, at_most, parts_and_whole
from states.contact_sums import COUNTS, Figures, against_register, of_two_reports, over_meetings, sums, within
from states.contact_words import Reporter
from states.contacting import Deputies, MeetingPlan, names_in
from states.text import Text

FRONT = Counted(Text("Kiến nghị, đề xuất của MTTQ", "Proposals of the Front"), 35)
TO_TWO = [Counted(Text("Gửi HĐND xã", "To the council"), 18), Counted(Text("Gửi UBND xã", "To the committee"), 26)]


def counted(*numbers: int) -> list[Counted]:
    return [Counted(Text(f"Phần {n}", f"Part {n}"), number) for n, number in enumerate(numbers, start=1)]


def test_thirty_five_proposals_are_not_eighteen_and_twenty_six() -> None:
    """A commune's report of 2025: 35 proposals of the Front, 18 to the council and 26 to the committee."""
    found = parts_and_whole(FRONT, TO_TWO, may_overlap=True)
    assert found is not None
    assert found.difference == 9
    assert found.sentence.vi == (
        "Kiến nghị, đề xuất của MTTQ 35; gửi HĐND xã 18 + gửi UBND xã 26 = 44, thừa 9"
        " (đúng nếu 9 mục nằm ở nhiều nhóm, như gửi nhiều nơi; nếu không là nhầm)"
    )
    plain = parts_and_whole(FRONT, TO_TWO)
    assert plain is not None
    assert plain.sentence.en == "Proposals of the Front 35; to the council 18 + to the committee 26 = 44, 9 too many"


@pytest.mark.parametrize(
    ("whole", "parts"),
    [(32, (26, 6)), (14, (7, 7)), (78, (55, 23)), (3_038, (192, 195, 1_006, 1_123, 522)), (3, (1, 1, 1))],
)
def test_sums_of_the_reports_that_hold_are_silent(whole: int, parts: tuple[int, ...]) -> None:
    assert parts_and_whole(counted(whole)[0], counted(*parts)) is None
    assert parts_and_whole(counted(whole + 1)[0], counted(*parts)) is not None


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=6), st.integers(0, 50_000))
def test_the_difference_is_exact_and_its_sign_is_said(parts: list[int], whole: int) -> None:
    found = parts_and_whole(Counted(Text("Tổng", "Total"), whole), counted(*parts))
    difference = sum(parts) - whole
    assert (None if found is None else found.difference) == (difference or None)
    if found is not None:
        assert found.sentence.vi.endswith(f"thiếu {-difference}" if difference < 0 else f"thừa {difference}")
    part = at_most(counted(parts[0])[0], Counted(Text("Tổng", "Total"), whole))
    assert (part is None) == (parts[0] <= whole)


def test_a_meeting_says_where_its_opinions_went() -> None:
    real: dict[str, int | None] = {"opinion_count": 15, "answered_count": 10, "forwarded_count": 5}
    assert list(within(real)) == []
    ((name, found),) = within({**real, "forwarded_count": 4})
    assert (name, found.difference) == ("opinion_count", -1)
    assert found.sentence.vi == (
        "Số ý kiến, kiến nghị 15; giải trình tại chỗ 10 + chuyển cơ quan có thẩm quyền 4 = 14, thiếu 1"
    )
    # Only what satisfied stays; the other two answers were forwarded.
    assert list(within({**real, "satisfactory_count": 8, "forwarded_count": 7})) == []
    judged = {name for name, _ in within({**real, "satisfactory_count": 12, "forwarded_count": 3})}
    assert judged == {"satisfactory_count"}
    more = [found.sentence.vi for _, found in within({"opinion_count": 10, "forwarded_count": 12})]
    assert more == ["Chuyển cơ quan có thẩm quyền 12, nhiều hơn số ý kiến, kiến nghị 10, thừa 2"]
    all_on: Figures = {"opinion_count": 15, "answered_count": 10, "forwarded_count": 15}
    assert "nhiều nhóm" in next(within(all_on))[1].sentence.vi  # a council may forward what was explained too


def test_deputies_and_voters_are_never_one_figure() -> None:
    """A real rate, "tỷ lệ đại biểu … đạt trên 85% cử tri tham dự", says nothing: each stands beside its own only."""
    assert list(within({"deputies_present": 9, "deputies_assigned": 10, "attendance_count": 3})) == []
    ((name, _),) = within({"deputies_present": 11, "deputies_assigned": 10, "attendance_count": 300})
    assert name == "deputies_present"


def test_a_report_is_the_sum_of_its_meetings() -> None:
    held: list[Figures] = [
        {"attendance_count": 60, "opinion_count": 4},
        {"attendance_count": 50, "opinion_count": None},
    ]
    assert sums(held)["attendance_count"] == 110
    assert sums(held)["opinion_count"] is None
    assert sums([]) == {}
    stated: Figures = dict.fromkeys(COUNTS) | {"meetings": 2, "attendance_count": 112, "opinion_count": 9}
    ((name, found),) = over_meetings(stated, held)
    assert name == "attendance_count"
    assert found.sentence.vi == "Báo cáo ghi lượt cử tri tham dự 112; cộng 2 hội nghị được 110, thiếu 2"
    # One meeting does not say its opinions: the other alone gives more than the report.
    assert [n for n, _ in over_meetings({"opinion_count": 3}, held)] == ["opinion_count"]
    assert list(over_meetings(stated, [])) == []


def test_the_register_may_hold_only_what_goes_on() -> None:
    stated: Figures = {"opinion_count": 15, "satisfactory_count": 10, "forwarded_count": 5}
    nothing_explained: dict[str, int | None] = {"satisfactory_count": 0, "diverted_count": 1, "noted_count": 0}
    assert list(against_register(stated, {})) == []
    assert list(against_register(stated, {"opinion_count": 5, "forwarded_count": 4, **nothing_explained})) == []
    one_less: Figures = {"opinion_count": 4, "forwarded_count": 3, **nothing_explained}
    assert [n for n, _ in against_register(stated, one_less)] == ["forwarded_count"]
    assert list(against_register(stated, one_less, raised_again=1)) == []
    whole: Figures = {
        "opinion_count": 14,
        "satisfactory_count": 9,
        "forwarded_count": 5,
        "diverted_count": 0,
        "noted_count": 0,
    }
    assert [n for n, _ in against_register(stated, whole)] == ["opinion_count", "satisfactory_count"]


def test_two_reports_on_one_meeting_are_matched() -> None:
    by = (Reporter.FRONT.label, Reporter.DEPUTY_GROUP.label)
    found = list(of_two_reports({"opinion_count": 15, "speaker_count": 8}, {"opinion_count": 14}, by=by))
    assert [m.sentence.vi for _, m in found] == [
        "Số ý kiến, kiến nghị: Mặt trận Tổ quốc ghi 15, Tổ đại biểu HĐND ghi 14"
    ]


def test_who_is_named_is_counted() -> None:
    assert names_in("Lò Văn Một; Cầm Thị Hai\nVì A Ba;") == ["Lò Văn Một", "Cầm Thị Hai", "Vì A Ba"]
    assert Deputies(deputies="Lò Văn Một; Cầm Thị Hai").deputies_assigned == 2
    assert Deputies(deputies="Lò Văn Một và Tổ 2", deputies_assigned=5).deputies_assigned == 5
    assert MeetingPlan(round="NP-TX-26-0001", locality="Bản Nà Pát").deputies_assigned is None


def test_the_real_rounds_are_read_as_their_reports_print_them(shared_data: Path) -> None:
    """Of twelve real rounds some say what became of the opinions; those that say both add up."""
    with (shared_data / "contact_rounds_12.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 12
    names = {
        "luot_cu_tri": "attendance_count",
        "luot_phat_bieu": "speaker_count",
        "so_y_kien": "opinion_count",
        "tra_loi_tai_cho": "answered_count",
        "chuyen_co_tham_quyen": "forwarded_count",
    }
    said = [{ours: int(row[theirs]) for theirs, ours in names.items() if row[theirs].isdigit()} for row in rows]
    assert [list(within(figures)) for figures in said] == [[]] * 12
    both = [figures for figures in said if {"answered_count", "forwarded_count"} <= figures.keys()]
    assert len(both) == 3
    for figures in both:
        assert list(within({**figures, "opinion_count": figures["opinion_count"] + 1}))
