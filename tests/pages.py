"""Reads the table of a PDF back, cell by cell, from where its words stand on the pages."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from itertools import accumulate
from pathlib import Path

_POINT = 72 / 25.4
_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
_NEAR = 3.0
_MARGIN = 20 * _POINT


@dataclass(frozen=True, slots=True)
class Word:
    """A word and the middle of its line, in points from the upper left corner of its page."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page with its words in their order."""

    width: float
    height: float
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """All that stands on the page, without white space: a letter from another font makes a word of its own."""
        return "".join(word.text for word in self.words)

    def column(self, place: int, *, widths: Sequence[float], left: float = 30) -> str:
        """Return what stands in one column of a table, without white space and without the number of the page."""
        edges = _edges(widths, left)
        return "".join(w.text for w in self.words if w.y > _MARGIN and _column(w, edges) == place)

    @property
    def is_broad(self) -> bool:
        """Whether the page lies on its broad side."""
        return self.width > self.height


def pages_of(pdf: Path) -> list[Page]:
    """Return the pages of a PDF."""
    told = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, check=True).stdout.decode()
    return [
        Page(
            float(width),
            float(height),
            tuple(
                Word(float(x), (float(y) + float(bottom)) / 2, unescape(t))
                for x, y, _, bottom, t in _WORD.findall(body)
            ),
        )
        for width, height, body in _PAGE.findall(told)
    ]


def table_of(
    pages: Sequence[Page], *, head: Sequence[str], widths: Sequence[float], left: float = 30
) -> list[list[str]]:
    """Return the rows of a table without white space, read over all pages on which its head stands.

    A row begins where its ordinal stands in the first column; what stands between the head and the first one belongs
    to the row before. `left` and `widths` are millimetres. Fails where the head is not repeated.
    """
    edges = _edges(widths, left)
    rows: list[list[str]] = []
    for page in pages:
        first = [word for word in page.words if _column(word, edges) == 0]
        top = next((word.y for word in first if word.text == head[0]), None)
        if top is None:
            continue
        begins = [word.y for word in first if word.text.isdecimal() and word.y > top]
        here = [["" for _ in widths] for _ in range(len(begins) + 1)]
        for word in page.words:
            column = _column(word, edges)
            if column is not None and word.y > top - _NEAR:
                here[sum(word.y > y - _NEAR for y in begins)][column] += word.text
        for column, (name, text) in enumerate(zip(head, here[0], strict=True)):
            assert text.startswith(bare(name)), f"the head is not repeated: {text[:40]}"
            if rows:
                rows[-1][column] += text.removeprefix(bare(name))
        rows += here[1:]
    return rows


def _edges(widths: Sequence[float], left: float) -> list[float]:
    return [left * _POINT, *((left + width) * _POINT for width in accumulate(widths))]


def _column(word: Word, edges: Sequence[float]) -> int | None:
    found = sum(word.x >= edge for edge in edges) - 1
    return found if 0 <= found < len(edges) - 1 else None


def bare(text: str) -> str:
    """Return a text without white space."""
    return "".join(text.split())
