"""Folding: how two writings of the same Vietnamese words become equal.

Search, matching of names and detection of repeats all compare folded text, so that there is one set of rules
and the database needs no extension for it.
"""

from __future__ import annotations

import unicodedata

_STROKED_D = str.maketrans("đ", "d")
_SOFT_HYPHEN = "\u00ad"


def fold(text: str) -> str:
    """Return `text` without case, diacritics and surplus space; đ becomes d.

    Composed and decomposed writing give the same result, old and new placing of tone marks too (hoà, hòa).
    Invisible characters vanish, every run of white space (line breaks and no-break spaces among them) becomes
    one space. Punctuation stays. Folding twice changes nothing.
    """
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept = (char for char in decomposed if char.isspace() or not _is_mark(char))
    return " ".join("".join(kept).translate(_STROKED_D).split())


def fold_words(text: str) -> str:
    """Return the folded letters and digits of `text`, all punctuation turned into single spaces."""
    return " ".join("".join(char if char.isalnum() else " " for char in fold(text)).split())


def _is_mark(char: str) -> bool:
    """Say whether `char` only modifies its neighbours or has no shape: marks, controls, format characters."""
    return char == _SOFT_HYPHEN or unicodedata.category(char)[0] in "MC"
