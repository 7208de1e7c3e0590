"""Answer reports written for one scenario, and their way through the use case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import docx
import xlsxwriter

from states.facts import Actor
from tests.office import Office
from workflows import answering
from workflows.answering.plans import AnswerPlan, ReportFile, RowPlan, Told
from workflows.answering.registering import Taking

HEADINGS = (
    "STT",
    "Nội dung kiến nghị",
    "Cử tri (xã/thôn)",
    "Cơ quan chủ trì",
    "Nội dung trả lời",
    "Kết quả (đã/đang/chưa)",
    "Ghi chú",
)
REPORTED: dict[str, Any] = {
    "number": "61/BC-UBND",
    "issued_on": date(2026, 8, 20),
    "issuer": "UBND",
    "signer": "Đèo Văn Ủy Ban",
    "received_on": date(2026, 8, 21),
    "replies_to": "12/HĐND-TT",
}


@dataclass
class Reports:
    """Writes reports into one folder and takes them in."""

    office: Office
    folder: Path

    def xlsx(self, *rows: Sequence[object], headings: Sequence[str] = HEADINGS, name: str = "bao-cao.xlsx") -> Path:
        """Write a workbook."""
        path = self.folder / name
        with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate((headings, *rows)):
                sheet.write_row(number, 0, row)
        return path

    def docx(self, *rows: Sequence[object], headings: Sequence[str] = HEADINGS, above: Sequence[str] = ()) -> Path:
        """Write a Word file: lines above the table, then the table, then whom it goes to."""
        path = self.folder / "bao-cao.docx"
        document = docx.Document()
        for line in above:
            document.add_paragraph(line)
        table = document.add_table(rows=0, cols=len(headings))
        for row in (headings, *rows):
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = str(text)
        for line in ("Nơi nhận:", "- Thường trực HĐND xã;", "- Ban Thường trực UBMTTQ xã (b/c);", "- Lưu: VT."):
            document.add_paragraph(line)
        document.save(str(path))
        return path

    def plan(self, path: Path, *, actor: Actor | None = None, **told: Any) -> AnswerPlan:
        """Read a report as the clerk in charge, unless somebody else does."""
        with self.office.database.reading() as unit:
            return answering.read(
                unit,
                setting=self.office.setting,
                actor=actor or self.office["charge"],
                report=ReportFile(path=path, mapping=told.pop("mapping", None)),
                told=Told(**{**REPORTED, **told}),
            )

    def preview(self, path: Path, **told: Any) -> Taking:
        """Preview a report."""
        plan = self.plan(path, **told)
        with self.office.database.reading() as unit:
            return answering.preview(unit, setting=self.office.setting, plan=plan)

    def register(self, path: Path, **told: Any) -> Taking:
        """Register a report."""
        plan = self.plan(path, **told)
        with self.office.database.writing() as unit:
            return answering.register(unit, setting=self.office.setting, plan=plan)


def row_of(plan: AnswerPlan, number: int) -> RowPlan:
    """Return the row with this number."""
    return next(row for row in plan.rows if row.row_number == number)


def matched(plan: AnswerPlan) -> dict[int, tuple[str, str | None, str | None]]:
    """Return for each row what became of it, the case and by what."""
    return {row.row_number: (row.taken.value, row.code, row.match.how) for row in plan.rows}
