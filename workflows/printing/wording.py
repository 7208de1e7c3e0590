"""Days, counts and names as they stand in administrative papers (Decree 30/2020/NĐ-CP, annexes I and II)."""

from __future__ import annotations

from datetime import date

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_BLANK = "      "
_COUNCIL = "Hội đồng nhân dân"
_SHORT = {"HĐND": _COUNCIL, "UBND": "Ủy ban nhân dân", "UBMTTQ": "Ủy ban Mặt trận Tổ quốc", "MTTQ": "Mặt trận Tổ quốc"}
_HAMLETS = frozenset({"ấp", "bản", "buôn", "khóm", "khu", "làng", "phum", "sóc", "thôn", "tổ", "xóm"})
_ALWAYS_TWO_DIGITS = 2
_LONELY_DIGIT = 10


def long_day(day: date | None) -> str:
    """Return "ngày 06 tháng 8 năm 2026": days below 10 and the months 1 and 2 with a 0 before them."""
    if day is None:
        return ""
    month = f"{day.month:02d}" if day.month <= _ALWAYS_TWO_DIGITS else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def short_day(day: date | None) -> str:
    """Return 06/08/2026, nothing for an unknown day."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}" if day else ""


def last_day(day: date) -> str:
    """Return "chậm nhất hết ngày thứ Sáu 11/09/2026"."""
    return f"chậm nhất hết ngày {_WEEKDAYS[day.weekday()]} {short_day(day)}"


def place_and_day(place: str, day: date | None, today: date) -> str:
    """Return the line under the motto; an unsigned paper leaves day and month to be filled."""
    return f"{place}, " + (long_day(day) if day else f"ngày{_BLANK}tháng{_BLANK}năm {today.year}")


def number_line(number: str | None, symbol: str) -> str:
    """Return "Số: 12/HĐND-TT"; a draft has its number left to be filled."""
    return f"Số: {number}" if number else f"Số:{_BLANK}/{symbol}"


def in_sentence(place: str) -> str:
    """Return a hamlet as it stands within a sentence: "Bản Nà Pát" is "bản Nà Pát"."""
    first, _, rest = place.partition(" ")
    return f"{first.lower()} {rest}" if rest and first.lower() in _HAMLETS else place


def together(text: str) -> str:
    """Return a title whose last three words stay on one line."""
    return "\N{NO-BREAK SPACE}".join(text.rsplit(" ", 2))


def shortened(text: str, most: int) -> str:
    """Return at most `most` characters of a text, cut after a whole word."""
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]}…"


def two_digits(count: int) -> str:
    """Return a count as papers write it: 02, 12."""
    return f"{count:02d}" if count < _LONELY_DIGIT else str(count)


def spelled_out(name: str) -> str:
    """Return the name of a body without abbreviations."""
    return " ".join(_SHORT.get(word, word) for word in name.split())


def place_of(council: str) -> str:
    """Return what a council is called after: "HĐND xã Nà Pát" gives "xã Nà Pát"."""
    return spelled_out(council).removeprefix(_COUNCIL).strip() or council


def proper_place(council: str) -> str:
    """Return the place name alone, as it stands before the day: "xã Nà Pát" gives "Nà Pát"."""
    words = place_of(council).split()
    return " ".join(words[1:] if len(words) > 1 and words[0][:1].islower() else words)
