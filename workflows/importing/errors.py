"""Why a whole file is refused; each class is one reason with its own code.

A fault of one row never comes here: it is a `problems.Problem` of that row.
"""

from __future__ import annotations

from typing import Any

from states.errors import DomainError
from states.text import Text


class FileRefused(DomainError):
    """The file cannot be imported as it is; the sentence says what to do about it."""

    code = "import_file_refused"


class FileNotFound(FileRefused):
    """There is no file of this name, it is a folder, or it may not be opened."""

    code = "import_file_not_found"


class ListRefused(DomainError):
    """Some rows keep the whole list out; `report` says of each row what is wrong, and nothing was written."""

    code = "import_refused"

    def __init__(self, outcome: Text, report: Any) -> None:
        super().__init__(outcome)
        self.report = report


class EmptyFile(FileRefused):
    """The file holds nothing, or nothing but blank rows."""

    code = "import_empty_file"


class NotATable(FileRefused):
    """The content is no table we read: a picture, a PDF, a web page, a Word file without a table, random bytes."""

    code = "import_not_a_table"


class WrongExtension(FileRefused):
    """The name says one format and the content is another."""

    code = "import_wrong_extension"


class PasswordProtected(FileRefused):
    """The file is encrypted."""

    code = "import_password_protected"


class FileTooLarge(FileRefused):
    """More bytes, rows, columns or unpacked content than can be read safely."""

    code = "import_file_too_large"


class DamagedFile(FileRefused):
    """The container is right and its content cannot be read."""

    code = "import_damaged_file"


class UnsafeFile(FileRefused):
    """The file carries what no list needs: macros, a document type declaration, another document."""

    code = "import_unsafe_file"


class UnknownEncoding(FileRefused):
    """The bytes are no Unicode and no windows-1258; often TCVN3 (ABC) or VNI."""

    code = "import_unknown_encoding"


class UnclosedQuote(FileRefused):
    """A quotation mark opens a cell of a CSV file and is never closed: rows would be swallowed."""

    code = "import_unclosed_quote"


class SheetNotFound(FileRefused):
    """The workbook has no sheet of the name asked for."""

    code = "import_sheet_not_found"


class HeaderNotFound(FileRefused):
    """No row near the top holds headings that we know."""

    code = "import_header_not_found"


class TextColumnMissing(FileRefused):
    """Headings were found, but none for the petition's text."""

    code = "import_text_column_missing"


class ColumnsCollide(FileRefused):
    """Two columns claim the same field."""

    code = "import_columns_collide"


class BadMapping(FileRefused):
    """The mapping file cannot be read, names an unknown field or a heading that the file does not have."""

    code = "import_bad_mapping"
