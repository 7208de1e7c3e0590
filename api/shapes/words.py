"""The labels of all fields that come in, so that an error names them as people do."""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel

from api.shapes import import_queries, list_queries, queries, requests
from api.shapes.base import Incoming
from states.contacting import OpenRound
from states.entries import DocumentSlip, Informed, Petitioner, Recipient, Record
from states.text import Text
from states.wording import field_label

_BODY = Text("Nội dung gửi lên", "The body")


def label_of(part: str, path: str) -> Text:
    """Return the label of a field by its dotted path in a `part` of the request ("body", "query", "header", "path").

    The path itself where nobody named it.
    """
    if path == "body":
        return _BODY
    names = [name for name in path.split(".") if not name.isdecimal()]
    return _labels(part).get(names[-1] if names else path, Text(path, path))


@cache
def _labels(part: str) -> dict[str, Text]:
    modules = (requests,) if part == "body" else (list_queries, import_queries, queries)
    shapes: list[type[BaseModel]] = [
        found
        for module in modules
        for found in vars(module).values()
        if isinstance(found, type) and issubclass(found, Incoming)
    ]
    if part == "body":
        shapes += [OpenRound, DocumentSlip, Recipient, Petitioner, Record, Informed]
    return {name: field_label(shape, name) for shape in shapes for name in shape.model_fields}
