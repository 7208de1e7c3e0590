"""Checks an edited template when it is brought: a wrong field is an error then, not when forty letters are printed.

Only names of the closed list, `for` over its lists, `if` over its fields and two filters may stand in a template.
Everything else of the template language is refused: no arithmetic, calls, attributes, imports, macros.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx import Document
from jinja2 import TemplateError, TemplateSyntaxError
from lxml import etree

from states.errors import BadInput
from states.text import Text
from workflows.printing import packages, template_text
from workflows.printing.fields import Field, by_name, example
from workflows.printing.filling import environment, fill_plain, sources
from workflows.printing.kinds import PrintKind
from workflows.printing.template_language import Reading, shown

_TAG_BEGINS = re.compile(r"\{[{%]")
_HOSTILE = '{{ 7*7 }} {% for x in y %} }}{{ {_{ <w:p>&lt;&amp;"\'</w:t> \x00\x0b\ud800 =HYPERLINK("x") …\tế\n'
_DAY = datetime(2026, 1, 1, tzinfo=UTC)


class TemplateRefused(BadInput):
    """The template cannot be used; each problem says where and what to write instead."""

    code = "template_refused"


def check(content: bytes, kind: PrintKind) -> None:
    """Look at everything that may be wrong with a template of `kind`.

    Raises: TemplateRefused with every problem found.
    """
    try:
        xml = packages.parts(content)
    except packages.NotSafe as error:
        raise _refused("file", Text(f"Tệp {error.text.vi}", f"The file {error.text.en}")) from None
    problems = template_text.problems_of(xml) or _of_source(content, kind)
    if problems:
        raise TemplateRefused(problems)
    _try(content, kind)


def _refused(place: str, text: Text) -> TemplateRefused:
    return TemplateRefused({place: text})


def _of_source(content: bytes, kind: PrintKind) -> dict[str, Text]:
    problems: dict[str, Text] = {}
    for source in sources(content):
        # A tag a line: the number of a line is then the number of a tag.
        numbered = _TAG_BEGINS.sub(r"\n\g<0>", source)
        lines = numbered.split("\n")
        try:
            tree = environment().parse(numbered)
        except TemplateSyntaxError as error:
            place = shown(lines, error.lineno)
            problems[place] = Text(f"Viết sai cú pháp ở «{place}»", f"Wrong syntax at “{place}”")
            continue
        Reading(lines, by_name(kind.fields), problems).body(tree.body)
        problems.update(dict.fromkeys(template_text.outside_text(source), template_text.MISPLACED))
    return problems


def _try(content: bytes, kind: PrintKind) -> None:
    """Print it with the example, with hostile values and with nothing at all; each must be a file that opens."""
    for values in (example(kind.fields), _everywhere(kind.fields, _HOSTILE, 2), _everywhere(kind.fields, "", 0)):
        try:
            Document(BytesIO(fill_plain(content, values, made_at=_DAY).content))
        except (TemplateError, etree.LxmlError, KeyError, ValueError, AttributeError) as error:
            told = f"{type(error).__name__}: {error}"[:200]
            raise _refused(
                "file", Text(f"Mẫu in ra tệp hỏng ({told})", f"The template makes a broken file ({told})")
            ) from None


def _everywhere(fields: tuple[Field, ...], value: str, rows: int) -> dict[str, Any]:
    return {f.name: value if f.rows is None else [_everywhere(f.rows, value, rows)] * rows for f in fields}
