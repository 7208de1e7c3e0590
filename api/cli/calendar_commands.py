"""Commands on the calendar: the days that are not ordinary, and new announcements."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from api.cli.desk import desk, read_day
from api.cli.moved_dates import show_moves
from api.cli.options import Json
from api.cli.root import app
from api.cli.speaking import as_json, day, table, words
from deadlines.announcements import Announcement
from states.reckoning import AnnouncementKind, AnnouncementStatus
from states.text import Text
from workflows import announcing, catalogues


class YearFirst(TyperGroup):
    """Takes `calendar 2026` as `calendar show 2026`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Show a year unless a command is named."""
        return super().parse_args(ctx, ["show", *args] if not args or args[0].isdecimal() else args)


group = typer.Typer(cls=YearFirst, help=words("Lịch ngày nghỉ, ngày làm bù", "Days off and days worked in exchange"))
app.add_typer(group, name="calendar")


@group.command(help=words("Ngày nghỉ và ngày làm bù của một năm", "The days of a year that are not ordinary"))
def show(
    ctx: typer.Context,
    year: Annotated[int | None, typer.Argument(metavar="YEAR", help=words("Năm", "Year"))] = None,
    json: Json = False,
) -> None:
    """Print the days off and the Saturdays worked of a year, this one if none is named."""
    with desk(ctx) as at, at.reading() as (unit, _):
        found = catalogues.year(unit, year=year or unit.today.year)
        if json:
            as_json(found)
            return
        table(
            [words("Ngày", "Day"), "", words("Tên", "Name"), words("Nguồn", "Source"), words("Mức", "Status")],
            [
                (day(d.day), words("làm việc", "worked") if d.working else words("nghỉ", "off"), at.read(d.name),
                 d.source, at.read(d.status.label))
                for d in found.days
            ],
        )  # fmt: skip
        if found.provisional:
            at.say(
                f"Năm {found.year} chưa có thông báo nghỉ Tết: mọi hạn trong năm còn tạm.",
                f"{found.year} is provisional: its Tết is not announced yet.",
            )


@group.command(help=words("Nhập thông báo ngày nghỉ hoặc ngày làm bù", "Enter an announcement"))
def add(
    ctx: typer.Context,
    first: Annotated[str, typer.Argument(metavar="DD/MM/YYYY", help=words("Ngày, hoặc ngày đầu", "Day, or first"))],
    name: Annotated[str, typer.Option(help=words("Tên, ví dụ «Nghỉ Tết Nguyên đán»", "Name"))],
    source: Annotated[str, typer.Option(help=words("Văn bản công bố: số, ngày", "The announcing paper"))],
    last: Annotated[str | None, typer.Option("--to", metavar="DD/MM/YYYY", help=words("Đến ngày", "Last day"))] = None,
    name_en: Annotated[str | None, typer.Option(help=words("Tên tiếng Anh", "English name"))] = None,
    worked: Annotated[bool, typer.Option("--worked", help=words("Là ngày làm bù", "Worked in exchange"))] = False,
    provisional: Annotated[bool, typer.Option("--provisional", help=words("Mới là dự kiến", "Provisional"))] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=words("Chỉ xem trước", "Preview only"))] = False,
    json: Json = False,
) -> None:
    """Put an announcement into force; open due dates follow, and how many move is said (before, with --dry-run)."""
    with desk(ctx) as at:
        if dry_run:
            with at.reading() as (unit, _):
                rows = _announced(first, last, (name, name_en), source, unit.today, worked=worked, sure=not provisional)
                moves = announcing.preview(unit, announced=rows)
            show_moves(at, moves, json=json, done=False)
            return
        with at.writing() as (unit, actor):
            rows = _announced(first, last, (name, name_en), source, unit.today, worked=worked, sure=not provisional)
            done = announcing.announce(unit, announced=rows, actor=actor)
        if not json:
            counted = Counter(move.code for move in done.moves)
            at.say(
                f"Lịch mới {done.version}; {len(counted)} hồ sơ.", f"New calendar {done.version}; {len(counted)} cases."
            )
        show_moves(at, done.moves, json=json, done=True)


def _announced(
    first: str, last: str | None, name: tuple[str, str | None], source: str, today: date, *, worked: bool, sure: bool
) -> list[Announcement]:
    begin = read_day(first, field="from", today=today)
    end = begin if last is None else read_day(last, field="--to", today=today)
    kind = AnnouncementKind.WORKED if worked else AnnouncementKind.OFF
    status = AnnouncementStatus.ANNOUNCED if sure else AnnouncementStatus.PROVISIONAL
    said = Text(name[0], name[1] or name[0])
    return [Announcement(one, kind, said, source, status) for one in announcing.span(begin, end)]
