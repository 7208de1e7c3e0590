from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from states.folding import fold, fold_words


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Đường giao thông", "duong giao thong"),
        (unicodedata.normalize("NFD", "Đường giao thông"), "duong giao thong"),
        ("đường\u00a0giao\n thông ", "duong giao thong"),
        ("nhà nư\u00adớc\u200b", "nha nuoc"),
        ("Hoà Bình", "hoa binh"),
        ("Hòa Bình", "hoa binh"),
        ("UỶ BAN", "uy ban"),
        ("Điều 5, khoản 2", "dieu 5, khoan 2"),
        ("", ""),
    ],
)
def test_two_writings_of_the_same_words_fold_alike(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_words_are_what_remains_without_punctuation() -> None:
    assert fold_words("TP. Hồ-Chí/Minh (mới)_“A”") == "tp ho chi minh moi a"
    assert fold_words("– … !") == ""


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold_words(fold_words(text)) == fold_words(text)


@given(st.text())
def test_composed_and_decomposed_writing_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))
