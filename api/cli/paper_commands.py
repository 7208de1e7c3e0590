"""`dondoc document register` and what goes through papers: telling voters, handing work over."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial as partial_of
from pathlib import Path
from typing import Annotated, Any

import typer

from api.cli.annex_files import rows_in
from api.cli.desk import Desk, desk, read_day, read_day_or_unknown
from api.cli.document_app import document
from api.cli.entering import agency, values_for_act
from api.cli.options import Json
from api.cli.paper_pages import show_paper, show_report
from api.cli.root import app
from api.cli.speaking import as_json, complain, words
from models.units import Unit
from states.entries import DocumentSlip, Recipient
from states.errors import BadInput
from states.facts import Actor, Signed
from states.paper_acts import PaperAct
from states.paper_words import DocumentType, Secrecy, SignedAs
from states.text import Text
from states.vocabulary import Decider, Telling
from states.wording import problems_of
from workflows import documents, enacting, gathering, handing_over, telling
from workflows.access import Setting
from workflows.enacting.orders import PaperOrder, PaperReport, PaperRow
from workflows.enacting.paper import rows_of
from workflows.enacting.views import view_of
from workflows.gathering import Gathering

Codes = Annotated[list[str] | None, typer.Argument(metavar="CODE…", help=words("Mã các hồ sơ", "Codes of the cases"))]
Number = Annotated[str | None, typer.Option(metavar="SỐ", help=words("Số, ký hiệu", "Number"))]
Day = Annotated[
    str | None, typer.Option("--date", metavar="DD/MM/YYYY", help=words("Ngày văn bản", "Date of the paper"))
]
Issuer = Annotated[str | None, typer.Option(metavar="CODE", help=words("Cơ quan ban hành", "Issuer"))]
Signer = Annotated[str | None, typer.Option(help=words("Người ký", "Signer"))]
As = Annotated[SignedAs | None, typer.Option("--signed-as", help=words("Thẩm quyền ký", "Signed as"))]
Position = Annotated[str | None, typer.Option(help=words("Chức vụ người ký", "Position of the signer"))]
Subject = Annotated[str | None, typer.Option(help=words("Trích yếu", "Subject"))]
Type = Annotated[DocumentType | None, typer.Option("--type", help=words("Loại văn bản", "Type of paper"))]
To = Annotated[
    list[str] | None,
    typer.Option("--to", metavar="NƠI[; b/c]", help=words("Nơi nhận (nhiều lần)", "Recipient (repeatable)")),
]
On = Annotated[
    str | None,
    typer.Option(
        metavar="DD/MM/YYYY", help=words("Ngày thực hiện; «unknown»: không rõ", "Day of the fact; unknown where it is")
    ),
]
Sets = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="FIELD=VALUE", help=words("Giá trị cho mọi dòng", "A value for every row")),
]
Rows = Annotated[
    Path | None,
    typer.Option("--rows", metavar="FILE", help=words("Phụ lục: cột «Mã» và các trường", "Annex: code and fields")),
]
Round = Annotated[
    str | None, typer.Option("--round", metavar="CODE", help=words("Mọi hồ sơ của đợt", "All cases of the round"))
]
Topic = Annotated[
    str | None, typer.Option("--topic", metavar="CODE", help=words("Mọi hồ sơ của nhóm nội dung", "All of the topic"))
]
Place = Annotated[str | None, typer.Option("--locality", help=words("Chỉ hồ sơ của thôn", "Only of the hamlet"))]
State = Annotated[
    list[str] | None, typer.Option("--state", help=words("Chỉ hồ sơ ở trạng thái", "Only cases in the state"))
]
Partial = Annotated[bool, typer.Option("--partial", help=words("Ghi các dòng làm được", "Do the good rows"))]
DryRun = Annotated[bool, typer.Option("--dry-run", help=words("Xem trước, không ghi gì", "Preview, write nothing"))]


ActOption = Annotated[PaperAct | None, typer.Option("--act", help=words("Văn bản làm việc gì", "What the paper does"))]
MoveOption = Annotated[
    str | None,
    typer.Option("--move", metavar="TRIGGER", help=words("Việc ghi cho mọi hồ sơ, loại nào cũng được", "Its move")),
]
SecrecyOption = Annotated[Secrecy, typer.Option("--secrecy", help=words("Độ mật", "Secrecy"))]
Incoming = Annotated[str | None, typer.Option("--incoming-number", help=words("Số đến", "Incoming number"))]
Received = Annotated[
    str | None, typer.Option("--received-on", metavar="DD/MM/YYYY", help=words("Ngày đến", "Day received"))
]
RepliesTo = Annotated[
    str | None, typer.Option("--replies-to", metavar="SỐ", help=words("Trả lời văn bản số", "In reply to the paper"))
]
DecidedBy = Annotated[
    str | None, typer.Option("--decided-by", metavar="CODE", help=words("Cơ quan quyết định (mã)", "Deciding body"))
]
OwnNumber = Annotated[bool, typer.Option("--own-number", help=words("Đôn đốc cấp số phiếu", "Dondoc numbers the slip"))]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What was typed about a paper."""

    act: PaperAct | None
    trigger: str | None
    codes: Sequence[str]
    paper: Mapping[str, Any]
    day: str | None
    incoming_number: str | None
    received_on: str | None
    replies_to: str | None
    on: str | None
    values: Sequence[str]
    rows: Path | None
    gathering: Gathering | None
    decided_by: str | None
    partial: bool
    own_number: bool


@document.command(help=words("Vào sổ một văn bản và làm mọi việc của nó", "Register a paper and do all that it does"))
def register(
    ctx: typer.Context, codes: Codes = None, act: ActOption = None, move: MoveOption = None, number: Number = None,
    day: Day = None,
    issuer: Issuer = None, signer: Signer = None, signed_as: As = None, position: Position = None,
    subject: Subject = None, kind: Type = None, to: To = None, secrecy: SecrecyOption = Secrecy.NONE,
    incoming_number: Incoming = None, received_on: Received = None, replies_to: RepliesTo = None, on: On = None,
    values: Sets = None, rows: Rows = None, contact_round: Round = None, topic: Topic = None, locality: Place = None,
    state: State = None, decided_by: DecidedBy = None, own_number: OwnNumber = False, partial: Partial = False,
    dry_run: DryRun = False, json: Json = False,
) -> None:  # fmt: skip
    """Register a paper; with --act or --move every case of its annex moves, all or none unless --partial.

    --move makes one move of any kind of case; an annex with the column «Việc» says it row by row.
    """
    act = act or (PaperAct.MOVES if move else None)
    wanted = Gathering(states=tuple(state or ()), round=contact_round, locality=locality, topic=topic)
    if act is PaperAct.MOVES:
        wanted = replace(wanted, kind=None)
    paper = {
        "number": number, "issuer": issuer, "signer": signer, "signed_as": signed_as, "position": position,
        "subject": subject, "type": kind, "recipients": _recipients(to), "secrecy": secrecy,
    }  # fmt: skip
    said = _Said(
        act=act, trigger=move, codes=codes or (), paper=paper, day=day, incoming_number=incoming_number,
        received_on=received_on, replies_to=replies_to, on=on, values=values or (), rows=rows, decided_by=decided_by,
        partial=partial, own_number=own_number,
        gathering=wanted if contact_round or topic or locality or state else None,
    )  # fmt: skip
    _do(ctx, partial_of(_order_of, said), dry_run=dry_run, json=json)


def _order_of(said: _Said, unit: Unit, setting: Setting, actor: Actor) -> PaperOrder:
    """Return what was typed as an order: the paper, its annex, and the day on which the fact happened."""
    today = unit.today
    issued = read_day(said.day, field="--date", today=today) if said.day else None
    came = read_day(said.received_on, field="--received-on", today=today) if said.received_on else None
    annex = [*map(PaperRow, said.codes)]
    if said.rows:
        annex += rows_in(said.rows, said.act, said.trigger, today=today)
    if said.gathering is not None:
        annex += map(PaperRow, gathering.codes(unit, setting=setting, actor=actor, wanted=said.gathering))
    triggers = {t for t in (said.trigger, *(row.trigger for row in annex)) if t}
    common = values_for_act(said.act, said.values, today=today, triggers=triggers)
    # With a transfer the number is that of the addressee, which each referral keeps.
    theirs = said.act in _RECEIVES
    if theirs and said.incoming_number:
        common["incoming_number"] = said.incoming_number
    slip = _slip(
        **said.paper,
        issued_on=issued,
        incoming_number=None if theirs else said.incoming_number,
        incoming_on=None if theirs else came,
        replies_to=said.replies_to and documents.named(unit, council=setting.council, number=said.replies_to),
    )
    usual = (came or today) if _comes_in(said.act, triggers) else (issued or today)
    return PaperOrder(
        said.act,
        slip,
        tuple(annex),
        actor,
        read_day_or_unknown(said.on, field="--on", today=today) if said.on else usual,
        common,
        received_on=came if said.act is PaperAct.TRANSFER else None,
        decided_by=Signed(agency(unit, setting, said.decided_by)) if said.decided_by else None,
        partial=said.partial,
        own_number=said.own_number,
        trigger=said.trigger,
    )


_RECEIVES = frozenset({PaperAct.TRANSFER, PaperAct.RECEIPT})
_COMES_IN = frozenset({PaperAct.ANSWER, PaperAct.RETURN, PaperAct.PROGRESS, PaperAct.RECEIPT})


def _comes_in(act: PaperAct | None, triggers: Collection[str]) -> bool:
    """Tell whether the paper counts from its receipt, never from its date; what goes out happens on its date.

    What an addressee decides comes in, such as a report on many promises.
    """
    said = rows_of(act, triggers) if act is PaperAct.MOVES else ()
    return act in _COMES_IN or any(row.decider is Decider.ADDRESSEE for row in said)


@document.command("list", help=words("Sổ văn bản", "The register of papers"))
def list_papers(
    ctx: typer.Context,
    number: Number = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000, help=words("Số dòng", "Rows"))] = 50,
    json: Json = False,
) -> None:
    """Print the papers that the person may see, in the order in which they were entered."""
    from api.cli.paper_pages import show_list  # noqa: PLC0415 - only this command draws it
    from workflows import papers  # noqa: PLC0415 - the same

    with desk(ctx) as at, at.reading() as (unit, actor):
        found = papers.listed(unit, actor=actor, number=number, after=None, limit=limit)
        if json:
            as_json(found)
        else:
            show_list(at, found)


@document.command(help=words("Một văn bản và phụ lục của nó", "One paper and its annex"))
def show(
    ctx: typer.Context,
    paper: Annotated[str, typer.Argument(metavar="ID_OR_NUMBER")],
    json: Json = False,
) -> None:
    """Print a paper with the rows of its annex and where their cases are now."""
    from workflows import papers  # noqa: PLC0415 - only this command reads it
    from workflows.filing.papers import paper_named  # noqa: PLC0415 - the same

    with desk(ctx) as at, at.reading() as (unit, actor):
        whole = papers.whole(unit, document=paper_named(unit, written=paper, actor=actor), actor=actor)
        if json:
            as_json(whole)
        else:
            show_paper(at, whole)


@app.command(help=words("Ghi đã thông báo cho cử tri của một thôn", "Record that the voters of a hamlet were told"))
def tell(
    ctx: typer.Context,
    via: Annotated[Telling, typer.Option(help=words("Hình thức", "By which channel"))],
    contact_round: Round = None,
    locality: Annotated[str | None, typer.Option(help=words("Thôn", "Hamlet"))] = None,
    on: On = None,
    posted_from: Annotated[
        str | None, typer.Option(metavar="DD/MM/YYYY", help=words("Niêm yết từ ngày", "Posted from"))
    ] = None,
    posted_until: Annotated[
        str | None, typer.Option(metavar="DD/MM/YYYY", help=words("Niêm yết đến ngày", "Posted until"))
    ] = None,
    note: Annotated[str | None, typer.Option(help=words("Ghi chú", "Note"))] = None,
    number: Number = None,
    day: Day = None,
    issuer: Issuer = None,
    publish: Annotated[
        bool, typer.Option("--publish", help=words("Là niêm yết, công khai", "It is a publication"))
    ] = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Tell the voters of a hamlet and round of all that was answered, in one act."""

    def order(unit: Unit, setting: Setting, actor: Actor) -> PaperOrder:
        def read(written: str | None, field: str) -> date | None:
            return read_day(written, field=field, today=unit.today) if written else None

        first, last = read(posted_from, "--posted-from"), read(posted_until, "--posted-until")
        return telling.order_of(
            unit,
            setting=setting,
            actor=actor,
            contact_round=contact_round,
            locality=locality,
            on=read_day_or_unknown(on, field="--on", today=unit.today),
            values={"via": via.value, "note": note, "posted_from": first, "posted_until": last},
            slip=_slip(number=number, issued_on=read(day, "--date"), issuer=issuer),
            publish=publish,
        )

    _do(ctx, order, dry_run=dry_run, json=json)


@app.command(help=words("Bàn giao mọi việc đang mở cho người khác", "Hand all open work over to another person"))
def handover(
    ctx: typer.Context,
    giver: Annotated[str, typer.Argument(metavar="FROM", help=words("Người giao (tài khoản)", "Giver (login)"))],
    receiver: Annotated[str, typer.Argument(metavar="TO", help=words("Người nhận (tài khoản)", "Receiver (login)"))],
    on: On = None,
    number: Number = None,
    day: Day = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Move every open case that a person follows to another, with the minutes as its paper."""

    def order(unit: Unit, setting: Setting, actor: Actor) -> PaperOrder:
        issued = read_day(day, field="--date", today=unit.today) if day else None
        return handing_over.order_of(
            unit,
            setting=setting,
            actor=actor,
            giver=giver,
            receiver=receiver,
            on=read_day_or_unknown(on, field="--on", today=unit.today),
            slip=_slip(number=number, issued_on=issued),
        )

    _do(ctx, order, dry_run=dry_run, json=json)


Ordering = Callable[[Unit, Setting, Actor], PaperOrder]


def _do(ctx: typer.Context, order: Ordering, *, dry_run: bool, json: bool) -> None:
    """Preview or register a paper and print what came of it; refused rows end with 1."""
    with desk(ctx) as at:
        report = _previewed(at, order) if dry_run else _enacted(at, order)
        if json:
            as_json(view_of(report))
        else:
            show_report(at, report)
        if report.is_refused and not dry_run:
            complain(
                words(
                    "Chưa ghi gì: sửa các dòng trên, hoặc thêm --partial để ghi các dòng làm được",
                    "Nothing was written: mend these rows, or add --partial to do the others",
                )
            )
            raise typer.Exit(1)


def _previewed(at: Desk, order: Ordering) -> PaperReport:
    with at.reading() as (unit, actor):
        setting = at.council(unit, actor)
        return enacting.preview(unit, setting=setting, order=order(unit, setting, actor))


def _enacted(at: Desk, order: Ordering) -> PaperReport:
    with at.writing() as (unit, actor):
        setting = at.council(unit, actor)
        return enacting.enact(unit, setting=setting, order=order(unit, setting, actor))


def _slip(**said: Any) -> DocumentSlip | None:
    """Return the slip of what was said about the paper, None when nothing was.

    Raises: BadInput.
    """
    from pydantic import ValidationError  # noqa: PLC0415 - a command that fails says so in our words

    given = {name: value for name, value in said.items() if value not in (None, (), Secrecy.NONE)}
    try:
        return DocumentSlip(**given) if given else None
    except ValidationError as error:
        raise BadInput(problems_of(DocumentSlip, error)) from None


def _recipients(written: list[str] | None) -> tuple[Recipient, ...]:
    """Return the recipients written as "Thường trực Đảng ủy; b/c".

    Raises: BadInput for an empty one.
    """
    found = []
    for line in written or ():
        name, _, note = (part.strip() for part in line.partition(";"))
        if not name:
            raise BadInput({"--to": Text("«Nơi nhận» chưa nhập", "“Recipient” is empty")})
        found.append(Recipient(name=name, note=note or None))
    return tuple(found)
