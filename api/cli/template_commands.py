"""`dondoc template`: the office's own templates of letters, checked when they are brought."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.desk import Desk, desk
from api.cli.letter_app import Out, read_file, store_of, tell, template, write_file
from api.cli.options import Json
from api.cli.speaking import as_json, instant, table, words
from workflows.filing.malware import scanner_of
from workflows.printing import checking, describing_fields, packages, templates, writing
from workflows.printing.registry import kind_of

Kind = Annotated[str, typer.Argument(metavar="KIND", help=words("Loại văn bản", "Kind of letter"))]
File = Annotated[Path, typer.Argument(metavar="FILE", help=words("Tệp Word (.docx)", "Word file (.docx)"))]


@template.command("list", help=words("Các mẫu đang dùng", "Templates in force"))
def listed(ctx: typer.Context, json: Json = False) -> None:
    """Print which template is in force for each kind."""
    with desk(ctx) as at, at.reading() as (unit, actor):
        found = templates.listed(unit, setting=at.council(unit, actor))
        if json:
            as_json(found)
            return
        table(
            [words("Mã", "Code"), words("Văn bản", "Letter"), words("Mẫu", "Template"), words("Lúc", "At"),
             words("Người đưa lên", "Brought by")],
            [
                (
                    one.kind,
                    at.read(one.label),
                    words(f"của cơ quan, bản {one.version}", f"own, version {one.version}")
                    if one.own
                    else words("có sẵn", "shipped"),
                    instant(one.brought_at) if one.brought_at else "",
                    one.brought_by.name if one.brought_by else "",
                )
                for one in found
            ],
        )  # fmt: skip


@template.command(help=words("Lấy mẫu đang dùng để sửa", "Save the template in force"))
def get(ctx: typer.Context, kind: Kind, out: Out) -> None:
    """Write the template in force into a file, to be edited in Word."""
    with desk(ctx) as at:
        with at.reading() as (unit, actor):
            content = templates.in_force(unit, setting=at.council(unit, actor), kind=kind, store=store_of(at))
        write_file(content, out)
        at.say(f"Đã ghi {out}.", f"Wrote {out}.")


@template.command(help=words("Kiểm tra một mẫu đã sửa", "Check an edited template"))
def check(ctx: typer.Context, kind: Kind, file: File) -> None:
    """Say what is wrong with a template; nothing is kept."""
    with desk(ctx) as at:
        checking.check(read_file(file, most=packages.LARGEST), kind_of(kind))
        at.say("Mẫu dùng được.", "The template can be used.")


@template.command(help=words("Đưa mẫu đã sửa vào dùng", "Put an edited template in force"))
def put(ctx: typer.Context, kind: Kind, file: File) -> None:
    """Check a template, keep it and use it from now on."""
    with desk(ctx) as at:
        with at.reading() as (unit, actor):
            templates.require_keeper(at.council(unit, actor), actor)
        content = read_file(file, most=packages.LARGEST)
        store, scanner = store_of(at), scanner_of(at.settings.scan_command, seconds=at.settings.scan_seconds)
        with store.spooling(most=packages.LARGEST) as spool:
            spool.take(content)
            checked = templates.take(store, spool, kind=kind, scanner=scanner)
        with at.writing() as (unit, actor):
            done = templates.put(unit, setting=at.council(unit, actor), template=checked, actor=actor)
        _say(at, done)


@template.command(help=words("Dùng lại mẫu có sẵn", "Use the shipped template again"))
def reset(ctx: typer.Context, kind: Kind) -> None:
    """Put the template that ships in force again."""
    with desk(ctx) as at, at.writing() as (unit, actor):
        _say(at, templates.reset(unit, setting=at.council(unit, actor), kind=kind, actor=actor))


@template.command(help=words("In thử mẫu với một hồ sơ thật", "Try a template with a real case"))
def preview(
    ctx: typer.Context,
    kind: Kind,
    out: Out,
    case: Annotated[str, typer.Option("--case", metavar="CODE", help=words("Mã hồ sơ", "Code of the case"))],
    file: Annotated[
        Path | None,
        typer.Option("--file", metavar="FILE", help=words("Mẫu chưa đưa vào dùng", "A template not in force yet")),
    ] = None,
) -> None:
    """Fill the template in force, or the file named, with one real case."""
    with desk(ctx) as at:
        with at.reading() as (unit, actor):
            setting = at.council(unit, actor)
            if file is None:
                content = templates.in_force(unit, setting=setting, kind=kind, store=store_of(at))
            else:
                content = read_file(file, most=packages.LARGEST)
                checking.check(content, kind_of(kind))
            made = writing.preview(unit, setting=setting, kind=kind, code=case, actor=actor, template=content)
        write_file(made.content, out)
        tell(at, made.troubles)
        at.say(f"Đã ghi {out}.", f"Wrote {out}.")


@template.command(help=words("Các trường của một loại văn bản", "The fields of a kind"))
def fields(
    kind: Annotated[str | None, typer.Argument(metavar="[KIND]", help=words("Loại văn bản", "Kind"))] = None,
    write: Annotated[
        Path | None, typer.Option(metavar="FILE", help=words("Ghi trang về mọi loại vào tệp", "Write the page of all"))
    ] = None,
    json: Json = False,
) -> None:
    """Print the fields that may stand in a template."""
    if write is not None:
        write_file(describing_fields.page().encode(), write)
        return
    found = describing_fields.rows_of(kind_of(kind or "transfer"))
    if json:
        as_json([{"name": name, "label": label, "example": example} for name, label, example in found])
        return
    table(
        [words("Trường", "Field"), words("Nghĩa", "Meaning"), words("Ví dụ", "Example")],
        [(name, label.vi if words("vi", "en") == "vi" else label.en, example) for name, label, example in found],
    )


def _say(at: Desk, done: templates.TemplateView) -> None:
    if done.own:
        at.say(
            f"«{done.label.vi}»: dùng mẫu của cơ quan, bản {done.version}.", f"Own template, version {done.version}."
        )
    else:
        at.say(f"«{done.label.vi}»: dùng mẫu có sẵn.", "The shipped template is in force.")
