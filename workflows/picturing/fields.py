"""The fields of an entry in words: name, labels, what may stand in it, whether it must be given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from states.entries import Entry
from states.text import Text
from states.wording import field_label

_TYPES: dict[str, Text] = {
    "string": Text("chữ", "text"),
    "integer": Text("số nguyên", "whole number"),
    "boolean": Text("có hoặc không", "yes or no"),
    "object": Text("các trường và giá trị", "fields and values"),
    "date": Text("ngày", "date"),
    "uuid": Text("mã định danh", "identifier"),
}


@dataclass(frozen=True, slots=True)
class FieldWords:
    """One field of an entry as it is listed. `choices` are the values of a closed vocabulary."""

    name: str
    label: Text
    type: Text
    required: bool
    choices: tuple[str, ...] = ()


def fields_of(entry: type[Entry]) -> tuple[FieldWords, ...]:
    """Return the fields of `entry` in the order in which they are asked."""
    schema = entry.model_json_schema()
    definitions: Mapping[str, Any] = schema.get("$defs", {})
    return tuple(
        _field(entry, name, schema["properties"][name], definitions, required=info.is_required())
        for name, info in entry.model_fields.items()
    )


def _field(
    entry: type[Entry], name: str, said: Mapping[str, Any], definitions: Mapping[str, Any], *, required: bool
) -> FieldWords:
    shape = _shape(said, definitions)
    choices = tuple(str(c) for c in shape.get("enum", ()))
    if shape.get("type") == "array":
        kind = Text("danh sách", "list")
    else:
        kind = _TYPES[str(shape.get("format") or shape.get("type"))]
    return FieldWords(name, field_label(entry, name), kind, required, choices)


def _shape(said: Mapping[str, Any], definitions: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what may stand in a field apart from nothing, references followed."""
    options = [one for one in said.get("anyOf", (said,)) if one.get("type") != "null"]
    found: Mapping[str, Any] = options[0]
    return definitions[found["$ref"].rpartition("/")[2]] if "$ref" in found else found
