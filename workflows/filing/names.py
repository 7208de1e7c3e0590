"""The names of files as people see them. A name is only ever shown: nothing on the disk is called by it.

The rule, in this order: composed Unicode; of a path the last part; control, format (bidirectional overrides, zero
width) and unassigned characters go; characters that a file system forbids become "_"; white space becomes one space;
dots and spaces at the ends go; a name that Windows keeps for devices gets a "_" before it; an ending that is not one of
the kind that the content is gets the right one after it; at most 180 bytes of UTF-8, cut before the ending.
"""

from __future__ import annotations

import re
import unicodedata

from states.file_words import EXTENSIONS, FileKind
from states.folding import fold

MOST_BYTES = 180
_NAMELESS = "tệp"
_PARTS = re.compile(r"[/\\]")
_FORBIDDEN = re.compile(r'["*:<>?|]')
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9._-]+")


def shown_name(written: str, kind: FileKind) -> str:
    """Return what a file called `written` is called here, by the rule of this module."""
    last = _PARTS.split(unicodedata.normalize("NFC", written))[-1]
    seen = "".join(" " if char.isspace() else char for char in last if char.isspace() or not _is_unseen(char))
    name = " ".join(_FORBIDDEN.sub("_", seen).split()).strip(". ")
    if _DEVICES.fullmatch(name):
        name = f"_{name}"
    stem, ending = _divided(name or _NAMELESS, EXTENSIONS[kind])
    return _cut(stem, MOST_BYTES - len(ending.encode())) + ending


def plain_name(shown: str) -> str:
    """Return a shown name in ASCII without signs, for programs that know no other."""
    return _NOT_PLAIN.sub("_", fold(shown)).strip("._") or "file"


def _is_unseen(char: str) -> bool:
    return unicodedata.category(char) in _UNSEEN


def _divided(name: str, endings: tuple[str, ...]) -> tuple[str, str]:
    """Return stem and ending; the right ending where the name has none of the kind."""
    fits = next((ending for ending in endings if name.casefold().endswith(ending)), None)
    if fits is None or len(name) == len(fits):
        return name, endings[0]
    return name[: -len(fits)], name[-len(fits) :]


def _cut(stem: str, most: int) -> str:
    """Return `stem` in at most `most` bytes, never half a character."""
    if len(stem.encode()) <= most:
        return stem
    return stem.encode()[: most - len("…".encode())].decode(errors="ignore").rstrip(". ") + "…"
