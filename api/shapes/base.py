"""The base of everything that comes in: closed, immutable, without characters that no database can store."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, model_validator
from pydantic_core import PydanticCustomError

_ALLOWED = frozenset("\t\n\r")
_REFUSED = frozenset({"Cc", "Cs"})
_DEEPEST = 12


def storable(text: str) -> str:
    """Return `text` unchanged; refuse NUL, other control characters and halves of surrogate pairs."""
    if text.isascii() and text.isprintable():
        return text
    if any(unicodedata.category(char) in _REFUSED and char not in _ALLOWED for char in text):
        raise PydanticCustomError("unstorable", "control characters")
    return text


Plain = Annotated[str, AfterValidator(storable)]
"""A text that a database can store."""


class Incoming(BaseModel):
    """A request: a field that is not named here is refused, not ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _storable(cls, raw: Any) -> Any:
        """Look through everything before any of it is used."""
        _look_through(raw, 0)
        return raw


def _look_through(raw: Any, depth: int) -> None:
    if depth > _DEEPEST:
        raise PydanticCustomError("too_deep", "nested too deeply")
    if isinstance(raw, str):
        storable(raw)
    elif isinstance(raw, dict):
        for name, value in raw.items():
            storable(str(name))
            _look_through(value, depth + 1)
    elif isinstance(raw, list | tuple):
        for value in raw:
            _look_through(value, depth + 1)
