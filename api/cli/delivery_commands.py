"""`dondoc deliver` and `dondoc notice`: letters sent, listed, previewed, tried again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated
from uuid import UUID

import typer

from api.channels import channels_of, is_set_up
from api.cli.case_commands import Code
from api.cli.desk import desk, read_id
from api.cli.options import Json
from api.cli.root import app
from api.cli.speaking import as_json, clean, complain, day, instant, table, words
from states.alerting import MessageState
from states.errors import BadInput, NotFound
from states.text import Text
from workflows import delivering
from workflows.delivering import messages, previewing
from workflows.delivering.messages import MessageView

group = typer.Typer(no_args_is_help=True, help=words("Thư nhắc: tình trạng, danh sách, xem trước", "Letters"))
app.add_typer(group, name="notice")

NO_MAIL = Text(
    "Chưa đặt máy chủ thư (DONDOC_SMTP_HOST): thư chờ, hộp thư vẫn nhận.",
    "No mail server is set (DONDOC_SMTP_HOST): letters wait, inboxes are filled.",
)


@app.command(help=words("Báo những việc đến lúc báo, gửi thư, một lần", "Tell what is due and send letters, once"))
def deliver(ctx: typer.Context, json: Json = False) -> None:
    """Resolve notices into inboxes and letters and send what may be sent now; `dondoc timekeeper` does it by itself."""
    with desk(ctx) as at:
        done = delivering.deliver(at.database, channels_of(at.settings), public_url=at.settings.public_url)
        if json:
            as_json(done)
            return
        at.say(
            f"Đã báo {done.told} việc ({done.settled} đã xong, {done.untold} không có ai để báo); thư: {done.sent} đã"
            f" gửi, {done.put_off} gửi lại sau, {done.untried} chưa gửi, {done.dropped} không cần gửi,"
            f" {done.dead} không gửi được.",
            f"Told {done.told} ({done.settled} settled, {done.untold} without anybody to tell); letters: {done.sent}"
            f" sent, {done.put_off} put off, {done.untried} untried, {done.dropped} dropped, {done.dead} dead.",
        )
        if not is_set_up(at.settings):
            complain(at.read(NO_MAIL))


@group.command("list", help=words("Danh sách thư, mới nhất trước", "List letters, newest first"))
def listed(
    ctx: typer.Context,
    state: Annotated[MessageState | None, typer.Option(help=words("Trạng thái", "State"))] = None,
    limit: Annotated[int, typer.Option(min=1, max=200, help=words("Số dòng", "Rows"))] = 50,
    json: Json = False,
) -> None:
    """Print the letters of the councils in whose charge the person is."""
    with desk(ctx) as at, at.reading() as (unit, actor):
        found = messages.listed(unit, actor=actor, state=state, limit=limit)
        if json:
            as_json(found)
            return
        headings = (
            Text("Thư", "Letter"), Text("Gửi", "To"), Text("Ngày", "Day"), Text("Trạng thái", "State"),
            Text("Việc", "Items"), Text("Lần thử", "Tries"), Text("Vì sao", "Why"),
        )  # fmt: skip
        rows = [
            (str(m.id), f"{m.to} ({m.name})", day(m.digest_on), at.read(m.state.label), str(m.items), str(m.attempts),
             _why(m, at.read))
            for m in found.items
        ]  # fmt: skip
        table([at.read(heading) for heading in headings], rows)


@group.command(help=words("Việc gửi thư đang thế nào", "How delivery stands"))
def status(ctx: typer.Context, json: Json = False) -> None:
    """Print what waits, what is dead and when delivery last ran; exit 1 when somebody must look at it."""
    with desk(ctx) as at, at.reading() as (unit, actor):
        messages.require_in_charge(actor)
        found = messages.status(unit, set_up=is_set_up(at.settings))
        if json:
            as_json(found)
        else:
            ran = instant(found.last_run) if found.last_run else words("chưa lần nào", "never")
            since = f" ({instant(found.oldest)})" if found.oldest else ""
            at.say(f"Lần chạy cuối: {ran}", f"Last run: {ran}")
            at.say(
                f"Thư: {found.waiting} chờ, trong đó {found.due} đến giờ{since}; {found.sent} đã gửi;"
                f" {found.dead} không gửi được.",
                f"Letters: {found.waiting} wait, {found.due} of them due{since}; {found.sent} sent; {found.dead} dead.",
            )
            at.say(
                f"Thông báo: {found.unresolved} chưa xử lý, {found.untold} không có ai để báo.",
                f"Notices: {found.unresolved} not resolved, {found.untold} without anybody to tell.",
            )
            if not found.set_up:
                complain(at.read(NO_MAIL))
    if found.dead or found.untold:
        raise typer.Exit(1)


@group.command(help=words("Xem trước thư về một hồ sơ, không ghi gì", "Preview the letter about a case"))
def preview(
    ctx: typer.Context,
    code: Code,
    html: Annotated[bool, typer.Option("--html", help=words("Bản HTML", "The HTML part"))] = False,
) -> None:
    """Print the letter that the person would get about a case today; nothing is written."""
    with desk(ctx) as at, at.reading() as (unit, actor):
        language, url = at.wish.language, at.settings.public_url
        made = previewing.preview(unit, code=code, actor=actor, language=language, public_url=url)
        if html:
            typer.echo(clean(made.html))
            return
        typer.echo(clean(made.subject))
        typer.echo("")
        typer.echo(clean(made.text), nl=False)


@group.command(help=words("Gửi lại thư không gửi được", "Try dead letters again"))
def retry(
    ctx: typer.Context,
    letter: Annotated[str | None, typer.Argument(metavar="[ID]", help=words("Thư nào", "Which letter"))] = None,
    everything: Annotated[bool, typer.Option("--all", help=words("Mọi thư không gửi được", "All dead ones"))] = False,
) -> None:
    """Let a letter, or all dead ones, be tried at once and again for 72 hours."""
    if (letter is None) != everything:
        raise BadInput({"ID": Text("Nêu một thư, hoặc --all", "Name a letter, or --all")})
    with desk(ctx) as at:
        with at.writing() as (unit, actor):
            if letter is None:
                messages.require_in_charge(actor)
                count = messages.retry_all(unit, actor=actor)
            else:
                messages.retry(unit, message=_key(letter), actor=actor)
                count = 1
        at.say(f"{count} thư sẽ gửi lại ở lần chạy tới.", f"{count} letters will be tried in the next round.")


def _key(written: str) -> UUID:
    return read_id(written, otherwise=NotFound(Text(f"Không có thư {written}", f"There is no letter {written}")))


def _why(message: MessageView, read: Callable[[Text], str]) -> str:
    said = [read(message.trouble.label) if message.trouble is not None else "", message.error or ""]
    return ": ".join(filter(None, said))
