from __future__ import annotations

from pathlib import Path

import pytest

from deadlines.calendar import Calendar
from deadlines.errors import VectorsUnreadable
from deadlines.vectors import Report, check_vectors

HEADER = 'id,quy_tac,kieu,"moc(ngày sự kiện, không tính)",so_ngay,ngay_cuoi_chua_don,han_sau_don_ngay_nghi,ghi_chu'


def check(tmp_path: Path, calendar: Calendar, *rows: str, header: str = HEADER) -> Report:
    file = tmp_path / "vectors.csv"
    file.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return check_vectors(file, calendar)


def test_all_shared_vectors_pass(calendar: Calendar, shared_data: Path) -> None:
    report = check_vectors(shared_data / "deadline_vectors.csv", calendar)
    assert report == Report(rows=15, passed=15, differences=(), errors=())
    assert report.ok


@pytest.mark.parametrize(
    "row",
    [
        'B1,,"lịch, lùi",2026-07-06 T2,1,2026-07-05 CN,2026-07-03 T6,giải trình trước khai mạc 1 ngày',
        'B2,,"lịch, lùi",2026-07-07,30,2026-06-07 CN,2026-06-05 T6,kế hoạch',
        'B3,,"làm việc, lùi",2026-02-24,5,2026-02-10 T3,2026-02-10 T3,qua Tết',
        'B4,,"lịch, lùi",2026-01-12,2,2026-01-10 T7,2026-01-10 T7,thứ Bảy làm bù',
        'M1,,"tháng, tiến",2026-01-31,1,2026-02-28 T7,2026-03-02 T2,ngày cuối tháng',
        'M2,,"lịch, tiến",2023-11-30,3 tháng,2024-02-29 T5,2024-02-29 T5,năm nhuận',
        'Y1,,"lịch, tiến",2025-12-15,30,2026-01-14 T4,2026-01-14 T4,qua năm',
        'Y2,,"làm việc, tiến",2026-12-30,3 ngày,2027-01-05 T3,2027-01-05 T3,qua năm',
        'W1,,"lịch, tiến",2026-03-02,2 tuần,2026-03-16 T2,2026-03-16 T2,tuần',
        'N1,,"lịch, tiến, không dời",2025-11-03,20,2025-11-23 CN,2025-11-23 CN,không dời',
        "D1,,LỊCH; TIẾN,03/11/2025 thứ Hai,20,23/11/2025 Chủ nhật,24/11/2025,cách viết khác",
        'E1,,"lịch, tiến",2020-12-20,20,2021-01-09 T7,2021-01-11 T2,chỉ ngày cuối cần lịch',
    ],
)
def test_other_vectors_that_an_office_may_write(tmp_path: Path, calendar: Calendar, row: str) -> None:
    report = check(tmp_path, calendar, row)
    assert report.ok, (report.differences, report.errors)


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        ('E1,,"làm việc, tiến",2020-12-28,3,2020-12-31,2020-12-31,', "moc", "2021-2027"),
        ('E2,,"lịch, tiến",2027-12-20,20,2028-01-09,2028-01-10,', "moc", "2021-2027"),
        ('E3,,"lịch",2026-03-02,20,2026-03-22,2026-03-23,', "kieu", "một chiều"),
        ('E4,,"trăng, tiến",2026-03-02,20,2026-03-22,2026-03-23,', "kieu", "trang"),
        ('E5,,"lịch, làm việc, tiến",2026-03-02,20,2026-03-22,2026-03-23,', "kieu", "một loại ngày"),
        ('E6,,"lịch, tiến",2026-11-31,20,2026-03-22,2026-03-23,', "moc", "2026-11-31"),
        ('E7,,"lịch, tiến",2026-03-02,hai mươi,2026-03-22,2026-03-23,', "so_ngay", "hai mươi"),
        ('E8,,"lịch, tiến",2026-03-02,0,2026-03-22,2026-03-23,', "so_ngay", "từ 1"),
        ('E9,,"lịch, tiến",2026-03-02,-3,2026-03-22,2026-03-23,', "so_ngay", "-3"),
        ('E10,,"lịch, tiến",2026-03-02,20,2026-03-22 T7,2026-03-23,', "ngay_cuoi_chua_don", "không phải T7"),
        ('E11,,"lịch, tiến",2026-03-02,20,,2026-03-23,', "ngay_cuoi_chua_don", "ô trống"),
        ('E12,,"lịch, tiến",2026-03-02,20,2026-03-22,trước kỳ họp,', "han_sau_don_ngay_nghi", "trước kỳ họp"),
        ('E13,,"lịch, tiến",2026-03-02,5 ngày làm việc,2026-03-09,2026-03-09,', "so_ngay", "trái với kiểu"),
        ('E14,,"lịch, tiến",,20,2026-03-22,2026-03-23,', "moc", "ô trống"),
        ("E15", "kieu", "một loại ngày"),
        ('E16,,"tháng, tiến",9999-12-01,12,2026-03-22,2026-03-23,', "so_ngay", "vượt quá"),
    ],
)
def test_a_vector_that_cannot_be_expressed_is_an_error_that_says_why(
    tmp_path: Path, calendar: Calendar, row: str, column: str, why: str
) -> None:
    report = check(tmp_path, calendar, row)
    (error,) = report.errors
    assert (report.rows, report.passed, report.ok) == (1, 0, False)
    assert error.row == row.split(",", maxsplit=1)[0]
    assert error.column == column
    assert why in error.text.vi


def test_each_difference_is_listed_with_what_was_computed(tmp_path: Path, calendar: Calendar) -> None:
    report = check(
        tmp_path,
        calendar,
        'A,,"lịch, tiến",2025-11-03,20,2025-11-22 T7,2025-11-24 T2,',
        'B,,"lịch, tiến",2025-11-03,20,2025-11-23 CN,2025-11-23 CN,',
        'C,,"lịch, tiến",2025-11-03,20,2025-11-23 CN,2025-11-24 T2,',
    )
    assert [(d.row, d.line, d.column, d.expected, d.computed) for d in report.differences] == [
        ("A", 2, "ngay_cuoi_chua_don", "2025-11-22 T7", "2025-11-23 CN"),
        ("B", 3, "han_sau_don_ngay_nghi", "2025-11-23 CN", "2025-11-24 T2"),
    ]
    assert (report.rows, report.passed, report.ok) == (3, 1, False)


def test_columns_in_another_order_with_a_bom_and_semicolons_are_understood(tmp_path: Path, calendar: Calendar) -> None:
    file = tmp_path / "excel.csv"
    header = "Kiểu;ID;Mốc (ngày sự kiện);Số ngày;HAN_SAU_DON_NGAY_NGHI;ngay_cuoi_chua_don;thêm"
    row = "lịch, tiến;V01;2025-11-03;20;2025-11-24 T2;2025-11-23 CN;x"
    file.write_text(f"{header}\n{row}\n\n", encoding="utf-8-sig")
    assert check_vectors(file, calendar).ok


def test_a_file_that_is_none_is_refused_with_what_to_mend(tmp_path: Path, calendar: Calendar) -> None:
    with pytest.raises(VectorsUnreadable, match="Cannot read"):
        check_vectors(tmp_path / "absent.csv", calendar)
    with pytest.raises(VectorsUnreadable, match="lacks columns: moc, so_ngay"):
        check(tmp_path, calendar, header="id,kieu,ngay_cuoi_chua_don,han_sau_don_ngay_nghi")
    with pytest.raises(VectorsUnreadable, match="no rows"):
        check(tmp_path, calendar)
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    with pytest.raises(VectorsUnreadable, match="empty"):
        check_vectors(empty, calendar)
    empty.write_bytes(b"id\xff\xe1,kieu")
    with pytest.raises(VectorsUnreadable, match="UTF-8"):
        check_vectors(empty, calendar)
