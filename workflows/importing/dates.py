"""Dates as people write them, read strictly: a day that does not exist is refused, never moved.

Civil dates of Asia/Ho_Chi_Minh in the Gregorian calendar, day before month. Sources of the forms: Decree
30/2020/NĐ-CP annex I ("ngày 05 tháng 3 năm 2026"), spreadsheets (typed cells and serial numbers of the 1900
system), and the registers that offices keep by hand.
"""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from states.folding import fold
from states.text import Text
from workflows.importing.cells import Cell, clean_line

WEEKDAYS = (
    Text("thứ Hai", "Monday"),
    Text("thứ Ba", "Tuesday"),
    Text("thứ Tư", "Wednesday"),
    Text("thứ Năm", "Thursday"),
    Text("thứ Sáu", "Friday"),
    Text("thứ Bảy", "Saturday"),
    Text("Chủ nhật", "Sunday"),
)

_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")  # an instant belongs to the civil day it has in Việt Nam
_EPOCH = date(1899, 12, 30)  # day 0 of the 1900 system for every day after its invented 29/02/1900
_FIRST_SERIAL, _LAST_SERIAL = 16438, 73050  # 01/01/1945 to 31/12/2099: smaller numbers are years or counts
_OLDEST_YEAR = 1945
_YEARS_AHEAD = 5
_FIRST_YEAR, _LAST_YEAR = 1000, 9999
_LIVING_CENTURIES = (19, 20)
_MONTHS = 12
_LONGEST_MONTH = 31

_SEP = r"\s*[/.\-]\s*"
_DMY = re.compile(rf"([0-9]{{1,2}}){_SEP}([0-9]{{1,2}}){_SEP}([0-9]{{4}}|[0-9]{{2}})\.?")
_DM = re.compile(rf"([0-9]{{1,2}}){_SEP}([0-9]{{1,2}})\.?")
_YMD = re.compile(rf"([0-9]{{4}}){_SEP}([0-9]{{1,2}}){_SEP}([0-9]{{1,2}})")
_WORDS = re.compile(r"(?:mung |mong )?([0-9]{1,2})\s*thang\s*([0-9]{1,2})(?:\s*,?\s*(?:nam\s*)?([0-9]{4}))?\.?")
_TIME = re.compile(r"[t,\s]\s*[0-9]{1,2}(?::|h|g)[0-9]{0,2}(?::[0-9]{2}(?:\.[0-9]+)?)?$")
_LEAD = re.compile(r"^(?:(?P<weekday>thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|cn)\s*,?\s*)?(?:ngay\s+)?")
_WEEKDAY = {"hai": 0, "2": 0, "ba": 1, "3": 1, "tu": 2, "4": 2, "nam": 3, "5": 3, "sau": 4, "6": 4, "bay": 5, "7": 5}
_DIGITS = re.compile(r"[0-9]+")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]+(?:Z|[+-][0-9]{2}:?[0-9]{2})")
_INSIDE = re.compile(
    rf"(?<![0-9/.\-])(?:[0-9]{{1,2}}{_SEP}[0-9]{{1,2}}(?:{_SEP}[0-9]{{4}}|{_SEP}[0-9]{{2}})?"
    r"|[0-9]{1,2} thang [0-9]{1,2}(?: nam [0-9]{4})?)(?!\s*[/.\-]?\s*[0-9])"
)


@dataclass(frozen=True, slots=True)
class DateProblem:
    """Why a value is no date: a stable code, the sentence, and the date that was probably meant."""

    code: str
    text: Text
    suggestion: date | None = None


def read_date(value: Cell, *, today: date) -> date | DateProblem:
    """Return the civil date that `value` says, or the problem to show to its writer.

    Codes: date_impossible, date_year_missing, date_unreadable, date_weekday_differs. `today` decides only the
    century of a year of two figures: the latest one not more than five years ahead.
    """
    match value:
        case datetime():
            return (value.astimezone(_HANOI) if value.tzinfo else value).date()
        case date():
            return value
        case bool():
            return _unreadable(value)
        case int() | float():
            return _from_serial(value)
        case _:
            return _from_text(clean_line(value).text, today=today)


def date_doubt(day: date, *, today: date) -> Text | None:
    """Return a sentence when `day` exists and is still unlikely: before 1945, or over five years ahead."""
    shown = f"{day:%d/%m}/{day.year:04d}"
    if day.year < _OLDEST_YEAR:
        return Text(f"Ngày {shown} trước năm 1945: xem lại năm", f"{shown} is before 1945: check the year")
    if day > _years_later(today, _YEARS_AHEAD):
        return Text(
            f"Ngày {shown} còn hơn 5 năm nữa mới đến: xem lại năm",
            f"{shown} is more than five years ahead: check the year",
        )
    return None


def say_date(day: date) -> Text:
    """Return the date with its day of the week: 30/11/2026, thứ Hai."""
    name = WEEKDAYS[day.weekday()]
    shown = f"{day:%d/%m}/{day.year:04d}"
    return Text(f"{shown}, {name.vi}", f"{shown}, {name.en}")


def _from_serial(number: float) -> date | DateProblem:
    """Read a number of the 1900 system; the part after the point is the time of day."""
    if not _FIRST_SERIAL <= number < _LAST_SERIAL + 1:
        return _unreadable(number)
    return _EPOCH + timedelta(days=int(number))


def _from_text(text: str, *, today: date) -> date | DateProblem:
    folded = fold(text)
    if _INSTANT.fullmatch(text):
        return _from_instant(text)
    if _DIGITS.fullmatch(folded):
        return _from_digits(text, folded)
    lead = _LEAD.match(folded)
    weekday = lead["weekday"] if lead else None
    rest = _TIME.sub("", folded[lead.end() :] if lead else folded).strip()
    found = _from_parts(text, rest, today=today)
    if found is None:
        return _perhaps_inside(text, folded, today=today)
    if isinstance(found, date) and weekday:
        return _check_weekday(text, found, weekday)
    return found


def _from_instant(text: str) -> date | DateProblem:
    """Read an ISO 8601 instant with its offset: late evening in UTC is the next day in Việt Nam."""
    try:
        return datetime.fromisoformat(text).astimezone(_HANOI).date()
    except (ValueError, OverflowError):
        return _unreadable(text)


def _from_parts(text: str, rest: str, *, today: date) -> date | DateProblem | None:
    if match := _YMD.fullmatch(rest):
        year, month, day = match.groups()
        return _build(text, day=int(day), month=int(month), year=int(year))
    if match := _DMY.fullmatch(rest):
        day, month, year = match.groups()
        return _build(text, day=int(day), month=int(month), year=_full_year(year, today=today))
    if match := _WORDS.fullmatch(rest):
        day, month, year = match.groups()
        return _build(text, day=int(day), month=int(month), year=int(year) if year else None)
    if match := _DM.fullmatch(rest):
        return _build(text, day=int(match[1]), month=int(match[2]), year=None)
    return None


def _from_digits(text: str, digits: str) -> date | DateProblem:
    """Read figures alone: a serial number that lost its format, or ddmmyyyy and yyyymmdd without separators."""
    if len(digits) == len("45000"):
        return _from_serial(int(digits))
    if len(digits) == len("ddmmyyyy"):
        day_first = _quietly(int(digits[:2]), int(digits[2:4]), int(digits[4:]))
        year_first = _quietly(int(digits[6:]), int(digits[4:6]), int(digits[:4]))
        # Never both: a living year read as day and month has the month 19 or 20.
        for found in (day_first, year_first):
            if found and found.year // 100 in _LIVING_CENTURIES:
                return found
    return _unreadable(text)


def _build(text: str, *, day: int, month: int, year: int | None) -> date | DateProblem:
    """Return the date of these numbers, or say which of them cannot be."""
    if not 1 <= month <= _MONTHS:
        return _no_month(text, day=day, month=month, year=year)
    last = monthrange(year if year is not None else 2000, month)[1]
    if not 1 <= day <= last:
        return _no_day(day=day, month=month, year=year, last=last)
    if year is None:
        return DateProblem(
            "date_year_missing",
            Text(
                f"“{text}” thiếu năm: ghi đủ ngày/tháng/năm",
                f"“{text}” lacks the year: write day/month/year",
            ),
        )
    return date(year, month, day) if year >= _FIRST_YEAR else _unreadable(text)


def _no_month(text: str, *, day: int, month: int, year: int | None) -> DateProblem:
    swapped = _quietly(month, day, year)
    vi, en = f"Không có tháng {month} trong “{text}”", f"There is no month {month} in “{text}”"
    return _with_suggestion(vi, en, swapped)


def _no_day(*, day: int, month: int, year: int | None, last: int) -> DateProblem:
    shown = f"{day:02d}/{month:02d}" if month == 2 else f"{day}/{month}"  # noqa: PLR2004 - people write 30/02, but 31/11
    if year is not None and (day, month) == (29, 2) and not isleap(year):
        vi, en = f"Không có ngày 29/02/{year}: năm {year} không nhuận", f"There is no 29/02/{year}: not a leap year"
    else:
        vi = f"Không có ngày {shown}: tháng {month} chỉ có {last} ngày"
        en = f"There is no day {shown}: month {month} has only {last} days"
    if last < day <= _LONGEST_MONTH:
        if year is None:
            return DateProblem("date_impossible", Text(f"{vi}; ghi lại cả năm", f"{en}; write it again with the year"))
        return _with_suggestion(vi, en, _quietly(last, month, year))
    return _with_suggestion(vi, en, None)


def _with_suggestion(vi: str, en: str, meant: date | None) -> DateProblem:
    if meant is None:
        return DateProblem("date_impossible", Text(f"{vi}. Ghi lại ngày đúng.", f"{en}. Write the right date."))
    said = say_date(meant)
    text = Text(f"{vi}. Có phải {said.vi}?", f"{en}. Is it {said.en}?")
    return DateProblem("date_impossible", text, meant)


def _check_weekday(text: str, day: date, weekday: str) -> date | DateProblem:
    """Refuse a date whose day of the week is another than the one written beside it."""
    expected = 6 if weekday.startswith("c") else _WEEKDAY[weekday.removeprefix("thu ")]
    if day.weekday() == expected:
        return day
    said = say_date(day)
    return DateProblem(
        "date_weekday_differs",
        Text(f"“{text}”: ngày ấy là {said.vi}. Xem lại ngày hoặc thứ.", f"“{text}”: it is {said.en}. Check both."),
        day,
    )


def _perhaps_inside(text: str, folded: str, *, today: date) -> DateProblem:
    """Say no to words around a date: “trước ngày 31.11” is a limit, no date, and 31/11 does not exist either."""
    match = _INSIDE.search(folded)
    found = _from_parts(match[0], match[0], today=today) if match else None
    if isinstance(found, DateProblem):
        return found
    problem = _unreadable(text)
    return DateProblem(problem.code, problem.text, found)


def _unreadable(value: object) -> DateProblem:
    return DateProblem(
        "date_unreadable",
        Text(
            f"“{value}” không phải một ngày cụ thể: ghi ngày/tháng/năm, ví dụ 05/03/2026",
            f"“{value}” is no date: write day/month/year, for example 05/03/2026",
        ),
    )


def _full_year(written_year: str, *, today: date) -> int:
    """Return the year of four figures; of two figures, the latest one not over five years ahead."""
    year = int(written_year)
    if len(written_year) > 2:  # noqa: PLR2004 - a year of two figures
        return year
    latest = today.year + _YEARS_AHEAD
    return latest - (latest - year) % 100


def _years_later(day: date, years: int) -> date:
    """Return the same day `years` later; 29/02 becomes 28/02 where there is none."""
    year = min(day.year + years, _LAST_YEAR)
    return day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))


def _quietly(day: int, month: int, year: int | None) -> date | None:
    if year is None or not _FIRST_YEAR <= year <= _LAST_YEAR or not 1 <= month <= _MONTHS:
        return None
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None
