"""What verifying history found, as sentences: `dondoc verify` and `dondoc restore` say the same."""

from __future__ import annotations

import sys
from collections.abc import Callable

import typer

from api.cli.speaking import FAILS, clean, complain, say
from states.text import Language, Text
from workflows.verifying import Verdict


def tell(found: Verdict, language: Language) -> None:
    """Print faults, notes and the result."""
    for fault in found.faults:
        seq = Text(f", sự kiện số {fault.seq}", f", event {fault.seq}") if fault.seq else Text("", "")
        where = f"{fault.case}{seq.read(language)}: " if fault.case else ""
        complain(f"{FAILS} {where}{fault.what.read(language)}")
    for note in found.notes:
        typer.echo(clean(f"· {note.read(language)}"))
    say(Text(f"{found.said.vi}.", f"{found.said.en}."), language)


def telling_events() -> Callable[[int], None] | None:
    """Return what tells a waiting person how many events were read; nothing where nobody waits."""
    if not sys.stderr.isatty():
        return None

    def told(events: int) -> None:
        typer.echo(f"\r{events} …", err=True, nl=False)

    return told
