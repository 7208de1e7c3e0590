"""Previews what a paper does, and does it: all rows, or none, or the good ones, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import delete

from models.columns import table_of
from models.history import DocumentRow
from models.units import Unit, WriteUnit
from models.writing import Change
from states.entries import DocumentSlip
from states.errors import ChangedSinceOpened, NotPermitted
from states.facts import Actor
from states.paper_acts import PaperAct
from states.paper_words import DocumentType
from states.text import Text
from states.vocabulary import Role
from states.wording import field_label
from workflows import access, composing, documents, numbering
from workflows.access import Setting
from workflows.composing import Composed
from workflows.enacting import paper as reading
from workflows.enacting.leftovers import unanswered
from workflows.enacting.orders import PaperOrder, PaperReport, RowOutcome, RowResult
from workflows.enacting.paper import Paper
from workflows.enacting.rows import ABSENT, Decided, decide

_row = table_of(DocumentRow)
_REGISTRARS = (Role.CLERK, Role.OFFICER, Role.COUNCIL_OFFICE, Role.STANDING_BODY, Role.FRONT)


def preview(unit: Unit, *, setting: Setting, order: PaperOrder) -> PaperReport:
    """Say what the paper would do to every case of its annex; nothing is written.

    Raises: BadInput for the paper itself; what is wrong with a row stands in its result.
    """
    paper, cases, results = _decided(unit, setting, _foreseen(unit, setting, order))
    return _report(unit, paper, cases, results, dry_run=True)


def enact(unit: WriteUnit, *, setting: Setting, order: PaperOrder) -> PaperReport:
    """Register the paper and make every move of its rows, in the unit's transaction.

    With a refused row nothing is written at all, unless the order is `partial`. Raises: BadInput, NotPermitted,
    ChangedSinceOpened when a case is moved again and again while this goes on.
    """
    foreseen = _foreseen(unit, setting, order)
    paper, cases, results = _decided(unit, setting, foreseen)
    report = _report(unit, paper, cases, results, dry_run=False)
    if report.is_refused or (order.rows and not report.counts[RowOutcome.DONE]):
        return report
    if not order.rows:
        require_registrar(setting, order.actor)
    if order.own_number:
        given = replace(order, slip=numbering.give(unit, setting=setting, slip=_own_slip(order)))
        if given.slip != foreseen.slip:
            paper, cases, results = _decided(unit, setting, given)
            report = _report(unit, paper, cases, results, dry_run=False)
            if report.is_refused:
                raise _changed(next(row for row in results if row.outcome is RowOutcome.REFUSED))
    notes = (*report.notes, *_differing(documents.enter(unit, paper.papers)))
    if order.own_number and paper.order.slip is not None and paper.papers.id is not None:
        numbering.remember(unit, setting=setting, slip=paper.order.slip, document=paper.papers.id, actor=order.actor)
    _write(unit, paper.entered(), cases)
    _write_rows(unit, paper, cases)
    return replace(report, written=report.counts[RowOutcome.DONE], notes=notes)


def _foreseen(unit: Unit, setting: Setting, order: PaperOrder) -> PaperOrder:
    """Return the order with the number that its slip would get, where Dondoc gives one."""
    if not order.own_number:
        return order
    return replace(order, slip=numbering.foreseen(unit, setting=setting, slip=_own_slip(order)))


def _own_slip(order: PaperOrder) -> DocumentSlip:
    """Return the slip that is to be numbered; what transfers is a slip of transfer unless another type is said."""
    slip = order.slip or DocumentSlip()
    if order.act is not PaperAct.TRANSFER or "type" in slip.model_fields_set:
        return slip
    return slip.model_copy(update={"type": DocumentType.TRANSFER_SLIP})


def require_registrar(setting: Setting, actor: Actor) -> None:
    """Let pass who may enter papers in the register of the council.

    Raises: NotPermitted.
    """
    if not actor.has(setting.council, *_REGISTRARS):
        raise NotPermitted(
            Text("Chỉ Văn phòng HĐND, Mặt trận được vào sổ văn bản", "Only the council office and the Front may")
        )


def _decided(unit: Unit, setting: Setting, order: PaperOrder) -> tuple[Paper, dict[str, Decided], list[RowResult]]:
    """Read the paper and decide its rows in their order; several rows of one case follow each other."""
    paper = reading.read(unit, setting=setting, order=order)
    codes = [row.case.strip().upper() for row in paper.order.rows]
    seen = access.cases(unit, codes=codes, actor=paper.actor)
    cases: dict[str, Decided] = {}
    results: list[RowResult] = []
    for place, (code, row) in enumerate(zip(codes, paper.order.rows, strict=True), 1):
        ordinal = row.ordinal or place
        case = seen.get(code)
        if case is None or case.setting.council != setting.council:
            results.append(RowResult(ordinal, code, RowOutcome.REFUSED, problem=ABSENT))
            continue
        decided = cases.setdefault(code, Decided(Composed(case)))
        results.append(decide(unit, paper, decided, ordinal, row))
    return paper, cases, results


def _write(unit: WriteUnit, paper: Paper, cases: dict[str, Decided]) -> None:
    """Write all moves; a case that somebody moved meanwhile is decided once more, under its lock."""

    def again(stale: Composed) -> Composed:
        code = str(stale.seen.row["code"])
        fresh = Decided(Composed(access.case(unit, code=code, actor=paper.actor)))
        for ordinal, row in cases[code].rows:
            decide(unit, paper, fresh, ordinal, row)
        refused = next((r for r in fresh.results if r.outcome is RowOutcome.REFUSED), None)
        if refused is not None and not paper.order.partial:
            raise _changed(refused)
        cases[code] = fresh
        return fresh.composed

    composing.write_all(unit, [item.composed for item in cases.values()], again=again)


def _changed(refused: RowResult) -> ChangedSinceOpened:
    """Return the refusal of a paper whose case was moved elsewhere while the paper was entered."""
    said = refused.problem or ABSENT
    return ChangedSinceOpened(Text(f"{refused.code}: {said.vi}", f"{refused.code}: {said.en}"))


def _write_rows(unit: WriteUnit, paper: Paper, cases: dict[str, Decided]) -> None:
    """Remember which case stands where in the annex, and which event the paper made of it."""
    act, document = paper.order.act, paper.papers.id
    if act is None or document is None:
        return
    rows = [
        {
            "document_id": document,
            "act": act.value,
            "ordinal": result.ordinal,
            "case_id": item.composed.seen.id,
            "event_seq": result.event,
        }
        for item in cases.values()
        for result in item.results
        if result.outcome is RowOutcome.DONE
    ]
    if rows:
        here = (_row.c.document_id == document, _row.c.act == act.value)
        unit.run(delete(_row).where(*here, _row.c.case_id.in_([row["case_id"] for row in rows])))
        unit.write(Change(inserts={"document_row": rows}))


def _report(
    unit: Unit, paper: Paper, cases: Mapping[str, Decided], results: Sequence[RowResult], *, dry_run: bool
) -> PaperReport:
    order = paper.order
    numbered = order.slip is not None and order.slip.is_numbered
    left = unanswered(unit, paper, cases) if order.act is PaperAct.ANSWER else ()
    known = documents.known_row(unit, paper.papers) if dry_run and numbered else None
    differing = documents.differing(known, paper.papers.row) if known and paper.papers.row else ()
    return PaperReport(
        act=order.act,
        document=paper.papers.id if numbered or not dry_run else None,
        dry_run=dry_run,
        partial=order.partial,
        written=0,
        rows=tuple(results),
        unanswered=left,
        notes=_differing(differing),
        number=order.slip.number if order.slip else None,
    )


def _differing(columns: Iterable[str]) -> tuple[Text, ...]:
    """Say what of a known paper was told otherwise: what stands in the register stays."""
    labels = [field_label(DocumentSlip, name) for name in columns]
    if not labels:
        return ()
    vi, en = (", ".join(label.read(language) for label in labels) for language in ("vi", "en"))
    return (
        Text(
            f"Văn bản đã vào sổ với nội dung khác ở: {vi}; giữ nguyên như đã vào sổ",
            f"The paper is registered with other words in: {en}; what is registered stays",
        ),
    )
