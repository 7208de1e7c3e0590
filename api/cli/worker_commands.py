"""`dondoc worker` and `dondoc flows`: what runs long jobs, and what Prefect knows of them."""

from __future__ import annotations

import os
import signal
import socket
import threading
from typing import Annotated
from uuid import uuid4

import typer

from api.cli.desk import desk, settings_of
from api.cli.options import Json
from api.cli.root import app
from api.cli.speaking import as_json, table, words
from api.logging import configure_logging
from api.workshop import workshop_of
from states.errors import BadInput
from states.text import Text
from workflows.doctor.prefect import refusals
from workflows.flows import surroundings

flows = typer.Typer(no_args_is_help=True, help=words("Việc dài trong Prefect", "Long jobs as Prefect knows them"))
app.add_typer(flows, name="flows")


@app.command(help=words("Chạy việc dài (cần PREFECT_API_URL)", "Run long jobs (needs PREFECT_API_URL)"))
def worker(
    ctx: typer.Context,
    idle: Annotated[
        float | None, typer.Option(metavar="SECONDS", help=words("Nghỉ sau bao lâu không có việc", "End when idle"))
    ] = None,
    scheduled: Annotated[
        bool, typer.Option(help=words("Nhận cả lịch của Prefect", "Take up what Prefect schedules"))
    ] = True,
) -> None:
    """Claim jobs and run them, one at a time, until told to stop; a job that is cut off waits for the next worker."""
    settings = settings_of(ctx)
    _require_prefect()
    configure_logging(log_format=settings.log_format, level=settings.log_level)
    with desk(ctx) as at:
        from workflows.flows.worker import Worker  # noqa: PLC0415 - only workers load Prefect

        configure_logging(log_format=settings.log_format, level=settings.log_level)
        over = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: over.set())
        name = f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:8]}"
        at.say(f"Bắt đầu nhận việc dài: {name}", f"Taking long jobs as {name}")
        Worker(workshop_of(settings, at.database), name=name, idle=idle, scheduled=scheduled).work(over)


@flows.callback()
def known_to_prefect() -> None:
    """Group what Prefect knows."""


@flows.command(help=words("Đưa các việc dài và lịch chạy vào Prefect", "Deploy all flows with their schedules"))
def deploy(ctx: typer.Context, json: Json = False) -> None:
    """Bring the deployments up to date: one for each kind of job, and those that run by themselves."""
    settings = settings_of(ctx)
    _require_prefect()
    from workflows.flows.deploying import deploy as deploy_all  # noqa: PLC0415 - only this command loads Prefect

    done = deploy_all()
    if json:
        as_json(done)
        return
    table(
        [Text("Tên", "Name").read(settings.language), Text("Lịch", "Schedule").read(settings.language),
         Text("Cùng lúc", "At once").read(settings.language)],
        [(one.name, one.schedule or "—", str(one.together or "—")) for one in done],
    )  # fmt: skip


def _require_prefect() -> None:
    """Ask for an address of Prefect that is near, and for its secret. Raises: BadInput."""
    if not os.environ.get(surroundings.API_URL):
        raise BadInput(
            {
                surroundings.API_URL: Text(
                    "Chưa đặt PREFECT_API_URL: ở một máy, «dondoc serve» tự chạy việc dài; không cần lệnh này",
                    "PREFECT_API_URL is not set: on one machine `dondoc serve` runs long jobs by itself",
                )
            }
        )
    problems = {check.code: check.sentence for check in refusals(os.environ)}
    if problems:
        raise BadInput(problems)
    os.environ.update(surroundings.quiet(os.environ))
