"""Rows of one list that are like each other: the earlier row that a new one nearly repeats."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from workflows.likeness import Degree, Likeness, Wording, likeness
from workflows.similar import TELLING

_COMMON = 200
"""A word of more rows than this tells nothing and is no longer looked for, which bounds time and memory."""
_CANDIDATES = 10


@dataclass(slots=True)
class Neighbours:
    """The rows of a list seen so far, by the words that tell most."""

    _rows: dict[int, Wording] = field(default_factory=dict)
    _by_word: dict[str, list[int]] = field(default_factory=dict)
    _own: dict[str, str] = field(default_factory=dict)

    def nearest(self, said: Wording) -> tuple[int, Likeness] | None:
        """Return the row that `said` is most like, of equal ones the first; None where none is near."""
        held = [rows for word in set(said.words) if 0 < len(rows := self._by_word.get(word, [])) <= _COMMON]
        shared = Counter(row for rows in sorted(held, key=len)[:TELLING] for row in rows)
        best: tuple[int, Likeness] | None = None
        for row, _ in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0]))[:_CANDIDATES]:
            alike = likeness(said, self._rows[row])
            better = best is None or (alike.score, -row) > (best[1].score, -best[0])
            if alike.degree is not Degree.OTHER and better:
                best = row, alike
        return best

    def add(self, row_number: int, said: Wording) -> None:
        """Let later rows be compared with this one."""
        # One object per word, whatever the number of rows: a long list repeats few words.
        words = tuple(self._own.setdefault(word, word) for word in said.words)
        self._rows[row_number] = Wording(words, said.numbers, said.names)
        for word in set(words):
            rows = self._by_word.setdefault(word, [])
            if len(rows) <= _COMMON:
                rows.append(row_number)
