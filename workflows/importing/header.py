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
from workflows.importing.headings import (
    AFTER_TRANSFER,
    BARE_DATES,
    BARE_NUMBER,
    DATE_BESIDE,
    EITHER_LETTER,
    RECEIPTS,
    SENT_FIELDS,
    Field,
)
from workflows.importing.known_headings import PETITION_HEADINGS, Headings, Need
from workflows.importing.mapping import ColumnMapping

SEARCHED_ROWS = 50
_LONGEST_HEADING = 150
_NUMBERED = re.compile(r"\(?[0-9]{1,2}\)?")
_FEWEST_NUMBERED = 3


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place (from 0), its heading as written, its meaning, and whether it is a box to tick.

    A box to tick stands under a heading that spans several columns, as “Lĩnh vực” does in the official annexes, or it
    stands alone and its heading is a value, as “Đang giải quyết” is. The heading of the ticked column is the value.
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
        """Return the column of the petition's text, which every list of petitions has."""
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


def heading_score(row: GridRow, mapping: ColumnMapping | None, headings: Headings = PETITION_HEADINGS) -> int:
    """Return how many different fields the cells of a row name; mapped headings count most, then what is needed."""
    meant = _Meanings(mapping, headings)
    fields = {meaning for text in _texts(row).values() if (meaning := meant.of(text))}
    mapped = sum(1 for text in _texts(row).values() if mapping and mapping.field(text))
    return 1000 * mapped + 100 * bool(fields & headings.needs[0].fields) + len(fields)


def find_header(
    rows: Sequence[GridRow], mapping: ColumnMapping | None, headings: Headings = PETITION_HEADINGS
) -> Header:
    """Return the header among the first rows of a table that has headings of this sort.

    Raises BadMapping if a mapped heading is absent or its field belongs to another sort of table, HeaderNotFound,
    TextColumnMissing if a column that is needed is missing, or ColumnsCollide if two columns mean the same.
    """
    if mapping and (foreign := mapping.fields - headings.fields):
        raise _foreign(foreign)

    def score(row: GridRow) -> int:
        return heading_score(row, mapping, headings)

    best = max(rows, key=lambda row: (score(row), -row.number), default=None)
    if best is None or not score(best):
        raise _nothing_known(mapping, headings)
    texts = _texts(best)
    if mapping and (absent := mapping.absent_from(tuple(texts.values()))):
        raise _absent(absent, tuple(texts.values()))
    if mapping is None and score(best) % 100 <= 1 and _is_doubtful(best, texts, rows):
        raise _nothing_known(None, headings)
    below = rows[rows.index(best) + 1] if rows[-1] is not best else None
    columns, last = _columns(best, texts, below, _Meanings(mapping, headings))
    columns = _by_neighbours(columns)
    _refuse_collisions(columns)
    if needed := next((need for need in headings.needs if not need.fields & {c.field for c in columns}), None):
        raise _missing(needed, columns, headings)
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


@dataclass(frozen=True, slots=True)
class _Meanings:
    """What headings mean: a mapping goes before what we know, and takes its fields for itself."""

    mapping: ColumnMapping | None
    headings: Headings

    def of(self, heading: str) -> Field | None:
        """Return the field of a heading."""
        if self.mapping and (mapped := self.mapping.field(heading)):
            return None if mapped is Field.OTHER else mapped
        known = self.headings.field(heading)
        return None if self.mapping and known in self.mapping.fields else known

    def column(self, index: int, heading: str) -> Column:
        """Return the column under a heading that stands alone."""
        meaning = self.of(heading)
        mapped = self.mapping is not None and self.mapping.field(heading) is not None
        return Column(index, heading, meaning, tick=bool(meaning) and not mapped and self.headings.is_box(heading))


def _is_doubtful(best: GridRow, texts: Mapping[int, str], rows: Iterable[GridRow]) -> bool:
    """Say whether a single known word is more likely a value inside a table that has no headings."""
    return len(texts) > 1 and any(
        row.number < best.number and len(row.cells) - sum(map(is_blank, row.cells)) > 1 for row in rows
    )


def _columns(
    row: GridRow, texts: Mapping[int, str], below: GridRow | None, meant: _Meanings
) -> tuple[tuple[Column, ...], int]:
    """Return the columns and the last row of headings; a second row may divide headings that span columns."""
    divided = _texts(below) if below else {}
    parents = {index: _parent(index, texts) for index in divided}
    if below is None or not _divides(below, divided, parents, texts, meant.headings):
        return tuple(meant.column(index, text) for index, text in texts.items()), row.number
    columns = []
    for index in sorted(texts.keys() | divided.keys()):
        parent = parents.get(index)
        if parent is None or index not in divided:
            columns.append(meant.column(index, texts[index]))
        else:
            columns.append(_divided(index, divided[index], parent, meant))
    return tuple(columns), below.number


def _divided(index: int, text: str, parent: str, meant: _Meanings) -> Column:
    """Return a column under a spanning heading: a box to tick, or a part such as number and date of a letter."""
    above = meant.of(parent)
    if above in meant.headings.ticked:
        return Column(index, text, above, tick=True)
    meaning = meant.of(f"{parent} {text}") or meant.of(text)
    return Column(index, text if meaning else f"{parent}: {text}", meaning)


def _parent(index: int, texts: Mapping[int, str]) -> str | None:
    """Return the heading that spans column `index`: its own, or the nearest to the left."""
    return next((texts[left] for left in range(index, -1, -1) if left in texts), None)


def _divides(
    below: GridRow,
    divided: Mapping[int, str],
    parents: Mapping[int, str | None],
    texts: Mapping[int, str],
    headings: Headings,
) -> bool:
    """Say whether the row below continues the headings: it only fills columns under headings that span several."""
    full = sum(not is_blank(cell) for cell in below.cells)
    if not divided or full != len(divided):
        return False
    added = divided.keys() - texts.keys()
    spans = all(parents[index] and (index in added or index + 1 in added) for index in divided)
    known = any(headings.field(text) for text in divided.values())
    ticks = any(headings.field(parents[index] or "") in headings.ticked for index in added)
    return bool(added) and spans and (known or ticks)


def _by_neighbours(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Settle headings by their company: “Ngày” and “Số” beside a letter are the letter's."""
    fields = frozenset(column.field for column in columns if column.field)
    settled: list[Column] = []
    for column in columns:
        left = settled[-1].field if settled else None
        settled.append(replace(column, field=_settled(column, left, fields)))
    return tuple(settled)


def _settled(column: Column, left: Field | None, fields: frozenset[Field]) -> Field | None:
    """Return what a column means right of a column that means `left`, in a table that has `fields`."""
    name = fold_words(column.heading)
    if column.field is Field.RECEIVED_ON and name in BARE_DATES and left in DATE_BESIDE:
        return DATE_BESIDE[left]
    if column.field is Field.RECEIVED_ON and name in RECEIPTS and left in SENT_FIELDS:
        return Field.UNIT_RECEIVED_ON
    if column.field is Field.LETTER and name in EITHER_LETTER and fields & AFTER_TRANSFER:
        return Field.TRANSFER
    if name == BARE_NUMBER and not fields & {Field.ORDINAL, Field.LETTER, Field.LETTER_DATE}:
        return Field.ORDINAL
    return column.field


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


def _foreign(fields: Iterable[Field]) -> BadMapping:
    names = ", ".join(sorted(fields))
    return BadMapping(
        Text(
            f"Tệp ánh xạ nêu trường “{names}” không dùng cho loại bảng này: bỏ đi, hoặc ghi “other”",
            f"The mapping names “{names}”, which this sort of table does not have: drop it or write “other”",
        ),
        field=names,
    )


def _nothing_known(mapping: ColumnMapping | None, headings: Headings) -> HeaderNotFound | BadMapping:
    if mapping and (absent := mapping.absent_from(())):
        return _absent(absent, ())
    wanted = "” và “".join(need.heading for need in headings.needs)
    return HeaderNotFound(
        Text(
            f"Không thấy dòng tiêu đề trong {SEARCHED_ROWS} dòng đầu: cần ít nhất cột “{wanted}”, hoặc một tệp ánh xạ",
            f"No headings in the first {SEARCHED_ROWS} rows: a column “{wanted}” or a mapping file is needed",
        )
    )


def _missing(need: Need, columns: tuple[Column, ...], headings: Headings) -> TextColumnMissing:
    known = headings.folded
    found = "”, “".join(column.heading for column in columns)
    free = [column.heading for column in columns if column.field is None]
    near = [name for name in free if process.extractOne(fold_words(name), known, scorer=fuzz.ratio, score_cutoff=70)]
    hint = Text(f" Có phải là “{near[0]}”?", f" Is it “{near[0]}”?") if near else Text("", "")
    return TextColumnMissing(
        Text(
            f"Thiếu cột {need.name.vi}. Các cột tìm thấy: “{found}”.{hint.vi} "
            f"Đổi tiêu đề thành “{need.heading}” hoặc dùng tệp ánh xạ",
            f"No column holds {need.name.en}. Found: “{found}”.{hint.en} "
            f"Name it “{need.heading}” or use a mapping file",
        ),
        headings=tuple(column.heading for column in columns),
    )
