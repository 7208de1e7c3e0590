"""P5: a wake that comes late is never dropped, whether the timekeeper stood still, was killed, or had a companion."""

from __future__ import annotations

import time
from contextlib import ExitStack
from pathlib import Path
from random import Random

import pytest

from tests.faults.due_clocks import Clocks, url_of, within
from tests.faults.sizes import Record, size
from tests.faults.timekeepers import Keeper, timekeeper
from tests.office import Office

pytestmark = pytest.mark.faults
A_STOP = 2


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
