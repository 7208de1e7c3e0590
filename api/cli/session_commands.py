"""Commands on sessions of the council: add one, move its dates, list them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, cast, get_args

import typer

from api.cli.carried_page import show_carried
from api.cli.desk import Desk, desk, read_day
from api.cli.moved_dates import show_moves
from api.cli.options import Json
from api.cli.root import app
from api.cli.speaking import as_json, day, table, words
from states.errors import BadInput
from states.text import Text
from states.vocabulary import SessionKind
from workflows import agenda as agendas
from workflows import carrying, sessions
from workflows.agenda import Agenda
from workflows.carrying import Knowing
from workflows.councils import SessionSpec
from workflows.sessions import SessionMoved

group = typer.Typer(no_args_is_help=True, help=words("Kỳ họp", "Sessions of the council"))
app.add_typer(group, name="session")

Code = Annotated[str, typer.Argument(metavar="CODE", help=words("Mã kỳ họp", "Code of the session"))]
Opening = Annotated[str | None, typer.Option(metavar="DD/MM/YYYY", help=words("Khai mạc", "Opening day"))]
Closing = Annotated[str | None, typer.Option(metavar="DD/MM/YYYY", help=words("Bế mạc", "Closing day"))]


@group.command("list", help=words("Các kỳ họp", "List the sessions"))
def listed(ctx: typer.Context, json: Json = False) -> None:
    """Print the council's sessions, the last one first."""
    with desk(ctx) as at, at.reading() as (unit, actor):
        found = sessions.listed(unit, setting=at.council(unit, actor))
        if json:
            as_json(found)
            return
        table(
            [words("Mã", "Code"), words("Tên", "Name"), words("Loại", "Kind"), words("Khai mạc", "Opening"),
             words("Bế mạc", "Closing"), words("Lần đặt ngày", "Times dated")],
            [
                (s["code"], s["name"], at.read(SessionKind(s["kind"]).label), day(s["opening_on"]),
                 day(s["closing_on"]), str(s["revision"]))
                for s in found
            ],
        )  # fmt: skip


@group.command(help=words("Thêm kỳ họp", "Add a session"))
def add(
    ctx: typer.Context,
    code: Code,
    name: Annotated[str, typer.Argument(metavar="NAME", help=words("Tên", "Name"))],
    kind: Annotated[SessionKind, typer.Option(help=words("Loại", "Kind"))] = SessionKind.REGULAR,
    opening: Opening = None,
    closing: Closing = None,
) -> None:
    """Add a session; its dates may be unknown yet."""
    with desk(ctx) as at:
        with at.writing() as (unit, actor):
            spec = SessionSpec(
                code=code, name=name, kind=kind, opening_on=_read(opening, "--opening", unit.today),
                closing_on=_read(closing, "--closing", unit.today),
            )  # fmt: skip
            sessions.add(unit, setting=at.council(unit, actor), session=spec, actor=actor)
        at.say(f"Đã thêm kỳ họp {code}.", f"Added session {code}.")


@group.command(help=words("Đổi ngày kỳ họp; thời hạn dựa vào đó được tính lại", "Move a session; clocks follow"))
def move(
    ctx: typer.Context,
    code: Code,
    opening: Opening = None,
    closing: Closing = None,
    reason: Annotated[str, typer.Option(help=words("Lý do", "Reason"))] = "",
    on: Annotated[
        str | None, typer.Option(metavar="DD/MM/YYYY", help=words("Ngày quyết định", "Day of the decision"))
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=words("Chỉ xem trước", "Preview only"))] = False,
    json: Json = False,
) -> None:
    """Give a session other dates; a date that is not named stays, "unknown" takes it away."""
    with desk(ctx) as at:
        if dry_run:
            with at.reading() as (unit, actor):
                setting = at.council(unit, actor)
                now = next(iter(sessions.history(unit, setting=setting, code=code)[-1:]))
                dates = _dates(opening, closing, now, unit.today)
                moves = sessions.preview(unit, setting=setting, code=code, opening_on=dates[0], closing_on=dates[1])
            show_moves(at, moves, json=json, done=False)
            return
        with at.writing() as (unit, actor):
            setting = at.council(unit, actor)
            now = sessions.history(unit, setting=setting, code=code)[-1]
            dates = _dates(opening, closing, now, unit.today)
            done = sessions.move(
                unit, setting=setting, code=code, opening_on=dates[0], closing_on=dates[1], reason=reason, actor=actor,
                on=_read(on, "--on", unit.today),
            )  # fmt: skip
        _show(at, done, json=json)


@group.command("carried-over", help=words("Danh mục tồn đọng, chuyển kỳ sau", "What the session carries over"))
def carried_over(
    ctx: typer.Context,
    code: Code,
    known: Annotated[
        str, typer.Option(help=words("then: theo sổ vào ngày đó; now: biết đến nay", "As known then or now"))
    ] = "then",
    json: Json = False,
) -> None:
    """Print the petitions open at the end of the closing day; before it, what would be carried over today."""
    with desk(ctx) as at:
        with at.reading() as (unit, actor):
            found = carrying.carried_over(
                unit, setting=at.council(unit, actor), actor=actor, session=code, knowing=_knowing(known)
            )
        if json:
            as_json(found)
        else:
            show_carried(at, found)


@group.command(help=words("Chương trình kỳ họp: hồ sơ đủ, thiếu, chậm", "The agenda: files whole, wanting, late"))
def agenda(ctx: typer.Context, code: Code, json: Json = False) -> None:
    """Print the items of a session in their order, and whether the file of each came in time."""
    with desk(ctx) as at:
        with at.reading() as (unit, actor):
            found = agendas.agenda(unit, setting=at.council(unit, actor), code=code, actor=actor)
        if json:
            as_json(found)
        else:
            _show_agenda(at, found)


def _show_agenda(at: Desk, found: Agenda) -> None:
    table(
        ["TT", words("Mã", "Code"), words("Nội dung", "Item"), words("Cơ quan trình", "Submits"),
         words("Ban thẩm tra", "Verifies"), words("Trạng thái", "State"), words("Hạn gửi", "Due"),
         words("Nhận đủ", "Received"), words("Chậm (ngày)", "Days late")],
        [
            (str(item.ordinal or ""), item.code, item.text or "", item.agency.code if item.agency else "",
             item.committee.code if item.committee else "", at.read(item.state.label), day(item.due_on),
             day(item.received_on), str(item.days_late or ""))
            for item in found.items
        ],
        title=f"{found.name}, {day(found.opening_on)}",
    )  # fmt: skip
    at.say(f"{found.sentence.vi}.", f"{found.sentence.en}.")


def _knowing(written: str) -> Knowing:
    if written not in get_args(Knowing):
        raise BadInput({"--known": Text("«--known» là then hoặc now", "“--known” is then or now")})
    return cast("Knowing", written)


def _dates(
    opening: str | None, closing: str | None, now: dict[str, object], today: date
) -> tuple[date | None, date | None]:
    """Return the new dates. A session that would open after its closing day needs the new closing day too."""
    first = _date_of(now["opening_on"]) if opening is None else _read(opening, "--opening", today)
    last = _date_of(now["closing_on"]) if closing is None else _read(closing, "--closing", today)
    if closing is None and first is not None and last is not None and last < first:
        raise BadInput(
            {
                "closing": Text(
                    f"Ngày bế mạc đang là {last:%d/%m/%Y}, trước ngày khai mạc mới; nhập --closing (hoặc unknown)",
                    f"The session closes on {last:%d/%m/%Y}, before the new opening; give --closing (or unknown)",
                )
            }
        )
    return first, last


def _date_of(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _read(written: str | None, field: str, today: date) -> date | None:
    if written is None or written.strip().lower() in {"unknown", "chưa rõ"}:
        return None
    return read_day(written, field=field, today=today)


def _show(at: Desk, done: SessionMoved, *, json: bool) -> None:
    if json:
        as_json(done)
        return
    before, after = day(done.before[0]) or "?", day(done.after[0]) or "?"
    at.say(f"{done.code}: khai mạc {before} → {after}.", f"{done.code}: opening {before} → {after}.")
    show_moves(at, done.moves, json=False, done=True)
