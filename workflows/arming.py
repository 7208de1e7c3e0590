"""Which reminders a due date calls for, as part of the move that sets, changes or ends it.

Each change of a due date is a revision with rungs of its own. Rungs ahead are armed; one at or before this instant is
recorded as passed, or as inherited where it fired for the earlier date, and stays silent. When a clock is met, paused
or gives way, what is still armed falls silent; what has fired stays, unless facts known only now show that on its day
there was nothing to remind of: then it is withdrawn, and those who were told get one correction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select

from deadlines.calendar import Calendar
from deadlines.climbing import Fall, MeetingDays, falls
from deadlines.ladders import Ladder
from deadlines.marks import Clock, Mark
from models.alerting import ClockRung
from models.columns import table_of
from models.timing import ClockRow
from models.units import Unit
from models.writing import Change, Closing
from states.alerting import Deed, NoticeKind, RungState
from states.reckoning import ClockState
from workflows.regulations import Adopted

_rung, _clock = table_of(ClockRung), table_of(ClockRow)
_ENDS = {ClockState.PAUSED: "paused_since", ClockState.MET: "met_on", ClockState.CANCELLED: "cancelled_on"}
_LOOSE = (RungState.ARMED.value, RungState.FIRED.value)

Climbing = Sequence[tuple[Ladder, Clock]]
"""Clocks with the ladders that they climb."""


class Line(NamedTuple):
    """What makes clocks one after another the same matter: limit, referral and how many times it began."""

    limit: str
    referral: UUID | None
    occurrence: int


@dataclass(frozen=True, slots=True)
class Turn:
    """What a move does to one clock: its row before, and the clock that stands after it under which key.

    `old` None: it begins; `now` None: it is gone; `clock_id` differs from the old row's where another row takes over.
    """

    old: Mapping[str, Any] | None
    clock_id: UUID | None = None
    revision: int = 1
    item: Adopted | None = None
    now: Clock | None = None

    @property
    def line(self) -> Line:
        """Return the matter that the clock belongs to."""
        return _line(self.now) if self.now is not None else _line_of_row(self.old or {})

    @property
    def goes_on(self) -> bool:
        """Tell whether the same clock runs towards the same day as before."""
        old, now = self.old, self.now
        return (
            old is not None
            and now is not None
            and old["id"] == self.clock_id
            and old["state"] == ClockState.RUNNING.value
            and now.state is ClockState.RUNNING
            and old["due_on"] == now.due_on
        )


@dataclass(slots=True)
class Arming:
    """All that arming needs to know of one case at one instant.

    `present` are the clocks as they stand after the move; `as_of` reckons them from what had happened before a day,
    `days` are those on which anything happened.
    `stands_until` is the day on which something outside the case changed its dates: what fired until then was right
    when it fired.
    """

    unit: Unit
    case_id: UUID
    council: UUID
    calendar: Calendar
    meetings: MeetingDays
    seq: int
    present: Climbing
    as_of: Callable[[date], Climbing]
    days: Sequence[date]
    stands_until: date | None = None
    standing: dict[Line, set[int]] = field(default_factory=dict)
    mornings: dict[date, Climbing] = field(default_factory=dict)

    def arm(self, turns: Sequence[Turn], change: Change) -> None:
        """Put what `turns` do to rungs, and whom that tells, into `change`."""
        changed = [turn for turn in turns if not turn.goes_on]
        stored = self._stored() if any(turn.old for turn in changed) else ()
        for line in {turn.line for turn in changed if turn.old}:
            olds = {turn.old["id"] for turn in changed if turn.old and turn.line == line}
            for row in stored:
                if _line_of_row(row) == line:
                    self._close(row, olds, line, change)
        for turn in changed:
            if turn.now is not None and turn.now.state is ClockState.RUNNING and turn.now.due_on is not None:
                change.insert("clock_rung", *self._armed(turn, turn.now.due_on))

    def _stored(self) -> Sequence[Mapping[str, Any]]:
        """Return the rungs of the case that may still change: those that wait, and those that fired."""
        wanted = (
            select(_rung, _clock.c.limit_code, _clock.c.referral_id, _clock.c.occurrence)
            .join(_clock, _clock.c.id == _rung.c.clock_id)
            .where(_rung.c.case_id == self.case_id, _rung.c.state.in_(_LOOSE))
            .order_by(_rung.c.at, _rung.c.rung)
        )
        return [dict(row) for row in self.unit.read(wanted).mappings()]

    def _close(self, row: Mapping[str, Any], olds: set[UUID], line: Line, change: Change) -> None:
        fired = row["state"] == RungState.FIRED.value
        due = row["at"] is not None and row["at"] <= self.unit.now
        if not fired and row["clock_id"] not in olds:
            return
        founded = due and self._founded(line, row["rung"], row["on_day"])
        if founded:
            self.standing.setdefault(line, set()).add(row["rung"])
        if due and row["deed"] == Deed.PROPOSE.value:
            change.lapsing.add(row["clock_id"])
        if fired and founded:
            return
        change.closings.append(
            Closing(
                row["clock_id"],
                row["revision"],
                row["rung"],
                if_armed=RungState.FIRED.value if founded else RungState.SILENCED.value,
                refuted=not founded,
                seq=self.seq,
                at=self.unit.now,
            )
        )
        if due:
            kind = NoticeKind.RUNG if founded else NoticeKind.WITHDRAWAL
            change.insert("notice", notice_row(kind, row, council=self.council, now=self.unit.now))

    def _founded(self, line: Line, number: int, on: date) -> bool:
        """Tell whether there was something to remind of on the morning of `on`, or on one since: early is not wrong.

        Facts of earlier days count whenever they were entered; those of the day itself came after its first minute.
        """
        if self.stands_until is not None and on <= self.stands_until:
            return True
        if self._reached(self.present, line, number, self.unit.today):
            return True
        mornings = [on, *(day for day in self.days if on < day <= self.unit.today)]
        return any(self._reached(self._as_of(day), line, number, day) for day in mornings)

    def _as_of(self, day: date) -> Climbing:
        if day not in self.mornings:
            self.mornings[day] = self.as_of(day)
        return self.mornings[day]

    def _reached(self, clocks: Climbing, line: Line, number: int, by: date) -> bool:
        return any(self._falls_due(ladder, clock, number, by) for ladder, clock in clocks if _line(clock) == line)

    def _falls_due(self, ladder: Ladder, clock: Clock, number: int, by: date) -> bool:
        if clock.due_on is None:
            return False
        days = {fall.number: fall.on for fall in falls(ladder, clock.due_on, self.calendar, self.meetings)}
        on = days.get(number)
        if on is None or on > by:
            return False
        ended = _ENDS.get(clock.state)
        last: date | None = getattr(clock, ended) if ended else None
        return last is None or on <= last

    def _armed(self, turn: Turn, due_on: date) -> Iterator[dict[str, Any]]:
        assert turn.item is not None and turn.now is not None  # noqa: S101, PT018 - a running clock has both
        known = self.standing.get(turn.line, set())
        for fall in falls(turn.item.ladder, due_on, self.calendar, self.meetings):
            yield {
                "clock_id": turn.clock_id,
                "revision": turn.revision,
                "rung": fall.number,
                "case_id": self.case_id,
                "council_id": self.council,
                "deed": fall.rung.deed.value,
                "at": fall.at,
                "on_day": fall.on,
                "state": _state(fall, turn.now, self.unit.now, known).value,
                "armed_at": self.unit.now,
                "fired_at": None,
                "ended_seq": None,
            }


def _state(fall: Fall, clock: Clock, now: datetime, known: set[int]) -> RungState:
    if fall.at is None or fall.on is None:
        return RungState.ARMED
    if fall.at > now and (clock.started_on is None or fall.on > clock.started_on):
        return RungState.ARMED
    return RungState.INHERITED if fall.number in known else RungState.PASSED


def _line(clock: Clock) -> Line:
    return Line(clock.limit_code, UUID(clock.referral) if clock.referral else None, clock.occurrence)


def _line_of_row(row: Mapping[str, Any]) -> Line:
    return Line(row["limit_code"], row["referral_id"], row["occurrence"])


def known_before(marks: Iterable[Mark], day: date) -> list[Mark]:
    """Return what had happened before the morning of `day`; a fact without a day had."""
    return [mark for mark in marks if mark.on is None or mark.on < day]


def notice_row(kind: NoticeKind, rung: Mapping[str, Any], *, council: UUID, now: datetime) -> dict[str, Any]:
    """Return the notice that a rung causes: that it fired, or that it is withdrawn."""
    return {
        "cause": f"{kind.value}:{rung['clock_id']}:{rung['revision']}:{rung['rung']}",
        "council_id": council,
        "case_id": rung["case_id"],
        "clock_id": rung["clock_id"],
        "revision": rung["revision"],
        "rung": rung["rung"],
        "kind": kind.value,
        "due_at": rung["at"] if kind is NoticeKind.RUNG else now,
        "created_at": now,
    }
