"""Times as papers say them instead of a day: “Quý IV/2026”, “tháng 6/2026”, “cuối năm 2026”.

A period ends with its last day (Civil Code 91/2015/QH13, art. 148). A day that no calendar has, such as the 31.11 of a
real letter, is never read as another day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from states.folding import fold_words

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_YEAR = r"(?:\s*[/-]\s*|\s+nam\s+|\s+)(?P<year>20\d\d)"
_QUARTER = re.compile(rf"\b(?:quy\s+|q)(?P<quarter>iv|i{{1,3}}|[1-4]){_YEAR}$")
_MONTH = re.compile(rf"\bthang\s+(?P<month>1[0-2]|0?[1-9]){_YEAR}$")
_HALF = re.compile(r"\b(?:6|sau) thang dau nam (?P<year>20\d\d)$")
_WHOLE = re.compile(r"(?:^|\b(?:trong|cuoi|het|6 thang cuoi|sau thang cuoi)\s+)nam (?P<year>20\d\d)$")
_DAY = re.compile(
    r"(?<![\d./-])(?P<day>\d{1,2})\s*[./-]\s*(?P<month>\d{1,2})(?:\s*[./-]\s*(?P<year>\d{4}))?(?![\d./-])"
)
_MONTHS_OF_QUARTER, _JUNE, _DECEMBER = 3, 6, 12
_LEAP_YEAR = 2024


def last_day_of(words: str) -> date | None:
    """Return the last day of the period that `words` end with, None where they name an event or no period."""
    said = fold_words(words).strip(" .;,")
    if found := _QUARTER.search(said):
        written = found["quarter"]
        quarter = _ROMAN.get(written) or int(written)
        return _end(int(found["year"]), quarter * _MONTHS_OF_QUARTER)
    if found := _MONTH.search(said):
        return _end(int(found["year"]), int(found["month"]))
    if found := _HALF.search(said):
        return _end(int(found["year"]), _JUNE)
    if found := _WHOLE.search(said):
        return _end(int(found["year"]), _DECEMBER)
    return None


def impossible_day(words: str) -> str | None:
    """Return the first day in `words` that no calendar has, as it is written there; None where every day exists.

    Without a year the 29th of February is possible.
    """
    for found in _DAY.finditer(words):
        year = int(found["year"] or _LEAP_YEAR)
        try:
            date(year, int(found["month"]), int(found["day"]))
        except ValueError:
            return found[0]
    return None


def _end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
