"""Commands on regulations: what a council applies, what a regulation says, loading and adopting one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.desk import Desk, desk, read_day
from api.cli.moved_dates import show_moves
from api.cli.options import Json
from api.cli.root import app
from api.cli.speaking import as_json, day, table, words
from deadlines.limits import TimeLimit
from deadlines.loading import regulation_to_dict
from states.errors import BadInput
from states.text import Text
from workflows import adopting
from workflows.adopting import Applied

group = typer.Typer(no_args_is_help=True, help=words("Quy chế, thời hạn áp dụng", "Regulations and their limits"))
app.add_typer(group, name="regulation")

_PRECEDENCE = {
    "province": Text("quyết định của tỉnh, luật", "province, law"),
    "council": Text("quy chế của hội đồng", "council's own"),
    "sample": Text("mẫu", "sample"),
    "reference": Text("tham khảo", "reference"),
}
_ON = {"on", "bật", "bat", "có", "co", "true", "1"}
_OFF = {"off", "tắt", "tat", "không", "khong", "false", "0"}


@group.command("list", help=words("Quy chế hội đồng đang áp dụng", "What the council applies"))
def listed(
    ctx: typer.Context,
    everything: Annotated[
        bool, typer.Option("--all", help=words("Mọi quy chế đã nạp", "Every regulation loaded"))
    ] = False,
    json: Json = False,
) -> None:
    """Print the regulations a council applies and applied, by precedence; with --all every one in the database."""
    with desk(ctx) as at, at.reading() as (unit, actor):
        if everything:
            rows = adopting.regulations_known(unit)
            if json:
                as_json([{k: v for k, v in row.items() if k not in {"id", "content"}} for row in rows])
                return
            table(
                [words("Mã", "Code"), words("Phiên bản", "Version"), words("Tên", "Title"), words("Nguồn", "Source")],
                [(r["code"], r["version"], r["title"], r["source"]) for r in rows],
            )
            return
        found = adopting.applied(unit, setting=at.council(unit, actor))
        if json:
            as_json([_plain(item) for item in found])
        else:
            _show_applied(at, found)


def _plain(item: Applied) -> dict[str, object]:
    return {
        "code": item.regulation.code, "version": item.regulation.version, "title": item.regulation.title,
        "precedence": item.precedence, "basis": item.basis, "from_on": item.from_on, "to_on": item.to_on,
        "switches": item.switches, "limits": [limit.code for limit in item.limits],
    }  # fmt: skip


def _show_applied(at: Desk, found: list[Applied]) -> None:
    table(
        [words("Thứ bậc", "Precedence"), words("Mã", "Code"), words("Phiên bản", "Version"), words("Tên", "Title"),
         words("Từ", "From"), words("Đến", "To"), words("Thời hạn đang bật", "Limits on")],
        [
            (at.read(_PRECEDENCE[a.precedence]), a.regulation.code, a.regulation.version, at.read(a.regulation.title),
             day(a.from_on), day(a.to_on), ", ".join(limit.code for limit in a.limits) or "—")
            for a in found
        ],
    )  # fmt: skip


@group.command(help=words("Một quy chế và các thời hạn của nó", "One regulation and its limits"))
def show(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE")],
    version: Annotated[str | None, typer.Option(help=words("Phiên bản", "Version"))] = None,
    json: Json = False,
) -> None:
    """Print what a regulation says; its newest version unless one is named."""
    with desk(ctx) as at, at.reading() as (unit, _):
        _, found = adopting.regulation(unit, code=code, version=version)
    if json:
        as_json(regulation_to_dict(found))
        return
    at.say(
        f"{found.code} ({found.version}): {found.title.vi}. {found.source}",
        f"{found.code} ({found.version}): {found.title.en}. {found.source}",
    )
    table(
        [words("Mã", "Code"), words("Thời hạn", "Limit"), words("Áp dụng", "Applies to"), words("Độ dài", "Length"),
         words("Căn cứ", "Citation"), words("Mức", "Status"), words("Bật", "On"), words("Tùy chọn", "Options")],
        [
            (x.code, at.read(x.label), ", ".join(f"{k}={v}" for k, v in x.applies.items()),
             at.read(x.length.words) if x.length else words("ngày hẹn", "given date"), x.citation,
             at.read(x.status.label), words("có", "yes") if x.enabled else words("không", "no"), _options(x))
            for x in found.limits
        ],
    )  # fmt: skip


def _options(limit: TimeLimit) -> str:
    on = {"pause": limit.options.pause, "extension": limit.options.extension, "not_after": limit.options.not_after}
    return ", ".join(name for name, value in on.items() if value) or "—"


@group.command(help=words("Nạp một quy chế từ tệp TOML", "Load a regulation from a TOML file"))
def load(ctx: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE.toml")]) -> None:
    """Store a regulation as a new version; it applies nowhere until it is adopted."""
    with desk(ctx) as at:
        with at.writing() as (unit, actor):
            done = adopting.load(unit, text=_text(file), origin=file.name, actor=actor)
        if done.new:
            at.say(f"Đã nạp {done.code} phiên bản {done.version}.", f"Loaded {done.code} version {done.version}.")
        else:
            at.say(f"{done.code} phiên bản {done.version} đã có sẵn.", f"{done.code} {done.version} was there already.")
        at.say(
            f"Áp dụng: dondoc regulation adopt {done.code} --from DD/MM/YYYY",
            f"To adopt it: dondoc regulation adopt {done.code} --from DD/MM/YYYY",
        )


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else "UTF-8"
        raise BadInput({"file": Text(f"Không đọc được {file}: {why}", f"Cannot read {file}: {why}")}) from None


@group.command(help=words("Áp dụng một quy chế từ một ngày", "Adopt a regulation from a day on"))
def adopt(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE")],
    since: Annotated[str, typer.Option("--from", metavar="DD/MM/YYYY", help=words("Từ ngày", "From"))],
    version: Annotated[str | None, typer.Option(help=words("Phiên bản", "Version"))] = None,
    precedence: Annotated[
        str | None, typer.Option(help=words("Thứ bậc: province, council, sample, reference", "Precedence"))
    ] = None,
    basis: Annotated[
        str,
        typer.Option(
            help=words("started: thời hạn bắt đầu từ ngày đó; received: hồ sơ nhận từ ngày đó", "started|received")
        ),
    ] = "started",
    switch: Annotated[
        list[str] | None,
        typer.Option(
            metavar="LIMIT.OPTION=on", help=words("Bật, tắt: enabled, pause, extension, not_after", "Switches")
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Adopt a regulation; what runs keeps its own, what begins from that day takes this one."""
    with desk(ctx) as at:
        with at.writing() as (unit, actor):
            done = adopting.adopt(
                unit, setting=at.council(unit, actor), code=code, version=version, actor=actor, precedence=precedence,
                basis=basis, from_on=read_day(since, field="--from", today=unit.today),
                switches=_switches(switch or []),
            )  # fmt: skip
        if json:
            as_json({"adopted": _plain(done.applied), "ended": [_plain(e) for e in done.ended], "moves": done.moves})
            return
        at.say(f"Áp dụng {code} từ {day(done.applied.from_on)}.", f"{code} applies from {day(done.applied.from_on)}.")
        for old in done.ended:
            at.say(
                f"{old.regulation.code} phiên bản {old.regulation.version} thôi áp dụng từ ngày đó.",
                f"{old.regulation.code} version {old.regulation.version} applies no more from that day.",
            )
        show_moves(at, done.moves, json=False, done=True)


def _switches(written: list[str]) -> dict[str, dict[str, bool]]:
    """Read "answer.before_session.pause=on": the last part before "=" is the switch, all before it the limit."""
    found: dict[str, dict[str, bool]] = {}
    for item in written:
        name, _, value = item.partition("=")
        limit, _, option = name.strip().rpartition(".")
        said = value.strip().lower()
        if not limit or said not in _ON | _OFF:
            raise BadInput(
                {
                    "--switch": Text(
                        f"«{item}»: viết THỜI_HẠN.tùy_chọn=on hoặc =off", f"“{item}”: write LIMIT.option=on|off"
                    )
                }
            )
        found.setdefault(limit, {})[option] = said in _ON
    return found
