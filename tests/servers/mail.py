"""A real mail server on this machine that behaves as it is told: takes letters, refuses, stalls, hangs up.

It runs in a thread of its own and keeps what it took in memory: the Message-ID and the receiver of each letter.
"""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

Answer = Callable[[str], Awaitable[str]]
TAKEN = "250 OK"


async def take(_receiver: str) -> str:
    """Take every letter."""
    return TAKEN


@dataclass
class MailServer:
    """A server: `at_rcpt` answers for a receiver, `at_end` once it has the letter. `DROP` in an answer hangs up."""

    host: str = "127.0.0.1"
    port: int = 0
    at_rcpt: Answer = take
    at_end: Answer = take
    taken: list[tuple[str, str]] = field(default_factory=list)
    bodies: dict[str, bytes] = field(default_factory=dict)
    connections: int = 0
    speaking: list[SMTP] = field(default_factory=list)
    keep_bodies: bool = True

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, *_options: list[str]
    ) -> str:
        """Answer for one receiver."""
        said = await self.at_rcpt(address)
        if said.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self._or_hang_up(server, said)

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Take the letter, then answer: one that is taken may never be acknowledged."""
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        said = await self.at_end(envelope.rcpt_tos[0])
        if not said.startswith(("4", "5")):
            key = message_from_bytes(content[:4_000])["Message-ID"]
            self.taken.append((key, envelope.rcpt_tos[0]))
            if self.keep_bodies:
                self.bodies[key] = content
        return self._or_hang_up(server, said)

    def letters(self) -> list[Message]:
        """Return the letters that were taken, each once."""
        return [message_from_bytes(content, policy=default) for content in self.bodies.values()]

    def times(self) -> Counter[str]:
        """Return how often each Message-ID was taken."""
        return Counter(key for key, _ in self.taken)

    @staticmethod
    def _or_hang_up(server: SMTP, said: str) -> str:
        if "DROP" in said:
            hang_up(server)
        return said

    def protocol(self) -> SMTP:
        """Return what speaks to one client."""
        self.connections += 1
        made = SMTP(self, hostname="mail.example.vn", loop=asyncio.get_running_loop())
        self.speaking.append(made)
        return made


def hang_up(speaking: SMTP) -> None:
    """End a connection in the middle of whatever it says."""
    if isinstance(speaking.transport, asyncio.WriteTransport):
        speaking.transport.abort()


Raw = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@contextmanager
def running(server: MailServer, *, raw: Raw | None = None) -> Iterator[MailServer]:
    """Run `server` until the block ends; with `raw` whoever connects meets that instead of a mail server."""
    loop = asyncio.new_event_loop()
    ready, stopping = threading.Event(), asyncio.Event()

    async def serve() -> None:
        if raw is not None:
            listening: Any = await asyncio.start_server(meet, server.host, server.port)
        else:
            listening = await loop.create_server(server.protocol, server.host, server.port)
        server.port = listening.sockets[0].getsockname()[1]
        ready.set()
        await stopping.wait()
        listening.close()
        for protocol in server.speaking:
            hang_up(protocol)
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.sleep(0)

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert raw is not None
        with suppress(ConnectionError, asyncio.CancelledError):
            await raw(reader, writer)
        writer.transport.abort()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    try:
        assert ready.wait(10)
        yield server
    finally:
        loop.call_soon_threadsafe(stopping.set)
        thread.join()
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()
