"""What is said of files: what they are by their content, and what a scanner found in them."""

from __future__ import annotations

from enum import unique

from states.labelled import LABELS, Labelled
from states.text import Text


@unique
class FileKind(Labelled):
    """The kinds of file that a paper may have; told by the content alone."""

    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    PNG = "png"
    JPEG = "jpeg"
    TIFF = "tiff"
    TEXT = "text"


@unique
class Scan(Labelled):
    """What the scanner said of a file. Infected and failed files are never handed out."""

    CLEAN = "clean"
    INFECTED = "infected"
    FAILED = "failed"
    UNSCANNED = "unscanned"


MEDIA: dict[FileKind, str] = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.ODT: "application/vnd.oasis.opendocument.text",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.XLSB: "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
    FileKind.XLS: "application/vnd.ms-excel",
    FileKind.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
    FileKind.TIFF: "image/tiff",
    FileKind.TEXT: "text/plain",
}
"""The media type under which each kind is stored and handed out."""

EXTENSIONS: dict[FileKind, tuple[str, ...]] = {
    **{kind: (f".{kind}",) for kind in FileKind},
    FileKind.JPEG: (".jpg", ".jpeg"),
    FileKind.TIFF: (".tif", ".tiff"),
    FileKind.TEXT: (".txt", ".csv", ".tsv"),
}
"""How the name of a file of each kind may end; the first is given where the name ends otherwise."""

LABELS.add(
    (FileKind.PDF, Text("PDF", "PDF")),
    (FileKind.DOCX, Text("Văn bản Word (.docx)", "Word text (.docx)")),
    (FileKind.ODT, Text("Văn bản OpenDocument (.odt)", "OpenDocument text (.odt)")),
    (FileKind.XLSX, Text("Bảng tính Excel (.xlsx)", "Excel workbook (.xlsx)")),
    (FileKind.XLSB, Text("Bảng tính Excel nhị phân (.xlsb)", "Binary Excel workbook (.xlsb)")),
    (FileKind.XLS, Text("Bảng tính Excel 97-2003 (.xls)", "Excel 97-2003 workbook (.xls)")),
    (FileKind.ODS, Text("Bảng tính OpenDocument (.ods)", "OpenDocument sheet (.ods)")),
    (FileKind.PNG, Text("Ảnh PNG", "PNG picture")),
    (FileKind.JPEG, Text("Ảnh JPEG", "JPEG picture")),
    (FileKind.TIFF, Text("Ảnh TIFF", "TIFF picture")),
    (FileKind.TEXT, Text("Văn bản thường, CSV", "Plain text, CSV")),
    (Scan.CLEAN, Text("Đã quét, không có mã độc", "Scanned, clean")),
    (Scan.INFECTED, Text("Có mã độc, đã cách ly", "Infected, quarantined")),
    (Scan.FAILED, Text("Chưa quét được, tạm giữ", "Could not be scanned, held back")),
    (Scan.UNSCANNED, Text("Chưa quét (không cài trình quét)", "Not scanned (no scanner is set up)")),
)
