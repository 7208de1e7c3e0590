"""How long a dangerous file takes to be refused, an honest one to be kept, and what a large workbook costs to read."""

from __future__ import annotations

import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import xlsxwriter

from states.errors import DomainError
from tests import made_files as made
from workflows.filing.attaching import bring
from workflows.filing.malware import NoScanner
from workflows.filing.store import DiskStore
from workflows.importing.contents import Format, Limits, examine
from workflows.importing.spooled import read_workbook

MOST = 64 << 20
ROWS, COLUMNS = 300_000, 10


class Taken(NamedTuple):
    """What was tried, in how many seconds, and what came of it."""

    what: str
    seconds: float
    outcome: str


def measure() -> list[Taken]:
    """Try every file once in an empty folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found = [brought(folder, what, content) for what, content in contents()]
        bomb = folder / "bomb.xlsx"
        bomb.write_bytes(made.with_parts(made.xlsx(), {"xl/worksheets/sheet1.xml": bytes(made.BOMB_BYTES)}))
        found.append(timed("import: a bomb", lambda: examine(bomb, limits=Limits()).value))
        return [*found, read_large(folder)]


def contents() -> Iterator[tuple[str, bytes]]:
    """Yield files that are refused and files that are kept."""
    yield "a bomb of 256 MB", made.bomb()
    yield "a part that lies: 64 MB behind 1,000 bytes", made.lying(64_123_457)
    yield "10,001 parts", made.crowded()
    yield "100,000 parts", made.crowded(100_000)
    yield "entities that grow", made.with_entities("word/document.xml")
    yield "a scan of 50 MB (PDF)", made.pdf()[:-6] + b"%" + os.urandom(50_000_000) + b"\n%%EOF\n"
    yield "a text of 50 MB (DOCX)", made.with_parts(made.docx(), {"word/media/a.jpg": os.urandom(50_000_000)})


def brought(folder: Path, what: str, content: bytes) -> Taken:
    """Bring one file to a store."""
    store = DiskStore(folder / "files")

    def act() -> str:
        with store.spooling(most=MOST) as spool:
            for place in range(0, len(content), 1 << 16):
                spool.take(content[place : place + (1 << 16)])
            return bring(store, spool, name="a", scanner=NoScanner()).media

    return timed(what, act)


def timed(what: str, act: Callable[[], str]) -> Taken:
    """Do `act` once; a refusal is an outcome."""
    began = time.perf_counter()
    try:
        outcome = act()
    except DomainError as error:
        outcome = error.code
    return Taken(what, time.perf_counter() - began, outcome)


def read_large(folder: Path) -> Taken:
    """Read a workbook of three million cells in the child process; its memory is part of the outcome."""
    path = folder / "large.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number in range(ROWS):
            sheet.write_row(number, 0, [f"Đề nghị sửa đường đoạn {number}, cột {column}" for column in range(COLUMNS)])

    def act() -> str:
        rows = sum(1 for sheet in read_workbook(path, Format.XLSX, limits=Limits(seconds=600)) for _ in sheet.rows())
        return f"{rows:,} rows"

    done = timed(f"import: {path.stat().st_size >> 20} MB, {ROWS * COLUMNS:,} cells", act)
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
    return done._replace(outcome=f"{done.outcome}, the reader at {megabytes} MB")


def as_markdown(found: list[Taken]) -> str:
    """Return the measurements as a Markdown table."""
    head = "| file | seconds | outcome |\n| --- | ---: | --- |"
    return "\n".join([head, *(f"| {one.what} | {one.seconds:.3f} | {one.outcome} |" for one in found)])
