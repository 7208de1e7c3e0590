"""What a lifecycle is: the table of one kind. The engine, the API, the pages and the docs read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum, unique
from functools import cached_property

from states.entries import Entry, Nothing
from states.findings import Guard
from states.milestones import Milestone
from states.text import Text
from states.vocabulary import Act, Decider, LinkKind, Named, Phase, Result

SAME = "="
ABSENT = "absent"
DAY = "on"
"""What a row keeps of the move itself: its day."""


@dataclass(frozen=True, slots=True)
class State:
    """Where a case or referral may be; `judged` are the judged results that may stand beside it."""

    label: Text
    phase: Phase
    final: bool = False
    judged: frozenset[Result | None] = frozenset({None})


@unique
class On(StrEnum):
    """On which case something is proposed: on the one that moves, or on those that it arose from."""

    SELF = "self"
    ORIGINS = "origins"


@dataclass(frozen=True, slots=True)
class Proposes:
    """What a move proposes and never does: a trigger, where the state of that case then offers it."""

    trigger: str
    on: On = On.SELF


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One row: from where to where, who may, what it needs, what must hold, what it marks and keeps.

    `source` is empty for the birth of a case or referral. `target` may be `SAME`. `keeps` maps a column
    ("case.level", "detail.nature", "referral.lead") to the field of the entry it is taken from; `fixes` gives it a
    constant (a fixed "case.confidentiality" may hide the case from all but its readers); `counts` adds one, or the
    `times` that the entry gives; `adds` the number in a field of the entry. The field "on" is the day of the move
    itself. `opens` says that the move opens referrals; `each_referral` names the referral trigger fired on every
    referral that is in a state to take it. `names` says which fields hold the code of an agency, a case, a session
    or an account; they are looked up before the decision and kept as identifiers. `links` is the kind of link a
    named case gets. `proposes` is what the move suggests to people, here or on the cases that this one arose from.
    A `carried` row is never fired by itself, only by `each_referral` or by a use case of its own.
    """

    trigger: str
    source: tuple[str, ...]
    target: str
    label: Text
    who: Guard
    help: Text
    needs: type[Entry] = Nothing
    when: tuple[Guard, ...] = ()
    warns: tuple[Guard, ...] = ()
    marks: tuple[Milestone, ...] = ()
    act: Act = Act.MOVE
    decider: Decider = Decider.COUNCIL_OFFICE
    keeps: Mapping[str, str] | None = None
    fixes: Mapping[str, object] | None = None
    counts: tuple[str, ...] = ()
    adds: Mapping[str, str] | None = None
    opens: bool = False
    each_referral: str | None = None
    names: Mapping[str, Named] | None = None
    links: LinkKind | None = None
    proposes: tuple[Proposes, ...] = ()
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """One transition out of one source."""

    source: str
    target: str
    row: Transition


@dataclass(frozen=True, slots=True)
class FollowRule:
    """A case in one of `within` goes to `target` when `applies` holds of its referrals' states.

    `marks` are marked by the move that brings it there.
    """

    label: Text
    within: frozenset[str]
    target: str
    applies: Callable[[Sequence[str]], bool]
    marks: tuple[Milestone, ...] = ()


@dataclass(frozen=True, slots=True)
class Follows:
    """How the state of a case follows from its referrals: the first rule that applies."""

    rules: tuple[FollowRule, ...]

    def rule(self, now: str, referrals: Sequence[str]) -> FollowRule | None:
        """Return the rule by which a case in `now` with these referrals' states goes elsewhere or stays."""
        return next((r for r in self.rules if now in r.within and r.applies(referrals)), None)

    def state(self, now: str, referrals: Sequence[str]) -> str:
        """Return the state the case must be in, given its referrals' states."""
        rule = self.rule(now, referrals)
        return now if rule is None else rule.target


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """How the cases of a kind are counted: in which states one is done, done in part, or stays apart from the rate.

    `by` is the role of the limit by which they fall due; None: whatever limits only being done meets. Voided cases and
    those merged into others are never counted.
    """

    done: frozenset[str]
    partly: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()
    by: str | None = None


@dataclass(frozen=True)
class Lifecycle:
    """The whole table of one kind.

    `charges` is the column of its detail that names the agency which has the case in hand, taken in and open;
    without it the referrals say so. `anchors` gives the days of its detail that limits hang on ("meeting.day") the
    column that holds them; `circumstances` names the columns of its detail by whose word limits are told apart,
    with their words. `rated` says how its cases are counted; without it `rating` follows from the table.
    """

    kind: str
    label: Text
    prefix: str
    start: str
    states: Mapping[str, State]
    transitions: tuple[Transition, ...]
    follows: Follows | None = None
    referral: Lifecycle | None = None
    void: str | None = None
    results: tuple[Result, ...] = ()
    charges: str | None = None
    anchors: Mapping[str, str] = field(default_factory=dict)
    circumstances: Mapping[str, type[StrEnum]] = field(default_factory=dict)
    rated: Rated | None = None

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """Return every row once per source, `SAME` resolved; births leave from `ABSENT`."""
        return tuple(
            Edge(str(source), str(source if row.target == SAME else row.target), row)
            for row in self.transitions
            for source in (row.source or (ABSENT,))
        )

    @cached_property
    def edges_from(self) -> Mapping[tuple[str, str], tuple[Edge, ...]]:
        """Return the edges by (source, trigger)."""
        found: dict[tuple[str, str], tuple[Edge, ...]] = {}
        for edge in self.edges:
            key = (edge.source, edge.row.trigger)
            found[key] = (*found.get(key, ()), edge)
        return found

    @cached_property
    def merged(self) -> frozenset[str]:
        """Return the states in which a case lives on in another one."""
        return frozenset(str(row.target) for row in self.transitions if row.links is LinkKind.MERGED_INTO)

    @cached_property
    def rating(self) -> Rated:
        """Return how its cases are counted: final is done, unless it was given up; voided and merged are not counted.

        A state was given up that no move enters without marking it withdrawn.
        """
        if self.rated is not None:
            return self.rated
        final = {str(s) for s, meaning in self.states.items() if meaning.final} - {str(self.void)} - self.merged
        ways = {s: [e.row for e in self.edges if e.target == s and e.source != s] for s in final}
        apart = {s for s, rows in ways.items() if rows and all(Milestone.WITHDRAWN in row.marks for row in rows)}
        return Rated(done=frozenset(final - apart), apart=frozenset(apart))

    @cached_property
    def done_marks(self) -> frozenset[Milestone]:
        """Return what the moves mark that finish a case."""
        done = self.rating.done
        return frozenset(m for e in self.edges if e.target in done and e.source not in done for m in e.row.marks)

    @cached_property
    def triggers(self) -> tuple[str, ...]:
        """Return the triggers in the order of the table."""
        return tuple(dict.fromkeys(row.trigger for row in self.transitions))

    def offered(self, state: str) -> tuple[str, ...]:
        """Return the triggers that people may fire in `state`, in the order of the table."""
        leaving = ((t, self.edges_from.get((state, t))) for t in self.triggers)
        return tuple(t for t, edges in leaving if edges and not edges[0].row.carried)

    def row(self, trigger: str) -> Transition | None:
        """Return the first row of `trigger`, whatever its source."""
        return next((row for row in self.transitions if row.trigger == trigger), None)

    @property
    def tables(self) -> tuple[Lifecycle, ...]:
        """Return this table and, where there is one, that of its referrals."""
        return (self,) if self.referral is None else (self, self.referral)

    def move(self, trigger: str) -> Transition | None:
        """Return the first row of `trigger` in this table, else in that of its referrals."""
        return next((row for table in self.tables if (row := table.row(trigger)) is not None), None)
