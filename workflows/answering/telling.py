"""A plan as programs read it: plain values, codes and both languages, none of the text of restricted cases."""

from __future__ import annotations

from typing import Any

from states.answers import PARTS
from workflows.answering.matching import Taken
from workflows.answering.plans import AnswerPlan, RowPlan
from workflows.answering.registering import Taking


def as_told(taking: Taking) -> dict[str, Any]:
    """Return what a report does: totals, its paper, each of its rows, and what it leaves unanswered."""
    plan, paper = taking.plan, taking.paper
    return {
        "file": plan.file,
        "table": plan.table,
        "summary": taking.summary,
        "outcome": taking.outcome,
        "dry_run": paper.dry_run,
        "partial": plan.partial,
        "refused": taking.is_refused,
        "written": paper.written,
        "document": paper.document,
        "paper": plan.slip.model_dump(mode="json", exclude_none=True),
        "received_on": plan.received_on,
        "copied_to_front": plan.copied_to_front,
        "read": len(plan.rows),
        **{taken.value: plan.counts[taken] for taken in Taken},
        "notes": [*plan.notes, *paper.notes],
        "rows": [row_as_told(row) for row in plan.rows],
        "moves": paper.rows,
        "not_answers": plan.skipped,
        "unanswered": paper.unanswered,
        "attached": taking.attached,
    }


def row_as_told(row: RowPlan) -> dict[str, Any]:
    """Return one row."""
    return {
        "row": row.row_number,
        "ordinal": row.ordinal,
        "code_written": row.code_written,
        "text": row.text,
        "taken": row.taken,
        "case": row.code,
        "how": row.match.how,
        "score": row.match.score,
        "candidates": row.match.candidates,
        "why": row.match.why,
        "claimed": row.claimed,
        "original_result": row.original_result,
        "missing": [{"part": part, "label": PARTS[part]} for part in row.missing],
        "values": row.values,
        "paper": row.paper,
        "paper_on": row.paper_on,
        "notes": row.notes,
    }


def unsettled(plan: AnswerPlan) -> tuple[RowPlan, ...]:
    """Return the rows for which a person is needed."""
    return tuple(row for row in plan.rows if row.taken in {Taken.WAITING, Taken.UNMATCHED})
