"""What the tests of importing share: a fixed day, and lists written for one scenario."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from workflows.importing.reading import Sheet, read_petitions

TODAY = date(2026, 11, 20)

ReadCsv = Callable[..., Sheet]
WriteXlsx = Callable[..., Path]


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def read_csv(tmp_path: Path) -> ReadCsv:
    """Write a text file and read it; `name` and `encoding` are for scenarios that are about them."""

    def read(text: str, *, name: str = "danh-sach.csv", encoding: str = "utf-8", **options: Any) -> Sheet:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return read_petitions(path, today=TODAY, **options)

    return read


@pytest.fixture
def write_xlsx(tmp_path: Path) -> WriteXlsx:
    """Write a workbook of sheets, each a list of rows; dates become typed cells."""

    def write(*sheets: Sequence[Sequence[object]], name: str = "danh-sach.xlsx", names: Sequence[str] = ()) -> Path:
        path = tmp_path / name
        with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
            for place, rows in enumerate(sheets):
                sheet = book.add_worksheet(names[place] if names else None)
                for number, row in enumerate(rows):
                    sheet.write_row(number, 0, row)
        return path

    return write
