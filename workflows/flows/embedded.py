"""The service's side of the guardian: starts it when a job waits, knows how it stands, lets it go at the end."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from enum import StrEnum, unique
from pathlib import Path

import structlog

from states.text import Text

_log = structlog.get_logger("flows")
_FIRST_PAUSE, _LONGEST_PAUSE = 10.0, 600.0


@unique
class Standing(StrEnum):
    """How what runs long jobs stands."""

    RESTING = "resting"
    STARTING = "starting"
    READY = "ready"
    ELSEWHERE = "elsewhere"
    FAILED = "failed"


_HEARD = {
    "starting": Standing.STARTING,
    "ready": Standing.READY,
    "taken": Standing.ELSEWHERE,
    "failed": Standing.FAILED,
    "idle": Standing.RESTING,
}
WORDS = {
    Standing.RESTING: Text("chưa có việc dài nào cần chạy", "no long job needs to be run"),
    Standing.STARTING: Text("đang khởi động", "starting"),
    Standing.READY: Text("đang chạy", "running"),
    Standing.ELSEWHERE: Text("tiến trình khác trên máy này đang chạy", "another process of this machine runs them"),
    Standing.FAILED: Text(
        "Prefect không khởi động được; xem prefect/server.log", "Prefect does not start; see prefect/server.log"
    ),
}


class Embedded:
    """One guardian at a time, started on first need. After a failure it is tried again, ever more rarely."""

    def __init__(self, *, home: Path, worker: Sequence[str], environment: Mapping[str, str]) -> None:
        self._home = home
        self._worker = list(worker)
        self._environment = {**os.environ, **environment}
        self._lock = threading.Lock()
        self._guardian: subprocess.Popen[bytes] | None = None
        self._ear: threading.Thread | None = None
        self._pause = _FIRST_PAUSE
        self._not_before = 0.0
        self.standing = Standing.RESTING

    def ensure(self) -> None:
        """Start the guardian unless it runs, or failed a short while ago. Returns at once."""
        with self._lock:
            if self._guardian is not None and self._guardian.poll() is None:
                return
            if time.monotonic() < self._not_before:
                return
            self._start()

    def close(self) -> None:
        """Let go: the guardian ends everything it started, and is waited for."""
        with self._lock:
            if self._guardian is not None and self._guardian.stdin is not None:
                self._guardian.stdin.close()
                self._guardian.wait()
            if self._ear is not None:
                self._ear.join()
            self._not_before = float("inf")

    def _start(self) -> None:
        command = [sys.executable, "-m", "workflows.flows.guardian", str(self._home), *self._worker]
        self.standing = Standing.STARTING
        try:
            self._home.mkdir(mode=0o700, parents=True, exist_ok=True)
            with (self._home / "guardian.log").open("wb") as log:
                started = subprocess.Popen(  # noqa: S603 - our own module
                    command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    start_new_session=True,
                    env=self._environment,
                )
        except OSError as error:
            _log.error("the guardian does not start", exc_info=error)
            self._failed()
            return
        self._guardian = started
        self._ear = threading.Thread(target=self._listen, args=(started,), name="guardian", daemon=True)
        self._ear.start()

    def _listen(self, guardian: subprocess.Popen[bytes]) -> None:
        with guardian.stdout or nullcontext(()) as lines:
            self._hear(lines)
        code = guardian.wait()
        if self.standing in {Standing.STARTING, Standing.READY} and code != 0:
            self.standing = Standing.FAILED
        if self.standing is Standing.FAILED:
            self._failed()
        elif self.standing is Standing.ELSEWHERE:
            self._not_before = time.monotonic() + _FIRST_PAUSE

    def _hear(self, lines: Iterable[bytes]) -> None:
        for line in lines:
            heard = _HEARD.get(line.decode(errors="replace").strip())
            if heard is not None:
                self.standing = heard
                _log.info("long jobs", standing=heard.value)
            if heard is Standing.READY:
                self._pause = _FIRST_PAUSE

    def _failed(self) -> None:
        self.standing = Standing.FAILED
        self._not_before = time.monotonic() + self._pause
        self._pause = min(2 * self._pause, _LONGEST_PAUSE)
