"""The rows of docs/traceability.md, and the questions asked of them: functions from rows to findings."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from typing import Any

import typer

from tests.architecture.trees import ROOT

SERIES = {
    "S0-R": 20, "S0-W": 15, "S0-C": 8, "S0-O": 17,
    "S1-R": 11, "S1-W": 6, "S1-C": 6, "S1-O": 5,
    "S2-R": 12, "S2-W": 5, "S2-C": 1,
    "S3-R": 9, "S3-W": 1, "S3-O": 20,
    "S4-R": 11, "S4-W": 10, "S4-C": 4, "S4-O": 40,
    "E": 16, "N": 10, "B": 16,
}  # fmt: skip
"""How many numbers each series has; a report that names no cause or orientation has none."""

_ROW = re.compile(r"^\| (?P<id>(?:S\d-[A-Z]|[ENB])\d+) \|(?P<rest>.*)\|$", re.MULTILINE)
_MARKED = re.compile(r"`([^`]*)`")
_CELLS = 4
_PROVEN = ("carried", "partly")
_REASONED = re.compile(r"^(?:partly: |later: |not carried, because )\S+ \S+ \S+")
_CARRIED = re.compile(r"^carried(?:: \S+ \S+ \S+.*)?$")


@dataclass(frozen=True)
class Row:
    """One row: what is asked, what carries it, what proves it, and how it stands."""

    id: str
    asks: str
    carried_by: str
    proven_by: str
    standing: str

    @property
    def tests(self) -> list[str]:
        """The tests that the row names, without their prefix."""
        return [name for prefix, name in _names(self.proven_by) if prefix == "test"]


Question = Callable[[list[Row]], Iterator[str]]


def rows_of(page: str) -> list[Row]:
    """Return the rows of the page, in its order."""
    return [_row(found["id"], found["rest"]) for found in _ROW.finditer(page)]


def _row(name: str, rest: str) -> Row:
    cells = [cell.strip() for cell in rest.split("|")]
    if len(cells) != _CELLS:
        raise ValueError(f"{name}: {len(cells) + 1} cells; a row has {_CELLS + 1}")
    return Row(name, *cells)


def _names(cell: str) -> list[tuple[str, str]]:
    """Return prefix and name of all that is marked in a cell; the prefix is empty where none is written."""
    parts = [marked.partition(":") for marked in _MARKED.findall(cell)]
    return [(prefix, name) if colon else ("", prefix) for prefix, colon, name in parts]


# --- questions ----------------------------------------------------------------------------------------------------


def unnumbered(rows: list[Row]) -> Iterator[str]:
    """Numbers that are missing, twice, or beyond their series."""
    wanted = Counter(f"{series}{n}" for series, last in SERIES.items() for n in range(1, last + 1))
    found = Counter(row.id for row in rows)
    yield from (f"{name}: missing" for name in wanted - found)
    yield from (f"{name}: twice, or beyond its series" for name in found - wanted)


def unasked(rows: list[Row]) -> Iterator[str]:
    """Rows that do not say what is asked, or stand in no known way, or without their reason."""
    for row in rows:
        if not row.asks:
            yield f"{row.id}: says not what it asks"
        if not any(form.match(row.standing) for form in (_CARRIED, _REASONED)):
            yield f"{row.id}: “{row.standing}” is no standing with its reason"


def unproven(rows: list[Row]) -> Iterator[str]:
    """Rows that are carried, wholly or partly, without a name of what carries them or without a test."""
    for row in rows:
        if row.standing.startswith(_PROVEN):
            if not row.tests:
                yield f"{row.id}: no test"
            if not _names(row.carried_by):
                yield f"{row.id}: nothing that carries it"


def untested(rows: list[Row]) -> Iterator[str]:
    """Tests that are not there: the file, or the function in it."""
    for row in rows:
        for prefix, name in _names(row.proven_by):
            path, _, function = name.partition("::")
            if prefix != "test" or not path.startswith("tests/") or not (ROOT / path).is_file():
                yield f"{row.id}: {name} is no test file"
            elif function and function not in functions_of(path):
                yield f"{row.id}: {path} has no {function}"


def unknown(rows: list[Row], names: Mapping[str, AbstractSet[str]]) -> Iterator[str]:
    """Marked names that are nowhere: of another prefix than those of `names`, or not among its names."""
    for row in rows:
        for prefix, name in _names(row.carried_by + row.asks + row.standing):
            there = (ROOT / name).is_file() if prefix == "module" else name in names.get(prefix, ())
            if not there:
                yield f"{row.id}: there is no {prefix}:{name}"


# --- what there is ------------------------------------------------------------------------------------------------


@cache
def functions_of(path: str) -> frozenset[str]:
    """Return the names of the test functions of a file."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def commands_of(app: typer.Typer, said: str) -> Iterator[str]:
    """Yield every command as it is typed, `said` in front."""
    yield from _typed(typer.main.get_command(app), said)


def _typed(command: Any, said: str) -> Iterator[str]:
    below: Iterable[tuple[str, Any]] = getattr(command, "commands", {}).items()
    yield said
    for name, child in below:
        yield from _typed(child, f"{said} {name}")
