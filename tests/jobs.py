"""Long work in tests: the stores of one office, and the way of a job from asking to its end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from api.settings import Settings
from api.shapes.job_orders import filled, stored
from api.workshop import workshop_of
from states.facts import Actor
from tests.office import Office
from workflows.working import claiming, running, seeing, submitting
from workflows.working.claiming import Held
from workflows.working.kinds import TERMS, kind_of
from workflows.working.seeing import JobView
from workflows.working.workshop import Workshop

LEASE = timedelta(hours=1)
"""Longer than any test moves the clock by, so that only the tests about leases see one run out."""


@dataclass
class Jobs:
    """Asks for jobs and runs them, as the command line and the worker do."""

    office: Office
    shop: Workshop

    def submit(
        self,
        kind: str,
        /,
        *,
        file: Path | None = None,
        actor: Actor | None = None,
        once: str | None = None,
        **asked: Any,
    ) -> UUID:
        """Ask for a job as the operator, unless somebody else does; the name of `file` is the name of its input."""
        who, row = actor or self.office.operator, kind_of(kind)
        if file is not None:
            asked = {"name": file.name, **asked}
        order = submitting.keep_order(self.shop.kept, stored(filled(kind, asked)))
        digest = self.bring(file, who) if file is not None else None
        with self.office.database.writing() as unit:
            setting = submitting.seat(unit, kind=row, council=asked.get("council"), actor=who)
            submitting.require_input(unit, kind=row, file=digest, actor=who)
            return submitting.submit(unit, kind=row, setting=setting, actor=who, order=order, file=digest, once=once)

    def bring(self, file: Path, who: Actor) -> str:
        """Bring a file to the store of jobs and return its digest."""
        with self.shop.kept.spooling(most=self.shop.longest_file) as spool:
            spool.take(file.read_bytes())
            self.shop.kept.keep(spool)
            with self.office.database.writing() as unit:
                submitting.remember(unit, digest=spool.digest, size=spool.size, actor=who)
            return spool.digest

    def claim(self, job: UUID, by: str = "worker", *, lease: timedelta = LEASE) -> Held | None:
        """Claim a job."""
        with self.office.database.writing() as unit:
            return claiming.claim(unit, job=job, by=by, terms=TERMS, lease=lease)

    def run(self, job: UUID, by: str = "worker") -> JobView:
        """Run a job to its end and return what its asker sees."""
        held = running.take(self.shop, job=job, by=by)
        assert held is not None
        assert running.run(self.shop, held)
        return self.see(job)

    def do(self, kind: str, /, **asked: Any) -> JobView:
        """Ask for a job and run it."""
        return self.run(self.submit(kind, **asked))

    def see(self, job: UUID, actor: Actor | None = None) -> JobView:
        """Return a job as somebody sees it, the operator unless named."""
        with self.office.database.reading() as unit:
            return seeing.found(
                unit, job=job, actor=actor or self.office.operator, folder=self.shop.folder, language="vi"
            )

    def made(self, job: UUID) -> bytes:
        """Return the file that a job made."""
        file = self.see(job).file
        assert file is not None
        with self.shop.kept.read(file.digest) as content:
            return content.read()


@contextmanager
def jobs_of(office: Office, folder: Path) -> Iterator[Jobs]:
    """Set the stores of jobs up beside an office."""
    url = office.database.engine.url.render_as_string(hide_password=False)
    yield Jobs(office, workshop_of(Settings(database_url=url, data_dir=folder / "data"), office.database))
