"""`dondoc inbox`, `dondoc notices`, `dondoc contact`: what one is told, how, and whom to write to in an agency."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Annotated, Literal
from uuid import UUID

import typer

from api.cli.desk import Desk, desk, read_id
from api.cli.options import Json
from api.cli.root import app
from api.cli.speaking import as_json, clean, instant, table, words
from states.errors import BadInput
from states.text import Text
from workflows.delivering import choosing, contacts, inboxes
from workflows.delivering.choosing import Wishes
from workflows.delivering.contacts import Named
from workflows.delivering.inboxes import InboxView

wishes_group = typer.Typer(no_args_is_help=True, help=words("Cách nhận nhắc việc của mình", "How one is told"))
contact_group = typer.Typer(no_args_is_help=True, help=words("Đầu mối nhận thư của cơ quan", "Contacts of agencies"))
app.add_typer(wishes_group, name="notices")
app.add_typer(contact_group, name="contact")
_EVERYTHING = "all"


@app.command(help=words("Hộp thư: việc được báo, mới nhất trước", "The inbox, newest first"))
def inbox(
    ctx: typer.Context,
    unread: Annotated[bool, typer.Option("--unread", help=words("Chỉ việc chưa đọc", "Unread ones only"))] = False,
    mark: Annotated[
        list[str] | None,
        typer.Option("--read", metavar="ID|all", help=words("Đánh dấu đã đọc (nhiều lần)", "Mark as read")),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=200, help=words("Số dòng", "Rows"))] = 20,
    json: Json = False,
) -> None:
    """Print what the person was told, or mark it as read."""
    with desk(ctx) as at, at.writing() as (unit, actor):  # writing: an operator has an inbox from the first use on
        if mark:
            everything = _EVERYTHING in mark
            items = [] if everything else [_key(written) for written in mark]
            done = inboxes.read(unit, actor=actor, items=items, everything=everything)
            at.say(f"Đã đọc {done.read}, còn {done.unread} chưa đọc.", f"{done.read} read, {done.unread} left.")
            return
        found = inboxes.listed(unit, actor=actor, unread=unread, limit=limit)
        if json:
            as_json(found)
            return
        for item in found.items:
            _show(at, item)
        at.say(f"{found.total} việc chưa đọc.", f"{found.total} unread.")


def _show(at: Desk, item: InboxView) -> None:
    sign = "·" if item.read_at else "●"
    code = f"{item.case}: " if item.case else ""
    typer.echo(clean(f"{sign} {code}{at.read(item.what)}"))
    if item.text:
        typer.echo(clean(f"    {item.text}"))
    if item.settled is not None:
        typer.echo(clean(f"    {at.read(item.settled)}"))
    elif item.due is not None and item.standing is not None:
        typer.echo(clean(f"    {at.read(item.due)} ({at.read(item.standing)})"))
    if item.settled is None:
        typer.echo(clean(f"    → {at.read(item.deed)}"))
    typer.echo(clean(f"    {instant(item.told_at)}  {item.id}"))


@wishes_group.command(help=words("Chọn giờ nhận, địa chỉ, ngôn ngữ, người nhận thay", "Choose hour, address, language"))
def choose(
    ctx: typer.Context,
    digest_at: Annotated[
        str | None, typer.Option("--digest-at", metavar="HH:MM", help=words("Giờ nhận trong buổi sáng", "At what time"))
    ] = None,
    email: Annotated[
        str | None, typer.Option(help=words("Địa chỉ thư; «none»: không có", "Address; “none”: without"))
    ] = None,
    mail: Annotated[
        Literal["on", "off"] | None,
        typer.Option(help=words("Nhận thư; việc luật định vẫn gửi", "Letters; what the law demands is still written")),
    ] = None,
    language: Annotated[Literal["vi", "en"] | None, typer.Option(help=words("Ngôn ngữ", "Language"))] = None,
    redirect_to: Annotated[
        str | None,
        typer.Option(
            "--redirect-to",
            metavar="LOGIN",
            help=words("Người nhận thay; «none»: thôi", "Who instead; “none”: nobody"),
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Change how one's own account is told; what is not named stays."""
    with desk(ctx) as at:
        with at.writing() as (unit, actor):
            wishes = choosing.wishes_of(unit, actor=actor)
            if digest_at is not None:
                wishes = replace(wishes, digest_at=_clock(digest_at))
            if email is not None:
                wishes = replace(wishes, email=_unless_none(email))
            if redirect_to is not None:
                wishes = replace(wishes, redirect_to=_unless_none(redirect_to))
            wishes = replace(wishes, mail=wishes.mail if mail is None else mail == "on")
            wishes = replace(wishes, language=language or wishes.language)
            kept = choosing.choose(unit, actor=actor, wishes=wishes)
        _tell(at, kept, json=json)


@wishes_group.command(help=words("Xem cách nhận nhắc việc của mình", "Show how one is told"))
def show(ctx: typer.Context, json: Json = False) -> None:
    """Print how one's own account is told."""
    with desk(ctx) as at, at.writing() as (unit, actor):  # writing: an operator has an account from the first use on
        _tell(at, choosing.wishes_of(unit, actor=actor), json=json)


def _tell(at: Desk, wishes: Wishes, *, json: bool) -> None:
    if json:
        as_json(wishes)
        return
    address, other = wishes.email or "-", wishes.redirect_to or "-"
    hour = f"{wishes.digest_at:%H:%M}"
    at.say(
        f"Giờ nhận {hour}; thư {'gửi đến' if wishes.mail else 'tắt,'} {address}; người nhận thay: {other}.",
        f"At {hour}; mail {'to' if wishes.mail else 'off,'} {address}; redirected to: {other}.",
    )
    if not wishes.mail:
        at.say(
            "Việc luật hoặc quy chế buộc phải nhắc vẫn được gửi thư.",
            "What a law or a regulation demands is still sent by mail.",
        )


@contact_group.command("set", help=words("Đặt đầu mối nhận thư của cơ quan", "Name a contact of an agency"))
def set_(
    ctx: typer.Context,
    agency: Annotated[str, typer.Argument(metavar="AGENCY", help=words("Cơ quan (mã)", "Agency (code)"))],
    name: Annotated[str, typer.Option(help=words("Họ và tên", "Full name"))],
    email: Annotated[str, typer.Option(help=words("Địa chỉ thư", "Address"))],
    place: Annotated[int, typer.Option(min=1, max=2, help=words("1: đầu mối, 2: người thay", "2: the deputy"))] = 1,
) -> None:
    """Name the contact person of an agency, or the deputy: both get its reminders and need no account."""
    with desk(ctx) as at:
        with at.writing() as (unit, actor):
            setting = at.council(unit, actor)
            contacts.put(unit, setting=setting, actor=actor, agency=agency, named=[Named(place, name, email)])
        at.say(f"{agency.upper()}: {name} <{email}>.", f"{agency.upper()}: {name} <{email}>.")


@contact_group.command("list", help=words("Các đầu mối nhận thư", "List the contacts"))
def listed(
    ctx: typer.Context,
    agency: Annotated[str | None, typer.Option(help=words("Cơ quan (mã)", "Agency (code)"))] = None,
    json: Json = False,
) -> None:
    """Print whom letters of agencies go to."""
    with desk(ctx) as at, at.reading() as (unit, actor):
        found = contacts.listed(unit, setting=at.council(unit, actor), actor=actor, agency=agency)
        if json:
            as_json(found)
            return
        headings = [words("Cơ quan", "Agency"), "", words("Họ và tên", "Name"), words("Địa chỉ", "Address")]
        table(headings, [(c.agency, str(c.place), c.name, c.email) for c in found])


def _unless_none(written: str) -> str | None:
    return None if written.strip().lower() == "none" else written


def _clock(written: str) -> time:
    try:
        return time.fromisoformat(written)
    except ValueError:
        told = Text("«--digest-at» viết như 07:30", "“--digest-at” is written like 07:30")
        raise BadInput({"--digest-at": told}) from None


def _key(written: str) -> UUID:
    unknown = Text(f"Không có việc {written}", f"There is no item {written}")
    return read_id(written, otherwise=BadInput({"--read": unknown}))
