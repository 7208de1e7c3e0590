"""Backups: made while others write, restored only when everything in them was found right. See docs/backup.md."""

from __future__ import annotations

from workflows.backing_up.destination import Destination
from workflows.backing_up.errors import HalfRestored
from workflows.backing_up.making import BackedUp, back_up
from workflows.backing_up.marking import half_restored, require_whole
from workflows.backing_up.progress import Progress
from workflows.backing_up.restoring import Restored, restore

__all__ = [
    "BackedUp",
    "Destination",
    "HalfRestored",
    "Progress",
    "Restored",
    "back_up",
    "half_restored",
    "require_whole",
    "restore",
]
