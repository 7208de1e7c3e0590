"""`python -m benchmarks`: one durable move and the import, on both databases, beside the bare SQL floor; files."""

from __future__ import annotations

import argparse
import json
import os
import platform
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks import files, imports, moves
from benchmarks.office import furnish
from tests.servers.postgres import DURABLE, running_postgres


@dataclass(frozen=True)
class Line:
    """One measurement beside its floor, both per second."""

    what: str
    database: str
    clients: int
    ours: float
    floor: float

    @property
    def ratio(self) -> float:
        """Return ours as a share of the floor."""
        return self.ours / self.floor


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """Yield an empty durable database of each kind."""
    with running_postgres(DURABLE) as server, tempfile.TemporaryDirectory() as folder:
        yield {"postgresql": server.create_database(), "sqlite": f"sqlite+pysqlite:///{folder}/dondoc.db"}


def measure_moves(cases: int) -> list[Line]:
    """Measure moves at 1, 4 and 16 clients."""
    lines = []
    with databases() as urls:
        for name, url in urls.items():
            items = furnish(url, cases=cases)
            for clients in moves.CLIENTS:
                ours, floor = moves.measure(url, items, clients=clients)
                lines.append(Line("move", name, clients, ours, floor))
    return lines


def measure_imports(path: Path | None) -> tuple[list[Line], int]:
    """Measure the import of a list, an invented one without `path`; return petitions per second, and megabytes."""
    lines, megabytes = [], 0
    with running_postgres(DURABLE) as server, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pairs = {
            "postgresql": (server.create_database(), server.create_database()),
            "sqlite": (f"sqlite+pysqlite:///{folder}/ours.db", f"sqlite+pysqlite:///{folder}/floor.db"),
        }
        for engine, (url, floor_url) in pairs.items():
            found = imports.measure(url, floor_url, path or imports.invented_list(folder))
            lines.append(Line("import", engine, 1, found.written / found.ours, found.written / found.floor))
            megabytes = max(megabytes, found.megabytes)
    return lines, megabytes


def as_markdown(lines: list[Line]) -> str:
    """Return the measurements as a Markdown table."""
    head = "| what | database | clients | Dondoc /s | floor /s | ratio |\n| --- | --- | ---: | ---: | ---: | ---: |"
    rows = [
        f"| {line.what} | {line.database} | {line.clients} | {line.ours:,.0f} | {line.floor:,.0f} | {line.ratio:.2f} |"
        for line in lines
    ]
    return "\n".join(
        [f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores", "", head, *rows]
    )


def main() -> None:
    """Measure and print; with --json also write the figures to a file."""
    arguments = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    arguments.add_argument("--cases", type=int, default=2000, help="petitions for the move benchmark (default 2000)")
    arguments.add_argument("--list", type=Path, help="list of petitions to import (default: 1,573 invented ones)")
    arguments.add_argument("--json", type=Path, help="also write the figures to this file")
    chosen = arguments.parse_args()
    imported, megabytes = measure_imports(chosen.list)
    lines = [*measure_moves(chosen.cases), *imported]
    print(as_markdown(lines))
    print(f"\nThe import took at most {megabytes} MB of memory.\n")
    print(files.as_markdown(files.measure()))
    if chosen.json:
        chosen.json.write_text(json.dumps([asdict(line) | {"ratio": line.ratio} for line in lines], indent=2))


if __name__ == "__main__":
    main()
