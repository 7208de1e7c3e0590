"""The group `dondoc document`: papers and their files. Each module of its commands hangs them on it."""

from __future__ import annotations

import typer

from api.cli.root import app
from api.cli.speaking import words

document = typer.Typer(no_args_is_help=True, help=words("Văn bản và tệp của văn bản", "Papers and their files"))
app.add_typer(document, name="document")
