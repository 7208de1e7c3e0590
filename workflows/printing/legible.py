"""Text as a cell of a workbook or of a CSV file can hold it: what cannot stand there is taken out, and said."""

from __future__ import annotations

import re
from dataclasses import dataclass

from states.text import Text
from workflows.importing.cells import clean_text

LONGEST = 30_000
"""Characters of one cell; Excel holds 32,767 UTF-16 units."""
_UNITS = 32_000
_GONE = re.compile("[\ufdd0-\ufdef\ufffe\uffff\U0001fffe\U0001ffff]")
_COUNTED = re.compile("[\x0b\x0c\ufdd0-\ufdef\ufffe\uffff]")
_LOOKED_AT = 4 * LONGEST


@dataclass(frozen=True, slots=True)
class Legible:
    """A text that every file can hold, and what had to be changed, if anything."""

    text: str
    problems: tuple[Text, ...] = ()


def legible(value: object) -> Legible:
    """Return `value` as text without control characters and halves of pairs, at most as long as a cell may be."""
    if value is None or value == "":
        return Legible("")
    raw = value if isinstance(value, str) else str(value)
    if raw.isascii() and raw.isprintable() and len(raw) <= LONGEST:
        return Legible(raw.strip())
    seen = raw[:_LOOKED_AT]
    text, removed = clean_text(_GONE.sub("", seen))
    removed += len(_COUNTED.findall(seen))
    problems = []
    if removed:
        problems.append(
            Text(f"đã bỏ {removed} ký tự không in được", f"{removed} unprintable characters were taken out")
        )
    short = _cut(text)
    if len(short) < len(text) or len(raw) > _LOOKED_AT:
        problems.append(
            Text(
                f"dài {len(raw)} ký tự, chỉ in {len(short)} ký tự đầu",
                f"{len(raw)} characters long, the first {len(short)} printed",
            )
        )
        short = f"{short} […]"
    return Legible(short, tuple(problems))


def _cut(text: str) -> str:
    """Return the beginning that a cell holds; characters beyond the first plane count twice there."""
    short = text[:LONGEST]
    while len(short.encode("utf-16-le")) // 2 > _UNITS:
        short = short[: len(short) * 3 // 4]
    return short
