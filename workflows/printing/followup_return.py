"""The follow-up sheet that comes back: its filled rows become progress reports, all or none unless asked otherwise.

A row counts by its code alone. Only cases that the unit has are taken; an unknown code and a hidden one read alike.
The same report given twice adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum, unique
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select

from models.cases import Case
from models.columns import table_of
from models.units import Unit, WriteUnit
from states.entries import DocumentSlip
from states.errors import BadInput
from states.facts import Actor, Signed
from states.paper_acts import PaperAct
from states.paper_words import DocumentType
from states.petition import PETITION_KIND
from states.text import Text
from workflows import enacting
from workflows.access import Setting
from workflows.enacting.orders import PaperOrder, PaperReport, PaperRow, RowOutcome
from workflows.printing.filed import Filed, Sending
from workflows.printing.followup import Body, body, held_by
from workflows.printing.petition_stories import petitions
from workflows.printing.sheet_reading import ReadSheet, SheetRow, read_sheet
from workflows.visibility import visible

_case = table_of(Case)
_SILENT = "Đơn vị không ghi tiến độ."
"""What stands for the progress where the unit wrote only an obstacle or a day."""


@unique
class Outcome(StrEnum):
    """What becomes of a row of the sheet."""

    TAKEN = "taken"
    ALREADY = "already_there"
    NOT_REPORTED = "not_reported"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Returned:
    """How a sheet came back. `agency`: whose it is, where it does not say so; `on`: the day of the report."""

    agency: str | None = None
    number: str | None = None
    issued_on: date | None = None
    on: date | None = None
    partial: bool = False


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """What became of one row, and what is to be looked at."""

    number: int
    code: str
    outcome: Outcome
    problem: Text | None = None
    doubts: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnReport:
    """What came of a sheet. `missing` are open cases of the unit that do not stand in it."""

    agency: str
    sheet_of: date | None
    dry_run: bool
    partial: bool
    written: int
    rows: tuple[ReturnedRow, ...]
    missing: tuple[str, ...] = ()
    notes: tuple[Text, ...] = ()

    @property
    def is_refused(self) -> bool:
        """Say whether refused rows keep the whole sheet out."""
        return not self.partial and any(row.outcome is Outcome.REFUSED for row in self.rows)

    @property
    def outcome(self) -> Text:
        """Say what was written, or why nothing was and what to do."""
        if self.is_refused:
            refused = sum(row.outcome is Outcome.REFUSED for row in self.rows)
            return Text(
                f"Chưa ghi dòng nào vì có {refused} dòng bị từ chối: sửa rồi nhập lại, hoặc thêm --partial",
                f"Nothing was written because {refused} rows are refused: mend them, or add --partial",
            )
        if self.dry_run:
            return Text("Xem trước, chưa ghi gì.", "A preview: nothing was written.")
        return Text(f"Đã ghi tiến độ {self.written} hồ sơ.", f"Progress recorded on {self.written} cases.")


def read(path: Path, *, today: date) -> ReadSheet:
    """Return what stands in the file; see `sheet_reading`."""
    return read_sheet(path, today=today)


def preview(unit: Unit, *, setting: Setting, actor: Actor, sheet: ReadSheet, how: Returned) -> ReturnReport:
    """Say what the sheet would do; nothing is written.

    Raises: BadInput, NotFound for an agency that is not there.
    """
    work = _prepare(unit, setting, actor, sheet, how)
    done = enacting.preview(unit, setting=setting, order=work.order(unit, actor, how)) if work.rows else None
    return work.report(done, dry_run=True, how=how)


def take(unit: WriteUnit, *, setting: Setting, actor: Actor, sheet: ReadSheet, how: Returned) -> ReturnReport:
    """Record the filled rows, or nothing when one of them is refused and `partial` is not asked.

    Raises: BadInput, NotFound for an agency that is not there.
    """
    work = _prepare(unit, setting, actor, sheet, how)
    if not work.rows or (work.is_refused and not how.partial):
        done = enacting.preview(unit, setting=setting, order=work.order(unit, actor, how)) if work.rows else None
        return work.report(done, dry_run=False, how=how)
    done = enacting.enact(unit, setting=setting, order=work.order(unit, actor, how))
    return work.report(done, dry_run=False, how=how)


@dataclass(slots=True)
class _Work:
    """A sheet while it is worked on: rows that can be tried, and what became of the others."""

    agency: Body
    sheet: ReadSheet
    missing: tuple[str, ...]
    notes: list[Text] = field(default_factory=list)
    rows: list[tuple[SheetRow, Sending]] = field(default_factory=list)
    settled: dict[int, ReturnedRow] = field(default_factory=dict)
    doubts: dict[int, tuple[Text, ...]] = field(default_factory=dict)

    @property
    def is_refused(self) -> bool:
        return any(row.outcome is Outcome.REFUSED for row in self.settled.values())

    def order(self, unit: Unit, actor: Actor, how: Returned) -> PaperOrder:
        """Return the sheet as a paper: one report of the unit, a row for each case."""
        slip = (
            DocumentSlip(number=how.number, issued_on=how.issued_on, type=DocumentType.REPORT, issuer=self.agency.code)
            if how.number
            else None
        )
        return PaperOrder(
            PaperAct.PROGRESS,
            slip,
            tuple(
                PaperRow(row.code, ordinal=n, agency=sending.agency.code, values=_values(row))
                for n, (row, sending) in enumerate(self.rows, start=1)
            ),
            actor,
            how.on or how.issued_on or unit.today,
            decided_by=Signed(self.agency.id),
            partial=how.partial,
        )

    def report(self, done: PaperReport | None, *, dry_run: bool, how: Returned) -> ReturnReport:
        """Return what came of every row, in the order of the sheet."""
        results = {row.number: result for (row, _), result in zip(self.rows, done.rows if done else (), strict=True)}
        found = [
            self.settled.get(row.number) or _outcome(row, results[row.number], self.doubts.get(row.number, ()))
            for row in self.sheet.rows
        ]
        written = done.written if done and not dry_run and not (self.is_refused and not how.partial) else 0
        return ReturnReport(
            agency=self.agency.code,
            sheet_of=self.sheet.day,
            dry_run=dry_run,
            partial=how.partial,
            written=written,
            rows=tuple(found),
            missing=self.missing,
            notes=(*self.notes, *(done.notes if done else ())),
        )


def _prepare(unit: Unit, setting: Setting, actor: Actor, sheet: ReadSheet, how: Returned) -> _Work:
    agency = body(unit, setting=setting, code=_whose(setting, sheet, how))
    held = held_by(unit, setting=setting, actor=actor, agency=agency)
    codes = {row.code for row in sheet.rows}
    work = _Work(agency, sheet, tuple(h.filed.code for h in held if h.filed.code not in codes))
    if sheet.day is not None and sheet.day > unit.today:
        said = f"{sheet.day:%d/%m/%Y}"
        work.notes.append(Text(f"Phiếu ghi ngày {said} là ngày chưa đến", f"The sheet says {said}, which is to come"))
    known = _known(unit, setting, actor, codes)
    for row in sheet.rows:
        _settle(work, row, known.get(row.code))
    return work


def _whose(setting: Setting, sheet: ReadSheet, how: Returned) -> str:
    """Return whose sheet it is.

    Raises: BadInput when it does not say, belongs to another council, or says another unit than was named.
    """
    if sheet.council is not None and sheet.council != setting.council_code:
        said = Text(f"Phiếu này của hội đồng {sheet.council}", f"This sheet belongs to the council {sheet.council}")
        raise BadInput({"file": said})
    asked = how.agency.strip().upper() if how.agency else None
    if sheet.agency is None and asked is None:
        said = Text(
            "Phiếu không có dòng mã phiếu (PTD/…): nêu đơn vị, ví dụ --agency KT",
            "The sheet has no line PTD/…: name the unit, for example --agency KT",
        )
        raise BadInput({"agency": said})
    if asked and sheet.agency and asked != sheet.agency:
        said = Text(f"Phiếu này của {sheet.agency}, không phải của {asked}", f"This is the sheet of {sheet.agency}")
        raise BadInput({"agency": said})
    return asked or str(sheet.agency)


def _known(unit: Unit, setting: Setting, actor: Actor, codes: Iterable[str]) -> Mapping[str, Filed]:
    wanted = select(_case.c.id).where(
        _case.c.council_id == setting.council,
        _case.c.kind == PETITION_KIND,
        _case.c.code.in_([code for code in codes if code]),
        visible(actor),
    )
    ids: Sequence[UUID] = list(unit.read(wanted.order_by(_case.c.id)).scalars())
    return {f.code: f for f in petitions(unit, setting=setting, actor=actor, ids=ids, outward=False)}


def _settle(work: _Work, row: SheetRow, filed: Filed | None) -> None:
    """Say what becomes of a row, or put it among those to be tried."""
    sending = _sending(work.agency, filed) if filed else None
    problem = row.problem if row.is_filled else None
    if problem is None and filed is None:
        problem = Text(f"Không có kiến nghị {row.code}, hoặc không có quyền", f"There is no petition {row.code}")
    elif problem is None and sending is None:
        who = work.agency
        problem = Text(f"{row.code} không giao cho {who.name}", f"{row.code} is not with {who.code}")
    if problem is not None:
        work.settled[row.number] = ReturnedRow(row.number, row.code, Outcome.REFUSED, problem, row.doubts)
    elif not row.is_filled:
        work.settled[row.number] = ReturnedRow(row.number, row.code, Outcome.NOT_REPORTED)
    elif filed is not None and sending is not None:
        if _is_there(row, sending):
            work.settled[row.number] = ReturnedRow(row.number, row.code, Outcome.ALREADY)
            return
        work.rows.append((row, sending))
        work.doubts[row.number] = (*row.doubts, *_aged(row, filed))


def _sending(agency: Body, filed: Filed) -> Sending | None:
    """Return the sending of the case by which the unit reports: its own before one that it leads."""
    theirs = [s for s in filed.out if s.is_live and agency.code in {s.agency.code, s.lead.code if s.lead else None}]
    return min(theirs, key=lambda s: (not s.is_waiting, s.agency.code != agency.code, str(s.id)), default=None)


def _aged(row: SheetRow, filed: Filed) -> tuple[Text, ...]:
    """Say that the case has changed since the sheet was printed."""
    if row.version is None or row.version == filed.seq:
        return ()
    now = filed.state_label
    return (
        Text(
            f"Hồ sơ đã thay đổi từ khi in phiếu (bản {row.version}, nay {filed.seq}): {now.vi}",
            f"The case changed since the sheet was printed (version {row.version}, now {filed.seq}): {now.en}",
        ),
    )


def _is_there(row: SheetRow, sending: Sending) -> bool:
    """Say whether the same report was recorded before."""
    mine = (row.words or _SILENT, row.obstacle, row.expected_on)
    return any((r.words, r.obstacle, r.expected_on) == mine for r in sending.reports)


def _values(row: SheetRow) -> dict[str, Any]:
    given = {"words": row.words or _SILENT, "obstacle": row.obstacle, "expected_on": row.expected_on}
    return {name: value for name, value in given.items() if value is not None}


_OUTCOMES = {RowOutcome.DONE: Outcome.TAKEN, RowOutcome.ALREADY: Outcome.ALREADY, RowOutcome.REFUSED: Outcome.REFUSED}


def _outcome(row: SheetRow, result: Any, doubts: tuple[Text, ...]) -> ReturnedRow:
    found = ReturnedRow(row.number, row.code, _OUTCOMES[result.outcome], result.problem, doubts)
    return replace(found, doubts=(*doubts, *(w.text for w in result.warnings)))
