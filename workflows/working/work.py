"""One job at work: what it may use, how it says how far it is, how it ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select

from models.columns import table_of
from models.councils import Council
from models.units import Unit, WriteUnit
from states.errors import DomainError, NotFound
from states.facts import Actor
from states.text import Text
from workflows import access, accounts
from workflows.access import Setting
from workflows.filing.store import Spool
from workflows.working import claiming
from workflows.working.claiming import Held
from workflows.working.metering import Meter
from workflows.working.workshop import Workshop

_council = table_of(Council)
T = TypeVar("T")
Step = Callable[[str, Callable[[], T]], T]
"""Runs a part of the work under a name; who watches sees the parts one by one."""


def plainly(_name: str, part: Callable[[], Any]) -> Any:
    """Run a part of the work with nobody watching."""
    return part()


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that a job made, in the store of jobs until it is cleared away."""

    name: str
    media: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a job. `totals` are counts and codes, never texts; with `refused` nothing was done."""

    said: Text
    totals: Mapping[str, Any]
    file: KeptFile | None = None
    refused: DomainError | None = None

    def stored(self) -> dict[str, Any]:
        """Return what the row keeps."""
        file = self.file
        kept = None if file is None else {"name": file.name, "media": file.media, "size": file.size,
                                          "digest": file.digest}  # fmt: skip
        return {"outcome": {"vi": self.said.vi, "en": self.said.en}, "totals": dict(self.totals), "file": kept}


class KeptBack(Exception):
    """The work is refused as it stands: what was written so far must go back, and the job ends with this outcome."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


@dataclass(slots=True)
class Work:
    """A job that is held. Its function calls `finish` once, in the transaction of what it does.

    `today` is the civil date on which it was asked for: what was left unsaid meant that day.
    """

    shop: Workshop
    held: Held
    order: Any
    today: date
    meter: Meter
    step: Step[Any] = plainly
    is_finished: bool = False

    def actor(self, unit: Unit) -> Actor:
        """Return who asked for the job, with the rights of now. Raises: NotFound."""
        return accounts.account_by_id(unit, account_id=self.held.requested_by)

    def setting(self, unit: Unit, actor: Actor) -> Setting:
        """Return the council of the job, as its asker may still work for it. Raises: NotFound."""
        code = unit.read(select(_council.c.code).where(_council.c.id == self.held.council)).scalar()
        if code is None:
            raise NotFound
        return access.council(unit, code=code, actor=actor)

    def renew(self, unit: WriteUnit) -> None:
        """Prove, in the transaction of a part of the work, that the job is still ours. Raises: LeaseLost."""
        far = self.meter.far
        claiming.renew(unit, held=self.held, done=far.done, total=far.total)

    def finish(self, unit: WriteUnit, outcome: Outcome) -> None:
        """End the job in the transaction of its effect. Raises: LeaseLost: then nothing of it may be kept."""
        if outcome.refused is None:
            far = self.meter.far
            claiming.finish(unit, held=self.held, result=outcome.stored(), done=far.done, total=far.total)
        else:
            claiming.fail(unit, held=self.held, error=outcome.refused, result=outcome.stored())
        self.is_finished = True

    def require_finished(self) -> None:
        """Prove that the work ended its job: one that returns without doing so is a fault of the program."""
        if not self.is_finished:
            raise AssertionError(self.held.kind)

    def keep(self, content: bytes, *, name: str, media: str) -> KeptFile:
        """Keep a file that the job made. Raises: Unavailable, FileOverLimit."""
        with self.shop.kept.spooling(most=max(len(content), 1)) as spool:
            spool.take(content)
            return self.keep_spool(spool, name=name, media=media)

    def keep_spool(self, spool: Spool, *, name: str, media: str) -> KeptFile:
        """Keep what was written into a spool of the store of jobs. Raises: Unavailable."""
        spool.settle()
        self.shop.kept.keep(spool)
        return KeptFile(name, media, spool.size, spool.digest)


def input_of(held: Held, name: str) -> str:
    """Return the digest of an input of the job. Raises: NotFound."""
    found = held.parameters.get(name)
    if found is None:
        raise NotFound
    return found
