"""`python -m benchmarks`: what Dondoc costs, on both databases, beside the bare SQL floor of the same rows.

Everything is measured unless parts are chosen; a Markdown table of each is printed as soon as it is known.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from itertools import chain
from pathlib import Path

from benchmarks import delivery, files, imports, kinds, lists, memory, moves, sweeps
from benchmarks.figures import Line, Row, Table, machine
from benchmarks.office import furnish
from benchmarks.peer import through_django
from models.databases import POSTGRESQL
from tests.servers.postgres import DURABLE, running_postgres

FEWER = 100_000
"""The other number of open clocks: a sweep of as many due rungs must take as long."""


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """Yield an empty durable database of each kind."""
    with running_postgres(DURABLE) as server, tempfile.TemporaryDirectory() as folder:
        yield {"postgresql": server.create_database(), "sqlite": f"sqlite+pysqlite:///{folder}/dondoc.db"}


def measure_moves(chosen: argparse.Namespace) -> Iterator[Table]:
    """Measure moves at 1, 4 and 16 clients; on PostgreSQL beside a program of django-fsm too."""
    rows: list[Row] = []
    with databases() as urls:
        for name, url in _of(chosen, urls):
            items, peers = furnish(url, cases=chosen.cases), [through_django] if name == POSTGRESQL else []
            for clients in moves.CLIENTS:
                ways = [moves.through_dondoc, moves.by_hand, *peers]
                ours, floor, *others = moves.measure(url, items, clients=clients, ways=ways)
                compared = {"django-fsm /s": others[0], "times django-fsm": ours / others[0]} if others else {}
                rows.append({**Line("move", name, clients, ours, floor).row(), **compared})
    yield Table("Moves", rows)


def measure_kinds(chosen: argparse.Namespace) -> Iterator[Table]:
    """Measure entering, moving and verifying cases of every kind."""
    with databases() as urls:
        found = [kinds.measure(name, url, chosen.each) for name, url in _of(chosen, urls)]
    yield Table("Kinds", [row for rows, _ in found for row in rows])
    yield Table("Verifying every kind", [verified for _, verified in found])


def measure_imports(chosen: argparse.Namespace) -> Iterator[Table]:
    """Measure the import of a list, an invented one where none is given."""
    rows = []
    with databases() as urls, databases() as floors, tempfile.TemporaryDirectory() as folder:
        for name, url in _of(chosen, urls):
            found = imports.measure(url, floors[name], chosen.list or imports.invented_list(Path(folder)))
            line = Line("import", name, 1, found.written / found.ours, found.written / found.floor)
            rows.append({**line.row(), "MB": found.megabytes})
    yield Table("Imports", rows)


def measure_sweeps(chosen: argparse.Namespace) -> Iterator[Table]:
    """Measure sweeps at two numbers of open clocks."""
    swept = []
    for clocks in sorted({min(FEWER, chosen.open), chosen.open}):
        with databases() as urls:
            swept += [sweeps.measure(name, url, clocks) for name, url in _of(chosen, urls)]
    yield Table("Sweeps", [row for one in swept for row in one.rows()])
    yield Table("Sweeps with none due", [one.idle_row() for one in swept])


def measure_lists(chosen: argparse.Namespace) -> Iterator[Table]:
    """Measure what is asked of a register of very many cases."""
    with databases() as urls:
        asked = chain.from_iterable(lists.measure(name, url, chosen.listed) for name, url in _of(chosen, urls))
        yield Table("Lists, searches and one case", [one.row() for one in asked])


def measure_delivery(chosen: argparse.Namespace) -> Iterator[Table]:
    """Measure notices told and letters sent."""
    lines = delivery.measure(chosen.letters, petitions=500)
    yield Table("Delivery", [asdict(line) | {"ratio": line.ours / line.floor} for line in lines])


def measure_memory(chosen: argparse.Namespace) -> Iterator[Table]:
    """Measure how much memory each process has after work."""
    with databases() as urls:
        yield Table("Memory", [row for name, url in _of(chosen, urls) for row in memory.measure(name, url)])


def measure_files(_chosen: argparse.Namespace) -> Iterator[Table]:
    """Measure files that are refused, kept and read."""
    yield Table("Files", [taken._asdict() for taken in files.measure()])


PARTS: Mapping[str, Callable[[argparse.Namespace], Iterator[Table]]] = {
    "moves": measure_moves,
    "kinds": measure_kinds,
    "sweeps": measure_sweeps,
    "lists": measure_lists,
    "delivery": measure_delivery,
    "imports": measure_imports,
    "memory": measure_memory,
    "files": measure_files,
}


def _of(chosen: argparse.Namespace, urls: dict[str, str]) -> Iterator[tuple[str, str]]:
    return ((name, url) for name, url in urls.items() if chosen.database in {None, name})


def main() -> None:
    """Measure and print; with --json also write the figures to a file."""
    arguments = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    option = arguments.add_argument
    option("--only", nargs="+", choices=list(PARTS), default=list(PARTS), help="measure these parts only")
    option("--database", choices=("postgresql", "sqlite"), help="measure on this one only, where there are two")
    option("--cases", type=int, default=2000, help="petitions for the moves (default 2000)")
    option("--each", type=int, default=100, help="cases of each kind, for the kinds (default 100)")
    option("--open", type=int, default=1_000_000, help="open clocks for the sweeps (default 1,000,000)")
    option("--listed", type=int, default=1_000_000, help="cases for lists and searches (default 1,000,000)")
    option("--letters", type=int, default=10_000, help="letters for the delivery (default 10,000)")
    option("--list", type=Path, help="list of petitions to import (default: 1,573 invented ones)")
    option("--json", type=Path, help="also write the figures to this file")
    chosen = arguments.parse_args()
    kept = []
    for part in chosen.only:
        before = machine()
        for table in PARTS[part](chosen):
            print(f"{table.as_markdown()}\n", flush=True)
            kept.append({"part": part, "title": table.title, "before": before, "after": machine(), "rows": table.rows})
        print(f"{before} before, after: {machine()}\n", flush=True)
        if chosen.json:
            chosen.json.write_text(json.dumps(kept, indent=2, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
