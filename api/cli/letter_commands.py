"""`dondoc letter`: each letter of the office as a Word file. Nothing changes in any case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from api.cli.desk import desk, read_day
from api.cli.letter_app import Out, letter, store_of, tell, write_file
from api.cli.speaking import words
from workflows.printing import writing
from workflows.printing.materials import LetterOrder

Codes = Annotated[list[str] | None, typer.Argument(metavar="[CODE]…", help=words("Mã hồ sơ", "Codes of cases"))]
Paper = Annotated[
    str | None,
    typer.Option("--document", metavar="NUMBER", help=words("In lại theo văn bản đã vào sổ", "A registered paper")),
]
Agency = Annotated[str | None, typer.Option("--agency", metavar="CODE", help=words("Cơ quan (mã)", "Agency (code)"))]
By = Annotated[
    str | None, typer.Option("--by", metavar="DD/MM/YYYY", help=words("Đề nghị trả lời trước hết ngày", "Asked by"))
]
On = Annotated[
    str | None,
    typer.Option("--on", metavar="DD/MM/YYYY", help=words("Ngày văn bản; bỏ trống để điền tay", "Day of the letter")),
]
Signer = Annotated[str | None, typer.Option(help=words("Họ tên người ký", "Who signs"))]
Position = Annotated[str | None, typer.Option(help=words("Chức vụ người ký, như «Phó Chủ tịch»", "Position"))]
Round = Annotated[
    str, typer.Option("--round", metavar="CODE", help=words("Đợt tiếp xúc cử tri (mã TX)", "Contact round (TX code)"))
]


@letter.command(help=words("Văn bản chuyển kiến nghị, kèm danh mục", "Letter of transfer with its annex"))
def transfer(
    ctx: typer.Context,
    out: Out,
    codes: Codes = None,
    document: Paper = None,
    agency: Agency = None,
    by: By = None,
    on: On = None,
    signer: Signer = None,
    position: Position = None,
) -> None:
    """Write the letter that sends petitions to an agency; to the people's committee unless one is named."""
    order = LetterOrder(
        kind="transfer", codes=tuple(codes or ()), document=document, agency=agency, signer=signer, position=position
    )
    _write(ctx, order, out, by=by, on=on)


@letter.command(help=words("Báo cáo tổng hợp của một đợt", "Compiled report of a round"))
def report(
    ctx: typer.Context, out: Out, round_: Round, on: On = None, signer: Signer = None, position: Position = None
) -> None:
    """Write the compiled report of a contact round."""
    _write(ctx, LetterOrder(kind="report", round=round_, signer=signer, position=position), out, on=on)


@letter.command("new-answer", help=words("Văn bản yêu cầu trả lời lại", "Request for a new answer"))
def new_answer(
    ctx: typer.Context,
    out: Out,
    codes: Codes = None,
    document: Paper = None,
    agency: Agency = None,
    by: By = None,
    on: On = None,
    signer: Signer = None,
    position: Position = None,
) -> None:
    """Write which answers do not do and what each lacks."""
    order = LetterOrder(
        kind="new-answer", codes=tuple(codes or ()), document=document, agency=agency, signer=signer, position=position
    )
    _write(ctx, order, out, by=by, on=on)


@letter.command(help=words("Văn bản đôn đốc cơ quan quá hạn trả lời", "Urging letter to a late agency"))
def urge(
    ctx: typer.Context,
    out: Out,
    agency: Annotated[str, typer.Option("--agency", metavar="CODE", help=words("Cơ quan (mã)", "Agency (code)"))],
    codes: Codes = None,
    by: By = None,
    on: On = None,
    signer: Signer = None,
    position: Position = None,
) -> None:
    """Write what an agency has not answered in time: everything, or the cases named."""
    order = LetterOrder(kind="urge", codes=tuple(codes or ()), agency=agency, signer=signer, position=position)
    _write(ctx, order, out, by=by, on=on)


@letter.command(help=words("Thông báo kết luận của Thường trực HĐND", "Notice of the standing body"))
def conclusion(
    ctx: typer.Context,
    out: Out,
    codes: Codes = None,
    document: Paper = None,
    on: On = None,
    signer: Signer = None,
    position: Position = None,
) -> None:
    """Write the standing body's conclusion on answers; what is not concluded yet is left to be filled."""
    order = LetterOrder(
        kind="conclusion", codes=tuple(codes or ()), document=document, signer=signer, position=position
    )
    _write(ctx, order, out, on=on)


@letter.command(help=words("Thông báo kết quả cho cử tri", "Notice to voters"))
def notice(
    ctx: typer.Context,
    out: Out,
    round_: Round,
    locality: Annotated[str | None, typer.Option(help=words("Thôn, bản", "Hamlet"))] = None,
    on: On = None,
    signer: Signer = None,
    position: Position = None,
) -> None:
    """Write what came of the petitions of one hamlet and round."""
    order = LetterOrder(kind="notice", round=round_, locality=locality, signer=signer, position=position)
    _write(ctx, order, out, on=on)


@letter.command(help=words("Biên bản bàn giao hồ sơ", "Record of a handover"))
def handover(
    ctx: typer.Context,
    out: Out,
    giver: Annotated[str, typer.Option("--from", metavar="LOGIN", help=words("Người giao", "Who hands over"))],
    receiver: Annotated[str, typer.Option("--to", metavar="LOGIN", help=words("Người nhận", "Who takes over"))],
    on: On = None,
) -> None:
    """Write the record of a handover: the open work of one person that another takes over."""
    _write(ctx, LetterOrder(kind="handover", giver=giver, receiver=receiver), out, on=on)


def _write(ctx: typer.Context, order: LetterOrder, out: Path, *, by: str | None = None, on: str | None = None) -> None:
    with desk(ctx) as at:
        with at.reading() as (unit, actor):
            setting = at.council(unit, actor)
            whole = replace(order, by=_day(by, "--by", unit.today), on=_day(on, "--on", unit.today))
            made = writing.write(unit, setting=setting, order=whole, actor=actor, store=store_of(at))
        write_file(made.content, out)
        tell(at, made.troubles, left_out=made.left_out)
        at.say(f"Đã ghi {out}: {made.cases} dòng.", f"Wrote {out}: {made.cases} rows.")


def _day(written: str | None, field: str, today: date) -> date | None:
    return None if written is None else read_day(written, field=field, today=today)
