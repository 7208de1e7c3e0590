"""Several moves of one case, drafted one after the other in memory and written at once.

A paper may find a case that still lacks a step before its own; an old register tells a whole life in one row. Each
move is decided on the case as the moves before leave it, by the same engine as a single one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from models.units import Unit, WriteUnit
from states.errors import Unavailable
from states.text import Text
from workflows import ledger, locking, moving
from workflows.access import MARK_COLUMNS, Seen
from workflows.lapsing import lapse
from workflows.moving import Known
from workflows.orders import Drafted, Moved, Order
from workflows.proposing import propose


@dataclass(slots=True)
class Composed:
    """One case with the moves that were drafted for it: `seen` as read, `now` as the drafts leave it."""

    seen: Seen
    now: Seen = field(init=False)
    moved: list[Moved] = field(default_factory=list)
    whole: Drafted | None = None

    def __post_init__(self) -> None:
        """Begin where the case stands."""
        self.now = self.seen

    def add(self, unit: Unit, order: Order, *, known: Known) -> Moved:
        """Decide one more move and put its events behind those drafted before.

        Raises: Refused, BadInput; then nothing is added.
        """
        return self.put(moving.draft(unit, self.now, order, known=known))

    def put(self, drafted: Drafted) -> Moved:
        """Put what was drafted on the case as it is `now` behind the rest."""
        self.now = advanced(self.now, drafted)
        self.moved.append(drafted.moved)
        self.whole = drafted if self.whole is None else _joined(self.whole, drafted)
        return drafted.moved

    @property
    def drafted(self) -> Drafted:
        """Return all that was drafted; there is something."""
        if self.whole is None:
            raise LookupError
        return self.whole


def advanced(seen: Seen, drafted: Drafted) -> Seen:
    """Return the case as a draft leaves it, before anything is written."""
    work = drafted.draft
    standing = work.standing
    row = {**seen.row, **standing.case, "state": standing.state, "seq": standing.seq, "head_hash": standing.head_hash}
    marks = tuple(
        {name: event[name] for name in MARK_COLUMNS}
        for event in work.events
        if event["milestones"] or event["act"] != "move"
    )
    return replace(
        seen,
        row=row,
        detail=dict(standing.detail),
        referrals=tuple(dict(r) for r in standing.referrals.values()),
        marks=(*seen.marks, *marks),
        pending=(*seen.pending, *work.events),
    )


def _joined(first: Drafted, second: Drafted) -> Drafted:
    """Put the events, texts, links and papers of `first` before those of `second`, which started where it ended."""
    second.draft.events[:0] = first.draft.events
    second.draft.texts[:0] = first.draft.texts
    return replace(
        second,
        links=[*first.links, *second.links],
        search=second.search if second.search is not None else first.search,
        others=[*first.others, first.document],
    )


def write_all(unit: WriteUnit, composed: Sequence[Composed], *, again: Callable[[Composed], Composed]) -> None:
    """Write the drafts of many cases, all or none, in the order of their identifiers.

    The rows of the cases are locked first, in that order; a case that somebody moved since it was read is read and
    drafted once more by `again` under the lock, which may refuse by raising.
    """
    ready = sorted((item for item in composed if item.whole is not None), key=lambda item: item.seen.id)
    versions = locking.lock_cases(unit, (item.seen.id for item in ready))
    current = [item if versions.get(item.seen.id) == item.seen.row["seq"] else again(item) for item in ready]
    changes = [ledger.change_of(unit, item.seen, item.whole) for item in current if item.whole is not None]
    if not unit.write_all(changes):
        raise Unavailable(
            Text("Hồ sơ đang được người khác ghi; thử lại", "Somebody else writes these cases now; try again")
        )
    for item in current:
        ledger.count(unit, item.seen, item.drafted)
        work = item.drafted.draft
        actor = work.hands.recorded_by
        lapse(unit, item.seen, state=item.now.row["state"], events=work.events, actor=actor)
        propose(unit, item.seen, item.drafted)
