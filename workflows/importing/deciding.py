"""Decides what becomes of the rows of a list, some at a time; nothing is written here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from models.units import Unit
from states.errors import BadInput, Refused
from states.facts import Actor
from workflows import registering
from workflows.access import Setting
from workflows.importing.intake import Intake
from workflows.importing.problems import Severity
from workflows.importing.replaying import Replay
from workflows.importing.report import Outcome, RowResult
from workflows.importing.retelling import Annexed, Retelling
from workflows.importing.rows import PetitionRow
from workflows.importing.source_rows import taken_before
from workflows.registering import Born
from workflows.similar import Known, Proposed, known_texts, proposed


@dataclass(frozen=True, slots=True)
class Decided:
    """A row, what becomes of it, and for an accepted one the case to write and the petition that it repeats.

    `annexed` are the papers in whose annexes it stands.
    """

    row: PetitionRow
    result: RowResult
    born: Born | None = None
    earlier: Known | None = None
    annexed: tuple[Annexed, ...] = ()


@dataclass(slots=True)
class Decider:
    """Decides about the rows of one list in their order; remembers where each text came first."""

    unit: Unit
    intake: Intake
    replay: Replay
    retelling: Retelling
    setting: Setting
    actor: Actor
    origin: str
    _known: registering.Known = field(default_factory=registering.Known)
    _first_rows: dict[bytes, int] = field(default_factory=dict)

    def decide(self, rows: Sequence[PetitionRow]) -> list[Decided]:
        """Return what becomes of each of `rows`."""
        codes = taken_before(self.unit, council=self.setting.council, fingerprints=[r.fingerprint for r in rows])
        texts = {row.text_key for row in rows if row.text_key and row.fingerprint not in codes}
        known = known_texts(self.unit, council=self.setting.council, keys=texts) if texts else {}
        return [
            _there(row, codes[row.fingerprint]) if row.fingerprint in codes else self._new(row, known.get(row.text_key))
            for row in rows
        ]

    def _new(self, row: PetitionRow, earlier: Known | None) -> Decided:
        if row.is_rejected:
            return Decided(row, RowResult(row.row_number, Outcome.REJECTED, row.problems))
        plan = self.replay.plan(row)
        birth, problems = self.intake.birth(row, plan)
        try:
            prepared = registering.prepare(
                self.unit, setting=self.setting, birth=birth, actor=self.actor, known=self._known
            )
        except (BadInput, Refused) as wrong:
            refused = (*self.intake.refusals(wrong), *problems)
            return Decided(row, RowResult(row.row_number, Outcome.REJECTED, refused))
        born = registering.born(self.unit, setting=self.setting, prepared=prepared)
        found, annexed = self.retelling.make(born.composed, plan.moves)
        problems = (*problems, *found)
        if any(problem.severity is Severity.ERROR for problem in found):
            return Decided(row, RowResult(row.row_number, Outcome.REJECTED, problems))
        first = self._first_rows.setdefault(bytes.fromhex(row.text_key), row.row_number)
        repeated = first if first != row.row_number else None
        result = RowResult(
            row.row_number,
            Outcome.ACCEPTED,
            problems,
            proposed=self._proposed(earlier, repeated),
            same_as=earlier.code if earlier else None,
            same_as_row=repeated,
            state=str(born.composed.now.row["state"]),
            moves=tuple(move.trigger for move in plan.moves[: len(born.composed.moved) - 1]),
        )
        return Decided(row, result, born, earlier, annexed)

    def _proposed(self, earlier: Known | None, repeated: int | None) -> Proposed | None:
        if earlier is not None:
            return proposed(earlier_origin=earlier.origin, origin=self.origin)
        return Proposed.MERGE if repeated is not None else None


def _there(row: PetitionRow, code: str) -> Decided:
    return Decided(row, RowResult(row.row_number, Outcome.ALREADY_THERE, code=code))
