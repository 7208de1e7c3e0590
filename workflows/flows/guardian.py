"""Keeps Prefect alive exactly as long as whoever needs it: `python -m workflows.flows.guardian HOME COMMAND…`.

It starts a Prefect server on a port of its own choosing, for this machine only, and beside it the worker COMMAND, both
in one process group. Its parent holds the other end of its standard input: when that closes, or the parent dies in
whatever way (SIGKILL included), the whole group is killed. The two are tied to the guardian as well, so that killing it
leaves nothing either. On standard output it says one word a line: `starting`, `ready`, `taken` (another guardian
serves this folder), `failed`, `idle` (the worker had nothing to do for long).

Nothing is loaded here but the standard library: it must start at once and stay small.
"""

from __future__ import annotations

import base64
import fcntl
import os
import select
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

from workflows.flows import surroundings

START_SECONDS = 180
POLL_SECONDS = 0.5
GRACE_SECONDS = 5.0
TAKEN, FAILED = 3, 4


class Gone(Exception):
    """The parent is gone, or has closed its end."""


def main(home: Path, command: list[str]) -> int:
    """Serve until the parent is gone or the worker has nothing to do."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (home / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return _say("taken", TAKEN)
        return _Group(home, os.getppid()).serve(command)


class _Group:
    """The server and the worker, in a process group of their own."""

    def __init__(self, home: Path, parent: int) -> None:
        self._home = home
        self._parent = parent
        self._auth = surroundings.new_auth()
        self._port = _free_port()
        self._running: list[subprocess.Popen[bytes]] = []

    def serve(self, command: list[str]) -> int:
        """Start both, wait for their end or the parent's, leave nothing behind."""
        _say("starting")
        try:
            told = surroundings.server_environment(self._home, port=self._port, auth=self._auth)
            server = self._start("server", _server_command(self._port), told, self._home)
            if not self._is_up(server):
                return _say("failed", FAILED)
            told = surroundings.worker_environment(self._home, port=self._port, auth=self._auth)
            worker = self._start("worker", command, told)
            _say("ready")
            return self._wait(server, worker)
        except Gone:
            return 0
        finally:
            self._end()

    def _start(
        self, name: str, command: list[str], environment: dict[str, str], cwd: Path | None = None
    ) -> subprocess.Popen[bytes]:
        group = self._running[0].pid if self._running else 0
        tied = [sys.executable, "-m", "workflows.flows.tether", str(os.getpid()), *command]
        with (self._home / f"{name}.log").open("wb") as log:
            started = subprocess.Popen(  # noqa: S603 - the commands are our own
                tied, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment, process_group=group, cwd=cwd
            )
        self._running.append(started)
        return started

    def _is_up(self, server: subprocess.Popen[bytes]) -> bool:
        """Wait until the server answers; False when it ended or took too long. Raises: Gone."""
        give_up = time.monotonic() + START_SECONDS
        while time.monotonic() < give_up and server.poll() is None:
            if _answers(self._port, self._auth):
                return True
            self._watch()
        return False

    def _wait(self, server: subprocess.Popen[bytes], worker: subprocess.Popen[bytes]) -> int:
        while server.poll() is None and worker.poll() is None:
            self._watch()
        return _say("idle", 0) if worker.poll() == 0 else _say("failed", FAILED)

    def _watch(self) -> None:
        """Wait half a second. Raises: Gone when the parent closed its end or is another process now."""
        readable, _, _ = select.select([sys.stdin], [], [], POLL_SECONDS)
        if (readable and not os.read(0, 1024)) or os.getppid() != self._parent:
            raise Gone

    def _end(self) -> None:
        """Tell the group to stop, then kill what is left of it."""
        if not self._running:
            return
        group = self._running[0].pid
        with suppress(ProcessLookupError):
            os.killpg(group, signal.SIGTERM)
        give_up = time.monotonic() + GRACE_SECONDS
        for process in self._running:
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, give_up - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)
        for process in self._running:
            process.wait()


def _server_command(port: int) -> list[str]:
    """Return what starts the server in one process: the command `prefect server start` would be a second one."""
    where = ["--host", surroundings.LOOPBACK, "--port", str(port), "--log-level", "warning", "--no-access-log"]
    return [sys.executable, "-m", "uvicorn", "--factory", "prefect.server.api.server:create_app", *where]


def _answers(port: int, auth: str) -> bool:
    known = base64.b64encode(auth.encode()).decode()
    asked = urllib.request.Request(  # noqa: S310 - an address of this machine
        f"{surroundings.origin(port)}/api/ready", headers={"Authorization": f"Basic {known}"}
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(asked, timeout=2) as answer:
            return bool(answer.status == 200)  # noqa: PLR2004 - OK of HTTP
    except (urllib.error.URLError, OSError):
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((surroundings.LOOPBACK, 0))
        found: int = probe.getsockname()[1]
        return found


def _say(word: str, code: int = 0) -> int:
    with suppress(OSError):
        os.write(1, f"{word}\n".encode())
    return code


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
