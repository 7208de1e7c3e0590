"""Plays the stories through the same doors as everybody: each entry on its own day, in the order of the days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from models.units import HANOI, WriteUnit
from states.entries import DocumentSlip
from states.facts import Actor, Signed
from states.meeting import ENTER_LINES
from states.tasking import NoticeLine
from workflows import moving, registering
from workflows.access import Setting
from workflows.noticing import entering
from workflows.noticing.entering import LinesOrder
from workflows.orders import Moved, Order
from workflows.sample.stories import CodeOf, Deed, NumberOf, Story

_OPENS = time(7, 30)
_BETWEEN = timedelta(minutes=3)


@dataclass(slots=True)
class _Case:
    """What later deeds of a story need to know of its case."""

    code: str
    referrals: dict[str, UUID] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Turn:
    """One deed on the day on which it is entered."""

    day: date
    story: Story
    deed: Deed

    @property
    def is_birth(self) -> bool:
        """Tell whether the deed opens the case."""
        return self.deed is self.story.born


@dataclass(slots=True)
class Desk:
    """The register of one council in one transaction; every entry has its own instant."""

    unit: WriteUnit
    setting: Setting
    actors: Mapping[str, Actor]
    cases: dict[str, _Case] = field(default_factory=dict)

    def play(self, stories: Iterable[Story]) -> None:
        """Enter everything that the stories tell, the earliest day first."""
        turns = sorted((turn for story in stories for turn in _turns(story)), key=lambda turn: turn.day)
        day, number = None, 0
        for turn in turns:
            number = number + 1 if turn.day == day else 0
            day = turn.day
            self._enter(turn, datetime.combine(day, _OPENS, HANOI) + number * _BETWEEN)

    def _enter(self, turn: _Turn, instant: datetime) -> None:
        # One transaction, many days: the unit of an entry shares the connection and has its own clock.
        unit = WriteUnit(self.unit.connection, lambda: instant, writing=True)
        key = turn.story.key
        if turn.is_birth:
            # The lines of a notice may have made the case already.
            self.cases[key] = self.cases.get(key) or self._born(unit, turn)
            return
        case = self.cases[key]
        if turn.deed.trigger == ENTER_LINES:
            self._lines(unit, turn, case)
            return
        moved = moving.move(unit, code=case.code, order=self._order(turn.deed, case))
        case.numbers[turn.deed.trigger] = moved.events[0]
        case.referrals |= _opened(turn.deed, moved)

    def _lines(self, unit: WriteUnit, turn: _Turn, case: _Case) -> None:
        """Enter the lines of a notice; the task of line 1 becomes the case of the story "<key>.1"."""
        deed = turn.deed
        lines = [NoticeLine.model_validate(line) for line in deed.payload["lines"]]
        order = LinesOrder(lines, self.actors[deed.by], deed.on, deed.paper or DocumentSlip())
        for line in entering.enter(unit, code=case.code, order=order).lines:
            if line.task is not None:
                self.cases[f"{turn.story.key}.{line.number}"] = _Case(line.task.code)

    def _born(self, unit: WriteUnit, turn: _Turn) -> _Case:
        deed, story = turn.deed, turn.story
        birth = registering.Birth(
            story.kind, self._payload(deed, None), deed.on, petitioner=story.petitioner, document=deed.paper
        )
        moved = registering.register(unit, setting=self.setting, birth=birth, actor=self.actors[deed.by])
        return _Case(moved.code)

    def _order(self, deed: Deed, case: _Case) -> Order:
        return Order(
            deed.trigger,
            self.actors[deed.by],
            deed.on,
            self._payload(deed, case),
            referral=case.referrals[deed.at] if deed.at else None,
            document=deed.paper,
            decided_by=Signed(capacity=deed.capacity) if deed.capacity else None,
        )

    def _payload(self, deed: Deed, case: _Case | None) -> dict[str, Any]:
        return {name: self._value(value, case) for name, value in deed.payload.items()}

    def _value(self, value: Any, case: _Case | None) -> Any:
        if isinstance(value, CodeOf):
            return self.cases[value.story].code
        if isinstance(value, NumberOf) and case is not None:
            return case.numbers[value.trigger]
        return value


def _turns(story: Story) -> Iterator[_Turn]:
    """Return the deeds of a story with the days of their entry; nobody enters a deed before the one it follows."""
    day = story.born.entered or story.born.on
    yield _Turn(day, story, story.born)
    for deed in story.deeds:
        day = max(day, deed.entered or deed.on)
        yield _Turn(day, story, deed)


def _opened(deed: Deed, moved: Moved) -> dict[str, UUID]:
    return dict(zip(deed.payload.get("addressees", ()), moved.referrals, strict=False))
