"""Finding the row of headings, and what each column means."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from states.folding import fold_words
from states.text import Text
from workflows.importing.cells import clean_start, is_blank
from workflows.importing.errors import BadMapping, ColumnsCollide, HeaderNotFound, TextColumnMissing
from workflows.importing.grid import GridRow
from workflows.importing.headings import BARE_DATES, BARE_NUMBER, LETTER_FIELDS, Field, all_headings, known_field
from workflows.importing.mapping import ColumnMapping

SEARCHED_ROWS = 50
_LONGEST_HEADING = 150
_NUMBERED = re.compile(r"\(?[0-9]{1,2}\)?")
_FEWEST_NUMBERED = 3


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place (from 0), its heading as written, its meaning, and whether it is a box to tick.

    A box to tick stands under a heading that spans several columns, as “Lĩnh vực” does in the official annexes;
    the heading of the ticked column is then the value.
    """

    index: int
    heading: str
    field: Field | None
    tick: bool = False


@dataclass(frozen=True)
class Header:
    """The headings of a table: the last and the first row they take, and the columns from left to right."""

    row_number: int
    columns: tuple[Column, ...]
    unknown: tuple[str, ...]
    spread: int
    """How many cells the row of headings has, blank ones too."""
    first_row: int

    def column(self, meaning: Field) -> Column | None:
        """Return the column that holds a field, or None; boxes to tick are no such column."""
        return next((column for column in self.columns if column.field is meaning and not column.tick), None)

    def columns_of(self, fields: Container[Field]) -> tuple[str, ...]:
        """Return the headings over the columns of some fields."""
        return tuple(column.heading for column in self.columns if column.field and column.field in fields)

    @property
    def text(self) -> Column:
        """Return the column of the petition's text, which every header has."""
        return next(column for column in self.columns if column.field is Field.TEXT)

    def heading(self, index: int) -> str:
        """Return the heading over a column; its letter when there is none."""
        named = (column.heading for column in self.columns if column.index == index)
        return next(named, column_letter(index))


def column_letter(index: int) -> str:
    """Return the letters of a column as spreadsheets show them: 0 is A, 26 is AA."""
    letters = ""
    rest = index + 1
    while rest:
        rest, place = divmod(rest - 1, 26)
        letters = chr(ord("A") + place) + letters
    return f"(cột {letters})"


def heading_score(row: GridRow, mapping: ColumnMapping | None) -> int:
    """Return how many different fields the cells of a row name; mapped headings count most, then the text's."""
    seen = [_meaning(text, mapping) for text in _texts(row).values()]
    fields = {meaning for meaning in seen if meaning}
    mapped = sum(1 for text in _texts(row).values() if mapping and mapping.field(text))
    return 1000 * mapped + 100 * (Field.TEXT in fields) + len(fields)


def find_header(rows: Sequence[GridRow], mapping: ColumnMapping | None) -> Header:
    """Return the header among the first rows of a table.

    Raises BadMapping if a mapped heading is absent, HeaderNotFound, TextColumnMissing, or ColumnsCollide if two
    columns mean the same.
    """
    best = max(rows, key=lambda row: (heading_score(row, mapping), -row.number), default=None)
    if best is None or not heading_score(best, mapping):
        raise _nothing_known(mapping)
    texts = _texts(best)
    if mapping and (absent := mapping.absent_from(tuple(texts.values()))):
        raise _absent(absent, tuple(texts.values()))
    if _is_doubtful(best, rows, mapping):
        raise _nothing_known(None)
    below = rows[rows.index(best) + 1] if rows[-1] is not best else None
    columns, last = _columns(best, texts, below, mapping)
    columns = _by_neighbours(columns)
    _refuse_collisions(columns)
    if not any(column.field is Field.TEXT for column in columns):
        raise _no_text(columns)
    unknown = tuple(c.heading for c in columns if c.field is None and not (mapping and mapping.field(c.heading)))
    spread = max(len(row.cells) for row in (best, *([below] if below and last == below.number else [])))
    return Header(last, columns, unknown, spread, best.number)


def is_column_numbers(row: GridRow, header: Header) -> bool:
    """Say whether the row under the headings only numbers the columns: (1), (2), (3)."""
    cells = [clean_start(cell) for cell in row.cells if not is_blank(cell)]
    return len(cells) >= min(_FEWEST_NUMBERED, len(header.columns)) and all(map(_NUMBERED.fullmatch, cells))


def repeats_headings(row: GridRow, header: Header) -> bool:
    """Say whether the row repeats the headings, as lists do at the top of every printed page."""
    texts = _texts(row)
    written = {column.index: fold_words(column.heading) for column in header.columns}
    return len(texts) > 1 and all(fold_words(text) == written.get(index) for index, text in texts.items())


def _texts(row: GridRow) -> Mapping[int, str]:
    texts = ((index, clean_start(cell)) for index, cell in enumerate(row.cells) if not is_blank(cell))
    return {index: text for index, text in texts if len(text) <= _LONGEST_HEADING}


def _meaning(heading: str, mapping: ColumnMapping | None) -> Field | None:
    """Return the field of a heading; a mapping goes before what we know, and takes its fields for itself."""
    if mapping and (mapped := mapping.field(heading)):
        return None if mapped is Field.OTHER else mapped
    known = known_field(heading)
    return None if mapping and known in mapping.fields else known


def _is_doubtful(best: GridRow, rows: Iterable[GridRow], mapping: ColumnMapping | None) -> bool:
    """Say whether a single known word is more likely a value inside a table that has no headings."""
    if mapping or heading_score(best, mapping) % 100 > 1 or len(_texts(best)) == 1:
        return False
    return any(row.number < best.number and len(row.cells) - sum(map(is_blank, row.cells)) > 1 for row in rows)


def _columns(
    row: GridRow, texts: Mapping[int, str], below: GridRow | None, mapping: ColumnMapping | None
) -> tuple[tuple[Column, ...], int]:
    """Return the columns and the last row of headings; a second row may divide headings that span columns."""
    divided = _texts(below) if below else {}
    parents = {index: _parent(index, texts) for index in divided}
    if below is None or not _divides(below, divided, parents, texts):
        return tuple(Column(index, text, _meaning(text, mapping)) for index, text in texts.items()), row.number
    columns = []
    for index in sorted(texts.keys() | divided.keys()):
        parent = parents.get(index)
        if parent is None or index not in divided:
            columns.append(Column(index, texts[index], _meaning(texts[index], mapping)))
        else:
            columns.append(_divided(index, divided[index], parent, mapping))
    return tuple(columns), below.number


def _divided(index: int, text: str, parent: str, mapping: ColumnMapping | None) -> Column:
    """Return a column under a spanning heading: a box to tick, or a part such as number and date of a letter."""
    above = _meaning(parent, mapping)
    if above is Field.SUBJECT:
        return Column(index, text, Field.SUBJECT, tick=True)
    meaning = _meaning(f"{parent} {text}", mapping) or _meaning(text, mapping)
    return Column(index, text if meaning else f"{parent}: {text}", meaning)


def _parent(index: int, texts: Mapping[int, str]) -> str | None:
    """Return the heading that spans column `index`: its own, or the nearest to the left."""
    return next((texts[left] for left in range(index, -1, -1) if left in texts), None)


def _divides(
    below: GridRow, divided: Mapping[int, str], parents: Mapping[int, str | None], texts: Mapping[int, str]
) -> bool:
    """Say whether the row below continues the headings: it only fills columns under headings that span several."""
    full = sum(not is_blank(cell) for cell in below.cells)
    if not divided or full != len(divided):
        return False
    added = divided.keys() - texts.keys()
    spans = all(parents[index] and (index in added or index + 1 in added) for index in divided)
    known = any(known_field(text) for text in divided.values())
    ticks = any(known_field(parents[index] or "") is Field.SUBJECT for index in added)
    return bool(added) and spans and (known or ticks)


def _by_neighbours(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Settle bare headings by their company: “Ngày” and “Số” beside a letter are the letter's."""
    fields = {column.field for column in columns}
    settled = []
    for place, column in enumerate(columns):
        name = fold_words(column.heading)
        left = columns[place - 1].field if place else None
        if name in BARE_DATES and column.field is Field.RECEIVED_ON and left in LETTER_FIELDS:
            settled.append(replace(column, field=Field.LETTER_DATE))
        elif name == BARE_NUMBER and not fields & {Field.ORDINAL, Field.LETTER, Field.LETTER_DATE}:
            settled.append(replace(column, field=Field.ORDINAL))
        else:
            settled.append(column)
    return tuple(settled)


def _refuse_collisions(columns: Iterable[Column]) -> None:
    taken: dict[Field, Column] = {}
    for column in columns:
        if column.field is None or column.tick:
            continue
        if column.field in taken:
            raise _collision(taken[column.field], column)
        taken[column.field] = column


def _collision(first: Column, second: Column) -> ColumnsCollide:
    meaning = first.field or Field.OTHER
    one, two = (f"“{c.heading}” {column_letter(c.index)}" for c in (first, second))
    return ColumnsCollide(
        Text(
            f"Hai cột {one} và {two} cùng là “{meaning.label.vi}”: dùng tệp ánh xạ để chọn, cột còn lại ghi “other”",
            f"Both {one} and {two} mean “{meaning.label.en}”: choose with a mapping file and map the other to “other”",
        ),
        field=meaning.value,
        headings=(first.heading, second.heading),
    )


def _absent(absent: tuple[str, ...], headings: tuple[str, ...]) -> BadMapping:
    missing, present = "”, “".join(absent), "”, “".join(headings)
    return BadMapping(
        Text(
            f"Tệp ánh xạ nêu cột “{missing}” mà tệp không có. Các cột của tệp: “{present}”",
            f"The mapping names “{missing}”, which the file does not have. Its headings: “{present}”",
        ),
        absent=absent,
    )


def _nothing_known(mapping: ColumnMapping | None) -> HeaderNotFound | BadMapping:
    if mapping and (absent := mapping.absent_from(())):
        return _absent(absent, ())
    return HeaderNotFound(
        Text(
            f"Không thấy dòng tiêu đề trong {SEARCHED_ROWS} dòng đầu: cần ít nhất cột “Nội dung kiến nghị”, "
            "hoặc một tệp ánh xạ",
            f"No headings in the first {SEARCHED_ROWS} rows: a column “Nội dung kiến nghị” or a mapping file is needed",
        )
    )


def _no_text(columns: tuple[Column, ...]) -> TextColumnMissing:
    headings = "”, “".join(column.heading for column in columns)
    free = [column.heading for column in columns if column.field is None]
    near = [name for name in free if process.extractOne(fold_words(name), _FOLDED, scorer=fuzz.ratio, score_cutoff=70)]
    hint = Text(f" Có phải là “{near[0]}”?", f" Is it “{near[0]}”?") if near else Text("", "")
    return TextColumnMissing(
        Text(
            f"Thiếu cột nội dung kiến nghị. Các cột tìm thấy: “{headings}”.{hint.vi} "
            "Đổi tiêu đề thành “Nội dung kiến nghị” hoặc dùng tệp ánh xạ",
            f"No column holds the petition's text. Found: “{headings}”.{hint.en} "
            "Name it “Nội dung kiến nghị” or use a mapping file",
        ),
        headings=tuple(column.heading for column in columns),
    )


_FOLDED = tuple(map(fold_words, all_headings()))
