"""`dondoc document numbers …`: the office's own slips that Dondoc numbers, where the office chose so."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli.desk import desk
from api.cli.document_app import document
from api.cli.options import Json
from api.cli.speaking import as_json, instant, table, words
from workflows import numbering

numbers = typer.Typer(no_args_is_help=True, help=words("Số phiếu do Đôn đốc cấp", "Slips that Dondoc numbers"))
document.add_typer(numbers, name="numbers")


@numbers.command("choose", help=words("Chọn để Đôn đốc cấp số phiếu, hoặc thôi", "Let Dondoc number slips, or not"))
def choose(
    ctx: typer.Context,
    numbered: Annotated[bool, typer.Option("--yes/--no", help=words("Có hay không", "Yes or no"))] = True,
) -> None:
    """Say whether Dondoc numbers the office's own slips."""
    with desk(ctx) as at:
        with at.writing() as (unit, actor):
            numbering.opt_in(unit, setting=at.council(unit, actor), actor=actor, numbered=numbered)
        if numbered:
            at.say("Đôn đốc cấp số phiếu của cơ quan.", "Dondoc numbers the office's own slips.")
        else:
            at.say("Đôn đốc không cấp số phiếu nữa.", "Dondoc numbers no slips any more.")


@numbers.command("list", help=words("Các số đã cấp trong năm", "The numbers given in a year"))
def list_numbers(
    ctx: typer.Context,
    year: Annotated[int | None, typer.Option(min=2000, max=2099, help=words("Năm", "Year"))] = None,
    json: Json = False,
) -> None:
    """Print the numbers of a year, void ones too."""
    with desk(ctx) as at, at.reading() as (unit, actor):
        given = numbering.listed(unit, setting=at.council(unit, actor), year=year or unit.today.year)
        if json:
            as_json(given)
            return
        table(
            [words("Số", "Number"), words("Cấp lúc", "Given at"), words("Người lấy", "By"), words("Đã hủy vì", "Void")],
            [(g.written or f"{g.number}/{g.series}", instant(g.given_at), g.given_by, g.reason or "") for g in given],
        )


@numbers.command("void", help=words("Hủy một phiếu, giữ nguyên số", "Void a slip; its number stays"))
def void_number(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(min=1, metavar="SỐ")],
    series: Annotated[str, typer.Argument(metavar="LOẠI", help=words("PC, PG hoặc PB", "PC, PG or PB"))],
    why: Annotated[str, typer.Option(help=words("Lý do", "Reason"))],
    year: Annotated[int | None, typer.Option(min=2000, max=2099, help=words("Năm", "Year"))] = None,
) -> None:
    """Mark a slip as void, with the reason; its number is never given again."""
    with desk(ctx) as at:
        with at.writing() as (unit, actor):
            numbering.void(
                unit, setting=at.council(unit, actor), series=series, year=year or unit.today.year, number=number,
                reason=why, actor=actor,
            )  # fmt: skip
        at.say(f"Đã hủy phiếu số {number}/{series}.", f"The slip {number}/{series} is void.")
