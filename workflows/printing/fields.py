"""The closed list of fields of a print: the frozen view object itself, each field with name, label and example.

Names are Vietnamese without diacritics, because they are typed into Word by the people of the office.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from states.text import Text

_KEY = "printed"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a print: `name` stands in the template, `attribute` in the view. A list of rows has fields too."""

    name: str
    attribute: str
    label: Text
    example: str = ""
    rows: tuple[Field, ...] | None = None


def printed(name: str, vi: str, en: str, example: str) -> Any:
    """Declare a field of text; where nothing is said it is empty."""
    return field(default="", metadata={_KEY: (name, Text(vi, en), example, None)})


def row_list(name: str, vi: str, en: str, of: type) -> Any:
    """Declare a list of rows, each a view of its own."""
    return field(default=(), metadata={_KEY: (name, Text(vi, en), "", of)})


def fields_of(view: type) -> tuple[Field, ...]:
    """Return the fields of a view class in their order."""
    return tuple(_field(f.name, *f.metadata[_KEY]) for f in fields(view))


def _field(attribute: str, name: str, label: Text, example: str, of: type | None) -> Field:
    return Field(name, attribute, label, example, None if of is None else fields_of(of))


def example(among: tuple[Field, ...], *, rows: int = 2) -> dict[str, Any]:
    """Return example data for fields, as a template is filled with: text, and lists of `rows` rows."""
    return {f.name: f.example if f.rows is None else [example(f.rows, rows=rows) for _ in range(rows)] for f in among}


def data_of(view: Any) -> dict[str, Any]:
    """Return a view as plain data under the names that templates use: strings, and lists of the same."""
    found: dict[str, Any] = {}
    for f in fields_of(type(view)):
        value = getattr(view, f.attribute)
        found[f.name] = value if f.rows is None else [data_of(row) for row in value]
    return found


def by_name(among: tuple[Field, ...]) -> Mapping[str, Field]:
    """Return fields by the names that templates use."""
    return {f.name: f for f in among}
