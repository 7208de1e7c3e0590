"""A scaled installation on this one machine, to be tried and tested: `python deploy/scaled.py up|down|show FOLDER`.

PostgreSQL (that of the tests), a Prefect server with a secret and a database of its own, two API processes, two workers
and two timekeepers, everything on loopback. What runs is written to FOLDER/state.json, with the secrets: the file is
for its owner only. `down` ends exactly those processes.
"""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.servers.binaries import Identity, programs, server_identity  # noqa: E402 - the path is set above

HOST = "127.0.0.1"
PATIENCE = 180.0
GRACE = 20.0
OWNER, APP = "dondoc_owner", "dondoc_app"
STATE = "state.json"


class CannotStart(Exception):
    """A part did not come up; the message says which and where its log is."""


@dataclass
class State:
    """What runs: processes by name with the instant at which the kernel started them, addresses, the environment.

    Ports and secrets stay from one start to the next, as the data does.
    """

    folder: str
    postgres: str = ""
    prefect: str = ""
    apis: list[str] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)
    processes: dict[str, tuple[int, str]] = field(default_factory=dict)
    ports: dict[str, int] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)

    def secret(self, name: str) -> str:
        """Return a secret of this installation, made on first asking."""
        return self.secrets.setdefault(name, secrets.token_hex(32))

    def port(self, name: str) -> int:
        """Return the port of a part: the one it had, unless somebody else has it now."""
        if not is_free(self.ports.get(name, 0)):
            self.ports[name] = free_port()
        return self.ports[name]

    def save(self) -> None:
        """Write it down, for its owner only."""
        path = Path(self.folder) / STATE
        path.touch(mode=0o600)
        path.write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")


def load(folder: Path) -> State | None:
    """Return what was written down in `folder`, None when nothing was."""
    path = folder / STATE
    if not path.exists():
        return None
    return State(**json.loads(path.read_text(encoding="utf-8")))


def up(folder: Path) -> State:
    """Start everything, each part when the one before answers."""
    known = load(folder)
    if known is not None and any(is_alive(*process) for process in known.processes.values()):
        raise CannotStart(f"It runs already: make scaled-down ends it ({folder / STATE})")
    (folder / "log").mkdir(mode=0o700, parents=True, exist_ok=True)
    state = known or State(str(folder))
    state.apis, state.processes, state.environment = [], {}, {}
    try:
        start_postgres(state)
        start_prefect(state)
        run(state, "dondoc", "flows", "deploy")
        for n in (1, 2):
            start_api(state, n)
        for n in (1, 2):
            start(state, f"worker-{n}", [*dondoc(), "worker"])
        start_timekeepers(state)
    except BaseException:  # Ctrl-C too: nothing that was started stays behind
        state.save()
        down(folder)
        raise
    state.save()
    return state


def start_postgres(state: State) -> None:
    """Start PostgreSQL, with an owner of the tables and the role of the application, and migrate."""
    identity = server_identity()
    home = Path(state.postgres) if state.postgres else home_of(Path(state.folder), identity)
    state.postgres = str(home)
    binaries, port, data = programs(home=home, identity=identity), state.port("postgres"), home / "data"
    is_new = not data.exists()
    if is_new:
        initialise(state, binaries, data, identity)
    command = [str(binaries / "postgres"), "-D", str(data), "-c", f"listen_addresses={HOST}", "-c", f"port={port}",
               "-c", "unix_socket_directories="]  # fmt: skip
    start(state, "postgres", command, cwd=home, identity=identity)
    address = f"host={HOST} port={port} user=postgres password={state.secret('postgres')} dbname=postgres"
    wait(state, "postgres", lambda: answers_sql(address))
    if is_new:
        make_database(state, address)
    state.environment = {
        "DONDOC_DATA_DIR": str(Path(state.folder) / "data"),
        "DONDOC_DATABASE_URL": url_of(state, APP),
        "DONDOC_APP_ROLE": APP,
        "DONDOC_SEAL_KEY": state.secret("seal"),
        "DONDOC_LOG_FORMAT": "json",
    }
    run(state, "dondoc", "migrate", DONDOC_DATABASE_URL=url_of(state, OWNER))


def initialise(state: State, binaries: Path, data: Path, identity: Identity) -> None:
    """Make the files of the database, closed by a password."""
    given = data.parent / "password"
    given.touch(mode=0o600)
    given.write_text(state.secret("postgres"), encoding="ascii")
    if identity.switches:
        os.chown(given, identity.user, identity.group)
    made = identity.run(
        binaries / "initdb", f"--pgdata={data}", "--username=postgres", "--auth=scram-sha-256", f"--pwfile={given}",
        "--encoding=UTF8", "--no-locale", cwd=data.parent,
    )  # fmt: skip
    given.unlink()
    if made.returncode:
        raise CannotStart(made.stderr)


def make_database(state: State, address: str) -> None:
    """Make two roles and a database: one owns the tables, the other is the application."""
    with psycopg.connect(address, autocommit=True) as connection:
        for role in (OWNER, APP):
            word = state.secret(role)
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(role), word))
        connection.execute(sql.SQL("CREATE DATABASE dondoc OWNER {}").format(sql.Identifier(OWNER)))


def url_of(state: State, role: str) -> str:
    """Return the address of the database for a role."""
    return f"postgresql+psycopg://{role}:{state.secret(role)}@{HOST}:{state.ports['postgres']}/dondoc"


def start_prefect(state: State) -> None:
    """Start a Prefect server that is closed to others and keeps its rows in a file of its own."""
    port, auth = state.port("prefect"), f"dondoc:{state.secret('prefect')}"
    home = Path(state.folder) / "prefect"
    home.mkdir(mode=0o700, exist_ok=True)
    state.prefect = f"http://{HOST}:{port}"
    mine = {
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_API_AUTH_STRING": auth,
        "PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED": "true",
        "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": state.prefect,
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{home / 'prefect.db'}",
        "PREFECT_LOGGING_SERVER_LEVEL": "WARNING",
        "DO_NOT_TRACK": "1",
    }
    server = [sys.executable, "-m", "uvicorn", "--factory", "prefect.server.api.server:create_app"]
    start(state, "prefect", [*server, "--host", HOST, "--port", str(port), "--log-level", "warning"], cwd=home, **mine)
    known = {"Authorization": f"Basic {b64encode(auth.encode()).decode()}"}
    wait(state, "prefect", lambda: answers(f"{state.prefect}/api/ready", known))
    state.environment |= {
        "PREFECT_API_URL": f"{state.prefect}/api",
        "PREFECT_API_AUTH_STRING": auth,
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }


def start_api(state: State, number: int) -> None:
    """Start an API process on a port of its own."""
    port = state.port(f"api-{number}")
    command = [*dondoc(), "serve", "--host", HOST, "--port", str(port)]
    start(state, f"api-{number}", command, DONDOC_TIMEKEEPER="no")  # timekeepers of their own do it
    wait(state, f"api-{number}", lambda: answers(f"http://{HOST}:{port}/health/ready", {}))
    state.apis.append(f"http://{HOST}:{port}")


def start_timekeepers(state: State) -> None:
    """Start two timekeepers: what one does the other leaves."""
    for n in (1, 2):
        start(state, f"timekeeper-{n}", [*dondoc(), "timekeeper"])


def down(folder: Path) -> bool:
    """End what `up` started, the newest first, and wait for it; the data stays. False when nothing ran."""
    state = load(folder)
    if state is None or not state.processes:
        return False
    for name, process in reversed(state.processes.items()):
        end(name, *process)
    state.processes = {}
    state.save()
    return True


def end(name: str, pid: int, born: str) -> None:
    """Tell one process to stop, kill it when it does not. PostgreSQL waits for nobody with SIGINT."""
    if not is_alive(pid, born):
        return
    os.kill(pid, signal.SIGINT if name == "postgres" else signal.SIGTERM)
    give_up = time.monotonic() + GRACE
    while is_alive(pid, born) and time.monotonic() < give_up:
        reap(pid)
        time.sleep(0.05)
    if is_alive(pid, born):
        os.kill(pid, signal.SIGKILL)
        reap(pid)


def reap(pid: int) -> None:
    """Take note of the end of a child of ours; another's child is its own parent's matter."""
    with suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)


def is_alive(pid: int, born: str) -> bool:
    """Tell whether the very process still runs, and not another one that was given its number."""
    return born_at(pid) == born


def born_at(pid: int) -> str:
    """Return when the kernel started a process, in its own count; empty when it is gone or waits to be reaped."""
    try:
        said = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if said[0] == "Z" else said[19]


def start(
    state: State,
    name: str,
    command: list[str],
    *,
    cwd: Path | None = None,
    identity: Identity | None = None,
    **more: str,
) -> None:
    """Start a process in a session of its own, its output in a log of its name."""
    account = (
        {"user": identity.user, "group": identity.group, "extra_groups": []} if identity and identity.switches else {}
    )
    with (Path(state.folder) / "log" / f"{name}.log").open("wb") as log:
        started = subprocess.Popen(  # type: ignore[call-overload]  # the account is given only when it changes
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=surroundings(state) | more, cwd=cwd,
            start_new_session=True, **account,
        )  # fmt: skip
    state.processes[name] = (started.pid, born_at(started.pid))
    state.save()


def run(state: State, *command: str, **more: str) -> None:
    """Run a command of ours to its end. Raises: CannotStart with what it said."""
    said = [*dondoc(), *command[1:]] if command[0] == "dondoc" else list(command)
    done = subprocess.run(said, env=surroundings(state) | more, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotStart(f"{' '.join(command)}: {done.stderr}")


def dondoc() -> list[str]:
    """Return how `dondoc` is called here."""
    return [sys.executable, "-m", "api"]


def surroundings(state: State) -> dict[str, str]:
    """Return the environment of a process: that of the installation, nothing that was said to another one."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DONDOC_", "PREFECT_"))}
    return {**kept, "PYTHONPATH": str(ROOT), **state.environment}


def home_of(folder: Path, identity: Identity) -> Path:
    """Return a folder for PostgreSQL that its account may enter: below `folder`, else a temporary one."""
    home = folder / "postgres"
    home.mkdir(mode=0o700, exist_ok=True)
    if not identity.switches:
        return home
    os.chown(home, identity.user, identity.group)
    if identity.run("/bin/sh", "-c", f"cd '{home}' && touch .tried && rm .tried", cwd=Path("/")).returncode == 0:
        return home
    home.rmdir()
    other = Path(tempfile.mkdtemp(prefix="dondoc-scaled-"))
    os.chown(other, identity.user, identity.group)
    return other


def wait(state: State, name: str, is_up: Callable[[], bool]) -> None:
    """Wait until a part answers. Raises: CannotStart when it ended or took too long."""
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up and is_alive(*state.processes[name]):
        if is_up():
            return
        time.sleep(0.1)
    raise CannotStart(f"{name} did not come up: {Path(state.folder) / 'log' / name}.log")


def answers_sql(address: str) -> bool:
    """Tell whether PostgreSQL answers."""
    with suppress(psycopg.OperationalError), psycopg.connect(address):
        return True
    return False


def answers(url: str, headers: dict[str, str]) -> bool:
    """Tell whether something answers 200 at an address of this machine."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    asked = urllib.request.Request(url, headers=headers)  # noqa: S310 - an address of this machine
    with suppress(urllib.error.URLError, OSError), opener.open(asked, timeout=5):
        return True
    return False


def is_free(port: int) -> bool:
    """Tell whether a port of loopback can be taken; 0 stands for none."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return port != 0


def free_port() -> int:
    """Return a port of loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        found: int = probe.getsockname()[1]
        return found


def show(state: State) -> None:
    """Print what runs and how to speak to it."""
    for name, process in state.processes.items():
        print(f"  {name:<14} pid {process[0]:<8} {'running' if is_alive(*process) else 'GONE'}")
    print(f"  API      {'  '.join(state.apis)}")
    print(f"  Prefect  {state.prefect} (its password: PREFECT_API_AUTH_STRING in {Path(state.folder) / STATE})")
    print(f"  For a command of this installation: {sys.executable} deploy/scaled.py run {state.folder} council list")


def main(action: str, folder: Path, words: list[str]) -> int:
    """Do what is asked; 1 when it cannot be done."""
    try:
        if action == "up":
            show(up(folder))
        elif action == "down":
            print("Stopped." if down(folder) else "Nothing runs.")
        else:
            state = load(folder)
            if state is None or not state.processes:
                print("Nothing runs.")
                return 1
            if action == "run":
                return subprocess.run([*dondoc(), *words], env=surroundings(state), check=False).returncode
            show(state)
    except CannotStart as wrong:
        print(wrong, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] not in {"up", "down", "show", "run"}:  # noqa: PLR2004 - an action and a folder
        sys.exit(f"usage: {sys.executable} deploy/scaled.py up|down|show|run FOLDER [a command of dondoc]")
    sys.exit(main(sys.argv[1], Path(sys.argv[2]).resolve(), sys.argv[3:]))
