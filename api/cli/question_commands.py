"""`dondoc question counts`: slips and questions answered on the floor, side by side."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli.desk import desk
from api.cli.options import Json
from api.cli.root import app
from api.cli.speaking import as_json, clean, table, words
from workflows import questioning

question = typer.Typer(no_args_is_help=True, help=words("Số liệu chất vấn", "Figures of questioning"))
app.add_typer(question, name="question")


@question.command(help=words("Số phiếu và số nội dung trả lời", "Count slips and answers"))
def counts(
    ctx: typer.Context,
    session: Annotated[str | None, typer.Option(metavar="CODE", help=words("Của kỳ họp", "Of the session"))] = None,
    json: Json = False,
) -> None:
    """Print how many slips came, how many were answered on the floor and how many in writing."""
    with desk(ctx) as at, at.reading() as (unit, actor):
        found = questioning.counts(unit, setting=at.council(unit, actor), actor=actor, session=session)
    if json:
        as_json(found)
        return
    table(
        [words("Chất vấn", "Questions"), words("Số", "Number")],
        [
            (words("Phiếu chất vấn", "Slips"), str(found.slips)),
            (words("Trả lời trực tiếp tại hội trường", "Answered on the floor"), str(found.live)),
            (words("Phải trả lời bằng văn bản", "To be answered in writing"), str(found.written)),
            (words("Đã trả lời bằng văn bản", "Answered in writing"), str(found.replied)),
            (words("Đã gộp vào phiếu khác", "Merged into another"), str(found.merged)),
            (words("Đã rút", "Withdrawn"), str(found.withdrawn)),
            (words("Chưa trả lời", "Not answered yet"), str(found.waiting)),
        ],
    )
    typer.echo(clean(at.read(found.counted)))
