"""Options that several commands take."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli.speaking import words

Json = Annotated[bool, typer.Option("--json", help=words("In dạng JSON", "Print JSON"))]
