"""Makes the moves that an old register tells on a case in memory, by the same engine as all others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from models.units import Unit
from states.errors import BadInput, Refused
from states.facts import Actor
from states.findings import Finding
from states.paper_acts import PaperAct
from states.text import Text
from workflows.composing import Composed
from workflows.importing.bodies import Bodies
from workflows.importing.headings import Field
from workflows.importing.problems import Problem, error, warning
from workflows.importing.tellings import Telling
from workflows.moving import Known
from workflows.orders import Moved, Order

IN_FUTURE = "day_is_not_in_the_future"
_TOLD = frozenset({"days_in_order"})
"""Warnings of moves that concern what the register says; the others are about what is still to be done."""


@dataclass(frozen=True, slots=True)
class Annexed:
    """That a paper made an event of a case: a row of its annex."""

    document: UUID
    act: PaperAct
    event_seq: int


@dataclass(slots=True)
class Retelling:
    """Makes the moves of one list; what was looked up once is known for all its rows."""

    unit: Unit
    actor: Actor
    bodies: Bodies
    headings: Mapping[Field, str]
    known: Known = field(default_factory=Known)

    def make(self, work: Composed, moves: Sequence[Telling]) -> tuple[tuple[Problem, ...], tuple[Annexed, ...]]:
        """Make `moves` on `work` one after the other, up to the first that is refused.

        Return what is doubtful or wrong about them (an error is a day that cannot be), and the annexes they stand in.
        """
        problems: list[Problem] = []
        annexed: list[Annexed] = []
        for move in moves:
            try:
                moved = self._fire(work, move)
            except (BadInput, Refused) as wrong:
                problems.append(self._refused(work, move, wrong))
                break
            problems += [self._warned(move, found) for found in moved.warnings if found.code in _TOLD]
            paper = self.known.papers[move.slip].id if move.slip is not None else None
            if move.act is not None and paper is not None:
                annexed.append(Annexed(paper, move.act, moved.events[0]))
        return tuple(problems), tuple(annexed)

    def _fire(self, work: Composed, move: Telling) -> Moved:
        order = Order(
            move.trigger,
            self.actor,
            move.on,
            move.payload,
            referral=self._referral(work, move.at) if move.at is not None else None,
            document=move.slip,
            old_register=True,
        )
        return work.add(self.unit, order, known=self.known)

    def _referral(self, work: Composed, code: str) -> UUID:
        """Return the latest sending to the body `code`."""
        theirs = [r["id"] for r in work.now.referrals if r["agency_id"] == self.bodies.known[code].id]
        if not theirs:
            name = self.bodies.known[code].name
            raise BadInput({"referral": Text(f"Hồ sơ chưa chuyển tới {name}", f"It was not sent to {name}")})
        found: UUID = theirs[-1]
        return found

    def _refused(self, work: Composed, move: Telling, wrong: BadInput | Refused) -> Problem:
        findings = wrong.findings if isinstance(wrong, Refused) else ()
        heading = self.headings.get(move.column) or move.column.label.vi
        future = next((f for f in findings if f.code == IN_FUTURE and f.holds is False), None)
        if future is not None:
            return error(heading, IN_FUTURE, future.text)
        label = label_of(work, move)
        said = wrong.text if isinstance(wrong, Refused) else next(iter(wrong.problems.values()))
        return warning(
            heading,
            "move_refused",
            Text(f"Chưa ghi «{label.vi}» và việc sau đó: {said.vi}", f"“{label.en}” was not recorded: {said.en}"),
        )

    def _warned(self, move: Telling, found: Finding) -> Problem:
        return warning(self.headings.get(move.column) or move.column.label.vi, found.code, found.text)


def label_of(work: Composed, move: Telling) -> Text:
    """Return what a move is called."""
    table = work.seen.lifecycle.referral if move.at is not None else work.seen.lifecycle
    row = table.row(move.trigger) if table is not None else None
    return row.label if row is not None else Text(move.trigger, move.trigger)
