"""Facts count from their own day; better knowledge counts always; an unknown day gives way to what came after it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from workflows.folding import Effective
from workflows.rates.standing_on import known_on

CUT = date(2026, 8, 20)
ENTERED = datetime(2026, 9, 10, 3, 0, tzinfo=UTC)


def told(
    seq: int, day: int | None, *, act: str = "move", taken_back: bool = False, at: datetime = ENTERED
) -> Effective:
    row: dict[str, Any] = {"seq": seq, "act": act, "recorded_at": at}
    return Effective({**row, "occurred_on": None if day is None else date(2026, 8, day)}, {}, taken_back)


def test_what_happened_after_the_day_is_left_out_whenever_it_was_entered() -> None:
    assert known_on([told(1, 1), told(2, 20), told(3, 21)], CUT) == {1, 2}
    assert known_on([told(1, 1), told(2, 25), told(3, 19)], CUT) == {1, 3}, "entered in another order than it happened"


def test_corrections_count_for_every_day() -> None:
    assert known_on([told(1, 1), told(2, 25, act="void"), told(3, 25, act="correct")], CUT) == {1, 2, 3}


def test_an_unknown_day_counts_from_its_entry_or_from_what_came_after_it() -> None:
    assert known_on([told(1, 1), told(2, None)], CUT) == {1}
    assert known_on([told(1, 1), told(2, None, at=datetime(2026, 8, 20, 16, 59, tzinfo=UTC))], CUT) == {1, 2}
    assert known_on([told(1, 1), told(2, None, at=datetime(2026, 8, 20, 17, 0, tzinfo=UTC))], CUT) == {1}, "in Hanoi"
    assert known_on([told(1, 1), told(2, None), told(3, 15)], CUT) == {1, 2, 3}


def test_what_was_taken_back_says_nothing_of_what_came_before_it() -> None:
    assert known_on([told(1, 1), told(2, None), told(3, 15, taken_back=True)], CUT) == {1, 3}


def test_without_a_cut_everything_counts() -> None:
    assert known_on([told(1, None), told(2, 31)], None) == {1, 2}
