"""What is entered about a task that a notice gives: who makes what by when, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from states.entries import Entry, Line, Words, must, prose, said
from states.findings import Reads, guard
from states.meeting_words import LineKind
from states.promising import Timed
from states.text import Text

if TYPE_CHECKING:
    from states.facts import Facts


class Task(Timed):
    """A line of a notice that names a product. Its time is the one proposed, never a limit of the law."""

    text: Words = prose("Nội dung nhiệm vụ", "Text of the task", default=...)
    agency: Line = must("Cơ quan thực hiện (mã)", "Owner (code)")
    product: Line | None = said("Sản phẩm", "Product")
    line: int | None = said("Dòng thứ mấy trong thông báo", "Number of the line in the notice", ge=1)
    from_case: Line | None = said("Phiên họp giao (mã)", "Meeting that gave it (code)")
    session: Line | None = said("Phục vụ kỳ họp (mã)", "For the session (code)")
    field: Line | None = said("Lĩnh vực", "Field")


class NoticeLine(Timed):
    """One line of a notice as a person decided on it; the number is its place in the notice."""

    kind: LineKind = must("Nhiệm vụ hay định hướng", "Task or orientation")
    text: Words = prose("Nội dung dòng", "Text of the line", default=...)
    number: int | None = said("Dòng thứ mấy trong thông báo", "Number of the line in the notice", ge=1)
    agency: Line | None = said("Cơ quan thực hiện (mã)", "Owner (code)")
    product: Line | None = said("Sản phẩm", "Product")


class TaskReport(Entry):
    """What the owner says it has done."""

    words: Words = prose("Nội dung báo cáo", "What is reported", default=...)
    evidence: Words | None = prose("Sản phẩm, minh chứng", "Product, evidence")


class TaskDone(Entry):
    """The standing body takes the product."""

    evidence: Words | None = prose("Sản phẩm, minh chứng", "Product, evidence")
    words: Words | None = prose("Ý kiến", "Words")


class NewOwner(Entry):
    """Who answers for the task from now on."""

    agency: Line = must("Cơ quan tiếp nhận (mã)", "Body that takes it over (code)")
    words: Words = prose("Lý do chuyển giao", "Reason", default=...)


@guard(
    holds=Text("Nhiệm vụ có thời hạn đề nghị", "The task has a proposed time"),
    fails=Text(
        "Chưa có thời hạn đề nghị: không có gì để nhắc, xem lại tại phiên họp tháng sau",
        "No time is proposed: nothing reminds of it, look at it at the next sitting",
    ),
    mend=Text("Ghi ngày, tháng hoặc quý khi đã thống nhất", "Give a day, month or quarter once it is agreed"),
    reads=Reads.ENTRY,
)
def task_has_time(facts: Facts) -> bool:
    """A warning: most notices say “in the time to come”."""
    return cast("Task", facts.entry).says_when


@guard(
    holds=Text("Có sản phẩm", "It has a product"),
    fails=Text("Chưa nêu sản phẩm: nên để là định hướng", "No product is named: it may be an orientation"),
    mend=Text("Nêu báo cáo, văn bản, kế hoạch phải làm ra", "Name the report, paper or plan to be made"),
    reads=Reads.ENTRY,
)
def task_has_product(facts: Facts) -> bool:
    """A warning: what names no product cannot be seen to be done."""
    return cast("Task", facts.entry).product is not None
