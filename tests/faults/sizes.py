"""How often each fault is tried: a few times with every commit, as often as promised with `make test-faults`.

The one place that knows the numbers. DONDOC_TEST_SIZES=promised chooses the second column, DONDOC_TEST_<NAME> sets one
number by itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

Record = Callable[[str, object], None]
"""The fixture `record_property`: a test says under "reached" how far it went, and the end of the run shows it."""

_WITH_EVERY_COMMIT, _PROMISED = 0, 1
SIZES: Mapping[str, tuple[int, int]] = {
    # P1: how often a writer is killed, while it moves single cases and while it registers a paper over many.
    "MOVE_KILLS": (30, 10_000),
    "PAPER_KILLS": (4, 40),
    # P3: after how many system calls the power goes.
    "POWER_CUTS": (100, 4_000),
    # P4: how many clocks of five rungs were due, how often their sweepers are killed.
    "CLOCKS": (400, 20_000),
    "SWEEP_KILLS": (40, 300),
    # The 500 limits of a summer, counted once more by a model that shares no code.
    "LIMITS": (100, 500),
    # P5: how often the timekeeper is stopped for two seconds, how often for ninety, how often it is killed.
    "STOPS": (2, 100),
    "LONG_STOPS": (0, 2),
    "TIMEKEEPER_KILLS": (1, 20),
    # P9, P10: how many letters there are, how often who sends them is killed.
    "LETTERS": (120, 10_000),
    "MAIL_KILLS": (5, 30),
    # P12: how often the database goes away while everybody works.
    "DATABASE_RESTARTS": (3, 100),
    # P13: how often the disk is filled.
    "FULL_DISKS": (1, 20),
    # P14: how often is backed up and restored under load, after how many seconds each, how often that is killed.
    "BACKUP_ROUNDS": (2, 20),
    "BACKUP_PAUSE": (1, 30),
    "BACKUP_KILLS": (5, 20),
    # Long jobs: at how many of the points of an import its worker is killed.
    "JOB_POINTS": (1, 3),
}


def size(name: str) -> int:
    """Return how often `name` is to be tried."""
    column = _PROMISED if os.environ.get("DONDOC_TEST_SIZES") == "promised" else _WITH_EVERY_COMMIT
    return int(os.environ.get(f"DONDOC_TEST_{name}", SIZES[name][column]))
