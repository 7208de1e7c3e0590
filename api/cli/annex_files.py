"""The annex of a paper as a file: one case per row, by its code, with the values that hold for it alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from api.cli.desk import read_day
from api.cli.entering import value_for
from states.entries import Entry
from states.errors import BadInput
from states.folding import fold_words
from states.kinds import KINDS
from states.lifecycle import Transition
from states.paper_acts import PaperAct
from states.text import Text
from states.wording import field_label
from workflows.enacting.orders import PaperRow
from workflows.enacting.paper import rows_of
from workflows.importing.cells import clean_text
from workflows.importing.grid import GridRow
from workflows.importing.tables import read_tables

# No field of a form is called so: a form may have an agency or a code of its own.
_CODE, _ORDINAL, _AGENCY, _ON, _MOVE = ":code", ":ordinal", ":agency", ":on", ":move"
_KNOWN = {
    "ma": _CODE, "ma ho so": _CODE, "ma kien nghi": _CODE, "code": _CODE, "tt": _ORDINAL, "stt": _ORDINAL,
    "so thu tu": _ORDINAL, "ordinal": _ORDINAL, "co quan": _AGENCY, "agency": _AGENCY, "ngay": _ON, "on": _ON,
}  # fmt: skip
_MOVES = dict.fromkeys(("viec", "viec can ghi", "move", "trigger"), _MOVE)
_SEARCHED = 30
_BRACKETS = re.compile(r"\([^()]*\)")


def rows_in(path: Path, act: PaperAct | None, trigger: str | None = None, *, today: date) -> list[PaperRow]:
    """Return the rows of an annex in a CSV, XLSX, XLS, XLSB, ODS or DOCX file.

    Its headings are "Mã", "STT", "Cơ quan", "Ngày", in a paper of `moves` "Việc", and the fields of the paper's moves,
    by name or by label. An empty cell says nothing. Raises: FileRefused, BadInput naming the heading or the row that
    cannot be understood.
    """
    if act is None:
        raise BadInput({"--act": Text("Nêu văn bản làm việc gì (--act)", "Say what the paper does (--act)")})
    known = _KNOWN | (_MOVES if act is PaperAct.MOVES else {})
    file = read_tables(path, score=lambda top: max((_told_of(row, known) for row in top), default=0))
    rows = [row for grid in file.grids for row in grid.rows()]
    head = next((row for row in islice(rows, _SEARCHED) if _CODE in _places(row, known)), None)
    if head is None:
        raise BadInput({"--rows": Text("Phụ lục chưa có cột «Mã»", "The annex has no column “Code”")})
    below = rows[rows.index(head) + 1 :]
    place = _places(head, known).get(_MOVE)
    moves = [None if place is None else _trigger(row, place) for row in below]
    moved = rows_of(act, {said for said in (trigger, *moves) if said})
    columns = _columns(head, known, moved)
    made = (_row(row, columns, moved, said, today) for row, said in zip(below, moves, strict=True))
    return [row for row in made if row is not None]


def _told_of(row: GridRow, known: Mapping[str, str]) -> int:
    """Say how much a row looks like the heading of an annex."""
    places = _places(row, known)
    return len(places) if _CODE in places else 0


def _places(row: GridRow, known: Mapping[str, str]) -> dict[str, int]:
    """Return in which columns the headings stand that do not depend on the moves."""
    told = ((known.get(_told(cell)), index) for index, cell in enumerate(row.cells))
    return {name: index for name, index in told if name is not None}


def _trigger(row: GridRow, place: int) -> str | None:
    """Return the trigger that a cell names by its code or its label, None where it is blank.

    Raises: BadInput for what no kind of case knows.
    """
    written = clean_text(row.cell(place)).text
    rows = (move for kind in KINDS.values() for table in kind.tables for move in table.transitions)
    ways = ((move.trigger, {fold_words(name) for name in (move.trigger, *move.label)}) for move in rows)
    found = next((trigger for trigger, said in ways if fold_words(written) in said), None)
    if written and found is None:
        vi = f"Dòng {row.number}: không loại hồ sơ nào có việc «{written}»"
        raise BadInput({"--rows": Text(vi, f"Row {row.number}: no kind of case has “{written}”")})
    return found


def _ways(entry: type[Entry], name: str) -> set[str]:
    label = field_label(entry, name)
    said = (name, *(form for text in (label.vi, label.en) for form in (text, _BRACKETS.sub(" ", text))))
    return {fold_words(form) for form in said}


def _told(cell: Any) -> str:
    return fold_words(clean_text(cell).text)


def _columns(head: GridRow, known: Mapping[str, str], moved: Sequence[Transition]) -> dict[int, str]:
    forms = dict.fromkeys(row.needs for row in moved)
    names = dict(known) | {form: name for entry in forms for name in entry.model_fields for form in _ways(entry, name)}
    said = {index: clean_text(cell).text for index, cell in enumerate(head.cells)}
    strange = [text for text in said.values() if text and fold_words(text) not in names]
    if strange:
        listed = "», «".join(strange)
        raise BadInput({"--rows": Text(f"Chưa hiểu cột «{listed}»", f"Unknown columns “{listed}”")})
    return {index: names[fold_words(text)] for index, text in said.items() if text}


def _row(
    row: GridRow, columns: Mapping[int, str], moved: Sequence[Transition], trigger: str | None, today: date
) -> PaperRow | None:
    cells = ((name, clean_text(row.cell(index)).text) for index, name in columns.items() if name != _MOVE)
    filled = [(name, text) for name, text in cells if text]
    said = dict(filled)
    if len(said) < len(filled):
        # Several moves may call one field differently, each in a column of its own; a row says it in one of them.
        vi = f"Dòng {row.number}: hai cột cùng nói một trường"
        raise BadInput({"--rows": Text(vi, f"Row {row.number}: two columns say the same field")})
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
        values={n: value_for(moved, n, text, place=f"{place}, {n}", today=today) for n, text in said.items()},
        on=read_day(on, field=place, today=today) if on else None,
        trigger=trigger,
    )
