"""Fills a Word template: plain strings into a sandbox, the result parsed strictly, cells merged, nothing left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from workflows.printing.cleaning import GUARD, MERGE, Trouble, cleaned
from workflows.printing.fields import data_of
from workflows.printing.tables import let_long_rows_break, merge_equal_cells


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished file, and what in it could not be printed as it stands."""

    content: bytes
    troubles: tuple[Trouble, ...] = ()


FILTERS = {"hoa": str.upper, "gop": lambda text: MERGE + text}
"""What a template may do with a field: `hoa` in capitals, `gop` one cell for equal neighbours one below the other."""


def environment() -> SandboxedEnvironment:
    """Return the world of a template: two filters, no test, no function, and a missing name is an error."""
    world = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    world.filters, world.tests, world.globals = dict(FILTERS), {}, {}
    return world


class _Filled(DocxTemplate):  # type: ignore[misc]  # the library is published without types
    """The library's template, parsed strictly: it would mend broken XML by leaving out what follows the break."""

    def fix_tables(self, xml: str) -> BaseOxmlElement:
        """Return the body as elements; tables are left as the template has them."""
        return parse_xml(xml)

    def fix_docpr_ids(self, tree: BaseOxmlElement) -> None:
        """Number the pictures anew: one inside a loop comes several times."""
        for number, picture in enumerate(tree.xpath("//wp:docPr"), start=1):
            picture.set("id", str(number))

    def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:
        """Fill one part and take our guard out of it."""
        filled: str = super().render_xml_part(src_xml, part, context, jinja_env)
        return filled.replace(GUARD, "")

    def render_properties(self, context: Any, jinja_env: Any = None) -> None:
        """Leave the properties alone: they are no place for fields."""

    def render_footnotes(self, context: Any, jinja_env: Any = None) -> None:
        """Leave footnotes alone: they are no place for fields."""


def sources(template: bytes) -> tuple[str, ...]:
    """Return what is filled of a template as source: its body, headers and footers, put in order by the library."""
    opened = _Filled(BytesIO(template))
    opened.init_docx()
    found = [opened.patch_xml(opened.get_xml())]
    for place in (opened.HEADER_URI, opened.FOOTER_URI):
        found += [opened.patch_xml(opened.get_part_xml(part)) for _, part in opened.get_headers_footers(place)]
    return tuple(found)


def fill(template: bytes, view: object, *, made_at: datetime) -> Printed:
    """Return the file that `template` and a view make. One bad value never stops it: it is listed."""
    return fill_plain(template, data_of(view), made_at=made_at)


def fill_plain(template: bytes, data: dict[str, Any], *, made_at: datetime) -> Printed:
    """Like `fill`, from data under the names that templates use."""
    values, troubles = cleaned(data)
    filled = _Filled(BytesIO(template))
    filled.render(values, environment(), autoescape=True)
    merge_equal_cells(filled.docx.element.body)
    let_long_rows_break(filled.docx.element.body)
    _date(filled.docx.core_properties, made_at)
    out = BytesIO()
    filled.save(out)
    return Printed(out.getvalue(), tuple(troubles))


def _date(properties: Any, made_at: datetime) -> None:
    properties.created = properties.modified = made_at.replace(tzinfo=None)
    properties.last_modified_by, properties.revision = "", 1
