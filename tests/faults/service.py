"""A service as a process of its own, what it has started, and its Prefect as others on this machine reach it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PATIENCE = 180.0
Answer = tuple[int, dict[str, str], bytes]


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Return an environment in which only the data folder says which installation is meant."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DONDOC_", "PREFECT_"))}
    return {**kept, "DONDOC_DATA_DIR": str(folder), "PYTHONPATH": str(ROOT), **more}


def dondoc(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command of an installation."""
    return subprocess.run(
        [sys.executable, "-m", "api", *arguments], env=environment(folder, **more), cwd=folder.parent, text=True,
        encoding="utf-8", capture_output=True, timeout=PATIENCE, check=False,
    )  # fmt: skip


def asked(
    url: str, *, method: str = "GET", body: bytes | None = None, headers: Mapping[str, str] | None = None
) -> Answer:
    """Return status, headers (small letters) and body of a request to this machine."""
    request = urllib.request.Request(url, data=body, method=method, headers=dict(headers or {}))  # noqa: S310 - this machine
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 - the same
            return answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, {k.lower(): v for k, v in error.headers.items()}, error.read()


def eventually(true: Callable[[], Any], patience: float = PATIENCE) -> Any:
    """Return what `true` says as soon as it says anything; what it says at the end when it never does."""
    give_up = time.monotonic() + patience
    while not (said := true()) and time.monotonic() < give_up:
        time.sleep(0.1)
    return said


@dataclass
class Service:
    """`dondoc serve` on a port of its own, and a token of its operator's making."""

    folder: Path
    process: subprocess.Popen[str]
    address: str
    token: str
    log: Path

    @property
    def home(self) -> Path:
        """Return the folder of its Prefect."""
        return self.folder / "prefect"

    def call(self, path: str, body: Any = None, *, method: str | None = None) -> tuple[int, Any]:
        """Ask the service as the clerk; a body is bytes or goes as JSON."""
        kind = "application/octet-stream" if isinstance(body, bytes) else "application/json"
        sent = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {self.token}", **({"Content-Type": kind} if sent is not None else {})}
        chosen = method or ("GET" if sent is None else "POST")
        status, _, said = asked(f"{self.address}{path}", method=chosen, body=sent, headers=headers)
        return status, json.loads(said)

    def submit(self, kind: str, file: bytes | None = None, **order: Any) -> str:
        """Ask for a job and return its id."""
        named = {}
        if file is not None:
            named = {"file": self.call("/api/v1/jobs/files", file)[1]["digest"]}
        status, said = self.call("/api/v1/jobs", {"kind": kind, "order": order, **named})
        assert status == 201, said
        return str(said["id"])

    def job(self, job: str) -> Any:
        """Return a job as the clerk sees it."""
        return self.call(f"/api/v1/jobs/{job}")[1]

    def over(self, job: str) -> Any:
        """Wait until a job is over and return it."""
        return eventually(lambda: seen if (seen := self.job(job))["finished_at"] else None)

    def started(self) -> dict[int, str]:
        """Return the processes that belong to its Prefect, by id, with what they are."""
        return processes_of(self.home)


def processes_of(home: Path) -> dict[int, str]:
    """Return every process that works for the Prefect at `home`: the guardian, the server, the worker."""
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        try:
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            surroundings = (entry / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        if f"PREFECT_HOME={home}".encode() in surroundings or f"workflows.flows.guardian {home}" in command:
            found[int(entry.name)] = command
    return found


@contextmanager
def serving(folder: Path, *, login: str = "lan", log: Path | None = None, **more: str) -> Iterator[Service]:
    """Set an office up in `folder` unless it is there, and serve it; nothing of it is left afterwards.

    `login` is who calls it. What it logs is added to `log`, a file beside the folder unless one is named.
    """
    if not folder.exists():
        set_up(folder, **more)
    token = dondoc(folder, "token", "issue", login, **more).stdout.split()[0]
    log = log or folder.with_suffix(".log")
    with log.open("ab") as written:
        server = subprocess.Popen(
            [sys.executable, "-m", "api", "serve", "--port", "0"], env=environment(folder, **more), cwd=folder.parent,
            text=True, encoding="utf-8", stdout=subprocess.PIPE, stderr=written,
        )  # fmt: skip
    try:
        assert server.stdout is not None
        address = next(iter(re.findall(r"http://127\.0\.0\.1:\d+", server.stdout.readline())))
        yield Service(folder, server, address, token, log)
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=PATIENCE)
        for pid in processes_of(folder / "prefect"):
            os.kill(pid, signal.SIGKILL)


def logged_errors(log: Path) -> list[dict[str, Any]]:
    """Return what a process logged as errors, one JSON object a line; what is no JSON counts as one."""
    lines = [line for line in log.read_text(encoding="utf-8").splitlines() if line]
    told = [json.loads(line) if line.startswith("{") else {"level": "error", "event": line} for line in lines]
    return [line for line in told if line["level"] == "error"]


def set_up(folder: Path, **more: str) -> None:
    """Make an installation with a council and a clerk."""
    for command in (
        ("migrate",),
        ("council", "create", "--code", "NP", "--name", "HĐND xã Nà Pát", "--locality", "Bản Nà Pát"),
        ("council", "people", "add", "Lường Thị Lan", "--agency", "VP", "--role", "council_office", "--login", "lan"),
    ):
        done = dondoc(folder, *command, **more)
        assert done.returncode == 0, done.stderr
