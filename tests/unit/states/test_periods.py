"""Times as papers say them: a period ends with its last day, an event has none, an impossible day is told."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from states.periods import impossible_day, last_day_of
from states.promising import Promise


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Quý IV/2026", date(2026, 12, 31)),
        ("trong quý 1 năm 2027", date(2027, 3, 31)),
        ("Q3/2026", date(2026, 9, 30)),
        ("quý II-2028", date(2028, 6, 30)),
        ("tháng 02/2028", date(2028, 2, 29)),
        ("trước tháng 11 năm 2026", date(2026, 11, 30)),
        ("6 tháng đầu năm 2027", date(2027, 6, 30)),
        ("cuối năm 2026", date(2026, 12, 31)),
        ("năm 2027", date(2027, 12, 31)),
        ("kỳ họp gần nhất", None),
        ("khi được phân bổ vốn", None),
        ("từ nguồn vốn giai đoạn 2016-2020", None),
        ("tháng 13/2026", None),
        ("quý V/2026", None),
        ("", None),
    ],
)
def test_a_period_ends_with_its_last_day(words: str, day: date | None) -> None:
    assert last_day_of(words) == day


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("trước ngày 31.11", "31.11"),
        ("30/02/2027", "30/02/2027"),
        ("29/02/2027", "29/02/2027"),
        ("29/02", None),
        ("31/12/2026", None),
        ("Văn bản 61/BC-UBND", None),
        ("Quý IV/2026", None),
    ],
)
def test_a_day_that_no_calendar_has_is_found_as_it_is_written(words: str, said: str | None) -> None:
    assert impossible_day(words) == said


def test_a_promise_keeps_both_the_day_and_the_words() -> None:
    base = {"text": "Xong cầu", "agency": "UBND", "occasion": "answer"}
    period = Promise.model_validate(base | {"due_words": "Quý IV/2026"})
    assert (period.due_on, period.due_words) == (date(2026, 12, 31), "Quý IV/2026")
    both = Promise.model_validate(base | {"due_words": "Quý IV/2026", "due_on": "2026-11-30"})
    assert both.due_on == date(2026, 11, 30)
    day = Promise.model_validate(base | {"due_on": date(2026, 11, 30)})
    assert day.due_words == "30/11/2026"
    assert Promise.model_validate(base | {"due_on": "2026-11-30"}) == day
    with pytest.raises(ValidationError, match="does not exist"):
        Promise.model_validate(base | {"due_words": "31.11"})
