from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from states.redacting import REDACTION, bare_name, redact

NAME = "Lò Thị Hoà"


@pytest.mark.parametrize(
    "written",
    [NAME, NAME.upper(), NAME.lower(), "Lò Thị Hòa", "Lo Thi Hoa", "lo thi hoa", unicodedata.normalize("NFD", NAME)],
)
def test_a_name_is_found_however_it_is_written(written: str) -> None:
    assert redact(f"Bà {written}, bản Nà Pát", names=[NAME]) == f"Bà {REDACTION}, bản Nà Pát"


@pytest.mark.parametrize("written", ["Lò\n  Thị\u00a0Hoà", "Lò Thị\u200b Hoà"])
def test_space_and_invisible_letters_do_not_hide_a_name(written: str) -> None:
    assert redact(written, names=[NAME]) == REDACTION


@pytest.mark.parametrize("other", ["Lò Thị Hoạ", "Lỗ Thị Hoà", "Lò Thị Hoàng", "Cò Lò Thị", "ALò Thị Hoà"])
def test_another_name_stays(other: str) -> None:
    assert redact(f"Gặp {other} hôm qua", names=[NAME]) == f"Gặp {other} hôm qua"


def test_a_name_of_one_word_is_found_only_with_its_capital() -> None:
    assert redact("An đề nghị giữ an toàn cho An", names=["An"]) == f"{REDACTION} đề nghị giữ an toàn cho {REDACTION}"


def test_honorifics_are_no_part_of_the_name() -> None:
    assert bare_name("Bà  Lò Thị Hoà") == NAME
    assert bare_name("Ông") == "Ông"
    assert redact("Lò Thị Hoà", names=["Cụ bà Lò Thị Hoà"]) == REDACTION


@pytest.mark.parametrize("written", ["0912345678", "0912.345.678", "0912 345 678", "0912-345-678"])
def test_a_telephone_number_is_found_however_it_is_grouped(written: str) -> None:
    assert redact(f"gọi {written}!", names=[], numbers=["0912 345678"]) == f"gọi {REDACTION}!"
    assert redact(f"số 1{written}", names=[], numbers=["0912 345678"]) == f"số 1{written}"


def test_too_short_a_number_takes_nothing_away() -> None:
    assert redact("Quốc lộ 6", names=["", "  "], numbers=["6", ""]) == "Quốc lộ 6"


@given(st.text(), st.text())
def test_the_name_is_gone_and_all_else_stays(before: str, after: str) -> None:
    name = "Quàng Văn Inh"
    said = redact(f"{before} {name} {after}", names=[name])
    assert name not in said
    assert redact(said, names=[name]) == said
