"""Opening the office: the database made ready, the server started, and the words that say how to reach it."""

from __future__ import annotations

import getpass
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import typer
import uvicorn
from sqlalchemy import select

from api.app import create_app
from api.cli.sample_words import sample_words
from api.logging import configure_logging
from api.metering import serve_metrics
from api.settings import Settings
from api.timekeeping import timekeeper_of
from models.columns import table_of
from models.councils import Council
from models.units import Database, connect
from states.text import Text
from workflows import migrating
from workflows.backing_up.marking import require_whole
from workflows.sample.loading import SampleLoaded, load_sample

_council = table_of(Council)
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class Opened:
    """How the database was found: whether a council is there, and the sample if it was loaded just now."""

    councils: bool
    sample: SampleLoaded | None = None


def prepare(settings: Settings, *, sample: bool) -> Opened:
    """Migrate the database; where it never held a council, load the sample if asked.

    A sample that was taken away is not loaded again. Raises: HalfRestored, SchemaTooNew, Unavailable.
    """
    require_whole(settings.data_dir)
    migrating.upgrade(settings.database_url, app_role=settings.app_role)
    database = connect(settings.database_url, pool_size=1)
    try:
        with database.reading() as unit:
            ever, today = unit.read(select(_council.c.id).limit(1)).first() is not None, unit.today
        if ever or not sample:
            return check(settings)
        return Opened(councils=True, sample=load_sample(database, today=today, user=getpass.getuser()))
    finally:
        database.close()


def check(settings: Settings) -> Opened:
    """Look at the database before serving it.

    Raises: HalfRestored, NotMigrated, SchemaTooNew, Unavailable.
    """
    require_whole(settings.data_dir)
    if migrating.current(settings.database_url) is None:
        raise migrating.NotMigrated(found=None, needed=migrating.head())
    database = connect(settings.database_url, pool_size=1)
    try:
        with database.reading() as unit:
            migrating.require_current(unit)
            living = select(_council.c.id).where(_council.c.removed_at.is_(None)).limit(1)
            return Opened(councils=unit.read(living).first() is not None)
    finally:
        database.close()


class Server(uvicorn.Server):
    """Says where it listens as soon as it answers."""

    def __init__(self, config: uvicorn.Config, *, greeting: str) -> None:
        super().__init__(config)
        self._greeting = greeting

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then greet."""
        await super().startup(sockets=sockets)
        if self.started:
            typer.echo(self._greeting)


def serve(settings: Settings, bound: socket.socket, opened: Opened) -> None:
    """Serve on `bound` until stopped."""
    configure_logging(log_format=settings.log_format, level=settings.log_level)
    database = connect(settings.database_url, pool_size=settings.pool_size)
    app = create_app(settings, database=database)
    config = uvicorn.Config(app, log_config=None, access_log=False, server_header=False)
    with serve_metrics(settings, database), keeping_time(settings, database):
        Server(config, greeting=greeting(settings, port_of(bound), opened)).run(sockets=[bound])
    database.close()


@contextmanager
def keeping_time(settings: Settings, database: Database) -> Iterator[None]:
    """Keep time beside the service while it runs, unless a timekeeper of its own does."""
    if not settings.timekeeper:
        yield
        return
    keeper = timekeeper_of(settings, database)
    keeper.start()
    try:
        yield
    finally:
        keeper.stop()


def port_of(bound: socket.socket) -> int:
    """Return the port that was taken, which the machine chose where 0 was asked for."""
    found: int = bound.getsockname()[1]
    return found


def greeting(settings: Settings, port: int, opened: Opened) -> str:
    """Return what is printed when the server answers: the address and a line that calls it."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"http://{host}:{port}"
    lines = [
        Text(f"Đôn đốc đang chạy tại {address}", f"Dondoc is serving at {address}"),
        Text(f"  Tài liệu API: {address}/docs", f"  API documentation: {address}/docs"),
    ]
    if opened.sample is not None:
        lines += sample_words(opened.sample)
    token = opened.sample.accounts[0].token if opened.sample else "…"
    call = f'curl -H "Authorization: Bearer {token}" {address}/api/v1/petitions'
    lines.append(Text(f"  Gọi thử: {call}", f"  Try it: {call}"))
    if not opened.councils:
        lines.append(Text("  Chưa có hội đồng nào: dondoc council create", "  No council yet: dondoc council create"))
    elif opened.sample is None:
        lines.append(Text("  Lấy mã truy cập: dondoc token issue TÀI_KHOẢN", "  For a token: dondoc token issue LOGIN"))
    if settings.host not in _LOOPBACK:
        lines.append(
            Text(
                "  Chú ý: máy khác vào được và đường truyền không mã hóa; đặt sau một máy chủ HTTPS",
                "  Note: other machines can reach it unencrypted; put it behind an HTTPS server",
            )
        )
    return "\n".join(line.read(settings.language) for line in lines)
