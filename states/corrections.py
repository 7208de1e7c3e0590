"""Rows that every kind of case shares: the corrections, which are events like all others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from states import entries as e
from states import guards as g
from states.findings import Guard
from states.lifecycle import SAME, Transition
from states.permissions import council_desk
from states.text import Text
from states.vocabulary import Act, Named


class Amendment(e.Entry):
    """Content put right; the state stays, both texts are kept."""

    text: e.Words | None = e.prose("Nội dung", "Text")
    field: e.Line | None = e.said("Lĩnh vực", "Field")
    locality: e.Line | None = e.said("Địa bàn", "Locality")
    words: e.Words = e.prose("Lý do sửa", "Reason", default=...)


class Correction(e.Entry):
    """Names an earlier event and gives the right date or value."""

    seq: int = e.must("Số thứ tự sự kiện cần sửa", "Number of the event to correct", ge=1)
    on: date | None = e.said("Ngày đúng", "The right date")
    values: dict[str, Any] = e.said("Giá trị đúng", "The right values", default={})
    words: e.Words = e.prose("Lý do sửa", "Reason", default=...)


class Undoing(e.Entry):
    """Takes the last move back, as a new event."""

    seq: int = e.must("Số thứ tự sự kiện cần hoàn tác", "Number of the event to take back", ge=2)
    words: e.Words = e.prose("Lý do hoàn tác", "Reason", default=...)


class Entrusting(e.Entry):
    """Which officer follows the case."""

    officer: e.Line = e.must("Người theo dõi (tài khoản)", "Officer (account)")


@dataclass(frozen=True, slots=True)
class Everywhere:
    """A row that a kind adds in all the states it names."""

    trigger: str
    label: Text
    help: Text
    who: Guard
    needs: type[e.Entry]
    act: Act
    when: tuple[Guard, ...] = ()
    keeps: Mapping[str, str] | None = None
    names: Mapping[str, Named] | None = None

    def on(self, states: tuple[str, ...]) -> Transition:
        """Return the row as a self-loop of `states`."""
        row = Transition(
            trigger=self.trigger,
            source=(),
            target=SAME,
            label=self.label,
            help=self.help,
            who=self.who,
            needs=self.needs,
            act=self.act,
            when=self.when,
        )
        return replace(row, source=states, keeps=self.keeps, names=self.names)


AMEND = Everywhere(
    "amend",
    Text("Sửa nội dung", "Amend"),
    Text("Sửa chữ; bản cũ vẫn giữ.", "Corrects words; the old version is kept."),
    council_desk,
    Amendment,
    Act.AMEND,
    keeps={"case.field": "field", "case.locality": "locality"},
)
ENTRUST = Everywhere(
    "entrust",
    Text("Giao người theo dõi", "Entrust to an officer"),
    Text("Chọn người theo dõi hồ sơ.", "Says which officer follows the case."),
    council_desk,
    Entrusting,
    Act.MOVE,
    keeps={"case.assignee_id": "officer"},
    names={"officer": Named.ACCOUNT},
)
CORRECT = Everywhere(
    "correct",
    Text("Sửa ngày, giá trị đã ghi", "Correct"),
    Text("Sửa một sự kiện đã ghi; thời hạn tính lại.", "Corrects an earlier entry; clocks are recomputed."),
    council_desk,
    Correction,
    Act.CORRECT,
    (g.day_is_not_in_the_future,),
)
UNDO = Everywhere(
    "undo",
    Text("Hoàn tác việc vừa ghi", "Undo"),
    Text("Lấy lại việc vừa ghi, lịch sử vẫn còn.", "Takes the last move back; history stays."),
    council_desk,
    Undoing,
    Act.UNDO,
)
