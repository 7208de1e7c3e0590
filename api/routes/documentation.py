"""The documentation as one page: plain HTML made from OpenAPI, readable without a network and without scripts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

router = APIRouter(include_in_schema=False)
_HEADERS = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"}
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}"
    "code,pre{font:14px/1.4 ui-monospace,monospace}pre{background:#f4f4f2;padding:.75rem;overflow:auto}"
    "details{border-top:1px solid #ccc;padding:.5rem 0}summary{cursor:pointer}table{border-collapse:collapse}"
    "td,th{border-bottom:1px solid #ddd;padding:.25rem .75rem .25rem 0;text-align:left;vertical-align:top}"
)


@router.get("/docs")
def read_documentation(request: Request) -> HTMLResponse:
    """Show every route with its parameters, problems and examples."""
    return HTMLResponse(page(request.app.openapi()), headers=_HEADERS)


def page(description: Mapping[str, Any]) -> str:
    """Return the page for an OpenAPI description."""
    info = description["info"]
    body = "".join(
        _operation(method, path, operation)
        for path, methods in description["paths"].items()
        for method, operation in methods.items()
    )
    title = escape(f"{info['title']} {info['version']}")
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>'
        f"</head><body><h1>{title}</h1><p>{escape(info['description'])}</p>"
        f'<p>For programs: <a href="/openapi.json">openapi.json</a></p>{body}</body></html>'
    )


def _operation(method: str, path: str, told: Mapping[str, Any]) -> str:
    return "".join(
        (
            f"<details><summary><code>{method.upper()} {escape(path)}</code> ",
            f"{escape(told.get('summary', ''))}</summary>",
            f"<p>{escape(told.get('description', ''))}</p>",
            *_parameters(told.get("parameters", [])),
            *_example("Request", told.get("requestBody", {})),
            *_answers(told.get("responses", {})),
            "</details>",
        )
    )


def _parameters(told: list[Mapping[str, Any]]) -> Iterator[str]:
    if told:
        yield "<table><tr><th>Parameter</th><th>In</th><th>Meaning</th></tr>"
        for one in told:
            schema = one.get("schema", {})
            meaning = one.get("description") or schema.get("label_en") or schema.get("title", "")
            yield f"<tr><td><code>{escape(one['name'])}</code></td><td>{one['in']}</td><td>{escape(meaning)}</td></tr>"
        yield "</table>"


def _answers(told: Mapping[str, Any]) -> Iterator[str]:
    problems = []
    for status, answer in told.items():
        if status.startswith("2"):
            yield from _example(f"Answer {status}", answer)
        else:
            problems.append(f"{status} {escape(answer.get('description', ''))}")
    yield f"<p>Problems: {'; '.join(problems)}</p>"


def _example(heading: str, told: Mapping[str, Any]) -> Iterator[str]:
    for content in told.get("content", {}).values():
        if "example" in content:
            text = json.dumps(content["example"], ensure_ascii=False, indent=1)
            yield f"<h4>{heading}</h4><pre>{escape(text)}</pre>"
