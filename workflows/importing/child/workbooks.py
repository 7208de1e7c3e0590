"""The cells of a workbook (XLSX, XLSB, ODS, XLS), in the lines of `reading`."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from workflows.importing.child.bounds import Unreadable, spend

MERGES_KEPT = 20_000


def workbook_lines(path: str, limits: dict[str, int]) -> Iterator[object]:
    """Yield the lines of all visible worksheets. Raises Unreadable, MemoryError, OSError or ValueError."""
    rows_left = limits["rows"]
    try:
        book = CalamineWorkbook.from_path(path)
        for sheet in book.sheets_metadata:
            if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet:
                for line in sheet_lines(book.get_sheet_by_name(sheet.name), columns=limits["columns"]):
                    rows_left = spend(rows_left)
                    yield line
    except PasswordError:
        raise Unreadable("password") from None
    except CalamineError:
        raise Unreadable("damaged") from None


def sheet_lines(sheet: Any, *, columns: int) -> Iterator[object]:
    """Yield the heading line of a sheet and its rows that are not blank; numbers as the person sees them."""
    merged = (sheet.merged_cell_ranges or [])[:MERGES_KEPT]
    yield {"sheet": sheet.name, "merged": [[top, left, bottom, right] for (top, left), (bottom, right) in merged]}
    left = sheet.start[1] if sheet.start else 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [encode(value) for value in row]
        while cells and cells[-1] in ("", None):
            cells.pop()
        if left + len(cells) > columns:
            raise Unreadable("columns")
        if cells:
            yield [number, [""] * left + cells]


def encode(value: object) -> object:
    """Return a cell as JSON; a length of time becomes its text."""
    match value:
        case bool() | int() | float() | str():
            return value
        case datetime.datetime():
            return {"at": value.isoformat()}
        case datetime.date():
            return {"date": value.isoformat()}
        case datetime.time():
            return {"time": value.isoformat()}
        case _:
            return str(value)
