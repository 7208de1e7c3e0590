"""Delivers what people must be told: finds the people of each notice, fills inboxes, writes and sends one digest each.

`deliver` may be called again and again, by any number of processes.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.units import Database
from workflows.delivering.channels import Channel
from workflows.delivering.claiming import Fate
from workflows.delivering.resolving import resolve
from workflows.delivering.sending import Sending
from workflows.sweeping import DELIVER, beat

__all__ = ["Delivered", "deliver"]
LONGEST_ROUND = 240.0


@dataclass(frozen=True, slots=True)
class Delivered:
    """What one round did. `untold` notices had nobody to be told: each is an alarm, as is each letter that is `dead`.

    `put_off` letters wait for their next try; `untried` ones went back because no way was open.
    """

    told: int = 0
    settled: int = 0
    untold: int = 0
    letters: int = 0
    sent: int = 0
    put_off: int = 0
    untried: int = 0
    dropped: int = 0
    dead: int = 0


def deliver(
    database: Database,
    channels: Sequence[Channel],
    *,
    public_url: str | None = None,
    going_on: Callable[[], bool] = lambda: True,
    longest: float = LONGEST_ROUND,
) -> Delivered:
    """Tell everybody what is due by now, and send what may be sent by now; without channels letters wait.

    No more letters are begun after `longest` seconds, or once `going_on` says no: the next round goes on. Raises:
    Unavailable while the database cannot be reached.
    """
    resolved = resolve(database)
    ends = time.monotonic() + longest

    def goes_on() -> bool:
        return going_on() and time.monotonic() < ends

    counts = asyncio.run(_send(database, channels, public_url, goes_on)) if channels else Counter[Fate]()
    done = Delivered(
        told=resolved.told,
        settled=resolved.dropped,
        untold=resolved.untold,
        letters=resolved.letters,
        sent=counts[Fate.SENT],
        put_off=counts[Fate.PUT_OFF],
        untried=counts[Fate.UNTRIED],
        dropped=counts[Fate.DROPPED],
        dead=counts[Fate.DEAD],
    )
    with database.writing() as unit:
        beat(unit, DELIVER, done=done.told + done.sent)
    return done


async def _send(
    database: Database, channels: Sequence[Channel], public_url: str | None, going_on: Callable[[], bool]
) -> Counter[Fate]:
    """Send over all channels at once: none waits for another."""
    rounds = [Sending(database, channel, public_url=public_url, going_on=going_on).run() for channel in channels]
    return sum(await asyncio.gather(*rounds), Counter[Fate]())
