"""Commands on the files of papers: attach, list, save, scan again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from api.cli.desk import Desk, desk
from api.cli.document_app import document
from api.cli.options import Json
from api.cli.paper_files import coming, scanner, show_attached, store
from api.cli.speaking import as_json, complain, instant, table, words
from states.errors import BadInput, DomainError, NotPermitted
from states.file_words import Scan
from states.text import Text
from workflows.filing import attaching, papers
from workflows.filing.attaching import Attached
from workflows.filing.papers import FileView

_PIECE = 1 << 20
Paper = Annotated[
    str,
    typer.Argument(metavar="ID_OR_NUMBER", help=words("Mã hoặc số, ký hiệu của văn bản", "Id or number of the paper")),
]


@document.command(help=words("Lưu tệp cùng văn bản", "Keep files with a paper"))
def attach(
    ctx: typer.Context,
    paper: Paper,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help=words("Các tệp", "The files"))],
    json: Json = False,
) -> None:
    """Look at each file by its content and keep it; a file that is refused does not keep the others out."""
    done: list[Attached] = []
    refused = 0
    with desk(ctx) as at:
        for path in files:
            try:
                done.append(_attach(at, paper, path))
            except DomainError as error:
                refused += 1
                complain(f"{path.name}: {at.read(error.text)}")
        if json:
            as_json(done)
        else:
            show_attached(at, done)
    if refused:
        raise typer.Exit(1)


def _attach(at: Desk, paper: str, path: Path) -> Attached:
    with at.reading() as (unit, actor):
        known = papers.paper_named(unit, written=paper, actor=actor)
        papers.require_bringer(unit, document=known, actor=actor)
    with coming(at, path) as file, at.writing() as (unit, actor):
        return file.attach(unit, document=known, actor=actor)


@document.command("files", help=words("Các tệp của văn bản", "List the files of a paper"))
def listed(ctx: typer.Context, paper: Paper, json: Json = False) -> None:
    """Print the files of a paper, oldest first, with the digests by which they are saved."""
    with desk(ctx) as at, at.reading() as (unit, actor):
        known = papers.paper_named(unit, written=paper, actor=actor)
        found = papers.files_of(unit, document=known, actor=actor)
        if json:
            as_json(found)
            return
        table(
            [words("Mã tệp", "Digest"), words("Tên", "Name"), words("Loại", "Kind"), "KB", words("Quét", "Scan"),
             words("Người gửi", "Brought by"), words("Lúc", "At")],
            [
                (f.digest[:12], f.name, at.read(f.kind.label), str(-(-f.size // 1024)), at.read(f.scan.label),
                 f.added_by.name, instant(f.added_at))
                for f in found
            ],
        )  # fmt: skip


@document.command(help=words("Lấy một tệp của văn bản", "Save a file of a paper"))
def save(
    ctx: typer.Context,
    paper: Paper,
    digest: Annotated[
        str, typer.Argument(metavar="DIGEST", help=words("Mã tệp, hoặc phần đầu của mã", "Digest, or how it begins"))
    ],
    out: Annotated[Path, typer.Argument(metavar="OUT", help=words("Ghi vào tệp này", "Write it here"))],
) -> None:
    """Write a file out; one that is there already is not overwritten."""
    with desk(ctx) as at:
        with at.reading() as (unit, actor):
            known = papers.paper_named(unit, written=paper, actor=actor)
            whole = _whole_digest(papers.files_of(unit, document=known, actor=actor), digest)
            found = papers.file_to_read(unit, document=known, digest=whole, actor=actor)
        _write(at, found.digest, out)
        at.say(f"Đã ghi {found.name} vào {out}", f"Wrote {found.name} to {out}")


def _whole_digest(files: Sequence[FileView], beginning: str) -> str:
    found = [file.digest for file in files if file.digest.startswith(beginning.strip().lower())]
    if len(found) != 1:
        raise BadInput(
            {
                "DIGEST": Text(
                    f"Có {len(found)} tệp bắt đầu bằng «{beginning}»; xem: dondoc document files",
                    f"{len(found)} files begin with “{beginning}”; see: dondoc document files",
                )
            }
        )
    return found[0]


def _write(at: Desk, digest: str, out: Path) -> None:
    with store(at).read(digest) as file:
        try:
            with out.open("xb") as target:
                while piece := file.read(_PIECE):
                    target.write(piece)
        except OSError as error:
            why = error.strerror or str(error)
            raise BadInput({"OUT": Text(f"Không ghi được {out} ({why})", f"Cannot write {out} ({why})")}) from error


@document.command(help=words("Quét lại các tệp chưa sạch", "Scan again what is not known to be clean"))
def scan(ctx: typer.Context, json: Json = False) -> None:
    """Have the scanner look at every file that is not known to be clean; exit 1 where any is infected or failed."""
    with desk(ctx) as at:
        with at.reading() as (_unit, actor):
            if not actor.operator:
                raise NotPermitted(Text("Chỉ người vận hành máy quét được các tệp", "Only the operator may do this"))
        if not at.settings.scan_command:
            told = Text("«DONDOC_SCAN_COMMAND» chưa đặt: chưa có trình quét", "“DONDOC_SCAN_COMMAND” is not set")
            raise BadInput({"DONDOC_SCAN_COMMAND": told})
        found = dict(attaching.scan_again(at.database, store=store(at), scanner=scanner(at)))
        if json:
            as_json(found)
        else:
            counted = {verdict: list(found.values()).count(verdict) for verdict in Scan}
            summed = "; ".join(f"{at.read(verdict.label)}: {n}" for verdict, n in counted.items() if n)
            at.say(f"Đã xem {len(found)} tệp. {summed}", f"{len(found)} files looked at. {summed}")
    if any(verdict is not Scan.CLEAN for verdict in found.values()):
        raise typer.Exit(1)
