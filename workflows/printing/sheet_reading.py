"""Reads a follow-up sheet that came back, as workbook or Word file: rows by their code alone, nothing guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, unique
from pathlib import Path

from states.errors import BadInput
from states.folding import fold_words
from states.text import Text
from workflows.importing.cells import Cell, clean_line, clean_text
from workflows.importing.dates import DateProblem, date_doubt, read_date
from workflows.importing.grid import Grid, GridRow
from workflows.importing.tables import read_tables
from workflows.printing.followup import MARKER

_CODE = re.compile(r"[A-Z0-9]{2,12}-[A-Z]{2,4}-[0-9]{2}-[0-9]{4,6}")
_LONGEST = 20_000
_SEARCHED = 40


@unique
class Heading(Enum):
    """What a column of the sheet means, by the words that may stand above it."""

    CODE = ("ma", "ma kien nghi", "ma ho so", "ma so", "so kien nghi", "code")
    PROGRESS = ("tien do", "tien do giai quyet", "ket qua thuc hien", "tien do thuc hien", "progress")
    OBSTACLE = ("kho khan vuong mac", "kho khan", "vuong mac", "kho khan vuong mac neu co", "obstacle")
    EXPECTED = ("du kien xong", "du kien hoan thanh", "ngay du kien xong", "thoi gian du kien xong", "expected")
    VERSION = ("ban", "phien ban", "version")


_MEANINGS = {name: heading for heading in Heading for name in heading.value}
_FILLED = (Heading.PROGRESS, Heading.OBSTACLE, Heading.EXPECTED)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of the sheet. `problem` says why it cannot be taken; `doubts` are to be looked at."""

    number: int
    code: str
    words: str | None = None
    obstacle: str | None = None
    expected_on: date | None = None
    version: int | None = None
    problem: Text | None = None
    doubts: tuple[Text, ...] = ()

    @property
    def is_filled(self) -> bool:
        """Say whether the unit wrote anything."""
        return bool(self.words or self.obstacle or self.expected_on or self.problem)


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A sheet as it was read: whose it says it is and of which day, where it says so, and its rows."""

    council: str | None
    agency: str | None
    day: date | None
    rows: tuple[SheetRow, ...]


def read_sheet(path: Path, *, today: date) -> ReadSheet:
    """Return what stands in a follow-up sheet (XLSX, XLS, ODS, CSV, DOCX).

    Raises: one of `importing.errors.FileRefused`, BadInput when no table has a column of codes.
    """
    file = read_tables(path, score=_score)
    lines = [p.text for p in file.paragraphs] + [t for grid in file.grids for t in _texts_above(grid)]
    found = next((m for line in lines if (m := MARKER.search(line))), None)
    rows: list[SheetRow] = []
    headed = False
    for grid in file.grids:
        columns = _columns(grid)
        if columns is not None:
            headed = True
            rows += _rows(grid, columns, today=today)
    if not headed:
        raise BadInput(
            {
                "file": Text(
                    "Tệp không có bảng nào có cột «Mã» và cột «Tiến độ»: dùng phiếu do hệ thống in ra",
                    "No table of the file has the columns “Mã” and “Tiến độ”: use a printed sheet",
                )
            }
        )
    return ReadSheet(
        found["council"] if found else None,
        found["agency"] if found else None,
        _day(found["day"]) if found else None,
        tuple(_without_doubles(rows)),
    )


def _score(rows: Iterable[GridRow]) -> int:
    """Return how many headings of a sheet the best row has."""
    return max((len(_meanings(row)) for row in rows), default=0)


def _meanings(row: GridRow) -> dict[Heading, int]:
    found: dict[Heading, int] = {}
    for place, cell in enumerate(row.cells):
        meaning = _MEANINGS.get(fold_words(clean_line(cell).text))
        if meaning is not None:
            found.setdefault(meaning, place)
    return found


def _columns(grid: Grid) -> tuple[int, Mapping[Heading, int]] | None:
    """Return the row of headings and where each column is; None where the table is none of ours."""
    for row in _top(grid):
        found = _meanings(row)
        if Heading.CODE in found and Heading.PROGRESS in found:
            return row.number, found
    return None


def _top(grid: Grid) -> Iterator[GridRow]:
    for seen, row in enumerate(grid.rows()):
        if seen >= _SEARCHED:
            return
        yield row


def _texts_above(grid: Grid) -> Iterator[str]:
    for row in _top(grid):
        yield from (clean_line(cell).text for cell in row.cells if isinstance(cell, str))


def _rows(grid: Grid, columns: tuple[int, Mapping[Heading, int]], *, today: date) -> Iterator[SheetRow]:
    head, places = columns
    for row in grid.rows():
        if row.number <= head or _meanings(row).keys() >= {Heading.CODE, Heading.PROGRESS}:
            continue
        cells = {heading: row.cell(place) for heading, place in places.items()}
        code = clean_line(cells[Heading.CODE]).text.upper()
        filled = any(clean_text(cells.get(heading)).text for heading in _FILLED)
        if _CODE.fullmatch(code) or (code and filled):
            yield _row(row.number, code, cells, today=today)
        elif filled:
            yield SheetRow(row.number, "", problem=Text("Dòng có nội dung mà thiếu mã", "The row lacks its code"))


def _row(number: int, code: str, cells: Mapping[Heading, Cell], *, today: date) -> SheetRow:
    if not _CODE.fullmatch(code):
        return SheetRow(
            number, code[:60], problem=Text(f"«{code[:60]}» không phải một mã kiến nghị", "This is no code")
        )
    words, obstacle = (clean_text(cells.get(h)).text for h in (Heading.PROGRESS, Heading.OBSTACLE))
    expected, problem, doubts = _expected(cells.get(Heading.EXPECTED), today=today)
    if isinstance(expected, str):
        words = f"{words}\nDự kiến xong: {expected}".strip()
    too_long = [name for name, text in (("Tiến độ", words), ("Khó khăn", obstacle)) if len(text) > _LONGEST]
    if too_long and problem is None:
        said = ", ".join(too_long)
        problem = Text(f"«{said}» dài quá {_LONGEST} ký tự", f"“{said}” is longer than {_LONGEST} characters")
    return SheetRow(
        number,
        code,
        words[:_LONGEST] or None,
        obstacle[:_LONGEST] or None,
        expected if isinstance(expected, date) else None,
        _version(cells.get(Heading.VERSION)),
        problem,
        tuple(doubts),
    )


def _expected(cell: Cell, *, today: date) -> tuple[date | str | None, Text | None, list[Text]]:
    """Return the day, or the words where a quarter or an event stands there; a day that does not exist is a problem."""
    written = clean_line(cell).text
    if not written:
        return None, None, []
    found = read_date(cell, today=today)
    if not isinstance(found, DateProblem):
        doubt = date_doubt(found, today=today)
        past = Text("Ngày dự kiến xong đã qua", "The expected day is past") if found < today else None
        return found, None, [said for said in (doubt, past) if said]
    if found.code == "date_unreadable" and found.suggestion is None and not isinstance(cell, int | float):
        kept = Text(f"«{written}» không phải ngày, ghi vào tiến độ", f"“{written}” is no day: kept with the progress")
        return written, None, [kept]
    return None, Text(f"Dự kiến xong: {found.text.vi}", f"Expected: {found.text.en}"), []


def _version(cell: Cell) -> int | None:
    written = clean_line(cell).text
    return int(written) if written.isdecimal() and len(written) < 7 else None  # noqa: PLR2004 - a version has few figures


def _day(figures: str) -> date | None:
    try:
        return date(int(figures[:4]), int(figures[4:6]), int(figures[6:]))
    except ValueError:
        return None


def _without_doubles(rows: Sequence[SheetRow]) -> Iterator[SheetRow]:
    """Refuse the second of two filled rows of one code: which of them counts is for a person to say."""
    first: dict[str, SheetRow] = {}
    for row in rows:
        known = first.get(row.code) if row.code and row.is_filled else None
        if known is not None:
            again = Text(f"Mã này đã có ở dòng {known.number}", f"The code stands in row {known.number} already")
            yield SheetRow(row.number, row.code, row.words, row.obstacle, row.expected_on, row.version, again)
            continue
        if row.code and row.is_filled:
            first[row.code] = row
        yield row
