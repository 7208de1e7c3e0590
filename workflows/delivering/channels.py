"""The port through which letters leave, the same for every way of telling a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from states.alerting import MailTrouble, MessageChannel


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter in words. `key` stays the same however often it is tried: a receiver can drop a repeat."""

    key: UUID
    address: str
    name: str
    subject: str
    text: str
    html: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of sending: `trouble` None, it was taken.

    `final`: no other try will help. `in_doubt`: it may have arrived. `whole`: the way is broken for every letter.
    """

    trouble: MailTrouble | None = None
    said: str = ""
    final: bool = False
    in_doubt: bool = False
    whole: bool = False


TAKEN = Outcome()


class Channel(Protocol):
    """A way of telling people outside the inbox."""

    @property
    def kind(self) -> MessageChannel:
        """Which way it is."""

    async def send(self, letter: Letter) -> Outcome:
        """Send one letter, within bounded time and memory; several are sent at once."""

    async def close(self) -> None:
        """Give back what is open."""
