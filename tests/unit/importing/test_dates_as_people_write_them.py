from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.importing.cells import Cell
from workflows.importing.dates import DateProblem, date_doubt, read_date

TODAY = date(2026, 11, 20)
FIFTH_OF_MARCH = date(2026, 3, 5)


def problem(value: Cell) -> DateProblem:
    found = read_date(value, today=TODAY)
    assert isinstance(found, DateProblem)
    return found


@pytest.mark.parametrize(
    "written",
    [
        "05/03/2026", "5/3/2026", "5/3/26", "5.3.2026", "05.03.26.", "5-3-2026", "5 / 3 / 2026", "2026-03-05",
        "2026/3/5", "2026-03-05T08:30:00", "05/03/2026 08:30", "05/03/2026 8h30", "ngày 5 tháng 3 năm 2026",
        "Ngày 05 tháng 03 năm 2026.", "ngày 05/03/2026", "thứ Năm, 05/03/2026", "\u00a005/03/2026 ", "46086",
        "05032026", "20260305", 46086, 46086.75, FIFTH_OF_MARCH, datetime.fromisoformat("2026-03-05 23:59"),
    ],
)  # fmt: skip
def test_one_day_in_many_writings(written: Cell) -> None:
    assert read_date(written, today=TODAY) == FIFTH_OF_MARCH


@pytest.mark.parametrize(
    ("written", "sentence", "meant"),
    [
        (
            "31/11/2026",
            "Không có ngày 31/11: tháng 11 chỉ có 30 ngày. Có phải 30/11/2026, thứ Hai?",
            date(2026, 11, 30),
        ),
        ("31.11.26", "Không có ngày 31/11: tháng 11 chỉ có 30 ngày. Có phải 30/11/2026, thứ Hai?", date(2026, 11, 30)),
        ("30/02/2026", "Không có ngày 30/02: tháng 2 chỉ có 28 ngày. Có phải 28/02/2026, thứ Bảy?", date(2026, 2, 28)),
        ("29/2/2027", "Không có ngày 29/02/2027: năm 2027 không nhuận. Có phải 28/02/2027, Chủ nhật?",
         date(2027, 2, 28)),
        ("ngày 31 tháng 4 năm 2026", "Không có ngày 31/4: tháng 4 chỉ có 30 ngày. Có phải 30/04/2026, thứ Năm?",
         date(2026, 4, 30)),
        ("2026-06-31", "Không có ngày 31/6: tháng 6 chỉ có 30 ngày. Có phải 30/06/2026, thứ Ba?", date(2026, 6, 30)),
        ("12/31/2026", "Không có tháng 31 trong “12/31/2026”. Có phải 31/12/2026, thứ Năm?", date(2026, 12, 31)),
        ("31.11", "Không có ngày 31/11: tháng 11 chỉ có 30 ngày; ghi lại cả năm", None),
        ("trước ngày 31.11", "Không có ngày 31/11: tháng 11 chỉ có 30 ngày; ghi lại cả năm", None),
        ("45/3/2026", "Không có ngày 45/3: tháng 3 chỉ có 31 ngày. Ghi lại ngày đúng.", None),
        ("1/13/2026", "Không có tháng 13 trong “1/13/2026”. Có phải 13/01/2026, thứ Ba?", date(2026, 1, 13)),
    ],
)  # fmt: skip
def test_a_day_that_does_not_exist_is_refused_with_the_likely_fix(
    written: str, sentence: str, meant: date | None
) -> None:
    found = problem(written)
    assert (found.code, found.text.vi, found.suggestion) == ("date_impossible", sentence, meant)


@pytest.mark.parametrize("written", ["5/3", "05.03", "ngày 5 tháng 3"])
def test_a_date_without_a_year_asks_for_it(written: str) -> None:
    assert problem(written).code == "date_year_missing"
    assert "thiếu năm" in problem(written).text.vi


@pytest.mark.parametrize(
    "written",
    ["tháng 3/2026", "quý IV/2026", "2026", "12", "sau Tết", "", "05/03/0026", "5/3/126", "12345678901", "99999",
     True, 12, -1, float("nan"), float("inf"), time(8, 30), None],
)  # fmt: skip
def test_what_names_no_single_day_is_no_date(written: Cell) -> None:
    assert problem(written).code == "date_unreadable"


def test_a_limit_is_no_date_but_names_the_one_it_holds() -> None:
    found = problem("trước ngày 30/11/2026")
    assert (found.code, found.suggestion) == ("date_unreadable", date(2026, 11, 30))


def test_a_wrong_day_of_the_week_is_noticed() -> None:
    found = problem("thứ Ba, 30/11/2026")
    assert (found.code, found.suggestion) == ("date_weekday_differs", date(2026, 11, 30))
    assert "30/11/2026, thứ Hai" in found.text.vi


def test_eight_figures_are_read_in_the_only_way_that_gives_a_day() -> None:
    assert read_date("20122026", today=TODAY) == date(2026, 12, 20)
    assert read_date("20261220", today=TODAY) == date(2026, 12, 20)
    assert problem("20262012").code == "date_unreadable"


@pytest.mark.parametrize(("written", "year"), [("1/1/31", 2031), ("1/1/32", 1932), ("1/1/00", 2000), ("1/1/45", 1945)])
def test_a_year_of_two_figures_is_the_latest_not_over_five_years_ahead(written: str, year: int) -> None:
    assert read_date(written, today=TODAY) == date(year, 1, 1)


def test_an_instant_belongs_to_its_day_in_viet_nam() -> None:
    assert read_date("2026-03-04T20:30:00Z", today=TODAY) == FIFTH_OF_MARCH
    assert read_date("2026-03-05T20:30:00+07:00", today=TODAY) == FIFTH_OF_MARCH
    assert read_date(datetime(2026, 3, 4, 17, tzinfo=UTC), today=TODAY) == FIFTH_OF_MARCH
    assert problem("2026-03-04T99:30:00Z").code == "date_unreadable"


@pytest.mark.parametrize(
    ("day", "doubted"),
    [
        (date(1944, 12, 31), True),
        (date(1945, 1, 1), False),
        (date(2031, 11, 20), False),
        (date(2031, 11, 21), True),
        (date(2026, 11, 20), False),
    ],
)
def test_a_day_long_ago_or_far_ahead_is_doubted(day: date, doubted: bool) -> None:
    assert (date_doubt(day, today=TODAY) is not None) is doubted


def test_five_years_after_a_leap_day_is_the_28th() -> None:
    assert date_doubt(date(2033, 3, 1), today=date(2028, 2, 29)) is not None
    assert date_doubt(date(2033, 2, 28), today=date(2028, 2, 29)) is None


@given(st.dates(min_value=date(1945, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_back_from_every_form(day: date) -> None:
    serial = (day - date(1899, 12, 30)) / timedelta(days=1)
    forms: tuple[Cell, ...] = (f"{day:%d/%m/%Y}", f"{day.day}.{day.month}.{day.year}", day.isoformat(), int(serial),
                               f"ngày {day.day} tháng {day.month} năm {day.year}", str(int(serial)))  # fmt: skip
    assert {read_date(form, today=TODAY) for form in forms} == {day}


@given(st.text(max_size=40) | st.integers() | st.floats())
def test_nothing_a_cell_can_hold_breaks_the_reader(value: Cell) -> None:
    assert isinstance(read_date(value, today=TODAY), date | DateProblem)


@given(st.integers(0, 99), st.integers(0, 99), st.integers(1900, 2100), st.sampled_from(["/", ".", "-"]))
def test_no_day_is_ever_moved(day: int, month: int, year: int, sep: str) -> None:
    found = read_date(f"{day}{sep}{month}{sep}{year}", today=TODAY)
    assert isinstance(found, DateProblem) or (found.day, found.month, found.year) == (day, month, year)
