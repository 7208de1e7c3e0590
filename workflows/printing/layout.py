"""The layout of administrative papers (Decree 30/2020/NĐ-CP, annex I): templates to be filled, built with python-docx.

A4, margins 20, 20, 30 and 15 mm, Times New Roman; page numbers centred at the top from the second page on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from itertools import groupby
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt

FONT = "Times New Roman"
BODY, SMALL, TINY = 14, 12, 11
_LONG, _SHORT = Mm(297), Mm(210)
_TOP, _BOTTOM, _LEFT, _RIGHT = Mm(20), Mm(20), Mm(30), Mm(15)
_CELL_MARGIN = 108
_INDENT = Mm(10)
# The order of elements is part of the format: what comes after the one that is put in.
_AFTER_NUMBERS = ("w:cols", "w:formProt", "w:vAlign", "w:noEndnote", "w:titlePg", "w:textDirection", "w:docGrid")
_AFTER_LINES = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
_AFTER_BORDERS = (
    "w:shd",
    "w:tabs",
    "w:suppressAutoHyphens",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:jc",
    "w:rPr",
)
_BORDERS = ("top", "left", "bottom", "right", "insideH", "insideV")


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph looks. `after` and `before` are points; `keep` holds it together with the next one."""

    size: float = BODY
    bold: bool = False
    italic: bool = False
    align: Any = ALIGN.LEFT
    indent: bool = False
    before: float = 0
    after: float = 0
    keep: bool = False


TEXT = Style(align=ALIGN.JUSTIFY, indent=True, after=6)
CENTRED = Style(align=ALIGN.CENTER)
HEADING = Style(bold=True, align=ALIGN.CENTER, keep=True)
LAST = Style(align=ALIGN.JUSTIFY, indent=True, after=14, keep=True)
SECTION = Style(bold=True, align=ALIGN.JUSTIFY, indent=True, before=6, after=6, keep=True)
CELL, CELL_CENTRED = Style(size=SMALL), Style(size=SMALL, align=ALIGN.CENTER)
CELL_HEAD = Style(size=SMALL, bold=True, align=ALIGN.CENTER, keep=True)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its head, its width in millimetres, what stands in each cell, a head above several."""

    head: str
    width: float
    cell: str
    style: Style = CELL
    above: str = ""


class Sheet:
    """A template in the making."""

    def __init__(self, *, landscape: bool = False) -> None:
        self.document: Any = Document()
        _font(self.document.styles["Normal"])
        section = self.document.sections[0]
        _page(section, landscape=landscape)
        section.different_first_page_header_footer = True
        _number_pages(section)
        properties = self.document.core_properties
        properties.author, properties.comments, properties.title = "", "", ""

    def content(self) -> bytes:
        """Return the finished file."""
        out = BytesIO()
        self.document.save(out)
        return out.getvalue()

    def write(self, text: str, style: Style = TEXT, *, into: Any = None) -> Any:
        """Write one paragraph at the end, or into a cell, and return it."""
        paragraph = (into or self.document).add_paragraph()
        _shape(paragraph, style)
        return _run(paragraph, text, style)

    def rewrite(self, paragraph: Any, text: str, style: Style) -> None:
        """Write into an empty paragraph that is there already, as the first one of a cell is."""
        _shape(paragraph, style)
        _run(paragraph, text, style)

    def control(self, tag: str, *, into: Any = None) -> None:
        """Write a paragraph that only steers: it is gone when the template is filled."""
        self.write(f"{{%p {tag} %}}", Style(size=SMALL), into=into)

    def new_section(self, *, landscape: bool) -> None:
        """Begin a section on a new page, with page numbers of its own."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        _page(section, landscape=landscape)
        numbers = OxmlElement("w:pgNumType")
        numbers.set(qn("w:start"), "1")
        section._sectPr.insert_element_before(numbers, *_AFTER_NUMBERS)

    def columns(self, left: float, right: float) -> tuple[Any, Any]:
        """Return the two cells of a table without lines, `left` and `right` millimetres wide."""
        table = self.document.add_table(rows=1, cols=2)
        _fix(table, (left, right))
        _tighten(table)
        row = table.rows[0]
        _whole(row)
        return row.cells[0], row.cells[1]

    def table(
        self, columns: tuple[Column, ...], *, rows: str, each: str, totals: str = "", total: tuple[str, ...] = ()
    ) -> None:
        """Write a table with lines whose head is repeated on every page and whose rows stay whole.

        It has one row for `each` of the list `rows`; below them, in bold, one for each of the list `totals`, and one
        more for `total`, from the second column on.
        """
        heads = 2 if any(column.above for column in columns) else 1
        lists = ((rows, each, False), (totals, "t", True))[: 2 if totals else 1]
        table = self.document.add_table(rows=heads + 3 * len(lists) + bool(total), cols=len(columns))
        _fix(table, tuple(column.width for column in columns))
        _lines(table)
        self._head(table, columns, heads)
        for number, (name, one, bold) in enumerate(lists):
            begin, body, end = table.rows[heads + 3 * number : heads + 3 * number + 3]
            _whole(body)
            for place, column in enumerate(columns):
                style = replace(column.style, bold=bold or column.style.bold)
                self.rewrite(body.cells[place].paragraphs[0], column.cell.replace(f"{each}.", f"{one}."), style)
            self.rewrite(begin.cells[0].paragraphs[0], f"{{%tr for {one} in {name} %}}", CELL)
            self.rewrite(end.cells[0].paragraphs[0], "{%tr endfor %}", CELL)
        for place, text in enumerate(("", *total) if total else ()):
            _whole(table.rows[-1])
            self.rewrite(table.rows[-1].cells[place].paragraphs[0], text, replace(columns[place].style, bold=True))
        self.write("", Style(size=6))

    def _head(self, table: Any, columns: tuple[Column, ...], heads: int) -> None:
        """Write the head: one row, or two where a head spans several columns."""
        for row in table.rows[:heads]:
            _repeat(row)
            _whole(row)
        for place, column in enumerate(columns):
            low = table.cell(heads - 1, place)
            top = table.cell(0, place)
            cell = low if column.above or heads == 1 else top.merge(low)
            self.rewrite(cell.paragraphs[0], column.head, CELL_HEAD)
        for above, group in groupby(range(len(columns)), key=lambda place: columns[place].above):
            if above:
                span = list(group)
                top = table.cell(0, span[0]).merge(table.cell(0, span[-1]))
                self.rewrite(top.paragraphs[0], above, CELL_HEAD)


def rule(sheet: Sheet, margin: float, *, into: Any = None) -> None:
    """Draw the thin line under a name, `margin` millimetres in from both sides of its page or cell."""
    paragraph = sheet.write("", Style(size=2, align=ALIGN.CENTER, keep=True), into=into)
    _underline(paragraph, margin)


def _font(style: Any) -> None:
    style.font.name, style.font.size = FONT, Pt(BODY)
    fonts = style.element.rPr.rFonts
    for name in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(name), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    style.element.rPr.append(language)


def _page(section: Any, *, landscape: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
    section.top_margin, section.bottom_margin = _TOP, _BOTTOM
    section.left_margin, section.right_margin = _LEFT, _RIGHT
    section.header_distance = Mm(10)


def _number_pages(section: Any) -> None:
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = ALIGN.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _shape(paragraph: Any, style: Style) -> None:
    shape = paragraph.paragraph_format
    shape.alignment = style.align
    shape.space_before, shape.space_after = Pt(style.before), Pt(style.after)
    shape.line_spacing = 1.0
    shape.keep_with_next = style.keep or None
    if style.indent:
        shape.first_line_indent = _INDENT


def _run(paragraph: Any, text: str, style: Style) -> Any:
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(style.size), style.bold, style.italic
    return paragraph


def _fix(table: Any, widths: tuple[float, ...]) -> None:
    table.autofit = False
    for place, width in enumerate(widths):
        size: Length = Mm(width)
        table.columns[place].width = size
        for row in table.rows:
            row.cells[place].width = size


def _lines(table: Any) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in _BORDERS:
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "000000")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    shape = table._tbl.tblPr
    shape.insert_element_before(borders, *_AFTER_LINES)
    shape.insert_element_before(_measure("w:tblInd", _CELL_MARGIN), "w:tblBorders")


def _tighten(table: Any) -> None:
    """Take away the space that a cell keeps to its left and right."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(_measure(f"w:{side}", 0))
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")


def _measure(name: str, twips: int) -> Any:
    found = OxmlElement(name)
    found.set(qn("w:w"), str(twips))
    found.set(qn("w:type"), "dxa")
    return found


def _repeat(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _whole(row: Any) -> None:
    row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))


def _underline(paragraph: Any, margin: float) -> None:
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *_AFTER_BORDERS)
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = Mm(margin)
    shape.line_spacing = Pt(3)
