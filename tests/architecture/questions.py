"""The questions asked of each module: pure functions from a syntax tree to findings."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.architecture import rules
from tests.architecture.trees import Module

UPDATE = re.compile(
    r"\bupdate\s+\"?(?P<table>\w+)\"?\s+(?:as\s+\w+\s+)?set\b(?P<columns>.*)", re.IGNORECASE | re.DOTALL
)
SKIPS = re.compile(r"pytest\.(?:mark\.)?(?:skip|skipif|xfail|importorskip)$")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def transactions(module: Module) -> Iterator[str]:
    """Where a transaction begins or is committed: `.commit(`, `.begin(`, or the SQL word itself."""
    home = _any(rules.TRANSACTION_MODULES)
    for node in ast.walk(module.tree):
        match node:
            case ast.Attribute(attr="commit" | "begin" as name):
                yield module.finding(node.lineno, f".{name} belongs into {home}")
            case ast.Constant(value=str(text)) if text.strip(" ;").upper() == "COMMIT":
                yield module.finding(node.lineno, f"{text.strip()} belongs into {home}")


def clocks(module: Module) -> Iterator[str]:
    """Where the machine's or the database's clock is read, or handed on to be read."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute | ast.Name) and module.dotted(node) in rules.CLOCKS:
            yield module.finding(node.lineno, f"{module.dotted(node)}: take `now` or `today` as an argument")


def prints(module: Module) -> Iterator[str]:
    """Where text is written to the terminal."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Name) and node.id == "print":
            yield module.finding(node.lineno, "print belongs into api; elsewhere return a value or log")


def state_writes(module: Module) -> Iterator[str]:
    """Where a column that holds a state is assigned: as an attribute, in `.values(…)`, in SQL text."""
    for node in ast.walk(module.tree):
        if any(_writes_state(node)):
            yield module.finding(getattr(node, "lineno", 0), f"a state is assigned in {_any(rules.STATE_MODULES)} only")


def _writes_state(node: ast.AST) -> Iterator[bool]:
    match node:
        case ast.Attribute(attr=name, ctx=ast.Store()) | ast.Subscript(slice=ast.Constant(value=name), ctx=ast.Store()):
            yield name in rules.STATE_COLUMNS
        case ast.Call(func=ast.Name(id="setattr"), args=[_, ast.Constant(value=name), *_]):
            yield name in rules.STATE_COLUMNS
        case ast.Call(func=ast.Attribute(attr="values")) if _subject(node) in rules.OTHER_STATES:
            yield False
        case ast.Call(func=ast.Attribute(attr="values"), args=arguments, keywords=keywords):
            yield any(keyword.arg in rules.STATE_COLUMNS for keyword in keywords)
            yield any(_column(key) in rules.STATE_COLUMNS for key in _keys(arguments))
        case ast.Constant(value=str(text)):
            yield _updates_state(text)
        case ast.JoinedStr():
            yield _updates_state("".join(str(part.value) for part in node.values if isinstance(part, ast.Constant)))


def _subject(node: ast.AST) -> str | None:
    """Return the name of the table in `update(_table).where(…).values(…)`, without underscores and in small letters."""
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        node = node.func.value
    match node:
        case ast.Call(func=ast.Name(id="update" | "insert"), args=[ast.Name(id=table)]):
            return table.strip("_").lower()
    return None


def _keys(arguments: list[ast.expr]) -> Iterator[ast.expr | None]:
    for argument in arguments:
        if isinstance(argument, ast.Dict):
            yield from argument.keys


def _column(key: ast.expr | None) -> object:
    if isinstance(key, ast.Attribute):
        return key.attr
    return key.value if isinstance(key, ast.Constant) else None


def _updates_state(text: str) -> bool:
    found = UPDATE.search(text)
    if found is None or found["table"].lower() not in rules.STATE_TABLES:
        return False
    assigned = re.split(r"\bwhere\b", found["columns"], maxsplit=1, flags=re.IGNORECASE)[0]
    return any(re.search(rf"\b{column}\b\s*=", assigned, re.IGNORECASE) for column in rules.STATE_COLUMNS)


def lengths(module: Module) -> Iterator[str]:
    """Modules and functions too long to be read at one sitting."""
    lines = module.text.count("\n")
    if lines > rules.LONGEST_MODULE:
        yield module.finding(1, f"{lines} lines; {rules.LONGEST_MODULE} at most")
    for node in ast.walk(module.tree):
        if isinstance(node, FUNCTIONS) and node.end_lineno is not None:
            length = node.end_lineno - node.lineno + 1
            if length > rules.LONGEST_FUNCTION:
                yield module.finding(node.lineno, f"{node.name}: {length} lines; {rules.LONGEST_FUNCTION} at most")


def unfinished(module: Module) -> Iterator[str]:
    """What is promised but not there: raises that stand for code, tests that do not run."""
    for node in ast.walk(module.tree):
        stand_in = node.exc if isinstance(node, ast.Raise) and node.exc is not None else node
        name = module.dotted(stand_in.func if isinstance(stand_in, ast.Call) else stand_in) or ""
        if (stand_in is not node and name == "NotImplementedError") or SKIPS.match(name):
            yield module.finding(getattr(node, "lineno", 0), f"{name}: finish it or leave it out")


def _any(paths: set[str]) -> str:
    return " or ".join(sorted(paths))
