"""Commands on rounds of contacts with voters: whether their figures add up."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli.desk import Desk, desk
from api.cli.options import Json
from api.cli.root import app
from api.cli.speaking import FAILS, HOLDS, as_json, day, table, words
from workflows import round_figures
from workflows.round_figures import RoundFigures

group = typer.Typer(no_args_is_help=True, help=words("Đợt tiếp xúc cử tri", "Rounds of contacts with voters"))
app.add_typer(group, name="round")


@group.callback()
def of_rounds() -> None:
    """Keep `check` a command of its own although it is alone."""


@group.command(help=words("Đối chiếu số liệu: báo cáo, hội nghị, sổ", "Compare the report, the meetings, the register"))
def check(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help=words("Mã đợt", "Code of the round"))],
    json: Json = False,
) -> None:
    """Print the figures of a round side by side, and each line that does not add up in words."""
    with desk(ctx) as at:
        with at.reading() as (unit, actor):
            found = round_figures.figures(unit, code=code, actor=actor)
        if json:
            as_json(found)
        else:
            _show(at, found)


def _show(at: Desk, found: RoundFigures) -> None:
    at.say(f"{found.code}  {found.name}", f"{found.code}  {found.name}")
    if found.meetings:
        table(
            [words("Hội nghị", "Meeting"), words("Nơi", "Place"), words("Ngày", "Day"), words("Trạng thái", "State"),
             words("Đại biểu dự", "Deputies"), words("Cử tri dự", "Voters"), words("Ý kiến", "Opinions"),
             words("Sổ có", "In the register")],
            [
                (m.code, m.place or "", day(m.planned_on), at.read(m.state.label),
                 *(_number(m.counts[name]) for name in ("deputies_present", "attendance_count", "opinion_count")),
                 str(m.register))
                for m in found.meetings
            ],
        )  # fmt: skip
    known = [line for line in found.lines if (line.stated, line.meetings, line.register) != (None, None, None)]
    if not known:
        at.say("Chưa có số liệu để đối chiếu.", "There are no figures to compare yet.")
        return
    table(
        [words("Số liệu", "Figure"), words("Báo cáo ghi", "Stated"), words("Cộng hội nghị", "Meetings"),
         words("Sổ", "Register")],
        [
            (at.read(line.label), _number(line.stated), _number(line.meetings), _number(line.register))
            for line in known
        ],
    )  # fmt: skip
    if found.deputies is not None:
        at.say(found.deputies.sentence.vi, found.deputies.sentence.en)
    for one in found.disagreements:
        at.say(f"{FAILS} {one.where}: {one.sentence.vi}", f"{FAILS} {one.where}: {one.sentence.en}")
    if found.adds_up:
        at.say(f"{HOLDS} Số liệu khớp.", f"{HOLDS} The figures add up.")


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
