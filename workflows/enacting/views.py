"""What a paper did, as people and programs read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from states.answers import PARTS
from states.kinds import lifecycle_of
from states.text import Text
from workflows.enacting.orders import PaperReport, RowOutcome, RowResult
from workflows.views import Coded, Words, coded


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that fails, or a warning, and where to mend it."""

    code: str
    text: Words
    mend: Words | None


@dataclass(frozen=True, slots=True)
class RowView:
    """What became of one row of the annex."""

    ordinal: int
    code: str
    outcome: Coded
    from_state: Coded | None
    to_state: Coded | None
    moves: tuple[Coded, ...]
    problem: Words | None
    failed: tuple[Condition, ...]
    warnings: tuple[Condition, ...]
    missing: tuple[Coded, ...]
    version: int | None


@dataclass(frozen=True, slots=True)
class UnansweredView:
    """A petition of the letter that still waits for its answer."""

    ordinal: int
    code: str
    agency: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class PaperReportView:
    """What a paper does, or did: in one sentence, in numbers, row by row."""

    document: UUID | None
    number: str | None
    act: Coded | None
    dry_run: bool
    partial: bool
    written: int
    refused: bool
    summary: Words
    done: int
    already_there: int
    rows_refused: int
    rows: tuple[RowView, ...]
    unanswered: tuple[UnansweredView, ...]
    notes: tuple[Words, ...]


OUTCOMES = {
    RowOutcome.DONE: Text("làm được", "done"),
    RowOutcome.ALREADY: Text("đã ghi từ trước", "there already"),
    RowOutcome.REFUSED: Text("chưa làm được", "refused"),
}


def view_of(report: PaperReport) -> PaperReportView:
    """Return a report for reading."""
    counts = report.counts
    return PaperReportView(
        document=report.document,
        number=report.number,
        act=coded(report.act) if report.act is not None else None,
        dry_run=report.dry_run,
        partial=report.partial,
        written=report.written,
        refused=report.is_refused,
        summary=summary(report),
        done=counts[RowOutcome.DONE],
        already_there=counts[RowOutcome.ALREADY],
        rows_refused=counts[RowOutcome.REFUSED],
        rows=tuple(row_view(row) for row in report.rows),
        unanswered=tuple(UnansweredView(u.ordinal, u.code, u.agency, u.due_on) for u in report.unanswered),
        notes=report.notes,
    )


def row_view(row: RowResult) -> RowView:
    """Return one row for reading."""
    return RowView(
        row.ordinal,
        row.code,
        Coded(row.outcome.value, OUTCOMES[row.outcome]),
        _state(row.kind, row.from_state),
        _state(row.kind, row.to_state),
        tuple(_trigger(row.kind, name) for name in row.moves),
        row.problem,
        tuple(Condition(f.code, f.text, f.mend) for f in row.findings),
        tuple(Condition(f.code, f.text, f.mend) for f in row.warnings),
        tuple(Coded(part, PARTS[part]) for part in row.missing),
        row.seq,
    )


def summary(report: PaperReport) -> Text:
    """Say in one sentence what becomes of the rows: "31 chuyển sang «Đã trả lời», 2 chưa làm được, 3 chưa trả lời"."""
    if not report.rows:
        return Text("Chỉ vào sổ văn bản", "The paper only enters the register")
    parts = list(_counted(report))
    return Text(", ".join(vi for vi, _ in parts), ", ".join(en for _, en in parts))


def _counted(report: PaperReport) -> Iterator[tuple[str, str]]:
    moved = Counter(_said(row) for row in report.rows if row.outcome is RowOutcome.DONE)
    for (vi, en), count in moved.items():
        yield f"{count} {vi}", f"{count} {en}"
    for outcome in (RowOutcome.ALREADY, RowOutcome.REFUSED):
        if count := report.counts[outcome]:
            yield f"{count} {OUTCOMES[outcome].vi}", f"{count} {OUTCOMES[outcome].en}"
    if report.unanswered:
        yield f"{len(report.unanswered)} chưa trả lời", f"{len(report.unanswered)} unanswered"


def _said(row: RowResult) -> tuple[str, str]:
    if row.from_state != row.to_state and (state := _state(row.kind, row.to_state)) is not None:
        return f"chuyển sang «{state.label.vi}»", f"go to “{state.label.en}”"
    move = _trigger(row.kind, row.moves[-1])
    return f"ghi «{move.label.vi}»", f"get “{move.label.en}”"


def _state(kind: str | None, code: str | None) -> Coded | None:
    if code is None or kind is None:
        return None
    return Coded(code, lifecycle_of(kind).states[code].label)


def _trigger(kind: str | None, code: str) -> Coded:
    row = lifecycle_of(kind).move(code) if kind is not None else None
    return Coded(code, row.label if row else Text(code, code))
