"""Text files with delimiters (CSV, TSV), read in a stream."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from states.text import Text
from workflows.importing.cells import is_blank
from workflows.importing.contents import Limits, too_large
from workflows.importing.encoding import sniff_encoding
from workflows.importing.errors import UnclosedQuote
from workflows.importing.grid import GridRow

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_CHARS = 256 << 10
_SAMPLE_ROWS = 60
_HINT = re.compile(r"sep=(.)\s*", re.IGNORECASE)  # a first line that Excel writes and hides

Score = Callable[[Iterable[GridRow]], int]


@dataclass(frozen=True, eq=False)
class TextGrid:
    """A text file as a table; the row number is the number that a spreadsheet program would show."""

    path: Path
    encoding: str
    delimiter: str
    limits: Limits
    skip_hint: bool = False
    name: str = ""
    merged: Mapping[tuple[int, int], int] = field(default_factory=dict)
    strict_width: bool = True

    def rows(self) -> Iterator[GridRow]:
        """Yield the rows that are not blank. Raises UnclosedQuote, or FileTooLarge for a monstrous cell."""
        with self.path.open(encoding=self.encoding, newline="") as file:
            lines = _Remembering(file)
            if self.skip_hint:
                next(lines, None)
            yield from _numbered(lines, delimiter=self.delimiter, limits=self.limits)


def open_text(path: Path, *, score: Score, limits: Limits) -> TextGrid:
    """Return the table of a text file after sniffing encoding and delimiter.

    `score` says how well the first rows of a reading fit known headings; the best delimiter wins, then the one
    that splits most evenly.
    """
    encoding = sniff_encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        sample = file.read(_SAMPLE_CHARS)
    hint = _HINT.fullmatch(sample.split("\n", 1)[0].strip("\r"))
    if hint:
        return TextGrid(path, encoding, hint[1], limits, skip_hint=True)
    return TextGrid(path, encoding, _best_delimiter(sample, score=score, limits=limits), limits)


def _best_delimiter(sample: str, *, score: Score, limits: Limits) -> str:
    def merit(delimiter: str) -> tuple[int, int]:
        read = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        rows = [GridRow(n, tuple(row)) for n, row in enumerate(itertools.islice(read, _SAMPLE_ROWS), start=1)]
        widths = [len(row.cells) for row in rows if len(row.cells) > 1]
        return score(rows), max(map(widths.count, widths), default=0)

    csv.field_size_limit(limits.cell_chars)
    return max(DELIMITERS, key=merit)


def _numbered(lines: _Remembering, *, delimiter: str, limits: Limits) -> Iterator[GridRow]:
    csv.field_size_limit(limits.cell_chars)
    reader = csv.reader(lines, delimiter=delimiter)
    number = 0
    while True:
        lines.forget()
        try:
            cells = next(reader, None)
        except csv.Error as wrong:
            raise _unclosed(number + 1) from wrong
        if cells is None:
            return
        number += 1
        if number > limits.rows:
            raise too_large(Text(f"Tệp có hơn {limits.rows} dòng", f"The file has more than {limits.rows} rows"))
        if len(cells) > limits.columns:
            raise too_large(Text(f"Dòng {number} có {len(cells)} cột", f"Row {number} has {len(cells)} columns"))
        if (lines.ended or len(lines.remembered) > 1) and _swallows(lines.remembered, delimiter=delimiter):
            raise _unclosed(number)
        if not all(map(is_blank, cells)):
            yield GridRow(number, tuple(cells))


def _swallows(lines: Iterable[str], *, delimiter: str) -> bool:
    """Say whether a record of several lines has unpaired quotation marks: it has probably swallowed other rows.

    The lenient reader would hide this. In a record of one line stray quotation marks harm nobody, unless the file
    ends inside them.
    """
    try:
        deque(csv.reader(lines, delimiter=delimiter, strict=True), maxlen=0)
    except csv.Error:
        return True
    return False


def _unclosed(number: int) -> UnclosedQuote:
    return UnclosedQuote(
        Text(
            f"Dòng {number}: dấu ngoặc kép mở mà không đóng đúng chỗ, nuốt các dòng sau vào một ô. Sửa dấu ngoặc kép",
            f"Row {number}: a quotation mark is not closed where it should be and swallows the next rows. Mend it",
        ),
        row=number,
    )


class _Remembering:
    """An iterator over lines that keeps those of the current record, and knows when the file has ended."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self.remembered: list[str] = []
        self.ended = False

    def __iter__(self) -> _Remembering:
        return self

    def __next__(self) -> str:
        try:
            line = next(self._lines)
        except StopIteration:
            self.ended = True
            raise
        self.remembered.append(line)
        return line

    def forget(self) -> None:
        """Begin a new record."""
        self.remembered.clear()
