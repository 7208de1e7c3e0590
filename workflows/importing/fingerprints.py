"""Recognising a source row that was read before, and texts that are the same words.

The origin of a file is the base name without extension, in NFC: the same list saved as CSV and as XLSX is one
origin, a renamed copy is another file. So feeding a file twice adds nothing, while a row of another file that
repeats a known text is accepted and proposed as a repeat.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from states.folding import fold_words
from workflows.importing.cells import Cell, clean_line, clean_text


def origin_of(path: Path) -> str:
    """Return the logical origin of a file: its name without folder and extension, composed (NFC), on one clean line."""
    return clean_line(path.stem).text


class Fingerprints:
    """Hands out the fingerprint of each row of one reading, in the order of the file.

    It covers the origin, the content of all cells under their headings, and which occurrence of this content in
    the file it is. The ordinal is left out and empty cells do not count: inserting a row renumbers the rest,
    moving or adding a column changes no petition, and neither makes old rows new.
    """

    def __init__(self, origin: str) -> None:
        self._origin = origin
        self._seen: Counter[bytes] = Counter()

    def of(self, cells: Iterable[tuple[str, Cell]]) -> str:
        """Return the fingerprint (64 hex digits) of the next row, given its cells with their headings."""
        content = sorted((fold_words(heading), clean_text(cell).text) for heading, cell in cells)
        told = json.dumps([pair for pair in content if pair[1]], ensure_ascii=False)
        digest = hashlib.sha256(told.encode()).digest()
        self._seen[digest] += 1
        whole = json.dumps([self._origin, digest.hex(), self._seen[digest]], ensure_ascii=False)
        return hashlib.sha256(whole.encode()).hexdigest()
