"""What the Government announced about single days, as rows: shipped in a file, later a table of the office."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from typing import Any, TypeVar

from deadlines.errors import CalendarInvalid
from states.reckoning import AnnouncementKind, AnnouncementStatus
from states.text import Text

_Word = TypeVar("_Word", AnnouncementKind, AnnouncementStatus)
_FIELDS = {"day", "from", "to", "kind", "name", "source", "status", "enabled"}


@dataclass(frozen=True, slots=True)
class Announcement:
    """One day announced as off or as worked, with its source; a switched-off row changes no day."""

    day: date
    kind: AnnouncementKind
    name: Text
    source: str
    status: AnnouncementStatus
    enabled: bool = True


def shipped_announcements() -> tuple[Announcement, ...]:
    """Return the announcements that come with Dondoc."""
    return parse_announcements(_shipped_text(), origin="vietnam.toml")


def shipped_edition() -> str:
    """Return the edition of the shipped announcements, the readable part of the calendar's version."""
    return str(tomllib.loads(_shipped_text())["edition"])


def parse_announcements(text: str, *, origin: str) -> tuple[Announcement, ...]:
    """Read announcements from TOML; a row with `from` and `to` stands for every day of the span.

    Raises `CalendarInvalid` naming `origin`, the row and the field.
    """
    rows = tomllib.loads(text).get("announcement", [])
    return tuple(found for n, row in enumerate(rows, start=1) for found in _read(row, f"{origin}, announcement {n}"))


def _shipped_text() -> str:
    return (files("deadlines") / "calendars" / "vietnam.toml").read_text(encoding="utf-8")


def _read(row: Mapping[str, Any], where: str) -> Iterator[Announcement]:
    for unknown in sorted(row.keys() - _FIELDS):
        raise _wrong(where, unknown, "trường lạ", "unknown field")
    first = _date(row, "day" if "day" in row else "from", where)
    last = _date(row, "day" if "day" in row else "to", where)
    if last < first:
        raise _wrong(where, "to", "đứng trước ngày bắt đầu", "is before the first day")
    kind, status = _word(row, "kind", AnnouncementKind, where), _word(row, "status", AnnouncementStatus, where)
    name, source = row.get("name"), row.get("source")
    if not isinstance(name, dict) or not all(isinstance(name.get(k), str) and name[k] for k in ("vi", "en")):
        raise _wrong(where, "name", "cần tên tiếng Việt và tiếng Anh", "needs a Vietnamese and an English name")
    if not isinstance(source, str) or not source:
        raise _wrong(where, "source", "cần ghi nguồn", "needs its source")
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        yield Announcement(day, kind, Text(name["vi"], name["en"]), source, status, row.get("enabled", True) is True)


def _date(row: Mapping[str, object], name: str, where: str) -> date:
    value = row.get(name)
    if type(value) is not date:
        raise _wrong(where, name, "cần một ngày dạng 2026-01-02", "needs a date like 2026-01-02")
    return value


def _word(row: Mapping[str, object], name: str, kind: type[_Word], where: str) -> _Word:
    value = row.get(name)
    if value not in set(kind):
        words = ", ".join(kind)
        raise _wrong(where, name, f"phải là một trong: {words}", f"must be one of: {words}")
    return kind(str(value))


def _wrong(where: str, field: str, vi: str, en: str) -> CalendarInvalid:
    return CalendarInvalid(Text(f"{where}: «{field}» {vi}.", f"{where}: `{field}` {en}."), where=where, field=field)
