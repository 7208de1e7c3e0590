"""What the timekeeper of an installation does and when; put together from settings, one for each process that has one.

Sweeps and deliveries every half minute and as soon as something fired; duties in the morning; sealing, verifying and
backing up at night, each by whichever process claims it.
"""

from __future__ import annotations

import os
import socket
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time, timedelta
from pathlib import Path

import structlog

from api.channels import channels_of
from api.settings import Settings, seal_key_of
from api.workshop import workshop_of
from deadlines.timekeeper import Appointed, Beat, Timekeeper
from models.units import Database, host_clock
from states.text import Text
from workflows import delivering, duties, idempotency, measuring, recurring, sealing, sweeping, watching
from workflows.drafting import new_id
from workflows.recurring import AtFault, Job
from workflows.working import whole
from workflows.working.workshop import Workshop

WATCHED = 60.0
_PATIENCE = 10.0
_LONGEST = 30.0
_BACKUPS = "dondoc-*.zip"
_log = structlog.get_logger("timekeeper")


@dataclass
class Keeping:
    """The callables of one timekeeper; `wake` lets another beat of it run now."""

    settings: Settings
    shop: Workshop
    holder: str
    wake: Callable[[str], None]

    @property
    def database(self) -> Database:
        """Return the database of the installation."""
        return self.shop.database

    def sweep(self) -> None:
        """Fire what is due, then let it be told at once."""
        done = sweeping.sweep(self.database)
        measuring.FIRED.inc(done.fired)
        if done.fired:
            self.wake("deliver")

    def deliver(self) -> None:
        """Fill inboxes and send letters."""
        done = delivering.deliver(
            self.database, channels_of(self.settings), public_url=self.settings.public_url, longest=_LONGEST
        )
        for outcome in ("sent", "put_off", "untried", "dropped", "dead"):
            measuring.LETTERS.labels(outcome).inc(getattr(done, outcome))
        measuring.NOTICES.labels("told").inc(done.told)
        measuring.NOTICES.labels("dropped").inc(done.settled)

    def watch(self) -> None:
        """Alarm the administrators of work that stands still; while none does, say so to the outside heartbeat."""
        with self.database.writing() as unit:
            found = watching.look(unit)
            if found.troubles:
                watching.alarm(unit, found)
        for code, said in found.troubles:
            _log.warning("work is late", trouble=code, said=said.en)
        if self.settings.heartbeat_url is not None and not found.is_late:
            with urllib.request.urlopen(self.settings.heartbeat_url, timeout=_PATIENCE) as answer:  # noqa: S310 - the operator's own address, http or https only
                answer.read(1024)

    def job(self, name: str, at: time, run: Callable[[], Text]) -> Callable[[], None]:
        """Return the callable that runs a job once a day, by whoever claims it."""

        def once() -> None:
            said = recurring.run(self.database, Job(name, at, run), holder=self.holder)
            if said is not None:
                measuring.JOBS.labels(name, recurring.DONE).inc()
                _log.info("job done", job=name, said=said.en)

        return once

    def remind(self) -> Text:
        """Write the notices of duties that come back."""
        with self.database.writing() as unit:
            new = duties.remind(unit)
        return Text(f"{new} việc định kỳ", f"{new} duties")

    def seal(self) -> Text:
        """Seal history and export the seal."""
        made = sealing.seal(self.database, key=seal_key_of(self.settings), export_to=self.shop.seals)
        return Text("không có gì mới", "nothing new") if made is None else Text(f"số {made.n}", f"number {made.n}")

    def verify(self) -> Text:
        """Verify the whole history; a fault ends the job with its first words."""
        with self.database.reading() as unit:
            found = whole.walked(unit, self.shop)
        if found.first_fault is not None:
            fault = found.first_fault
            raise AtFault(Text(f"{fault.case}: {fault.what.vi}", f"{fault.case}: {fault.what.en}"))
        return Text(f"{found.events} sự kiện, chưa bị sửa", f"{found.events} events, whole")

    def back_up(self, folder: Path) -> Text:
        """Back up into `folder` and keep the newest ones."""
        folder.mkdir(parents=True, exist_ok=True)
        made = whole.archived(self.shop, to=folder)
        for old in sorted(folder.glob(_BACKUPS), reverse=True)[self.settings.backup_keep :]:
            old.unlink()
        if not made.ok:
            raise AtFault(Text("thiếu tệp của văn bản", "files of papers are missing"))
        return Text(made.path.name, made.path.name)

    def forget(self) -> Text:
        """Remove answers kept for repeated keys, and let the database look what it holds now."""
        with self.database.writing() as unit:
            gone = idempotency.forget(unit, kept_for=timedelta(days=self.settings.idempotency_days))
        with self.database.writing() as unit:
            unit.count_again()
        return Text(f"{gone} khóa cũ", f"{gone} old keys")


def timekeeper_of(settings: Settings, database: Database) -> Timekeeper:
    """Return the timekeeper of this process, not started yet."""
    every = float(settings.sweep_seconds)
    shop = workshop_of(settings, database)
    keeping = Keeping(settings, shop, f"{socket.gethostname()}:{os.getpid()}:{new_id()}"[:100], lambda _: None)
    appointed: list[tuple[str, time, Callable[[], Text]]] = [
        ("duties", time(6, 0), keeping.remind),
        ("seal", time(1, 0), keeping.seal),
        ("verify", time(2, 0), keeping.verify),
        ("forget", time(4, 0), keeping.forget),
    ]
    if settings.backup_dir is not None:
        folder = settings.backup_dir
        appointed.append(("backup", time(3, 0), lambda: keeping.back_up(folder)))
    keeper = Timekeeper(
        host_clock,
        (Beat("sweep", every, keeping.sweep), Beat("deliver", every, keeping.deliver),
         Beat("watch", WATCHED, keeping.watch, after=min(WATCHED, 3 * every))),
        tuple(Appointed(name, at.hour, at.minute, keeping.job(name, at, run)) for name, at, run in appointed),
        told=_told,
    )  # fmt: skip
    keeping.wake = keeper.wake
    return keeper


def _told(name: str, error: Exception | None) -> None:
    if error is not None:
        measuring.JOBS.labels(name, recurring.FAILED).inc()
        _log.error("work failed", work=name, exc_info=error)
