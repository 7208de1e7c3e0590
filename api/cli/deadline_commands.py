"""Commands on time limits: explain those of a case, check worked examples from a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.desk import Desk, desk
from api.cli.options import Json
from api.cli.root import app
from api.cli.speaking import as_json, clean, complain, words
from deadlines.vectors import Report, check_vectors
from states.text import Text
from workflows import access, explaining, regulations
from workflows.explaining import Explained

group = typer.Typer(no_args_is_help=True, help=words("Thời hạn: giải thích, đối chiếu", "Time limits"))
app.add_typer(group, name="deadlines")


@group.command(help=words("Vì sao là ngày này", "Why it is this date"))
def explain(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help=words("Mã hồ sơ", "Code of the case"))],
    json: Json = False,
) -> None:
    """Print how each due date of a case came about, step by step."""
    with desk(ctx) as at, at.reading() as (unit, actor):
        found = explaining.explain_case(unit, access.case(unit, code=code, actor=actor), at.language)
    if json:
        as_json([_plain(item) for item in found])
        return
    for item in found:
        typer.echo(clean(item.text))
    if not found:
        at.say(f"{code}: không có thời hạn nào.", f"{code}: there is no time limit.")


def _plain(item: Explained) -> dict[str, object]:
    return {
        "limit": item.row["limit_code"], "due_on": item.row["due_on"], "state": item.row["state"],
        "agency": item.agency, "heading": item.heading, "steps": item.steps, "before": item.before,
    }  # fmt: skip


@group.command(
    help=words("Tính lại các ví dụ trong tệp CSV, báo từng chỗ khác", "Recompute the examples of a CSV file")
)
def check(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help=words("Tệp ví dụ", "File of examples"))],
    json: Json = False,
) -> None:
    """Recompute raw and rolled ends by the calendar of the database; exit 1 on any difference or unread row."""
    with desk(ctx) as at:
        with at.reading() as (unit, _):
            calendar = regulations.calendar_of(unit)
        report = check_vectors(file, calendar)
        if json:
            as_json({"ok": report.ok, **_report(report)})
        else:
            _show(at, report)
    if not report.ok:
        raise typer.Exit(1)


def _report(report: Report) -> dict[str, object]:
    return {"rows": report.rows, "passed": report.passed, "differences": report.differences, "errors": report.errors}


def _show(at: Desk, report: Report) -> None:
    for found in report.differences:
        where = at.read(_line(found.line))
        expected = words("tệp ghi", "the file says")
        computed = words("tính được", "computed")
        complain(f"{found.row} ({where}), {found.column}: {expected} {found.expected}, {computed} {found.computed}")
    for error in report.errors:
        complain(f"{error.row} ({at.read(_line(error.line))}), {error.column}: {at.read(error.text)}")
    at.say(f"{report.passed} trên {report.rows} dòng đúng.", f"{report.passed} of {report.rows} rows agree.")


def _line(number: int) -> Text:
    return Text(f"dòng {number}", f"line {number}")
