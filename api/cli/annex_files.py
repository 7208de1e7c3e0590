"""The annex of a paper as a file: one case per row, by its code, with the values that hold for it alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from api.cli.entering import value_for
from states.entries import Entry
from states.errors import BadInput
from states.folding import fold_words
from states.paper_acts import PaperAct
from states.text import Text
from states.wording import field_label
from workflows.enacting.orders import PaperRow
from workflows.enacting.paper import rows_of
from workflows.importing.cells import clean_text
from workflows.importing.grid import GridRow
from workflows.importing.tables import read_tables

_CODE, _ORDINAL, _AGENCY, _ON = "code", "ordinal", "agency", "on"
_KNOWN = {
    "ma": _CODE, "ma ho so": _CODE, "ma kien nghi": _CODE, "code": _CODE, "tt": _ORDINAL, "stt": _ORDINAL,
    "so thu tu": _ORDINAL, "ordinal": _ORDINAL, "co quan": _AGENCY, "agency": _AGENCY, "ngay": _ON, "on": _ON,
}  # fmt: skip
_SEARCHED = 30
_BRACKETS = re.compile(r"\([^()]*\)")


def rows_in(path: Path, act: PaperAct | None, *, today: date) -> list[PaperRow]:
    """Return the rows of an annex in a CSV, XLSX, XLS, XLSB, ODS or DOCX file.

    Its headings are "Mã", "STT", "Cơ quan", "Ngày" and the fields of the paper's moves, by name or by label. An empty
    cell says nothing. Raises: FileRefused, BadInput naming the heading or the row that cannot be understood.
    """
    if act is None:
        raise BadInput({"--act": Text("Nêu văn bản làm việc gì (--act)", "Say what the paper does (--act)")})
    fields = {form: name for entry in _forms(act) for name in entry.model_fields for form in _ways(entry, name)}
    names = _KNOWN | fields
    file = read_tables(
        path, score=lambda top: max((sum(_told(cell) in names for cell in row.cells) for row in top), default=0)
    )
    rows = [row for grid in file.grids for row in grid.rows()]
    head = next((row for row in islice(rows, _SEARCHED) if _CODE in map(names.get, map(_told, row.cells))), None)
    if head is None:
        raise BadInput({"--rows": Text("Phụ lục chưa có cột «Mã»", "The annex has no column “Code”")})
    columns = _columns(head, names)
    below = rows[rows.index(head) + 1 :]
    return [made for row in below if (made := _row(row, columns, act, today)) is not None]


def _forms(act: PaperAct) -> Iterable[type[Entry]]:
    return dict.fromkeys(row.needs for row in rows_of(act))


def _ways(entry: type[Entry], name: str) -> set[str]:
    label = field_label(entry, name)
    said = (name, *(form for text in (label.vi, label.en) for form in (text, _BRACKETS.sub(" ", text))))
    return {fold_words(form) for form in said}


def _told(cell: Any) -> str:
    return fold_words(clean_text(cell).text)


def _columns(head: GridRow, names: Mapping[str, str]) -> dict[int, str]:
    said = {index: clean_text(cell).text for index, cell in enumerate(head.cells)}
    strange = [text for text in said.values() if text and fold_words(text) not in names]
    if strange:
        listed = "», «".join(strange)
        raise BadInput({"--rows": Text(f"Chưa hiểu cột «{listed}»", f"Unknown columns “{listed}”")})
    return {index: names[fold_words(text)] for index, text in said.items() if text}


def _row(row: GridRow, columns: Mapping[int, str], act: PaperAct, today: date) -> PaperRow | None:
    cells = {name: clean_text(row.cell(index)).text for index, name in columns.items()}
    said = {name: text for name, text in cells.items() if text}
    if _CODE not in said:
        if not said:
            return None
        raise BadInput({"--rows": Text(f"Dòng {row.number}: chưa có mã hồ sơ", f"Row {row.number} has no code")})
    ordinal = said.pop(_ORDINAL, "").strip(".) ")
    code, agency, on = said.pop(_CODE), said.pop(_AGENCY, None), said.pop(_ON, None)
    place = f"--rows, dòng {row.number}"
    return PaperRow(
        code,
        ordinal=int(ordinal) if ordinal.isdecimal() else None,
        agency=agency,
        values={name: value_for(act, name, text, place=place, today=today) for name, text in said.items()},
        on=value_for(act, _ON, on, place=place, today=today) if on else None,
    )
