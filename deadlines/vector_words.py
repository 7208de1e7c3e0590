"""The words of a worked deadline: which days, which direction, how many, which dates. Unclear words are refused."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from deadlines.reckoning import Length, Rule
from states.reckoning import DayUnit, Direction, Roll
from states.text import Text

COLUMNS = ("id", "kieu", "moc", "so_ngay", "ngay_cuoi_chua_don", "han_sau_don_ngay_nghi")
_LONGEST = 36_600
_DAYS_A_WEEK = 7
_MONTHS_A_YEAR = 12

_UNITS: Mapping[str, tuple[DayUnit, int]] = {
    "lich": (DayUnit.CALENDAR, 1),
    "ngay lich": (DayUnit.CALENDAR, 1),
    "ngay": (DayUnit.CALENDAR, 1),
    "duong lich": (DayUnit.CALENDAR, 1),
    "lam viec": (DayUnit.WORKING, 1),
    "ngay lam viec": (DayUnit.WORKING, 1),
    "tuan": (DayUnit.CALENDAR, _DAYS_A_WEEK),
    "thang": (DayUnit.MONTH, 1),
    "theo thang": (DayUnit.MONTH, 1),
    "nam": (DayUnit.MONTH, _MONTHS_A_YEAR),
}
_DIRECTIONS: Mapping[str, Direction] = {
    "tien": Direction.FORWARD,
    "tinh tien": Direction.FORWARD,
    "toi": Direction.FORWARD,
    "tinh toi": Direction.FORWARD,
    "lui": Direction.BACKWARD,
    "tinh lui": Direction.BACKWARD,
}
_UNROLLED = frozenset({"khong doi", "khong don", "khong roi", "giu nguyen"})
_WEEKDAYS: Mapping[str, int] = {
    **{name: day for day, name in enumerate(("t2", "t3", "t4", "t5", "t6", "t7", "cn"))},
    **{
        name: day
        for day, name in enumerate(("thu hai", "thu ba", "thu tu", "thu nam", "thu sau", "thu bay", "chu nhat"))
    },
    **{f"thu {day + 2}": day for day in range(6)},
}
_SHORT_WEEKDAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})\b[\s,]*(?P<weekday>.*)")
_OURS = re.compile(r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})\b[\s,]*(?P<weekday>.*)")
_COUNT = re.compile(r"(\d+)\s*(.*)")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file as it is written, by column; `line` counts from 1 with the header."""

    line: int
    cells: Mapping[str, str]

    @property
    def id(self) -> str:
        """Return the id, or the line where there is none."""
        return self.cells.get("id") or f"dòng {self.line}"


@dataclass(frozen=True, slots=True)
class Vector:
    """One worked deadline, understood."""

    rule: Rule
    anchor: date
    raw_on: date
    on: date


class RowNotUnderstood(Exception):
    """A row cannot be expressed or computed; says in which column and why."""

    def __init__(self, column: str, vi: str, en: str) -> None:
        super().__init__(en)
        self.column = column
        self.text = Text(vi, en)


def understand(row: Row) -> Vector:
    """Turn the words of a row into a rule and dates; whatever is unclear is refused, never assumed."""
    unit, factor, direction, unrolled = _kind(row.cells["kieu"])
    count, unit, factor = _count(row.cells["so_ngay"], unit, factor)
    usual = Roll.NEXT if direction is Direction.FORWARD else Roll.PREVIOUS
    rule = Rule(Length(count * factor, unit), direction, Roll.NONE if unrolled else usual)
    anchor, raw_on, on = (_day(row, column) for column in COLUMNS[2:3] + COLUMNS[4:])
    return Vector(rule, anchor, raw_on, on)


def _kind(said: str) -> tuple[DayUnit, int, Direction, bool]:
    words = [re.sub(r"\s+", " ", folded(word)).strip() for word in re.split(r"[,;/|+]", said) if word.strip()]
    units = [word for word in words if word in _UNITS]
    directions = [word for word in words if word in _DIRECTIONS]
    for word in words:
        if word not in _UNITS and word not in _DIRECTIONS and word not in _UNROLLED:
            raise RowNotUnderstood("kieu", f"không hiểu «{word}» trong «{said}»", f"cannot read {word!r} in {said!r}")
    if len(units) != 1 or len(directions) != 1:
        vi = f"«{said}» phải ghi một loại ngày (lịch, làm việc, tháng) và một chiều (tiến, lùi)"
        raise RowNotUnderstood(
            "kieu", vi, f"{said!r} must name one kind of day (lịch, làm việc, tháng) and one direction"
        )
    unit, factor = _UNITS[units[0]]
    return unit, factor, _DIRECTIONS[directions[0]], any(word in _UNROLLED for word in words)


def _count(said: str, unit: DayUnit, factor: int) -> tuple[int, DayUnit, int]:
    found = _COUNT.fullmatch(said)
    if found is None or not 1 <= int(found[1]) <= _LONGEST:
        vi = f"«{said}» không phải số ngày nguyên từ 1 đến {_LONGEST}"
        raise RowNotUnderstood("so_ngay", vi, f"{said!r} is no whole number of days from 1 to {_LONGEST}")
    word = re.sub(r"\s+", " ", folded(found[2])).strip()
    if not word or word == "ngay":
        return int(found[1]), unit, factor
    if word not in _UNITS:
        raise RowNotUnderstood("so_ngay", f"không hiểu «{found[2]}»", f"cannot read {found[2]!r}")
    named, times = _UNITS[word]
    by_the_calendar = (unit, factor) == (DayUnit.CALENDAR, 1) and named is not DayUnit.WORKING
    if (named, times) != (unit, factor) and not by_the_calendar:
        raise RowNotUnderstood("so_ngay", f"«{said}» trái với kiểu", f"{said!r} contradicts the kind")
    return int(found[1]), named, times


def _day(row: Row, column: str) -> date:
    said = row.cells[column]
    if not said:
        raise RowNotUnderstood(column, "ô trống, cần một ngày", "is empty, needs a date")
    found = _ISO.fullmatch(said) or _OURS.fullmatch(said)
    if found is None:
        raise RowNotUnderstood(column, f"không hiểu ngày «{said}»", f"cannot read the date {said!r}")
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        raise RowNotUnderstood(column, f"không có ngày «{said}»", f"there is no such day: {said!r}") from None
    return _weekday_verified(day, found["weekday"], column)


def _weekday_verified(day: date, said: str, column: str) -> date:
    word = re.sub(r"\s+", " ", folded(said)).strip(" ()")
    if not word:
        return day
    if word not in _WEEKDAYS:
        raise RowNotUnderstood(column, f"không hiểu «{said}» sau ngày", f"cannot read {said!r} after the date")
    if _WEEKDAYS[word] != day.weekday():
        true = _SHORT_WEEKDAYS[day.weekday()]
        raise RowNotUnderstood(
            column, f"{day:%Y-%m-%d} là {true}, không phải {said}", f"{day:%Y-%m-%d} is {true}, not {said}"
        )
    return day


def with_weekday(day: date) -> str:
    """Write a date as the vectors do: "2025-11-23 CN"."""
    return f"{day:%Y-%m-%d} {_SHORT_WEEKDAYS[day.weekday()]}"


def folded(said: str) -> str:
    """Strip case and diacritics, đ included."""
    plain = unicodedata.normalize("NFD", said.casefold().replace("đ", "d"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
