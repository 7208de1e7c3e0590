"""Reading one table of a regulation file, field by field, with errors that name file, table and field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from deadlines.errors import RegulationInvalid
from deadlines.reckoning import Length
from states.reckoning import DayUnit
from states.text import Text

_Word = TypeVar("_Word", bound=StrEnum)
_LENGTH = re.compile(r"(\d{1,4}) (?:(working|calendar) days?|(weeks?)|(months?)|(years?))")
_LONGEST = 3_660
_DAYS_A_WEEK = 7
_MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of one table; every field read is remembered, so that `done` finds the strange ones."""

    values: Mapping[str, Any]
    origin: str
    where: str
    asked: set[str] = field(default_factory=set)

    @classmethod
    def over(cls, row: object, *, origin: str, where: str) -> Fields:
        """Read `row`, which must be a table."""
        if isinstance(row, Mapping):
            return cls({str(name): value for name, value in row.items()}, origin, where)
        raise cls({}, origin, where).wrong("", "phải là một bảng", "must be a table")

    def renamed(self, where: str) -> Fields:
        """Return the same fields under a better name for messages."""
        return replace(self, where=where)

    def wrong(self, name: str, vi: str, en: str) -> RegulationInvalid:
        """Return the refusal of field `name`."""
        return RegulationInvalid(
            Text(f"{self.origin}, {self.where}, «{name}»: {vi}.", f"{self.origin}, {self.where}, `{name}`: {en}."),
            file=self.origin,
            limit=self.where,
            field=name,
        )

    def has(self, name: str) -> bool:
        """Tell whether the field is written."""
        return self._get(name) is not None

    def text(self, name: str) -> str:
        """Read a text that must be there."""
        value = self._get(name)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(name, "cần có", "is needed")
        return value

    def optional_text(self, name: str) -> str | None:
        """Read a text that may be absent."""
        return self.text(name) if self.has(name) else None

    def texts(self, name: str) -> tuple[str, ...]:
        """Read one text or a list of texts; absent is none."""
        value = self._get(name)
        items = [value] if isinstance(value, str) else [] if value is None else value
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            raise self.wrong(name, "phải là một hoặc nhiều chuỗi chữ", "must be a text or a list of texts")
        return tuple(items)

    def rows(self, name: str) -> list[object]:
        """Read a list of tables; absent is none."""
        value = self._get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.wrong(name, "phải là danh sách", "must be a list")
        return value

    def both(self, name: str) -> Text:
        """Read a label in both languages; both must be there."""
        value = self._get(name)
        if (
            isinstance(value, Mapping)
            and set(value) == {"vi", "en"}
            and all(isinstance(v, str) for v in value.values())
        ):
            return Text(value["vi"], value["en"])
        raise self.wrong(name, "cần { vi = …, en = … }", "needs { vi = …, en = … }")

    def flag(self, name: str, *, default: bool) -> bool:
        """Read a switch: true or false, "on" or "off"."""
        value = self._get(name)
        if value is None:
            return default
        if value not in (True, False, "on", "off"):
            raise self.wrong(name, "phải là «on» hoặc «off»", 'must be "on" or "off"')
        return value in (True, "on")

    def word(self, name: str, kind: type[_Word], default: _Word | None = None) -> _Word:
        """Read a word of a closed list."""
        if default is not None and not self.has(name):
            return default
        return self._one_of(name, kind, self.text(name))

    def words(self, name: str, kind: type[_Word]) -> tuple[_Word, ...]:
        """Read one or several words of a closed list."""
        return tuple(self._one_of(name, kind, said) for said in self.texts(name))

    def optional_word(self, name: str, kind: type[_Word]) -> _Word | None:
        """Read a word of a closed list that may be absent."""
        return self.word(name, kind) if self.has(name) else None

    def optional_date(self, name: str) -> date | None:
        """Read a civil date, written as a date or as "2026-03-01"."""
        value = self._get(name)
        if value is None or type(value) is date:
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            raise self.wrong(name, f"không phải một ngày: {value}", f"is no date: {value}") from None

    def length(self, name: str) -> Length:
        """Read "30 calendar days", "7 working days", "2 weeks", "3 months", "1 year"."""
        said = self.text(name)
        found = _LENGTH.fullmatch(said)
        length = None if found is None else _length(found)
        if length is None or not 1 <= length.count <= _LONGEST:
            forms = '"30 calendar days", "7 working days", "3 months"'
            raise self.wrong(
                name, f"không hiểu «{said}»; viết ví dụ {forms}", f"cannot read {said!r}; write for example {forms}"
            )
        return length

    def pairs(self, name: str) -> dict[str, str]:
        """Read a table of texts; absent is empty."""
        value = self._get(name)
        if value is None:
            return {}
        if not isinstance(value, Mapping) or not all(isinstance(v, str) for v in value.values()):
            raise self.wrong(name, "phải là bảng các chuỗi chữ", "must be a table of texts")
        return {str(key): said for key, said in value.items()}

    def inner(self, name: str) -> Fields | None:
        """Read a table inside this one, None when absent."""
        value = self._get(name)
        return None if value is None else Fields.over(value, origin=self.origin, where=f"{self.where}, {name}")

    def done(self) -> None:
        """Refuse fields that nobody asked for: a misspelt switch must not be silently ignored."""
        for name in sorted(self.values.keys() - self.asked):
            raise self.wrong(name, "không có trường này", "there is no such field")

    def _get(self, name: str) -> Any:
        self.asked.add(name)
        return self.values.get(name)

    def _one_of(self, name: str, kind: type[_Word], said: str) -> _Word:
        if said not in set(kind):
            known = ", ".join(kind)
            raise self.wrong(name, f"không biết «{said}»; có: {known}", f"does not know {said!r}; it knows: {known}")
        return kind(said)


def _length(found: re.Match[str]) -> Length:
    count, unit, weeks, _months, years = found.groups()
    if unit:
        return Length(int(count), DayUnit(unit))
    if weeks:
        return Length(int(count) * _DAYS_A_WEEK, DayUnit.CALENDAR)
    return Length(int(count) * (_MONTHS_A_YEAR if years else 1), DayUnit.MONTH)


def written_length(length: Length) -> str:
    """Return a length as it is written in a file."""
    noun = "month" if length.unit is DayUnit.MONTH else f"{length.unit} day"
    return f"{length.count} {noun}{'' if length.count == 1 else 's'}"
