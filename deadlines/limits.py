"""Regulations and their time limits: frozen values, read from files and rows alike.

A limit says which milestone starts, pauses, extends, meets or cancels it, how long, in which days, forward or
backward, how it rolls, what caps it, and on whose authority. What the sources do not say ships switched off.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations

from deadlines.errors import LimitAmbiguous
from deadlines.ladders import USUAL, Ladder
from deadlines.reckoning import Length, Rule
from states.milestones import Milestone
from states.reckoning import Direction, Effect, LimitStatus, Roll, Subject
from states.text import Text

ANCHORS: dict[str, Text] = {
    "session.opening": Text("khai mạc kỳ họp", "opening of the session"),
    "session.closing": Text("bế mạc kỳ họp", "closing of the session"),
    "supervision.starts": Text("ngày đoàn giám sát bắt đầu làm việc", "first day of the supervision"),
    "supervision.ended": Text("kết thúc đợt giám sát", "end of the supervision"),
    "meeting.day": Text("ngày họp", "day of the meeting"),
}
OF_THE_SESSION = frozenset({"session.opening", "session.closing"})
"""Anchors outside the case. The others are days of its own detail, as its lifecycle says."""


@dataclass(frozen=True, slots=True)
class Cap:
    """A second limit counted backward from `anchor`; each rolls first, then the earlier counts."""

    anchor: str
    length: Length
    roll: Roll = Roll.PREVIOUS

    @property
    def rule(self) -> Rule:
        """Return the cap as a rule to reckon."""
        return Rule(self.length, Direction.BACKWARD, self.roll)


@dataclass(frozen=True, slots=True)
class Options:
    """Which of the limit's possibilities are switched on."""

    pause: bool = False
    extension: bool = False
    not_after: bool = False


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """One time limit of one regulation. Exactly one of `starts`, `after_clock` and `anchor` is given.

    `given` names the date that is itself the due date: one in the starting mark (a roadmap's own date) or one of
    `ANCHORS`; then there is no `length`. `after_clock` is the role of the clock whose due date starts this one.
    `met_by_all`: only all of `met_by` together meet it, on the latest of their days.
    """

    code: str
    label: Text
    role: str
    applies: Mapping[str, str]
    regulation: str
    regulation_version: str
    status: LimitStatus
    effect: Effect
    citation: str
    confidence: str
    enabled: bool
    per: Subject
    direction: Direction
    roll: Roll
    length: Length | None = None
    given: str | None = None
    starts: tuple[Milestone, ...] = ()
    provisional_from: Milestone | None = None
    after_clock: str | None = None
    anchor: str | None = None
    met_by: tuple[Milestone, ...] = ()
    met_by_all: bool = False
    cancelled_by: tuple[Milestone, ...] = ()
    pauses_on: tuple[Milestone, ...] = ()
    resumes_on: tuple[Milestone, ...] = ()
    extended_by: tuple[Milestone, ...] = ()
    max_extension: Length | None = None
    not_after: Cap | None = None
    restarts_on: tuple[Milestone, ...] = ()
    keeps_running: bool = False
    ladder: str | None = None
    options: Options = field(default_factory=Options)
    in_force_from: date | None = None
    in_force_to: date | None = None

    def __hash__(self) -> int:
        return hash((self.regulation, self.regulation_version, self.code))

    @property
    def rule(self) -> Rule | None:
        """Return what is reckoned from the anchor, None where the milestone gives the date itself."""
        return None if self.length is None else Rule(self.length, self.direction, self.roll)

    @property
    def hangs_on_a_session(self) -> bool:
        """Tell whether the due date moves with a day outside the case."""
        return self.anchor in OF_THE_SESSION or self.given in OF_THE_SESSION

    def matches(self, circumstance: Mapping[str, str]) -> bool:
        """Tell whether the limit speaks of this kind of case and circumstance."""
        return all(circumstance.get(key) == value for key, value in self.applies.items())

    def in_force(self, day: date) -> bool:
        """Tell whether the regulation is in force on `day`, the day that starts the clock."""
        return (self.in_force_from is None or self.in_force_from <= day) and (
            self.in_force_to is None or day <= self.in_force_to
        )

    def switched(
        self,
        *,
        enabled: bool | None = None,
        pause: bool | None = None,
        extension: bool | None = None,
        not_after: bool | None = None,
    ) -> TimeLimit:
        """Return this limit with some of its switches set as a council decided; None leaves a switch alone."""
        now = self.options
        options = Options(
            pause=now.pause if pause is None else pause,
            extension=now.extension if extension is None else extension,
            not_after=now.not_after if not_after is None else not_after,
        )
        return replace(self, enabled=self.enabled if enabled is None else enabled, options=options)


@dataclass(frozen=True, slots=True)
class Regulation:
    """A versioned set of time limits with its source; valid on days from `in_force_from` to `in_force_to`."""

    code: str
    version: str
    title: Text
    status: LimitStatus
    source: str
    in_force_from: date | None
    in_force_to: date | None
    limits: tuple[TimeLimit, ...]
    ladders: tuple[Ladder, ...] = ()

    def __hash__(self) -> int:
        return hash((self.code, self.version))

    def limit(self, code: str) -> TimeLimit:
        """Return the limit with this code; raises KeyError."""
        return {limit.code: limit for limit in self.limits}[code]

    def ladder_of(self, limit: TimeLimit) -> Ladder:
        """Return the ladder of `limit`, the usual one where it names none."""
        return next((ladder for ladder in self.ladders if ladder.code == limit.ladder), USUAL)


def overlapping(limits: Iterable[TimeLimit]) -> list[tuple[TimeLimit, TimeLimit]]:
    """List the pairs of limits that could both match one kind, role, circumstance and day.

    Two limits are apart if some key has different values in both, or if they are never in force on the same day.
    None left means: at most one match for every circumstance that can ever be asked.
    """
    return [
        (a, b)
        for a, b in combinations(limits, 2)
        if a.role == b.role and not _apart(a.applies, b.applies) and not _never_together(a, b)
    ]


def find_limit(
    limits: Sequence[TimeLimit], *, role: str, circumstance: Mapping[str, str], on: date | None = None
) -> TimeLimit | None:
    """Return the one enabled limit of `role` for `circumstance` on day `on`; None if there is none: ask for a date.

    Raises `LimitAmbiguous` if two match: precedence among regulations is decided before this is called.
    """
    found = [
        limit
        for limit in limits
        if limit.enabled and limit.role == role and limit.matches(circumstance) and (on is None or limit.in_force(on))
    ]
    if len(found) > 1:
        names = ", ".join(f"{limit.regulation}/{limit.code}" for limit in found)
        raise LimitAmbiguous(
            Text(
                f"Có nhiều thời hạn cùng áp dụng cho «{role}»: {names}. Hãy tắt bớt, chỉ giữ một.",
                f"Several limits match {role!r}: {names}. Switch off all but one.",
            ),
            role=role,
            limits=names,
        )
    return found[0] if found else None


def _apart(a: Mapping[str, str], b: Mapping[str, str]) -> bool:
    return any(a[key] != b[key] for key in a.keys() & b.keys())


def _never_together(a: TimeLimit, b: TimeLimit) -> bool:
    a_ends_first = a.in_force_to is not None and b.in_force_from is not None and a.in_force_to < b.in_force_from
    b_ends_first = b.in_force_to is not None and a.in_force_from is not None and b.in_force_to < a.in_force_from
    return a_ends_first or b_ends_first
