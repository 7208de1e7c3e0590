"""A table that goes out of the office, before it is a file: columns over frozen rows, totals, notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, unique
from typing import Any

from states.text import Text


@unique
class Holds(Enum):
    """What a column holds: words, a whole number, a share in percent, a short word in the middle."""

    WORDS = "words"
    NUMBER = "number"
    SHARE = "share"
    MARK = "mark"


@unique
class Paper(Enum):
    """The sheet that the table is printed on, always landscape; the value is Excel's number of it."""

    A4 = 9
    A3 = 8


@dataclass(frozen=True, slots=True)
class Column:
    """One column: heading, the attribute of a row that stands in it, width in characters, spanning heading above."""

    heading: str
    attribute: str
    width: float
    holds: Holds = Holds.WORDS
    above: str | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """What could not be printed as it stands: in which row (its code), in which column, and what was done."""

    where: str
    column: str
    text: Text


@dataclass(slots=True)
class Closing:
    """What stands under the rows: totals as rows of the same columns, notes as lines. Filled while rows are made."""

    totals: list[Any] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Table:
    """A table to be written. `rows` may be walked once; `close` is asked when the last row has been made.

    `key` is the attribute by which a row is named in the list of troubles. `across`: all columns on one page; else the
    first `keeps` of them are repeated on the pages beside. `marker` is a line in small print by which a table that
    comes back is recognised.
    """

    name: str
    title: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Iterable[Any]
    close: Callable[[], Closing] = Closing
    key: str = "code"
    paper: Paper = Paper.A4
    across: bool = True
    marker: str = ""
    keeps: int = 0

    @property
    def spans(self) -> Iterator[tuple[int, int, str]]:
        """Yield each spanning heading with its first and last column."""
        start = 0
        while start < len(self.columns):
            above = self.columns[start].above
            last = start
            while above and last + 1 < len(self.columns) and self.columns[last + 1].above == above:
                last += 1
            if above:
                yield start, last, above
            start = last + 1


def trouble_lines(troubles: Sequence[Trouble]) -> list[str]:
    """Return the troubles of a file as lines that are printed under its table."""
    if not troubles:
        return []
    lines = [f"Có {len(troubles)} ô không in được nguyên văn:"]
    return (
        lines
        + [f"- {t.where or '?'}, cột «{t.column}»: {t.text.vi}" for t in troubles[:_SHOWN]]
        + ([f"… và {len(troubles) - _SHOWN} ô nữa."] if len(troubles) > _SHOWN else [])
    )


def value_of(record: Any, attribute: str) -> Any:
    """Return what a row holds in a column: rows are frozen views, or mappings where the columns are not fixed."""
    return record.get(attribute) if isinstance(record, dict) else getattr(record, attribute)


_SHOWN = 200
