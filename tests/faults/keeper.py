"""Backs up or restores once: says "ready" when everything is loaded, does it, says "done"."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.backups import Place


def main(what: str, url: str, folder: Path, archive: Path) -> None:
    """Do `what` at the installation with this database and folder."""
    place = Place(url, folder)
    os.write(1, b"ready\n")
    if what == "backup":
        place.back_up(archive)
    else:
        place.restore(archive, overwrite=True)
    os.write(1, b"done\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
