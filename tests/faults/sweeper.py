"""A server of sweepers: for each "N SECONDS" on standard input it forks N sweepers and kills them after that time.

It says "gone" when all of them have ended. What they need is loaded once; no connection is shared.
"""

from __future__ import annotations

import os
import signal
import sys
import time

from models.units import Database, connect
from workflows import sweeping


def serve(url: str, at_once: int) -> None:
    """Fork rounds of sweepers as asked."""
    database = connect(url, pool_size=1)
    with database.writing() as unit:
        unit.claim(at_most=1)  # what every sweeper needs is compiled once
    database.engine.dispose()
    for line in sys.stdin:
        number, seconds = line.split()
        pids = [_begin(database, at_once) for _ in range(int(number))]
        time.sleep(float(seconds))
        for pid in pids:
            os.kill(pid, signal.SIGKILL)  # one that ended by itself is not reaped yet: its number is still its own
        for pid in pids:
            os.waitpid(pid, 0)
        os.write(1, b"gone\n")


def _begin(database: Database, at_once: int) -> int:
    pid = os.fork()
    if pid == 0:
        sweeping.sweep(database, at_once=at_once)
        os._exit(0)
    return pid


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
