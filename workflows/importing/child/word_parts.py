"""The XML parts of a Word file: found by their relations, parsed without entities, DTD or network."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from workflows.importing.child.bounds import Unreadable

_MAIN = "word/document.xml"
# Numbers of libxml2: what it refuses because it is too deep or too long, and what it cannot allocate.
_NO_MEMORY, _INTERNAL, _RESOURCE_LIMIT, _ENTITY_LOOP, _NAME_TOO_LONG = 2, 1, 114, 89, 110
_TOO_DEEP_OR_LONG = frozenset({_INTERNAL, _RESOURCE_LIMIT, _NAME_TOO_LONG})


@dataclass(frozen=True, slots=True)
class Parts:
    """The roots of the parts that matter; None for one that the file does not have."""

    document: Any
    styles: Any
    numbering: Any


def read_parts(path: str) -> Parts:
    """Return the parts of the Word file at `path`; relations to other places are not followed.

    Raises Unreadable, MemoryError, OSError or ValueError.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            main = _related(archive, "").get("officeDocument", _MAIN)
            related = _related(archive, main)
            return Parts(
                _parsed(archive, main),
                *(_parsed(archive, related[kind]) if kind in related else None for kind in ("styles", "numbering")),
            )
    # NotImplementedError is what zipfile raises of a way to pack that it does not know.
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, KeyError) as wrong:
        if isinstance(wrong, RecursionError):
            raise
        raise Unreadable("damaged") from None


def name_of(element: Any) -> str:
    """Return the name of an element without its namespace; the strict and the usual dialect differ only there."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: Any, *names: str) -> Any:
    """Return the first child of the first child … of these names; None where one is missing."""
    for name in names:
        if element is None:
            return None
        element = next((found for found in element if name_of(found) == name), None)
    return element


def value(element: Any, name: str = "val") -> str | None:
    """Return an attribute by its name without namespace; None where the element or the attribute is missing."""
    if element is None:
        return None
    return next((said for key, said in element.attrib.items() if key.rpartition("}")[2] == name), None)


def number(element: Any, name: str = "val", *, default: int = 0) -> int:
    """Return an attribute as a whole number; `default` where it is none."""
    try:
        return int(value(element, name) or "")
    except ValueError:
        return default


def is_on(element: Any) -> bool:
    """Say whether a switch such as `w:vanish` is there and not turned off."""
    return element is not None and value(element) not in {"0", "false", "off"}


def _related(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    """Return the parts that a part names as related, inside of the file, by the last word of their type."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations not in archive.namelist():
        return {}
    return dict(_inside(_parsed(archive, relations), folder))


def _inside(relations: Any, folder: str) -> Iterator[tuple[str, str]]:
    for relation in relations:
        target = value(relation, "Target")
        if target and value(relation, "TargetMode") != "External":
            kind = (value(relation, "Type") or "").rpartition("/")[2]
            yield kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _parsed(archive: zipfile.ZipFile, name: str) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        with archive.open(name) as part:
            tree = etree.parse(part, parser)
    except etree.XMLSyntaxError as wrong:
        raise _why(wrong.code, str(wrong)) from None
    if tree.docinfo.doctype or tree.docinfo.internalDTD is not None:
        raise Unreadable("doctype")
    return tree.getroot()


def _why(code: int, said: str) -> Unreadable | MemoryError:
    if code == _NO_MEMORY:
        return MemoryError()
    if code == _ENTITY_LOOP or "entit" in said.casefold():
        return Unreadable("doctype")
    return Unreadable("deep" if code in _TOO_DEEP_OR_LONG else "damaged")
