"""Takes a list of petitions into the register: each row by one `record` move, the whole list in one transaction.

A list is walked twice. The first walk only reads: it says what would become of each row. The second decides anew and
writes, one import of a council after the other, so that two imports of the same list at the same moment take it once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Protocol
from uuid import UUID

from models.units import Database, Unit, WriteUnit
from models.writing import Change
from states.errors import ChangedSinceOpened
from states.facts import Actor
from states.petition import PETITION_KIND
from states.text import Text
from workflows import composing, locking, moving, permitting, registering, similar
from workflows.access import Setting
from workflows.composing import Composed
from workflows.importing.annexes import Annexes
from workflows.importing.bodies import bodies_of
from workflows.importing.cells import clean_line
from workflows.importing.coming_again import ComingAgain
from workflows.importing.deciding import Decided, Decider, Foreseen
from workflows.importing.headings import Field
from workflows.importing.intake import Given, Intake, given_in
from workflows.importing.known_names import known_names
from workflows.importing.mapping import ColumnMapping
from workflows.importing.reading import Sheet, read_petitions
from workflows.importing.rejected import require_workbook, write_rejected
from workflows.importing.repeating import Repeats, raising, reopening
from workflows.importing.replaying import Replay
from workflows.importing.report import ImportReport, Tally, report_of
from workflows.importing.retelling import Retelling
from workflows.importing.row_results import RowResult
from workflows.importing.rows import PetitionRow, SkippedRow
from workflows.importing.source_rows import source_row
from workflows.importing.tellings import Results
from workflows.importing.updating import Updating
from workflows.orders import Moved

AT_ONCE = 200
"""How many rows are decided and written together."""
_Handle = Callable[[Sequence[PetitionRow]], list[RowResult]]


class Progress(Protocol):
    """Hears how far an import is."""

    def __call__(self, done: int, total: int | None) -> None:
        """`done` rows are looked at while nobody knows how long the list is, or written of `total`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOrder:
    """Which list is taken, and how. Without `partial` one rejected row keeps the whole list out.

    `results` says what the results of an old register are. With `update` rows that are there already and changed bring
    their cases up to date. In the fields of `fill_down` a blank cell says what the one above says. `rejected` is the
    workbook to which the rejected rows are written, if there are any. `repeats` says what becomes of a row that repeats
    a petition of another list.
    """

    path: Path
    mapping: ColumnMapping | None = None
    origin: str | None = None
    sheet: str | None = None
    given: Given = field(default_factory=Given)
    repeats: Repeats = Repeats.RAISE
    partial: bool = False
    dry_run: bool = False
    results: Results = Results.CLAIMED
    update: bool = False
    fill_down: frozenset[Field] = frozenset()
    rejected: Path | None = None


def nobody(done: int, total: int | None) -> None:
    """Hear nothing."""


@dataclass(frozen=True, slots=True)
class ListToTake:
    """A list that is open, whose register it goes into, who takes it in and how, and who hears how far it is."""

    sheet: Sheet
    setting: Setting
    actor: Actor
    order: ImportOrder
    heard: Progress = nobody


def take_petitions(
    database: Database,
    *,
    setting: Setting,
    actor: Actor,
    order: ImportOrder,
    today: date,
    progress: Progress | None = None,
) -> ImportReport:
    """Take the petitions of a list into the register of a council, all or nothing unless `order.partial`.

    `today` (civil date) only helps to read the dates of the list. What is wrong with single rows is in the report, and
    in the workbook `order.rejected`.
    Raises: FileRefused, BadInput for a session or round that the council does not have or for a workbook that cannot
    be written, NotPermitted, Unavailable.
    """
    if order.rejected is not None:
        require_workbook(order.rejected, source=order.path)
    sheet = open_list(order, today=today)
    job = ListToTake(sheet, setting, actor, order, progress or nobody)
    report = _taken(database, job)
    if order.rejected is None or not report.rejected:
        return report
    return report.with_notes(handed_back(order.rejected, report, write_rejected(order.rejected, sheet, report)))


def open_list(order: ImportOrder, *, today: date) -> Sheet:
    """Return the list that is ordered, ready to be read, as long as its file is there. Raises: FileRefused."""
    return read_petitions(
        order.path,
        today=today,
        mapping=order.mapping,
        origin=clean_line(order.origin).text if order.origin is not None else None,
        sheet=order.sheet,
        fill_down=order.fill_down,
    )


def take_within(unit: WriteUnit, job: ListToTake) -> ImportReport:
    """Take a list in the caller's own transaction: looked at first, while nothing is locked, then written.

    `order.rejected` is not written. Raises: as `take_petitions`, and KeptOut when a row turned out wanting only in the
    second walk: then the transaction must not be kept.
    """
    foresight = Foreseen()
    foreseen = _foresee(unit, job, foresight)
    return _record(unit, job, foreseen, foresight) if _is_to_write(foreseen, job.order) else foreseen


def handed_back(path: Path, report: ImportReport, count: int) -> Text:
    """Say where the rejected rows are and how they are taken once they are mended."""
    left = report.rejected - count
    more = Text(f", còn {left} dòng chưa ghi", f", {left} more are not in it") if left else Text("", "")
    again = f'--origin "{report.origin}"'
    good = Text("", "")
    if report.is_refused:
        good = Text("; nhập các dòng đúng bằng --partial", "; take the good rows with --partial")
    return Text(
        f"{count} dòng bị từ chối ở “{path.name}”{more.vi}: sửa ở đó rồi nhập tệp đó với {again}{good.vi}",
        f"{count} rejected rows are in “{path.name}”{more.en}: mend and import that file with {again}{good.en}",
    )


def _taken(database: Database, job: ListToTake) -> ImportReport:
    foresight = Foreseen()
    with database.reading() as unit:
        foreseen = _foresee(unit, job, foresight)
    if not _is_to_write(foreseen, job.order):
        return foreseen
    try:
        with database.writing() as unit:
            return _record(unit, job, foreseen, foresight)
    except KeptOut as kept_out:
        return kept_out.report


def _foresee(unit: Unit, job: ListToTake, foresight: Foreseen) -> ImportReport:
    """Say what would become of each row; `foresight` keeps what the writing walk needs of it."""
    dry_run = job.order.dry_run
    permitting.require_registrar(unit, setting=job.setting, kind=PETITION_KIND, actor=job.actor)
    # What an old register tells beyond the births is tried where it is only looked at; writing tries it anyway.
    foreseen = _look(job, _decider(unit, job, foreseen=foresight, tries=dry_run))
    if foreseen.is_refused and not dry_run:
        return _look(job, _decider(unit, job, foreseen=foresight))
    return foreseen


def _is_to_write(foreseen: ImportReport, order: ImportOrder) -> bool:
    something = foreseen.accepted or foreseen.raised_again or (order.update and foreseen.to_update)
    return bool(something) and not order.dry_run and not foreseen.is_refused


def _record(unit: WriteUnit, job: ListToTake, foreseen: ImportReport, foresight: Foreseen) -> ImportReport:
    order = job.order
    unit.take_turns(f"import:{job.setting.council}")
    locking.lock_cases(unit, foresight.raised_on)
    writer = _Writer(unit, job.setting, _decider(unit, job, foreseen=foresight), order.update)
    taken = _walk(job.sheet, writer.take, lambda n: job.heard(n, foreseen.read))
    given, partial, update = order.given, order.partial, order.update
    return _kept(report_of(job.sheet, taken, given=given, partial=partial, written=True, update=update))


def _look(job: ListToTake, decider: Decider) -> ImportReport:
    order = job.order
    looked = _walk(job.sheet, lambda rows: [i.result for i in decider.decide(rows)], lambda n: job.heard(n, None))
    dry_run, update = order.dry_run, order.update
    return report_of(job.sheet, looked, given=order.given, partial=order.partial, dry_run=dry_run, update=update)


def _kept(report: ImportReport) -> ImportReport:
    if report.is_refused:
        raise KeptOut(report.taken_back())
    return report


class KeptOut(Exception):
    """A row turned out wanting only in the second walk: what is written so far goes back."""

    def __init__(self, report: ImportReport) -> None:
        super().__init__()
        self.report = report


@dataclass(slots=True)
class _Writer:
    """Writes what is decided: cases, the rows they come from, and what is proposed of them."""

    unit: WriteUnit
    setting: Setting
    decider: Decider
    update: bool
    taken: dict[int, similar.Known] = field(default_factory=dict)
    annexes: Annexes = field(init=False)

    def __post_init__(self) -> None:
        """Open the annexes that the list fills."""
        self.annexes = Annexes(self.unit)

    def take(self, rows: Sequence[PetitionRow]) -> list[RowResult]:
        """Decide about `rows`, write those that are taken, and return what became of each."""
        decided = self.decider.decide(rows)
        if self.update:
            self._bring_up_to_date(decided)
        new = [item.born for item in decided if item.born is not None]
        moved = iter(registering.write_born(self.unit, setting=self.setting, born=new) if new else ())
        born = {item.row.row_number: next(moved) for item in decided if item.born is not None}
        self.taken |= {number: similar.Known(done.case_id, done.code) for number, done in born.items()}
        for item in decided:
            if item.is_raised:
                self._raise(item)
        change = self._around(decided, born)
        if change.inserts:
            self.unit.write(change)
        return [self._with_codes(item, born) for item in decided]

    def _raise(self, item: Decided) -> None:
        """Record a row as a time raised, through the one door."""
        earlier = self._earlier(item)
        if earlier is not None and item.prepared is not None:
            order = raising(item.row, item.prepared, actor=self.decider.actor)
            moving.move(self.unit, code=earlier.code, order=order)
            self.taken[item.row.row_number] = earlier

    def _bring_up_to_date(self, decided: Sequence[Decided]) -> None:
        """Write what changed rows say otherwise or more; the new fingerprint makes the row known as it is now."""
        changed = [(item, item.updated) for item in decided if item.updated is not None and item.updated.applies]
        if not changed:
            return
        composing.write_all(self.unit, [updated.composed for _, updated in changed], again=_changed_meanwhile)
        change = Change()
        for item, updated in changed:
            case_id = updated.composed.seen.id
            self._remember(change, item, case_id)
            self.annexes.add(change, case_id, item.annexed)
        self.unit.write(change)

    def _around(self, decided: Sequence[Decided], born: Mapping[int, Moved]) -> Change:
        """Return the rows beside the cases: where they come from, and what is proposed of them."""
        change = Change()
        for item in decided:
            new, now = born.get(item.row.row_number), self.unit.now
            earlier = self._earlier(item)
            if item.is_raised and earlier is not None:
                self._remember(change, item, earlier.case_id)
                if earlier.is_final:
                    times = item.result.times_raised or 0
                    change.insert(
                        "proposal", reopening(earlier, item.row, setting=self.setting, now=now, times_raised=times)
                    )
            if new is None:
                continue
            self._remember(change, item, new.case_id)
            self.annexes.add(change, new.case_id, item.annexed)
            what, score = item.result.proposed, item.result.score
            if what is not None and earlier is not None and score is not None:
                row = similar.proposal(what, setting=self.setting, new=new, earlier=earlier, score=score, now=now)
                change.insert("proposal", row)
        return change

    def _remember(self, change: Change, item: Decided, case_id: UUID) -> None:
        council, origin, now = self.setting.council, self.decider.origin, self.unit.now
        change.insert("source_row", source_row(item.row, council=council, origin=origin, case_id=case_id, now=now))

    def _earlier(self, item: Decided) -> similar.Known | None:
        """Return the petition that `item` is like: a known one, or one of the rows of this list."""
        if item.repeat is None or item.repeat.earlier is not None:
            return item.repeat.earlier if item.repeat else None
        return self.taken.get(item.repeat.row_number or 0)

    def _with_codes(self, item: Decided, born: Mapping[int, Moved]) -> RowResult:
        new, earlier = born.get(item.row.row_number), self._earlier(item)
        known = earlier.code if earlier else None
        if item.is_raised:
            return replace(item.result, code=known)
        return item.result if new is None else replace(item.result, code=new.code, same_as=known)


def _changed_meanwhile(stale: Composed) -> Composed:
    """Refuse to write over what somebody entered while the list was read."""
    code = stale.seen.row["code"]
    raise ChangedSinceOpened(
        Text(
            f"Có người vừa ghi vào hồ sơ {code} trong lúc nhập: chưa ghi gì, nhập lại",
            f"Somebody recorded something on {code} meanwhile: nothing was written, import again",
        )
    )


def _decider(unit: Unit, job: ListToTake, *, foreseen: Foreseen, tries: bool = True) -> Decider:
    sheet, setting, actor, order = job.sheet, job.setting, job.actor, job.order
    names = known_names(unit, setting=setting, actor=actor, today=unit.today)
    given = given_in(names, order.given)
    bodies = bodies_of(names, standing_body=setting.standing_body)
    headings = {c.field: c.heading for c in sheet.header.columns if c.field is not None and not c.tick}
    retelling = Retelling(unit, actor, bodies, headings)
    return Decider(
        unit=unit,
        intake=Intake(names, header=sheet.header, origin=sheet.origin, given=given),
        replay=Replay(bodies, headings, unit.today, results=order.results, addressee=given.addressee),
        retelling=retelling,
        again=ComingAgain(unit, setting.council, actor, sheet.origin, lambda: (r.fingerprint for r in sheet.rows())),
        updating=Updating(unit, actor, bodies, headings, sheet.origin, retelling),
        setting=setting,
        actor=actor,
        origin=sheet.origin,
        repeats=order.repeats,
        foreseen=foreseen,
        tries=tries,
    )


def _walk(sheet: Sheet, handle: _Handle, progress: Callable[[int], None]) -> Tally:
    """Hand the petitions of `sheet` over, some at a time, and count what became of them.

    Raises: FileRefused when the list turns out to be unreadable further down.
    """
    tally = Tally()
    rows = _petitions(sheet, tally)
    while some := list(islice(rows, AT_ONCE)):
        tally.add(handle(some))
        progress(tally.read)
    return tally


def _petitions(sheet: Sheet, tally: Tally) -> Iterator[PetitionRow]:
    for line in sheet.lines():
        if isinstance(line, SkippedRow):
            tally.skip(line)
        else:
            tally.look(line)
            yield line
