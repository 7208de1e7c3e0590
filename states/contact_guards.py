"""Conditions of contacts with voters. Counts that do not add up are told, never refused: real reports have them."""

from __future__ import annotations

from typing import cast

from states.contacting import Counts
from states.facts import Facts
from states.findings import Reads, guard
from states.text import Text


@guard(
    holds=Text("Số ý kiến khớp với từng phần", "The opinions add up"),
    fails=Text(
        "Số ý kiến không bằng giải trình thỏa đáng + chuyển + hướng dẫn gửi đơn + ghi nhận",
        "The opinions are not the sum of explained, forwarded, guided and noted",
    ),
    mend=Text("Đối chiếu biên bản; xem «dondoc round check»", "Look at the minutes; see `dondoc round check`"),
    reads=Reads.ENTRY,
)
def opinions_add_up(facts: Facts) -> bool:
    """A warning where both the whole and what became of it are given."""
    said = cast("Counts", facts.entry)
    parts = (said.explained, said.forwarded_count, said.diverted_count, said.noted_count)
    if said.opinion_count is None or said.forwarded_count is None or said.explained is None:
        return True
    return sum(part or 0 for part in parts) == said.opinion_count


@guard(
    holds=Text("Giải trình tại chỗ đã được đánh giá", "The explanations on the spot were judged"),
    fails=Text(
        "Chưa ghi bao nhiêu giải trình thỏa đáng và bên nào đánh giá",
        "How many explanations satisfied, and who judged so, is missing",
    ),
    mend=Text("Mặt trận và Tổ đại biểu đánh giá", "The Front and the deputy group judge it"),
    reads=Reads.ENTRY,
)
def explanations_are_judged(facts: Facts) -> bool:
    """A warning: only what was not satisfactorily explained goes on (seed regulation of 2021)."""
    said = cast("Counts", facts.entry)
    return not said.answered_count or (said.satisfactory_count is not None and said.judged_by is not None)


@guard(
    holds=Text("Đã phân công đại biểu", "Deputies are assigned"),
    fails=Text("Chưa phân công đại biểu", "No deputies are assigned"),
    mend=Text("Ghi Tổ đại biểu và đại biểu tham dự", "Name the deputy group and its deputies"),
    reads=Reads.ENTRY,
)
def deputies_are_assigned(facts: Facts) -> bool:
    """A warning: without it nobody can say what share of them came."""
    return getattr(facts.entry, "deputies_assigned", None) is not None
