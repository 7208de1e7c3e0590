"""`dondoc timekeeper` as a process of its own, which a test stops, kills and lets go on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.faults.service import PATIENCE, environment, logged_errors


@dataclass
class Keeper:
    """A running timekeeper; its log goes to a file, one JSON object a line."""

    process: subprocess.Popen[bytes]
    log: Path

    def stop(self) -> None:
        """Let it stand still, as a machine that sleeps does, and wait until it does."""
        self.process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, self.process.pid, os.WSTOPPED | os.WNOWAIT)

    def go_on(self) -> None:
        """Let it go on."""
        self.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """End it at once."""
        self.process.kill()
        self.process.wait(PATIENCE)

    def troubles(self) -> list[dict[str, Any]]:
        """Return what it logged as errors."""
        return logged_errors(self.log)


@contextmanager
def timekeeper(folder: Path, name: str = "timekeeper", **more: str) -> Iterator[Keeper]:
    """Run a timekeeper of the installation in `folder` every second, once it says that it keeps time."""
    folder.mkdir(exist_ok=True)
    log = folder / f"{name}.log"
    settings = {"DONDOC_SWEEP_SECONDS": "1", "DONDOC_LOG_FORMAT": "json", "DONDOC_LANGUAGE": "en", **more}
    with log.open("ab") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "api", "timekeeper"], env=environment(folder, **settings), cwd=folder,
            stdout=subprocess.PIPE, stderr=written,
        )  # fmt: skip
    try:
        assert process.stdout is not None
        assert process.stdout.readline().startswith(b"Keeping time"), log.read_text()
        yield Keeper(process, log)
    finally:
        process.send_signal(signal.SIGCONT)
        process.terminate()
        process.communicate(timeout=PATIENCE)
