from __future__ import annotations

from datetime import date, datetime

import pytest

from workflows.answering.times import NoTime, Time, time_in_cell, time_in_text
from workflows.importing.cells import Cell

TODAY = date(2026, 9, 10)
DAY = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Hoàn thành trước ngày 31/12/2026", Time(DAY, "Hoàn thành trước ngày 31/12/2026", dated=True)),
        ("Chậm nhất ngày 31 tháng 12 năm 2026 bàn giao", Time(DAY, "Chậm nhất ngày 31 tháng 12 năm 2026", dated=True)),
        ("sửa xong trước ngày 31/12", Time(None, "xong trước ngày 31/12", dated=True)),
        ("thực hiện xong trong quý IV/2020", Time(None, "trong quý IV/2020", dated=True)),
        ("sẽ thi công vào quý 4 năm 2026", Time(None, "quý 4 năm 2026", dated=True)),
        ("dự kiến năm 2021", Time(None, "dự kiến năm 2021", dated=True)),
        ("đưa vào kế hoạch đầu tư công năm 2027", Time(None, "năm 2027", dated=True)),
        ("dự kiến khởi công tháng 3/2027", Time(None, "tháng 3/2027", dated=True)),
        ("đã triển khai, phấn đấu hoàn thành trong quý I/2027", Time(None, "trong quý I/2027", dated=True)),
        ("trình HĐND xã xem xét tại kỳ họp thứ 3", Time(None, "kỳ họp thứ 3", dated=True)),
        ("trình HĐND xã tại kỳ họp cuối năm 2026", Time(None, "kỳ họp cuối năm 2026", dated=True)),
        ("làm khi được phân bổ vốn", Time(None, "khi được phân bổ vốn")),
        ("Sau khi có chủ trương của tỉnh, UBND xã sẽ làm", Time(None, "Sau khi có chủ trương của tỉnh")),
    ],
)  # fmt: skip
def test_a_plain_time_is_read_with_its_own_words(text: str, time: Time) -> None:
    assert time_in_text(text, today=TODAY) == time


@pytest.mark.parametrize(
    "text",
    [
        "sẽ xem xét trong thời gian tới",
        "sớm khắc phục trong thời gian gần nhất",
        "đã sửa xong trong năm 2025",
        "cột đã chôn từ năm 2018",
        "thuộc dự án vốn TPCP 2016-2020",
        "ngoài danh mục đầu tư công 2016-2020",
        "theo công văn số 2825/UBND-GT ngày 17/9/2018",
        "tính đến ngày 31/7/2026 đã giải ngân 40%",
        "cử tri nêu tại kỳ họp thứ 9",
        "Sau khi kiểm tra, UBND xã trả lời như sau",
        "",
    ],
)
def test_what_is_vague_or_past_is_no_time(text: str) -> None:
    assert time_in_text(text, today=TODAY) is None


@pytest.mark.parametrize(
    ("cell", "time"),
    [
        (datetime(2026, 12, 31), Time(DAY, dated=True)),  # noqa: DTZ001 - a cell of a workbook has no zone
        ("31/12/2026", Time(DAY, dated=True)),
        ("Trước ngày 31/12/2026", Time(DAY, "Trước ngày 31/12/2026", dated=True)),
        ("quý IV/2026", Time(None, "quý IV/2026", dated=True)),
        ("năm 2027", Time(None, "năm 2027", dated=True)),
        ("khi được phân bổ vốn", Time(None, "khi được phân bổ vốn")),
        ("sau thí điểm", Time(None, "sau thí điểm")),
        ("", None),
        ("-", None),
    ],
)
def test_a_column_of_times_is_taken_at_its_word(cell: Cell, time: Time | None) -> None:
    assert time_in_cell(cell, today=TODAY) == time


@pytest.mark.parametrize("cell", ["Sớm", "Trong thời gian tới", "Chưa xác định", "31/11/2026", "trước 31/11/2026"])
def test_a_vague_or_impossible_time_is_none_and_says_why(cell: str) -> None:
    found = time_in_cell(cell, today=TODAY)
    assert isinstance(found, NoTime)
    assert found.why.vi
