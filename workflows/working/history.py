"""The job that verifies the whole history, and who may ask for what concerns every council."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from models.columns import table_of
from models.history import Event
from models.units import Unit
from states.errors import NotPermitted
from states.facts import Actor
from states.text import Text
from workflows.access import Setting
from workflows.verifying import Verdict
from workflows.working import whole
from workflows.working.work import Outcome, Work

_event = table_of(Event)


def permit(unit: Unit, *, setting: Setting | None, actor: Actor) -> None:  # noqa: ARG001 - every kind is asked alike
    """Let operators pass: history is that of every council. Raises: NotPermitted."""
    if not actor.operator:
        raise NotPermitted(
            Text(
                "Việc này động đến mọi hội đồng: chỉ người vận hành máy", "This concerns every council: operators only"
            )
        )


def verify(work: Work) -> None:
    """Walk everything in one snapshot; what is broken is named by case and event, without any text."""
    shop = work.shop
    with shop.database.reading() as unit:
        total = int(unit.read(select(func.count()).select_from(_event)).scalar_one())
        work.meter(0, total)
        found = work.step(
            "walk",
            lambda: whole.walked(unit, shop, progress=lambda events: work.meter(events, total)),
        )
    work.meter(total, total)
    with shop.database.writing() as unit:
        work.finish(unit, _outcome(found))


def _outcome(found: Verdict) -> Outcome:
    faults: list[dict[str, Any]] = [
        {"case": f.case, "seq": f.seq, "what": {"vi": f.what.vi, "en": f.what.en}} for f in found.faults
    ]
    totals = {
        "ok": found.ok, "cases": found.cases, "events": found.events, "seals": found.seals, "faults": faults,
        "notes": [{"vi": note.vi, "en": note.en} for note in found.notes],
    }  # fmt: skip
    return Outcome(said=found.said, totals=totals)
