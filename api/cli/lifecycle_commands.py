"""`dondoc lifecycle`: the table of a kind as table, JSON or diagram, and the pages of docs/lifecycles."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.cli.desk import settings_of
from api.cli.root import app
from api.cli.speaking import as_json, say, table, words
from states.errors import BadInput
from states.text import Text
from workflows import picturing


class Form(StrEnum):
    """How a lifecycle is shown."""

    TABLE = "table"
    JSON = "json"
    MERMAID = "mermaid"


@app.command(help=words("Vòng đời của một loại hồ sơ", "The lifecycle of a kind"))
def lifecycle(
    ctx: typer.Context,
    kind: Annotated[str | None, typer.Argument(metavar="KIND", help=words("Loại", "Kind"))] = None,
    form: Annotated[Form, typer.Option("--format", help=words("Dạng in", "Form"))] = Form.TABLE,
    write: Annotated[
        Path | None, typer.Option(metavar="DIR", help=words("Ghi các trang vào thư mục", "Write the pages to a folder"))
    ] = None,
) -> None:
    """Print a lifecycle, or write a page of each into a folder."""
    language = settings_of(ctx).language
    if write is not None:
        _write(write)
        say(Text(f"Đã ghi vào {write}.", f"Written to {write}."), language)
        return
    if kind is None:
        known = ", ".join(picturing.pictured())
        raise BadInput({"kind": Text(f"Nêu loại: {known}", f"Name a kind: {known}")})
    found = picturing.picture_of(kind)
    match form:
        case Form.JSON:
            as_json(picturing.as_json(found))
        case Form.MERMAID:
            typer.echo(picturing.mermaid(found, language))
        case _:
            table([h.read(language) for h in picturing.HEADINGS], picturing.table(found, language))


def _write(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in picturing.pages().items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(
            {
                "--write": Text(
                    f"Không ghi được vào {folder}: {error.strerror}", f"Cannot write to {folder}: {error.strerror}"
                )
            }
        ) from None
