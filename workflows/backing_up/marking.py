"""The mark of a restore that has replaced the database and not yet what belongs to it: a small file in the data folder.

It is written right before the database is replaced and removed when all is in its place. Whoever opens the
installation meanwhile is told.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from workflows.backing_up.errors import HalfRestored
from workflows.backing_up.workspaces import flush

MARK = "restoring.json"


def mark(data_dir: Path, archive: Path) -> None:
    """Say that `archive` is being restored, also after a power cut."""
    place = data_dir / MARK
    beside = place.with_suffix(".new")
    beside.write_text(json.dumps({"archive": str(archive.resolve())}), encoding="utf-8")
    flush(beside)
    beside.replace(place)
    flush(data_dir)


def unmark(data_dir: Path) -> None:
    """Say that the restore is complete, or that it changed nothing."""
    (data_dir / MARK).unlink(missing_ok=True)
    flush(data_dir)


def half_restored(data_dir: Path) -> str | None:
    """Return the archive that was being restored when a restore was cut off, None when none was."""
    try:
        written = (data_dir / MARK).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    with suppress(ValueError, LookupError, TypeError):
        return str(json.loads(written)["archive"])
    return "?"


def require_whole(data_dir: Path) -> None:
    """Refuse to work on an installation that is half-restored. Raises: HalfRestored."""
    archive = half_restored(data_dir)
    if archive is not None:
        raise HalfRestored(archive)
