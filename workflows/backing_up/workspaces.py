"""Folders of work in progress: beside the place where the result belongs, gone afterwards, swept when left behind."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from models import flushing

PREFIX = ".dondoc-work-"
_LOCK = "lock"


@contextmanager
def workspace(folder: Path) -> Iterator[Path]:
    """Yield a new folder inside `folder`, for its owner only; whatever is left in it afterwards is removed.

    What killed processes left in `folder` is removed first: their lock is free. Raises OSError.
    """
    _sweep(folder)
    made = Path(tempfile.mkdtemp(prefix=PREFIX, dir=folder))
    lock = os.open(made / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        with suppress(OSError):  # a network folder may know no locks: then nothing is swept there either
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
        os.close(lock)


def flush(path: Path) -> None:
    """Let the content of a file, or the names in a folder, outlive a power cut; a network folder may not know how."""
    try:
        flushing.flush(path)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.EOPNOTSUPP} or not path.is_dir():
            raise


def _sweep(folder: Path) -> None:
    for left in folder.glob(f"{PREFIX}*"):
        with suppress(OSError):
            lock = os.open(left / _LOCK, os.O_RDWR)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(left, ignore_errors=True)
            finally:
                os.close(lock)
