"""The groups `dondoc letter` and `dondoc template`, and what their commands share."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from api.cli.desk import Desk
from api.cli.root import app
from api.cli.speaking import complain, words
from api.settings import FILES
from states.errors import BadInput
from states.text import Text
from workflows.filing.store import DiskStore
from workflows.printing.cleaning import Trouble

letter = typer.Typer(no_args_is_help=True, help=words("Soạn văn bản Word", "Write letters as Word files"))
template = typer.Typer(no_args_is_help=True, help=words("Mẫu văn bản của cơ quan", "Templates of letters"))
app.add_typer(letter, name="letter")
app.add_typer(template, name="template")

Out = Annotated[Path, typer.Option("--out", metavar="FILE", help=words("Ghi vào tệp này", "Write it here"))]


def store_of(at: Desk) -> DiskStore:
    """Return the store of this installation."""
    return DiskStore(at.settings.data_dir / FILES)


def write_file(content: bytes, out: Path) -> None:
    """Write a file; one that is there is replaced. Raises: BadInput."""
    try:
        out.write_bytes(content)
    except OSError as error:
        why = error.strerror or str(error)
        raise BadInput({"--out": Text(f"Không ghi được {out} ({why})", f"Cannot write {out} ({why})")}) from error


def read_file(path: Path, *, most: int) -> bytes:
    """Return the content of a file, one byte more than `most` at the most. Raises: BadInput."""
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        why = error.strerror or str(error)
        raise BadInput({"FILE": Text(f"Không mở được tệp ({why})", f"The file cannot be opened ({why})")}) from error


def tell(at: Desk, troubles: Iterable[Trouble], *, left_out: int = 0) -> None:
    """Say where errors go what could not be printed as it stands."""
    for trouble in troubles:
        complain(f"{trouble.where}: {at.read(trouble.text)}")
    if left_out:
        complain(
            at.read(
                Text(
                    f"Không đưa vào {left_out} hồ sơ hạn chế đọc của văn bản này",
                    f"{left_out} restricted cases of this paper are left out",
                )
            )
        )
