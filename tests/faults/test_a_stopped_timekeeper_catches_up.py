"""P5: a wake that comes late is never dropped, whether the timekeeper stood still, was killed, or had a companion."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import update

from models.alerting import ClockRung
from models.columns import table_of
from tests.faults.service import eventually
from tests.faults.sizes import size
from tests.faults.timekeepers import Keeper, timekeeper
from tests.office import Office

pytestmark = pytest.mark.faults
HEARTBEAT = 60.0
"""How late a rung may fire at most, in seconds: the longest beat that the settings allow."""
A_STOP, RUNGS = 2, 5
Record = Callable[[str, object], None]
_rung = table_of(ClockRung)


class Clocks:
    """Clocks of petitions that were sent and received, whose ladders a test moves to instants of its own."""

    def __init__(self, office: Office) -> None:
        self.office, self.due = office, 0

    def __next__(self) -> UUID:
        """Return the running clock of a new petition; none of its rungs is due ever."""
        code, (referral,) = self.office.sent("UBND")
        self.office.go(code, "receive", referral=referral)
        (clock,) = [clock["id"] for clock in self.office.see(code).clocks if clock["state"] == "running"]
        with self.office.database.writing() as unit:
            unit.run(update(_rung).where(_rung.c.clock_id == clock).values(state="passed"))
        return UUID(str(clock))

    def arm(self, clock: UUID, instants: Iterable[datetime]) -> None:
        """Let the first rungs of a clock be due at these instants of the wall clock, one after the other."""
        with self.office.database.writing() as unit:
            for n, at in enumerate(sorted(instants), start=1):
                here = update(_rung).where(_rung.c.clock_id == clock, _rung.c.rung == n)
                unit.run(here.values(state="armed", at=at))
                self.due += 1

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


def stopped_across(clocks: Clocks, keeper: Keeper, seconds: float, random: Random) -> int:
    """Let a clock become due while the timekeeper stands still; nothing fires until it goes on, then everything.

    Returns how many rungs became due meanwhile.
    """
    clock = next(clocks)
    time.sleep(random.uniform(0, 1))  # anywhere between two beats
    clocks.arm(clock, within(random, seconds * 0.4, seconds * 0.9))
    keeper.stop()
    before = clocks.fired()
    time.sleep(seconds)
    assert clocks.fired() == before
    keeper.go_on()
    assert clocks.all_fired()
    return clocks.due - before


def test_what_was_due_while_it_stood_still_fires_when_it_goes_on(
    office: Office, tmp_path: Path, record_property: Record
) -> None:
    stops = [A_STOP] * size("STOPS") + [90] * size("LONG_STOPS")
    clocks, random = Clocks(office), Random(len(stops))
    with timekeeper(tmp_path / "data", DONDOC_DATABASE_URL=url_of(office)) as keeper:
        across = [stopped_across(clocks, keeper, seconds, random) for seconds in stops]
    assert min(across) > 0
    assert clocks.doubled_or_out_of_order() == []
    assert keeper.troubles() == []
    record_property("reached", f"{len(stops)} of {len(stops)} stops, {sum(across)} rungs were due meanwhile, all fired")


def test_what_was_due_while_it_was_dead_fires_when_it_is_started_again(
    office: Office, tmp_path: Path, record_property: Record
) -> None:
    kills, random = size("TIMEKEEPER_KILLS"), Random(1)
    clocks = Clocks(office)
    for n in range(kills):
        with timekeeper(tmp_path / "data", f"{n}", DONDOC_DATABASE_URL=url_of(office)) as keeper:
            assert clocks.all_fired()
            clocks.arm(next(clocks), within(random, 0, 1))
            time.sleep(random.uniform(0, 1))
            keeper.kill()
        clocks.arm(next(clocks), within(random, -1, 0))
    with timekeeper(tmp_path / "data", "last", DONDOC_DATABASE_URL=url_of(office)):
        assert clocks.all_fired()
    assert clocks.doubled_or_out_of_order() == []
    record_property("reached", f"{kills} kills, {clocks.fired()} of {clocks.due} rungs fired")


def test_two_timekeepers_at_once_double_nothing(office: Office, tmp_path: Path, record_property: Record) -> None:
    """Both stand still, both go on at the same moment, and find the same rungs, notices and nightly jobs."""
    rounds = size("STOPS")
    clocks, random = Clocks(office), Random(rounds)
    settings = {"DONDOC_DATABASE_URL": url_of(office)}
    with ExitStack() as both:
        pair = [both.enter_context(timekeeper(tmp_path / "data", f"{n}", **settings)) for n in (1, 2)]
        for _ in range(rounds):
            some = [next(clocks) for _ in range(4)]
            for clock in some:
                clocks.arm(clock, within(random, 0.1, 0.5))
            for keeper in pair:
                keeper.stop()
            time.sleep(0.5)
            for keeper in pair:
                keeper.go_on()
            assert clocks.all_fired()
    assert clocks.doubled_or_out_of_order() == []
    assert [trouble for keeper in pair for trouble in keeper.troubles()] == []
    jobs = office.rows("SELECT job, attempts FROM job_run")
    assert {row["job"] for row in jobs} == {"duties", "seal", "verify", "forget"}
    assert {row["attempts"] for row in jobs} == {1}
    record_property("reached", f"{rounds} rounds of two timekeepers, {clocks.fired()} rungs, none doubled")
