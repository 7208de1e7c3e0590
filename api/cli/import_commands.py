"""`dondoc import petitions`: takes a list of petitions from a file into the register."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from api.cli.desk import Desk, desk
from api.cli.options import Json
from api.cli.root import app
from api.cli.speaking import as_json, clean, complain, words
from workflows.importing.intake import Given
from workflows.importing.mapping import ColumnMapping, load_mapping
from workflows.importing.problems import Severity
from workflows.importing.report import ImportReport
from workflows.importing.taking import ImportOrder, Progress, take_petitions

group = typer.Typer(no_args_is_help=True, help=words("Nhập từ tệp", "Import from files"))
app.add_typer(group, name="import")

_SHOWN = 200


@group.command(help=words("Nhập danh sách kiến nghị từ CSV, XLSX, ODS, XLS", "Import petitions from CSV or a workbook"))
def petitions(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=words("Tệp danh sách", "File with the list"))],
    partial: Annotated[
        bool, typer.Option("--partial", help=words("Ghi các dòng được", "Take what can be taken"))
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=words("Chỉ xem trước", "Preview only"))] = False,
    mapping: Annotated[
        Path | None, typer.Option(metavar="FILE.toml", help=words("Tệp chỉ cột", "Column mapping"))
    ] = None,
    sheet: Annotated[str | None, typer.Option(help=words("Trang tính", "Sheet"))] = None,
    origin: Annotated[str | None, typer.Option(help=words("Tên gốc của danh sách", "Origin of the list"))] = None,
    session: Annotated[
        str | None, typer.Option(metavar="CODE", help=words("Kỳ họp cho mọi dòng", "Session of all rows"))
    ] = None,
    contact_round: Annotated[
        str | None,
        typer.Option("--round", metavar="CODE", help=words("Đợt tiếp xúc cho mọi dòng", "Round of all rows")),
    ] = None,
    json: Json = False,
) -> None:
    """Import a list, all or nothing unless --partial; feeding it again adds nothing. Exit 1 when it is refused."""
    order = ImportOrder(
        path=file, mapping=_mapping(mapping), origin=origin, sheet=sheet,
        given=Given(session=session, round=contact_round), partial=partial, dry_run=dry_run,
    )  # fmt: skip
    with desk(ctx) as at:
        with at.writing() as (unit, actor):
            setting, today = at.council(unit, actor), unit.today
        with _bar(hidden=json) as progress:
            report = take_petitions(
                at.database, setting=setting, actor=actor, order=order, today=today, progress=progress
            )
        if json:
            as_json(report.to_json())
        else:
            _show(at, report)
    if report.is_refused:
        raise typer.Exit(1)


def _mapping(path: Path | None) -> ColumnMapping | None:
    return None if path is None else load_mapping(path)


@contextmanager
def _bar(*, hidden: bool) -> Iterator[Progress | None]:
    """Show how far it is, where somebody is watching."""
    if hidden or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 - only a watched import draws a bar
    from rich.progress import Progress as Bar  # noqa: PLC0415 - the same

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words("Đang đọc", "Reading"), total=None)

        def told(done: int, total: int | None) -> None:
            said = words("Đang đọc", "Reading") if total is None else words("Đang ghi", "Writing")
            bar.update(task, completed=done, total=total, description=said)

        yield told


def _show(at: Desk, report: ImportReport) -> None:
    for row, problem in report.problems[:_SHOWN]:
        wrong = problem.severity is Severity.ERROR
        kind = words("từ chối", "rejected") if wrong else words("chú ý", "note")
        where = words("dòng", "row")
        complain(f"{where} {row.row_number}, {problem.column}: {kind}: {at.read(problem.text)}")
    if len(report.problems) > _SHOWN:
        left = len(report.problems) - _SHOWN
        at.say(f"… và {left} điều khác; xem đủ bằng --json", f"… and {left} more; see all with --json")
    for note in report.notes:
        typer.echo(clean(at.read(note)))
    at.say(
        f"Đọc {report.read}, nhận {report.accepted} (có chú ý {report.warnings}), từ chối {report.rejected}, "
        f"đã có {report.already_there}.",
        f"Read {report.read}, accepted {report.accepted} ({report.warnings} with notes), rejected {report.rejected}, "
        f"already there {report.already_there}.",
    )
    if report.merges_proposed or report.repeats_proposed:
        at.say(
            f"Đề xuất gộp {report.merges_proposed}, đề xuất nêu lại {report.repeats_proposed}.",
            f"Proposed to merge {report.merges_proposed}, to record as raised again {report.repeats_proposed}.",
        )
    typer.echo(clean(at.read(report.outcome)))
