"""A notice is read line by line: under whose heading a line stands, and whether it names a product."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from states.errors import BadInput
from states.meeting_words import LineKind
from states.vocabulary import AgencyKind as A
from workflows.noticing.reading import ReadLine, read_notice

TASK, ORIENTATION = LineKind.TASK, LineKind.ORIENTATION


def of_seed(shared_data: Path) -> tuple[ReadLine, ...]:
    (file,) = (shared_data / "seeds").glob("004_*.txt")
    return read_notice(file.read_text(encoding="utf-8"))


def test_a_real_notice_yields_its_tasks_and_orientations(shared_data: Path) -> None:
    """The notice of 28/7/2023 gives work to six bodies and to its issuer; what looks back is no line of it."""
    lines = of_seed(shared_data)
    assert [line.number for line in lines] == list(range(1, 44))
    assert Counter(line.kind for line in lines) == {TASK: 8, ORIENTATION: 35}
    tasks = [(line.body, line.actor, line.product, line.text) for line in lines if line.kind is TASK]
    assert [task[:3] for task in tasks] == [
        (A.PEOPLES_COMMITTEE, "UBND huyện", "Báo cáo"),
        (A.PEOPLES_COMMITTEE, "UBND huyện", "Báo cáo"),
        (A.FRONT, "Ban TT UBMTT Việt Nam huyện", "Đề xuất nội dung giám sát"),
        (A.COUNCIL_COMMITTEE, "Các ban HĐND huyện", "Báo cáo"),
        (A.COUNCIL_OFFICE, "Văn phòng HĐND&UBND huyện", "Văn bản đăng tải"),
        (A.STANDING_BODY, None, "Báo cáo thẩm tra"),
        (A.STANDING_BODY, None, "Bản tổng hợp"),
        (A.STANDING_BODY, None, "Nghị quyết"),
    ]
    assert tasks[1][3] == (
        "Báo cáo kết quả giải quyết ý kiến, kiến nghị của cử tri gửi Thường trực HĐND huyện đúng thời gian quy định"
    )
    assert tasks[6][3].startswith("Tổng hợp ý kiến kiến nghị của cử tri sau kỳ họp thứ Bảy gửi UBND huyện")


def test_every_line_of_a_real_notice_stands_under_its_body(shared_data: Path) -> None:
    lines = of_seed(shared_data)
    assert Counter(line.actor for line in lines) == {
        "Thường trực HĐND huyện": 6,
        "UBND huyện": 6,
        "Ban TT UBMTT Việt Nam huyện": 4,
        "Các ban HĐND huyện": 5,
        "Các tổ đại biểu HĐND và đại biểu HĐND huyện": 5,
        "Văn phòng HĐND&UBND huyện": 2,
        None: 15,
    }
    assert {line.section for line in lines if line.actor is None} == {"Phương hướng, nhiệm vụ trọng tâm tháng 8/2023"}
    said = " ".join(line.text for line in lines)
    assert "nắm rõ các kiến nghị của cử tri đã được trả lời" in said
    assert "chưa thật sự rõ ràng" not in said, "what looks back gives no work"
    assert "làm căn cứ thực hiện" not in said
    assert "Lưu: VT" not in said


SHORT = """
THÔNG BÁO
Kết luận hội nghị giao ban
1. Đề nghị UBND xã báo cáo kết quả giải quyết kiến nghị cử tri, gửi Thường trực HĐND xã trước ngày 30/9/2026.
2. Giao Văn phòng HĐND và UBND xây dựng kế hoạch giám sát trong quý IV/2026; nâng cao chất lượng tham mưu.
3. Phối hợp chặt chẽ trong việc xây dựng báo cáo thẩm tra.
Nơi nhận:
- Đảng ủy (b/c);
"""


def test_a_short_notice_without_headings_charges_bodies_in_its_lines() -> None:
    report, plan, aim, together = read_notice(SHORT)
    assert (report.kind, report.body, report.actor) == (TASK, A.PEOPLES_COMMITTEE, "Đề nghị UBND")
    assert (report.product, report.due_on) == ("Báo cáo", date(2026, 9, 30))
    assert (plan.kind, plan.body, plan.actor) == (TASK, A.COUNCIL_OFFICE, "Giao Văn phòng HĐND")
    assert (plan.product, plan.due_words) == ("Kế hoạch", "quý IV/2026")
    assert [line.kind for line in (aim, together)] == [ORIENTATION, ORIENTATION]
    assert together.because.vi == "nói cách làm, không giao sản phẩm"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Chủ động báo cáo tình hình thực hiện nhiệm vụ", TASK),
        ("Tiếp tục nâng cao chất lượng các báo cáo thẩm tra", ORIENTATION),
        ("Tăng cường phối hợp hoàn thiện các văn bản phục vụ kỳ họp", ORIENTATION),
        ("Phối hợp rà soát, tổng hợp kiến nghị gửi UBND xã", TASK),
        ("Quan tâm giải quyết các kiến nghị của cử tri", ORIENTATION),
        ("Niêm yết danh sách trên trang thông tin điện tử của xã", TASK),
    ],
)
def test_only_a_line_that_names_a_product_is_proposed_as_a_task(line: str, kind: LineKind) -> None:
    (read,) = read_notice(f"1. {line}.")
    assert read.kind is kind


def test_a_day_that_no_calendar_has_is_not_proposed() -> None:
    (read,) = read_notice("1. UBND xã báo cáo kết quả gửi Thường trực HĐND trước ngày 31/11/2026.")
    assert (read.kind, read.due_on, read.due_words) == (TASK, None, None)


@pytest.mark.parametrize("word", ["báo cáo ", "a\n", "giao ", "đề nghị, ", "- "])
def test_a_text_made_to_be_slow_is_read(word: str) -> None:
    read = read_notice("1. " + word * (200_000 // len(word)))
    assert len(read) <= 1


def test_a_text_of_more_lines_than_a_notice_has_is_refused() -> None:
    with pytest.raises(BadInput) as bad:
        read_notice("1. Báo cáo; " * 10_000)
    assert list(bad.value.problems) == ["text"]


@pytest.mark.parametrize("text", ["", "Nơi nhận:\n- Lưu: VT", "không có dòng nào"])
def test_a_text_without_lines_yields_none(text: str) -> None:
    assert read_notice(text) == ()
