"""`python -m benchmarks.backup`: backing up and restoring a long history, on both databases, with memory and sizes."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks.figures import megabytes_of
from benchmarks.history import grow
from tests.backups import Place
from tests.servers.postgres import DURABLE, running_postgres


class Taken(NamedTuple):
    """What one step took: seconds, and the most megabytes of memory its process had."""

    seconds: float
    megabytes: int


def once(what: str, place: Place, archive: Path) -> Taken:
    """Back up or restore in a process of its own."""
    asked = [sys.executable, "-m", "benchmarks.backup", "--do", what, place.url, str(place.folder), str(archive)]
    done = subprocess.run(asked, stdout=subprocess.PIPE, text=True, check=True)
    seconds, megabytes = done.stdout.split()[-2:]
    return Taken(float(seconds), int(megabytes))


def do(what: str, url: str, folder: str, archive: str) -> None:
    """Do it here and print what it took."""
    place, began = Place(url, Path(folder)), time.perf_counter()
    if what == "backup":
        place.back_up(Path(archive))
    else:
        assert place.restore(Path(archive)).verdict.ok
    print(time.perf_counter() - began, megabytes_of()[0])


@contextmanager
def places() -> Iterator[list[tuple[str, Place, Place]]]:
    """Yield an empty installation and one to restore into, on each durable database."""
    with running_postgres(DURABLE) as server, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield [
            (
                "postgresql",
                Place(server.create_database(), folder / "a"),
                Place(server.create_database(), folder / "b"),
            ),
            (
                "sqlite",
                Place(f"sqlite:///{folder}/c/dondoc.sqlite3", folder / "c"),
                Place(f"sqlite:///{folder}/d/dondoc.sqlite3", folder / "d"),
            ),
        ]


def main() -> None:
    """Measure both databases and print a Markdown table."""
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.backup", description=__doc__)
    arguments.add_argument("--events", type=int, default=1_000_000, help="events of the history (default 1,000,000)")
    arguments.add_argument("--do", nargs=4, help=argparse.SUPPRESS)
    chosen = arguments.parse_args()
    if chosen.do:
        do(*chosen.do)
        return
    print("| database | events | grown s | backup s | MB memory | archive MB | restore and verify s | MB memory |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    with places() as found:
        for name, home, there in found:
            began = time.perf_counter()
            events = grow(home.url, events=chosen.events)
            grown = time.perf_counter() - began
            archive = home.folder / "backup.zip"
            archive.parent.mkdir(exist_ok=True)
            made, restored = once("backup", home, archive), once("restore", there, archive)
            told = (f"{grown:.0f}", f"{made.seconds:.1f}", f"{made.megabytes}", f"{archive.stat().st_size >> 20}")
            print(
                f"| {name} | {events:,} | {' | '.join(told)} | {restored.seconds:.1f} | {restored.megabytes} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
