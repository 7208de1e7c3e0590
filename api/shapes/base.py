"""The base of everything that comes in: closed, immutable, without characters that no database can store."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

_ALLOWED = frozenset("\t\n\r")
_REFUSED = frozenset({"Cc", "Cs"})
_DEEPEST = 12


def is_storable(text: str) -> bool:
    """Tell whether every database can store `text`: no NUL, no other control character, no half of a pair."""
    if text.isascii() and text.isprintable():
        return True
    return not any(unicodedata.category(char) in _REFUSED and char not in _ALLOWED for char in text)


class Incoming(BaseModel):
    """A request: a field that is not named here is refused, not ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _storable(cls, raw: Any) -> Any:
        """Look through everything before any of it is used; name the place of what cannot be stored."""
        found = [_line(place, problem) for place, problem in _troubles(raw, ())]
        if found:
            raise ValidationError.from_exception_data(cls.__name__, found)
        return raw


def _line(place: tuple[int | str, ...], problem: PydanticCustomError) -> InitErrorDetails:
    return InitErrorDetails(type=problem, loc=place, input=None)


def _troubles(raw: Any, place: tuple[int | str, ...]) -> Iterator[tuple[tuple[int | str, ...], PydanticCustomError]]:
    if len(place) > _DEEPEST:
        yield place, PydanticCustomError("too_deep", "nested too deeply")
    elif isinstance(raw, str):
        if not is_storable(raw):
            yield place, PydanticCustomError("unstorable", "control characters")
    elif isinstance(raw, Mapping):
        for name, value in raw.items():
            known = str(name) if is_storable(str(name)) else "?"
            if known == "?":
                yield (*place, known), PydanticCustomError("unstorable", "control characters")
            yield from _troubles(value, (*place, known))
    elif isinstance(raw, list | tuple):
        for number, value in enumerate(raw):
            yield from _troubles(value, (*place, number))
