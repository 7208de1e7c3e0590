"""The files that commands keep with papers: brought from a path, and told of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from api.cli.desk import Desk
from api.cli.speaking import say
from api.settings import FILES
from states.errors import BadInput
from states.text import Text
from workflows.filing import attaching
from workflows.filing.attaching import Attached, Coming
from workflows.filing.malware import Scanner, scanner_of
from workflows.filing.store import DiskStore, Spool

_PIECE = 1 << 20


@contextmanager
def coming(at: Desk, path: Path) -> Iterator[Coming]:
    """Look at the file at `path`, to be kept with a paper; what is not kept leaves nothing behind.

    Raises: BadInput, FileNotTaken, Unavailable.
    """
    kept = store(at)
    with kept.spooling(most=at.settings.file_megabytes << 20) as spool:
        _pour(path, spool)
        yield Coming(kept, spool, attaching.examine(spool, name=path.name, scanner=scanner(at)))


def _pour(path: Path, spool: Spool) -> None:
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                spool.take(piece)
    except OSError as error:
        why = error.strerror or str(error)
        raise BadInput({"FILE": Text(f"Không mở được tệp ({why})", f"The file cannot be opened ({why})")}) from error


def show_attached(at: Desk, done: Sequence[Attached]) -> None:
    """Say of each file whether it was kept now or before."""
    for one in done:
        name, digest = one.file.name, one.file.digest
        if one.is_new:
            at.say(f"Đã lưu {name} ({digest[:12]})", f"Kept {name} ({digest[:12]})")
        else:
            at.say(f"Đã có từ trước: {name} ({digest[:12]})", f"There already: {name} ({digest[:12]})")
        for note in one.notes:
            say(note, at.language)


def store(at: Desk) -> DiskStore:
    """Return the store of this installation."""
    return DiskStore(at.settings.data_dir / FILES)


def scanner(at: Desk) -> Scanner:
    """Return what looks for malware here."""
    return scanner_of(at.settings.scan_command, seconds=at.settings.scan_seconds)
