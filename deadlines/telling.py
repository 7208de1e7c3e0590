"""The steps of an explanation, and who listens to them while a date is computed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from deadlines.wording import capital, date_range, weekdays_range
from states.reckoning import StepKind
from states.text import Language, Text

if TYPE_CHECKING:
    from deadlines.calendar import Calendar

EVENT_DAY_NOT_COUNTED = Text("BLDS 2015, Điều 147.2", "Civil Code 2015, art. 147.2")
SAME_NUMBERED_DAY = Text("BLDS 2015, Điều 148.3", "Civil Code 2015, art. 148.3")
NEXT_WORKING_DAY = Text("BLDS 2015, Điều 148.5", "Civil Code 2015, art. 148.5")
END_OF_THE_DAY = Text("BLDS 2015, Điều 148.6", "Civil Code 2015, art. 148.6")


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an explanation: days, what happens on them, the law, how many days it counts or skips."""

    kind: StepKind
    text: Text
    day_from: date | None = None
    day_to: date | None = None
    law: Text | None = None
    count: Text | None = None


@dataclass(slots=True)
class Narrator:
    """Listens while a date is computed; without one the same computation is silent."""

    steps: list[Step] = field(default_factory=list)

    def say(self, step: Step) -> None:
        """Add `step` to the story."""
        self.steps.append(step)


def tell_walk(narrator: Narrator, days: Iterable[date], calendar: Calendar, *, counted: int) -> None:
    """Tell a walk over `days` in working days: runs that count (from `counted` on) and runs that are skipped."""
    for why, run in groupby(days, key=lambda day: _why_skipped(day, calendar)):
        span = sorted(run)
        first, last = span[0], span[-1]
        if why is not None:
            text = weekdays_range(first, last) if why == _WEEKEND else why
            count = Text(f"bỏ {len(span)}", f"skip {len(span)}")
            narrator.say(Step(StepKind.SKIPPED, text, first, last, count=count))
            continue
        narrator.say(
            Step(StepKind.COUNTED, _worked(span, calendar), first, last, count=days_counted(counted, len(span)))
        )
        counted += len(span)


def days_counted(before: int, more: int) -> Text:
    """Return "ngày 3-7" for the days 3 to 7 of a limit."""
    number = f"{before + 1}" if more == 1 else f"{before + 1}-{before + more}"
    return Text(f"ngày {number}", f"day {number}" if more == 1 else f"days {number}")


_WEEKEND = Text("cuối tuần", "weekend")


def _why_skipped(day: date, calendar: Calendar) -> Text | None:
    if calendar.is_working(day):
        return None
    return calendar.days[day].name if day in calendar.days else _WEEKEND


def _worked(span: Sequence[date], calendar: Calendar) -> Text:
    said = weekdays_range(span[0], span[-1])
    for day in span:
        why = calendar.why_worked(day)
        if why is not None:
            said = Text(
                f"{said.vi} ({day:%d/%m} {why.vi[:1].lower()}{why.vi[1:]})", f"{said.en} ({day:%d/%m} {why.en})"
            )
    return said


def render(steps: Sequence[Step], language: Language, *, heading: Text | None = None) -> str:
    """Write `steps` as lines of plain text: days, text, law and count in columns; `heading` above."""
    rows = [
        (
            date_range(step.day_from, step.day_to or step.day_from) if step.day_from else "",
            step.text.read(language),
            " · ".join(side.read(language) for side in (step.law, step.count) if side),
        )
        for step in steps
    ]
    lines = [] if heading is None else [capital(heading).read(language)]
    return "\n".join([*lines, *_columns(rows)]) + "\n"


def _columns(rows: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    days = max((len(row[0]) for row in rows), default=0)
    wide = max((len(row[1]) for row in rows if row[2]), default=0)
    for day, text, side in rows:
        yield f"{day:<{days}}  {text:<{wide}}  {side}".rstrip()
