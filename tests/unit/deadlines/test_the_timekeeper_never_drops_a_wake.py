"""The timekeeper runs what it was given, again after errors, once more when woken while it ran."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Event, Lock, Thread
from time import sleep

from deadlines.timekeeper import Appointed, Beat, Timekeeper

PATIENCE = 20.0
NEVER = 3_600.0


def host() -> datetime:
    return datetime.now(UTC)


class Counter:
    """Counts its runs and lets a test wait for one of them."""

    def __init__(self) -> None:
        self.runs, self._lock, self._reached = 0, Lock(), {n: Event() for n in range(1, 20)}

    def __call__(self) -> None:
        with self._lock:
            self.runs += 1
            self._reached[self.runs].set()

    def wait(self, run: int) -> bool:
        return self._reached[run].wait(PATIENCE)


def test_everything_is_looked_at_once_at_the_start() -> None:
    beat, appointment = Counter(), Counter()
    keeper = Timekeeper(host, [Beat("sweep", NEVER, beat)], [Appointed("seal", 1, 0, appointment)])
    keeper.start()
    assert beat.wait(1)
    assert appointment.wait(1)
    keeper.stop()
    assert (beat.runs, appointment.runs) == (1, 1)


def test_an_appointment_is_asked_for_again_and_a_beat_may_begin_later() -> None:
    """What failed, or whose holder died, is tried again the same day; who watches the work lets it begin first."""
    appointment, late = Counter(), Counter()
    keeper = Timekeeper(
        host, [Beat("watch", NEVER, late, after=NEVER)], [Appointed("seal", 1, 0, appointment)], again=0.05
    )
    keeper.start()
    assert appointment.wait(3)
    keeper.stop()
    assert late.runs == 0


def test_a_beat_goes_on_after_an_error_and_says_so() -> None:
    told: list[tuple[str, str]] = []
    beat = Counter()

    def fails_first() -> None:
        beat()
        if beat.runs == 1:
            message = "the database is away"
            raise OSError(message)

    keeper = Timekeeper(
        host, [Beat("sweep", 0.05, fails_first)], told=lambda name, error: told.append((name, str(error)))
    )
    keeper.start()
    assert beat.wait(3)
    keeper.stop()
    assert told[0] == ("sweep", "the database is away")
    assert told[1] == ("sweep", "None")


def test_who_wakes_a_beat_that_runs_lets_it_run_once_more() -> None:
    began, go, beat = Event(), Event(), Counter()

    def slow() -> None:
        beat()
        began.set()
        assert go.wait(PATIENCE)

    keeper = Timekeeper(host, [Beat("deliver", NEVER, slow)])
    keeper.start()
    assert began.wait(PATIENCE)
    for _ in range(10):
        keeper.wake("deliver")
    go.set()
    assert beat.wait(2)
    keeper.stop()
    assert beat.runs == 2


def test_who_wakes_a_beat_that_rests_lets_it_run_now() -> None:
    beat = Counter()
    keeper = Timekeeper(host, [Beat("deliver", NEVER, beat)])
    keeper.wake("deliver")  # nobody keeps time yet
    keeper.start()
    assert beat.wait(1)
    keeper.wake("deliver")
    assert beat.wait(2)
    keeper.stop()


def test_it_ends_although_something_that_runs_is_waking_another_beat() -> None:
    """A sweep that fires wakes the delivery; when it is told to stop in that instant, neither waits for the other."""
    swept, waking, go, delivered = Event(), Event(), Event(), Counter()

    def held() -> datetime:
        if swept.is_set():
            waking.set()
            go.wait(PATIENCE)
        return host()

    def sweep() -> None:
        swept.set()
        keeper.wake("deliver")

    keeper = Timekeeper(held, [Beat("sweep", NEVER, sweep), Beat("deliver", NEVER, delivered)])
    keeper.start()
    assert waking.wait(PATIENCE)
    stopping = Thread(target=keeper.stop, daemon=True)
    stopping.start()
    sleep(0.2)  # long enough to be in the middle of its end
    go.set()
    stopping.join(PATIENCE)
    assert not stopping.is_alive()
