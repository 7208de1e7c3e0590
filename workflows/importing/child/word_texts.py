"""The text of Word paragraphs as a reader sees it: what is deleted, hidden or only an instruction is none."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from workflows.importing.child.bounds import Unreadable
from workflows.importing.child.word_lists import Lists, read_lists
from workflows.importing.child.word_parts import Parts, child, is_on, name_of, number, value

# Tracked deletions, instructions of fields, properties, and the second telling of what newer programs draw.
_NO_TEXT = frozenset(
    {"pPr", "rPr", "sdtPr", "del", "moveFrom", "instrText", "delText", "delInstrText", "fldData", "rt", "Fallback"}
)
_STANDS_FOR = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}
_EMBEDDED = frozenset({"altChunk", "subDoc"})
# The symbol fonts name their signs in the private area; these are the boxes and ticks that lists use.
_WINGDINGS = {0x6F: "☐", 0xA8: "☐", 0xFB: "☒", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0x2D: "-", 0xA7: "•", 0xB7: "•"}
_WINGDINGS_2 = {0x4F: "☒", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "☐", 0x2A: "☐"}
_SYMBOL = {0x2D: "-", 0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xAE: "→", 0xD6: "√", 0xDE: "⇒"}
_SIGNS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}
_PRIVATE = range(0xF000, 0xF100)
_OF_ANY_FONT = "•"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph: the label that Word counts for it, its text, and whether its end is deleted."""

    label: str
    text: str
    runs_on: bool = False


@dataclass(slots=True)
class _Style:
    based_on: str | None
    hidden: bool | None
    list_id: str | None
    level: int


@dataclass(slots=True)
class Texts:
    """Reads the paragraphs of one document in their order, because lists are counted and fields opened on the way."""

    lists: Lists
    styles: dict[str, _Style]
    _fields: list[bool] = field(default_factory=list)

    def cell(self, container: Any) -> str:
        """Return the text of a cell: paragraphs on lines of their own, nested tables too."""
        outer, self._fields = self._fields, []
        lines = list(self.lines(container))
        self._fields = outer
        return joined(lines)

    def lines(self, container: Any) -> Iterator[Line]:
        """Yield the paragraphs of a body or cell, and those of the tables in it."""
        for block in within(container, frozenset({"p", "tbl"})):
            if name_of(block) == "p":
                yield self.line(block)
            else:
                yield from self._nested(block)

    def line(self, paragraph: Any) -> Line:
        """Return one paragraph."""
        properties = child(paragraph, "pPr")
        style = value(child(properties, "pStyle"))
        label = self._label(properties, style)
        pieces: list[str] = []
        self._inline(paragraph, pieces, hidden=self._hidden(style))
        runs_on = child(properties, "rPr", "del") is not None
        return Line(label, "".join(pieces), runs_on)

    def _nested(self, table: Any) -> Iterator[Line]:
        for row in within(table, frozenset({"tr"})):
            if child(row, "trPr", "del") is None:
                cells = (self.cell(cell) for cell in within(row, frozenset({"tc"})))
                yield Line("", "\t".join(filter(None, cells)))

    def _inline(self, element: Any, pieces: list[str], *, hidden: bool) -> None:
        for part in element:
            name = name_of(part)
            if name in _NO_TEXT:
                continue
            if name == "fldChar":
                self._turn_field(part)
            elif name == "r":
                self._inline(part, pieces, hidden=self._run_hidden(part, otherwise=hidden))
            elif name == "txbxContent":
                pieces.append("\n" + self.cell(part) + "\n")
            elif hidden or any(self._fields):
                self._inline(part, pieces, hidden=True)
            else:
                pieces.append(_sign(part) if name == "sym" else _STANDS_FOR.get(name, ""))
                pieces.append((part.text or "") if name == "t" else "")
                self._inline(part, pieces, hidden=hidden)

    def _turn_field(self, part: Any) -> None:
        """Follow a field from its instruction to its result; unpaired ends are ignored."""
        match value(part, "fldCharType"):
            case "begin":
                self._fields.append(True)
            case "separate" if self._fields:
                self._fields[-1] = False
            case "end" if self._fields:
                self._fields.pop()
            case _:
                pass

    def _run_hidden(self, run: Any, *, otherwise: bool) -> bool:
        properties = child(run, "rPr")
        if properties is None:
            return otherwise
        said = child(properties, "vanish")
        if said is not None:
            return is_on(said)
        return self._hidden(value(child(properties, "rStyle")), otherwise=otherwise)

    def _hidden(self, style: str | None, *, otherwise: bool = False) -> bool:
        said = (found.hidden for found in self._chain(style) if found.hidden is not None)
        return next(said, otherwise)

    def _label(self, properties: Any, style: str | None) -> str:
        said = child(properties, "numPr")
        styled = next((found for found in self._chain(style) if found.list_id is not None), None)
        list_id = value(child(said, "numId")) or (styled.list_id if styled else None)
        if list_id is None or list_id == "0":
            return ""
        level = child(said, "ilvl")
        return self.lists.label(list_id, number(level) if level is not None else styled.level if styled else 0)

    def _chain(self, style: str | None) -> Iterator[_Style]:
        """Yield a style and those that it is based on; a circle ends where it began."""
        seen: set[str] = set()
        while style is not None and style not in seen and style in self.styles:
            seen.add(style)
            yield self.styles[style]
            style = self.styles[style].based_on


def texts_of(parts: Parts) -> Texts:
    """Return the reader of the paragraphs of a document."""
    styles = (element for element in (() if parts.styles is None else parts.styles) if name_of(element) == "style")
    return Texts(read_lists(parts.numbering), {value(style, "styleId") or "": _style(style) for style in styles})


def within(container: Any, wanted: frozenset[str]) -> Iterator[Any]:
    """Yield the parts of these names in their order, also those wrapped in controls and tracked insertions.

    Raises Unreadable for text that is kept in another file inside of this one, which would be lost unseen.
    """
    for part in container:
        name = name_of(part)
        if name in wanted:
            yield part
        elif name in _EMBEDDED:
            raise Unreadable("embedded")
        elif name not in _NO_TEXT and name not in {"tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "p", "tbl"}:
            yield from within(part, wanted)


def joined(lines: list[Line]) -> str:
    """Return paragraphs as one text.

    A label that Word counts is told where it is all that a paragraph has, or where a text has several paragraphs; the
    label of a text of one paragraph counts the rows, and would make another text of it when a row is put before.
    """
    full = [line for line in lines if line.text.strip()]
    told = ""
    for line in lines:
        shown = line.label if not line.text.strip() and not full else ""
        if line.text.strip():
            shown = f"{line.label} {line.text}" if line.label and len(full) > 1 else line.text
        told += shown + ("" if line.runs_on else "\n")
    return told.strip("\n")


def _style(element: Any) -> _Style:
    hidden = child(element, "rPr", "vanish")
    listed = child(element, "pPr", "numPr")
    return _Style(
        value(child(element, "basedOn")),
        None if hidden is None else is_on(hidden),
        value(child(listed, "numId")),
        number(child(listed, "ilvl")),
    )


def _sign(part: Any) -> str:
    """Return a sign of a symbol font as a character that any font has."""
    try:
        code = int(value(part, "char") or "", 16)
    except ValueError:
        return ""
    table = _SIGNS.get((value(part, "font") or "").casefold())
    if table is None and code not in _PRIVATE:
        return chr(code) if 0 < code <= sys.maxunicode else ""
    return (table or {}).get(code & 0xFF, _OF_ANY_FONT)
