"""How often each fault is tried: a few times with every commit, as often as promised with `make test-faults`.

The one place that knows the numbers. DONDOC_TEST_SIZES=promised chooses the second column, DONDOC_TEST_<NAME> sets one
number by itself.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

_WITH_EVERY_COMMIT, _PROMISED = 0, 1
SIZES: Mapping[str, tuple[int, int]] = {
    # P3: after how many system calls the power goes.
    "POWER_CUTS": (100, 4_000),
    # P5: how often the timekeeper is stopped for two seconds, how often for ninety, how often it is killed.
    "STOPS": (2, 100),
    "LONG_STOPS": (0, 2),
    "TIMEKEEPER_KILLS": (1, 20),
    # P12: how often the database goes away while everybody works.
    "DATABASE_RESTARTS": (3, 100),
    # P13: how often the disk is filled.
    "FULL_DISKS": (1, 20),
}


def size(name: str) -> int:
    """Return how often `name` is to be tried."""
    column = _PROMISED if os.environ.get("DONDOC_TEST_SIZES") == "promised" else _WITH_EVERY_COMMIT
    return int(os.environ.get(f"DONDOC_TEST_{name}", SIZES[name][column]))
