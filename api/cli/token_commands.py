"""Commands on personal tokens: issue, list, revoke."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import typer

from api.cli.desk import desk, read_id
from api.cli.options import Json
from api.cli.root import app
from api.cli.speaking import as_json, instant, table, words
from states.errors import BadInput, NotPermitted
from states.facts import Actor
from states.text import Text
from workflows import accounts, tokens

group = typer.Typer(no_args_is_help=True, help=words("Mã truy cập cá nhân", "Personal tokens"))
app.add_typer(group, name="token")


@group.command(help=words("Cấp mã truy cập, chỉ hiện một lần", "Issue a token, shown once"))
def issue(
    ctx: typer.Context,
    login: Annotated[str, typer.Argument(metavar="LOGIN", help=words("Tài khoản", "Account"))],
    name: Annotated[str, typer.Option(help=words("Tên gợi nhớ", "A name to know it by"))] = "cli",
    days: Annotated[int | None, typer.Option(help=words("Hiệu lực bao nhiêu ngày", "Days it lives"))] = None,
    json: Json = False,
) -> None:
    """Issue a token for an account; oneself, or anybody when working as the operator."""
    with desk(ctx) as at:
        with at.writing() as (unit, actor):
            account = accounts.account(unit, login=login).account
            _require_own(actor, account)
            wanted = min(at.settings.token_days, tokens.LONGEST_DAYS) if days is None else days
            made = tokens.issue(unit, account=account, name=name, days=wanted)
        if json:
            as_json({"id": made.id, "token": made.secret, "expires_at": made.expires_at})
            return
        typer.echo(made.secret)
        at.say(
            f"Mã này chỉ hiện một lần; hết hạn {instant(made.expires_at)}. Số: {made.id}",
            f"Shown this once only; it expires {instant(made.expires_at)}. Id: {made.id}",
        )


@group.command("list", help=words("Các mã đã cấp", "List tokens"))
def listed(ctx: typer.Context, json: Json = False) -> None:
    """Print tokens without their secrets: one's own, or all when working as the operator."""
    with desk(ctx) as at, at.reading() as (unit, actor):
        found = tokens.listed(unit, account=None if actor.operator else actor.account)
        if json:
            as_json(found)
            return
        table(
            [words("Số", "Id"), words("Tài khoản", "Account"), words("Tên", "Name"), words("Cấp lúc", "Issued"),
             words("Hết hạn", "Expires"), ""],
            [
                (str(t.id), t.login, t.name, instant(t.created_at), instant(t.expires_at),
                 words("dùng được", "live") if t.live else words("hết hiệu lực", "void"))
                for t in found
            ],
        )  # fmt: skip


@group.command(help=words("Thu hồi một mã", "Revoke a token"))
def revoke(
    ctx: typer.Context, number: Annotated[str, typer.Argument(metavar="ID", help=words("Số của mã", "Id of the token"))]
) -> None:
    """Close a token now."""
    with desk(ctx) as at:
        with at.writing() as (unit, actor):
            tokens.revoke(unit, token=_id(number), account=None if actor.operator else actor.account)
        at.say("Đã thu hồi.", "Revoked.")


def _id(written: str) -> UUID:
    unknown = Text(f"«{written}» không phải số của mã truy cập", f"“{written}” is no id")
    return read_id(written, otherwise=BadInput({"ID": unknown}))


def _require_own(actor: Actor, account: UUID) -> None:
    if not actor.operator and actor.account != account:
        raise NotPermitted(
            Text("Chỉ cấp được mã cho chính mình; người vận hành máy cấp cho người khác", "Only for oneself")
        )
