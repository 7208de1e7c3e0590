"""Commands on cases: the list, what is due, one case, a move, taking the last one back."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from api.cli import case_lists, case_pages, entering
from api.cli.case_lists import all_pages, show_cases, show_moved
from api.cli.desk import Desk, desk, read_day, read_day_or_unknown
from api.cli.options import Json
from api.cli.root import app
from api.cli.speaking import as_json, day, words
from states.facts import Signed
from workflows import access, chain_drawing, chaining, chronicle, correcting, moving, registering, reminders
from workflows.folding import effective
from workflows.listing import CaseFilter
from workflows.orders import Order

Code = Annotated[str, typer.Argument(metavar="CODE", help=words("Mã hồ sơ", "Code of the case"))]
Sets = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="FIELD=VALUE", help=words("Một trường của biểu mẫu", "One field of the form")),
]
On = Annotated[
    str | None,
    typer.Option(
        metavar="DD/MM/YYYY",
        help=words("Ngày xảy ra; mặc định hôm nay, «unknown»: không rõ", "Day it happened; today, or unknown"),
    ),
]
Paper = Annotated[
    str | None,
    typer.Option(
        "--document",
        metavar="SỐ;NGÀY",
        help=words("Văn bản: «12/HĐND-TT; 06/08/2026»", "Paper: “12/HĐND-TT; 06/08/2026”"),
    ),
]
Issuer = Annotated[str | None, typer.Option(help=words("Cơ quan ban hành văn bản", "Issuer of the paper"))]
Signer = Annotated[str | None, typer.Option(help=words("Người ký văn bản", "Signer of the paper"))]


@app.command(help=words("Danh sách hồ sơ, hạn gần nhất trước", "List cases, next due first"))
def cases(
    ctx: typer.Context,
    kind: Annotated[str | None, typer.Option(help=words("Loại hồ sơ", "Kind"))] = None,
    state: Annotated[list[str] | None, typer.Option(help=words("Trạng thái (nhiều lần)", "State (repeatable)"))] = None,
    agency: Annotated[str | None, typer.Option(help=words("Cơ quan (mã)", "Agency (code)"))] = None,
    field: Annotated[str | None, typer.Option(help=words("Lĩnh vực (mã)", "Field (code)"))] = None,
    locality: Annotated[str | None, typer.Option(help=words("Địa bàn", "Locality"))] = None,
    assignee: Annotated[str | None, typer.Option(help=words("Người theo dõi; me: tôi", "Officer; me"))] = None,
    text: Annotated[str | None, typer.Option(help=words("Tìm trong nội dung", "Words to search for"))] = None,
    due_before: Annotated[
        str | None, typer.Option(metavar="DD/MM/YYYY", help=words("Hạn trước ngày", "Due before"))
    ] = None,
    overdue: Annotated[bool | None, typer.Option(help=words("Chỉ hồ sơ quá hạn", "Overdue ones only"))] = None,
    limit: Annotated[int, typer.Option(min=0, help=words("Số dòng; 0: tất cả", "Rows; 0: all"))] = 50,
    json: Json = False,
) -> None:
    """Print the cases that the person may see; the number of all that fit is stated."""
    with desk(ctx) as at:
        with at.reading() as (unit, actor):
            wanted = CaseFilter(
                kind=kind,
                states=tuple(state or ()),
                agency=agency,
                assignee=assignee,
                field=field,
                locality=locality,
                due_before=read_day(due_before, field="--due-before", today=unit.today) if due_before else None,
                overdue=overdue,
                text=text,
                council=at.wish.council,
            )
            found, total = all_pages(unit, actor, wanted, limit)
        show_cases(at, found, total, json=json)


@app.command(help=words("Hồ sơ đến hạn trong số ngày tới, kể cả quá hạn", "Cases due within days, overdue ones too"))
def due(
    ctx: typer.Context,
    within: Annotated[
        str, typer.Option(metavar="30d", help=words("Trong bao nhiêu ngày", "Within how many days"))
    ] = "30d",
    agency: Annotated[str | None, typer.Option(help=words("Cơ quan (mã)", "Agency (code)"))] = None,
    at_day: Annotated[
        str | None,
        typer.Option(
            "--at", metavar="DD/MM/YYYY", help=words("Thay vào đó: lời nhắc đến ngày", "Instead: reminders until")
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Print what is due from the past up to `within` from today, most overdue first.

    With --at: what would be said until that day if nothing happened before; nothing is written.
    """
    days = entering.days(within)
    with desk(ctx) as at:
        if at_day is not None:
            _show_foreseen(at, at_day, json=json)
            return
        with at.reading() as (unit, actor):
            until = unit.today + timedelta(days=days + 1)
            wanted = CaseFilter(due_before=until, agency=agency, council=at.wish.council)
            found, total = all_pages(unit, actor, wanted, 0)
        show_cases(at, found, total, json=json)


def _show_foreseen(at: Desk, until: str, *, json: bool) -> None:
    with at.reading() as (unit, actor):
        last = read_day(until, field="--at", today=unit.today)
        council = at.council(unit, actor).council if at.wish.council else None
        found = reminders.foreseen(unit, actor=actor, until=last, council=council)
    if json:
        as_json(found)
        return
    case_pages.show_reminders(found, at.language, of_many=True)
    at.say(f"{len(found)} lời nhắc đến hết {day(last)}.", f"{len(found)} reminders until {day(last)}.")


@app.command(
    help=words("Một hồ sơ: đang ở đâu, làm được gì, thời hạn, nhật ký", "One case: where, what next, clocks, story")
)
def case(ctx: typer.Context, code: Code, json: Json = False) -> None:
    """Print one case as the person may see it."""
    with desk(ctx) as at, at.reading() as (unit, actor):
        page = case_pages.read(unit, access.case(unit, code=code, actor=actor), actor=actor)
        if json:
            as_json(page)
        else:
            case_pages.show(page, at.language)


@app.command(help=words("Chuỗi hồ sơ: phát sinh từ đâu, dẫn tới đâu", "The chain of a case: from where, to where"))
def chain(
    ctx: typer.Context,
    code: Code,
    mermaid: Annotated[bool, typer.Option("--mermaid", help=words("Vẽ bằng Mermaid", "As a Mermaid picture"))] = False,
    svg: Annotated[bool, typer.Option("--svg", help=words("Vẽ bằng SVG", "As an SVG picture"))] = False,
    days: Annotated[
        bool,
        typer.Option("--days", help=words("Từng ngày, ai ghi, căn cứ", "Day by day: both hands, the law")),
    ] = False,
    json: Json = False,
) -> None:
    """Print every case that hangs together with this one, as far as the person may see."""
    with desk(ctx) as at:
        with at.reading() as (unit, actor):
            seen = access.case(unit, code=code, actor=actor)
            told = chronicle.chronicle_of(unit, seen, actor=actor) if days else None
            found = chaining.chain_of(unit, seen, actor=actor)
        if json:
            as_json(told or found)
        elif told is not None:
            case_lists.show_chronicle(at, told)
        elif mermaid or svg:
            draw = chaining.mermaid if mermaid else chain_drawing.svg
            typer.echo(draw(found, at.language), nl=False)
        else:
            case_lists.show_chain(at, found)


@app.command(help=words("Ghi một việc vào hồ sơ", "Record a move"))
def move(
    ctx: typer.Context,
    code: Code,
    trigger: Annotated[str, typer.Argument(metavar="TRIGGER", help=words("Việc cần ghi", "What to record"))],
    on: On = None,
    referral: Annotated[
        str | None,
        typer.Option(metavar="N", help=words("Lần chuyển: số thứ tự hoặc mã cơ quan", "Referral: number or agency")),
    ] = None,
    values: Sets = None,
    document: Paper = None,
    issuer: Issuer = None,
    signer: Signer = None,
    decided_by: Annotated[
        str | None, typer.Option(metavar="CODE", help=words("Cơ quan quyết định (mã)", "Deciding body (code)"))
    ] = None,
    expected: Annotated[int | None, typer.Option(help=words("Phiên bản đã mở", "Version that was opened"))] = None,
    json: Json = False,
) -> None:
    """Fire a trigger; it is done, or refused with every condition that fails and every one that holds."""
    with desk(ctx) as at:
        with at.writing() as (unit, actor):
            seen = access.case(unit, code=code, actor=actor)
            chosen = entering.referral_of(unit, seen, trigger, referral)
            row = entering.row_of(seen, trigger, of_referral=chosen is not None)
            order = Order(
                trigger,
                actor,
                read_day_or_unknown(on, field="--on", today=unit.today),
                entering.values_of(row, values or [], today=unit.today),
                referral=chosen,
                decided_by=Signed(entering.agency(unit, seen.setting, decided_by)) if decided_by else None,
                document=entering.paper(document, issuer, signer, today=unit.today),
                expected=expected,
            )
            moved = moving.move(unit, code=code, order=order)
        show_moved(at, moved, json=json)


@app.command(help=words("Hoàn tác việc vừa ghi", "Take the last move back"))
def undo(
    ctx: typer.Context,
    code: Code,
    why: Annotated[str, typer.Option(help=words("Lý do", "Reason"))],
    json: Json = False,
) -> None:
    """Take the last move of a case back, as a new event; history stays."""
    with desk(ctx) as at:
        with at.writing() as (unit, actor):
            seen = access.case(unit, code=code, actor=actor)
            seq = correcting.last_move(effective(correcting.events_of(unit, seen)))
            order = Order("undo", actor, unit.today, {"seq": seq, "words": why}, expected=seen.row["seq"])
            moved = moving.move(unit, code=code, order=order)
        show_moved(at, moved, json=json)


@app.command(help=words("Vào sổ một hồ sơ mới", "Enter a new case in the register"))
def record(
    ctx: typer.Context,
    on: On = None,
    kind: Annotated[str, typer.Option(help=words("Loại hồ sơ", "Kind"))] = "petition",
    values: Sets = None,
    document: Paper = None,
    issuer: Issuer = None,
    signer: Signer = None,
    json: Json = False,
) -> None:
    """Enter one case and print its code."""
    with desk(ctx) as at:
        with at.writing() as (unit, actor):
            birth = registering.Birth(
                kind,
                entering.values_of(entering.birth_row(kind), values or [], today=unit.today),
                read_day_or_unknown(on, field="--on", today=unit.today),
                document=entering.paper(document, issuer, signer, today=unit.today),
            )
            moved = registering.register(unit, setting=at.council(unit, actor), birth=birth, actor=actor)
        show_moved(at, moved, json=json)
