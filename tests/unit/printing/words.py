"""What the tests of prints share: the words of a Word file, and variants of a template as an office would make them."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document


def words_of(content: bytes) -> str:
    """Return all words of the body, paragraph by paragraph."""
    body = Document(BytesIO(content)).element.body
    return "\n".join(
        "".join(
            {"tab": "\t", "br": "\n"}.get(t.tag.split("}")[1], t.text or "") for t in p.xpath(".//w:t|.//w:tab|.//w:br")
        )
        for p in body.xpath(".//w:p")
    )


def rows_of(content: bytes, table: int = -1) -> list[list[str]]:
    """Return the words of the cells of one table, row by row."""
    found = Document(BytesIO(content)).tables[table]
    return [[cell.text for cell in row.cells] for row in found.rows]


def with_line(template: bytes, *lines: str) -> bytes:
    """Return a template with more paragraphs before its first one."""
    document = Document(BytesIO(template))
    first = document.paragraphs[0]
    for line in lines:
        first.insert_paragraph_before(line)
    return saved(document)


def saved(document: Any) -> bytes:
    """Return a document as bytes."""
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def with_member(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a package with one member changed, or added where there was none."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        members = {i.filename: old.read(i) for i in old.infolist()}
        members[name] = change(members.get(name, b""))
        for member, body in members.items():
            new.writestr(member, body)
    return out.getvalue()
