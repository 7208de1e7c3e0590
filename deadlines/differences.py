"""What a ledger has to write so that the stored clocks become those that history now gives.

A clock whose start moved is superseded, the old kept, and inserted anew; what merely happens to a running clock
(pause, extension, meeting) updates it with a new revision.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Generic, TypeVar

from deadlines.marks import Clock
from states.reckoning import ClockState, SupersedeReason

_Id = TypeVar("_Id")
_PINNED = frozenset({"calendar_version", "calendar_provisional", "label"})


@dataclass(frozen=True, slots=True)
class StoredClock(Generic[_Id]):
    """A clock as it stands in the ledger, with the ledger's own id and revision; superseded rows are left out."""

    id: _Id
    revision: int
    clock: Clock


@dataclass(frozen=True, slots=True)
class Superseded(Generic[_Id]):
    """A stored clock that gives way, and why; `by` is the clock that takes its place, if any."""

    stored: StoredClock[_Id]
    reason: SupersedeReason
    by: Clock | None = None


@dataclass(frozen=True, slots=True)
class Updated(Generic[_Id]):
    """A stored clock to which something happened: the same clock, with its next revision.

    `due_moved` tells that rungs have to be armed anew.
    """

    stored: StoredClock[_Id]
    clock: Clock
    revision: int
    due_moved: bool


@dataclass(frozen=True, slots=True)
class Changes(Generic[_Id]):
    """What to write, in this order: supersede, update, insert."""

    supersede: tuple[Superseded[_Id], ...] = ()
    update: tuple[Updated[_Id], ...] = ()
    insert: tuple[Clock, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.supersede or self.update or self.insert)


def differences(stored: Iterable[StoredClock[_Id]], projected: Iterable[Clock]) -> Changes[_Id]:
    """Compare what is stored (not superseded) with what history gives, by natural key."""
    wanted = {clock.key: clock for clock in projected}
    superseded: list[Superseded[_Id]] = []
    updated: list[Updated[_Id]] = []
    kept = set()
    for row in stored:
        clock = wanted.get(row.clock.key)
        reason = _why_superseded(row.clock, clock, wanted.values())
        if reason is not None:
            superseded.append(Superseded(row, reason, clock or _receipt_of(row.clock, wanted.values())))
            continue
        kept.add(row.clock.key)
        if clock is not None and _differs(row.clock, clock):
            moved = row.clock.due_on != clock.due_on
            updated.append(Updated(row, clock, row.revision + 1, due_moved=moved))
    inserted = tuple(clock for key, clock in wanted.items() if key not in kept)
    return Changes(tuple(superseded), tuple(updated), inserted)


def _why_superseded(old: Clock, new: Clock | None, wanted: Iterable[Clock]) -> SupersedeReason | None:
    if new is None:
        return SupersedeReason.RECEIPT_KNOWN if _receipt_of(old, wanted) else SupersedeReason.GROUND_GONE
    if (old.regulation, old.regulation_version) != (new.regulation, new.regulation_version):
        return SupersedeReason.REGULATION_CHANGED
    if (old.anchor_on, old.provisional) != (new.anchor_on, new.provisional) or _given_date_moved(old, new):
        return SupersedeReason.ANCHOR_MOVED
    if old.calendar_version != new.calendar_version and old.due_on != new.due_on:
        return SupersedeReason.CALENDAR_CHANGED
    return None


def _given_date_moved(old: Clock, new: Clock) -> bool:
    return new.unit is None and old.raw_due_on != new.raw_due_on


def _receipt_of(old: Clock, wanted: Iterable[Clock]) -> Clock | None:
    """Return the real clock that takes the place of a provisional one."""
    if not old.provisional or old.state is ClockState.SUPERSEDED:
        return None
    real = (c for c in wanted if (c.limit_code, c.referral) == (old.limit_code, old.referral) and not c.provisional)
    return next(iter(sorted(real, key=lambda clock: clock.start_seq)), None)


def _differs(old: Clock, new: Clock) -> bool:
    return any(getattr(old, f.name) != getattr(new, f.name) for f in fields(Clock) if f.name not in _PINNED)
