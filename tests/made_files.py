"""Small real files of every kind that papers have, and files that are made to harm."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

import xlsxwriter
from docx import Document

from states.file_words import FileKind
from tests.old_workbooks import ods, open_document, xls, xlsb

ROWS = (("STT", "Nội dung"), (1.0, "Đề nghị sửa đường"))
BOMB_BYTES = 256 << 20


def pdf(words: str = "Bao cao 56/BC-UBND") -> bytes:
    """Return a page with words (ASCII)."""
    stream = f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET".encode()
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, content)
    lines = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, lines)
    return body + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))


def png() -> bytes:
    """Return a picture of one point."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(4))) + chunk(b"IEND", b"")


def jpeg() -> bytes:
    """Return the frame of a photograph without its points."""
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"


def tiff() -> bytes:
    """Return a scanned page of one black point."""
    tags = ((256, 3, 1, 1), (257, 3, 1, 1), (262, 3, 1, 0), (273, 4, 1, 8), (279, 4, 1, 1))
    return (
        b"II*\0"
        + struct.pack("<I", 10)
        + b"\0\0"
        + struct.pack("<H", len(tags))
        + b"".join(struct.pack("<HHII", *tag) for tag in tags)
        + bytes(4)
    )


def docx(words: str = "Kết quả giải quyết kiến nghị") -> bytes:
    """Return a text with one paragraph."""
    content, text = io.BytesIO(), Document()
    text.add_paragraph(words)
    text.save(content)
    return content.getvalue()


def xlsx() -> bytes:
    """Return a workbook with one sheet."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
    return content.getvalue()


GOOD: Mapping[FileKind, Callable[[], bytes]] = {
    FileKind.PDF: pdf,
    FileKind.DOCX: docx,
    FileKind.ODT: lambda: open_document("text", "<office:text><text:p>Kết quả</text:p></office:text>"),
    FileKind.XLSX: xlsx,
    FileKind.XLSB: lambda: xlsb(ROWS),
    FileKind.XLS: lambda: xls(ROWS),
    FileKind.ODS: lambda: ods(ROWS),
    FileKind.PNG: png,
    FileKind.JPEG: jpeg,
    FileKind.TIFF: tiff,
    FileKind.TEXT: "STT;Nội dung\n1;Đề nghị sửa đường\n".encode,
}


def parts(package: bytes) -> dict[str, bytes]:
    """Return the parts of an archive by name."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_parts(package: bytes, more: Mapping[str, bytes]) -> bytes:
    """Return an archive with parts added or replaced."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**parts(package), **more}.items():
            archive.writestr(name, data)
    return content.getvalue()


def bomb() -> bytes:
    """Return a Word text whose picture says that it unpacks to 256 MB, and does."""
    return with_parts(docx(), {"word/media/image1.png": bytes(BOMB_BYTES)})


def lying(size: int = 1_234_567) -> bytes:
    """Return a Word text with a part that declares 1,000 bytes and unpacks to `size`."""
    honest = with_parts(docx(), {"word/media/image1.png": bytes(size)})
    said = size.to_bytes(4, "little")
    assert honest.count(said) == 2, "once in the list, once before the part"
    return honest.replace(said, (1000).to_bytes(4, "little"))


def crowded(members: int = 10_001) -> bytes:
    """Return a Word text with very many empty parts."""
    return with_parts(docx(), {f"word/media/{number}.png": b"" for number in range(members)})


def with_entities(part: str, *, encoding: str = "utf-8", address: str | None = None) -> bytes:
    """Return a Word text one of whose parts declares entities: a flood of them, or one that lies at `address`."""
    outside = f'<!ENTITY e SYSTEM "{address}">'
    flood = '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE w [{outside if address else flood}]><w>&e;</w>'
    return with_parts(docx(), {part: text.encode(encoding)})


def with_macros() -> bytes:
    """Return a Word text with a macro project, as .docm has it, whatever its name says."""
    return with_parts(docx(), {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


def with_hidden_macros() -> bytes:
    """Return a Word text that calls its macro project by another name."""
    types = parts(docx())["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Override PartName="/word/printerSettings1.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>',
    )
    return with_parts(docx(), {"[Content_Types].xml": types, "word/printerSettings1.bin": b"\xd0\xcf\x11\xe0"})


def with_outside_template() -> bytes:
    """Return a Word text that fetches its template from elsewhere and has a link that a reader may follow."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = "".join(
        f'<Relationship Id="r{name}" Type="{kind}/{name}" Target="http://127.0.0.1:9/{name}" TargetMode="External"/>'
        for name in ("attachedTemplate", "hyperlink")
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    part = f'<?xml version="1.0"?><Relationships xmlns="{space}">{rels}</Relationships>'
    return with_parts(docx(), {"word/_rels/settings.xml.rels": part.encode()})
