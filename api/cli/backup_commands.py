"""Commands that make a backup and restore it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from api.cli import verdict_page
from api.cli.desk import desk, settings_of
from api.cli.options import Json
from api.cli.root import app
from api.cli.speaking import FAILS, as_json, clean, complain, instant, say, words
from api.settings import FILES, SEAL_KEY_FILE, SEALS, Settings, known_seal_key, variable
from api.workshop import workshop_of
from states.text import Language, Text
from workflows.backing_up import restoring
from workflows.backing_up.destination import Destination
from workflows.backing_up.manifest import Manifest
from workflows.backing_up.progress import Progress, silent
from workflows.backing_up.restoring import Restored
from workflows.filing.store import DiskStore
from workflows.working import whole

File = Annotated[Path, typer.Argument(metavar="FILE", help=words("Tệp sao lưu", "The backup"))]


@app.command(help=words("Sao lưu toàn bộ, khi máy chủ vẫn chạy", "Back everything up while the server runs"))
def backup(
    ctx: typer.Context,
    to: Annotated[
        Path,
        typer.Argument(metavar="FILE", help=words("Tệp mới, hoặc thư mục: tự đặt tên theo giờ", "New file, or folder")),
    ],
    json: Json = False,
) -> None:
    """Put the database, the files of papers and the exported seals into one archive; exit 1 when a file is missing."""
    with desk(ctx) as at:
        with _telling(at.language) as progress:
            made = whole.archived(workshop_of(at.settings, at.database), to=to, progress=progress)
        if json:
            as_json({"file": str(made.path), "bytes": made.size, "ok": made.ok, "manifest": _told(made.manifest)})
        else:
            size = f"{made.size / 1_000_000:.1f}".replace(".", "," if at.language == "vi" else ".")
            vi, en = _contents(made.manifest)
            at.say(f"Đã sao lưu vào {made.path} ({size} MB): {vi}.", f"Backed up to {made.path} ({size} MB): {en}.")
            say(_about_the_key(at.settings), at.language)
            say(_CARE, at.language)
        _complain_of_files(made.manifest.missing_files, at.language)
    if not made.ok:
        raise typer.Exit(1)


@app.command(help=words("Phục hồi từ bản sao lưu", "Restore a backup"))
def restore(
    ctx: typer.Context,
    archive: File,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help=words("Thay dữ liệu đang có", "Replace the data that is there"))
    ] = False,
    json: Json = False,
) -> None:
    """Check the archive, put it in the place of this installation, verify; exit 1 when history or files are broken."""
    settings = settings_of(ctx)
    place = Destination(
        url=settings.database_url, data_dir=settings.data_dir, files=DiskStore(settings.data_dir / FILES),
        seals=settings.data_dir / SEALS, app_role=settings.app_role,
    )  # fmt: skip
    key = known_seal_key(settings)
    with _telling(settings.language) as progress:
        done = restoring.restore(archive, to=place, key=key, overwrite=overwrite, progress=progress)
    if json:
        as_json({"ok": done.ok, "verdict": done.verdict, "missing_files": done.missing_files,
                 "set_aside": done.set_aside and str(done.set_aside), "manifest": _told(done.manifest)})  # fmt: skip
    else:
        _tell(done, signed=key is not None and done.manifest.signature is not None, language=settings.language)
    _complain_of_files(done.missing_files, settings.language)
    if not done.ok:
        raise typer.Exit(1)


def _tell(done: Restored, *, signed: bool, language: Language) -> None:
    made, (vi, en) = instant(done.manifest.made_at), _contents(done.manifest)
    say(Text(f"Đã phục hồi bản sao lưu lúc {made}: {vi}.", f"Restored the backup of {made}: {en}."), language)
    if not signed:
        say(_UNSIGNED, language)
    if done.set_aside:
        aside = Text(
            f"Niêm phong lập sau bản sao lưu này được chuyển vào {done.set_aside}: việc ghi sau đó không còn ở đây.",
            f"Seals made after this backup were moved to {done.set_aside}: what was entered since is not here.",
        )
        say(aside, language)
    verdict_page.tell(done.verdict, language)
    say(_AFTERWARDS, language)


_REST_OF_LINE = "\x1b[K"
_CARE = Text(
    "Bản sao lưu có dữ liệu cá nhân, không mã hóa: chép sang máy hoặc ổ khác và giữ như hồ sơ giấy.",
    "It holds personal data, not encrypted: copy it to another machine or disk and keep it as you keep paper.",
)
_UNSIGNED = Text(
    "· Không kiểm tra được chữ ký của bản sao lưu: thiếu khóa niêm phong ở đây hoặc lúc sao lưu.",
    "· The backup's signature could not be checked: no seal key here, or none when it was made.",
)
_AFTERWARDS = Text(
    "Yêu cầu xóa dữ liệu cá nhân, mã truy cập bị thu hồi sau lúc sao lưu: phải làm lại (docs/backup.md).",
    "Erasures and revoked tokens since the backup have to be done again (docs/backup.md).",
)


def _contents(manifest: Manifest) -> Text:
    cases, events, files = manifest.tables["case"].rows, manifest.events, len(manifest.files)
    seals = manifest.last_seal.n if manifest.last_seal else 0
    return Text(
        f"{cases} hồ sơ, {events} sự kiện, {files} tệp của văn bản, {seals} niêm phong",
        f"{cases} cases, {events} events, {files} files of papers, {seals} seals",
    )


def _about_the_key(settings: Settings) -> Text:
    place = variable("seal_key") if settings.seal_key is not None else settings.data_dir / SEAL_KEY_FILE
    return Text(
        f"Khóa niêm phong ({place}) KHÔNG nằm trong bản sao lưu: giữ riêng một bản ở nơi khác.",
        f"The seal key ({place}) is NOT in the backup: keep a copy of it elsewhere, apart.",
    )


def _complain_of_files(missing: tuple[str, ...], language: Language) -> None:
    for digest in missing:
        told = Text(f"Tệp của văn bản bị mất hoặc hỏng: {digest}", f"A file of a paper is missing: {digest}")
        complain(f"{FAILS} {told.read(language)}")


def _told(manifest: Manifest) -> dict[str, Any]:
    """Return the manifest as JSON without its long lists: members are counted."""
    told = manifest.model_dump(mode="json", exclude={"members", "tables"})
    return {**told, "members": len(manifest.members), "tables": {k: one.rows for k, one in manifest.tables.items()}}


@contextmanager
def _telling(language: Language) -> Iterator[Progress]:
    """Tell a waiting person how far it is, on one line that is gone afterwards; silence where nobody waits."""
    if not sys.stderr.isatty():
        yield silent
        return
    last = ""

    def told(what: Text, done: int, total: int) -> None:
        nonlocal last
        line = f"{what.read(language)}: {min(done * 100 // max(total, 1), 100)} %"
        if line != last:
            typer.echo(f"\r{clean(line)} …{_REST_OF_LINE}", err=True, nl=False)
            last = line

    try:
        yield told
    finally:
        typer.echo(f"\r{_REST_OF_LINE}", err=True, nl=False)
