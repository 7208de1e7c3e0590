"""Where a backup is restored: the installation that the settings name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workflows.filing.store import FileStore


@dataclass(frozen=True, slots=True)
class Destination:
    """An installation, there or not yet. `app_role` is PostgreSQL's role of the application, as for `migrate`."""

    url: str
    data_dir: Path
    files: FileStore
    seals: Path
    app_role: str | None = None
