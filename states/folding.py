"""Folding: how two writings of the same Vietnamese words become equal.

Search, matching of names and detection of repeats all compare folded text, so that there is one set of rules
and the database needs no extension for it.
"""

from __future__ import annotations

import re
import unicodedata

_PUNCTUATION = re.compile(r"[\W_]+")


class _Marks(dict[int, int | None]):
    """What becomes of each character: marks, controls and format characters vanish. Filled as characters come."""

    def __missing__(self, code: int) -> int | None:
        char = chr(code)
        vanishes = unicodedata.category(char)[0] in "MC" and not char.isspace()
        kept = self[code] = None if vanishes else code
        return kept


_MARKS = _Marks({ord("đ"): ord("d")})


def fold(text: str) -> str:
    """Return `text` without case, diacritics and surplus space; đ becomes d.

    Composed and decomposed writing give the same result, old and new placing of tone marks too (hoà, hòa).
    Invisible characters vanish, every run of white space (line breaks and no-break spaces among them) becomes
    one space. Punctuation stays. Folding twice changes nothing.
    """
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return " ".join(decomposed.translate(_MARKS).split())


def fold_words(text: str) -> str:
    """Return the folded letters and digits of `text`, all punctuation turned into single spaces."""
    return _PUNCTUATION.sub(" ", fold(text)).strip()
