"""Lists of petitions written for one scenario, and their way into the register of the invented council."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from states.facts import Actor
from tests.office import Office
from workflows.importing.report import ImportReport
from workflows.importing.row_results import RowResult
from workflows.importing.taking import ImportOrder, Progress, take_petitions

TODAY = date(2026, 9, 10)
HEADINGS = ("STT", "Nội dung kiến nghị", "Địa phương", "Lĩnh vực", "Cơ quan giải quyết", "Ngày nhận")
WELL = "Đề nghị khoan thêm giếng nước cho bản Nà Pát"
ROAD = "Đề nghị sửa đường vào bản Co Muông"


@dataclass
class Lists:
    """Writes lists into one folder and takes them in."""

    office: Office
    folder: Path

    def csv(self, *rows: Sequence[str], headings: Sequence[str] = HEADINGS, name: str = "danh-sach.csv") -> Path:
        """Write a text file; cells hold no delimiter."""
        path = self.folder / name
        path.write_text("\n".join(";".join(row) for row in (headings, *rows)), encoding="utf-8")
        return path

    def xlsx(self, *rows: Sequence[object], headings: Sequence[str] = HEADINGS, name: str = "danh-sach.xlsx") -> Path:
        """Write a workbook; dates become typed cells."""
        path = self.folder / name
        with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate((headings, *rows)):
                sheet.write_row(number, 0, row)
        return path

    def take(
        self, path: Path, *, actor: Actor | None = None, progress: Progress | None = None, **order: Any
    ) -> ImportReport:
        """Take a list in as the operator, unless somebody else does."""
        return take_petitions(
            self.office.database,
            setting=self.office.setting,
            actor=actor or self.office.operator,
            order=ImportOrder(path=path, **order),
            today=TODAY,
            progress=progress,
        )

    def count(self, table: str) -> int:
        """Return how many rows a table holds."""
        return int(self.office.rows(f'SELECT count(*) AS n FROM "{table}"')[0]["n"])


def code_of(report: ImportReport, row_number: int) -> str:
    """Return the code of the case that a row became."""
    code = row_of(report, row_number).code
    assert code is not None
    return code


def row_of(report: ImportReport, row_number: int) -> RowResult:
    """Return what became of a row."""
    return next(row for row in report.rows if row.row_number == row_number)


def totals(report: ImportReport) -> dict[str, int]:
    """Return the totals of a report after checking that they add up."""
    assert report.read == report.accepted + report.raised_again + report.rejected + report.already_there
    return {
        "read": report.read,
        "accepted": report.accepted,
        "rejected": report.rejected,
        "already_there": report.already_there,
        "warnings": report.warnings,
        "written": report.written,
    }


def problem_codes(row: RowResult) -> list[tuple[str, str]]:
    """Return the column and code of each problem of a row."""
    return [(problem.column, problem.code) for problem in row.problems]
