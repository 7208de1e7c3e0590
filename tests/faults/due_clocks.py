"""Clocks of real cases of several kinds that become due when a test says so, and what fired of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import cycle
from random import Random
from uuid import UUID

from sqlalchemy import update

from models.alerting import ClockRung
from models.columns import table_of
from states.kinds import KINDS
from tests.every_kind import plain_birth
from tests.faults.service import eventually
from tests.office import Office

HEARTBEAT = 60.0
"""How late a rung may fire at most, in seconds: the longest beat that the settings allow."""
OTHERS = ("task", "citizen_letter", "session_document")
"""Kinds whose limit begins with their entry and is long over at `AFTER_ALL`."""
RUNGS, AFTER_ALL = 5, datetime(2026, 12, 20, 5, 0, tzinfo=UTC)
_rung = table_of(ClockRung)


class Clocks:
    """Clocks of petitions that were sent and received, and of other kinds, whose ladders a test moves as it likes."""

    def __init__(self, office: Office) -> None:
        self.office, self.due = office, 0
        self._entered: Iterator[Callable[[], str]] = cycle(
            (self._petition, *(partial(self._other, kind) for kind in OTHERS))
        )
        office.clock.now = AFTER_ALL  # what the ladder of a clock says is past when it begins: only tests arm rungs

    def __next__(self) -> UUID:
        """Return the running clock of a new case, of one kind after the other; none of its rungs is due ever."""
        code = next(self._entered)()
        (clock,) = [clock["id"] for clock in self.office.see(code).clocks if clock["state"] == "running"]
        assert not self.office.rows(
            f'SELECT 1 FROM clock_rung r JOIN "case" c ON c.id = r.case_id'
            f" WHERE c.code = '{code}' AND r.state = 'armed'"
        )
        return UUID(str(clock))

    def _petition(self) -> str:
        code, (referral,) = self.office.sent("UBND")
        self.office.go(code, "receive", referral=referral)
        return code

    def _other(self, kind: str) -> str:
        return self.office.born(plain_birth(KINDS[kind]))

    def arm(self, clock: UUID, instants: Iterable[datetime]) -> None:
        """Let the first rungs of a clock, as many as it has, be due at these instants of the wall clock, in order."""
        with self.office.database.writing() as unit:
            for n, at in enumerate(sorted(instants), start=1):
                here = update(_rung).where(_rung.c.clock_id == clock, _rung.c.rung == n)
                armed = unit.run(here.values(state="armed", at=at).returning(_rung.c.rung))
                self.due += len(armed.all())

    def fired(self) -> int:
        """Return how many rungs have fired."""
        return int(self.office.rows("SELECT count(*) AS n FROM clock_rung WHERE state = 'fired'")[0]["n"])

    def all_fired(self) -> bool:
        """Wait, a heartbeat at most, until everything that was due has fired."""
        return bool(eventually(lambda: self.fired() == self.due, HEARTBEAT))

    def doubled_or_out_of_order(self) -> list[dict[str, object]]:
        """Return rungs without exactly one notice, notices told twice to somebody, rungs before an earlier one."""
        return [
            *self.office.rows(
                "SELECT r.clock_id, r.rung FROM clock_rung r"
                " LEFT JOIN notice n ON n.clock_id = r.clock_id AND n.rung = r.rung"
                " WHERE r.state = 'fired' GROUP BY r.clock_id, r.rung HAVING count(n.cause) <> 1"
            ),
            *self.office.rows(
                "SELECT account_id, cause FROM inbox_item GROUP BY account_id, cause HAVING count(*) > 1"
            ),
            *self.office.rows(
                "SELECT a.clock_id FROM clock_rung a JOIN clock_rung b ON b.clock_id = a.clock_id AND b.rung > a.rung"
                " WHERE a.state = 'fired' AND b.state = 'fired' AND b.fired_at < a.fired_at"
            ),
        ]


def url_of(office: Office) -> str:
    return office.database.engine.url.render_as_string(hide_password=False)


def within(random: Random, earliest: float, latest: float) -> list[datetime]:
    """Return as many instants as a clock has rungs here, at random between so many seconds from now."""
    now = datetime.now(UTC)
    return [now + timedelta(seconds=random.uniform(earliest, latest)) for _ in range(RUNGS)]
