"""What is done with a whole installation, by a job, at night or by hand: its history walked, all of it backed up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from models.units import Unit
from workflows import verifying
from workflows.backing_up import making
from workflows.backing_up.making import BackedUp
from workflows.backing_up.progress import Progress, silent
from workflows.verifying import Verdict
from workflows.working.workshop import Workshop


def walked(unit: Unit, shop: Workshop, *, progress: Callable[[int], None] | None = None) -> Verdict:
    """Return what verifying all history finds, the exported seals included where there are any."""
    exported = shop.seals if shop.seals.is_dir() else None
    return verifying.verify(unit, key=shop.seal_key(), exported=exported, progress=progress)


def archived(shop: Workshop, *, to: Path, progress: Progress = silent) -> BackedUp:
    """Back up to a new file, or into a folder. Raises what backing up raises."""
    return making.back_up(
        shop.database, files=shop.files, seals=shop.seals, to=to, version=shop.version, key=shop.seal_key(),
        progress=progress,
    )  # fmt: skip
