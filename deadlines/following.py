"""Following one start of one limit through history: the budget, what pauses it, extends it, caps it and ends it.

The same function sets the clock and, given a narrator, explains it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from deadlines import tale
from deadlines.calendar import Calendar
from deadlines.errors import CalendarNotKnown
from deadlines.marks import Clock, Mark
from deadlines.reckoning import Due, Length, Rule, count_on, elapsed, reckon, roll_off
from deadlines.starting import Run
from deadlines.telling import Narrator
from states.milestones import Milestone
from states.reckoning import ClockState, DayUnit, Direction
from states.text import Text


@dataclass(slots=True)
class _Budget:
    """What is left to count, in which days, since when; untouched until history interrupts it."""

    run: Run
    calendar: Calendar
    narrator: Narrator | None
    rule: Rule
    since: date
    unit: DayUnit
    left: int
    consumed: int = 0
    extra: int = 0
    paused: date | None = None
    pause_mark: Mark | None = None
    extended: bool = False
    touched: bool = False

    @classmethod
    def of(cls, run: Run, rule: Rule, calendar: Calendar, narrator: Narrator | None) -> _Budget:
        length = rule.length
        if length.unit is not DayUnit.MONTH:
            return cls(run, calendar, narrator, rule, run.anchor_on, length.unit, length.count)
        # A month has no fixed number of days: what can be paused is the span that these months have here.
        span = (count_on(length, rule.direction, run.anchor_on, calendar) - run.anchor_on).days
        return cls(run, calendar, narrator, rule, run.anchor_on, DayUnit.CALENDAR, span)

    def raw(self, since: date | None = None) -> date:
        """Return where the budget ends if nothing more happens."""
        return count_on(Length(self.left, self.unit), Direction.FORWARD, since or self.since, self.calendar)

    def pause(self, mark: Mark) -> None:
        """Keep what is consumed. A pause after the last day changes nothing: late stays late."""
        if self.paused is not None or mark.on is None:
            return
        if mark.on > self.raw():
            tale.tell_useless_pause(self.narrator, mark)
            return
        day = max(mark.on, self.since)
        used = elapsed(self.unit, self.since, day, self.calendar, self.narrator, counted=self.consumed)
        self.consumed += used
        self.left -= used
        self.since = self.paused = day
        self.pause_mark = mark
        self.touched = True

    def resume(self, day: date | None, mark: Mark | None = None) -> None:
        """Go on counting from `day`, which itself does not count."""
        if self.paused is None or day is None:
            return
        day = max(day, self.paused)
        tale.tell_pause(self.narrator, self.pause_mark, self.paused, day, mark)
        self.since, self.paused = day, None

    def extend(self, mark: Mark, most: Length) -> None:
        """Add days up to the maximum; a date means the days up to that date."""
        allowed = most.count - self.extra
        more = min(self._wanted(mark), allowed)
        if more > 0:
            self.left += more
            self.extra += more
            self.extended = self.touched = True
        tale.tell_extension(self.narrator, mark, Length(max(more, 0), self.unit), most)

    def _wanted(self, mark: Mark) -> int:
        if mark.until is None:
            return mark.days or 0
        since = self.since if self.paused is None or mark.on is None else max(mark.on, self.paused)
        target = self.calendar.next_working(mark.until) if self.unit is DayUnit.WORKING else mark.until
        return elapsed(self.unit, self.raw(since), target, self.calendar)

    def due(self) -> Due:
        """Return the last day, telling the days still to count."""
        if not self.touched:
            return reckon(self.rule, self.run.anchor_on, self.calendar, self.narrator)
        left = Length(self.left, self.unit)
        raw = count_on(left, Direction.FORWARD, self.since, self.calendar, self.narrator, counted=self.consumed)
        return Due(roll_off(raw, self.rule.roll, self.calendar, self.narrator), raw)


@dataclass(frozen=True, slots=True)
class _End:
    """How far history took the clock: the mark that met or cancelled it, if any."""

    state: ClockState = ClockState.RUNNING
    mark: Mark | None = None
    cause: Text | None = None


def follow(run: Run, calendar: Calendar, anchors: Mapping[str, date], narrator: Narrator | None = None) -> Clock:
    """Return the clock of `run`. A due date that would need an unknown year of the calendar is None, with the cause."""
    end = _end_of(run)
    tale.tell_start(narrator, run)
    try:
        clock = _computed(run, end, calendar, anchors, narrator)
    except CalendarNotKnown as unknown:
        tale.tell_unknown(narrator, unknown.text)
        paused = _paused_since(run) if end.state is ClockState.RUNNING else None
        end = end if paused is None else replace(end, state=ClockState.PAUSED)
        clock = _clock(run, calendar, end, paused=paused, cause=unknown.text)
    tale.tell_result(narrator, run, clock, end.mark)
    return clock


def _paused_since(run: Run) -> date | None:
    """Return since when the run is paused, without any calendar: what is not known is the due date, not the pause."""
    since: date | None = None
    for mark in run.seen if run.limit.options.pause else ():
        if mark.milestone in run.limit.resumes_on:
            since = None
        elif mark.milestone in run.limit.pauses_on and since is None:
            since = mark.on
    return since


def _computed(run: Run, end: _End, calendar: Calendar, anchors: Mapping[str, date], narrator: Narrator | None) -> Clock:
    rule = run.limit.rule
    if rule is None:
        given = run.given_on or run.anchor_on
        due = Due(roll_off(given, run.limit.roll, calendar, narrator), given)
        return _clock(run, calendar, end, due=due, plain=due.on)
    budget = _Budget.of(run, rule, calendar, narrator)
    for mark in _interruptions(run, end):
        _apply(run, mark, budget)
    paused = budget.paused if end.mark is None else None
    if paused is not None:
        end = _End(ClockState.PAUSED)
        tale.tell_still_paused(narrator, budget.pause_mark, paused)
    if end.mark is not None:
        budget.resume(end.mark.on or budget.paused)
    due = _cap(run, budget.due(), calendar, anchors, narrator)
    plain = reckon(rule, run.anchor_on, calendar).on
    return _clock(run, calendar, end, due=due, plain=plain, budget=budget, paused=paused)


def _end_of(run: Run) -> _End:
    """Find what ends the run, in the order in which history was accepted."""
    come: dict[Milestone, Mark] = {}
    for mark in run.seen:
        if mark.milestone in run.limit.met_by:
            come.setdefault(mark.milestone, mark)
            if not run.limit.met_by_all or len(come) == len(run.limit.met_by):
                return _End(ClockState.MET, replace(_latest(come.values()), seq=mark.seq))
        if mark.milestone in run.limit.cancelled_by or mark.milestone is Milestone.VOIDED:
            return _End(ClockState.CANCELLED, mark, tale.cause_of_cancelling(mark))
        if run.replaced_at is not None and mark.seq >= run.replaced_at:
            return _End(ClockState.CANCELLED, mark, tale.cause_of_restarting(mark))
    return _End()


def _latest(marks: Iterable[Mark]) -> Mark:
    """Return the mark of the latest day; one whose day is unknown leaves the day of all of them unknown."""
    return max(marks, key=lambda mark: mark.on or date.max)


def _interruptions(run: Run, end: _End) -> list[Mark]:
    """List what happened to the running clock in the order of effective dates, up to the day that ended it.

    What was entered late counts on its own day. A resumption never precedes the pause that it follows.
    """
    limit = run.limit
    dated: list[tuple[date, int, Mark]] = []
    floor = run.anchor_on
    for mark in run.seen:
        if run.replaced_at is not None and mark.seq >= run.replaced_at:
            break
        day = mark.on or floor
        if mark.milestone in limit.pauses_on:
            floor = day
        elif mark.milestone in limit.resumes_on:
            day = max(day, floor)
        elif mark.milestone not in limit.extended_by:
            continue
        if end.mark is None or (end.mark.on is None and mark.seq < end.mark.seq) or day <= (end.mark.on or date.min):
            dated.append((day, mark.seq, mark))
    return [mark for _, _, mark in sorted(dated, key=lambda entry: entry[:2])]


def _apply(run: Run, mark: Mark, budget: _Budget) -> None:
    limit = run.limit
    if mark.milestone in limit.resumes_on and limit.options.pause:
        budget.resume(mark.on, mark)
    if mark.milestone in limit.pauses_on:
        if limit.options.pause:
            budget.pause(mark)
        else:
            tale.tell_switched_off(budget.narrator, mark)
    if mark.milestone in limit.extended_by and limit.max_extension is not None:
        if limit.options.extension:
            budget.extend(mark, limit.max_extension)
        else:
            tale.tell_switched_off(budget.narrator, mark)


def _cap(run: Run, due: Due, calendar: Calendar, anchors: Mapping[str, date], narrator: Narrator | None) -> Due:
    """Let the cap count where it is earlier; a session before the clock even began caps nothing."""
    cap = run.limit.not_after
    day = anchors.get(cap.anchor) if cap else None
    if cap is None or day is None or not run.limit.options.not_after:
        return due
    latest = reckon(cap.rule, day, calendar)
    if latest.on <= run.anchor_on:
        return due
    tale.tell_cap(narrator, cap, day, due, latest)
    return min(due, latest, key=lambda end: end.on)


def _clock(
    run: Run,
    calendar: Calendar,
    end: _End,
    *,
    due: Due | None = None,
    plain: date | None = None,
    budget: _Budget | None = None,
    paused: date | None = None,
    cause: Text | None = None,
) -> Clock:
    limit, mark = run.limit, end.mark
    counts_forward = limit.length is not None and limit.direction is Direction.FORWARD
    met, cancelled = end.state is ClockState.MET, end.state is ClockState.CANCELLED
    return Clock(
        limit_code=limit.code,
        regulation=limit.regulation,
        regulation_version=limit.regulation_version,
        calendar_version=calendar.version,
        role=limit.role,
        label=limit.label,
        status=limit.status,
        effect=limit.effect,
        unit=limit.length.unit if limit.length else None,
        direction=limit.direction,
        subject=limit.per,
        referral=run.referral,
        start_seq=run.seq,
        occurrence=run.occurrence,
        state=end.state,
        anchor_on=run.anchor_on,
        started_on=run.anchor_on + timedelta(days=1) if counts_forward else None,
        provisional=run.provisional,
        due_on=due.on if due else None,
        raw_due_on=due.raw_on if due else None,
        due_without_options_on=plain,
        calendar_provisional=due is not None and _depends_on_provisional(run, due, calendar),
        consumed_days=budget.consumed if budget else 0,
        running_since=None if paused else (budget.since if budget else run.anchor_on),
        paused_since=paused,
        extended_to=due.on if due and budget and budget.extended else None,
        met_on=mark.on if mark and met else None,
        met_seq=mark.seq if mark and met else None,
        cancelled_on=mark.on if mark and cancelled else None,
        cancelled_seq=mark.seq if mark and cancelled else None,
        cause=cause or end.cause,
    )


def _depends_on_provisional(run: Run, due: Due, calendar: Calendar) -> bool:
    """Tell whether an announcement still to come could move the date: any day counted or rolled over."""
    if run.limit.length is None and due.on == due.raw_on:
        return False
    days = {due.on, due.raw_on}
    if run.limit.length is not None and run.limit.length.unit is DayUnit.WORKING:
        days.add(run.anchor_on)
    return calendar.is_provisional(min(days), max(days))
