"""Numbers that Word counts itself: the label of a numbered paragraph is in no text, only how it is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from workflows.importing.child.word_parts import child, name_of, number, value

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LONGEST_ROMAN = 4000
_BULLET = "-"


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is counted: where it begins, in which figures, and the text around them."""

    start: int = 1
    figures: str = "decimal"
    text: str = "%1."


@dataclass(slots=True)
class Lists:
    """The lists of a document, counted as its paragraphs come; each paragraph may be asked for once."""

    _levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    _abstract: dict[str, str] = field(default_factory=dict)
    _restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    _counted: dict[str, list[int | None]] = field(default_factory=dict)

    def label(self, list_id: str, level: int) -> str:
        """Return the label of the next paragraph of a list, “3.” or “b)”; a dash for a bullet, empty for none."""
        level = min(max(level, 0), _LEVELS - 1)
        name = self._abstract.get(list_id, list_id)
        counted = self._counted.setdefault(name, [None] * _LEVELS)
        for place, start in self._restarts.pop(list_id, {}).items():
            counted[place] = start - 1
        so_far = counted[level]
        counted[level] = self._level(name, level).start if so_far is None else so_far + 1
        counted[level + 1 :] = [None] * (_LEVELS - level - 1)
        return self._written(name, level, counted)

    def _level(self, name: str, level: int) -> Level:
        return self._levels.get(name, {}).get(level) or Level(text=f"%{level + 1}.")

    def _written(self, name: str, level: int, counted: list[int | None]) -> str:
        shape = self._level(name, level)
        if shape.figures in {"bullet", "none"}:
            return _BULLET if shape.figures == "bullet" else ""

        def figure(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            above = self._level(name, at)
            so_far = counted[at]
            return _figures(above.start if so_far is None else so_far, above.figures)

        return _PLACE.sub(figure, shape.text)


def read_lists(numbering: Any) -> Lists:
    """Return the lists that the part `numbering` describes; none where there is no such part."""
    lists = Lists()
    for element in () if numbering is None else numbering:
        if name_of(element) == "abstractNum":
            levels = (part for part in element if name_of(part) == "lvl")
            shapes = {number(level, "ilvl"): _shape(level) for level in levels}
            lists._levels[value(element, "abstractNumId") or ""] = shapes  # noqa: SLF001 - the maker of the lists
        elif name_of(element) == "num":
            list_id = value(element, "numId") or ""
            lists._abstract[list_id] = value(child(element, "abstractNumId")) or list_id  # noqa: SLF001 - the same
            lists._restarts[list_id] = dict(_restarts(element))  # noqa: SLF001 - the same
    return lists


def _restarts(element: Any) -> list[tuple[int, int]]:
    overrides = (part for part in element if name_of(part) == "lvlOverride")
    starts = ((number(part, "ilvl"), child(part, "startOverride")) for part in overrides)
    return [(level, number(start, default=1)) for level, start in starts if start is not None and 0 <= level < _LEVELS]


def _shape(level: Any) -> Level:
    text = value(child(level, "lvlText"))
    return Level(
        number(child(level, "start"), default=1),
        value(child(level, "numFmt")) or "decimal",
        f"%{number(level, 'ilvl') + 1}." if text is None else text,
    )


def _figures(count: int, figures: str) -> str:
    match figures:
        case "upperRoman" | "lowerRoman" if 0 < count < _LONGEST_ROMAN:
            roman = _roman(count)
            return roman.upper() if figures == "upperRoman" else roman
        case "upperLetter" | "lowerLetter" if count > 0:
            letter = chr(ord("a") + (count - 1) % 26) * min(1 + (count - 1) // 26, 9)
            return letter.upper() if figures == "upperLetter" else letter
        case "decimalZero":
            return f"{count:02}"
        case _:
            return str(count)


def _roman(count: int) -> str:
    written = ""
    for size, letters in _ROMAN:
        times, count = divmod(count, size)
        written += letters * times
    return written
