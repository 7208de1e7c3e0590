"""The time limits of a case with their workings, from the same reckoning that set each clock."""

from __future__ import annotations

from dataclasses import replace

from deadlines.telling import Step
from models.units import Unit
from states.text import Language
from workflows.access import Seen
from workflows.clocks import ClockView, StepView, Workings, clock_views
from workflows.explaining import Explained, explain_case
from workflows.views import Coded


def explained_views(unit: Unit, seen: Seen, language: Language, *, superseded: bool = False) -> tuple[ClockView, ...]:
    """Return the clocks of a case as `clock_views` does, each with why it is due on its day."""
    told = {one.row["id"]: _workings(one) for one in explain_case(unit, seen, language)}
    views = clock_views(unit, seen, superseded=superseded)
    return tuple(replace(view, workings=told.get(view.id)) for view in views)


def _workings(one: Explained) -> Workings:
    return Workings(one.heading, tuple(map(_step, one.steps)), one.before, one.text)


def _step(step: Step) -> StepView:
    kind = Coded(step.kind.value, step.kind.label)
    return StepView(kind, step.text, step.day_from, step.day_to, step.law, step.count)
