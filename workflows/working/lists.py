"""The jobs that take lists in: of petitions, of cases of any other kind."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from models.units import Unit, WriteUnit
from states.errors import NotPermitted
from states.facts import Actor
from states.kinds import KINDS
from states.petition import PETITION_KIND
from workflows import permitting
from workflows.access import Setting
from workflows.importing.errors import ListRefused
from workflows.importing.of_kinds.taking import KindList, open_cases, take_cases_within
from workflows.importing.report import ImportReport
from workflows.importing.taking import KeptOut, ListToTake, open_list, take_within
from workflows.working.orders import CasesOrder, PetitionsOrder
from workflows.working.work import KeptBack, KeptFile, Outcome, Work, input_of

_TOTALS = (
    "read", "accepted", "raised_again", "rejected", "already_there", "warnings", "written", "raised", "changed",
    "updated", "merges_proposed", "repeats_proposed", "dry_run", "partial",
)  # fmt: skip


def permit_petitions(unit: Unit, *, setting: Setting, actor: Actor) -> None:
    """Let pass who may enter petitions of the council. Raises: NotPermitted."""
    permitting.require_registrar(unit, setting=setting, kind=PETITION_KIND, actor=actor)


def permit_cases(unit: Unit, *, setting: Setting, actor: Actor) -> None:
    """Let pass who may enter cases of some kind of the council; of which, the work asks. Raises: NotPermitted."""
    refusals = []
    for kind in KINDS:
        try:
            permitting.require_registrar(unit, setting=setting, kind=kind, actor=actor)
        except NotPermitted as refused:
            refusals.append(refused)
    if len(refusals) == len(KINDS):
        raise refusals[0]


def take_petitions(work: Work) -> None:
    """Take a list of petitions in, all or nothing unless `partial`, in one transaction with the end of the job."""
    order: PetitionsOrder = work.order
    with work.shop.input(input_of(work.held, "file"), suffix=order.suffix) as spool:
        taking = replace(order.taking, path=spool.path)
        sheet = work.step("look", lambda: open_list(taking, today=work.today))

        def take(unit: WriteUnit, setting: Setting, actor: Actor) -> ImportReport:
            return take_within(unit, ListToTake(sheet, setting, actor, taking, work.meter))

        _take(work, take)


def take_cases(work: Work) -> None:
    """Take a list of cases of a kind in, in the same way."""
    order: CasesOrder = work.order
    with work.shop.input(input_of(work.held, "file"), suffix=order.suffix) as spool:
        taking = replace(order.taking, path=spool.path)
        sheet = work.step("look", lambda: open_cases(taking))

        def take(unit: WriteUnit, setting: Setting, actor: Actor) -> ImportReport:
            return take_cases_within(unit, KindList(sheet, setting, actor, taking, work.meter))

        _take(work, take)


def _take(work: Work, take: Callable[[WriteUnit, Setting, Actor], ImportReport]) -> None:
    with work.shop.database.writing() as unit:
        actor = work.actor(unit)
        setting = work.setting(unit, actor)
        report = work.step("take", lambda: _taken(lambda: take(unit, setting, actor)))
        outcome = _outcome(work, report)
        if outcome.refused is not None:
            raise KeptBack(outcome)
        work.finish(unit, outcome)


def _taken(take: Callable[[], ImportReport]) -> ImportReport:
    try:
        return take()
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
