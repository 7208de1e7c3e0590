"""Dates as the office writes them: "thứ Sáu 11/09/2026", "29-30/08", "07-11/09"."""

from __future__ import annotations

from datetime import date

from states.text import Text

WEEKDAYS: tuple[Text, ...] = (
    Text("thứ Hai", "Monday"),
    Text("thứ Ba", "Tuesday"),
    Text("thứ Tư", "Wednesday"),
    Text("thứ Năm", "Thursday"),
    Text("thứ Sáu", "Friday"),
    Text("thứ Bảy", "Saturday"),
    Text("Chủ nhật", "Sunday"),
)


def weekday(day: date) -> Text:
    """Return the name of the day of the week."""
    return WEEKDAYS[day.weekday()]


def full_date(day: date) -> Text:
    """Return weekday and date: "thứ Sáu 11/09/2026"."""
    return Text(f"{weekday(day).vi} {day:%d/%m/%Y}", f"{weekday(day).en} {day:%d/%m/%Y}")


def plain_date(day: date) -> str:
    """Return "11/09/2026" in both languages alike."""
    return f"{day:%d/%m/%Y}"


def date_range(first: date, last: date) -> str:
    """Return the shortest clear writing of a span: "31/08", "29-30/08", "31/08-02/09", "30/12/2025-02/01/2026"."""
    if first == last:
        return f"{first:%d/%m}"
    if first.year != last.year:
        return f"{first:%d/%m/%Y}-{last:%d/%m/%Y}"
    if first.month != last.month:
        return f"{first:%d/%m}-{last:%d/%m}"
    return f"{first:%d}-{last:%d/%m}"


def weekdays_range(first: date, last: date) -> Text:
    """Name the days of a span: one, two ("thứ Năm, thứ Sáu") or from the first to the last."""
    a, b = weekday(first), weekday(last)
    if first == last:
        return capital(a)
    if (last - first).days == 1:
        return capital(Text(f"{a.vi}, {b.vi}", f"{a.en}, {b.en}"))
    return capital(Text(f"{a.vi} đến {b.vi}", f"{a.en} to {b.en}"))


def capital(text: Text) -> Text:
    """Begin both sentences with a capital letter."""
    return Text(text.vi[:1].upper() + text.vi[1:], text.en[:1].upper() + text.en[1:])
