"""What runs by itself at night, for whoever wants to start it by hand."""

from __future__ import annotations

import signal
from threading import Event
from types import FrameType

import typer

from api.cli.desk import desk
from api.cli.options import Json
from api.cli.root import app
from api.cli.speaking import as_json, words
from workflows import sweeping

# A signal may reach another thread of the process, and then the main thread hears of it only when it wakes by itself.
_NOTICED_WITHIN = 1.0


@app.command(help=words("Nhắc mọi việc đã đến lúc nhắc", "Fire every reminder that is due"))
def sweep(ctx: typer.Context, json: Json = False) -> None:
    """Fire all rungs that are due, however late, each exactly once; messages are delivered by `dondoc deliver`."""
    with desk(ctx) as at:
        done = sweeping.sweep(at.database)
        if json:
            as_json(done)
            return
        at.say(
            f"{done.fired} lời nhắc đến lúc, {done.proposed} đề xuất mới.",
            f"{done.fired} reminders fired, {done.proposed} new proposals.",
        )


@app.command(help=words("Nhắc hạn, gửi thư, việc hằng đêm; chạy đến khi dừng", "Keep time until stopped"))
def timekeeper(ctx: typer.Context) -> None:
    """Sweep, deliver and do the nightly jobs; any number of timekeepers double nothing, and each may be killed."""
    from api.logging import configure_logging  # noqa: PLC0415 - only this command logs
    from api.metering import serve_metrics  # noqa: PLC0415 - the same
    from api.timekeeping import timekeeper_of  # noqa: PLC0415 - only this command loads the scheduler

    with desk(ctx) as at:
        configure_logging(log_format=at.settings.log_format, level=at.settings.log_level)
        keeper = timekeeper_of(at.settings, at.database)
        stopped = Event()

        def stop(_signal: int, _frame: FrameType | None) -> None:
            stopped.set()

        for one in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one, stop)
        with serve_metrics(at.settings, at.database):
            keeper.start()
            at.say("Đang giữ nhịp: nhắc hạn, gửi thư, việc hằng đêm.", "Keeping time: sweeps, letters, nightly jobs.")
            while not stopped.wait(_NOTICED_WITHIN):
                pass
            keeper.stop()
