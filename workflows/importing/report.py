"""What came of an import: the totals, and what became of each row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from states.petition import P
from states.text import Text
from workflows.importing.intake import Given
from workflows.importing.problems import Problem, Severity
from workflows.importing.reading import Sheet
from workflows.importing.row_results import Outcome, RowResult
from workflows.importing.rows import PetitionRow, SkippedRow
from workflows.similar import Proposed

MOST_ROWS = 10_000
"""How many rows a report lists of each sort, rejected and other; the totals count all."""
_MOST_SKIPPED = 100
_LONGEST_QUOTE = 200
_WHOLE = 100
_PETITIONS = Text("kiến nghị", "petitions")


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
        """Note what a petition that is taken does not say and its time limits need."""
        if row.errors:
            return
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What came of an import. `read` is always `accepted` + `raised_again` + `rejected` + `already_there`.

    `accepted` counts the rows that can become petitions, `raised_again` those that can be recorded on an earlier one;
    `written` and `raised` those that were: none in a dry run, and none when a row was rejected and the list was to be
    taken as a whole. `warnings` counts rows taken that the office should look at; `nearly_proposed` the proposals that
    rest on words that are only nearly the same. `changed` counts rows that are there and say otherwise or more than
    their cases, `to_update` those of which an update writes something, `updated` those of which it did. `waiting` are
    new cases that are answered and wait for the standing body's judgement. `rows` are in the order of the list,
    `rows_left_out` of them are only counted. `skipped` rows are no petitions (repeated headings, titles of groups) and
    not counted as read. `notes` say what else was left aside. `counted` is what the list is of.
    """

    origin: str
    sheet: str
    partial: bool
    dry_run: bool
    read: int
    accepted: int
    raised_again: int
    rejected: int
    already_there: int
    warnings: int
    written: int
    raised: int
    changed: int
    to_update: int
    updated: int
    waiting: int
    merges_proposed: int
    repeats_proposed: int
    nearly_proposed: int
    notes: tuple[Text, ...]
    rows: tuple[RowResult, ...]
    rows_left_out: int
    skipped: tuple[SkippedRow, ...]
    skipped_count: int
    counted: Text = _PETITIONS

    def taken_back(self) -> ImportReport:
        """Return the same for a list that was not kept after all."""
        rows = tuple(row.unwritten() for row in self.rows)
        return replace(self, written=0, raised=0, updated=0, rows=rows)

    def with_notes(self, *notes: Text) -> ImportReport:
        """Return the same with more to tell."""
        return replace(self, notes=(*self.notes, *notes))

    @property
    def is_refused(self) -> bool:
        """Say whether rejected rows keep the whole list out."""
        return self.rejected > 0 and not self.partial

    @property
    def problems(self) -> Sequence[tuple[RowResult, Problem]]:
        """Return every problem with its row, the rejections first, each in the order of the list."""
        found = [(row, problem) for row in self.rows for problem in row.problems]
        return sorted(found, key=lambda pair: _RANK[pair[0].outcome is Outcome.REJECTED, pair[1].severity])

    @property
    def outcome(self) -> Text:
        """Return what was done, and how to get on."""
        if self.is_refused:
            return Text(
                f"Chưa ghi dòng nào vì có {self.rejected} dòng bị từ chối: sửa rồi nhập lại, "
                "hoặc thêm --partial để ghi các dòng còn lại",
                f"Nothing was written because {self.rejected} rows are rejected: mend them and import again, "
                "or add --partial to take the others",
            )
        if self.dry_run:
            vi, en = _joined(
                (self.raised_again, "nêu lại {n}", "{n} raised again"),
                (self.to_update, "cập nhật {n} hồ sơ (với --update)", "{n} cases updated (--update)"),
            )
            return Text(
                f"Chạy thử, chưa ghi gì: sẽ ghi {self.accepted} {self.counted.vi}{vi}",
                f"Dry run, nothing was written: {self.accepted} {self.counted.en} would be{en}",
            )
        vi, en = _joined(
            (self.raised, "ghi nêu lại {n}", "{n} raised again"),
            (self.updated, "cập nhật {n} hồ sơ", "{n} cases were updated"),
        )
        return Text(
            f"Đã ghi {self.written} {self.counted.vi} vào sổ{vi}",
            f"{self.written} {self.counted.en} were entered{en}",
        )

    def to_json(self) -> dict[str, Any]:
        """Return the whole report as one JSON object."""
        return {
            "origin": self.origin,
            "sheet": self.sheet,
            "partial": self.partial,
            "dry_run": self.dry_run,
            "read": self.read,
            "accepted": self.accepted,
            "raised_again": self.raised_again,
            "rejected": self.rejected,
            "already_there": self.already_there,
            "warnings": self.warnings,
            "written": self.written,
            "raised": self.raised,
            "changed": self.changed,
            "to_update": self.to_update,
            "updated": self.updated,
            "waiting_for_judgement": self.waiting,
            "proposals": {
                "merge": self.merges_proposed,
                "raise_again": self.repeats_proposed,
                "nearly": self.nearly_proposed,
            },
            "outcome": _words(self.outcome),
            "notes": [_words(note) for note in self.notes],
            "rows": [row.to_json() for row in self.rows],
            "rows_left_out": self.rows_left_out,
            "skipped": [
                {"row": row.row_number, "content": row.content[:_LONGEST_QUOTE], "reason": _words(row.reason)}
                for row in self.skipped
            ],
            "skipped_count": self.skipped_count,
        }


def _joined(*counted: tuple[int, str, str]) -> tuple[str, str]:
    """Return what else was done, in both languages, each with a comma before it; nothing for what was not done."""
    done = [(vi.format(n=n), en.format(n=n)) for n, vi, en in counted if n]
    return "".join(f", {vi}" for vi, _ in done), "".join(f", {en}" for _, en in done)


_RANK = {
    (True, Severity.ERROR): 0,
    (True, Severity.WARNING): 1,
    (False, Severity.ERROR): 2,
    (False, Severity.WARNING): 2,
}


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


def _words(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}
