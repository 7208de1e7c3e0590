"""`dondoc rates`: the rates of a period as of a day, with what is divided by what."""

from __future__ import annotations

from datetime import date
from typing import Annotated, cast

import typer

from api.cli.desk import Desk, desk, read_day
from api.cli.options import Json
from api.cli.root import app
from api.cli.speaking import as_json, clean, table, words
from states.petition import PETITION_KIND
from workflows.rates import By, RateRow, RateTable, of_any_kind
from workflows.rates.of_kinds import KindRateRow, KindRateTable


@app.command(help=words("Tỷ lệ trả lời, giải quyết trong kỳ", "Rates of a period"))
def rates(
    ctx: typer.Context,
    since: Annotated[
        str | None, typer.Option("--from", metavar="DD/MM/YYYY", help=words("Nhận từ ngày", "Received from"))
    ] = None,
    until: Annotated[
        str | None, typer.Option("--to", metavar="DD/MM/YYYY", help=words("Đến ngày", "Received to"))
    ] = None,
    as_of: Annotated[str | None, typer.Option(metavar="DD/MM/YYYY", help=words("Tính đến ngày", "As of"))] = None,
    by: Annotated[str, typer.Option(help=words("Theo council, agency, field, locality", "By"))] = "council",
    kind: Annotated[str, typer.Option(help=words("Loại hồ sơ", "Kind"))] = PETITION_KIND,
    json: Json = False,
) -> None:
    """Print the rates with numerator, denominator and definition; of this year by default."""
    with desk(ctx) as at, at.reading() as (unit, actor):
        today = unit.today
        first = read_day(since, field="--from", today=today) if since else date(today.year, 1, 1)
        last = read_day(until, field="--to", today=today) if until else today
        day = read_day(as_of, field="--as-of", today=today) if as_of else today
        setting, period = at.council(unit, actor), (first, last)
        found = of_any_kind(unit, kind=kind, setting=setting, actor=actor, period=period, as_of=day, by=cast("By", by))
    if json:
        as_json(found)
    else:
        _show(at, found)


def _show(at: Desk, found: RateTable | KindRateTable) -> None:
    of_kind = isinstance(found, KindRateTable)
    whole = found.total
    typer.echo(clean(at.read(found.title)))
    for said in (found.counted, found.bounds, found.scope):
        typer.echo(clean(at.read(said)))
    heads = [at.read(rate.label) for rate in whole.rates]
    own = words("Đã đến hạn", "Fallen due") if of_kind else words("Thuộc thẩm quyền", "Own")
    table(
        ["", words("Tiếp nhận", "Received"), own, *heads],
        [
            (at.read(row.label), str(row.received), str(row.due if isinstance(row, KindRateRow) else row.own),
             *(f"{r.numerator}/{r.denominator} = {at.read(r.printed)}" for r in row.rates))
            for row in (*found.rows, whole)
        ],
    )  # fmt: skip
    outcomes = whole.outcomes if isinstance(whole, RateRow) else ()
    lines = (*whole.times, *outcomes, *whole.apart, *whole.left_out)
    table(
        [words("Gồm", "Of which"), words("Số", "Number")],
        [(at.read(line.label), str(line.number)) for line in lines if line.number],
    )
    for rate in whole.rates:
        typer.echo(clean(f"{at.read(rate.label)}: {at.read(rate.definition)}"))
    typer.echo(clean(at.read(found.rounding)))
    for check in found.checks:
        if not check.holds:
            typer.echo(clean(at.read(check.says)))
