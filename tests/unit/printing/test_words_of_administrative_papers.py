"""Days, numbers and names are written as Decree 30/2020/NĐ-CP asks."""

from __future__ import annotations

from datetime import date

import pytest

from workflows.printing import wording


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 8, 6), "ngày 06 tháng 8 năm 2026"),
        (date(2026, 2, 28), "ngày 28 tháng 02 năm 2026"),
        (date(2026, 1, 1), "ngày 01 tháng 01 năm 2026"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
        (None, ""),
    ],
)
def test_days_below_ten_and_the_first_two_months_have_a_zero(day: date | None, said: str) -> None:
    assert wording.long_day(day) == said


def test_a_last_day_is_said_with_its_weekday() -> None:
    assert wording.last_day(date(2026, 9, 11)) == "chậm nhất hết ngày thứ Sáu 11/09/2026"
    assert wording.last_day(date(2026, 9, 13)) == "chậm nhất hết ngày Chủ nhật 13/09/2026"


@pytest.mark.parametrize(
    ("council", "place", "proper"),
    [
        ("HĐND xã Nà Pát", "xã Nà Pát", "Nà Pát"),
        ("Hội đồng nhân dân phường Chiềng Lề", "phường Chiềng Lề", "Chiềng Lề"),
        ("HĐND tỉnh Sơn La", "tỉnh Sơn La", "Sơn La"),
        ("Nà Pát", "Nà Pát", "Nà Pát"),
    ],
)
def test_a_council_is_called_after_its_place(council: str, place: str, proper: str) -> None:
    assert (wording.place_of(council), wording.proper_place(council)) == (place, proper)


def test_a_hamlet_is_small_within_a_sentence_and_a_commune_stays() -> None:
    assert [wording.in_sentence(p) for p in ("Bản Nà Pát", "Thôn 5", "xã Nà Pát", "Bản")] == [
        "bản Nà Pát", "thôn 5", "xã Nà Pát", "Bản",
    ]  # fmt: skip


def test_a_long_text_is_cut_after_a_whole_word() -> None:
    assert wording.shortened("một hai ba bốn", 9) == "một hai…"
    assert wording.shortened("một hai", 9) == "một hai"


def test_a_draft_leaves_its_number_and_day_to_be_filled() -> None:
    assert wording.number_line(None, "HĐND-TT") == "Số:      /HĐND-TT"
    assert wording.number_line("12/HĐND-TT", "HĐND-TT") == "Số: 12/HĐND-TT"
    assert wording.place_and_day("Nà Pát", None, date(2026, 9, 1)) == "Nà Pát, ngày      tháng      năm 2026"
