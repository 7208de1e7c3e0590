"""The labels of all fields that come in, so that an error names them as people do."""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel

from api.shapes import queries, requests
from api.shapes.base import Incoming
from states.entries import DocumentSlip, OpenRound, Petitioner, Record
from states.text import Text
from states.wording import field_label

_BODY = Text("Nội dung gửi lên", "The body")


def label_of(path: str) -> Text:
    """Return the label of a field by its dotted path; the path itself where nobody named it."""
    if path == "body":
        return _BODY
    parts = [part for part in path.split(".") if not part.isdecimal()]
    last = parts[-1] if parts else path
    return _labels().get(last, Text(path, path))


@cache
def _labels() -> dict[str, Text]:
    shapes: list[type[BaseModel]] = [Record, OpenRound, DocumentSlip, Petitioner]
    for module in (queries, requests):
        shapes += [v for v in vars(module).values() if isinstance(v, type) and issubclass(v, Incoming)]
    return {name: field_label(shape, name) for shape in shapes for name in shape.model_fields}
