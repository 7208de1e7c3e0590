from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest

from deadlines.announcements import Announcement, parse_announcements, shipped_announcements
from deadlines.calendar import Calendar, build_calendar
from deadlines.errors import CalendarInvalid, CalendarNotKnown
from states.reckoning import AnnouncementKind, AnnouncementStatus
from states.text import Text


def each_day(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def announcement(day: date, kind: AnnouncementKind = AnnouncementKind.OFF, **more: bool) -> Announcement:
    return Announcement(day, kind, Text("Nghỉ thử", "Test"), "công văn thử", AnnouncementStatus.ANNOUNCED, **more)


def test_every_day_of_seven_years_is_as_the_table_of_holidays_says(calendar: Calendar, shared_data: Path) -> None:
    with (shared_data / "holidays_vn_2021_2027.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = {date.fromisoformat(row["ngay"]): row for row in csv.DictReader(lines)}
    wrong = []
    for day in each_day(date(2021, 1, 1), date(2027, 12, 31)):
        row = rows.get(day)
        listed = None if row is None or row["kieu"] == "de_xuat" else row["loai(nghi|lam_bu)"]
        expected = {"nghi": False, "lam_bu": True, None: day.weekday() < 5}[listed]
        if calendar.is_working(day) is not expected:
            wrong.append(day)
    assert wrong == []


def test_the_saturday_worked_for_the_second_of_january_2026_is_a_working_day(calendar: Calendar) -> None:
    assert calendar.why_off(date(2026, 1, 2)) == Text(
        "Nghỉ hoán đổi, làm bù thứ Bảy 10/01/2026", "Day off in exchange for Saturday 10/01/2026"
    )
    assert calendar.is_working(date(2026, 1, 10))
    assert calendar.why_worked(date(2026, 1, 10)) is not None
    assert calendar.why_off(date(2026, 1, 11)) == Text("Chủ nhật", "Sunday")


def test_three_holidays_collide_in_2023_and_each_gets_its_substitute(calendar: Calendar) -> None:
    off = [calendar.why_off(date(2023, 4, 29) + timedelta(days=n)) for n in range(6)]
    assert [text.vi if text else None for text in off] == [
        "Nghỉ Giỗ Tổ Hùng Vương",
        "Nghỉ lễ Chiến thắng",
        "Nghỉ lễ Quốc tế Lao động",
        "Nghỉ bù Giỗ Tổ Hùng Vương",
        "Nghỉ bù lễ Chiến thắng",
        None,
    ]


def test_a_swap_only_proposed_and_a_year_not_announced_are_provisional(calendar: Calendar) -> None:
    assert calendar.is_provisional(date(2026, 8, 31))
    assert calendar.is_provisional(date(2026, 8, 22))
    assert not calendar.is_provisional(date(2026, 8, 23), date(2026, 8, 30))
    assert calendar.is_provisional(date(2026, 12, 20), date(2027, 1, 4))
    assert calendar.provisional_years == {2027}


def test_a_holiday_that_is_not_law_yet_is_worked_but_provisional_until_switched_on(calendar: Calendar) -> None:
    day = date(2026, 11, 24)
    assert calendar.is_working(day)
    assert calendar.is_provisional(day)
    switched_on = build_calendar([*shipped_announcements(), announcement(day)])
    assert not switched_on.is_working(day)
    assert not switched_on.is_provisional(day)


def test_a_year_is_settled_once_its_tet_is_announced() -> None:
    rows = [*shipped_announcements(), announcement(date(2027, 2, 5))]
    assert build_calendar(rows).provisional_years == frozenset()
    swap_alone = [*shipped_announcements(), announcement(date(2027, 5, 4))]
    assert build_calendar(swap_alone).provisional_years == {2027}


def test_an_announcement_of_a_later_year_extends_the_calendar() -> None:
    extended = build_calendar([*shipped_announcements(), announcement(date(2028, 1, 25))])
    assert extended.last_year == 2028
    assert not extended.is_working(date(2028, 5, 1))


@pytest.mark.parametrize("day", [date(2020, 12, 31), date(2028, 1, 1)])
def test_a_year_nobody_entered_is_refused_and_never_guessed(calendar: Calendar, day: date) -> None:
    with pytest.raises(CalendarNotKnown) as refusal:
        calendar.is_working(day)
    assert "2021-2027" in refusal.value.text.vi
    assert refusal.value.data["day"] == day.isoformat()


def test_two_announcements_that_contradict_each_other_are_refused() -> None:
    day = date(2026, 5, 4)
    with pytest.raises(CalendarInvalid, match="04/05/2026"):
        build_calendar([announcement(day), announcement(day, AnnouncementKind.WORKED)])
    build_calendar([announcement(day), announcement(day, AnnouncementKind.WORKED, enabled=False)])


def test_an_announcement_for_the_year_2072_is_taken_for_a_slip() -> None:
    with pytest.raises(CalendarInvalid, match="01/05/2072"):
        build_calendar([announcement(date(2072, 5, 1))])


def test_a_change_of_content_changes_the_version(calendar: Calendar) -> None:
    again = build_calendar(shipped_announcements(), edition="2026-11")
    assert again.version == calendar.version
    assert hash(again) == hash(calendar)
    assert build_calendar([*shipped_announcements(), announcement(date(2026, 5, 4))]).version != calendar.version


def test_working_days_are_counted_without_the_first_and_with_the_last(calendar: Calendar) -> None:
    assert calendar.working_days_between(date(2026, 8, 28), date(2026, 9, 11)) == 7
    assert calendar.working_days_between(date(2026, 9, 11), date(2026, 9, 11)) == 0
    assert calendar.working_days_between(date(2026, 9, 11), date(2026, 9, 1)) == 0


def test_no_swap_that_the_library_knows_is_missing_from_the_announcements() -> None:
    known = {row.day for row in shipped_announcements()}
    library = holidays.country_holidays("VN", years=range(2021, 2028), language="vi")
    swaps = {day for day, name in library.items() if "thay cho ngày" in name}
    assert swaps
    assert swaps <= known


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ('day = "2026-05-04"\nkind = "off"', "day"),
        ('day = 2026-05-04\nkind = "free"', "kind"),
        ('day = 2026-05-04\nkind = "off"\nstatus = "announced"\nsource = "x"', "name"),
        ('from = 2026-05-04\nto = 2026-05-03\nkind = "off"', "to"),
        ('day = 2026-05-04\nkind = "off"\ncolour = "red"', "colour"),
    ],
)
def test_a_faulty_announcement_names_its_file_row_and_field(row: str, field: str) -> None:
    with pytest.raises(CalendarInvalid) as refusal:
        parse_announcements(f"[[announcement]]\n{row}", origin="own.toml")
    assert refusal.value.data["field"] == field
    assert "own.toml, announcement 1" in refusal.value.text.vi
