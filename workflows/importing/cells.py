"""Cells: what a table holds, and how its text becomes clean without losing a word."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time
from typing import NamedTuple

Cell = str | int | float | bool | date | datetime | time | None
"""One cell as the file holds it. Dates in a spreadsheet are civil dates without a zone."""

FORMULA_ERRORS = frozenset({"#NAME?", "#REF!", "#VALUE!", "#N/A", "#DIV/0!", "#NUM!", "#NULL!"})

_START = 2_000
_EXACT = 1e15  # beyond it floats skip integers
# A soft hyphen between two figures stands for the dash that the writer saw (2011-2015); elsewhere it is invisible.
_DASH_BETWEEN_FIGURES = re.compile("(?<=[0-9])\u00ad(?=[0-9])")
_LINE_BREAKS = re.compile("_x000D_\r?\n?|\r\n?|[\u2028\u2029\u0085\v\f]")
_INVISIBLE: dict[int, str | None] = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"))
_BULLETS = {0xF0B7: "•", 0xF0A7: "•", 0xF02D: "-"}  # Word's bullets in the Symbol and Wingdings fonts
_SHAPES = _INVISIBLE | _BULLETS
# Control characters, reversals of the writing direction, and halves of surrogate pairs.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_BLANK_LINES = re.compile("\n{3,}")


class Cleaned(NamedTuple):
    """Clean text, and how many control characters had to be taken out of it."""

    text: str
    removed: int


_NOTHING = Cleaned("", 0)


def clean_text(value: Cell) -> Cleaned:
    """Return the text of a cell: NFC, single spaces, line breaks kept, at most one blank line in a row.

    No-break and other special spaces become spaces, invisible characters vanish. Control characters, reversals
    of the writing direction and broken code points are taken out and counted, because they may hide something.
    """
    if value is None or value == "":
        return _NOTHING
    seen = _LINE_BREAKS.sub("\n", _DASH_BETWEEN_FIGURES.sub("-", written(value))).translate(_SHAPES)
    kept, removed = _CONTROLS.subn("", seen)
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", kept).split("\n"))
    return Cleaned(_BLANK_LINES.sub("\n\n", "\n".join(lines)).strip(), removed)


def clean_line(value: Cell) -> Cleaned:
    """Return the same on one line, for names, codes and headings."""
    text, removed = clean_text(value)
    return Cleaned(" ".join(text.split()), removed)


def clean_start(value: Cell) -> str:
    """Return the beginning of the same line: enough to know headings, ordinals and short values by.

    A row is looked at many times before it is read, and a cell may hold megabytes.
    """
    return clean_line(value[:_START] if isinstance(value, str) else value).text


def written(value: Cell) -> str:
    """Return a typed cell as a person would write it: 3 for 3.0, 05/03/2026 for a date, nothing for None."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case float() if value.is_integer() and abs(value) < _EXACT:
            return str(int(value))
        case datetime() if value.time() != time():
            return f"{value:%d/%m/%Y %H:%M}"
        case date():
            return f"{value:%d/%m/%Y}"
        case _:
            return str(value)


def is_blank(value: Cell) -> bool:
    """Say whether nothing can be read in the cell."""
    if not isinstance(value, str):
        return value is None
    return not any(map(str.isalnum, value)) and not clean_line(value).text
