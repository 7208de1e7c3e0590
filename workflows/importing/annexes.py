"""The annexes of an old register's papers: which case stands in which row, so that an answer is matched by ordinal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import func, select

from models.columns import table_of
from models.history import DocumentRow
from models.units import Unit
from models.writing import Change
from workflows.importing.retelling import Annexed

_row = table_of(DocumentRow)


@dataclass(slots=True)
class Annexes:
    """Counts the rows of each paper on, in the order in which the list names it; a register keeps no other ordinal."""

    unit: Unit
    _last: dict[tuple[UUID, str], int] = field(default_factory=dict)

    def add(self, change: Change, case_id: UUID, annexed: Iterable[Annexed]) -> None:
        """Put the rows of one case into `change`."""
        for item in annexed:
            place = (item.document, item.act.value)
            if place not in self._last:
                self._last[place] = self._highest(*place)
            self._last[place] += 1
            row = {
                "document_id": item.document,
                "act": item.act.value,
                "ordinal": self._last[place],
                "case_id": case_id,
                "event_seq": item.event_seq,
            }
            change.insert("document_row", row)

    def _highest(self, document: UUID, act: str) -> int:
        wanted = select(func.max(_row.c.ordinal)).where(_row.c.document_id == document, _row.c.act == act)
        return int(self.unit.read(wanted).scalar() or 0)
