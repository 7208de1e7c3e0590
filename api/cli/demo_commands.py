"""Commands on the sample council: load it, take it away."""

from __future__ import annotations

import getpass

import typer

from api.cli.desk import desk
from api.cli.root import app
from api.cli.speaking import say, words
from workflows import demo_removal

group = typer.Typer(
    invoke_without_command=True,
    help=words("Hội đồng mẫu: nạp; «demo remove» để gỡ", "The sample council: load; remove"),
)
app.add_typer(group, name="demo")


@group.callback()
def load(ctx: typer.Context) -> None:
    """Load the sample as of today; its accounts and their tokens are shown once."""
    from api.cli.sample_words import sample_words  # noqa: PLC0415 - only this command loads the sample's stories
    from workflows.sample.loading import load_sample  # noqa: PLC0415 - the same

    if ctx.invoked_subcommand is not None:
        return
    with desk(ctx) as at:
        with at.reading() as (unit, _):
            today = unit.today
        for line in sample_words(load_sample(at.database, today=today, user=getpass.getuser())):
            say(line, at.language)


@group.command(help=words("Gỡ hội đồng mẫu và mọi thứ của nó", "Take the sample council away"))
def remove(ctx: typer.Context) -> None:
    """Hide the sample council everywhere and close its accounts; history stays whole."""
    with desk(ctx) as at:
        with at.writing() as (unit, actor):
            done = demo_removal.remove(unit, actor=actor)
        codes = ", ".join(done.councils)
        at.say(
            f"Đã gỡ hội đồng mẫu {codes}: {done.cases} hồ sơ, {done.accounts} tài khoản.",
            f"Took the sample council {codes} away: {done.cases} cases, {done.accounts} accounts.",
        )
