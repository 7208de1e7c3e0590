"""Where the time of one move goes: `python -m benchmarks.profiled`; the share of each part, on both databases.

The profiler counts what each function takes by itself and slows Python down: shares, not durations.
"""

from __future__ import annotations

import cProfile
import pstats
from collections import Counter
from pathlib import Path

from benchmarks import moves
from benchmarks.__main__ import databases
from benchmarks.office import furnish

MOVES = 400
PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("the database and its driver, waiting included", ("psycopg", "'sqlite3.", "'pysqlite3.")),
    ("SQLAlchemy", ("sqlalchemy",)),
    ("reading and writing JSON", ("json", "orjson")),
    ("pydantic", ("pydantic",)),
    ("states", ("/states/", "transitions")),
    ("deadlines", ("/deadlines/",)),
    ("models", ("/models/",)),
    ("workflows", ("/workflows/",)),
)


def shares(url: str) -> dict[str, float]:
    """Return the share of each part in `MOVES` moves, largest first."""
    items = furnish(url, cases=MOVES + 20)
    moves.through_dondoc(url, items[:20])
    profile = cProfile.Profile()
    profile.runcall(moves.through_dondoc, url, items[20:])
    took: Counter[str] = Counter()
    for (file, _, name), (_, _, own, _, _) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]  # not in its stubs
        took[_part(f"{Path(file).as_posix()} {name}")] += own
    whole = sum(took.values())
    return {part: spent / whole for part, spent in took.most_common()}


def _part(function: str) -> str:
    return next((part for part, marks in PARTS if any(mark in function for mark in marks)), "Python itself")


def main() -> None:
    """Print a Markdown table."""
    with databases() as urls:
        found = {name: shares(url) for name, url in urls.items()}
    print("| part | " + " | ".join(found) + " |\n| --- |" + " ---: |" * len(found))
    for part in dict.fromkeys(part for one in found.values() for part in one):
        print(f"| {part} | " + " | ".join(f"{one.get(part, 0):.0%}" for one in found.values()) + " |")


if __name__ == "__main__":
    main()
