"""Commands on meetings: plan the receptions of a year, read a notice, enter its lines."""

from __future__ import annotations

import json as json_words
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from api.cli.case_commands import Code, Issuer, On, Paper, Signer
from api.cli.desk import desk, read_day_or_unknown
from api.cli.entering import paper
from api.cli.options import Json
from api.cli.root import app
from api.cli.speaking import as_json, day, table, words
from states.errors import BadInput
from states.meeting_words import LineKind
from states.tasking import NoticeLine
from states.text import Text
from states.wording import problems_of
from workflows import offering, receptions
from workflows.noticing import entering, proposing
from workflows.noticing.entering import LinesOrder

meeting = typer.Typer(no_args_is_help=True, help=words("Phiên họp, thông báo kết luận", "Meetings and their notices"))
app.add_typer(meeting, name="meeting")

File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, metavar="FILE")]


@meeting.command("plan-receptions", help=words("Lên lịch tiếp công dân cả năm", "Plan the receptions of a year"))
def plan_receptions(
    ctx: typer.Context,
    year: Annotated[int | None, typer.Option(min=2000, max=2099, help=words("Năm", "Year"))] = None,
    json: Json = False,
) -> None:
    """Make a case of each reception of the year that lies ahead; one on a day off moves to the next working day."""
    with desk(ctx) as at:
        with at.writing() as (unit, actor):
            done = receptions.plan_year(
                unit, setting=at.council(unit, actor), year=year or unit.today.year, actor=actor
            )
        if json:
            as_json(done)
            return
        table(
            [words("Mã", "Code"), words("Ngày thường lệ", "Usual day"), words("Ngày tiếp", "Held on")],
            [(one.code, day(one.usual_on), day(one.planned_on) + (" ←" if one.is_moved else "")) for one in done],
        )
        at.say(f"{len(done)} buổi tiếp công dân.", f"{len(done)} receptions.")


@meeting.command(
    "read-notice", help=words("Đọc các dòng của một thông báo (.txt)", "Read the lines of a notice (.txt)")
)
def read_notice(ctx: typer.Context, file: File, json: Json = False) -> None:
    """Print what each line is proposed as; with --json as `enter-lines` takes it, once somebody has decided."""
    with desk(ctx) as at:
        with at.reading() as (unit, actor):
            found = proposing.proposed(unit, setting=at.council(unit, actor), text=_text(file))
        if json:
            as_json(found)
            return
        table(
            [words("Dòng", "Line"), words("Đề xuất", "Proposed"), words("Chủ thể", "Body"), words("Cơ quan", "Agency"),
             words("Sản phẩm", "Product"), words("Nội dung", "Text")],
            [
                (str(one.number), at.read(one.line.kind.label), one.actor or "", one.line.agency or "",
                 one.line.product or "", one.line.text)
                for one in found
            ],
        )  # fmt: skip
        tasks = sum(one.line.kind is LineKind.TASK for one in found)
        at.say(
            f"Đề xuất {tasks} nhiệm vụ, {len(found) - tasks} định hướng; người nhập quyết định từng dòng.",
            f"{tasks} tasks and {len(found) - tasks} orientations proposed; whoever enters them decides on each line.",
        )


@meeting.command("enter-lines", help=words("Nhập từng dòng thông báo kết luận", "Enter the lines of a notice"))
def enter_lines(
    ctx: typer.Context,
    code: Code,
    file: File,
    on: On = None,
    document: Paper = None,
    issuer: Issuer = None,
    signer: Signer = None,
    json: Json = False,
) -> None:
    """Make a case of each task in FILE (as `read-notice --json` writes it) and keep the orientations: all, or none."""
    with desk(ctx) as at:
        with at.writing() as (unit, actor):
            slip = paper(document, issuer, signer, today=unit.today)
            if slip is None:
                raise BadInput({"--document": Text("Nêu số, ngày thông báo bằng --document", "Name the notice")})
            day_of = read_day_or_unknown(on, field="--on", today=unit.today)
            order = LinesOrder(_lines(file), actor, day_of, slip)
            done = offering.lines_view(unit, entering.enter(unit, code=code, order=order))
        if json:
            as_json(done)
            return
        table(
            [words("Dòng", "Line"), words("Là", "Is"), words("Mã", "Code")],
            [
                (str(line.number), at.read(line.kind.label), line.task.code if line.task else "")
                for line in done.lines
            ],
        )  # fmt: skip
        made = sum(line.task is not None for line in done.lines)
        at.say(
            f"{done.meeting.code}: {made} nhiệm vụ, {len(done.lines) - made} định hướng.",
            f"{done.meeting.code}: {made} tasks, {len(done.lines) - made} orientations.",
        )


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadInput({"FILE": Text("Tệp phải là văn bản UTF-8", "The file must be text in UTF-8")}) from error


def _lines(file: Path) -> tuple[NoticeLine, ...]:
    """Return the lines of a file: bare ones, or those that `read-notice` proposed.

    Raises: BadInput naming each line that cannot be read.
    """
    try:
        rows: Any = json_words.loads(_text(file))
    except ValueError:
        rows = None
    if not isinstance(rows, list):
        raise BadInput({"FILE": Text("Tệp phải là một danh sách JSON", "The file must be a list in JSON")})
    found: list[NoticeLine] = []
    problems: dict[str, Text] = {}
    for number, row in enumerate(rows, start=1):
        try:
            found.append(NoticeLine.model_validate(row.get("line", row) if isinstance(row, dict) else row))
        except ValidationError as error:
            for name, said in problems_of(NoticeLine, error).items():
                problems[f"{number}.{name}"] = Text(f"Dòng {number}: {said.vi}", f"Line {number}: {said.en}")
    if problems:
        raise BadInput(problems)
    return tuple(found)
