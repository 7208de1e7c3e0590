"""Delivers again and again, an hour later each time, until it is killed or nothing is left.

It says "ready" before its first round, and after each round how many letters it sent.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime, timedelta

from models.units import connect
from tests.office import HandClock
from workflows.delivering import deliver
from workflows.delivering.smtp import MailServer, SmtpChannel


def main(url: str, port: int, begins: str, rounds: int) -> None:
    """Deliver to the mail server at `port`; the first round is at the instant `begins`."""
    clock = HandClock(datetime.fromisoformat(begins), timedelta(0))
    database = connect(url, clock=clock)
    os.write(1, b"ready\n")
    for _ in range(rounds):
        done = deliver(database, [SmtpChannel(MailServer("127.0.0.1", port, "dondoc@example.vn"))])
        os.write(1, f"{done.sent}\n".encode())
        clock.now += timedelta(hours=1)
    database.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
