"""Decides what becomes of the rows of a list, some at a time; nothing is written here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from models.units import Unit
from states.errors import BadInput, Refused
from states.facts import Actor
from states.text import Text
from workflows import registering
from workflows.access import Setting
from workflows.importing.intake import Intake
from workflows.importing.neighbours import Neighbours
from workflows.importing.problems import warning
from workflows.importing.repeating import Repeat, Repeats, has_ended, why_not_raised
from workflows.importing.report import Outcome, RowResult
from workflows.importing.rows import PetitionRow
from workflows.importing.source_rows import taken_before
from workflows.likeness import Degree, Likeness, wording
from workflows.registering import Prepared
from workflows.similar import Known, Proposed, Register, known_cases, known_texts, proposed

_SAME_WORDS = Likeness(100.0, Degree.SAME)


@dataclass(frozen=True, slots=True)
class Decided:
    """A row, what becomes of it, and for one that is taken what there is to write and what it repeats."""

    row: PetitionRow
    result: RowResult
    prepared: Prepared | None = None
    repeat: Repeat | None = None

    @property
    def is_born(self) -> bool:
        """Say whether it becomes a case."""
        return self.result.outcome is Outcome.ACCEPTED

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
    """Decides about the rows of one list in their order; remembers where each text came first."""

    unit: Unit
    intake: Intake
    setting: Setting
    actor: Actor
    origin: str
    repeats: Repeats = Repeats.RAISE
    foreseen: Foreseen = field(default_factory=Foreseen)
    _known: registering.Known = field(default_factory=registering.Known)
    _first_rows: dict[bytes, int] = field(default_factory=dict)
    _raised: set[UUID] = field(default_factory=set)
    _neighbours: Neighbours = field(default_factory=Neighbours)
    _register: Register | None = None

    def decide(self, rows: Sequence[PetitionRow]) -> list[Decided]:
        """Return what becomes of each of `rows`."""
        codes = taken_before(self.unit, council=self.setting.council, fingerprints=[r.fingerprint for r in rows])
        texts = {row.text_key for row in rows if row.text_key and row.fingerprint not in codes}
        known = known_texts(self.unit, council=self.setting.council, keys=texts) if texts else {}
        return [
            _there(row, codes[row.fingerprint]) if row.fingerprint in codes else self._new(row, known.get(row.text_key))
            for row in rows
        ]

    def _new(self, row: PetitionRow, known: Known | None) -> Decided:
        if row.is_rejected:
            return Decided(row, RowResult(row.row_number, Outcome.REJECTED, row.problems))
        birth, problems = self.intake.birth(row)
        try:
            prepared = registering.prepare(
                self.unit, setting=self.setting, birth=birth, actor=self.actor, known=self._known
            )
        except (BadInput, Refused) as wrong:
            refused = (*self.intake.refusals(wrong), *problems)
            return Decided(row, RowResult(row.row_number, Outcome.REJECTED, refused))
        accepted = Decided(row, RowResult(row.row_number, Outcome.ACCEPTED, problems), prepared)
        if self.repeats is Repeats.NEW:
            return accepted
        repeat = self._repeat(row, known)
        return accepted if repeat is None else self._repeated(accepted, repeat, prepared)

    def _repeated(self, accepted: Decided, repeat: Repeat, prepared: Prepared) -> Decided:
        """Return what becomes of a row that is like another: a time raised, or a case with a proposal."""
        row, problems, earlier = accepted.row, accepted.result.problems, repeat.earlier
        code = earlier.code if earlier else None
        doubt = why_not_raised(repeat, prepared)
        if self.repeats is Repeats.RAISE and earlier is not None and doubt is None:
            self._raised.add(earlier.case_id)
            self.foreseen.raised_on.add(earlier.case_id)
            hint = (warning("", "case_has_ended", has_ended(earlier)),) if earlier.is_final else ()
            times = earlier.times_raised + 1
            result = RowResult(
                row.row_number, Outcome.RAISED_AGAIN, (*problems, *hint), same_as=code, times_raised=times,
                score=repeat.alike.percent,
            )  # fmt: skip
            return Decided(row, result, prepared, repeat)
        what = proposed(earlier=earlier, same_list=repeat.same_list) if earlier else Proposed.MERGE
        if self.repeats is Repeats.RAISE and doubt is not None and what is Proposed.RAISE_AGAIN:
            problems = (*problems, warning("", "not_raised", _kept_apart(code or "", doubt)))
        result = RowResult(
            row.row_number, Outcome.ACCEPTED, problems, proposed=what, same_as=code, same_as_row=repeat.row_number,
            score=repeat.alike.percent,
        )  # fmt: skip
        return Decided(row, result, prepared, repeat)

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
