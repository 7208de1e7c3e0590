"""The job that takes an answer report in."""

from __future__ import annotations

import json

from models.units import Unit
from states.facts import Actor
from states.paper_acts import PaperAct
from workflows import answering, permitting
from workflows.access import Setting
from workflows.answering.lines import AnswerTable
from workflows.answering.matching import Taken
from workflows.answering.registering import Taking
from workflows.answering.telling import as_told
from workflows.filing import attaching
from workflows.filing.attaching import Coming
from workflows.filing.store import Spool
from workflows.importing.errors import ListRefused
from workflows.plain import plain
from workflows.working.orders import AnswersOrder
from workflows.working.work import KeptBack, Outcome, Work, input_of


def permit(unit: Unit, *, setting: Setting, actor: Actor) -> None:  # noqa: ARG001 - every kind is asked alike
    """Let pass who may record answers of some case of the council. Raises: NotPermitted."""
    permitting.require_hand(setting=setting, act=PaperAct.ANSWER, actor=actor)


def take(work: Work) -> None:
    """Record what the report answers, all rows or none unless `partial`, with the end of the job."""
    order: AnswersOrder = work.order
    with work.shop.input(input_of(work.held, "file"), suffix=order.suffix) as spool:
        table = work.step("read", lambda: answering.read_report(spool.path, mapping=order.mapping, sheet=order.sheet))
        coming = _coming(work, spool) if order.attach and not order.dry_run else None
        work.meter(0, len(table.lines))
        work.step("register", lambda: _register(work, table, coming))


def _register(work: Work, table: AnswerTable, coming: Coming | None) -> None:
    """Write the report and the end of the job. Raises: KeptBack where the report is refused."""
    order: AnswersOrder = work.order
    with work.shop.database.writing() as unit:
        actor = work.actor(unit)
        setting = work.setting(unit, actor)
        plan = answering.plan(unit, setting=setting, actor=actor, table=table, told=order.told, file=order.name)
        if order.dry_run:
            taking = answering.preview(unit, setting=setting, plan=plan)
        else:
            taking = answering.register(unit, setting=setting, plan=plan, file=coming)
        outcome = _outcome(work, taking)
        if outcome.refused is not None:
            raise KeptBack(outcome)
        work.meter(len(table.lines), len(table.lines))
        work.finish(unit, outcome)


def _coming(work: Work, spool: Spool) -> Coming:
    order: AnswersOrder = work.order
    brought = attaching.examine(spool, name=order.name, scanner=work.shop.scanner)
    return Coming(work.shop.files, spool, brought)


def _outcome(work: Work, taking: Taking) -> Outcome:
    told, plan = as_told(taking), taking.plan
    content = json.dumps(plain(told), ensure_ascii=False, indent=1).encode()
    refused = ListRefused(taking.outcome, None) if taking.is_refused and not taking.paper.dry_run else None
    totals = {"read": len(plan.rows), "written": taking.paper.written, "dry_run": taking.paper.dry_run,
              "document": plain(taking.paper.document), **{t.value: plan.counts[t] for t in Taken}}  # fmt: skip
    file = work.keep(content, name="bao-cao-tra-loi.json", media="application/json")
    return Outcome(said=taking.outcome, totals=totals, file=file, refused=refused)
