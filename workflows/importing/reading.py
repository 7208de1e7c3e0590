"""Reading a list of petitions from a file: the public door of this package.

Pure but for opening the file: no database, no clock. The file is read in a stream as often as `rows` is walked.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from states.folding import fold
from states.text import Text
from workflows.importing.contents import Format, Limits
from workflows.importing.delimited import TextGrid
from workflows.importing.errors import (
    BadMapping,
    FileRefused,
    HeaderNotFound,
    SheetNotFound,
    TextColumnMissing,
)
from workflows.importing.filling import require_columns
from workflows.importing.fingerprints import origin_of
from workflows.importing.grid import Grid, GridRow
from workflows.importing.header import (
    SEARCHED_ROWS,
    Header,
    find_header,
    heading_score,
)
from workflows.importing.headings import Field
from workflows.importing.mapping import ColumnMapping
from workflows.importing.rows import PetitionRow, SkippedRow
from workflows.importing.tables import DEFAULT_LIMITS, read_tables
from workflows.importing.walking import Read, walk


@dataclass(frozen=True, eq=False, kw_only=True)
class Sheet:
    """A list of petitions that is ready to be read: what the file is, and what its columns mean.

    In a Word file each table is a sheet, “Bảng 1” and so on.

    `encoding` and `delimiter` are empty for workbooks, `sheet_name` for text files. `other_sheets` are further
    visible sheets that also hold petitions and are not read; the office should be told. `fill_down` are the fields
    in which a blank cell says what the one above says.
    """

    header: Header
    format: Format
    origin: str
    encoding: str
    delimiter: str
    sheet_name: str
    other_sheets: tuple[str, ...]
    today: date
    limits: Limits
    grid: Grid
    fill_down: frozenset[Field] = frozenset()

    @property
    def headings(self) -> tuple[str, ...]:
        """Return all headings from left to right."""
        return tuple(column.heading for column in self.header.columns)

    @property
    def columns(self) -> Mapping[str, Field]:
        """Return the headings that have a meaning, with it."""
        return {column.heading: column.field for column in self.header.columns if column.field}

    @property
    def unknown_headings(self) -> tuple[str, ...]:
        """Return the headings without a known meaning; their cells are kept in `other`."""
        return self.header.unknown

    def rows(self) -> Iterator[PetitionRow]:
        """Yield the petitions, rejected ones too, from the top; may be walked any number of times."""
        return (line for line in self.lines() if isinstance(line, PetitionRow))

    def lines(self) -> Iterator[PetitionRow | SkippedRow]:
        """Yield the petitions and the rows that are none, from the top. Raises UnclosedQuote or FileTooLarge."""
        return (read.line for read in self.read())

    def straight(self) -> Iterator[GridRow]:
        """Yield the cells of every row below the headings, as it was read. Raises the same."""
        return (read.row for read in self.read())

    def read(self) -> Iterator[Read]:
        """Yield the same with the cells that they were read from. Raises the same."""
        return walk(
            self.grid,
            self.header,
            origin=self.origin,
            today=self.today,
            limits=self.limits,
            fill_down=self.fill_down,
            has_pages=self.format is Format.DOCX,
        )


def read_petitions(
    path: Path,
    *,
    today: date,
    mapping: ColumnMapping | None = None,
    origin: str | None = None,
    sheet: str | None = None,
    fill_down: frozenset[Field] = frozenset(),
    limits: Limits = DEFAULT_LIMITS,
) -> Sheet:
    """Return the list of petitions in a CSV, XLSX, XLSB, ODS, XLS or DOCX file.

    `today` (civil date) only dates two-figure years and unlikely dates. `origin` is the logical origin of the
    fingerprints, by default the file's base name without extension; a sheet other than the default one adds its
    name. Without `sheet` the first visible sheet with known headings is read.
    Cells merged with one above say what it says; a blank cell does only in the fields of `fill_down`.
    Raises one of `errors.FileRefused`; faults of single rows are in the rows.
    """

    def score(rows: Iterable[GridRow]) -> int:
        return max((heading_score(row, mapping) for row in rows), default=0)

    file = read_tables(path, limits=limits, score=score)
    headers = _headers(file.grids, mapping)
    default = next(iter(headers))
    chosen = default if sheet is None else _asked(file.grids, headers, sheet, mapping=mapping)
    require_columns(fill_down, headers[chosen])
    base = origin_of(path) if origin is None else origin
    return Sheet(
        header=headers[chosen],
        format=file.format,
        origin=base if chosen is default else f"{base}#{chosen.name}",
        encoding=chosen.encoding if isinstance(chosen, TextGrid) else "",
        delimiter=chosen.delimiter if isinstance(chosen, TextGrid) else "",
        sheet_name=chosen.name,
        other_sheets=tuple(grid.name for grid in headers if grid is not chosen),
        today=today,
        limits=limits,
        grid=chosen,
        fill_down=fill_down,
    )


def _top(grid: Grid) -> list[GridRow]:
    return list(itertools.islice(grid.rows(), SEARCHED_ROWS))


def _headers(grids: Iterable[Grid], mapping: ColumnMapping | None) -> dict[Grid, Header]:
    """Return the headers of the tables that hold petitions; if none does, refuse as the most telling one would."""
    headers: dict[Grid, Header] = {}
    refusals: list[FileRefused] = []
    for grid in grids:
        try:
            headers[grid] = find_header(_top(grid), mapping)
        except (HeaderNotFound, TextColumnMissing, BadMapping) as refusal:
            refusals.append(refusal)
    if not headers:
        raise min(refusals, key=lambda refusal: isinstance(refusal, HeaderNotFound))
    return headers


def _asked(grids: Iterable[Grid], headers: dict[Grid, Header], name: str, *, mapping: ColumnMapping | None) -> Grid:
    """Return the sheet of this name. Raises SheetNotFound, or what is wrong with its headings."""
    for grid in grids:
        if fold(grid.name) == fold(name):
            headers.setdefault(grid, headers.get(grid) or find_header(_top(grid), mapping))
            return grid
    names = "”, “".join(grid.name for grid in grids)
    raise SheetNotFound(
        Text(f"Không có trang tính “{name}”. Các trang: “{names}”", f"There is no sheet “{name}”. Sheets: “{names}”")
    )
