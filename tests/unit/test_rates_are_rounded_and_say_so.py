"""A share is rounded half up, exactly; published figures that were cut are recognised as cut."""

from __future__ import annotations

import csv
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from states.adding_up import Counted, parts_and_whole
from states.text import Text
from workflows.rates import percent, percent_words


def test_a_half_is_rounded_up_where_floating_point_would_lose_it() -> None:
    assert percent(1, 2000, places=1) == Decimal("0.1"), "0.05 % rounds up"
    assert percent(1, 200) == Decimal("0.5")
    assert percent(1005, 100_000, places=2) == Decimal("1.01"), "1.005 as a float is a little less"


def test_without_a_denominator_there_is_no_rate() -> None:
    assert percent(0, 0) is None
    assert percent_words(None) == Text("—", "—")


def test_vietnamese_prints_a_comma() -> None:
    assert percent_words(percent(144, 166)) == Text("86,7%", "86.7%")
    assert percent_words(percent(3, 3)) == Text("100,0%", "100.0%")


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 3))
def test_rounding_is_never_further_than_half_a_step_and_cutting_never_above(part: int, rest: int, places: int) -> None:
    whole, step = part + rest, Fraction(1, 10**places)
    exact = Fraction(100 * part, whole)
    rounded, cut = percent(part, whole, places=places), percent(part, whole, places=places, cut=True)
    assert rounded is not None
    assert cut is not None
    assert -step / 2 < Fraction(rounded) - exact <= step / 2
    assert 0 <= exact - Fraction(cut) < step
    assert rounded.as_tuple().exponent == -places


def test_published_figures_are_recomputed_and_the_cut_ones_told_apart(shared_data: Path) -> None:
    cut_sources, checked = [], 0
    with (shared_data / "published_figures_10.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            printed, again = row["ty_le_in_trong_nguon"], row["ty_le_tinh_lai"]
            if not again:
                continue
            done, whole = int(row["da_giai_quyet"]), int(row["tong"])
            assert percent_words(percent(done, whole, places=2)).vi == again
            checked += 1
            places = len(printed.rstrip("%").partition(",")[2])
            ways = {cut: percent_words(percent(done, whole, places=places, cut=cut)).vi for cut in (False, True)}
            assert not printed or printed in ways.values()
            if printed and printed != ways[False]:
                cut_sources.append((done, whole, printed))
    assert checked == 8
    assert cut_sources == [(144, 166, "86,74%"), (36, 94, "38,29%")]


def test_figures_of_two_levels_add_up_and_give_the_share_that_was_published() -> None:
    """Đồng Nai: recommendations after supervision of the province and its districts, done and not done; communes."""
    province, districts, both = (288, 262, 26), (2_468, 2_288, 180), (2_756, 2_550, 206)
    label = Text("Kiến nghị", "Recommendations")
    for one, other, whole in zip(province, districts, both, strict=True):
        assert parts_and_whole(Counted(label, whole), [Counted(label, one), Counted(label, other)]) is None
    for whole, done, left in (province, districts, both, (19_272, 19_011, 261)):
        assert parts_and_whole(Counted(label, whole), [Counted(label, done), Counted(label, left)]) is None
    assert percent_words(percent(2_550, 2_756, places=2)).vi == "92,53%"
    assert percent_words(percent(19_011, 19_272, places=2)).vi == "98,65%"
    wrong = parts_and_whole(Counted(label, 2_756), [Counted(label, 2_550), Counted(label, 205)])
    assert wrong is not None
    assert wrong.sentence.vi.endswith("thiếu 1")
