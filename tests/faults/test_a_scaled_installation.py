"""`make scaled`: two of everything on PostgreSQL; one of each is killed and the work goes on; nothing is left after."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy.engine import make_url

from tests import sheets
from tests.faults.service import ROOT, asked, eventually

pytestmark = pytest.mark.faults
SCRIPT = ROOT / "deploy" / "scaled.py"
PATIENCE = 300


@dataclass
class Scaled:
    """A scaled installation in a folder of its own, and the token of a clerk."""

    folder: Path
    token: str = ""

    def script(self, action: str, *words: str) -> subprocess.CompletedProcess[str]:
        """Run the script that `make scaled` runs."""
        return subprocess.run(
            [sys.executable, str(SCRIPT), action, str(self.folder), *words], cwd=ROOT, text=True, capture_output=True,
            timeout=PATIENCE, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip

    def well(self, *words: str) -> str:
        """Run a command of the installation that must succeed."""
        done = self.script("run", *words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    @property
    def state(self) -> Any:
        """Return what the script wrote down."""
        return json.loads((self.folder / "state.json").read_text())

    def call(self, number: int, path: str, body: Any = None) -> Any:
        """Ask one of the API processes as the clerk."""
        kind = "application/octet-stream" if isinstance(body, bytes) else "application/json"
        sent = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": kind, "If-Match": "*"}
        method = "GET" if sent is None else "POST"
        status, _, said = asked(f"{self.state['apis'][number]}{path}", method=method, body=sent, headers=headers)
        assert status in {200, 201}, said
        return json.loads(said)

    def kill(self, name: str) -> None:
        """Kill a process of the installation at once."""
        os.kill(self.state["processes"][name][0], signal.SIGKILL)

    def over(self, job: str, number: int = 1) -> Any:
        """Wait until a job is over and return it."""
        path = f"/api/v1/jobs/{job}"
        return eventually(lambda: seen if (seen := self.call(number, path))["finished_at"] else None)


@pytest.fixture(scope="module")
def scaled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scaled]:
    installation = Scaled(tmp_path_factory.mktemp("scaled"))
    started = installation.script("up")
    try:
        assert started.returncode == 0, started.stderr
        installation.well("council", "create", "--code", "NP", "--name", "HĐND xã Nà Pát", "--locality", "Bản Nà Pát")
        person = ("Lường Thị Lan", "--agency", "VP", "--role", "council_office", "--login", "lan")
        installation.well("council", "people", "add", *person)
        installation.token = installation.well("token", "issue", "lan").split()[0]
        yield installation
    finally:
        processes = installation.state["processes"]
        assert installation.script("down").stdout == "Stopped.\n"
        assert [name for name, (pid, _) in processes.items() if Path(f"/proc/{pid}/cwd").exists()] == []
        shutil.rmtree(installation.state["postgres"])


def test_cases_advance_through_both_while_one_of_each_is_killed(scaled: Scaled) -> None:
    entered = {"on": "2026-08-01", "payload": {"text": "Xin giếng nước"}}
    code = scaled.call(0, "/api/v1/petitions", entered)["code"]
    moved = scaled.call(
        1, f"/api/v1/cases/{code}/moves", {"trigger": "screen", "on": "2026-08-05", "payload": {"level": "commune"}}
    )
    assert moved["code"] == code
    file = scaled.call(0, "/api/v1/jobs/files", sheets.petitions(*(f"Xin nước số {n}" for n in range(700))))["digest"]
    body = {"kind": "import_petitions", "file": file, "order": {"name": "danh-sach.csv", "results": "claimed"}}
    job = scaled.call(0, "/api/v1/jobs", body)["id"]
    assert eventually(lambda: scaled.call(1, f"/api/v1/jobs/{job}")["state"]["code"] == "running")
    scaled.kill(holder(scaled, job))
    scaled.kill("api-1")
    for name in ("timekeeper-1",):
        if name in scaled.state["processes"]:
            scaled.kill(name)
    done = scaled.over(job)
    assert (done["state"]["code"], done["totals"]["written"], done["attempts"]) == ("done", 700, 2), done
    assert scaled.call(1, "/api/v1/petitions?total=true&limit=1")["total"] == 701
    again = scaled.call(1, "/api/v1/petitions", entered)
    assert again["code"] != code


def holder(scaled: Scaled, job: str) -> str:
    """Return the worker that has the job, by its name: a lease goes by host, process and a word of its own."""
    url = make_url(scaled.state["environment"]["DONDOC_DATABASE_URL"])
    with psycopg.connect(
        host=url.host, port=url.port, user=url.username, password=url.password, dbname=url.database
    ) as connection:
        found = connection.execute("SELECT lease_by FROM job WHERE id = %s", (job,)).fetchone()
    assert found is not None
    pid = int(found[0].split(":")[1])
    processes: dict[str, tuple[int, str]] = scaled.state["processes"]
    return next(name for name, (number, _) in processes.items() if number == pid)


def test_what_prefect_starts_asks_for_one_verification_a_night(scaled: Scaled) -> None:
    """As the schedule does: a run of the deployment, twice; a worker does what it asks for once."""
    run = (
        "from prefect.deployments import run_deployment\n"
        "for _ in range(2): run_deployment('nightly-verify/dondoc', timeout=0)\n"
    )
    environment = {**os.environ, **scaled.state["environment"], "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", run], env=environment, check=True, timeout=PATIENCE, capture_output=True)

    def verified() -> list[Any]:
        listed = json.loads(scaled.well("job", "list", "--json"))
        return [job for job in listed if job["kind"]["code"] == "verify" and job["finished_at"]]

    [one] = eventually(verified)
    assert one["totals"]["ok"] is True
    assert one["requested_by"]["login"] == "operator: dondoc"


def test_a_flow_that_is_run_again_for_a_job_that_is_over_does_nothing(scaled: Scaled) -> None:
    """As somebody may ask on a page of Prefect: the deployment of the kind, with the id of the job."""
    job = scaled.call(1, "/api/v1/jobs", {"kind": "make_letters", "order": {"batch": "packets"}})["id"]
    before = scaled.over(job)
    run = (
        "import sys\n"
        "from prefect.deployments import run_deployment\n"
        "done = run_deployment('make-letters/dondoc', parameters={'job': sys.argv[1]}, timeout=120)\n"
        "print(done.state.name)\n"
    )
    environment = {**os.environ, **scaled.state["environment"], "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", run, job], env=environment, check=True, timeout=PATIENCE, capture_output=True, text=True
    )
    assert done.stdout.split()[-1] == "Skipped"
    assert scaled.call(1, f"/api/v1/jobs/{job}") == before


def test_doctor_finds_nothing_wrong_with_its_prefect(scaled: Scaled) -> None:
    found = {check["code"]: check["grade"] for check in json.loads(scaled.script("run", "doctor", "--json").stdout)}
    for code in ("prefect_place", "prefect_auth", "prefect_apart", "prefect_closed", "prefect_pages", "prefect_tables"):
        assert found[code] == "ok", code


def test_it_is_not_started_twice(scaled: Scaled) -> None:
    again = scaled.script("up")
    assert again.returncode == 1
    assert "scaled-down" in again.stderr
