"""`dondoc job`: long work asked for, looked at, waited for."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from api.cli.desk import Desk, desk, read_id
from api.cli.job_waiting import seen_now, waited_for
from api.cli.options import Json
from api.cli.root import app
from api.cli.speaking import as_json, complain, instant, table, words
from api.workshop import workshop_of
from states.errors import BadInput
from states.job_words import JobState
from states.text import Text
from workflows.filing.store import FileStore
from workflows.working import seeing, submitting
from workflows.working.kinds import KINDS, kind_of
from workflows.working.seeing import JobView

_PIECE = 1 << 20
group = typer.Typer(no_args_is_help=True, help=words("Việc dài: gửi, xem, chờ", "Long jobs: submit, look, wait"))
app.add_typer(group, name="job")

Which = Annotated[str, typer.Argument(metavar="JOB", help=words("Mã việc", "Id of the job"))]
Wait = Annotated[bool, typer.Option("--wait", help=words("Chờ đến khi xong", "Wait until it is over"))]


@group.callback()
def long_work() -> None:
    """Group what is said of jobs."""


@group.command(help=words("Gửi một việc dài", "Submit a job"))
def submit(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="KIND", help=", ".join(KINDS))],
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help=words("Tệp", "File"))] = None,
    said: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help=words("Nội dung yêu cầu", "What is asked (repeatable)")),
    ] = None,
    wait: Wait = False,
    json: Json = False,
) -> None:
    """Ask for long work; it is done by the running service, or by workers, or here with --wait."""
    with desk(ctx) as at:
        job = _submitted(at, kind, file, said or [])
        if wait:
            _show(at, waited_for(at, job, hidden=json), json=json)
        elif json:
            as_json(seen_now(at, job))
        else:
            at.say(f"Đã gửi việc {job}", f"Job {job} was submitted")
            at.say(f"  Xem: dondoc job show {job} --wait", f"  Look: dondoc job show {job} --wait")


@group.command("list", help=words("Danh sách việc dài", "List jobs"))
def listed(
    ctx: typer.Context,
    limit: Annotated[int, typer.Option(min=1, max=200, help=words("Số dòng", "Rows"))] = 20,
    json: Json = False,
) -> None:
    """Print the newest jobs that may be seen."""
    with desk(ctx) as at:
        folder = workshop_of(at.settings, at.database).folder
        with at.reading() as (unit, actor):
            page = seeing.listed(unit, actor=actor, folder=folder, language=at.language, limit=limit)
        if json:
            as_json(page.items)
            return
        table([at.read(Text(*name)) for name in _HEADINGS], [_row(at, view) for view in page.items])


@group.command(help=words("Xem một việc", "Show a job"))
def show(ctx: typer.Context, job: Which, wait: Wait = False, json: Json = False) -> None:
    """Print how far a job is and what came of it; exit 1 when it came to nothing."""
    with desk(ctx) as at:
        which = _id(job)
        _show(at, waited_for(at, which, hidden=json) if wait else seen_now(at, which), json=json)


@group.command(help=words("Lấy tệp mà việc đã tạo", "Fetch the file that a job made"))
def fetch(
    ctx: typer.Context,
    job: Which,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help=words("Tệp ghi ra", "File to write"))
    ] = None,
) -> None:
    """Write the file that a job made; none is written over."""
    with desk(ctx) as at:
        shop = workshop_of(at.settings, at.database)
        with at.reading() as (unit, actor):
            made = seeing.file_of(unit, job=_id(job), actor=actor)
        path = out or Path(made.name)
        try:
            with shop.kept.read(made.digest) as content, path.open("xb") as target:
                while piece := content.read(_PIECE):
                    target.write(piece)
        except OSError as wrong:
            why = wrong.strerror or str(wrong)
            raise BadInput({"--out": Text(f"Không ghi được {path}: {why}", f"Cannot write {path}: {why}")}) from None
        at.say(f"Đã ghi {path}", f"Written: {path}")


def _submitted(at: Desk, kind: str, file: Path | None, said: list[str]) -> UUID:
    from api.cli import job_words  # noqa: PLC0415 - only asking loads the shapes, and FastAPI with them

    row, store = kind_of(kind), workshop_of(at.settings, at.database).kept
    with at.reading() as (unit, actor):
        asked = job_words.read(kind, said, file=file, council=at.wish.council, today=unit.today)
        submitting.seat(unit, kind=row, council=asked.council, actor=actor)
    digest = submitting.keep_order(store, asked.kept)
    brought = _brought(at, store, file) if file is not None else None
    with at.writing() as (unit, actor):
        setting = submitting.seat(unit, kind=row, council=asked.council, actor=actor)
        if brought is not None:
            submitting.remember(unit, digest=brought[0], size=brought[1], actor=actor)
        found = brought[0] if brought else None
        submitting.require_input(unit, kind=row, file=found, actor=actor)
        return submitting.submit(unit, kind=row, setting=setting, actor=actor, order=digest, file=found)


def _brought(at: Desk, store: FileStore, file: Path) -> tuple[str, int]:
    """Keep a file of this machine for the job. Raises: BadInput, FileOverLimit."""
    with store.spooling(most=at.settings.file_megabytes << 20) as spool:
        try:
            with file.open("rb") as content:
                while piece := content.read(_PIECE):
                    spool.take(piece)
        except OSError as wrong:
            why = wrong.strerror or str(wrong)
            raise BadInput({"file": Text(f"Không đọc được {file}: {why}", f"Cannot read {file}: {why}")}) from None
        store.keep(spool)
        return spool.digest, spool.size


def _id(written: str) -> UUID:
    unknown = Text(f"«{written}» không phải mã việc", f"“{written}” is no job")
    return read_id(written, otherwise=BadInput({"job": unknown}))


def _show(at: Desk, view: JobView, *, json: bool) -> None:
    if json:
        as_json(view)
    else:
        kind, state = at.read(view.kind.label), at.read(view.state.label)
        at.say(f"{view.id}: {kind}. {state}{_far(view)}.", f"{view.id}: {kind}. {state}{_far(view)}.")
        if view.message is not None:
            (complain if view.error else typer.echo)(view.message)
        for name, value in view.totals.items():
            if isinstance(value, int | str) and value not in {0, ""}:
                typer.echo(f"  {name}: {value}")
        if view.file is not None:
            at.say(f"  Lấy tệp: dondoc job fetch {view.id}", f"  Its file: dondoc job fetch {view.id}")
    if view.state.code == JobState.FAILED.value or view.totals.get("ok") is False:
        raise typer.Exit(1)


def _far(view: JobView) -> str:
    return f", {view.done}/{view.total}" if view.total else f", {view.done}" if view.done else ""


_HEADINGS = (
    ("Mã việc", "Job"), ("Việc", "Kind"), ("Trạng thái", "State"), ("Tiến độ", "Progress"), ("Gửi lúc", "Asked"),
    ("Người gửi", "By"), ("Kết quả", "Outcome"),
)  # fmt: skip


def _row(at: Desk, view: JobView) -> tuple[str, ...]:
    return (
        str(view.id), at.read(view.kind.label), at.read(view.state.label), _far(view).lstrip(", "),
        instant(view.created_at), view.requested_by.login, view.message or "",
    )  # fmt: skip
