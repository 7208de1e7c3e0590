"""What the documentation of every route has: an example of its answer and the problems it may give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.errors import MEDIA, TITLES
from api.shapes.examples import named

_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string", "description": "What kind of problem, in the language of Accept-Language"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "Stable, for programs"},
        "detail": {"type": "string", "description": "What is wrong and what to do, for people"},
        "problems": {"type": "array", "items": {"type": "object"}, "description": "Field by field, with 422"},
        "failed": {
            "type": "array",
            "items": {"type": "object"},
            "description": "Conditions that fail (409, 403)",
        },
        "passed": {
            "type": "array",
            "items": {"type": "object"},
            "description": "Conditions that hold (409, 403)",
        },
        "changed": {"type": "object", "description": "By whom, when and to what, with 412"},
        "report": {"type": "object", "description": "Row by row, where a paper or a list is refused (409)"},
        "request_id": {"type": "string", "description": "With 500"},
    },
}
_BYTES, _BINARY = "application/octet-stream", {"type": "string", "format": "binary"}
_READING = (401, 404, 405, 422, 500, 503)
_WRITING = (401, 403, 404, 405, 409, 413, 415, 422, 500, 503)
_VERSIONED = (*_WRITING, 412, 428)


def reading(name: str) -> dict[int | str, dict[str, Any]]:
    """Return the documentation of a reading route, its example by `name`."""
    return _told(name, 200, _READING)


def asking(name: str) -> dict[int | str, dict[str, Any]]:
    """Return the documentation of a route that reads what a body asks for."""
    return _told(name, 200, (*_READING, 413, 415))


def writing(name: str, *, status: int = 200, versioned: bool = False) -> dict[int | str, dict[str, Any]]:
    """Return the documentation of a writing route."""
    return _told(name, status, _VERSIONED if versioned else _WRITING)


def handing_out() -> dict[int | str, dict[str, Any]]:
    """Return the documentation of a route that answers with the bytes of a file."""
    told = _told("", 200, (*_READING, 409))
    return told | {"200": {"description": "The file", "content": {_BYTES: {"schema": _BINARY}}}}


def bringing() -> dict[str, Any]:
    """Return what documents the body of a route that takes the bytes of a file."""
    return {"requestBody": {"required": True, "content": {_BYTES: {"schema": _BINARY}}}}


def sending(name: str) -> dict[str, Any]:
    """Return what documents the body of a writing route."""
    return {"requestBody": {"content": {"application/json": {"example": named(name)}}}}


def _told(name: str, status: int, problems: tuple[int, ...]) -> dict[int | str, dict[str, Any]]:
    found: dict[int | str, dict[str, Any]] = {str(status): {"content": {"application/json": {"example": named(name)}}}}
    titles: Mapping[int, str] = {s.value: t.en for s, t in TITLES.items()}
    for number in sorted(problems):
        example = {
            "type": "urn:dondoc:problem:…", "title": titles[number], "status": number, "code": "…", "detail": "…",
        }  # fmt: skip
        found[str(number)] = {
            "description": titles[number],
            "content": {MEDIA: {"schema": _PROBLEM, "example": example}},
        }
    return found
