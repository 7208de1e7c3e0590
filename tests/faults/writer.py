"""A server of writers: for each line on standard input it forks a process that moves cases until it is killed.

It says on standard output: "pid N" for each writer, "ready" when that begins to write, "CODE SEQ" after each move that
was acknowledged, "gone" when it has ended. Every line is one write to the pipe, so nothing said is lost by a kill.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from itertools import count
from random import Random

from models.units import Database, connect
from workflows import accounts, moving
from workflows.orders import Moved, Order

PETITION = "-KN-"
WORDS = ("nêu lại lần nữa", "cử tri hỏi thêm", "gửi kèm ảnh")


def say(line: str) -> None:
    """Write one line at once."""
    os.write(1, f"{line}\n".encode())


def order(random: Random, code: str, n: int) -> tuple[str, dict[str, str]]:
    """Return one of several moves that together touch most tables; those of every kind for what is no petition."""
    words = f"{random.choice(WORDS)} {n}"
    of_every_kind = (
        ("amend", {"text": words, "words": "sửa"}),
        ("entrust", {"officer": random.choice(("clerk", "officer"))}),
    )
    of_petitions = (("raise_again", {"words": words}), ("screen", {"level": "commune", "note": words}))
    return random.choice((*of_every_kind, *of_petitions) if PETITION in code else of_every_kind)


def move(database: Database, codes: list[str], random: Random, n: int) -> Moved:
    """Move one case; when this returns, the unit has committed."""
    code = random.choice(codes)
    trigger, entry = order(random, code, n)
    with database.writing() as unit:
        actor = accounts.operator(unit, user="writer")
        return moving.move(unit, code=code, order=Order(trigger, actor, date(2026, 8, 5), entry))


def write(database: Database, codes: list[str], seed: str) -> None:
    """Move cases at random, for ever, and acknowledge each."""
    random = Random(seed)
    with database.reading() as unit:
        unit.connection.exec_driver_sql("SELECT 1")
    say("ready")
    for n in count():
        moved = move(database, codes, random, n)
        say(f"{moved.code} {moved.seq}")


def serve(url: str, codes: list[str]) -> None:
    """Fork one writer after the other, as asked; what all of them need is loaded once, no connection is shared."""
    database = connect(url)
    for n in range(20):
        move(database, codes, Random(n), n)
    database.close()
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            write(database, codes, line.strip())
        say(f"pid {pid}")
        os.waitpid(pid, 0)
        say("gone")


if __name__ == "__main__":
    serve(sys.argv[1], sys.argv[2:])
