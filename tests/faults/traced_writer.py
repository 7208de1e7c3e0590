"""Moves cases a number of times and says "CODE SEQ" on standard output after each; its system calls are recorded.

Started with "careless" it first makes SQLite keep less of its word than Dondoc asks of it.
"""

from __future__ import annotations

import sys
from random import Random
from typing import Any

from sqlalchemy import event

from models.units import connect
from tests.faults.writer import move, say


def careless(connection: Any, _record: Any) -> None:
    """Do without the flush that makes a commit last."""
    connection.execute("PRAGMA synchronous=NORMAL")


def main(url: str, moves: int, how: str, codes: list[str]) -> None:
    """Move, and close the database: the last of its connections tidies up, which is recorded too."""
    database, random = connect(url), Random(moves)
    if how == "careless":
        event.listen(database.engine, "connect", careless)
    for n in range(moves):
        moved = move(database, codes, random, n)
        say(f"{moved.code} {moved.seq}")
    database.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4:])
