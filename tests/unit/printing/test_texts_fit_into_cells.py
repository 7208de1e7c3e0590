"""P11, S22: whatever text comes, a workbook, a CSV file and a list of troubles come of it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from workflows.printing.delimited import delimited
from workflows.printing.legible import LONGEST, legible
from workflows.printing.table_shapes import Closing, Column, Holds, Table
from workflows.printing.workbook import Written, workbook

COLUMNS = (
    Column("TT", "ordinal", 5, Holds.NUMBER),
    Column("Mã", "code", 14),
    Column("Nội dung", "text", 40),
    Column("Một", "tick", 6, Holds.MARK, above="Ô"),
    Column("Hai", "tick", 6, Holds.MARK, above="Ô"),
)


@dataclass(frozen=True, slots=True)
class Row:
    ordinal: str
    code: str
    text: str
    tick: str = ""


def made(*texts: str) -> tuple[Written, list[list[Any]]]:
    written = workbook([table(*texts)], made_on=date(2026, 9, 10))
    sheet = CalamineWorkbook.from_filelike(BytesIO(written.content)).get_sheet_by_index(0)
    return written, sheet.to_python(skip_empty_area=False)


def table(*texts: str) -> Table:
    rows = [Row(str(n), f"NP-{n}", text) for n, text in enumerate(texts, start=1)]
    return Table("Bảng [1]: a/b*?", ("Tiêu đề",), COLUMNS, rows, lambda: Closing([], ["Hết."]))


@given(st.text(alphabet=st.characters(codec=None), max_size=60))
def test_any_text_is_written_and_read_back_as_it_was_shown(text: str) -> None:
    written, rows = made("trước", text, "sau")
    assert [row[2] for row in rows[3:6]] == ["trước", legible(text).text, "sau"]
    assert all(trouble.where == "NP-2" for trouble in written.troubles)


@pytest.mark.parametrize("text", ["\ud800 lẻ", "a\x00b\x0bc", "\ufffe\uffff", "x" * 10_000_000, "\U0001f600" * 40_000])
def test_a_text_that_no_cell_holds_is_shortened_or_cleaned_and_said(text: str) -> None:
    written, rows = made(text)
    assert len(str(rows[3][2])) <= LONGEST + len(" […]")
    assert [trouble.where for trouble in written.troubles] == ["NP-1"] * len(written.troubles)
    assert written.troubles
    assert any("NP-1" in str(row[0]) for row in rows[4:])


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "＝1+1", "=cmd|'/c calc'!A1", "{=1}"])
def test_no_text_becomes_a_formula(text: str) -> None:
    written, rows = made(text)
    assert rows[3][2] == text.strip()
    said = list(csv.reader(StringIO(delimited(table(text)).content.decode("utf-8-sig"))))[1][2]
    assert not said.startswith(tuple("=+-@\t\r＝＋－＠"))
    assert not written.troubles


def test_numbers_are_numbers_and_headings_stand_in_two_rows() -> None:
    _, rows = made("a", "b")
    assert rows[1] == ["TT", "Mã", "Nội dung", "Ô", ""]
    assert rows[2] == ["", "", "", "Một", "Hai"]
    assert [row[0] for row in rows[3:5]] == [1.0, 2.0]
    assert rows[5][0] == "Hết."


def test_the_same_table_gives_the_same_bytes() -> None:
    assert made("a", "b")[0] == made("a", "b")[0]
