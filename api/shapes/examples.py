"""The examples of the documentation: answers of an invented commune, kept as JSON beside this module."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

_MARK = "$example"


def named(name: str) -> dict[str, str]:
    """Return the stand-in for the example `name`, put in its place when the documentation is first read."""
    return {_MARK: name}


def filled(description: Any) -> Any:
    """Return `description` with every stand-in replaced by its example."""
    if isinstance(description, dict):
        if _MARK in description:
            return examples()[description[_MARK]]
        return {key: filled(value) for key, value in description.items()}
    return [filled(item) for item in description] if isinstance(description, list) else description


@cache
def examples() -> dict[str, Any]:
    """Return every example by its name."""
    text = (files("api.shapes") / "examples.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found
