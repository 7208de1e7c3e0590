"""Reading back the files that go out of the office, as whoever receives them would."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any, cast

from docx import Document
from python_calamine import CalamineWorkbook

from tests.office import Office
from workflows.filing.store import DiskStore
from workflows.printing import making
from workflows.printing.making import Form, MadeFile
from workflows.printing.picking import Choice

Cells = list[list[Any]]
WHOLE = Choice()


def store(folder: Path) -> DiskStore:
    """Return a file store of its own."""
    return DiskStore(folder / "files")


def annex(
    office: Office, folder: Path, kind: str, choice: Choice = WHOLE, *, form: Form = Form.XLSX, login: str | None = None
) -> MadeFile:
    """Make an annex."""
    actor = office[login] if login else office.operator
    with office.database.reading() as unit:
        return making.annex(
            unit, setting=office.setting, actor=actor, store=store(folder), kind=kind, choice=choice, form=form
        )


def register(office: Office, folder: Path, form: Form = Form.XLSX, login: str | None = None) -> MadeFile:
    """Make the register."""
    actor = office[login] if login else office.operator
    with office.database.reading() as unit:
        return making.register(
            unit, setting=office.setting, actor=actor, store=store(folder), choice=Choice(), form=form
        )


def cells(made: MadeFile) -> Cells:
    """Return the first sheet of a workbook."""
    book = CalamineWorkbook.from_filelike(BytesIO(made.content))
    return cast("Cells", book.get_sheet_by_index(0).to_python(skip_empty_area=False))


def word_tables(made: MadeFile) -> list[list[list[str]]]:
    """Return the tables of a Word file, cell by cell."""
    return [[[c.text for c in row.cells] for row in t.rows] for t in Document(BytesIO(made.content)).tables]


def word_text(made: MadeFile) -> str:
    """Return all text of a Word file, of its tables too."""
    told = [p.text for p in Document(BytesIO(made.content)).paragraphs]
    return "\n".join([*told, *(c for t in word_tables(made) for row in t for c in row)])


def below(table: Cells, heading: str) -> list[dict[str, Any]]:
    """Return the rows under the row of headings that holds `heading`, until the first one that names no case."""
    at = next(n for n, row in enumerate(table) if heading in row)
    names = [str(name) for name in table[at]]
    if "" in names:
        names = [one or str(two) for one, two in zip(names, table[at + 1], strict=True)]
        names = [str(two) or one for one, two in zip(names, table[at + 1], strict=True)]
        at += 1
    found = []
    for row in table[at + 1 :]:
        record = dict(zip(names, row, strict=True))
        if not any("-KN-" in str(value) for value in row):
            break
        found.append(record)
    return found
