"""How alike two wordings of a petition are, and from where on it counts.

Chosen by `python -m benchmarks.matching` on the 1,573 real petitions, each told again: halved, with four words in ten
left out, summarised, without accents, with slips of a scanner, behind “- Cử tri đề nghị”.
"""

from __future__ import annotations

from collections.abc import Mapping

from rapidfuzz import fuzz, process

TAKEN = 90.0
"""From here on a text alone names a petition, where no other comes near."""
MARGIN = 8.0
"""How much less alike every other petition must be."""
AGREES = 75.0
"""From here on a text confirms a code or an ordinal; the worst true wording had 81."""
SHOWN = 70.0
"""From here on a petition is shown to a person."""
FEWEST_WORDS = 12
"""A text of fewer words names nothing by being alike: ten words of one petition stand in many."""
_LOOKED_AT = 15


def likeness(one: str, other: str) -> float:
    """Return from 0 to 100 how alike two folded texts are; either may be a part of the other."""
    return (fuzz.token_set_ratio(one, other) + fuzz.partial_ratio(one, other)) / 2


def nearest(words: str, known: Mapping[str, str]) -> dict[str, float]:
    """Return the keys of the folded texts most like `words`, with how much; the most alike first."""
    if not words or not known:
        return {}
    first = process.extract(words, known, scorer=fuzz.token_set_ratio, limit=_LOOKED_AT)
    scores = {key: likeness(words, text) for text, _score, key in first}
    return dict(sorted(scores.items(), key=lambda item: -item[1]))
