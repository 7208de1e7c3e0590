"""`dondoc import followup`: takes the follow-up sheet of a unit that came back, as Excel or Word file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.desk import Desk, desk, read_day
from api.cli.import_commands import importing
from api.cli.options import Json
from api.cli.speaking import as_json, complain, say, table, words
from states.text import Text
from workflows.printing import followup_return
from workflows.printing.followup_return import Outcome, Returned, ReturnReport

_REFUSED = 1
File = Annotated[Path, typer.Argument(metavar="FILE", help=words("Phiếu đã điền (XLSX, DOCX)", "The filled sheet"))]


@importing.command(name="followup", help=words("Nhập phiếu theo dõi đơn vị gửi lại", "Take a follow-up sheet back"))
def follow_up(
    ctx: typer.Context,
    file: File,
    agency: Annotated[
        str | None, typer.Option(metavar="CODE", help=words("Đơn vị, khi phiếu không có mã phiếu", "Whose sheet it is"))
    ] = None,
    number: Annotated[str | None, typer.Option(help=words("Số văn bản kèm phiếu", "Number of its letter"))] = None,
    date: Annotated[
        str | None, typer.Option(metavar="DD/MM/YYYY", help=words("Ngày văn bản, ngày báo cáo", "Its date"))
    ] = None,
    partial: Annotated[bool, typer.Option("--partial", help=words("Ghi các dòng đúng", "Take the good rows"))] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=words("Chạy thử, không ghi gì", "Write nothing"))] = False,
    json: Json = False,
) -> None:
    """Record the filled rows as progress, all or none unless --partial; the same sheet again adds nothing."""
    with desk(ctx) as at:
        with at.reading() as (unit, _):
            today = unit.today
        day = read_day(date, field="--date", today=today) if date else None
        how = Returned(agency=agency, number=number, issued_on=day, on=day, partial=partial)
        sheet = followup_return.read(file, today=today)
        if dry_run:
            with at.reading() as (unit, actor):
                setting = at.council(unit, actor)
                report = followup_return.preview(unit, setting=setting, actor=actor, sheet=sheet, how=how)
        else:
            with at.writing() as (unit, actor):
                setting = at.council(unit, actor)
                report = followup_return.take(unit, setting=setting, actor=actor, sheet=sheet, how=how)
        if json:
            as_json(report)
        else:
            _show(at, report)
    if report.is_refused:
        raise typer.Exit(_REFUSED)


def _show(at: Desk, report: ReturnReport) -> None:
    counts = {outcome: sum(row.outcome is outcome for row in report.rows) for outcome in Outcome}
    said = {outcome: at.read(_SAID[outcome]) for outcome in Outcome}
    at.say(
        f"Phiếu của {report.agency}: " + ", ".join(f"{said[o]} {n}" for o, n in counts.items()) + ".",
        f"Sheet of {report.agency}: " + ", ".join(f"{said[o]} {n}" for o, n in counts.items()) + ".",
    )
    for note in report.notes:
        say(note, at.language)
    rows = [
        (str(row.number), row.code, said[row.outcome], at.read(text))
        for row in report.rows
        for text in ((row.problem,) if row.problem else ()) + row.doubts
    ]
    if rows:
        table([at.read(Text(*name)) for name in _HEADINGS], rows)
    _list(at, Text("Chưa báo cáo", "Not reported"), [r.code for r in report.rows if r.outcome is Outcome.NOT_REPORTED])
    _list(at, Text("Đang giao cho đơn vị mà không có trong phiếu", "Not in the sheet"), report.missing)
    if report.is_refused:
        complain(at.read(report.outcome))
    else:
        say(report.outcome, at.language)


def _list(at: Desk, name: Text, codes: list[str] | tuple[str, ...]) -> None:
    if codes:
        at.say(f"{name.vi} ({len(codes)}): {', '.join(codes)}", f"{name.en} ({len(codes)}): {', '.join(codes)}")


_HEADINGS = (("Dòng", "Row"), ("Mã", "Code"), ("Kết quả", "Outcome"), ("Vấn đề", "Problem"))
_SAID = {
    Outcome.TAKEN: Text("ghi tiến độ", "to record"),
    Outcome.ALREADY: Text("đã ghi từ trước", "recorded before"),
    Outcome.NOT_REPORTED: Text("chưa báo cáo", "not reported"),
    Outcome.REFUSED: Text("từ chối", "refused"),
}
