"""Decides, case by case, what a paper does: every move on the way, or the reason why not."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from models.units import Unit
from states.errors import BadInput, ChangedSinceOpened, NotFound, Refused
from states.facts import Signed
from states.findings import Finding
from states.lifecycle import Transition
from states.paper_acts import Before, PaperAct
from states.text import Text
from workflows import ledger
from workflows.access import Seen
from workflows.composing import Composed
from workflows.enacting.choosing import Choice, choose, lacking
from workflows.enacting.orders import PaperRow, RowOutcome, RowResult
from workflows.enacting.paper import Paper, require_known_fields, values_for
from workflows.orders import Moved, Order

ABSENT = Text("Không tìm thấy hồ sơ này, hoặc không có quyền xem", "There is no such case")


@dataclass(slots=True)
class Decided:
    """The rows of one case: their results, and the moves to be written."""

    composed: Composed
    rows: list[tuple[int, PaperRow]] = field(default_factory=list)
    results: list[RowResult] = field(default_factory=list)


def decide(unit: Unit, paper: Paper, decided: Decided, ordinal: int, row: PaperRow) -> RowResult:
    """Draft what the paper does to the case of `row`, behind what its earlier rows did to it."""
    work = decided.composed
    before = work.now
    try:
        result = _moves(unit, paper, work, ordinal, row)
    except (BadInput, ChangedSinceOpened, NotFound, Refused) as wrong:
        findings = tuple(f for f in wrong.findings if f.holds is False) if isinstance(wrong, Refused) else ()
        state = str(before.row["state"])
        result = RowResult(
            ordinal,
            str(before.row["code"]),
            RowOutcome.REFUSED,
            from_state=state,
            problem=wrong.text,
            findings=findings,
            seq=before.row["seq"],
            kind=before.lifecycle.kind,
        )
    decided.rows.append((ordinal, row))
    decided.results.append(result)
    return result


def _moves(unit: Unit, paper: Paper, work: Composed, ordinal: int, row: PaperRow) -> RowResult:
    act = paper.order.act
    if act is None:
        raise BadInput({"rows": Text("Văn bản chỉ vào sổ thì không có phụ lục", "A paper without an act has no rows")})
    said = paper.trigger(row)
    require_known_fields(act, row.values, () if said is None else (said,))
    start = work.now
    state, kind = str(start.row["state"]), start.lifecycle.kind
    if is_done(paper, row, start):
        seq = start.row["seq"]
        return RowResult(ordinal, str(start.row["code"]), RowOutcome.ALREADY, state, state, seq=seq, kind=kind)
    ledger.require_unchanged(unit, start, row.expected)
    trial = Composed(work.seen, whole=work.whole)
    trial.now, trial.moved = work.now, list(work.moved)
    done = _Row(unit, paper, trial, row).make()
    work.now, work.moved, work.whole = trial.now, trial.moved, trial.whole
    return RowResult(
        ordinal,
        str(start.row["code"]),
        RowOutcome.DONE,
        from_state=state,
        to_state=str(work.now.row["state"]),
        moves=tuple(done.triggers),
        warnings=tuple(dict.fromkeys(done.warnings)),
        missing=done.missing,
        event=done.event,
        seq=work.now.row["seq"],
        kind=kind,
    )


def is_done(paper: Paper, row: PaperRow, seen: Seen) -> bool:
    """Tell whether the paper did this to the case already, and it was not taken back since."""
    if paper.papers.id is None or paper.order.slip is None or not paper.order.slip.is_numbered:
        return False
    triggers = {way.trigger for way in paper.ways(row)}
    back = {mark["undoes_seq"] for mark in seen.marks if mark["undoes_seq"] is not None}
    return any(
        mark["trigger"] in triggers
        and mark["document_id"] == paper.papers.id
        and not back & {mark["seq"], mark["part_of_seq"]}
        for mark in seen.marks
    )


@dataclass(slots=True)
class _Row:
    """One row while its moves are made."""

    unit: Unit
    paper: Paper
    work: Composed
    row: PaperRow
    triggers: list[str] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    missing: tuple[str, ...] = ()
    event: int | None = None

    @property
    def values(self) -> Mapping[str, Any]:
        return {**self.paper.order.values, **self.row.values}

    @property
    def on(self) -> date | None:
        return self.row.on or self.paper.order.on

    def make(self) -> _Row:
        """Make what is lacking, the move of the paper, and what follows it.

        Raises: Refused, BadInput.
        """
        choice = choose(self.work.now, self.paper.ways(self.row), agencies=self._agencies(), names=self.paper.names)
        opened: list[UUID] = []
        for referral in choice.referrals or (None,):
            for before in lacking(self.work.now, choice.way, referral):
                self._before(before, referral)
            moved = self._fire(choice.way.trigger, referral, on=self.on, decided_by=self.paper.signed)
            opened += moved.referrals or ([referral] if referral is not None else [])
            self.missing = moved.missing or self.missing
            self.event = self.event or moved.events[0]
        self._after(choice, opened)
        return self

    def _agencies(self) -> Collection[UUID]:
        """Return whose referrals are meant: said by the row, by the addressees, or by who issued the paper."""
        if self.row.agency is not None:
            return {self.paper.agency(self.row.agency)}
        if self.paper.order.act is PaperAct.TRANSFER:
            return {self.paper.agency(code) for code in self.values.get("addressees") or ()}
        issuer = self.paper.issuer if self.paper.doing.by_issuer else None
        theirs = {r["agency_id"] for r in self.work.now.referrals}
        return {issuer} if issuer is not None and issuer in theirs else ()

    def _before(self, before: Before, referral: UUID | None) -> None:
        """Make a move that the case still lacks; what the case itself says goes before the default."""
        case = self.work.now.row
        own = {name: case[name] for name, _ in before.defaults if case.get(name) is not None}
        values = {**dict(before.defaults), **own, **self.values}
        self._fire(before.trigger, referral, on=self.on if before.dated else None, values=values)

    def _after(self, choice: Choice, referrals: Collection[UUID]) -> None:
        """Record the receipt with the sending, where both numbers are entered at once."""
        received_on, number = self.paper.order.received_on, self.values.get("incoming_number")
        if received_on is None and number is None:
            return
        for trigger in choice.way.after:
            for referral in referrals:
                self._fire(trigger, referral, on=received_on)

    def _fire(
        self,
        trigger: str,
        referral: UUID | None,
        *,
        on: date | None,
        decided_by: Signed | None = None,
        values: Mapping[str, Any] | None = None,
    ) -> Moved:
        order = Order(
            trigger,
            self.paper.actor,
            on,
            values_for(_row_of(self.work.now, trigger, referral), values or self.values),
            referral=referral,
            decided_by=decided_by,
            document=self.paper.order.slip,
            old_register=self.paper.order.old_register,
        )
        moved = self.work.add(self.unit, order, known=self.paper.known)
        self.triggers.append(trigger)
        self.warnings += moved.warnings
        return moved


def _row_of(seen: Seen, trigger: str, referral: UUID | None) -> Transition:
    table = seen.lifecycle if referral is None else seen.lifecycle.referral
    row = table.row(trigger) if table is not None else None
    if row is None:
        raise Refused(Text(f"Không có việc «{trigger}»", f"There is no “{trigger}”"), trigger=trigger)
    return row
