"""A row that repeats a petition of another list: a time raised on the earlier case, by default, never a case.

Only what is beyond doubt is recorded so: the same words, nothing that speaks for another place, and nothing that the
earlier case could not hold. Everything else becomes a case of its own with a proposal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import unique
from typing import Any, cast

from states.entries import Record
from states.facts import Actor
from states.labelled import LABELS, Labelled
from states.petition import PETITION, P
from states.text import Text
from workflows.access import Setting
from workflows.importing.rows import PetitionRow
from workflows.likeness import Degree, Likeness
from workflows.orders import Order
from workflows.registering import Prepared, propose
from workflows.similar import Known


@unique
class Repeats(Labelled):
    """What becomes of a row that repeats a petition of another list."""

    RAISE = "raise"
    PROPOSE = "propose"
    NEW = "new"


LABELS.add(
    (Repeats.RAISE, Text("Ghi thêm một lần nêu vào hồ sơ cũ", "Adds a time raised to the earlier case")),
    (Repeats.PROPOSE, Text("Ghi hồ sơ mới kèm đề xuất", "Becomes a case, with a proposal")),
    (Repeats.NEW, Text("Ghi hồ sơ mới, không đề xuất", "Becomes a case, nothing is proposed")),
)
_UNANSWERED_ENDS = frozenset({P.WITHDRAWN.value, P.DIVERTED.value})
"""Ends without an answer that could hold for whoever raises it again: a person decides."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A row beside what it is like: a known petition (`earlier`), or an earlier row of its list (`row_number`)."""

    alike: Likeness
    earlier: Known | None = None
    row_number: int | None = None
    same_list: bool = False


def why_not_raised(repeat: Repeat, prepared: Prepared) -> Text | None:
    """Return why a person has to look before a row counts as raised again; None when it does."""
    earlier, entry = repeat.earlier, cast("Record", prepared.entry)
    if earlier is None or repeat.same_list:
        return Text("cùng một danh sách", "it stands in the same list")
    round_id = next(iter(prepared.names.ids.get("round", ())), None)
    reasons = (
        (
            repeat.alike.degree is not Degree.SAME,
            Text(f"chỉ gần giống ({repeat.alike.percent}/100)", f"only nearly alike ({repeat.alike.percent}/100)"),
        ),
        (
            earlier.locality is not None and entry.locality is not None and earlier.locality != entry.locality,
            Text("khác địa bàn", "of another place"),
        ),
        (
            round_id is not None and round_id == earlier.round_id,
            Text("cùng một đợt tiếp xúc cử tri", "of the same contact round"),
        ),
        (
            prepared.birth.petitioner is not None,
            Text("dòng này ghi người kiến nghị riêng", "the row names a petitioner of its own"),
        ),
        (earlier.state in _UNANSWERED_ENDS, PETITION.states[earlier.state].label),
    )
    return next((reason for applies, reason in reasons if applies), None)


def raising(row: PetitionRow, prepared: Prepared, *, actor: Actor) -> Order:
    """Return the order that records `row` as a time raised, in its own words and with all that its list says of it."""
    entry = cast("Record", prepared.entry)
    said = {
        "round": entry.round or row.round_written or row.plan_written or None,
        "words": entry.text,
        "source": entry.source,
        "as_written": entry.as_written,
    }
    return Order("raise_again", actor, prepared.birth.on, {name: value for name, value in said.items() if value})


def reopening(
    earlier: Known, row: PetitionRow, *, setting: Setting, now: datetime, times_raised: int
) -> dict[str, Any]:
    """Return the proposal to reopen a case that had its final answer and was raised again."""
    return propose(
        setting=setting,
        case_id=earlier.case_id,
        other=None,
        trigger="reopen",
        cause=f"raised_again:{earlier.case_id}:{row.fingerprint}",
        sentence=_REOPEN.fill(code=earlier.code, times=times_raised),
        now=now,
    )


def has_ended(earlier: Known) -> Text:
    """Return the hint that stands beside a row raised again on a case that has ended."""
    state = PETITION.states[earlier.state].label
    return Text(
        f"{earlier.code} «{state.vi}»: đã ghi nêu lại, xem xét mở lại",
        f"{earlier.code} is “{state.en}”: raised again there, consider reopening it",
    )


_REOPEN = Text(
    "{code} đã kết thúc nay được nêu lại (lần {times}): xem xét mở lại",
    "{code} has ended and was raised again (time {times}): consider reopening it",
)
