"""Reads the tree of a template by the closed list of fields and says, tag by tag, what may not stand there."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import nodes

from states.text import Text
from workflows.printing.fields import Field, by_name
from workflows.printing.filling import FILTERS

_ENDS = frozenset({"first", "last"})


def shown(lines: list[str], number: int | None) -> str:
    """Return the tag that stands on a line, as people wrote it."""
    line = lines[min(number or 1, len(lines)) - 1]
    return re.split(r"(?<=[%}]\})|<", line, maxsplit=1)[0].strip()[:60] or "…"


@dataclass(slots=True)
class Reading:
    """Reads statements. `lines` hold one tag each; `rows` are the loop variables with the fields of their rows."""

    lines: list[str]
    names: Mapping[str, Field]
    problems: dict[str, Text]
    rows: dict[str, Mapping[str, Field]] = field(default_factory=dict)

    def body(self, statements: list[Any]) -> None:
        """Read statements one after the other."""
        for node in statements:
            self.statement(node)

    def statement(self, node: Any) -> None:
        """Read one statement: text, what is printed, `for`, `if`."""
        match node:
            case nodes.Output():
                for printed in node.nodes:
                    if not isinstance(printed, nodes.TemplateData):
                        self.printed(printed)
            case nodes.For():
                self.loop(node)
            case nodes.If():
                self.condition(node.test)
                for part in (node.body, node.elif_, node.else_):
                    self.body(part)
            case _:
                self.refuse(node)

    def printed(self, node: Any) -> None:
        """Read what is printed: a field of text, perhaps through filters."""
        while isinstance(node, nodes.Filter) and node.name in FILTERS and not (node.args or node.kwargs):
            node = node.node
        found = self.field(node)
        if found is not None and found.rows is not None:
            self.say(
                node,
                Text(f"«{found.name}» là danh sách: dùng {{%p for x in {found.name} %}}", f"“{found.name}” is a list"),
            )

    def condition(self, node: Any) -> None:
        """Read what is tested: fields and whether a row is first or last, with not, and, or."""
        match node:
            case nodes.Not():
                self.condition(node.node)
            case nodes.And() | nodes.Or():
                self.condition(node.left)
                self.condition(node.right)
            case nodes.Getattr(node=nodes.Name(name="loop")) if self.rows and node.attr in _ENDS:
                pass
            case _:
                self.field(node)

    def loop(self, node: nodes.For) -> None:
        """Read a loop over a list of the closed list; inside it, only over lists of its rows."""
        target = node.target
        if node.recursive or node.test is not None or not isinstance(target, nodes.Name):
            self.refuse(node)
            return
        found = self.field(node.iter)
        if found is None:
            return
        is_nested = isinstance(node.iter, nodes.Name) and bool(self.rows)
        if found.rows is None or is_nested or target.name in {*self.names, *self.rows, "loop"}:
            self.say(
                node,
                Text(
                    f"«for {target.name} in {found.name}» không dùng được ở đây",
                    f"“for {target.name} in {found.name}” cannot be used here",
                ),
            )
            return
        inside = Reading(self.lines, self.names, self.problems, {**self.rows, target.name: by_name(found.rows)})
        inside.body(node.body)
        self.body(node.else_)

    def field(self, node: Any) -> Field | None:
        """Return the field that a name stands for; say what is wrong where it stands for none."""
        match node:
            case nodes.Name() if node.name in self.names:
                return self.names[node.name]
            case nodes.Name():
                self.unknown(node, node.name)
            case nodes.Getattr(node=nodes.Name(name=row)) if row in self.rows:
                if node.attr in self.rows[row]:
                    return self.rows[row][node.attr]
                self.unknown(node, f"{row}.{node.attr}")
            case _:
                self.refuse(node)
        return None

    def unknown(self, node: Any, written: str) -> None:
        """Say that there is no such field, and which one is nearest."""
        known = [*self.names, *(f"{row}.{name}" for row, fields in self.rows.items() for name in fields)]
        nearest = difflib.get_close_matches(written, known, 1, 0)
        self.say(
            node,
            Text(
                f"Không có trường «{written}»; gần nhất là «{nearest[0]}»",
                f"There is no field “{written}”; the nearest is “{nearest[0]}”",
            ),
        )

    def refuse(self, node: Any) -> None:
        """Refuse what is no field, loop or condition."""
        place = shown(self.lines, node.lineno)
        self.say(
            node,
            Text(
                f"«{place}» không dùng được: chỉ dùng tên trường, for, if và bộ lọc {', '.join(FILTERS)}",
                f"“{place}” cannot be used: only fields, for, if and the filters {', '.join(FILTERS)}",
            ),
        )

    def say(self, node: Any, text: Text) -> None:
        """Keep one problem for each place."""
        self.problems.setdefault(shown(self.lines, node.lineno), text)
