"""What each case of a kind is counted as: its place in or outside the rate, and how it stands in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from states.lifecycle import Lifecycle
from states.text import Text
from workflows.rates.definitions import PLACES
from workflows.regulations import Rules

Time = Literal[
    "in_time",
    "before_due",
    "done_undated",
    "not_due",
    "paused",
    "no_receipt",
    "no_limit",
    "late",
    "reported",
    "partly",
    "overdue",
]

TIMES: Mapping[Time, Text] = {
    "in_time": Text("Đã xong đúng hạn", "Done in time"),
    "before_due": Text("Đã xong, hạn chưa qua", "Done, the due date is still to come"),
    "done_undated": Text("Đã xong, không xác định được hạn", "Done, no due date to compare with"),
    "not_due": Text("Chưa xong, chưa đến hạn", "Not done, not yet due"),
    "paused": Text("Chưa xong, thời hạn tạm dừng", "Not done, clock paused"),
    "no_receipt": Text("Chưa xong, mới có hạn tạm tính", "Not done, the due date is provisional"),
    "no_limit": Text("Chưa xong, không có thời hạn áp dụng", "Not done, no limit applies"),
    "late": Text("Đã xong, trễ hạn", "Done late"),
    "reported": Text("Đã báo cáo, đã trả lời, chờ xem xét", "Reported or answered, awaiting judgement"),
    "partly": Text("Xong một phần, đã quá hạn", "Done in part, overdue"),
    "overdue": Text("Chưa xong, quá hạn", "Not done, overdue"),
}
"""How things stand in time, mildest first: of several clocks the last in this order speaks for the case."""
RANK: Mapping[Time, int] = {time: rank for rank, time in enumerate(TIMES)}
DUE: tuple[Time, ...] = ("in_time", "late", "reported", "partly", "overdue")
"""What has fallen due: its day has passed."""
DONE: tuple[Time, ...] = ("in_time", "late", "before_due", "done_undated")
WITHOUT_DUE_DATE: tuple[Time, ...] = ("done_undated", "no_receipt", "no_limit")

OWN = "own"
LEFT_OUT: Mapping[str, Text] = {code: PLACES[code] for code in ("merged", "voided", "undated")}
"""What is no part of what was received; it is named all the same."""


def place_of(lifecycle: Lifecycle, *, state: str, dated: bool) -> str:
    """Return the one place of a case: left out, apart by its state, or `OWN`."""
    if state == lifecycle.void:
        return "voided"
    if state in lifecycle.merged:
        return "merged"
    if not dated:
        return "undated"
    return state if state in lifecycle.rating.apart else OWN


def without_clock(lifecycle: Lifecycle, state: str) -> Time:
    """Return how a case without a due date stands in time."""
    return "done_undated" if state in lifecycle.rating.done else "no_limit"


def limits_of(lifecycle: Lifecycle, rules: Rules) -> frozenset[str]:
    """Return the codes of the limits by which cases of the kind fall due, as its table says."""
    by, marks = lifecycle.rating.by, lifecycle.done_marks
    theirs = (a.limit for a in rules.adopted if a.limit.applies.get("kind", lifecycle.kind) == lifecycle.kind)
    return frozenset(
        limit.code for limit in theirs if (limit.role == by if by else limit.met_by and marks.issuperset(limit.met_by))
    )


@dataclass(slots=True)
class KindTally:
    """The counts of one row. `received` is counted by itself, so that the sub-totals can be held against it."""

    received: int = 0
    by_sample: int = 0
    places: Counter[str] = field(default_factory=Counter)
    times: Counter[Time] = field(default_factory=Counter)

    def add(self, place: str, time: Time, *, sample: bool, number: int = 1) -> None:
        """Count `number` equal cases; only those in the rate have a time."""
        self.places[place] += number
        if place == OWN:
            self.times[time] += number
            self.by_sample += number if sample and time not in WITHOUT_DUE_DATE else 0

    def sum(self, times: Iterable[Time]) -> int:
        """Return how many stand in one of `times`."""
        return sum(self.times[time] for time in times)


def total(tallies: Iterable[KindTally]) -> KindTally:
    """Return the sum of several rows."""
    found = KindTally()
    for tally in tallies:
        found.received += tally.received
        found.by_sample += tally.by_sample
        found.places.update(tally.places)
        found.times.update(tally.times)
    return found
