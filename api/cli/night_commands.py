"""What runs by itself at night, for whoever wants to start it by hand."""

from __future__ import annotations

import typer

from api.cli.desk import desk
from api.cli.options import Json
from api.cli.root import app
from api.cli.speaking import as_json, words
from workflows import sweeping


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
