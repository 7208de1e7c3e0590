"""A clerk at work: moves cases and brings files at a steady pace until killed; one sign on standard output for each."""

from __future__ import annotations

import os
import sys
import time
from itertools import count
from pathlib import Path
from random import Random

from sqlalchemy import select

from models.columns import table_of
from models.history import Document
from models.units import connect
from tests.faults.writer import move
from tests.made_files import pdf
from workflows import accounts
from workflows.filing import attaching
from workflows.filing.malware import NoScanner
from workflows.filing.store import DiskStore

EACH_FILE = 20


def main(url: str, folder: Path, seed: str, per_second: float, codes: list[str]) -> None:
    """Work for ever; every twentieth entry is a file for the only letter."""
    database, random, store = connect(url), Random(seed), DiskStore(folder)
    with database.reading() as unit:
        letter = unit.read(select(table_of(Document).c.id)).scalar_one()
    for n in count():
        begun = time.monotonic()
        move(database, codes, random, n)
        if n % EACH_FILE == 0:
            with store.spooling(most=1 << 20) as spool:
                spool.take(pdf(f"Bao cao {seed} {n}"))
                brought = attaching.bring(store, spool, name="a.pdf", scanner=NoScanner())
            with database.writing() as unit:
                actor = accounts.operator(unit, user="clerk")
                attaching.attach(unit, document=letter, brought=brought, actor=actor)
        os.write(1, b".")
        time.sleep(max(0.0, 1 / per_second - (time.monotonic() - begun)))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], float(sys.argv[4]), sys.argv[5:])
