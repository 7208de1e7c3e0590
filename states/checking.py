"""Looking at a matter again and again: each look sets the day of the next. Kinds that are followed share it."""

from __future__ import annotations

from datetime import date
from typing import cast

from states.entries import Entry, TermUse, term
from states.facts import Facts
from states.findings import Reads, guard
from states.text import Text


class NextCheck(Entry):
    """When the matter is looked at again."""

    review_on: date | None = term("Ngày kiểm tra tiếp", "Next check on", TermUse.REVIEW)


@guard(
    holds=Text("Đã hẹn ngày kiểm tra tiếp", "The next check has its day"),
    fails=Text("Chưa hẹn ngày kiểm tra tiếp: không có gì để nhắc", "The next check has no day: nothing reminds of it"),
    mend=Text("Nhập ngày kiểm tra tiếp", "Give the day of the next check"),
    reads=Reads.ENTRY,
)
def next_check_has_a_day(facts: Facts) -> bool:
    """A warning: what has no next day is soon not followed regularly."""
    return cast("NextCheck", facts.entry).review_on is not None
