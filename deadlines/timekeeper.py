"""The timekeeper: calls what it was given, again and again and at times of the day. The row is the schedule.

What is due stands in the database; the scheduler only says when to look, keeps nothing, and may be killed at any
instant: a start looks at once at everything. A wake that comes late is never dropped, and several that pile up are one.
Times of the day are those of Asia/Ho_Chi_Minh.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event, Lock

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from deadlines.reckoning import VIETNAM


@dataclass(frozen=True, slots=True)
class Beat:
    """Something done every `seconds`, and at once when it is woken; first at the start, or `after` so many seconds."""

    name: str
    seconds: float
    run: Callable[[], object]
    after: float = 0.0


@dataclass(frozen=True, slots=True)
class Appointed:
    """Something done every day at a time; its claim decides whether.

    It is asked for at the start, for what was missed, and every few minutes, for what failed or whose holder died.
    """

    name: str
    hour: int
    minute: int
    run: Callable[[], object]


def _nothing(_name: str, _error: Exception | None) -> None:
    """Tell nobody."""


@dataclass
class Timekeeper:
    """Runs beats and appointments in threads of its own, each at most once at a time.

    `now` is the host's aware instant, by which threads are woken. `told` hears after each run how it went; an error
    ends that run only: the next one tries again. Appointments are asked for every `again` seconds too.
    """

    now: Callable[[], datetime]
    beats: Sequence[Beat]
    appointed: Sequence[Appointed] = ()
    told: Callable[[str, Exception | None], None] = _nothing
    again: float = 300.0
    _scheduler: BackgroundScheduler | None = None
    _locks: dict[str, Lock] = field(default_factory=dict)
    _again: dict[str, Event] = field(default_factory=dict)

    def start(self) -> None:
        """Begin: everything is looked at once, then in its rhythm."""
        scheduler = BackgroundScheduler(
            timezone=VIETNAM,
            executors={"default": ThreadPoolExecutor(len(self.beats) + len(self.appointed))},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        now = self.now()
        for beat in self.beats:
            rhythm = IntervalTrigger(seconds=beat.seconds, timezone=VIETNAM)
            self._add(scheduler, beat.name, beat.run, rhythm, now + timedelta(seconds=beat.after))
        for one in self.appointed:
            daily = CronTrigger(hour=one.hour, minute=one.minute, timezone=VIETNAM)
            repeated = OrTrigger([daily, IntervalTrigger(seconds=self.again, timezone=VIETNAM)])
            self._add(scheduler, one.name, one.run, repeated, now)
        self._scheduler = scheduler
        scheduler.start()

    def _add(
        self,
        scheduler: BackgroundScheduler,
        name: str,
        run: Callable[[], object],
        trigger: BaseTrigger,
        first: datetime,
    ) -> None:
        self._locks[name], self._again[name] = Lock(), Event()
        scheduler.add_job(self._run, trigger, args=(name, run), id=name, next_run_time=first)

    def wake(self, name: str) -> None:
        """Let the beat `name` run now; one that is running runs once more when it is done."""
        scheduler = self._scheduler
        if scheduler is None or name not in self._again or self._again[name].is_set():
            return
        self._again[name].set()
        if not self._locks[name].locked():
            scheduler.modify_job(name, next_run_time=self.now())

    def _run(self, name: str, run: Callable[[], object]) -> None:
        with self._locks[name]:
            while True:
                self._again[name].clear()
                self._once(name, run)
                if not self._again[name].is_set():
                    return

    def _once(self, name: str, run: Callable[[], object]) -> None:
        try:
            run()
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the next beat tries again
            self.told(name, error)
        else:
            self.told(name, None)

    def stop(self) -> None:
        """End after what is running now.

        While the scheduler shuts down it waits for what runs and holds what a wake needs: who may still wake another
        beat holds the lock of its own, and is waited for first.
        """
        scheduler, self._scheduler = self._scheduler, None
        if scheduler is None:
            return
        scheduler.pause()
        for lock in self._locks.values():
            with lock:
                pass
        scheduler.shutdown(wait=True)
