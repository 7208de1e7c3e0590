"""A council written down in one workbook: sheets for the council, its agencies, people, localities and sessions.

Sheet names, headings and words may be Vietnamese or English, with or without diacritics. Every fault is reported with
its sheet, row and column, all at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from states.errors import BadInput
from states.folding import fold_words
from states.labelled import LABELS
from states.text import Text
from states.vocabulary import AgencyKind, Level, Role, SessionKind
from states.wording import problems_of
from workflows.councils import AgencySpec, CouncilSpec, PersonSpec, SessionSpec, TermSpec
from workflows.importing.cells import Cell, clean_line, is_blank
from workflows.importing.contents import Format, Limits, examine
from workflows.importing.dates import DateProblem, read_date
from workflows.importing.spooled import SheetGrid, read_workbook

_Spec = TypeVar("_Spec", bound=BaseModel)
_SMALL = Limits(file_bytes=16 << 20, unpacked_bytes=64 << 20, rows=20_000, columns=64, seconds=30)

COUNCIL, AGENCIES, PEOPLE, LOCALITIES, SESSIONS = "council", "agencies", "people", "localities", "sessions"
SHEETS: Mapping[str, tuple[str, ...]] = {
    COUNCIL: ("hội đồng", "council"),
    AGENCIES: ("cơ quan", "agencies"),
    PEOPLE: ("người", "cán bộ", "people"),
    LOCALITIES: ("địa bàn", "thôn", "localities"),
    SESSIONS: ("kỳ họp", "sessions"),
}
HEADINGS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    COUNCIL: {
        "code": ("mã", "code"),
        "name": ("tên", "tên hội đồng", "name"),
        "level": ("cấp", "level"),
        "province": ("tỉnh", "tỉnh thành phố", "province"),
        "term_code": ("khóa", "nhiệm kỳ", "term"),
        "term_from": ("nhiệm kỳ từ", "từ ngày", "term from"),
        "term_to": ("nhiệm kỳ đến", "đến ngày", "term to"),
    },
    AGENCIES: {
        "code": ("mã", "code"),
        "name": ("tên", "tên cơ quan", "name"),
        "kind": ("loại", "loại cơ quan", "kind"),
        "level": ("cấp", "level"),
        "aliases": ("tên khác", "viết tắt", "aliases"),
        "valid_from": ("từ ngày", "from"),
        "valid_to": ("đến ngày", "to"),
        "successor": ("kế thừa", "cơ quan kế thừa", "successor"),
        "contact": ("liên hệ", "contact"),
    },
    PEOPLE: {
        "full_name": ("họ và tên", "họ tên", "name"),
        "agency": ("cơ quan", "mã cơ quan", "agency"),
        "role": ("vai trò", "role"),
        "capacity": ("chức vụ", "chức danh", "capacity"),
        "login": ("tài khoản", "login"),
        "valid_from": ("từ ngày", "from"),
        "valid_to": ("đến ngày", "to"),
    },
    LOCALITIES: {"name": ("tên", "thôn", "địa bàn", "name")},
    SESSIONS: {
        "code": ("mã", "code"),
        "name": ("tên", "tên kỳ họp", "name"),
        "kind": ("loại", "kind"),
        "opening_on": ("khai mạc", "ngày khai mạc", "opening"),
        "closing_on": ("bế mạc", "ngày bế mạc", "closing"),
    },
}
_WORDS: Mapping[tuple[str, str], type[StrEnum]] = {
    (COUNCIL, "level"): Level,
    (AGENCIES, "level"): Level,
    (AGENCIES, "kind"): AgencyKind,
    (PEOPLE, "role"): Role,
    (SESSIONS, "kind"): SessionKind,
}
_DAYS = frozenset({"valid_from", "valid_to", "opening_on", "closing_on", "term_from", "term_to"})


@dataclass(slots=True)
class _Reading:
    """One workbook being read: what is wrong so far, and what day it is for dates with two-figure years."""

    today: date
    problems: dict[str, Text] = field(default_factory=dict)

    def wrong(self, place: str, text: Text) -> None:
        """Remember a fault at its place."""
        self.problems[place] = Text(f"{place}: {text.vi}", f"{place}: {text.en}")


def read_council(path: Path, *, today: date) -> CouncilSpec:
    """Return the council written in the workbook at `path`.

    Raises: BadInput naming each sheet, row and column that cannot be used, FileRefused when it is no workbook.
    """
    format_found = examine(path, limits=_SMALL)
    if format_found in {Format.TEXT, Format.DOCX}:
        raise BadInput(
            {"file": Text("Cần một bảng tính .xlsx có các trang, không phải CSV hay Word", "Give a workbook (.xlsx)")}
        )
    reading = _Reading(today)
    sheets = read_workbook(path, format_found, limits=_SMALL)
    found = {what: sheet for sheet in sheets if (what := _meaning(sheet.name)) is not None}
    if COUNCIL not in found:
        raise BadInput(
            {"file": Text("Thiếu trang «Hội đồng» (mã, tên)", "The sheet “Council” (code, name) is missing")}
        )
    head = _pairs(reading, found[COUNCIL])
    spec = {
        "agencies": _rows(reading, AGENCIES, found.get(AGENCIES), AgencySpec),
        "people": _rows(reading, PEOPLE, found.get(PEOPLE), PersonSpec),
        "sessions": _rows(reading, SESSIONS, found.get(SESSIONS), SessionSpec),
        "localities": tuple(
            row["name"] for _, row in _table(reading, LOCALITIES, found.get(LOCALITIES)) if "name" in row
        ),
        "term": _term(reading, head),
    }
    whole = _made(reading, COUNCIL, found[COUNCIL].name, CouncilSpec, {**head, **{k: v for k, v in spec.items() if v}})
    if reading.problems or whole is None:
        raise BadInput(reading.problems)
    return whole


def _meaning(name: str) -> str | None:
    return next((what for what, names in SHEETS.items() if _same(name, names)), None)


def _same(written: str, names: tuple[str, ...]) -> bool:
    return fold_words(written) in {fold_words(name) for name in names}


def _pairs(reading: _Reading, sheet: SheetGrid) -> dict[str, Any]:
    """Read a sheet of two columns: what is meant on the left, its value on the right."""
    found: dict[str, Any] = {}
    for row in sheet.rows():
        name = _heading(COUNCIL, row.cell(0))
        place = f"{sheet.name}, dòng {row.number}"
        if name is None:
            reading.wrong(place, Text(f"không hiểu «{clean_line(row.cell(0)).text}»", "unknown line"))
        elif not is_blank(row.cell(1)):
            found |= _value(reading, COUNCIL, name, row.cell(1), place)
    return found


def _heading(what: str, cell: Cell) -> str | None:
    written = clean_line(cell).text
    return next((name for name, words in HEADINGS[what].items() if _same(written, words)), None)


def _table(reading: _Reading, what: str, sheet: SheetGrid | None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Read a sheet whose first row holds the headings; yield each row with its place."""
    if sheet is None:
        return
    rows = sheet.rows()
    top = next(rows, None)
    if top is None:
        return
    columns = {n: _heading(what, cell) for n, cell in enumerate(top.cells) if not is_blank(cell)}
    for n, name in columns.items():
        if name is None:
            known = ", ".join(words[0] for words in HEADINGS[what].values())
            written = clean_line(top.cell(n)).text
            reading.wrong(
                f"{sheet.name}, «{written}»", Text(f"cột lạ; các cột có: {known}", f"unknown column; {known}")
            )
    for row in rows:
        place = f"{sheet.name}, dòng {row.number}"
        values: dict[str, Any] = {}
        for n, name in columns.items():
            if name is not None and not is_blank(row.cell(n)):
                values |= _value(reading, what, name, row.cell(n), place)
        yield place, values


def _value(reading: _Reading, what: str, name: str, cell: Cell, place: str) -> dict[str, Any]:
    written = clean_line(cell).text
    if name in _DAYS:
        day = read_date(cell, today=reading.today)
        if isinstance(day, DateProblem):
            reading.wrong(f"{place}, {HEADINGS[what][name][0]}", day.text)
            return {}
        return {name: day}
    if name == "aliases":
        return {name: tuple(part.strip() for part in written.split(";") if part.strip())}
    if (what, name) in _WORDS:
        member = _word(_WORDS[what, name], written)
        if member is None:
            known = ", ".join(LABELS[word].vi for word in _WORDS[what, name])
            reading.wrong(f"{place}, {HEADINGS[what][name][0]}", Text(f"«{written}» phải là một trong: {known}", known))
            return {}
        return {name: member}
    return {name: written}


def _word(words: type[StrEnum], written: str) -> StrEnum | None:
    """Return the member of a vocabulary that is written by its value or by its label in either language."""
    asked = fold_words(written)
    return next((w for w in words if asked in {fold_words(w.value), *map(fold_words, LABELS[w])}), None)


def _rows(reading: _Reading, what: str, sheet: SheetGrid | None, model: type[_Spec]) -> tuple[_Spec, ...]:
    made = (_made(reading, what, place, model, values) for place, values in _table(reading, what, sheet))
    return tuple(item for item in made if item is not None)


def _made(reading: _Reading, what: str, place: str, model: type[_Spec], values: Mapping[str, Any]) -> _Spec | None:
    kept = {name: value for name, value in values.items() if name in model.model_fields}
    try:
        return model.model_validate(kept)
    except ValidationError as error:
        # What was written and not understood is a fault already; it is not missing as well.
        if not any(known.startswith(f"{place}, ") for known in reading.problems):
            for name, text in problems_of(model, error).items():
                said = HEADINGS[what].get(name, (name,))[0]
                reading.wrong(f"{place}, {said}", Text(text.vi.replace(f"«{name}» ", ""), text.en))
        return None


def _term(reading: _Reading, head: Mapping[str, Any]) -> TermSpec | None:
    if "term_code" not in head:
        return None
    if "term_from" not in head:
        reading.wrong("Nhiệm kỳ", Text("chưa nhập ngày bắt đầu (nhiệm kỳ từ)", "its first day (term from) is missing"))
        return None
    code = str(head["term_code"])
    return TermSpec(code=code, name=code, starts_on=head["term_from"], ends_on=head.get("term_to"))
