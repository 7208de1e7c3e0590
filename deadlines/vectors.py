"""Worked deadlines in a CSV file: read leniently, recomputed strictly, nothing skipped.

Columns (in any order, extra ones ignored): id, kieu ("lịch, tiến": which days and which direction), moc (the day of
the event, not counted), so_ngay, ngay_cuoi_chua_don (raw end), han_sau_don_ngay_nghi (end after days off). Dates may
carry their weekday ("2025-11-23 CN"), which is then verified. In working days the raw end is the end.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from deadlines.calendar import Calendar
from deadlines.errors import CalendarNotKnown, VectorsUnreadable
from deadlines.reckoning import Due, reckon
from deadlines.vector_words import COLUMNS, Row, RowNotUnderstood, Vector, folded, understand, with_weekday
from states.text import Text


@dataclass(frozen=True, slots=True)
class Difference:
    """One column of one row that comes out otherwise."""

    row: str
    line: int
    column: str
    expected: str
    computed: str


@dataclass(frozen=True, slots=True)
class RowError:
    """One row that cannot be expressed or computed, and why."""

    row: str
    line: int
    column: str
    text: Text


@dataclass(frozen=True, slots=True)
class Report:
    """What checking a file found. `ok` only if every row was computed and agrees."""

    rows: int
    passed: int
    differences: tuple[Difference, ...]
    errors: tuple[RowError, ...]

    @property
    def ok(self) -> bool:
        """Tell whether every row agrees."""
        return self.rows > 0 and self.passed == self.rows


def check_vectors(path: Path, calendar: Calendar) -> Report:
    """Recompute every vector of the file; raises `VectorsUnreadable` if the file itself cannot be read."""
    rows = read_vectors(path)
    differences: list[Difference] = []
    errors: list[RowError] = []
    passed = 0
    for row in rows:
        try:
            found = _compare(row, understand(row), calendar)
        except RowNotUnderstood as cannot:
            errors.append(RowError(row.id, row.line, cannot.column, cannot.text))
            continue
        differences += found
        passed += not found
    return Report(len(rows), passed, tuple(differences), tuple(errors))


def read_vectors(path: Path) -> list[Row]:
    """Read the rows of the file; blank lines are no rows. Raises `VectorsUnreadable`, saying what to mend."""
    lines = _lines(path)
    header = next((n for n, cells in enumerate(lines) if any(cell.strip() for cell in cells)), None)
    if header is None:
        raise VectorsUnreadable(Text(f"{path.name} trống.", f"{path.name} is empty."), file=path.name)
    places = _places(lines[header], path.name)
    rows = [
        Row(number, {name: cells[at].strip() if at < len(cells) else "" for name, at in places.items()})
        for number, cells in enumerate(lines[header + 1 :], start=header + 2)
        if any(cell.strip() for cell in cells)
    ]
    if not rows:
        raise VectorsUnreadable(
            Text(f"{path.name} có tiêu đề nhưng không có dòng nào.", f"{path.name} has a header and no rows."),
            file=path.name,
        )
    return rows


def _compare(row: Row, vector: Vector, calendar: Calendar) -> list[Difference]:
    due = _reckoned(vector, calendar)
    pairs = (("ngay_cuoi_chua_don", vector.raw_on, due.raw_on), ("han_sau_don_ngay_nghi", vector.on, due.on))
    return [
        Difference(row.id, row.line, column, with_weekday(expected), with_weekday(computed))
        for column, expected, computed in pairs
        if expected != computed
    ]


def _reckoned(vector: Vector, calendar: Calendar) -> Due:
    try:
        return reckon(vector.rule, vector.anchor, calendar)
    except CalendarNotKnown as unknown:
        raise RowNotUnderstood("moc", unknown.text.vi, unknown.text.en) from None
    except (OverflowError, ValueError):
        raise RowNotUnderstood("so_ngay", "kết quả vượt quá lịch dương", "the result is beyond the calendar") from None


def _lines(path: Path) -> list[list[str]]:
    text = _text(path)
    try:
        return list(csv.reader(io.StringIO(text), _dialect(text)))
    except csv.Error as error:
        raise VectorsUnreadable(
            Text(f"{path.name} không phải CSV đúng: {error}.", f"{path.name} is not valid CSV: {error}."),
            file=path.name,
        ) from None


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        raise VectorsUnreadable(
            Text(f"Không đọc được {path}: {why}.", f"Cannot read {path}: {why}."), file=str(path)
        ) from None
    try:
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        raise VectorsUnreadable(
            Text(
                f"{path.name} không phải UTF-8. Hãy lưu lại dạng CSV UTF-8.", f"{path.name} is not UTF-8. Save it so."
            ),
            file=path.name,
        ) from None


def _dialect(text: str) -> type[csv.Dialect]:
    first = next((line for line in text.splitlines() if line.strip()), "")

    class Found(csv.excel):
        delimiter = max(",;\t", key=first.count)

    return Found


def _places(header: list[str], file: str) -> dict[str, int]:
    """Find the columns by name, forgiving case, diacritics and remarks in brackets."""
    names = [re.sub(r"[\s_]+", "_", folded(cell.split("(")[0]).strip()) for cell in header]
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        listed = ", ".join(missing)
        raise VectorsUnreadable(
            Text(f"{file} thiếu cột: {listed}.", f"{file} lacks columns: {listed}."), file=file, missing=missing
        )
    return {name: names.index(name) for name in COLUMNS}
