"""Brings a case up to date with its row that comes again: tried in memory, so that a preview says what writing does.

What is wrong is corrected by an entry of its own that names the file and the row, what is new becomes a move. A case
that went on in Dondoc since is left alone and told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select

from models.cases import TextVersion
from models.columns import table_of
from models.history import Document
from models.units import Unit
from states.errors import BadInput, Refused
from states.facts import Actor
from states.text import Text
from workflows import access, correcting
from workflows.composing import Composed
from workflows.folding import effective
from workflows.importing.bodies import Bodies
from workflows.importing.coming_again import Found
from workflows.importing.differing import CellChange, Current, Differences, differences
from workflows.importing.headings import Field
from workflows.importing.problems import Problem, error, warning
from workflows.importing.retelling import IN_FUTURE, Annexed, Retelling
from workflows.importing.rows import PetitionRow
from workflows.importing.tellings import Plan
from workflows.moving import Known
from workflows.orders import Order
from workflows.registering import Prepared

_text, _document = table_of(TextVersion), table_of(Document)


@dataclass(frozen=True, slots=True)
class Updated:
    """A case as its row would leave it; `cells` are what changes, `applies` says that something is written."""

    composed: Composed
    cells: tuple[CellChange, ...]
    problems: tuple[Problem, ...] = ()
    annexed: tuple[Annexed, ...] = ()

    @property
    def applies(self) -> bool:
        """Say whether anything is to be written."""
        return self.composed.whole is not None


@dataclass(slots=True)
class Updating:
    """Updates the cases of one list."""

    unit: Unit
    actor: Actor
    bodies: Bodies
    headings: Mapping[Field, str]
    origin: str
    retelling: Retelling
    known: Known = field(default_factory=Known)

    def update(self, found: Found, row: PetitionRow, prepared: Prepared, plan: Plan) -> Updated:
        """Return the case with what `row` says otherwise and more."""
        current = self._current(found)
        if found.fingerprint is not None and not current.came_from(self.origin):
            return Updated(Composed(current.seen), (), (_raised_there(found.code),))
        told = differences(current, row, prepared, plan, self.bodies)
        work = Composed(current.seen)
        by_hand = current.moved_by_hand()
        if by_hand is not None and told.cells:
            cells = tuple(replace(cell, by_hand=True) for cell in told.cells)
            return Updated(work, cells, (self._conflict(by_hand.event["trigger"], current),))
        problems = self._corrected(work, told, row)
        more, annexed = self.retelling.make(work, told.moves)
        left = [self._left(cell) for cell in told.cells if cell.by_hand]
        return Updated(work, tuple(told.cells), (*problems, *more, *left), annexed)

    def _current(self, found: Found) -> Current:
        seen = access.case_by_id(self.unit, case_id=found.case_id, actor=self.actor)
        history = effective(correcting.events_of(self.unit, seen))
        words = select(_text.c.id, _text.c.body).where(_text.c.case_id == seen.id)
        papers = {i.event["document_id"] for i in history if i.event["document_id"]}
        numbers = select(_document.c.id, _document.c.number).where(_document.c.id.in_(papers))
        return Current(
            seen,
            history,
            {r.id: r.body for r in self.unit.read(words)},
            {r.id: r.number for r in self.unit.read(numbers)} if papers else {},
            {body.id: code for code, body in self.bodies.known.items()},
        )

    def _corrected(self, work: Composed, told: Differences, row: PetitionRow) -> list[Problem]:
        """Put right what the history has otherwise; a correction that is refused is told and left out."""
        because = f"Theo sổ cũ, tệp «{self.origin}», dòng {row.row_number}"
        problems: list[Problem] = []
        for seq in sorted({*told.days, *told.values}):
            payload = {"seq": seq, "on": told.days.get(seq), "values": told.values.get(seq, {}), "words": because}
            problems += self._fire(work, "correct", payload)
        if told.text is not None:
            problems += self._fire(work, "amend", {"text": told.text, "words": because})
        return problems

    def _fire(self, work: Composed, trigger: str, payload: Mapping[str, Any]) -> list[Problem]:
        said = {name: value for name, value in payload.items() if value is not None}
        order = Order(trigger, self.actor, None, said, old_register=True)
        try:
            work.add(self.unit, order, known=self.known)
        except (BadInput, Refused) as wrong:
            findings = wrong.findings if isinstance(wrong, Refused) else ()
            future = next((f for f in findings if f.code == IN_FUTURE and f.holds is False), None)
            if future is not None:
                return [error("", IN_FUTURE, future.text)]
            why = wrong.text if isinstance(wrong, Refused) else next(iter(wrong.problems.values()))
            return [warning("", "update_refused", Text(f"Chưa sửa được theo tệp: {why.vi}", f"Not changed: {why.en}"))]
        return []

    def _conflict(self, trigger: str, current: Current) -> Problem:
        tables = (current.seen.lifecycle, current.seen.lifecycle.referral)
        row = next((found for table in tables if table and (found := table.row(trigger))), None)
        label = row.label if row is not None else Text(trigger, trigger)
        return warning(
            "",
            "moved_since",
            Text(
                f"Hồ sơ đã được ghi tiếp trong Dondoc («{label.vi}»): không sửa theo tệp, cần thì ghi tay",
                f"The case went on in Dondoc (“{label.en}”): not changed by the file, enter it by hand if needed",
            ),
        )

    def _left(self, cell: CellChange) -> Problem:
        return warning(
            self.headings.get(cell.column) or cell.column.label.vi,
            "change_by_hand",
            Text(
                f"“{cell.old[:60]}” nay ghi “{cell.new[:60]}”: không tự sửa được, xem và ghi tay",
                f"“{cell.old[:60]}” is now “{cell.new[:60]}”: look at it and enter it by hand",
            ),
        )


def _raised_there(code: str) -> Problem:
    """Tell of a changed row that was recorded as a time raised on another petition: it has no case of its own."""
    return warning(
        "",
        "raised_there",
        Text(
            f"Dòng này đã ghi thành một lần nêu lại của {code}: thay đổi của dòng không áp dụng, cần thì ghi tay",
            f"The row was recorded as a time raised on {code}: its changes are not applied, enter them by hand",
        ),
    )
