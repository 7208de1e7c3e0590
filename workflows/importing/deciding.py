"""Decides what becomes of the rows of a list, some at a time; nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from models.units import Unit
from states.errors import BadInput, Refused
from states.facts import Actor
from workflows import registering
from workflows.access import Setting
from workflows.importing.coming_again import ComingAgain, Found
from workflows.importing.differing import CellChange
from workflows.importing.intake import Intake
from workflows.importing.problems import Problem, Severity
from workflows.importing.replaying import Replay
from workflows.importing.report import Changed, Outcome, RowResult
from workflows.importing.retelling import Annexed, Retelling
from workflows.importing.rows import PetitionRow
from workflows.importing.source_rows import taken_before
from workflows.importing.tellings import Plan
from workflows.importing.updating import Updated, Updating
from workflows.registering import Born, Prepared
from workflows.similar import Known, Proposed, known_texts, proposed


@dataclass(frozen=True, slots=True)
class Decided:
    """A row, what becomes of it, and for an accepted one the case to write and the petition that it repeats.

    `annexed` are the papers in whose annexes it stands. `updated` is the case that a changed row became before.
    """

    row: PetitionRow
    result: RowResult
    born: Born | None = None
    earlier: Known | None = None
    annexed: tuple[Annexed, ...] = ()
    updated: Updated | None = None


@dataclass(slots=True)
class Decider:
    """Decides about the rows of one list in their order; remembers where each text came first.

    `tries`: the moves that an old register tells are made in memory; else only the births are looked at.
    """

    unit: Unit
    intake: Intake
    replay: Replay
    retelling: Retelling
    again: ComingAgain
    updating: Updating
    setting: Setting
    actor: Actor
    origin: str
    tries: bool = True
    _known: registering.Known = field(default_factory=registering.Known)
    _first_rows: dict[bytes, int] = field(default_factory=dict)

    def decide(self, rows: Sequence[PetitionRow]) -> list[Decided]:
        """Return what becomes of each of `rows`."""
        codes = taken_before(self.unit, council=self.setting.council, fingerprints=[r.fingerprint for r in rows])
        others = [row for row in rows if row.fingerprint not in codes]
        again = self.again.find([row for row in others if not row.is_rejected])
        texts = {row.text_key for row in others if row.text_key and row.fingerprint not in again}
        known = known_texts(self.unit, council=self.setting.council, keys=texts) if texts else {}
        return [self._decide(row, codes, again, known) for row in rows]

    def _decide(
        self,
        row: PetitionRow,
        codes: Mapping[str, str],
        again: Mapping[str, Found | Problem],
        known: Mapping[str, Known],
    ) -> Decided:
        if row.fingerprint in codes:
            return _there(row, codes[row.fingerprint])
        found = again.get(row.fingerprint)
        if isinstance(found, Found):
            return self._changed(row, found)
        if found is not None:
            return Decided(row, RowResult(row.row_number, Outcome.REJECTED, (*row.problems, found)))
        return self._new(row, known.get(row.text_key))

    def _changed(self, row: PetitionRow, found: Found) -> Decided:
        """Say what a row that became a case before changes about it now."""
        prepared, plan, problems = self._prepared(row)
        if prepared is None:
            return Decided(row, RowResult(row.row_number, Outcome.REJECTED, problems))
        updated = self.updating.update(found, row, prepared, plan)
        problems = (*problems, *updated.problems)
        if any(problem.severity is Severity.ERROR for problem in updated.problems):
            return Decided(row, RowResult(row.row_number, Outcome.REJECTED, problems, code=found.code))
        result = RowResult(
            row.row_number,
            Outcome.ALREADY_THERE,
            problems if updated.cells else (),
            code=found.code,
            state=str(updated.composed.now.row["state"]),
            changes=tuple(self._cell(cell) for cell in updated.cells),
            moves=tuple(dict.fromkeys(e["trigger"] for e in updated.composed.now.pending)),
        )
        return Decided(row, result, annexed=updated.annexed, updated=updated)

    def _cell(self, cell: CellChange) -> Changed:
        heading = self.replay.headings.get(cell.column) or cell.column.label.vi
        return Changed(heading, cell.old, cell.new, by_hand=cell.by_hand)

    def _prepared(self, row: PetitionRow) -> tuple[Prepared | None, Plan, tuple[Problem, ...]]:
        """Return a row prepared as a birth and planned, or None with every reason against it."""
        plan = self.replay.plan(row)
        birth, problems = self.intake.birth(row, plan)
        if any(problem.severity is Severity.ERROR for problem in plan.problems):
            return None, plan, problems
        try:
            prepared = registering.prepare(
                self.unit, setting=self.setting, birth=birth, actor=self.actor, known=self._known
            )
        except (BadInput, Refused) as wrong:
            return None, plan, (*self.intake.refusals(wrong), *problems)
        return prepared, plan, problems

    def _new(self, row: PetitionRow, earlier: Known | None) -> Decided:
        if row.is_rejected:
            return Decided(row, RowResult(row.row_number, Outcome.REJECTED, row.problems))
        prepared, plan, problems = self._prepared(row)
        if prepared is None:
            return Decided(row, RowResult(row.row_number, Outcome.REJECTED, problems))
        born = registering.born(self.unit, setting=self.setting, prepared=prepared)
        found, annexed = self.retelling.make(born.composed, plan.moves if self.tries else ())
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
