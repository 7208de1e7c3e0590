"""Takes a person's name out of free text.

A name is found whatever its case, spacing and composition, with its accents or wholly without them, and with old or
new placing of the tone marks. Another name that differs in its accents stays.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from states.folding import fold

REDACTION = "[đã xóa]"
_HONORIFICS = frozenset({"ong", "ba", "anh", "chi", "co", "chu", "bac", "cu", "em", "ong/ba", "tri"})
_FEWEST_DIGITS = 8


def redact(text: str, *, names: Sequence[str], numbers: Sequence[str] = ()) -> str:
    """Return `text` with each of `names` and telephone `numbers` as "[đã xóa]"; the same text when none occurs."""
    composed = unicodedata.normalize("NFC", text)
    spans = [span for name in names for span in _spans(composed, name)]
    spans += [span for number in numbers for span in _digits(composed, number)]
    if not spans:
        return text
    kept, at = [], 0
    for start, end in sorted(spans):
        if start >= at:
            kept += [composed[at:start], REDACTION]
        at = max(at, end)
    return "".join([*kept, composed[at:]])


def bare_name(written: str) -> str:
    """Return a name without the honorific before it."""
    words = written.split()
    while len(words) > 1 and fold(words[0]).strip(".:") in _HONORIFICS:
        words = words[1:]
    return " ".join(words)


def _spans(text: str, name: str) -> list[tuple[int, int]]:
    """Return where `name` stands in the composed `text`."""
    wanted = bare_name(unicodedata.normalize("NFC", name))
    if not wanted:
        return []
    folded, origin = _folded(text)
    pattern = r"(?<!\w)" + r"\s+".join(re.escape(word) for word in fold(wanted).split()) + r"(?!\w)"
    spans = ((origin[found.start()], origin[found.end() - 1] + 1) for found in re.finditer(pattern, folded))
    return [(start, end) for start, end in spans if _is_meant(text[start:end], wanted)]


def _folded(text: str) -> tuple[str, list[int]]:
    """Return `text` folded letter by letter, and from which place of it each letter came."""
    letters, origin = [], []
    for place, char in enumerate(text):
        shown = " " if char.isspace() else fold(char)
        letters.append(shown)
        origin += [place] * len(shown)
    return "".join(letters), origin


def _is_meant(found: str, wanted: str) -> bool:
    """Tell whether what was found is the name itself: its own accents or none; a single word only with its capital."""
    if len(wanted.split()) == 1 and not found[:1].isupper():
        return False
    return _accents(found) in (_accents(wanted), [])


def _accents(text: str) -> list[str]:
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return sorted(char for char in decomposed if unicodedata.category(char) == "Mn" or char == "đ")


def _digits(text: str, number: str) -> list[tuple[int, int]]:
    digits = re.sub(r"\D", "", number)
    if len(digits) < _FEWEST_DIGITS:
        return []
    pattern = r"(?<!\d)" + r"[\s.\-]*".join(digits) + r"(?!\d)"
    return [found.span() for found in re.finditer(pattern, text)]
