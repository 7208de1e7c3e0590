"""What the machine suggests: proposals on cases and groups for questioning, listed, taken, declined."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import typer

from api.cli import entering
from api.cli.case_commands import Issuer, On, Paper, Sets, Signer
from api.cli.case_lists import show_moved
from api.cli.desk import desk, read_day_or_unknown, read_id
from api.cli.options import Json
from api.cli.paper_pages import show_report
from api.cli.root import app
from api.cli.speaking import as_json, instant, table, words
from states.errors import BadInput
from states.text import Text
from states.vocabulary import ProposalState
from workflows import access, proposals, question_groups
from workflows.enacting.views import view_of
from workflows.orders import Order
from workflows.paging import MOST
from workflows.proposals import ProposalView

proposal = typer.Typer(no_args_is_help=True, help=words("Đề xuất của hệ thống", "What the machine proposes"))
group = typer.Typer(no_args_is_help=True, help=words("Nhóm vấn đề chất vấn", "Groups for questioning"))
app.add_typer(proposal, name="proposal")
app.add_typer(group, name="question-group")

State = Annotated[ProposalState, typer.Option("--state", help=words("Trạng thái", "State"))]
Which = Annotated[str, typer.Argument(metavar="ID", help=words("Số của đề xuất, như trong danh sách", "As listed"))]
Reason = Annotated[str, typer.Option("--why", help=words("Lý do không chấp thuận", "Reason"))]


@proposal.command("list", help=words("Các đề xuất, cũ trước", "List proposals, oldest first"))
def list_proposals(
    ctx: typer.Context,
    state: State = ProposalState.OPEN,
    case: Annotated[str | None, typer.Option(metavar="CODE", help=words("Của hồ sơ", "Of the case"))] = None,
    json: Json = False,
) -> None:
    """Print the proposals on cases that the person may see."""
    with desk(ctx) as at:
        with at.reading() as (unit, actor):
            found: list[ProposalView] = []
            cursor = None
            while True:
                page = proposals.listed(unit, actor=actor, code=case, state=state, cursor=cursor, limit=MOST)
                found += page.items
                cursor = page.next
                if cursor is None:
                    break
        if json:
            as_json(found)
            return
        decided = state is not ProposalState.OPEN
        heads = [words("Số", "Id"), words("Hồ sơ", "Case"), words("Việc", "What"), words("Vì sao", "Why")]
        rows = [[str(f.id), f.case, at.read(f.trigger.label), at.read(f.sentence)] for f in found]
        if decided:
            heads += [words("Quyết định", "Decided"), words("Lý do", "Reason")]
            rows = [[*row, at.read(decision(f)), f.reason or ""] for row, f in zip(rows, found, strict=True)]
        table(heads, rows)


@proposal.command(help=words("Làm việc được đề xuất", "Do what is proposed"))
def take(
    ctx: typer.Context,
    which: Which,
    on: On = None,
    values: Sets = None,
    document: Paper = None,
    issuer: Issuer = None,
    signer: Signer = None,
    json: Json = False,
) -> None:
    """Make the move that is proposed; it is done, or refused with every condition that fails."""
    with desk(ctx) as at:
        with at.writing() as (unit, actor):
            found = proposals.one(unit, proposal=_id(which), actor=actor)
            seen = access.case(unit, code=found.case, actor=actor)
            row = entering.row_of(seen, found.trigger.code, of_referral=found.referral is not None)
            order = Order(
                found.trigger.code,
                actor,
                read_day_or_unknown(on, field="--on", today=unit.today),
                entering.values_of(row, values or [], today=unit.today),
                document=entering.paper(document, issuer, signer, today=unit.today),
            )
            moved = proposals.take(unit, proposal=found.id, order=order)
        show_moved(at, moved, json=json)


@proposal.command(help=words("Không chấp thuận một đề xuất", "Decline a proposal"))
def decline(ctx: typer.Context, which: Which, why: Reason, json: Json = False) -> None:
    """Turn a proposal down, with the reason."""
    with desk(ctx) as at:
        with at.writing() as (unit, actor):
            done = proposals.decline(unit, proposal=_id(which), actor=actor, reason=why)
        if json:
            as_json(done)
        else:
            at.say(f"{done.case}: không chấp thuận.", f"{done.case}: declined.")


@group.command("list", help=words("Các nhóm vấn đề được đề xuất chất vấn", "List groups proposed for questioning"))
def list_groups(
    ctx: typer.Context,
    state: Annotated[ProposalState | None, typer.Option("--state", help=words("Trạng thái", "State"))] = None,
    json: Json = False,
) -> None:
    """Print the groups of the council, the newest session first."""
    with desk(ctx) as at:
        with at.reading() as (unit, actor):
            found = question_groups.listed(unit, setting=at.council(unit, actor), actor=actor, state=state)
        if json:
            as_json(found)
            return
        table(
            [words("Số", "Id"), words("Kỳ họp", "Session"), words("Nhóm", "Group"), words("Còn chậm", "Still late"),
             words("Đã xong", "Settled"), words("Trạng thái", "State")],
            [
                (str(g.id), g.session, at.read(g.subject), ", ".join(g.cases), str(g.settled), at.read(g.state.label))
                for g in found
            ],
        )  # fmt: skip


@group.command("take", help=words("Đưa nhóm vào chất vấn", "Put a group into the questions"))
def take_group(
    ctx: typer.Context,
    which: Which,
    on: On = None,
    document: Paper = None,
    issuer: Issuer = None,
    signer: Signer = None,
    json: Json = False,
) -> None:
    """Put the group into the questions of its session: every late case of it says so."""
    with desk(ctx) as at:
        with at.writing() as (unit, actor):
            done = question_groups.take(
                unit,
                setting=at.council(unit, actor),
                group=_id(which),
                actor=actor,
                on=read_day_or_unknown(on, field="--on", today=unit.today),
                slip=entering.paper(document, issuer, signer, today=unit.today),
            )
        if json:
            as_json(view_of(done))
        else:
            show_report(at, done)


@group.command("decline", help=words("Không đưa nhóm vào chất vấn", "Decline a group"))
def decline_group(ctx: typer.Context, which: Which, why: Reason, json: Json = False) -> None:
    """Turn a group down, with the reason."""
    with desk(ctx) as at:
        with at.writing() as (unit, actor):
            setting = at.council(unit, actor)
            done = question_groups.decline(unit, setting=setting, group=_id(which), actor=actor, reason=why)
        if json:
            as_json(done)
        else:
            at.say(f"{done.subject.vi}: không chấp thuận.", f"{done.subject.en}: declined.")


def decision(one: ProposalView) -> Text:
    """Return who decided, who recorded it and when."""
    body = one.decided_body.name if one.decided_body else ""
    who = one.decided_by.name if one.decided_by else ""
    when = f" {instant(one.decided_at)}" if one.decided_at else ""
    vi, en = (f"{body}, ghi: {who}", f"{body}, recorded by {who}") if who else (body, body)
    return Text(f"{vi}{when}", f"{en}{when}")


def _id(written: str) -> UUID:
    unknown = Text(f"«{written}» không phải số của đề xuất", f"“{written}” is not the id of a proposal")
    return read_id(written, otherwise=BadInput({"id": unknown}))
