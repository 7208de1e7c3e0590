"""The job that takes a list of petitions in."""

from __future__ import annotations

import json
from dataclasses import replace

from models.units import Unit, WriteUnit
from states.facts import Actor
from states.petition import PETITION_KIND
from workflows import permitting
from workflows.access import Setting
from workflows.importing.errors import ListRefused
from workflows.importing.report import ImportReport
from workflows.importing.taking import KeptOut, ListToTake, open_list, take_within
from workflows.working.orders import PetitionsOrder
from workflows.working.work import KeptBack, KeptFile, Outcome, Work, input_of

_TOTALS = (
    "read", "accepted", "raised_again", "rejected", "already_there", "warnings", "written", "raised", "changed",
    "updated", "merges_proposed", "repeats_proposed", "dry_run", "partial",
)  # fmt: skip


def permit(unit: Unit, *, setting: Setting, actor: Actor) -> None:
    """Let pass who may enter petitions of the council. Raises: NotPermitted."""
    permitting.require_registrar(unit, setting=setting, kind=PETITION_KIND, actor=actor)


def take(work: Work) -> None:
    """Take the list in, all or nothing unless `partial`, in one transaction with the end of the job."""
    order: PetitionsOrder = work.order
    with work.shop.input(input_of(work.held, "file"), suffix=order.suffix) as spool:
        taking = replace(order.taking, path=spool.path)
        sheet = work.step("look", lambda: open_list(taking, today=work.today))
        with work.shop.database.writing() as unit:
            actor = work.actor(unit)
            job = ListToTake(sheet, work.setting(unit, actor), actor, taking, work.meter)
            report = work.step("take", lambda: _taken(unit, job))
            outcome = _outcome(work, report)
            if outcome.refused is not None:
                raise KeptBack(outcome)
            work.finish(unit, outcome)


def _taken(unit: WriteUnit, job: ListToTake) -> ImportReport:
    try:
        return take_within(unit, job)
    except KeptOut as kept_out:
        return kept_out.report


def _outcome(work: Work, report: ImportReport) -> Outcome:
    refused = ListRefused(report.outcome, None) if report.is_refused and not report.dry_run else None
    totals = {name: getattr(report, name) for name in _TOTALS}
    return Outcome(said=report.outcome, totals=totals, file=_whole(work, report), refused=refused)


def _whole(work: Work, report: ImportReport) -> KeptFile:
    """Keep the report row by row beside the job: it quotes the list, and goes when the job is cleared away."""
    content = json.dumps(report.to_json(), ensure_ascii=False, indent=1).encode()
    return work.keep(content, name="bao-cao-nhap.json", media="application/json")
