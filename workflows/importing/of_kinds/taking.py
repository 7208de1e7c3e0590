"""Takes a list of cases of any kind into the register: the whole list in one transaction, or its good rows.

As with petitions a list is walked twice: the first walk only reads and says what would become of each row; the second
decides anew and writes, one import of a council after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from models.searching import text_key
from models.units import Database, Unit, WriteUnit
from models.writing import Change
from states.errors import BadInput, Refused
from states.facts import Actor
from states.kinds import lifecycle_of
from states.petition import PETITION_KIND
from states.text import Text
from workflows import permitting, registering
from workflows.access import Setting
from workflows.importing import doubts
from workflows.importing.bodies import bodies_of
from workflows.importing.cells import clean_line
from workflows.importing.known_names import known_names
from workflows.importing.of_kinds.births import Asked, Births, changed_since
from workflows.importing.of_kinds.cell_values import CellReader
from workflows.importing.of_kinds.columns import KindColumns
from workflows.importing.of_kinds.sheets import KindRow, KindSheet, read_kind
from workflows.importing.problems import Problem, warning
from workflows.importing.rejected import require_workbook, write_rejected
from workflows.importing.report import ImportReport, Tally
from workflows.importing.row_results import Outcome, RowResult
from workflows.importing.rows import SkippedRow
from workflows.importing.source_rows import coded_before, source_row, taken_before
from workflows.importing.taking import AT_ONCE, KeptOut, Progress, handed_back, nobody
from workflows.registering import Birth, Prepared

_Handle = Callable[[Sequence[KindRow]], list[RowResult]]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindOrder:
    """Which list of which kind is taken, and how. Without `partial` one rejected row keeps the whole list out.

    `mapping` says of headings which column they are, `given` what holds for rows that say nothing, as it is written in
    cells. `rejected` is the workbook to which the rejected rows are written, if there are any.
    """

    path: Path
    kind: str
    mapping: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)
    received_on: date | None = None
    origin: str | None = None
    sheet: str | None = None
    partial: bool = False
    dry_run: bool = False
    rejected: Path | None = None


@dataclass(frozen=True, slots=True)
class KindList:
    """A list that is open, whose register it goes into, who takes it in and how, and who hears how far it is."""

    sheet: KindSheet
    setting: Setting
    actor: Actor
    order: KindOrder
    heard: Progress = nobody


def take_cases(
    database: Database,
    *,
    setting: Setting,
    actor: Actor,
    order: KindOrder,
    progress: Progress | None = None,
) -> ImportReport:
    """Take the cases of a list into the register of a council, all or nothing unless `order.partial`.

    Raises: FileRefused, NotFound for a kind that there is not, BadInput for a given value or for a workbook that
    cannot be written, NotPermitted, Unavailable.
    """
    if order.rejected is not None:
        require_workbook(order.rejected, source=order.path)
    job = KindList(open_cases(order), setting, actor, order, progress or nobody)
    with database.reading() as unit:
        report = _foresee(unit, job)
    if _is_to_write(report, order):
        try:
            with database.writing() as unit:
                report = _record(unit, job, report)
        except KeptOut as kept_out:
            report = kept_out.report
    if order.rejected is None or not report.rejected:
        return report
    return report.with_notes(handed_back(order.rejected, report, write_rejected(order.rejected, job.sheet, report)))


def open_cases(order: KindOrder) -> KindSheet:
    """Return the list that is ordered, ready to be read, as long as its file is there.

    Raises: FileRefused, NotFound, BadInput for petitions, whose lists have more to tell.
    """
    if order.kind == PETITION_KIND:
        vi = "«Loại hồ sơ»: danh sách kiến nghị nhập bằng «import petitions», nhận biết nêu lại và sổ cũ"
        en = "“Kind”: lists of petitions are taken by “import petitions”, which knows repeats and old registers"
        raise BadInput({"kind": Text(vi, en)})
    return read_kind(
        order.path,
        KindColumns(lifecycle_of(order.kind)),
        mapping=order.mapping,
        given=order.given,
        origin=clean_line(order.origin).text if order.origin is not None else None,
        sheet=order.sheet,
    )


def take_cases_within(unit: WriteUnit, job: KindList) -> ImportReport:
    """Take a list in the caller's own transaction: looked at first, while nothing is locked, then written.

    Raises: as `take_cases`, and KeptOut when a row turned out wanting only in the second walk.
    """
    foreseen = _foresee(unit, job)
    return _record(unit, job, foreseen) if _is_to_write(foreseen, job.order) else foreseen


def _foresee(unit: Unit, job: KindList) -> ImportReport:
    permitting.require_registrar(unit, setting=job.setting, kind=job.order.kind, actor=job.actor)
    decider = _Decider(unit, job)
    looked = _walk(job, lambda rows: [one.result for one in decider.decide(rows)], lambda n: job.heard(n, None))
    return _report(job, looked, written=False)


def _is_to_write(foreseen: ImportReport, order: KindOrder) -> bool:
    return foreseen.accepted > 0 and not order.dry_run and not foreseen.is_refused


def _record(unit: WriteUnit, job: KindList, foreseen: ImportReport) -> ImportReport:
    unit.take_turns(f"import:{job.setting.council}")
    decider = _Decider(unit, job)
    taken = _walk(job, lambda rows: _written(unit, job, decider.decide(rows)), lambda n: job.heard(n, foreseen.read))
    report = _report(job, taken, written=True)
    if report.is_refused:
        raise KeptOut(report.taken_back())
    return report


def _written(unit: WriteUnit, job: KindList, decided: Sequence[_Decided]) -> list[RowResult]:
    """Write the rows that are taken and remember where they come from."""
    new = [one for one in decided if one.prepared is not None]
    prepared = [one.prepared for one in new if one.prepared is not None]
    moved = registering.write_all(unit, setting=job.setting, prepared=prepared) if prepared else []
    change, codes = Change(), {}
    for one, born in zip(new, moved, strict=True):
        council, origin = job.setting.council, job.sheet.origin
        row = source_row(one.asked, council=council, origin=origin, case_id=born.case_id, now=unit.now)
        change.insert("source_row", row)
        codes[one.asked.row_number] = born.code
    if new:
        unit.write(change)
    return [replace(o.result, code=codes.get(o.asked.row_number, o.result.code)) for o in decided]


@dataclass(frozen=True, slots=True)
class _Decided:
    """A row, what becomes of it, and for one that is taken the birth that lacks only its code."""

    asked: Asked
    result: RowResult
    prepared: Prepared | None = None


class _Decider:
    """Decides about the rows of one list in their order; nothing is written here."""

    def __init__(self, unit: Unit, job: KindList) -> None:
        names = known_names(unit, setting=job.setting, actor=job.actor, today=unit.today)
        bodies = bodies_of(names, standing_body=job.setting.standing_body)
        reader = CellReader(job.sheet.columns, names, bodies, unit.today)
        given = {name: _given(reader, name, written) for name, written in job.order.given.items()}
        self._unit, self._job = unit, job
        self._births = Births(job.sheet, reader, given, job.order.received_on)
        self._known = registering.Known()
        self._texts: dict[str, int] = {}

    def decide(self, rows: Sequence[KindRow]) -> list[_Decided]:
        """Return what becomes of each of `rows`."""
        council, origin, kind = self._job.setting.council, self._job.sheet.origin, self._job.order.kind
        there = taken_before(self._unit, council=council, fingerprints=[row.fingerprint for row in rows])
        asked = [self._births.of(row) for row in rows]
        codes = [one.code_in_source for one in asked]
        coded = coded_before(self._unit, council=council, kind=kind, origin=origin, codes=codes) if any(codes) else {}
        return [self._decide(one, there, coded) for one in asked]

    def _decide(self, asked: Asked, there: Mapping[str, str], coded: Mapping[str, str]) -> _Decided:
        number, code = asked.row_number, there.get(asked.fingerprint)
        if code is not None:
            return _Decided(asked, RowResult(number, Outcome.ALREADY_THERE, code=code))
        if asked.code_in_source and (before := coded.get(asked.code_in_source)) is not None:
            return _Decided(asked, RowResult(number, Outcome.ALREADY_THERE, (changed_since(before),), code=before))
        if asked.birth is None:
            return _Decided(asked, RowResult(number, Outcome.REJECTED, asked.problems))
        try:
            prepared = registering.prepare(
                self._unit, setting=self._job.setting, birth=asked.birth, actor=self._job.actor, known=self._known
            )
        except (BadInput, Refused) as wrong:
            problems = (*self._births.refusals(wrong), *asked.problems)
            return _Decided(asked, RowResult(number, Outcome.REJECTED, problems))
        found = (warning("", finding.code, finding.text) for finding in prepared.warnings)
        problems = (*asked.problems, *found, *self._twin(asked.birth, number))
        return _Decided(asked, RowResult(number, Outcome.ACCEPTED, problems, state=str(prepared.to_state)), prepared)

    def _twin(self, birth: Birth, number: int) -> Iterator[Problem]:
        """Point to an earlier row of the same words: two cases, unless a person says otherwise."""
        text = birth.payload.get("text")
        if text is not None and (first := self._texts.setdefault(text_key(text), number)) != number:
            yield doubts.same_text("", first)


def _given(reader: CellReader, name: str, written: str) -> Any:
    """Return a value that holds for all rows. Raises: BadInput naming the field."""
    if name not in reader.columns.form.model_fields:
        known = ", ".join(reader.columns.form.model_fields)
        raise BadInput({name: Text(f"Không có trường «{name}»; có: {known}", f"No field “{name}”; there are: {known}")})
    said = reader.read(name, written)
    if said.wrong is not None:
        label = reader.columns.label(name)
        raise BadInput({name: Text(f"«{label.vi}»: {said.wrong.vi}", f"“{label.en}”: {said.wrong.en}")})
    return said.value


def _walk(job: KindList, handle: _Handle, progress: Callable[[int], None]) -> Tally:
    """Hand the rows of the list over, some at a time, and count what became of them."""
    tally = Tally()
    rows = _rows(job.sheet, tally)
    while some := list(islice(rows, AT_ONCE)):
        tally.add(handle(some))
        progress(tally.read)
    return tally


def _rows(sheet: KindSheet, tally: Tally) -> Iterator[KindRow]:
    for line in sheet.lines():
        if isinstance(line, SkippedRow):
            tally.skip(line)
        else:
            yield line


def _report(job: KindList, tally: Tally, *, written: bool) -> ImportReport:
    sheet, order, outcomes = job.sheet, job.order, tally.outcomes
    label = sheet.columns.lifecycle.label
    return ImportReport(
        origin=sheet.origin, sheet=sheet.sheet_name, partial=order.partial, dry_run=order.dry_run,
        read=tally.read, accepted=outcomes[Outcome.ACCEPTED], raised_again=0, rejected=outcomes[Outcome.REJECTED],
        already_there=outcomes[Outcome.ALREADY_THERE], warnings=tally.warnings,
        written=outcomes[Outcome.ACCEPTED] if written else 0,
        raised=0, changed=0, to_update=0, updated=0, waiting=0,
        merges_proposed=0, repeats_proposed=0, nearly_proposed=0,
        notes=tuple(_notes(sheet)),
        rows=tuple(sorted(tally.kept, key=lambda row: row.row_number)), rows_left_out=tally.left_out,
        skipped=tuple(tally.skipped), skipped_count=tally.skipped_count,
        counted=Text(f"hồ sơ «{label.vi}»", f"cases “{label.en}”"),
    )  # fmt: skip


def _notes(sheet: KindSheet) -> Iterator[Text]:
    if sheet.other_sheets:
        names = "”, “".join(sheet.other_sheets)
        yield Text(
            f"Chỉ đọc trang “{sheet.sheet_name}”; các trang “{names}” cũng có danh sách: nhập tiếp bằng --sheet",
            f"Only the sheet “{sheet.sheet_name}” was read; “{names}” hold lists too: import them with --sheet",
        )
    if sheet.unknown_headings:
        names = "”, “".join(sheet.unknown_headings)
        yield Text(
            f"Không rõ nghĩa cột “{names}”: không nhập; dùng tệp ánh xạ nếu cần",
            f"The columns “{names}” are not known: they are left out; a mapping file says what they mean",
        )
