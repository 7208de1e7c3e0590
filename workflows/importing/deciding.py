"""Decides what becomes of the rows of a list, some at a time; nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from models.units import Unit
from states.errors import BadInput, Refused
from states.facts import Actor
from states.text import Text
from workflows import registering
from workflows.access import Setting
from workflows.importing.coming_again import ComingAgain, Found
from workflows.importing.differing import CellChange
from workflows.importing.intake import Intake
from workflows.importing.neighbours import Neighbours
from workflows.importing.problems import Problem, Severity, warning
from workflows.importing.repeating import Repeat, Repeats, has_ended, why_not_raised
from workflows.importing.replaying import Replay
from workflows.importing.retelling import Annexed, Retelling
from workflows.importing.row_results import Changed, Outcome, RowResult
from workflows.importing.rows import PetitionRow
from workflows.importing.source_rows import taken_before
from workflows.importing.tellings import Plan
from workflows.importing.updating import Updated, Updating
from workflows.likeness import Degree, Likeness, wording
from workflows.registering import Born, Prepared
from workflows.similar import Known, Proposed, Register, known_cases, known_texts, proposed

_SAME_WORDS = Likeness(100.0, Degree.SAME)


@dataclass(frozen=True, slots=True)
class Decided:
    """A row, what becomes of it, and for one that is taken what there is to write and what it repeats.

    `annexed` are the papers in whose annexes it stands. `updated` is the case that a changed row became before.
    """

    row: PetitionRow
    result: RowResult
    prepared: Prepared | None = None
    born: Born | None = None
    repeat: Repeat | None = None
    annexed: tuple[Annexed, ...] = ()
    updated: Updated | None = None

    @property
    def is_raised(self) -> bool:
        """Say whether it is recorded on an earlier case."""
        return self.result.outcome is Outcome.RAISED_AGAIN


Near = tuple[UUID | int, Likeness] | None
"""What a text is near to: a known case or a row of the list."""


@dataclass(slots=True)
class Foreseen:
    """What the first walk through a list found and the second need not look for again."""

    near: dict[str, Near] = field(default_factory=dict)
    raised_on: set[UUID] = field(default_factory=set)


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
    repeats: Repeats = Repeats.RAISE
    foreseen: Foreseen = field(default_factory=Foreseen)
    tries: bool = True
    _known: registering.Known = field(default_factory=registering.Known)
    _first_rows: dict[bytes, int] = field(default_factory=dict)
    _raised: set[UUID] = field(default_factory=set)
    _neighbours: Neighbours = field(default_factory=Neighbours)
    _register: Register | None = None

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
            problems if updated.cells else updated.problems,
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

    def _new(self, row: PetitionRow, known: Known | None) -> Decided:
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
        moves = tuple(move.trigger for move in plan.moves[: len(born.composed.moved) - 1])
        state = str(born.composed.now.row["state"])
        result = RowResult(row.row_number, Outcome.ACCEPTED, problems, state=state, moves=moves)
        accepted = Decided(row, result, prepared, born, annexed=annexed)
        repeat = None if self.repeats is Repeats.NEW else self._repeat(row, known)
        if repeat is None:
            return accepted
        # A row that tells how its petition was treated has a life of its own: that is never folded into another's.
        doubt = why_not_raised(repeat, prepared)
        raises = self.repeats is Repeats.RAISE and not plan.moves
        if raises and repeat.earlier is not None and doubt is None:
            return self._raised_again(accepted, repeat, repeat.earlier)
        return self._proposing(accepted, repeat, doubt if raises else None)

    def _raised_again(self, accepted: Decided, repeat: Repeat, earlier: Known) -> Decided:
        """Return a row as a time raised on the earlier case."""
        self._raised.add(earlier.case_id)
        self.foreseen.raised_on.add(earlier.case_id)
        hint = (warning("", "case_has_ended", has_ended(earlier)),) if earlier.is_final else ()
        result = RowResult(
            accepted.row.row_number,
            Outcome.RAISED_AGAIN,
            (*accepted.result.problems, *hint),
            same_as=earlier.code,
            times_raised=earlier.times_raised + 1,
            score=repeat.alike.percent,
        )
        return Decided(accepted.row, result, accepted.prepared, repeat=repeat)

    def _proposing(self, accepted: Decided, repeat: Repeat, doubt: Text | None) -> Decided:
        """Return a row as a case with a proposal about the one it is like; `doubt` says why it was not raised there."""
        earlier = repeat.earlier
        code = earlier.code if earlier else None
        what = proposed(earlier=earlier, same_list=repeat.same_list) if earlier else Proposed.MERGE
        problems = accepted.result.problems
        if doubt is not None and what is Proposed.RAISE_AGAIN:
            problems = (*problems, warning("", "not_raised", _kept_apart(code or "", doubt)))
        result = replace(
            accepted.result,
            problems=problems,
            proposed=what,
            same_as=code,
            same_as_row=repeat.row_number,
            score=repeat.alike.percent,
        )
        return replace(accepted, result=result, repeat=repeat)

    def _repeat(self, row: PetitionRow, known: Known | None) -> Repeat | None:
        """Return what `row` repeats: the same words before nearly the same, a known case before a row of its list."""
        first = self._first_rows.setdefault(bytes.fromhex(row.text_key), row.row_number)
        same_row = first if first != row.row_number else None
        if known is not None:
            return Repeat(_SAME_WORDS, known, same_row, same_list=self._in_this_list(known))
        if same_row is not None:
            return Repeat(_SAME_WORDS, None, same_row, same_list=True)
        near = self._near(row)
        if near is None:
            return None
        place, alike = near
        if isinstance(place, int):
            return Repeat(alike, None, place, same_list=True)
        earlier = known_cases(self.unit, council=self.setting.council, ids=[place]).get(place)
        return Repeat(alike, earlier, same_list=self._in_this_list(earlier)) if earlier else None

    def _in_this_list(self, earlier: Known) -> bool:
        return self.origin in earlier.origins or earlier.case_id in self._raised

    def _near(self, row: PetitionRow) -> Near:
        """Return the known case or the row of this list that `row` is nearest to, looked for once per list."""
        if row.fingerprint in self.foreseen.near:
            return self.foreseen.near[row.fingerprint]
        said = wording(row.text)
        self._register = self._register or Register(self.unit, self.setting.council)
        case = next(iter(self._register.like(said, limit=1)), None)
        beside = self._neighbours.nearest(said)
        self._neighbours.add(row.row_number, said)
        found: Near = beside if case is None or (beside is not None and beside[1].score > case[1].score) else case
        self.foreseen.near[row.fingerprint] = found
        return found


def _there(row: PetitionRow, code: str) -> Decided:
    return Decided(row, RowResult(row.row_number, Outcome.ALREADY_THERE, code=code))


def _kept_apart(code: str, reason: Text) -> Text:
    return Text(
        f"Giống {code} nhưng {reason.vi}: ghi hồ sơ mới kèm đề xuất nêu lại",
        f"Like {code} but {reason.en}: entered as a case, with a proposal to record it as raised again",
    )
