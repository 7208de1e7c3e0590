from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from deadlines.calendar import Calendar
from deadlines.clocks import Mark, project
from deadlines.explaining import explain, heading, render
from deadlines.limits import TimeLimit
from deadlines.loading import shipped_regulations
from states.errors import NotFound
from states.milestones import Milestone as M

REGULATIONS = {regulation.code: regulation for regulation in shipped_regulations()}
ANSWER = REGULATIONS["sample-2021"].limit("answer.after_session")
AGAIN = REGULATIONS["office-practice"].limit("answer.again").switched(enabled=True)
AFTER = {"kind": "petition", "round": "after_session"}


def story(
    calendar: Calendar,
    marks: Sequence[Mark],
    limit: TimeLimit,
    anchors: dict[str, date] | None = None,
    circumstance: dict[str, str] | None = None,
) -> tuple[str, str]:
    anchors, circumstance = anchors or {}, circumstance or AFTER
    (clock,) = project(marks=marks, limits=[limit], calendar=calendar, anchors=anchors, circumstance=circumstance)
    steps = explain(clock, marks=marks, limits=[limit], calendar=calendar, anchors=anchors, circumstance=circumstance)
    head = heading(clock, today=date(2026, 9, 10), calendar=calendar)
    return render(steps, "vi", heading=head), render(steps, "en", heading=head)


def test_new_answer_over_the_national_day_counts_and_skips_each_day(calendar: Calendar) -> None:
    marks = [Mark(9, M.NEW_ANSWER_REQUESTED, date(2026, 8, 28), "a", document="công văn 71/HĐND-TT")]
    vi, en = story(calendar, marks, AGAIN)
    assert [" ".join(line.split()) for line in vi.splitlines()] == [
        "Trả lời lại, hạn thứ Sáu 11/09/2026 (còn 1 ngày làm việc)",
        "28/08 Yêu cầu trả lời lại, công văn 71/HĐND-TT. Ngày này không tính. BLDS 2015, Điều 147.2",
        "Được 7 ngày làm việc để trả lời lại (tham khảo). Tham khảo: thời hạn trả lời lại",
        "29-30/08 Thứ Bảy, Chủ nhật bỏ 2",
        "31/08 Nghỉ hoán đổi, làm bù thứ Bảy 22/08/2026 bỏ 1",
        "01-02/09 Nghỉ Quốc khánh bỏ 2",
        "03-04/09 Thứ Năm, thứ Sáu ngày 1-2",
        "05-06/09 Thứ Bảy, Chủ nhật bỏ 2",
        "07-11/09 Thứ Hai đến thứ Sáu ngày 3-7",
        "Lịch nghỉ của những ngày này chưa công bố chính thức; ngày hết hạn có thể thay đổi",
        "11/09 Chậm nhất hết ngày thứ Sáu 11/09/2026 (24:00). Không phải dời. BLDS 2015, Điều 148.6 · 7/7",
    ]
    assert "By the end of Friday 11/09/2026 (24:00). Not rolled." in en


def test_every_date_of_the_sample_says_that_it_is_a_sample(calendar: Calendar) -> None:
    vi, _ = story(calendar, [Mark(2, M.RECEIVED_BY_ADDRESSEE, date(2026, 1, 20), "a")], ANSWER)
    assert "Được 30 ngày để trả lời kiến nghị (theo mẫu, chưa nhập Quy chế của xã)." in vi
    assert "Nghỉ Tết Nguyên đán" in vi
    assert "Hết hạn vào ngày nghỉ nên dời đến thứ Hai 23/02/2026" in vi
    assert "BLDS 2015, Điều 148.5" in vi


def test_a_missing_receipt_is_said(calendar: Calendar) -> None:
    vi, _ = story(calendar, [Mark(2, M.SENT, date(2026, 9, 1), "a")], ANSWER)
    assert "Chưa ghi ngày nhận" in vi


def test_pause_extension_and_cap_are_told_with_the_date_they_replace(calendar: Calendar) -> None:
    marks = [
        Mark(2, M.RECEIVED_BY_ADDRESSEE, date(2026, 1, 20), "a"),
        Mark(3, M.CLARIFICATION_ASKED, date(2026, 1, 30), "a"),
        Mark(4, M.CLARIFICATION_GIVEN, date(2026, 2, 6), "a"),
        Mark(5, M.EXTENSION_GRANTED, date(2026, 2, 23), "a", until=date(2026, 3, 8), document="công văn 5/HĐND"),
        Mark(6, M.ANSWER_RECEIVED, date(2026, 3, 10), "a"),
    ]
    limit = ANSWER.switched(pause=True, extension=True, not_after=True)
    vi, en = story(calendar, marks, limit, {"session.opening": date(2026, 3, 5)})
    for said in (
        "Tạm dừng: đề nghị làm rõ nội dung; tính tiếp sau 06/02/2026: đã làm rõ nội dung",
        "Đồng ý gia hạn, công văn 5/HĐND: thêm 10 ngày (nhiều nhất 30 ngày)",
        "Không muộn hơn 1 ngày trước khai mạc kỳ họp 05/03/2026, tức 04/03/2026; ngày tính được là 09/03/2026",
        "Nếu không tạm dừng, gia hạn, giới hạn: thứ Hai 23/02/2026",
        "Chậm nhất hết ngày thứ Tư 04/03/2026",
        "Thường trực HĐND nhận văn bản trả lời: trễ 6 ngày",
    ):
        assert said in vi
    assert "Answer received by the standing body: 6 days late" in en


def test_a_pause_that_the_regulation_does_not_know_is_told_and_not_counted(calendar: Calendar) -> None:
    marks = [
        Mark(2, M.RECEIVED_BY_ADDRESSEE, date(2026, 3, 5), "a"),
        Mark(3, M.CLARIFICATION_ASKED, date(2026, 3, 15), "a"),
    ]
    vi, _ = story(calendar, marks, ANSWER)
    assert "Đề nghị làm rõ nội dung: quy định đang áp dụng không cho thay đổi thời hạn vì việc này" in vi


def test_a_backward_limit_names_the_session_and_the_policy(calendar: Calendar) -> None:
    plan = REGULATIONS["sample-2021"].limit("plan.before_session")
    marks = [Mark(1, M.ROUND_OPENED, date(2026, 5, 4))]
    round_ = {"kind": "contact_round", "round": "before_session"}
    vi, en = story(calendar, marks, plan, {"session.opening": date(2026, 7, 7)}, round_)
    assert "Khai mạc kỳ họp. Ngày này không tính. Tính lùi." in vi
    assert "Ít nhất 30 ngày trước khai mạc kỳ họp: ban hành kế hoạch tiếp xúc cử tri" in vi
    assert "luật không quy định, làm tròn sớm hơn" in vi
    assert "not in the law: rounded to the earlier day" in en


def test_a_limit_in_months_names_its_article(calendar: Calendar) -> None:
    review = REGULATIONS["office-practice"].limit("review.periodic").switched(enabled=True)
    vi, _ = story(calendar, [Mark(4, M.JUDGED, date(2025, 11, 30))], review)
    assert "3 tháng: ngày cuối tháng, vì tháng cuối không có ngày cùng số" in vi
    assert "BLDS 2015, Điều 148.3" in vi


def test_a_clock_that_history_no_longer_gives_is_not_explained_by_it(calendar: Calendar) -> None:
    marks = [Mark(2, M.RECEIVED_BY_ADDRESSEE, date(2026, 3, 5), "a")]
    (clock,) = project(marks=marks, limits=[ANSWER], calendar=calendar, anchors={}, circumstance=AFTER)
    with pytest.raises(NotFound):
        explain(clock, marks=[], limits=[ANSWER], calendar=calendar, anchors={}, circumstance=AFTER)
