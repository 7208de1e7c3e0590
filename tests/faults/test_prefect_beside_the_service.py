"""Embedded mode with the real Prefect: started on first need, closed to others, gone with the service."""

from __future__ import annotations

import base64
import json
import os
import re
import signal
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests import sheets
from tests.faults.service import Service, asked, dondoc, environment, eventually, processes_of, serving
from workflows.flows.embedded import Embedded, Standing

CANARY = "Lò Thị Chim Yến"
pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service whose Prefect runs: one job was done through it, and what it started is known."""
    with serving(tmp_path_factory.mktemp("office") / "data") as running:
        assert running.started() == {}, "nothing of Prefect runs before a job waits"
        assert running.call("/health/ready")[0] == 200
        job = running.submit("import_petitions", sheets.petitions(f"Xin nước, {CANARY}"), name=f"{CANARY}.csv")
        done = running.over(job)
        assert (done["state"]["code"], done["totals"]["written"]) == ("done", 1), done
        yield running


def port_of(service: Service) -> int:
    """Return the port of its Prefect server."""
    [found] = [re.findall(r"--port (\d+)", command) for command in service.started().values() if "uvicorn" in command]
    return int(found[0])


def auth_of(service: Service) -> str:
    """Return what only its worker knows, as root or the owner of the process can read it."""
    [worker] = [
        pid for pid, command in service.started().items() if "guardian" not in command and " worker " in command
    ]
    surroundings = Path(f"/proc/{worker}/environ").read_bytes().decode().split("\0")
    return next(v for name, _, v in (s.partition("=") for s in surroundings) if name == "PREFECT_API_AUTH_STRING")


def rows(service: Service, query: str) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(f"file:{service.home / 'prefect.db'}?mode=ro", uri=True)) as connection:
        return connection.execute(query).fetchall()


def test_a_flow_run_has_the_job_for_its_only_parameter_and_shows_how_far_it_is(service: Service) -> None:
    job = service.submit("make_letters", batch="packets")
    done = service.over(job)
    assert (done["state"]["code"], done["totals"]["files"]) == ("done", 1), done

    def recorded() -> list[tuple[str, ...]]:
        wanted = "SELECT name, parameters, state_type FROM flow_run WHERE parameters LIKE"
        return [row for row in rows(service, f"{wanted} '%{job}%'") if row[2] == "COMPLETED"]

    [(_, parameters, _)] = eventually(recorded)
    assert json.loads(parameters) == {"job": job}
    artifacts = rows(service, f"SELECT type FROM artifact WHERE key LIKE 'job-{job}%' ORDER BY type")
    assert artifacts == [("markdown",), ("progress",)]
    parts = eventually(lambda: rows(service, "SELECT name FROM task_run WHERE name LIKE 'file 1 of 1%'"))
    assert parts
    assert service.job(job)["attempts"] == 1


def test_no_name_reaches_prefect(service: Service) -> None:
    """Neither from a list that was taken, nor from one that cannot be read: its name would stand in an error."""
    job = service.submit("import_petitions", f"{CANARY};x\n1;{CANARY}".encode(), name=f"{CANARY}.csv")
    assert service.over(job)["state"]["code"] == "failed"
    for path in service.home.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert CANARY.encode() not in content, path
            assert json.dumps(CANARY).strip('"').encode() not in content, path


def test_its_server_listens_to_this_machine_alone(service: Service) -> None:
    heard = [
        line.split()[1].split(":")[0]
        for family in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{family}").read_text().splitlines()[1:]
        if line.split()[3] == "0A" and int(line.split()[1].split(":")[1], 16) == port_of(service)
    ]
    assert heard == ["0100007F"], "127.0.0.1, as the kernel writes it"


def test_nobody_without_its_secret_is_let_in(service: Service) -> None:
    """S34: requests of others, pages of other sites, names of other hosts, a WebSocket."""
    base, port = f"http://127.0.0.1:{port_of(service)}/api", port_of(service)
    for path in ("flow_runs/filter", "flows/filter", "deployments/filter", "logs/filter"):
        assert asked(f"{base}/{path}", method="POST", body=b"{}")[0] in {401, 403}
        wrong = asked(f"{base}/{path}", method="POST", body=b"{}", headers={"Authorization": "Basic ZG9uZG9jOng="})
        assert wrong[0] in {401, 403}
    assert asked(f"{base}/admin/settings")[0] == 401
    assert asked(f"{base}/admin/settings", headers={"Host": "evil.example"})[0] == 401
    preflight = {
        "Origin": "https://evil.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization",
    }
    status, headers, _ = asked(f"{base}/flows/filter", method="OPTIONS", headers=preflight)
    assert headers.get("access-control-allow-origin") not in {"*", "https://evil.example"}, status
    assert b"101" not in websocket(port).split(b"\r\n")[0] or closes(port)


def test_who_knows_the_secret_still_needs_the_token_against_forged_pages(service: Service) -> None:
    known = {"Authorization": f"Basic {base64.b64encode(auth_of(service).encode()).decode()}"}
    base = f"http://127.0.0.1:{port_of(service)}/api"
    assert asked(f"{base}/admin/version", headers=known)[0] == 200
    sent = known | {"Content-Type": "application/json"}
    forged = asked(f"{base}/flows/", method="POST", body=b'{"name": "forged"}', headers=sent)
    assert forged[0] == 403, forged


def websocket(port: int, *, then: bytes = b"") -> bytes:
    """Ask for the stream of events without saying who asks, and return what comes."""
    asked_for = (
        f"GET /api/events/out HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
        "Sec-WebSocket-Protocol: prefect\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(asked_for.encode())
        said = line.recv(4096)
        if then:
            line.sendall(then)
            said = line.recv(4096)
    return said


def closes(port: int) -> bool:
    """Tell whether the server ends a stream whose first word is no right secret: with a frame that closes (0x88)."""
    word = b'{"type":"auth","token":"wrong"}'
    masked = bytes([0x81, 0x80 | len(word), 0, 0, 0, 0]) + word
    said = websocket(port, then=masked)
    return said[:1] == b"\x88" or said == b""


def test_killing_the_guardian_leaves_nothing(service: Service) -> None:
    [guardian] = [pid for pid, command in service.started().items() if "flows.guardian" in command]
    os.kill(guardian, signal.SIGKILL)
    assert eventually(lambda: not service.started())
    assert service.call("/health/ready")[0] == 200
    again = service.submit("make_letters", batch="followups")
    assert service.over(again)["state"]["code"] == "done", "it is started anew with the next job"


def test_after_kill_9_of_the_service_nothing_of_it_lives_on(tmp_path: Path) -> None:
    """Killed while a job runs; the job is done at the next opportunity, here at the terminal."""
    folder = tmp_path / "data"
    with serving(folder) as service:
        job = service.submit("import_petitions", sheets.petitions(*(f"Xin nước {n}" for n in range(900))), name="a.csv")
        assert eventually(lambda: service.job(job)["state"]["code"] == "running")
        assert len(service.started()) == 3
        service.process.kill()
        service.process.wait()
        assert eventually(lambda: not processes_of(folder / "prefect"))
    with closing(sqlite3.connect(folder / "dondoc.sqlite3")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.execute("UPDATE job SET lease_until = '2026-01-01T00:00:00.000000+00:00' WHERE state = 'running'")
        connection.commit()
    done = dondoc(folder, "job", "show", job, "--wait", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["totals"]["written"] == 900
    assert processes_of(folder / "prefect") == {}


def test_where_prefect_cannot_start_the_job_waits_and_says_so_and_cases_go_on(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with serving(folder) as service:
        (service.home / "prefect.db").mkdir(parents=True)
        job = service.submit("make_letters", batch="packets")
        waits = eventually(lambda: seen if (seen := service.job(job))["error"] else None)
        assert (waits["state"]["code"], waits["error"]) == ("queued", "long_jobs_unavailable")
        assert "Chưa chạy được việc dài" in waits["message"]
        entered = {"on": "2026-08-01", "payload": {"text": "Xin nước"}}
        assert service.call("/api/v1/petitions", entered)[0] == 201
        assert eventually(lambda: not service.started())


def test_a_second_guardian_of_one_folder_lets_the_first_go_on(service: Service) -> None:
    service.over(service.submit("make_letters", batch="packets"))
    other = Embedded(home=service.home, worker=["true"], environment=environment(service.folder))
    other.ensure()
    assert eventually(lambda: other.standing is Standing.ELSEWHERE)
    other.close()
    assert len(service.started()) == 3


def test_a_service_that_is_told_to_stop_takes_its_job_back(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with serving(folder) as service:
        job = service.submit(
            "import_petitions", sheets.petitions(*(f"Xin nước {n}" for n in range(2500))), name="a.csv"
        )
        assert eventually(lambda: service.job(job)["done"] > 0)
    assert processes_of(folder / "prefect") == {}
    with closing(sqlite3.connect(folder / "dondoc.sqlite3")) as connection:
        told = connection.execute("SELECT state, attempts, lease_until FROM job").fetchall()
        assert told == [("queued", 0, None)]
        assert connection.execute("SELECT count(*) FROM petition").fetchone() == (0,)
