"""Sends the letters of one channel over several connections: one that is slow holds up itself alone.

What is claimed lies in one heap from which every sender takes the next. When the way itself is broken, as often as
`GIVE_UP` times in a row, the rest goes back untried and waits for the next round.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from models.units import Database
from states.alerting import MailTrouble
from states.errors import Unavailable
from workflows.delivering.channels import Channel, Outcome
from workflows.delivering.claiming import LEASE, Ending, Fate, claim, fate_of, mark
from workflows.delivering.digesting import Content, content_of
from workflows.delivering.rendering import letter

SENDERS = 8
CLAIMED_AT_ONCE = 16
GIVE_UP = 3
_TIME_TO_SEND = 25.0
_MARK_AGAIN = 40
_BETWEEN_MARKS = 0.5

Row = Mapping[str, Any]


@dataclass(slots=True)
class Sending:
    """One round over one channel. `going_on` is asked before more letters are claimed."""

    database: Database
    channel: Channel
    public_url: str | None = None
    going_on: Callable[[], bool] = lambda: True
    senders: int = SENDERS
    counts: Counter[Fate] = field(default_factory=Counter)
    holder: str = field(default_factory=lambda: f"{os.uname().nodename[:40]}:{os.getpid()}:{uuid4().hex[:8]}")
    _heap: deque[tuple[Row, float]] = field(default_factory=deque)
    _ended: asyncio.Queue[Ending | None] = field(default_factory=asyncio.Queue)
    _claiming: asyncio.Lock = field(default_factory=asyncio.Lock)
    _began: datetime | None = None
    _lost: Unavailable | None = None
    _exhausted: bool = False
    _broken: int = 0

    async def run(self) -> Counter[Fate]:
        """Send what is due and return how many were sent, put off, dropped, dead.

        Raises: Unavailable when the database was lost on the way; what was sent until then is marked once it is back.
        """
        marking = asyncio.create_task(self._mark_all())
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(self.senders):
                    group.create_task(self._send_all())
            for row, _ in self._heap:
                self._ended.put_nowait(Ending(row, None))
        finally:
            self._ended.put_nowait(None)
            await marking
            await self.channel.close()
        if self._lost is not None:
            raise self._lost
        return self.counts

    async def _send_all(self) -> None:
        while (row := await self._next()) is not None:
            self._ended.put_nowait(await self._send(row))

    async def _next(self) -> Row | None:
        """Return the next letter; None when there is no more, or no way to send it."""
        async with self._claiming:
            while self._broken < GIVE_UP:
                if self._heap:
                    row, claimed = self._heap.popleft()
                    if time.monotonic() - claimed < LEASE.total_seconds() - _TIME_TO_SEND:
                        return row
                    self._ended.put_nowait(Ending(row, None))
                elif self._exhausted or not self.going_on():
                    return None
                else:
                    await self._claim()
        return None

    async def _claim(self) -> None:
        now = time.monotonic()
        try:
            rows = await asyncio.to_thread(self._claimed)
        except Unavailable as error:
            self._lost, rows = error, []
        self._exhausted = len(rows) < CLAIMED_AT_ONCE
        self._heap.extend((row, now) for row in rows)

    def _claimed(self) -> list[Row]:
        with self.database.writing() as unit:
            self._began = self._began or unit.now
            return claim(unit, self.channel.kind, holder=self.holder, most=CLAIMED_AT_ONCE, by=self._began)

    async def _send(self, row: Row) -> Ending:
        try:
            content, made = await asyncio.to_thread(self._write, row)
            outcome = await self.channel.send(made) if made is not None else Outcome(content.trouble)
        except Unavailable:
            return Ending(row, None)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one letter stops that letter alone
            said = f"{type(error).__name__}: {error}"
            return Ending(row, Outcome(MailTrouble.UNREADABLE, said, final=True))
        self._broken = self._broken + 1 if outcome.whole else 0
        return Ending(row, outcome, content.left_out)

    def _write(self, row: Row) -> tuple[Content, Any]:
        with self.database.reading() as unit:
            content = content_of(unit, row)
            if content.reader is None or content.trouble is not None:
                return content, None
            made = letter(row["id"], content.reader, content.entries, now=unit.now, public_url=self.public_url)
            return content, made

    async def _mark_all(self) -> None:
        """Mark what has ended, all that came meanwhile in one transaction."""
        more = True
        while more:
            endings = [await self._ended.get()]
            while not self._ended.empty():
                endings.append(self._ended.get_nowait())
            more = None not in endings
            known = [ending for ending in endings if ending is not None]
            if known:
                await self._mark(known)

    async def _mark(self, endings: list[Ending]) -> None:
        """Mark letters; while the database cannot be reached, again and again for a while, then the leases end."""
        for _ in range(_MARK_AGAIN):
            try:
                self.counts.update(await asyncio.to_thread(self._marked, endings))
            except Unavailable:
                await asyncio.sleep(_BETWEEN_MARKS)
            else:
                return

    def _marked(self, endings: list[Ending]) -> Counter[Fate]:
        with self.database.writing() as unit:
            mark(unit, endings, holder=self.holder)
            return Counter(fate_of(ending, unit.now) for ending in endings)
