"""Reading a list of cases of one kind from a file: its headings, and row by row what they say."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from states.folding import fold, fold_words
from states.text import Text
from workflows.importing.cells import Cell, clean_start, is_blank
from workflows.importing.errors import BadMapping, HeaderNotFound, SheetNotFound, TextColumnMissing
from workflows.importing.filling import Filling
from workflows.importing.fingerprints import Fingerprints, origin_of
from workflows.importing.grid import Grid, GridRow
from workflows.importing.header import SEARCHED_ROWS, Column, Header
from workflows.importing.headings import Field
from workflows.importing.of_kinds.columns import ORDINAL, WHY_REJECTED, KindColumns
from workflows.importing.rows import SkippedRow
from workflows.importing.tables import DEFAULT_LIMITS, read_tables
from workflows.importing.walking import no_petition, row_as_line

_OTHER = "other"
_NEEDED = 1000


@dataclass(frozen=True, slots=True)
class KindRow:
    """One row: its number in the file, what it is known by, and the cells by their columns."""

    number: int
    fingerprint: str
    cells: Mapping[int, Cell]


@dataclass(frozen=True, eq=False, kw_only=True)
class KindSheet:
    """A list that is ready to be read; `meanings` say what each column may fill, in the order in which it is tried.

    `other_sheets` are further sheets that also hold such a list and are not read.
    """

    columns: KindColumns
    header: Header
    meanings: Mapping[int, tuple[str, ...]]
    origin: str
    sheet_name: str
    other_sheets: tuple[str, ...]
    grid: Grid

    @property
    def unknown_headings(self) -> tuple[str, ...]:
        """Return the headings that mean nothing for the kind."""
        return self.header.unknown

    def straight(self) -> Iterator[GridRow]:
        """Yield every row below the headings with what it shares with rows above."""
        filling = Filling(self.grid, self.header, fill_down=frozenset())
        return (filling.fill(row) for row in self.grid.rows() if row.number > self.header.row_number)

    def lines(self) -> Iterator[KindRow | SkippedRow]:
        """Yield the rows of the list and those that are none, from the top; may be walked any number of times."""
        fingerprints = Fingerprints(f"{self.columns.lifecycle.kind}:{self.origin}")
        aside = {c.index for c in self.header.columns if c.field in {Field.ORDINAL, Field.WHY_REJECTED}}
        for place, row in enumerate(self.straight()):
            reason = no_petition(row, self.header, first=place == 0)
            if reason is not None:
                yield SkippedRow(row.number, row_as_line(row), reason)
                continue
            cells = {index: cell for index, cell in enumerate(row.cells) if not is_blank(cell) and index not in aside}
            told = ((self.header.heading(index), cell) for index, cell in cells.items())
            yield KindRow(row.number, fingerprints.of(told), cells)


def read_kind(
    path: Path,
    columns: KindColumns,
    *,
    mapping: Mapping[str, str] | None = None,
    given: Iterable[str] = (),
    origin: str | None = None,
    sheet: str | None = None,
) -> KindSheet:
    """Return the list of cases in a CSV, XLSX, XLSB, ODS, XLS or DOCX file.

    `mapping` says of headings which column they are (`columns.names()`), `given` what needs no column. Raises one of
    `errors.FileRefused`.
    """
    said = _mapped(columns, mapping or {})

    def score(rows: Iterable[GridRow]) -> int:
        return max((_score(row, columns, said) for row in rows), default=0)

    file = read_tables(path, limits=DEFAULT_LIMITS, score=score)
    fitting = [grid for grid in file.grids if score(itertools.islice(grid.rows(), SEARCHED_ROWS))]
    chosen = _chosen(file.grids, fitting, columns, sheet)
    header, meanings = _header(chosen, columns, said)
    absent = [heading for heading in mapping or {} if fold_words(heading) not in _folded(header)]
    if absent:
        names = "”, “".join(absent)
        raise BadMapping(
            Text(f"Tệp ánh xạ nêu cột “{names}” mà tệp không có", f"The file has no column “{names}” of the mapping")
        )
    _require(columns, header, {name for names in meanings.values() for name in names} | set(given))
    base = origin_of(path) if origin is None else origin
    return KindSheet(
        columns=columns,
        header=header,
        meanings=meanings,
        origin=base if not fitting or chosen is fitting[0] else f"{base}#{chosen.name}",
        sheet_name=chosen.name,
        other_sheets=tuple(grid.name for grid in fitting if grid is not chosen),
        grid=chosen,
    )


def _mapped(columns: KindColumns, mapping: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    known = {*columns.names(), _OTHER}
    strange = [name for name in mapping.values() if name not in known]
    if strange:
        said, names = ", ".join(strange), ", ".join(sorted(known))
        raise BadMapping(
            Text(f"Không có trường “{said}”. Các trường: {names}", f"No field “{said}”. Fields: {names}"), field=said
        )
    return {fold_words(heading): () if name == _OTHER else (name,) for heading, name in mapping.items()}


def _meant(columns: KindColumns, said: Mapping[str, tuple[str, ...]], heading: str) -> tuple[str, ...]:
    known = said.get(fold_words(heading))
    return columns.meanings(heading) if known is None else known


def _score(row: GridRow, columns: KindColumns, said: Mapping[str, tuple[str, ...]]) -> int:
    """Return how many fields the cells of a row name; one that a row needs counts most, an ordinal alone is nothing."""
    named = [_meant(columns, said, clean_start(cell)) for cell in row.cells if not is_blank(cell)]
    fields = {name for names in named for name in names} - {ORDINAL, WHY_REJECTED}
    return _NEEDED * bool(fields & set(columns.required)) + len(fields) if fields else 0


def _chosen(grids: Iterable[Grid], fitting: list[Grid], columns: KindColumns, name: str | None) -> Grid:
    if name is not None:
        found = next((grid for grid in grids if fold(grid.name) == fold(name)), None)
        if found is None:
            names = "”, “".join(grid.name for grid in grids)
            vi, en = f"Không có trang tính “{name}”. Các trang: “{names}”", f"No sheet “{name}”. Sheets: “{names}”"
            raise SheetNotFound(Text(vi, en))
        return found
    if not fitting:
        labels = [columns.label(name) for name in columns.required]
        vi, en = ("”, “".join(label.read(language) for label in labels) for language in ("vi", "en"))
        raise HeaderNotFound(
            Text(
                f"Không thấy dòng tiêu đề trong {SEARCHED_ROWS} dòng đầu: cần các cột “{vi}”, hoặc một tệp ánh xạ",
                f"No headings in the first {SEARCHED_ROWS} rows: the columns “{en}” or a mapping file are needed",
            )
        )
    return fitting[0]


def _header(
    grid: Grid, columns: KindColumns, said: Mapping[str, tuple[str, ...]]
) -> tuple[Header, Mapping[int, tuple[str, ...]]]:
    """Return the best row of headings and what its columns fill; what two columns claim is the first one's."""
    top = list(itertools.islice(grid.rows(), SEARCHED_ROWS))
    best = max(top, key=lambda row: (_score(row, columns, said), -row.number))
    written = {index: clean_start(cell) for index, cell in enumerate(best.cells) if not is_blank(cell)}
    meanings: dict[int, tuple[str, ...]] = {}
    taken: set[str] = set()
    for index, heading in sorted(written.items(), key=lambda pair: len(_meant(columns, said, pair[1]))):
        meanings[index] = tuple(name for name in _meant(columns, said, heading) if name not in taken)
        taken |= set(meanings[index])
    fields = {index: columns.sort(names[0]) if names else None for index, names in meanings.items()}
    found = tuple(Column(index, heading, fields[index]) for index, heading in written.items())
    unknown = tuple(c.heading for c in found if c.field is None and fold_words(c.heading) not in said)
    return Header(best.number, found, unknown, len(best.cells), best.number), meanings


def _folded(header: Header) -> set[str]:
    return {fold_words(column.heading) for column in header.columns}


def _require(columns: KindColumns, header: Header, there: set[str]) -> None:
    missing = [columns.label(name) for name in columns.required if name not in there]
    if not missing:
        return
    found = "”, “".join(column.heading for column in header.columns)
    vi, en = ("”, “".join(label.read(language) for label in missing) for language in ("vi", "en"))
    raise TextColumnMissing(
        Text(
            f"Thiếu cột “{vi}”. Các cột tìm thấy: “{found}”. Thêm cột, cho giá trị chung, hoặc dùng tệp ánh xạ",
            f"No column holds “{en}”. Found: “{found}”. Add it, give a value for all rows, or use a mapping file",
        ),
        headings=tuple(column.heading for column in header.columns),
    )
