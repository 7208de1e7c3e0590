"""Writes a table as CSV that spreadsheets open: UTF-8 with its mark, and no cell that could be taken for a formula."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

from workflows.printing.legible import legible
from workflows.printing.table_shapes import Table, Trouble, value_of
from workflows.printing.workbook import Written

_STARTS_A_FORMULA = tuple("=+-@\t\r＝＋－＠")


def delimited(table: Table) -> Written:
    """Return headings, rows and totals of `table`; a text that begins like a formula is led by an apostrophe."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    troubles: list[Trouble] = []
    writer.writerow(_text(f"{c.above}: {c.heading}" if c.above else c.heading) for c in table.columns)
    for record in table.rows:
        cells = []
        for column in table.columns:
            shown = legible(value_of(record, column.attribute))
            where = str(value_of(record, table.key))
            troubles += [Trouble(where, column.heading, problem) for problem in shown.problems]
            cells.append(_guarded(shown.text))
        writer.writerow(cells)
    for total in table.close().totals:
        writer.writerow(_text(value_of(total, c.attribute)) for c in table.columns)
    return Written(out.getvalue().encode("utf-8-sig"), tuple(troubles))


def _text(value: Any) -> str:
    return _guarded(legible(value).text)


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text
