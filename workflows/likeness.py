"""How alike two texts are: a score over their folded words, and what one says that the other does not.

Petitions are written to a pattern: "sửa đường vào bản A" and "sửa đường vào bản B" share nearly all words and are two
roads. So words alone never decide: where each of two texts names a number or a place that the other lacks, they are
not alike at all; where each has any word that the other lacks, a person decides. The thresholds are measured by
`python -m benchmarks.similar`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum, unique

from rapidfuzz.distance import LCSseq, Levenshtein

from states.folding import fold_words

SAME = 97.0
"""From this score on, with nothing said differently, two texts are one petition: about a twelfth may be added."""
NEAR = 84.0
"""From this score on two texts are shown to a person as perhaps the same: half of one may be missing in the other."""
NOTHING = 0.0
_LEAST_WORDS = 4
_LONG_NAME = 4
_WORD = re.compile(r"\w+")
_OPENS = re.compile(r"(?:^|[.!?:;\n\-+*“”\"(/])\s*$")


@unique
class Degree(StrEnum):
    """What a score means."""

    SAME = "same"
    NEAR = "near"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Likeness:
    """A score from 0 to 100 and what it means."""

    score: float
    degree: Degree

    @property
    def percent(self) -> int:
        """Return the score as people read it; only the same words are 100."""
        return int(self.score)


UNLIKE = Likeness(NOTHING, Degree.OTHER)


@dataclass(frozen=True, slots=True)
class Wording:
    """A text made ready to be compared: its folded words in order of the alphabet, numbers and names among them.

    `names` are the folded words with a capital letter inside a sentence; a text without its letters has none.
    """

    words: tuple[str, ...]
    numbers: frozenset[str]
    names: frozenset[str] = frozenset()


def wording(text: str) -> Wording:
    """Return `text` made ready to be compared."""
    return _wording(fold_words(text).split(), names_in(text))


def folded_wording(folded: str) -> Wording:
    """Return a text of which only the folded words are at hand; which of them are names is not known."""
    return _wording(folded.split(), frozenset())


def _wording(words: list[str], names: frozenset[str]) -> Wording:
    # "3.4. Cử tri đề nghị": the number of the row in its list is no part of what is asked.
    first = next((n for n, word in enumerate(words) if not word.isdecimal()), 0)
    kept = sorted(words[first:])
    return Wording(tuple(kept), frozenset(word for word in kept if any(map(str.isdigit, word))), names)


def names_in(text: str) -> frozenset[str]:
    """Return the folded words that begin with a capital where no sentence begins."""
    found = (m for m in _WORD.finditer(text) if m[0][0].isupper() and not m[0].isdecimal())
    said = [m[0] for m in found if not _OPENS.search(text[max(0, m.start() - 8) : m.start()])]
    return frozenset(word for name in said for word in fold_words(name).split())


def likeness(one: Wording, other: Wording) -> Likeness:
    """Return how alike two texts are; both know their names, or the one without them is only weighed by words."""
    shortest, both = min(len(one.words), len(other.words)), len(one.words) + len(other.words)
    if one.words == other.words:
        return Likeness(100.0, Degree.SAME)
    if shortest < _LEAST_WORDS:
        return UNLIKE
    shared = LCSseq.similarity(one.words, other.words)
    score = (200.0 * shared / both + 100.0 * shared / shortest) / 2
    if score < NEAR or _particulars_differ(one, other):
        return Likeness(min(score, NEAR - 1), Degree.OTHER)
    if score >= SAME and shared == shortest and not _added(one, other):
        return Likeness(score, Degree.SAME)
    return Likeness(min(score, SAME - 1), Degree.NEAR)


def _particulars_differ(one: Wording, other: Wording) -> bool:
    """Tell whether each names a number, or a place or body, that the other lacks; a slip of one letter is none."""
    if one.numbers - other.numbers and other.numbers - one.numbers:
        return True
    mine, theirs = one.names.difference(other.words), other.names.difference(one.words)
    return bool(mine and theirs) and not (_are_slips(mine, theirs) and _are_slips(theirs, mine))


def _are_slips(names: Iterable[str], others: frozenset[str]) -> bool:
    """Tell whether each of `names` is one letter away from one of `others`; of short names each letter tells."""

    def close(one: str, other: str) -> bool:
        return min(len(one), len(other)) >= _LONG_NAME and Levenshtein.distance(one, other, score_cutoff=1) <= 1

    return all(any(close(name, other) for other in others) for name in names)


def _added(one: Wording, other: Wording) -> bool:
    """Tell whether one of them says a number or a name more than the other."""
    more = Counter(one.words) - Counter(other.words) or Counter(other.words) - Counter(one.words)
    return bool(set(more) & (one.numbers | other.numbers | one.names | other.names))
