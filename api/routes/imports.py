"""Files that fill the register: lists of petitions, answer reports, follow-up sheets that came back.

The bytes are spooled and read before any transaction opens; everything the file does is done in one, whose commit the
answer follows. A key stands for the content and everything said of it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

from api.idempotency import Outcome, Write, Writing, answer
from api.installation import BASE
from api.routes.documenting import bringing, writing
from api.shapes.import_queries import AnswersQuery, CasesQuery, FollowUpQuery, ImportQuery, PetitionsQuery
from api.uploads import pour, require_file
from models.units import Unit, WriteUnit
from states.paper_acts import PaperAct
from states.petition import PETITION_KIND
from workflows import access, answering, permitting
from workflows.access import Setting
from workflows.answering.plans import AnswerPlan
from workflows.answering.telling import as_told
from workflows.filing import attaching
from workflows.filing.attaching import Coming
from workflows.filing.store import Spool
from workflows.importing.errors import ListRefused
from workflows.importing.of_kinds.taking import KindList, open_cases, take_cases_within
from workflows.importing.report import ImportReport
from workflows.importing.taking import KeptOut, ListToTake, open_list, take_within
from workflows.plain import plain
from workflows.printing import followup_return
from workflows.printing.followup_return import Outcome as RowOutcome
from workflows.printing.followup_return import ReturnReport

router = APIRouter(prefix=BASE, tags=["imports"])
Report = dict[str, Any]


class Sent(BaseModel):
    """What a key of a request stands for: the content by its digest, and everything said of it."""

    digest: str
    asked: Report


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that has come whole, from whom, and the civil day on which it came."""

    writes: Writing
    asked: ImportQuery
    spool: Spool
    today: date

    def setting(self, unit: Unit) -> Setting:
        """Return whose register it is."""
        return access.council(unit, code=self.asked.council, actor=self.writes.actor)

    def answer(self, act: Callable[[WriteUnit], object], recheck: Callable[[Unit], None]) -> Response:
        """Do `act` in one transaction and answer with its report after the commit."""
        sent = Sent(digest=self.spool.digest, asked=self.asked.model_dump(mode="json", exclude_unset=True))
        return answer(self.writes, sent, act=lambda unit: Outcome(plain(act(unit))), recheck=recheck)

    def enactor(self, unit: Unit, act: PaperAct, codes: Iterable[str]) -> None:
        """Let pass who may still record such a paper on the cases it was about."""
        named, actor = list(codes), self.writes.actor
        if named:
            moves = dict.fromkeys(named)
            permitting.require_enactor(unit, setting=self.setting(unit), act=act, moves=moves, actor=actor)
        else:
            permitting.require_hand(setting=self.setting(unit), act=act, actor=actor)


@router.post(
    "/imports/petitions",
    summary="Import petitions",
    response_model=Report,
    responses=writing("petitions_taken"),
    openapi_extra=bringing(),
)
async def import_petitions(request: Request, writes: Write, asked: Annotated[PetitionsQuery, Query()]) -> Response:
    """Take a list of petitions (CSV, XLSX, XLSB, ODS, XLS, DOCX) into the register, all or none unless `partial`.

    The same list again adds nothing. `name` is what the file is called: by it and its content rows are known again.
    """

    def permit(unit: Unit) -> None:
        setting = access.council(unit, code=asked.council, actor=writes.actor)
        permitting.require_registrar(unit, setting=setting, kind=PETITION_KIND, actor=writes.actor)

    async with _arriving(request, writes, asked, permit) as arrived:
        return await run_in_threadpool(_take_petitions, arrived, asked, permit)


@router.post(
    "/imports/cases",
    summary="Import cases of a kind",
    response_model=Report,
    responses=writing("cases_taken"),
    openapi_extra=bringing(),
)
async def import_cases(request: Request, writes: Write, asked: Annotated[CasesQuery, Query()]) -> Response:
    """Take a list of cases of a kind (CSV, XLSX, XLSB, ODS, XLS, DOCX) into the register, all or none unless `partial`.

    Its headings are the labels or names of the fields of the birth of that kind (GET /lifecycles), with day of receipt,
    number, date and issuer of the paper. The same list again adds nothing.
    """

    def permit(unit: Unit) -> None:
        setting = access.council(unit, code=asked.council, actor=writes.actor)
        permitting.require_registrar(unit, setting=setting, kind=asked.kind, actor=writes.actor)

    async with _arriving(request, writes, asked, permit) as arrived:
        return await run_in_threadpool(_take_cases, arrived, asked, permit)


def _take_petitions(arrived: Arrived, asked: PetitionsQuery, recheck: Callable[[Unit], None]) -> Response:
    order = asked.order(arrived.spool.path)
    sheet = open_list(order, today=arrived.today)

    def take(unit: WriteUnit) -> ImportReport:
        return take_within(unit, ListToTake(sheet, arrived.setting(unit), arrived.writes.actor, order))

    return _take_list(arrived, take, recheck, dry_run=order.dry_run)


def _take_cases(arrived: Arrived, asked: CasesQuery, recheck: Callable[[Unit], None]) -> Response:
    order = asked.order(arrived.spool.path)
    sheet = open_cases(order)

    def take(unit: WriteUnit) -> ImportReport:
        return take_cases_within(unit, KindList(sheet, arrived.setting(unit), arrived.writes.actor, order))

    return _take_list(arrived, take, recheck, dry_run=order.dry_run)


def _take_list(
    arrived: Arrived, take: Callable[[WriteUnit], ImportReport], recheck: Callable[[Unit], None], *, dry_run: bool
) -> Response:
    """Answer with what came of a list; rows that keep it out answer with the report, and nothing is written."""

    def act(unit: WriteUnit) -> Report:
        try:
            report = take(unit)
        except KeptOut as kept_out:
            raise ListRefused(kept_out.report.outcome, kept_out.report.to_json()) from kept_out
        if report.is_refused and not dry_run:
            raise ListRefused(report.outcome, report.to_json())
        return report.to_json()

    return arrived.answer(act, recheck)


@router.post(
    "/imports/answers",
    summary="Import an answer report",
    response_model=Report,
    responses=writing("answers_taken"),
    openapi_extra=bringing(),
)
async def import_answers(request: Request, writes: Write, asked: Annotated[AnswersQuery, Query()]) -> Response:
    """Take an answer report (DOCX, XLSX, ODS, XLS, CSV) as one paper that answers many cases; `dry_run` shows it first.

    Rows that Dondoc cannot match are settled by `match`, `result` and `skip`. With `attach` the file stays with the
    paper.
    """
    async with _arriving(request, writes, asked, _hand(writes, asked, PaperAct.ANSWER)) as arrived:
        return await run_in_threadpool(_take_answers, arrived, asked)


def _take_answers(arrived: Arrived, asked: AnswersQuery) -> Response:
    told, here = asked.told(arrived.today), arrived.writes.here
    table = answering.read_report(arrived.spool.path, mapping=asked.columns(), sheet=asked.sheet)
    file = None
    if asked.attach:
        brought = attaching.examine(arrived.spool, name=asked.file_name, scanner=here.scanner)
        file = Coming(here.files, arrived.spool, brought)

    def plan(unit: Unit) -> AnswerPlan:
        setting, actor = arrived.setting(unit), arrived.writes.actor
        return answering.plan(unit, setting=setting, actor=actor, table=table, told=told, file=asked.file_name)

    def act(unit: WriteUnit) -> Report:
        setting = arrived.setting(unit)
        if asked.dry_run:
            return as_told(answering.preview(unit, setting=setting, plan=plan(unit)))
        taking = answering.register(unit, setting=setting, plan=plan(unit), file=file)
        if taking.is_refused:
            raise ListRefused(taking.outcome, as_told(taking))
        return as_told(taking)

    def recheck(unit: Unit) -> None:
        arrived.enactor(unit, PaperAct.ANSWER, (row.code for row in plan(unit).rows if row.code))

    return arrived.answer(act, recheck)


@router.post(
    "/imports/followup",
    summary="Import a follow-up sheet",
    response_model=Report,
    responses=writing("followup_taken"),
    openapi_extra=bringing(),
)
async def import_follow_up(request: Request, writes: Write, asked: Annotated[FollowUpQuery, Query()]) -> Response:
    """Take the follow-up sheet of a unit back: its filled rows become progress, all or none unless `partial`.

    The same sheet again adds nothing.
    """
    async with _arriving(request, writes, asked, _hand(writes, asked, PaperAct.PROGRESS)) as arrived:
        return await run_in_threadpool(_take_follow_up, arrived, asked)


def _take_follow_up(arrived: Arrived, asked: FollowUpQuery) -> Response:
    sheet = followup_return.read(arrived.spool.path, today=arrived.today)
    actor, how = arrived.writes.actor, asked.returned()

    def act(unit: WriteUnit) -> ReturnReport:
        setting = arrived.setting(unit)
        if asked.dry_run:
            return followup_return.preview(unit, setting=setting, actor=actor, sheet=sheet, how=how)
        report = followup_return.take(unit, setting=setting, actor=actor, sheet=sheet, how=how)
        if report.is_refused:
            raise ListRefused(report.outcome, report)
        return report

    def recheck(unit: Unit) -> None:
        seen = followup_return.preview(unit, setting=arrived.setting(unit), actor=actor, sheet=sheet, how=how)
        arrived.enactor(unit, PaperAct.PROGRESS, (r.code for r in seen.rows if r.outcome is not RowOutcome.REFUSED))

    return arrived.answer(act, recheck)


def _hand(writes: Writing, asked: ImportQuery, act: PaperAct) -> Callable[[Unit], None]:
    """Return what lets pass those who may record such a paper on any case: others have nothing read of theirs."""

    def permit(unit: Unit) -> None:
        setting = access.council(unit, code=asked.council, actor=writes.actor)
        permitting.require_hand(setting=setting, act=act, actor=writes.actor)

    return permit


@asynccontextmanager
async def _arriving(
    request: Request, writes: Writing, asked: ImportQuery, permit: Callable[[Unit], None]
) -> AsyncIterator[Arrived]:
    """Take the file in once `permit` lets its sender pass; the spooled bytes are gone afterwards in every case."""
    require_file(request)
    here, suffix = writes.here, asked.suffix

    def today() -> date:
        with here.database.reading() as unit:
            permit(unit)
            return unit.today

    day = await run_in_threadpool(today)
    with here.files.spooling(most=here.longest_file, suffix=suffix) as spool:
        await pour(request, spool)
        await run_in_threadpool(spool.settle)
        yield Arrived(writes, asked, spool, day)
