"""Lets what was written outlive a power cut."""

from __future__ import annotations

import os
from pathlib import Path


def flush(path: Path) -> None:
    """Flush the content of a file, or the names in a folder, to the disk. Raises OSError when that cannot be done."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
