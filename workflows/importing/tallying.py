"""Counts what becomes of the rows of a list while it is walked, and draws up the report at its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from states.petition import P
from states.text import Text
from workflows.importing.intake import Given
from workflows.importing.reading import Sheet
from workflows.importing.report import ImportReport, Outcome, RowResult
from workflows.importing.rows import PetitionRow, SkippedRow
from workflows.similar import Proposed

MOST_ROWS = 10_000
"""How many rows a report lists of each sort, rejected and other; the totals count all."""
_MOST_SKIPPED = 100
_WHOLE = 100


@dataclass(slots=True)
class Tally:
    """Counts rows as they come and keeps what a report lists of them."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    proposals: Counter[Proposed] = field(default_factory=Counter)
    nearly: int = 0
    warnings: int = 0
    kept: list[RowResult] = field(default_factory=list)
    left_out: int = 0
    skipped: list[SkippedRow] = field(default_factory=list)
    skipped_count: int = 0
    without_round: int = 0
    without_day: int = 0
    changed: int = 0
    to_update: int = 0
    waiting: int = 0
    _listed: Counter[bool] = field(default_factory=Counter)

    def add(self, results: Iterable[RowResult]) -> None:
        """Count `results`, which follow those counted before."""
        for result in results:
            self.outcomes[result.outcome] += 1
            self.warnings += result.has_warnings
            self.changed += bool(result.changes)
            self.to_update += result.is_update
            self.waiting += result.outcome is Outcome.ACCEPTED and result.state == P.ANSWERED
            if result.proposed is not None:
                self.proposals[result.proposed] += 1
                self.nearly += result.score is not None and result.score < _WHOLE
            rejected = result.outcome is Outcome.REJECTED
            if self._listed[rejected] < MOST_ROWS:
                self._listed[rejected] += 1
                self.kept.append(result)
            else:
                self.left_out += 1

    def look(self, row: PetitionRow) -> None:
        """Note what a petition does not say and its time limits need."""
        self.without_round += row.round_kind is None
        self.without_day += row.received_on is None

    def skip(self, row: SkippedRow) -> None:
        """Count a row that is no petition."""
        self.skipped_count += 1
        if len(self.skipped) < _MOST_SKIPPED:
            self.skipped.append(row)

    @property
    def read(self) -> int:
        """Return how many petitions the list holds."""
        return self.outcomes.total()


def report_of(
    sheet: Sheet,
    tally: Tally,
    *,
    given: Given,
    partial: bool,
    dry_run: bool = False,
    written: bool = False,
    update: bool = False,
) -> ImportReport:
    """Return the report of one walk through `sheet`.

    `written` says that the accepted rows are in the register, `update` that changed rows are written too.
    """
    return ImportReport(
        origin=sheet.origin,
        sheet=sheet.sheet_name,
        partial=partial,
        dry_run=dry_run,
        read=tally.read,
        accepted=tally.outcomes[Outcome.ACCEPTED],
        raised_again=tally.outcomes[Outcome.RAISED_AGAIN],
        rejected=tally.outcomes[Outcome.REJECTED],
        already_there=tally.outcomes[Outcome.ALREADY_THERE],
        warnings=tally.warnings,
        written=tally.outcomes[Outcome.ACCEPTED] if written else 0,
        raised=tally.outcomes[Outcome.RAISED_AGAIN] if written else 0,
        changed=tally.changed,
        to_update=tally.to_update,
        updated=tally.to_update if written and update else 0,
        waiting=tally.waiting,
        merges_proposed=tally.proposals[Proposed.MERGE],
        repeats_proposed=tally.proposals[Proposed.RAISE_AGAIN],
        nearly_proposed=tally.nearly,
        notes=(*_notes(sheet), *_gaps(tally, given), *_later(tally, update=update)),
        rows=tuple(sorted(tally.kept, key=lambda row: row.row_number)),
        rows_left_out=tally.left_out,
        skipped=tuple(tally.skipped),
        skipped_count=tally.skipped_count,
    )


def _notes(sheet: Sheet) -> Iterator[Text]:
    if sheet.other_sheets:
        names = "”, “".join(sheet.other_sheets)
        yield Text(
            f"Chỉ đọc trang “{sheet.sheet_name}”; các trang “{names}” cũng có kiến nghị: nhập tiếp bằng --sheet",
            f"Only the sheet “{sheet.sheet_name}” was read; “{names}” hold petitions too: import them with --sheet",
        )
    if sheet.fill_down:
        names = "”, “".join(sorted(sheet.header.columns_of(sheet.fill_down)))
        yield Text(
            f"Ô trống ở cột “{names}” lấy theo dòng trên", f"Blank cells under “{names}” say what the row above says"
        )
    if sheet.unknown_headings:
        names = "”, “".join(sheet.unknown_headings)
        yield Text(
            f"Không rõ nghĩa cột “{names}”: giữ nguyên trong phần ghi theo danh sách gốc",
            f"The columns “{names}” are not known: kept with what the source list says",
        )


def _gaps(tally: Tally, given: Given) -> Iterator[Text]:
    """Say what the rows lack and the office did not give, since without it no time limit can be reckoned."""
    if tally.without_round and given.round_kind is None and given.round is None:
        n = tally.without_round
        yield Text(
            f"{n} dòng không ghi trước hay sau kỳ họp nên chưa tính được thời hạn trả lời: nhập lại với --round-kind"
            " hoặc --round",
            f"{n} rows do not say before or after the session, so no answer can fall due: give --round-kind or --round",
        )
    if tally.without_day and given.received_on is None:
        n = tally.without_day
        yield Text(
            f"{n} dòng không ghi ngày tiếp nhận: để trống, chưa tính vào kỳ nào; cho ngày chung bằng --received-on",
            f"{n} rows have no day of receipt: left unknown, counted in no period; give one for all with --received-on",
        )


def _later(tally: Tally, *, update: bool) -> Iterator[Text]:
    """Say what an old register leaves to be done."""
    if tally.waiting:
        yield Text(
            f"{tally.waiting} kiến nghị đã trả lời, chờ Thường trực HĐND kết luận",
            f"{tally.waiting} petitions are answered and wait for the standing body's judgement",
        )
    if tally.to_update and not update:
        yield Text(
            f"{tally.to_update} dòng đã có nay ghi khác hoặc thêm: xem trước bằng --dry-run, ghi bằng --update",
            f"{tally.to_update} rows that are there say otherwise or more: look with --dry-run, write with --update",
        )
