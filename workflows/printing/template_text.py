"""What is looked at before a template is read as one: tags that are cut, misplaced, or would swallow words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from docx.oxml.ns import qn

from states.text import Text

_EXPRESSION = re.compile(r"\{[{%#]")
_TAG = re.compile(r"\{\{(?:(?!\}\}|\{[{%#]).)*\}\}|\{%(?:(?!%\}|\{[{%#]).)*%\}|\{#(?:(?!#\}|\{[{%#]).)*#\}", re.DOTALL)
_BRACE = re.compile(r"\{[{%#]|[}%#]\}")
_LIBRARY = re.compile(r"\{\{\s*(?:tr|tc|p|r)\s|\{%-?\s*(?:tc|r)\s|\{%-?\s*(?:vm|hm|colspan|cellbg)\b|\{%-|-%\}")
_FILLED = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_PARAGRAPH, _ROW, _WORDS = qn("w:p"), qn("w:tr"), qn("w:t")
MISPLACED = Text("Mã mẫu chỉ được đặt trong chữ của văn bản", "Fields may stand in text only")
_CUT = Text(
    "Ngoặc {{ }} hoặc {% %} chưa đóng, hoặc không nằm trọn trong một đoạn",
    "Braces are not closed, or not within one paragraph",
)
_ALONE = Text(
    "{%p %} phải đứng một mình trong đoạn, {%tr %} một mình trong dòng bảng", "{%p %} and {%tr %} stand alone"
)
_NOT_OURS = Text("Cách viết này không dùng được", "This way of writing cannot be used")


def problems_of(xml: Mapping[str, Any]) -> dict[str, Text]:
    """Return what is wrong with the tags of the parts of a template, by the words where they stand."""
    found: dict[str, Text] = {}
    for name, root in xml.items():
        filled = bool(_FILLED.fullmatch(name))
        found |= dict.fromkeys(_stray(name, root, filled=filled), MISPLACED)
        if filled:
            found |= dict(_paragraphs(root)) | dict(_rows(root))
    return found


def _stray(name: str, root: Any, *, filled: bool) -> Iterator[str]:
    for element in root.iter():
        plain = element.text if isinstance(element.text, str) else ""
        hidden = [*element.attrib.values(), "" if filled and element.tag == _WORDS else plain, element.tail or ""]
        yield from (f"{name}: {value.strip()[:40]}" for value in hidden if _EXPRESSION.search(value))


def _paragraphs(root: Any) -> Iterator[tuple[str, Text]]:
    for paragraph in root.iter(_PARAGRAPH):
        text = _text(paragraph)
        where = text.strip()[:60]
        if _BRACE.search(_TAG.sub("", text)):
            yield where, _CUT
        elif _LIBRARY.search(text):
            yield where, _NOT_OURS
        elif re.search(r"\{%\s*p\s", text) and not _TAG.fullmatch(text.strip()):
            yield where, _ALONE


def _rows(root: Any) -> Iterator[tuple[str, Text]]:
    for row in root.iter(_ROW):
        text = _text(row).strip()
        if re.search(r"\{%\s*tr\s", text) and not _TAG.fullmatch(text):
            yield text[:60], _ALONE


def _text(element: Any) -> str:
    """Return the words of an element, without those of a text box inside it that has paragraphs of its own."""
    inner = [] if element.tag == _ROW else [p for p in element.iter(_PARAGRAPH) if p is not element]
    boxed = {id(words) for paragraph in inner for words in paragraph.iter(_WORDS)}
    return "".join(words.text or "" for words in element.iter(_WORDS) if id(words) not in boxed)


def outside_text(source: str) -> Iterator[str]:
    """Yield the fields that would be printed outside a text: in a field code, an attribute or between elements."""
    for found in re.finditer(r"\{\{", source):
        begin = source.rfind("<", 0, found.start())
        tag = source[begin : source.find(">", begin) + 1]
        if begin + len(tag) > found.start() or not re.fullmatch(r"<w:t( [^>]*[^/>])?>", tag):
            yield source[found.start() : found.start() + 40].split("<", maxsplit=1)[0]
