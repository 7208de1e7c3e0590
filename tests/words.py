"""Word files made for one scenario, member by member, so that a test can make the dangerous ones too."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def write_docx(
    path: Path,
    body: str,
    *,
    numbering: str = "",
    styles: str = "",
    doctype: str = "",
    others: Mapping[str, bytes] | None = None,
) -> Path:
    """Write a Word file whose body, lists and styles are given as XML with the prefix `w`."""
    kinds = {"numbering": numbering, "styles": styles}
    members = {
        "[Content_Types].xml": _types(kinds),
        "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
        "word/_rels/document.xml.rels": _relations({kind: f"{kind}.xml" for kind, xml in kinds.items() if xml}),
        "word/document.xml": f'{_HEAD}{doctype}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        **{
            f"word/{kind}.xml": f'{_HEAD}<w:{kind} xmlns:w="{W}">{xml}</w:{kind}>' for kind, xml in kinds.items() if xml
        },
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, xml in members.items():
            file.writestr(name, xml)
        for name, content in (others or {}).items():
            file.writestr(name, content)
    return path


def _types(kinds: Mapping[str, str]) -> str:
    parts = {"document": f"{_TYPE}.document.main+xml"} | {kind: f"{_TYPE}.{kind}+xml" for kind in kinds if kinds[kind]}
    told = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{told}</Types>'
    )


def _relations(targets: Mapping[str, str]) -> str:
    told = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items())
    )
    return f'{_HEAD}<Relationships xmlns="{_RELATIONS}">{told}</Relationships>'


def para(text: str = "", *, properties: str = "") -> str:
    """Return a paragraph; line breaks and tabs in `text` become Word's own."""
    return f"<w:p>{properties}{run(text)}</w:p>"


def run(text: str, *, properties: str = "") -> str:
    """Return a run of text."""
    told = escape(text).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">').replace("\t", "</w:t><w:tab/><w:t>")
    return f'<w:r>{properties}<w:t xml:space="preserve">{told}</w:t></w:r>'


def cell(content: str, *, span: int = 1, merge: str = "") -> str:
    """Return a cell of the given text or XML. `merge`: “restart” opens a vertical merge, “continue” goes on with it."""
    inside = content if content.startswith("<w:") else para(content)
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    merged = {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}[merge]
    return f"<w:tc><w:tcPr>{spanned}{merged}</w:tcPr>{inside}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """Return a row of cells; a plain text becomes a cell of it."""
    inside = "".join(part if part.startswith("<w:tc>") else cell(part) for part in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{inside}</w:tr>"


def table(rows: Iterable[Sequence[str] | str], *, widths: Sequence[int] = ()) -> str:
    """Return a table of rows; a row is its cells or the XML that `row` returned. Widths in twentieths of a point."""
    inside = "".join(part if isinstance(part, str) else row(*part) for part in rows)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{inside}</w:tbl>"


def letterhead(number: str, place_and_date: str, *, issuer: str = "ỦY BAN NHÂN DÂN\nXÃ MƯỜNG LỰM") -> str:
    """Return the two-cell table at the top of every paper."""
    return table(
        [(issuer, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"), (number, place_and_date)]
    )
