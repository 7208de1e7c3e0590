"""Commands on councils: set one up, look at it, its people and its agencies."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from api.cli.asking import ask_council
from api.cli.desk import Desk, desk, read_day
from api.cli.options import Json
from api.cli.root import app
from api.cli.speaking import as_json, day, table, words
from models.units import Unit
from states.errors import BadInput
from states.text import Text
from states.vocabulary import AgencyKind, Level, Role
from states.wording import problems_of
from workflows import agencies as bodies
from workflows import catalogues, council_sheets, councils, handing_over, meeting, sessions, staffing
from workflows.access import Setting
from workflows.catalogues import AgencyView
from workflows.councils import AgencySpec, CouncilSpec, PersonSpec
from workflows.views import Coded

group = typer.Typer(no_args_is_help=True, help=words("Hội đồng: lập, xem, cơ quan, con người", "Councils"))
bodies_group = typer.Typer(no_args_is_help=True, help=words("Cơ quan của hội đồng", "Agencies of the council"))
people_group = typer.Typer(no_args_is_help=True, help=words("Con người của hội đồng", "People of the council"))
group.add_typer(bodies_group, name="agencies")
group.add_typer(people_group, name="people")
app.add_typer(group, name="council")

Day = Annotated[str | None, typer.Option(metavar="DD/MM/YYYY")]


@group.command(
    help=words("Lập hội đồng: hỏi từng bước, hoặc từ một tệp XLSX", "Set up a council: guided, or from XLSX")
)
def create(
    ctx: typer.Context,
    code: Annotated[
        str | None, typer.Option(help=words("Mã, 2-12 chữ in hoa và số", "Code: 2-12 capitals, digits"))
    ] = None,
    name: Annotated[str | None, typer.Option(help=words("Tên hội đồng", "Name"))] = None,
    level: Annotated[Level, typer.Option(help=words("Cấp", "Level"))] = Level.COMMUNE,
    province: Annotated[str | None, typer.Option(help=words("Tỉnh, thành phố", "Province"))] = None,
    locality: Annotated[list[str] | None, typer.Option(help=words("Thôn (nhiều lần)", "Hamlet (repeatable)"))] = None,
    file: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FILE.xlsx",
            help=words(
                "Bảng tính có các trang Hội đồng, Cơ quan, Người, Địa bàn, Kỳ họp",
                "Workbook with sheets Council, Agencies, People, Localities, Sessions",
            ),
        ),
    ] = None,
) -> None:
    """Set up a council of one's own; without options every step is asked."""
    with desk(ctx) as at:
        with at.reading() as (reader, _):
            today = reader.today
        # Asked and read before the write unit opens: nobody waits for somebody who is still typing.
        if file is not None:
            spec = council_sheets.read_council(file, today=today)
        elif code is None and name is None:
            spec = ask_council(at.language, today=today)
        else:
            given = {"code": code, "name": name, "level": level, "province": province}
            named = {key: value for key, value in given.items() if value is not None}
            spec = _checked(CouncilSpec, named | {"localities": tuple(locality or ())})
        with at.writing() as (unit, actor):
            setting = councils.create(unit, spec=spec, actor=actor)
        at.say(f"Đã lập hội đồng {setting.council_code}: {spec.name}.", f"Set up {setting.council_code}: {spec.name}.")
        at.say(
            "Thời hạn đang theo mẫu; nạp quy chế của mình: dondoc regulation load TỆP.toml",
            "Time limits follow the sample; load your own regulation: dondoc regulation load FILE.toml",
        )
        for login in dict.fromkeys(person.login for person in spec.people if person.login):
            at.say(
                f"Mã truy cập cho {login}: dondoc token issue {login}",
                f"A token for {login}: dondoc token issue {login}",
            )


@group.command("list", help=words("Các hội đồng", "List the councils"))
def listed(ctx: typer.Context, json: Json = False) -> None:
    """Print the councils that the person belongs to."""
    with desk(ctx) as at, at.reading() as (unit, actor):
        found = catalogues.councils(unit, actor=actor)
        if json:
            as_json(found)
            return
        table(
            [words("Mã", "Code"), words("Tên", "Name"), words("Cấp", "Level"), words("Tỉnh", "Province"), ""],
            [
                (c.code, c.name, _label(at, c.level), c.province or "",
                 words("mẫu", "sample") if c.sample else "")
                for c in found
            ],
        )  # fmt: skip
        if not found:
            at.say("Chưa có hội đồng nào: dondoc council create", "No council yet: dondoc council create")


@group.command(help=words("Một hội đồng", "Show one council"))
def show(ctx: typer.Context, json: Json = False) -> None:
    """Print a council with its sessions, people and how many agencies and localities it has."""
    with desk(ctx) as at, at.reading() as (unit, actor):
        setting = at.council(unit, actor)
        page = _page(unit, setting)
        if json:
            as_json({"code": setting.council_code, **page})
            return
        own = [agency for agency in page["agencies"] if not agency.common]
        at.say(
            f"{setting.council_code}: {len(own)} cơ quan, {len(page['sessions'])} kỳ họp.",
            f"{setting.council_code}: {len(own)} agencies, {len(page['sessions'])} sessions.",
        )
        _show_people(at, page["people"])
        _show_agencies(at, own)


def _page(unit: Unit, setting: Setting) -> dict[str, Any]:
    return {
        "agencies": _all_agencies(unit, setting),
        "people": staffing.listed(unit, setting=setting),
        "localities": list(catalogues.localities(unit, setting=setting)),
        "sessions": sessions.listed(unit, setting=setting),
    }


@group.command(help=words("Ngày họp Thường trực, ngày tiếp công dân", "Days of the sitting and the reception"))
def days(
    ctx: typer.Context,
    sitting: Annotated[
        int | None, typer.Option(min=1, max=28, help=words("Ngày họp Thường trực trong tháng", "Sitting"))
    ] = None,
    reception: Annotated[
        int | None, typer.Option(min=1, max=28, help=words("Ngày tiếp công dân trong tháng", "Reception"))
    ] = None,
    json: Json = False,
) -> None:
    """Show the days of the month, or set them; reminders that wait for the sitting move with it."""
    with desk(ctx) as at:
        with at.writing() as (unit, actor):
            setting = at.council(unit, actor)
            found = meeting.choose(unit, setting=setting, actor=actor, sitting=sitting, reception=reception)
        if json:
            as_json(found)
            return
        at.say(
            f"Phiên họp Thường trực ngày {found.sitting}, tiếp công dân ngày {found.reception} hằng tháng;"
            " trúng ngày nghỉ thì dời đến ngày làm việc tiếp theo.",
            f"Sitting on the {found.sitting}th, reception on the {found.reception}th of each month;"
            " one on a day off moves to the next working day.",
        )


@app.command("agencies", help=words("Danh sách cơ quan", "List the agencies"))
@bodies_group.command("list", help=words("Danh sách cơ quan", "List the agencies"))
def agencies(
    ctx: typer.Context,
    everything: Annotated[
        bool, typer.Option("--all", help=words("Cả cơ quan dùng chung", "Also those common to all councils"))
    ] = False,
    json: Json = False,
) -> None:
    """Print the council's agencies with their validity and successors."""
    with desk(ctx) as at, at.reading() as (unit, actor):
        found = [a for a in _all_agencies(unit, at.council(unit, actor)) if everything or not a.common]
        if json:
            as_json(found)
        else:
            _show_agencies(at, found)


@bodies_group.command(help=words("Thêm cơ quan", "Add an agency"))
def add(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE")],
    name: Annotated[str, typer.Argument(metavar="NAME")],
    kind: Annotated[AgencyKind, typer.Option(help=words("Loại", "Kind"))] = AgencyKind.SPECIALIZED_AGENCY,
    level: Annotated[Level, typer.Option(help=words("Cấp", "Level"))] = Level.COMMUNE,
    alias: Annotated[
        list[str] | None, typer.Option(help=words("Tên khác (nhiều lần)", "Other name (repeatable)"))
    ] = None,
    since: Annotated[str | None, typer.Option("--from", metavar="DD/MM/YYYY", help=words("Từ ngày", "From"))] = None,
) -> None:
    """Add a body that answers to the council."""
    with desk(ctx) as at:
        with at.writing() as (unit, actor):
            spec = _checked(
                AgencySpec,
                {
                    "code": code, "name": name, "kind": kind, "level": level, "aliases": tuple(alias or ()),
                    "valid_from": read_day(since, field="--from", today=unit.today) if since else None,
                },
            )  # fmt: skip
            bodies.add(unit, setting=at.council(unit, actor), agency=spec, actor=actor)
        at.say(f"Đã thêm {code.upper()}: {name}.", f"Added {code.upper()}: {name}.")


@bodies_group.command(help=words("Cơ quan thôi hoạt động", "Close an agency"))
def close(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE")],
    on: Annotated[str, typer.Option(metavar="DD/MM/YYYY", help=words("Ngày cuối cùng hoạt động", "Its last day"))],
    successor: Annotated[str | None, typer.Option(metavar="CODE", help=words("Cơ quan kế thừa", "Successor"))] = None,
) -> None:
    """Close an agency; its cases, links and reports stay."""
    with desk(ctx) as at:
        with at.writing() as (unit, actor):
            last = read_day(on, field="--on", today=unit.today)
            done = bodies.close(
                unit, setting=at.council(unit, actor), code=code, last_day=last, actor=actor, successor=successor
            )
        _show_closed(at, [done])


@bodies_group.command(help=words("Gộp nhiều cơ quan vào một", "Merge agencies into one"))
def merge(
    ctx: typer.Context,
    codes: Annotated[list[str], typer.Argument(metavar="CODE…")],
    into: Annotated[str, typer.Option(metavar="CODE", help=words("Cơ quan nhận", "The one that goes on"))],
    on: Annotated[str, typer.Option(metavar="DD/MM/YYYY", help=words("Ngày cuối cùng hoạt động", "Their last day"))],
) -> None:
    """Close several agencies in favour of one, all or none."""
    with desk(ctx) as at:
        with at.writing() as (unit, actor):
            last = read_day(on, field="--on", today=unit.today)
            done = bodies.merge(
                unit, setting=at.council(unit, actor), codes=codes, into=into, last_day=last, actor=actor
            )
        _show_closed(at, done)


@people_group.command("list", help=words("Danh sách con người", "List the people"))
def people(ctx: typer.Context, json: Json = False) -> None:
    """Print who holds which role."""
    with desk(ctx) as at, at.reading() as (unit, actor):
        found = staffing.listed(unit, setting=at.council(unit, actor))
        if json:
            as_json(found)
        else:
            _show_people(at, found)


@people_group.command("add", help=words("Thêm người", "Add a person"))
def add_person(
    ctx: typer.Context,
    full_name: Annotated[str, typer.Argument(metavar="NAME")],
    agency: Annotated[str, typer.Option(metavar="CODE", help=words("Cơ quan (mã)", "Agency (code)"))],
    role: Annotated[Role, typer.Option(help=words("Vai trò", "Role"))],
    login: Annotated[str | None, typer.Option(help=words("Tài khoản", "Login"))] = None,
    capacity: Annotated[str | None, typer.Option(help=words("Chức vụ", "Capacity"))] = None,
) -> None:
    """Add a person with a role, and an account if a login is given."""
    with desk(ctx) as at:
        with at.writing() as (unit, actor):
            spec = _checked(
                PersonSpec,
                {"full_name": full_name, "agency": agency, "role": role, "login": login, "capacity": capacity},
            )
            staffing.add(unit, setting=at.council(unit, actor), person=spec, actor=actor)
        at.say(f"Đã thêm {full_name}.", f"Added {full_name}.")


@people_group.command("leave", help=words("Người thôi giữ việc", "A person leaves"))
def leave(
    ctx: typer.Context,
    login: Annotated[str, typer.Argument(metavar="LOGIN")],
    on: Annotated[str, typer.Option(metavar="DD/MM/YYYY", help=words("Ngày cuối", "Last day"))],
) -> None:
    """End every role of an account; what it recorded keeps its name."""
    with desk(ctx) as at:
        with at.writing() as (unit, actor):
            last = read_day(on, field="--on", today=unit.today)
            ended = staffing.leave(unit, setting=at.council(unit, actor), login=login, last_day=last, actor=actor)
        at.say(
            f"{login} thôi giữ {ended} việc từ sau {day(last)}.",
            f"{login} holds {ended} roles no more after {day(last)}.",
        )


@people_group.command("close", help=words("Đóng tài khoản", "Close an account"))
def close_account(
    ctx: typer.Context,
    login: Annotated[str, typer.Argument(metavar="LOGIN")],
) -> None:
    """Close an account that follows no open case; what it recorded keeps its name."""
    with desk(ctx) as at:
        with at.writing() as (unit, actor):
            handing_over.close_account(unit, setting=at.council(unit, actor), login=login, actor=actor)
        at.say(f"Đã đóng tài khoản {login}.", f"Closed the account {login}.")


def _all_agencies(unit: Unit, setting: Setting) -> list[AgencyView]:
    found: list[AgencyView] = []
    cursor: str | None = None
    while True:
        page = catalogues.agencies(unit, setting=setting, cursor=cursor)
        found += page.items
        if page.next is None:
            return found
        cursor = page.next


def _checked(model: type[Any], values: dict[str, Any]) -> Any:
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise BadInput(problems_of(model, error)) from None


def _label(at: Desk, value: Coded | None) -> str:
    return "" if value is None else at.read(value.label)


def _show_agencies(at: Desk, found: list[AgencyView]) -> None:
    table(
        [words("Mã", "Code"), words("Tên", "Name"), words("Loại", "Kind"), words("Từ", "From"), words("Đến", "To"),
         words("Kế thừa", "Successor")],
        [
            (a.code, a.name, _label(at, a.kind), day(a.valid_from), day(a.valid_to), a.successor or "")
            for a in found
        ],
    )  # fmt: skip


def _show_people(at: Desk, found: list[staffing.Held]) -> None:
    table(
        [words("Họ và tên", "Name"), words("Cơ quan", "Agency"), words("Vai trò", "Role"), words("Chức vụ", "Capacity"),
         words("Tài khoản", "Login"), words("Từ", "From"), words("Đến", "To")],
        [
            (p.full_name, p.agency, at.read(p.role.label), p.capacity or "", p.login or "", day(p.valid_from),
             day(p.valid_to))
            for p in found
        ],
    )  # fmt: skip


def _show_closed(at: Desk, done: list[bodies.Closed]) -> None:
    for one in done:
        said = day(one.last_day)
        heir = Text(f"; {one.successor} kế thừa", f"; {one.successor} goes on") if one.successor else Text("", "")
        at.say(f"{one.code} hoạt động đến hết {said}{heir.vi}.", f"{one.code} exists until {said}{heir.en}.")
        if one.waiting:
            at.say(
                f"  Còn {one.waiting} lần chuyển chưa xong ở {one.code}; xem: dondoc cases --agency {one.code}",
                f"  {one.waiting} referrals still lie with {one.code}; see: dondoc cases --agency {one.code}",
            )
