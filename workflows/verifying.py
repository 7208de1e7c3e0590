"""Verifies the whole history: every event, every head, every text, every seal, the triggers; names what is broken.

It only reads, from one snapshot, in memory that does not grow with the number of events.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from models.inspecting import TriggerFault, trigger_faults
from models.units import Unit
from states.text import Text
from workflows.verifying_cases import walk
from workflows.verifying_chain import Fault
from workflows.verifying_seals import check_seals

__all__ = ["MOST_FAULTS", "Fault", "Verdict", "verify"]

MOST_FAULTS = 100
_TROUBLES = {
    "missing": Text("không còn", "is missing"),
    "altered": Text("đã bị thay đổi", "was altered"),
    "disabled": Text("đã bị tắt", "is switched off"),
    "unknown": Text("không phải của Dondoc", "is not Dondoc's"),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of verifying. `faults` stand in order: events, seals, triggers; `notes` are no faults."""

    cases: int
    events: int
    seals: int
    faults: tuple[Fault, ...]
    notes: tuple[Text, ...]

    @property
    def ok(self) -> bool:
        """Tell whether history is whole."""
        return not self.faults

    @property
    def said(self) -> Text:
        """Return the result as a sentence without its end."""
        if not self.ok:
            return Text("Nhật ký KHÔNG còn nguyên", "History is NOT whole")
        return Text(
            f"Nhật ký chưa bị sửa: {self.cases} hồ sơ, {self.events} sự kiện, {self.seals} niêm phong",
            f"History is whole: {self.cases} cases, {self.events} events, {self.seals} seals",
        )

    @property
    def first_fault(self) -> Fault | None:
        """Return the first broken case and event, None when history is whole."""
        return next(iter(self.faults), None)


def verify(
    unit: Unit,
    *,
    key: bytes | None,
    exported: Path | None = None,
    deep: bool = True,
    progress: Callable[[int], None] | None = None,
) -> Verdict:
    """Verify everything and return at most `MOST_FAULTS` faults of each sort, one per case.

    `key` is the seals' (None: their signatures stay unchecked, which is noted); `exported` is the folder with their
    files; `deep` replays the events of each case and compares the result with its rows; `progress` is told the number
    of events read from time to time.
    """
    walked = walk(unit, deep=deep, most_faults=MOST_FAULTS, progress=progress)
    sealed = check_seals(unit, key=key, exported=exported, most_faults=MOST_FAULTS)
    named = {found.case for found in walked.faults}
    fresh: list[Fault] = []
    for found in sorted(sealed.faults, key=lambda fault: fault.case is None):
        if found.case is None or found.case not in named:
            fresh.append(found)
            named |= {found.case}
    triggers = [_about(found) for found in trigger_faults(unit.connection)]
    return Verdict(walked.cases, walked.events, sealed.seals, (*walked.faults, *fresh, *triggers), tuple(sealed.notes))


def _about(found: TriggerFault) -> Fault:
    trouble = _TROUBLES[found.trouble]
    return Fault(
        Text(
            f"trigger {found.trigger} của bảng {found.table} {trouble.vi}",
            f"the trigger {found.trigger} of table {found.table} {trouble.en}",
        )
    )
