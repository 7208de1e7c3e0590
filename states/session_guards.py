"""Conditions of files that go before a session."""

from __future__ import annotations

from typing import cast

from states.facts import Facts
from states.findings import Reads, guard
from states.session_papers import AgendaItem
from states.text import Text


@guard(
    holds=Text("Có hạn gửi hồ sơ", "The cut-off day is set"),
    fails=Text("Chưa có hạn gửi hồ sơ: không có gì để nhắc", "Without a cut-off day nothing reminds of it"),
    mend=Text("Ghi hạn theo kế hoạch tổ chức kỳ họp", "Give the day as in the plan of the session"),
    reads=Reads.ENTRY,
)
def file_has_its_day(facts: Facts) -> bool:
    """A warning: no source that was read says how many days before the opening."""
    return cast("AgendaItem", facts.entry).due_on is not None
