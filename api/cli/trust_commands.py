"""Commands that prove things: seal history, verify it, examine the installation."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from api.channels import is_set_up
from api.cli import verdict_page
from api.cli.desk import desk, settings_of
from api.cli.options import Json
from api.cli.root import app
from api.cli.speaking import FAILS, HOLDS, as_json, clean, day, say, words
from api.settings import FILES, SEALS, known_seal_key, seal_key_of
from states.errors import BadInput
from states.text import Text
from workflows import doctor as examination
from workflows import erasing, sealing, verifying
from workflows.filing.store import DiskStore

To = Annotated[
    Path | None,
    typer.Option("--folder", metavar="DIR", help=words("Thư mục giữ tệp niêm phong", "Folder with the seal files")),
]


@app.command(help=words("Niêm phong nhật ký", "Seal history"))
def seal(ctx: typer.Context, folder: To = None, json: Json = False) -> None:
    """Sign the heads of all cases that changed and export the seal; keep a copy on another machine."""
    with desk(ctx) as at:
        target = folder or at.settings.data_dir / SEALS
        if known_seal_key(at.settings) is None and any(target.glob("seal-*.json")):
            raise BadInput(
                {
                    "DONDOC_SEAL_KEY": Text(
                        "Không thấy khóa niêm phong mà đã có tệp niêm phong; chép lại khóa từ bản sao lưu",
                        "There are seals but no key; put the key back from its backup",
                    )
                }
            )
        made = sealing.seal(at.database, key=seal_key_of(at.settings), export_to=target)
        if json:
            as_json({"made": made})
        elif made is None:
            at.say("Không có gì thay đổi từ lần niêm phong trước.", "Nothing changed since the last seal.")
        else:
            at.say(
                f"Niêm phong số {made.n}: {made.cases} hồ sơ, {made.events} sự kiện, tệp {made.file}",
                f"Seal {made.n}: {made.cases} cases, {made.events} events, file {made.file}",
            )
            at.say("Giữ một bản ở nơi khác máy này.", "Keep a copy away from this machine.")


@app.command(help=words("Kiểm tra nhật ký chưa bị sửa", "Verify that history is whole"))
def verify(ctx: typer.Context, folder: To = None, json: Json = False) -> None:
    """Walk everything: events, heads, seals, triggers; name the first broken case and event; exit 1 if any."""
    with desk(ctx) as at:
        place = folder or at.settings.data_dir / SEALS
        with at.database.reading() as unit:
            found = verifying.verify(
                unit,
                key=known_seal_key(at.settings),
                exported=place if place.is_dir() else None,
                progress=verdict_page.telling_events(),
            )
        if json:
            as_json({"ok": found.ok, "cases": found.cases, "events": found.events, "seals": found.seals,
                     "faults": found.faults, "notes": found.notes})  # fmt: skip
        else:
            verdict_page.tell(found, at.language)
    if not found.ok:
        raise typer.Exit(1)


@app.command(help=words("Xóa dữ liệu cá nhân của người kiến nghị", "Erase a petitioner's personal data"))
def erase(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help=words("Mã hồ sơ", "Code of the case"))],
    reason: Annotated[str, typer.Option("--reason", help=words("Lý do, không ghi tên người", "Why, without the name"))],
) -> None:
    """Erase the petitioner of a case from all cases of that person and from the files; history still verifies."""
    with desk(ctx) as at:
        with at.writing() as (unit, actor):
            today = unit.today  # an operator becomes known here, before the erasure opens units of its own
        done = erasing.erase_petitioner(at.database, code=code, actor=actor, reason=reason, on=today)
        listed = ", ".join(done.cases)
        at.say(f"Đã xóa ở {listed}; che tên trong {done.texts} nội dung.", f"Erased in {listed}; {done.texts} texts.")
        for case, seq in done.kept_in:
            at.say(f"{FAILS} Tên còn ở sự kiện {seq} của {case}.", f"{FAILS} The name stays in event {seq} of {case}.")
        for paper in done.to_look_at:
            which, names = f"{paper.number or paper.id} ({day(paper.issued_on)})", ", ".join(paper.files)
            at.say(f"! Xem tận mắt tệp của văn bản {which}: {names}", f"! Look into the files of {which}: {names}")
        for note in done.notes:
            typer.echo(clean(f"· {at.read(note)}"))
    if done.kept_in or not done.files_clean:
        raise typer.Exit(1)


@app.command(help=words("Khám máy và cơ sở dữ liệu, chỉ cách sửa", "Examine the installation, say how to mend it"))
def doctor(
    ctx: typer.Context,
    mend: Annotated[
        bool, typer.Option("--mend", help=words("Dựng lại trigger và tìm kiếm bị hỏng", "Restore triggers and search"))
    ] = False,
    json: Json = False,
) -> None:
    """Check the machine, the data folder and the database; exit 1 when something endangers data or work."""
    settings = settings_of(ctx)
    if mend:
        names = examination.mend(settings.database_url)
        said = ", ".join(names) or "0"
        say(Text(f"Đã dựng lại: {said}", f"Restored: {said}"), settings.language)
    found = examination.examine(
        database_url=settings.database_url, data_dir=settings.data_dir, app_role=settings.app_role,
        seal_key_given=settings.seal_key is not None, files=DiskStore(settings.data_dir / FILES),
        mail=is_set_up(settings),
        backup=settings.backup_dir is not None,
        environment=os.environ,
    )  # fmt: skip
    if json:
        as_json(found)
    else:
        for check in found:
            sign = HOLDS if check.is_ok else "!" if check.grade == "warning" else FAILS
            typer.echo(clean(f"{sign} {check.sentence.read(settings.language)}"))
            if not check.is_ok:
                typer.echo(clean(f"    → {check.mend.read(settings.language)}"))
    if any(check.grade == "fault" for check in found):
        raise typer.Exit(1)
