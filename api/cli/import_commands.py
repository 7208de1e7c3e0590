"""`dondoc import`: takes lists that offices keep in CSV and spreadsheet files into the register."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from api.cli.desk import Desk, desk, read_day
from api.cli.options import Json
from api.cli.root import app
from api.cli.speaking import as_json, complain, say, table, words
from states.errors import BadInput
from states.facts import Actor
from states.text import Text
from states.vocabulary import RoundKind
from workflows.access import Setting
from workflows.importing.filling import fillable_fields
from workflows.importing.intake import Given
from workflows.importing.mapping import headings_in, load_mapping
from workflows.importing.of_kinds.taking import KindOrder, take_cases
from workflows.importing.repeating import Repeats
from workflows.importing.report import ImportReport
from workflows.importing.row_results import Outcome
from workflows.importing.taking import ImportOrder, Progress, take_petitions
from workflows.importing.tellings import Results

_REFUSED = 1
importing = typer.Typer(no_args_is_help=True, help=words("Nhập danh sách từ tệp", "Import lists from files"))
app.add_typer(importing, name="import")

File = Annotated[Path, typer.Argument(metavar="FILE", help=words("Tệp danh sách", "The file"))]
Mapping = Annotated[Path | None, typer.Option(help=words("Tệp ánh xạ cột", "File that says what the columns mean"))]
Sheet = Annotated[str | None, typer.Option(help=words("Trang tính", "Sheet of the workbook"))]
Origin = Annotated[
    str | None, typer.Option(help=words("Tên danh sách; mặc định tên tệp", "Name of the list; the file's"))
]
ReceivedOn = Annotated[
    str | None,
    typer.Option(
        metavar="DD/MM/YYYY", help=words("Ngày nhận của dòng không ghi ngày", "Day received, for rows that say none")
    ),
]
Session = Annotated[
    str | None, typer.Option(help=words("Kỳ họp của dòng không ghi", "Session, for rows that say none"))
]
Round = Annotated[
    str | None,
    typer.Option(
        "--round", help=words("Đợt tiếp xúc cử tri của dòng không ghi", "Contact round, for rows that say none")
    ),
]
Side = Annotated[
    RoundKind | None,
    typer.Option("--round-kind", help=words("Loại đợt của dòng không ghi", "Kind of round, for rows that say none")),
]
Addressee = Annotated[
    str | None,
    typer.Option(help=words("Cơ quan được chuyển của dòng không ghi", "Addressee, for rows that say none")),
]
ResultsAre = Annotated[
    Results,
    typer.Option(
        "--results",
        help=words(
            "Kết quả trong sổ cũ: theo văn bản trả lời (claimed) hay Thường trực đã kết luận (judged)",
            "What the results of an old register are: claimed by answers, or judged",
        ),
    ),
]
Update = Annotated[
    bool,
    typer.Option("--update", help=words("Cập nhật hồ sơ theo dòng ghi khác", "Bring changed rows up to date")),
]
Partial = Annotated[bool, typer.Option("--partial", help=words("Ghi các dòng đúng, bỏ dòng sai", "Take the good rows"))]
DryRun = Annotated[bool, typer.Option("--dry-run", help=words("Chạy thử, không ghi gì", "Write nothing"))]
OfRepeats = Annotated[
    Repeats,
    typer.Option(
        help=words(
            "Dòng trùng với kiến nghị của danh sách khác: raise ghi nêu lại, propose ghi mới kèm đề xuất, new ghi mới",
            "A row that repeats a petition of another list: raise it there, propose, or take it as new",
        )
    ),
]
FillDown = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FIELD",
        help=words("Trường có ô trống lấy theo dòng trên (locality…)", "Field whose blank cells say what is above"),
    ),
]
Rejected = Annotated[
    Path | None,
    typer.Option(metavar="OUT.xlsx", help=words("Ghi các dòng bị từ chối ra tệp", "Write the rejected rows to a file")),
]
Kind = Annotated[str, typer.Option(help=words("Loại hồ sơ", "Kind of case"))]
Sets = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="FIELD=VALUE", help=words("Giá trị của dòng không ghi", "For rows that say none")),
]
Shown = Annotated[int, typer.Option(min=0, help=words("Số vấn đề in ra", "How many problems to print"))]


@importing.callback()
def lists() -> None:
    """Group what is read from files."""


@importing.command(
    help=words("Nhập danh sách kiến nghị (CSV, Excel, ODS, Word)", "Import petitions (CSV, Excel, ODS, Word)")
)
def petitions(
    ctx: typer.Context, file: File, mapping: Mapping = None, sheet: Sheet = None, origin: Origin = None,
    received_on: ReceivedOn = None, session: Session = None, contact_round: Round = None, round_kind: Side = None,
    repeats: OfRepeats = Repeats.RAISE, addressee: Addressee = None, results: ResultsAre = Results.CLAIMED,
    update: Update = False, partial: Partial = False, dry_run: DryRun = False, fill_down: FillDown = None,
    rejected: Rejected = None, limit: Shown = 20, json: Json = False,
) -> None:  # fmt: skip
    """Take a list into the register, all or nothing unless --partial; feeding it again adds nothing."""
    with desk(ctx) as at:
        setting, actor, today = _who(at, keep=not dry_run)
        received = read_day(received_on, field="--received-on", today=today) if received_on else None
        order = ImportOrder(
            path=file,
            mapping=load_mapping(mapping) if mapping else None,
            sheet=sheet,
            origin=origin,
            given=Given(
                received_on=received, session=session, round=contact_round, round_kind=round_kind, addressee=addressee
            ),
            repeats=repeats,
            partial=partial,
            dry_run=dry_run,
            results=results,
            update=update,
            fill_down=fillable_fields(fill_down or ()),
            rejected=rejected,
        )
        with _bar(at, hidden=json) as bar:
            report = take_petitions(at.database, setting=setting, actor=actor, order=order, today=today, progress=bar)
        if json:
            as_json(report.to_json())
        else:
            show_import(at, report, limit=limit)
    if report.is_refused:
        raise typer.Exit(_REFUSED)


@importing.command(help=words("Nhập danh sách hồ sơ loại bất kỳ", "Import a list of cases of any kind"))
def cases(
    ctx: typer.Context, file: File, kind: Kind, mapping: Mapping = None, sheet: Sheet = None, origin: Origin = None,
    received_on: ReceivedOn = None, values: Sets = None, partial: Partial = False, dry_run: DryRun = False,
    rejected: Rejected = None, limit: Shown = 20, json: Json = False,
) -> None:  # fmt: skip
    """Take a list whose headings are the fields of the kind, all or nothing unless --partial; again adds nothing."""
    with desk(ctx) as at:
        setting, actor, today = _who(at, keep=not dry_run)
        order = KindOrder(
            path=file,
            kind=kind,
            mapping=headings_in(mapping) if mapping else {},
            given=_pairs(values or ()),
            received_on=read_day(received_on, field="--received-on", today=today) if received_on else None,
            origin=origin,
            sheet=sheet,
            partial=partial,
            dry_run=dry_run,
            rejected=rejected,
        )
        with _bar(at, hidden=json) as bar:
            report = take_cases(at.database, setting=setting, actor=actor, order=order, progress=bar)
        if json:
            as_json(report.to_json())
        else:
            show_import(at, report, limit=limit)
    if report.is_refused:
        raise typer.Exit(_REFUSED)


def _pairs(written: Iterable[str]) -> dict[str, str]:
    """Return the values written as FIELD=VALUE. Raises: BadInput."""
    found = [pair.partition("=") for pair in written]
    if any(not name.strip() or not sign for name, sign, _ in found):
        raise BadInput({"--set": Text("«--set»: viết tên=giá trị", "“--set”: write name=value")})
    return {name.strip(): value for name, _, value in found}


def _who(at: Desk, *, keep: bool) -> tuple[Setting, Actor, date]:
    """Return whose register it is, who takes the list in, and the day; a dry run makes nobody known."""
    with at.writing() if keep else at.reading() as (unit, actor):
        return at.council(unit, actor), actor, unit.today


@contextmanager
def _bar(at: Desk, *, hidden: bool) -> Iterator[Progress | None]:
    """Show how far it is, where somebody is watching; the bar goes where errors go and vanishes at the end."""
    if hidden or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 - only a watched import draws a bar
    from rich.progress import Progress as Bar  # noqa: PLC0415 - the same

    looking, writing = Text("Đang đọc", "Reading"), Text("Đang ghi", "Writing")
    with Bar(console=Console(file=sys.stderr), transient=True) as bar:
        task = bar.add_task(at.read(looking), total=None)

        def progress(done: int, total: int | None) -> None:
            said = looking if total is None else writing
            bar.update(task, description=at.read(said), completed=done, total=total)

        yield progress


def show_import(at: Desk, report: ImportReport, *, limit: int) -> None:
    """Print what came of an import: the totals, at most `limit` problems, and what to do next."""
    at.say(
        f"{report.origin}: đọc {report.read} dòng, nhận {report.accepted} ({report.warnings} cần xem lại),"
        f" nêu lại {report.raised_again}, từ chối {report.rejected}, đã có từ trước {report.already_there}",
        f"{report.origin}: {report.read} rows read, {report.accepted} accepted ({report.warnings} to look at),"
        f" {report.raised_again} raised again, {report.rejected} rejected, {report.already_there} already there",
    )
    if report.merges_proposed or report.repeats_proposed:
        at.say(
            f"Đề xuất gộp {report.merges_proposed}, nêu lại {report.repeats_proposed}"
            f" (trong đó chỉ gần giống: {report.nearly_proposed})",
            f"Proposed: {report.merges_proposed} to merge, {report.repeats_proposed} raised again"
            f" ({report.nearly_proposed} of them only nearly alike)",
        )
    _show_raised(at, report, limit)
    for note in report.notes:
        say(note, at.language)
    _show_changes(at, report, limit)
    _show_problems(at, report, limit)
    if report.is_refused:
        complain(at.read(report.outcome))
    else:
        say(report.outcome, at.language)


def _show_raised(at: Desk, report: ImportReport, limit: int) -> None:
    raised = [(row, row.says) for row in report.rows if row.says is not None]
    for row, says in raised[:limit]:
        at.say(f"Dòng {row.row_number}: {row.same_as} {says.vi}", f"Row {row.row_number}: {row.same_as} {says.en}")
    if len(raised) > limit:
        at.say(f"… và {len(raised) - limit} dòng nêu lại nữa", f"… and {len(raised) - limit} more raised again")


def _show_changes(at: Desk, report: ImportReport, limit: int) -> None:
    """Print the cells that differ from the cases of rows that are there already."""
    found = [(row, change) for row in report.rows for change in row.changes]
    if not found or not limit:
        return
    by_hand = at.read(Text("ghi tay", "by hand"))
    table(
        [at.read(Text(*name)) for name in _CHANGES],
        [
            (str(row.row_number), row.code or "", c.column, _short(c.old), _short(c.new), by_hand if c.by_hand else "")
            for row, c in found[:limit]
        ],
    )
    if len(found) > limit:
        more = len(found) - limit
        at.say(f"… và {more} thay đổi nữa; xem hết bằng --json", f"… and {more} more changes; --json shows all")


def _short(value: str) -> str:
    said = " ".join(value.split())
    return said if len(said) <= _LONGEST_CELL else f"{said[: _LONGEST_CELL - 1]}…"


def _show_problems(at: Desk, report: ImportReport, limit: int) -> None:
    problems = report.problems
    if not problems or not limit:
        return
    table(
        [at.read(Text(*name)) for name in _HEADINGS],
        [
            (str(row.row_number), at.read(_SAID[row.outcome]), problem.column, at.read(problem.text))
            for row, problem in problems[:limit]
        ],
    )
    if len(problems) > limit:
        more = len(problems) - limit
        at.say(f"… và {more} vấn đề nữa; xem hết bằng --json", f"… and {more} more; --json shows all")


_LONGEST_CELL = 60
_CHANGES = (
    ("Dòng", "Row"), ("Hồ sơ", "Case"), ("Cột", "Column"), ("Cũ", "Old"), ("Mới", "New"), ("Cách", "How")
)  # fmt: skip
_HEADINGS = (("Dòng", "Row"), ("Kết quả", "Outcome"), ("Cột", "Column"), ("Vấn đề", "Problem"))
_SAID = {
    Outcome.ACCEPTED: Text("nhận", "accepted"),
    Outcome.RAISED_AGAIN: Text("nêu lại", "raised again"),
    Outcome.REJECTED: Text("từ chối", "rejected"),
    Outcome.ALREADY_THERE: Text("đã có", "already there"),
}
