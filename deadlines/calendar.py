"""Vietnamese working days.

Days off: Labour Code 2019, art. 112 (holidays) and art. 111.3 (a holiday on a weekly rest day is taken on the next
working day; where that day is itself a holiday, on the one after). The `holidays` package gives both as a base;
announcements of the Government are the last word, day by day. Saturdays and Sundays are weekly rest days unless
announced as worked. Tết and the second day of Quốc khánh are fixed every year by the Prime Minister (art. 112.3): a
year whose Tết is not announced is provisional.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

from deadlines.announcements import Announcement
from deadlines.errors import CalendarInvalid, CalendarNotKnown
from deadlines.wording import capital, full_date, plain_date, weekday
from states.reckoning import AnnouncementKind, AnnouncementStatus
from states.text import Text

FIRST_YEAR = 2021
LAST_YEAR = 2027
_FURTHEST_AHEAD = 5
_SATURDAY = 5
_ONE_DAY = timedelta(days=1)
_LAW = "Bộ luật Lao động 2019, Điều 111-112"
_SUBSTITUTE = " (nghỉ bù)"
_NOT_YET_LAW = "Ngày Văn hóa Việt Nam"


@dataclass(frozen=True, slots=True)
class DayEntry:
    """What the calendar says of one day that is not an ordinary weekday or weekend."""

    working: bool
    name: Text
    source: str
    status: AnnouncementStatus


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days of `first_year` to `last_year`; anything outside raises `CalendarNotKnown`.

    `version` names the content (two calendars that differ have different versions) and is pinned on clocks.
    """

    version: str
    days: Mapping[date, DayEntry]
    first_year: int
    last_year: int
    provisional_years: frozenset[int] = frozenset()

    def __hash__(self) -> int:
        return hash(self.version)

    def knows(self, day: date) -> bool:
        """Tell whether `day` lies in the years this calendar knows."""
        return self.first_year <= day.year <= self.last_year

    def is_working(self, day: date) -> bool:
        """Tell whether offices work on `day`; a swapped Saturday is a working day."""
        self._require(day)
        entry = self.days.get(day)
        return entry.working if entry else day.weekday() < _SATURDAY

    def why_off(self, day: date) -> Text | None:
        """Return why nobody works on `day`, None on a working day."""
        if self.is_working(day):
            return None
        entry = self.days.get(day)
        return entry.name if entry else capital(weekday(day))

    def why_worked(self, day: date) -> Text | None:
        """Return why a weekly rest day is worked, None on any other day."""
        entry = self.days.get(day)
        return entry.name if entry and entry.working and day.weekday() >= _SATURDAY else None

    def next_working(self, day: date) -> date:
        """Return `day` itself if it is a working day, else the first one after it."""
        while not self.is_working(day):
            day += _ONE_DAY
        return day

    def previous_working(self, day: date) -> date:
        """Return `day` itself if it is a working day, else the last one before it."""
        while not self.is_working(day):
            day -= _ONE_DAY
        return day

    def working_days_between(self, after: date, until: date) -> int:
        """Count the working days after `after` up to and including `until`; 0 when `until` is not later."""
        span = (until - after).days
        return sum(self.is_working(after + timedelta(days=n)) for n in range(1, span + 1))

    def is_provisional(self, day: date, until: date | None = None) -> bool:
        """Tell whether `day`, or any day from `day` to `until`, may still be announced otherwise."""
        last = until or day
        return any(self._unsettled(day + timedelta(days=n)) for n in range((last - day).days + 1))

    def _unsettled(self, day: date) -> bool:
        entry = self.days.get(day)
        if entry is not None and entry.status is AnnouncementStatus.PROVISIONAL:
            return True
        return day.year in self.provisional_years

    def _require(self, day: date) -> None:
        if not self.knows(day):
            years = f"{self.first_year}-{self.last_year}"
            raise CalendarNotKnown(
                Text(
                    f"Lịch chỉ có ngày nghỉ của các năm {years}, chưa biết {plain_date(day)}."
                    " Hãy nhập thông báo ngày nghỉ của năm đó.",
                    f"The calendar knows the days off of {years} only, not {plain_date(day)}."
                    " Enter the announcement of that year's days off.",
                ),
                day=day.isoformat(),
                first_year=self.first_year,
                last_year=self.last_year,
            )


def build_calendar(
    announcements: Iterable[Announcement],
    *,
    edition: str = "vn",
    first_year: int = FIRST_YEAR,
    last_year: int = LAST_YEAR,
) -> Calendar:
    """Build the calendar from the law's days and `announcements`, which have the last word.

    An announcement for a later year extends the calendar to it. Raises `CalendarInvalid` on two enabled
    announcements that say different things of one day, or on one too far from the years known to be no slip.
    """
    rows = sorted(announcements, key=lambda a: (a.day, not a.enabled))
    _check_years(rows, first_year, last_year)
    last_year = max([last_year, *(a.day.year for a in rows if a.enabled)])
    tet, days = _law_days(first_year, last_year)
    announced = _announced(rows)
    for row in rows:
        if not row.enabled and row.day not in days and row.day not in announced:
            # Not law yet: an ordinary day, but one that may still change.
            working = row.day.weekday() < _SATURDAY
            days[row.day] = DayEntry(working, row.name, row.source, AnnouncementStatus.PROVISIONAL)
    for day, row in announced.items():
        days[day] = DayEntry(row.kind is AnnouncementKind.WORKED, row.name, row.source, row.status)
    settled = {day.year for day, a in announced.items() if day in tet and a.status is AnnouncementStatus.ANNOUNCED}
    provisional = frozenset(range(first_year, last_year + 1)) - settled
    version = f"{edition}+{_digest(days, first_year, last_year, provisional)}"
    return Calendar(version, MappingProxyType(days), first_year, last_year, provisional)


def _announced(rows: Iterable[Announcement]) -> dict[date, Announcement]:
    found: dict[date, Announcement] = {}
    for row in rows:
        if not row.enabled:
            continue
        other = found.setdefault(row.day, row)
        if other.kind is not row.kind:
            raise CalendarInvalid(
                Text(
                    f"{capital(full_date(row.day)).vi} vừa được công bố là ngày nghỉ vừa là ngày làm bù:"
                    f" {other.source}; {row.source}. Hãy tắt một trong hai.",
                    f"{full_date(row.day).en} is announced both as off and as worked:"
                    f" {other.source}; {row.source}. Switch one of them off.",
                ),
                day=row.day.isoformat(),
            )
    return found


def _check_years(rows: Iterable[Announcement], first_year: int, last_year: int) -> None:
    for row in rows:
        if not first_year <= row.day.year <= last_year + _FURTHEST_AHEAD:
            raise CalendarInvalid(
                Text(
                    f"Thông báo cho {plain_date(row.day)} nằm ngoài các năm {first_year}-{last_year + _FURTHEST_AHEAD}."
                    " Hãy kiểm tra lại năm.",
                    f"The announcement for {plain_date(row.day)} is outside {first_year}-{last_year + _FURTHEST_AHEAD}."
                    " Check the year.",
                ),
                day=row.day.isoformat(),
            )


@lru_cache(maxsize=8)
def _library(first_year: int, last_year: int) -> tuple[tuple[date, str, str], ...]:
    years = range(first_year, last_year + 1)
    import holidays  # noqa: PLC0415 - it loads the days of every country: only who builds a calendar waits for it

    vi = holidays.country_holidays("VN", years=years, language="vi")
    en = holidays.country_holidays("VN", years=years, language="en_US")
    return tuple((day, vi[day], en[day]) for day in sorted(vi))


def _law_days(first_year: int, last_year: int) -> tuple[set[date], dict[date, DayEntry]]:
    """Return the days of Tết and all days off by law: the library's, without swaps (announcements) and 24/11."""
    tet: set[date] = set()
    days: dict[date, DayEntry] = {}
    for day, vi, en in _library(first_year, last_year):
        if "thay cho ngày" in vi or _NOT_YET_LAW in vi:
            continue
        name = _office_name(vi, en)
        if name.vi == "Nghỉ Tết Nguyên đán":
            tet.add(day)
        days[day] = DayEntry(working=False, name=name, source=_LAW, status=AnnouncementStatus.ANNOUNCED)
    return tet, days


def _office_name(vi: str, en: str) -> Text:
    if "Nguyên Đán" in vi or vi == "29 Tết":
        return Text("Nghỉ Tết Nguyên đán", "Lunar New Year")
    if vi.endswith(_SUBSTITUTE):
        return Text(f"Nghỉ bù {_short(vi.removesuffix(_SUBSTITUTE))}", f"In lieu of {en.removesuffix(' (observed)')}")
    return Text(f"Nghỉ {_short(vi)}", en)


def _short(vi: str) -> str:
    name = vi.removeprefix("Ngày ")
    return "lễ " + name if name.startswith(("Chiến thắng", "Quốc tế")) else name


def _digest(days: Mapping[date, DayEntry], first: int, last: int, provisional: frozenset[int]) -> str:
    lines = [f"{first}-{last}", ",".join(map(str, sorted(provisional)))]
    lines += [f"{day} {e.working} {e.name.vi} {e.name.en} {e.source} {e.status}" for day, e in sorted(days.items())]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:10]
