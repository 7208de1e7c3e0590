from __future__ import annotations

import unicodedata
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.importing.cells import Cell, clean_line, clean_text, is_blank, written


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        (unicodedata.normalize("NFD", "Đề nghị sửa đường"), "Đề nghị sửa đường"),
        ("Nghị\u00a0định   số 1", "Nghị định số 1"),
        ("nhà nư\u00adớc", "nhà nước"),
        ("giai đoạn 2011\u00ad2015", "giai đoạn 2011-2015"),
        ("\ufeffKiến\u200b nghị\u200e", "Kiến nghị"),
        ("  dòng một \r\n\r\n\r\n\r\n dòng\thai ", "dòng một\n\ndòng hai"),
        ("một_x000D_\nhai\x0bba\u2028bốn", "một\nhai\nba\nbốn"),
        ("\uf0b7 Sửa đường", "• Sửa đường"),
    ],
)
def test_text_is_composed_and_spaced_without_losing_a_word(dirty: str, clean: str) -> None:
    assert clean_text(dirty) == (clean, 0)


def test_control_characters_are_taken_out_and_counted() -> None:
    assert clean_text("Đề\x00 ng\x1bhị \u202eA\ud800") == ("Đề nghị A", 4)


def test_a_heading_over_several_lines_is_one_line() -> None:
    assert clean_line("Nội dung\n kiến nghị").text == "Nội dung kiến nghị"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (3.0, "3"),
        (3.5, "3.5"),
        (12, "12"),
        (True, "TRUE"),
        (date(2026, 3, 5), "05/03/2026"),
        (datetime.fromisoformat("2026-03-05"), "05/03/2026"),
        (datetime.fromisoformat("2026-03-05 08:30"), "05/03/2026 08:30"),
        (1e300, "1e+300"),
        (float("nan"), "nan"),
    ],
)
def test_typed_cells_are_written_as_a_person_would(cell: Cell, text: str) -> None:
    assert written(cell) == text


@pytest.mark.parametrize("cell", [None, "", " \u00a0\t\n", "\u200b\ufeff", "\x00"])
def test_a_cell_of_invisible_characters_is_blank(cell: Cell) -> None:
    assert is_blank(cell)


@pytest.mark.parametrize("cell", ["-", "0", 0, False, "a"])
def test_a_cell_with_anything_to_read_is_not_blank(cell: Cell) -> None:
    assert not is_blank(cell)


@given(st.text())
def test_cleaning_twice_changes_nothing_and_leaves_nothing_dangerous(text: str) -> None:
    once = clean_text(text).text
    assert clean_text(once) == (once, 0)
    assert unicodedata.is_normalized("NFC", once)
    assert not any(unicodedata.category(char) in {"Cc", "Cs"} and char != "\n" for char in once)
