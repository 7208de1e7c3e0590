"""Petitions that a text is like, and splitting one that is several."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli.case_commands import Code, On
from api.cli.case_lists import show_moved
from api.cli.desk import desk, read_day_or_unknown
from api.cli.options import Json
from api.cli.root import app
from api.cli.speaking import as_json, table, words
from workflows import similar as alike
from workflows import splitting
from workflows.splitting import SplitOrder

Parts = Annotated[
    list[str] | None,
    typer.Option(
        "--part", metavar="TEXT", help=words("Một phần; phần đầu giữ mã cũ", "A part; the first keeps the code")
    ),
]


@app.command(help=words("Kiến nghị giống một nội dung, giống nhất trước", "Petitions that a text is like"))
def similar(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help=words("Nội dung kiến nghị", "Text of the petition"))],
    limit: Annotated[int, typer.Option(min=1, max=alike.CANDIDATES, help=words("Số dòng", "How many"))] = alike.USUAL,
    json: Json = False,
) -> None:
    """Print the petitions that the person may see and that say the same or nearly the same; nothing is written."""
    with desk(ctx) as at:
        with at.reading() as (unit, actor):
            found = alike.like(unit, text=text, setting=at.council(unit, actor), actor=actor, limit=limit)
        if json:
            as_json(found)
            return
        if not found:
            at.say("Chưa có kiến nghị nào giống.", "No petition is like it.")
            return
        table(
            [words("Mã", "Code"), words("Giống", "Alike"), words("Trạng thái", "State"), words("Lần nêu", "Raised"),
             words("Địa bàn", "Place"), words("Nội dung", "Text")],
            [
                (f.code, f"{f.score}/100", at.read(f.state.label), str(f.times_raised), f.locality or "", f.text)
                for f in found
            ],
        )  # fmt: skip


@app.command(help=words("Tách một kiến nghị thành nhiều hồ sơ", "Split a petition into several cases"))
def split(
    ctx: typer.Context,
    code: Code,
    part: Parts = None,
    why: Annotated[str | None, typer.Option(help=words("Lý do", "Reason"))] = None,
    on: On = None,
    expected: Annotated[int | None, typer.Option(help=words("Phiên bản đã mở", "Version that was opened"))] = None,
    json: Json = False,
) -> None:
    """Keep the first part in the case, make a case of each other part; the whole stays in its history."""
    with desk(ctx) as at:
        with at.writing() as (unit, actor):
            day = read_day_or_unknown(on, field="--on", today=unit.today)
            done = splitting.split(unit, code=code, order=SplitOrder(part or (), actor, day, why, expected))
        if json:
            as_json(done)
            return
        for moved in (done.stays, *done.born):
            show_moved(at, moved, json=False)
