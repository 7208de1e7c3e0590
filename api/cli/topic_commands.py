"""Commands on topics: petitions of like content put side by side, none merged."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli.desk import Desk, desk, read_day_or_unknown
from api.cli.options import Json
from api.cli.root import app
from api.cli.speaking import as_json, day, table, words
from workflows import topics
from workflows.topics import TopicView

group = typer.Typer(no_args_is_help=True, help=words("Nhóm nội dung kiến nghị", "Topics of petitions"))
app.add_typer(group, name="topic")

Code = Annotated[str, typer.Argument(metavar="CODE", help=words("Mã nhóm nội dung", "Code of the topic"))]


@group.command(help=words("Các kiến nghị của một nhóm nội dung", "The petitions of a topic"))
def show(ctx: typer.Context, code: Code, json: Json = False) -> None:
    """Print a topic with its members and how many of them are in which state."""
    with desk(ctx) as at:
        with at.reading() as (unit, actor):
            found = topics.topic(unit, code=code, actor=actor)
        if json:
            as_json(found)
        else:
            _show(at, found)


@group.command(help=words("Xếp nhiều kiến nghị vào nhóm, tất cả hoặc không", "Put petitions into a topic, all or none"))
def gather(
    ctx: typer.Context,
    code: Code,
    petitions: Annotated[list[str], typer.Argument(metavar="PETITION…", help=words("Mã kiến nghị", "Petitions"))],
    on: Annotated[
        str | None, typer.Option(metavar="DD/MM/YYYY", help=words("Ngày; mặc định hôm nay", "Day; today"))
    ] = None,
) -> None:
    """Gather petitions; each stays a case of its own and may be in one topic at a time."""
    with desk(ctx) as at:
        with at.writing() as (unit, actor):
            when = read_day_or_unknown(on, field="--on", today=unit.today)
            moved = topics.gather(unit, topic=code, codes=petitions, actor=actor, on=when)
        at.say(f"Đã xếp {len(moved)} kiến nghị vào {code}.", f"Put {len(moved)} petitions into {code}.")


def _show(at: Desk, found: TopicView) -> None:
    at.say(f"{found.code}  {found.name or ''}", f"{found.code}  {found.name or ''}")
    table(
        [words("Mã", "Code"), words("Trạng thái", "State"), words("Nhận ngày", "Received"),
         words("Địa bàn", "Locality"), words("Số lần nêu", "Times raised"), words("Nội dung", "Text")],
        [
            (m.code, at.read(m.state.label), day(m.received_on), m.locality or "", str(m.times_raised), m.gist or "")
            for m in found.members
        ],
    )  # fmt: skip
    counts = [f"{at.read(line.label)} {line.number}" for line in found.states]
    said = f"{len(found.members)} = {' + '.join(counts)}" if counts else "0"
    at.say(
        f"Kiến nghị: {said}; {found.localities} địa bàn, {found.times_raised} lần nêu.",
        f"Petitions: {said}; {found.localities} localities, raised {found.times_raised} times.",
    )
