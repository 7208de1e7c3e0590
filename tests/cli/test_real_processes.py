"""The console script, `python -m api` and the server as real processes: two installations, one machine."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PATIENCE = 120
COMMANDS = {
    *("serve", "demo", "council", "session", "import", "cases", "case", "due", "move", "undo", "deadlines", "calendar"),
    *("regulation", "rates", "lifecycle", "agencies", "token", "seal", "verify", "doctor", "settings", "migrate"),
    *("job", "worker", "flows"),
}
ROOT = Path(__file__).parents[2]


def surroundings(folder: Path, **more: str) -> dict[str, str]:
    """Return an environment in which only the data folder says which installation is meant."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DONDOC_")}
    return kept | {"DONDOC_DATA_DIR": str(folder), "PYTHONPATH": str(ROOT)} | more


def dondoc(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "api", *arguments], env=surroundings(folder, **more), cwd=folder.parent, text=True,
        encoding="utf-8", capture_output=True, timeout=PATIENCE, check=False,
    )  # fmt: skip


@contextmanager
def serving(folder: Path, *arguments: str) -> Iterator[str]:
    """Serve on a port that the machine chooses; yield what is printed until the last line of the greeting."""
    server = subprocess.Popen(
        [sys.executable, "-m", "api", "serve", "--port", "0", "--prepare", *arguments], env=surroundings(folder),
        cwd=folder.parent, text=True, encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        assert server.stdout is not None
        yield greeting(server.stdout)
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=PATIENCE)
    assert server.returncode in {0, -signal.SIGTERM}


def greeting(lines: Iterator[str]) -> str:
    said = ""
    for line in lines:
        said += line
        if "token issue" in line or "council create" in line or ("curl" in line and "Bearer dondoc_" in line):
            return said
    return said


def address_in(said: str) -> str:
    found = re.search(r"http://127\.0\.0\.1:\d+", said)
    assert found, said
    return found[0]


def fetched(url: str, token: str = "") -> tuple[int, str]:
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"} if token else {})  # noqa: S310 - an address of this machine
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 - the same
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_two_installations_on_one_machine_share_nothing(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for folder, code in ((one, "MOT"), (two, "HAI")):
        assert dondoc(folder, "migrate").returncode == 0
        done = dondoc(folder, "council", "create", "--code", code, "--name", f"HĐND xã {code}")
        assert done.returncode == 0, done.stderr
        assert dondoc(folder, "record", "--set", "text=Đường hỏng").returncode == 0
        assert dondoc(folder, "seal").returncode == 0
    for folder, code in ((one, "MOT"), (two, "HAI")):
        councils = json.loads(dondoc(folder, "council", "list", "--json").stdout)
        assert [c["code"] for c in councils] == [code]
    assert {path.name for path in tmp_path.iterdir()} == {"one", "two"}
    assert (one / "seal.key").read_text() != (two / "seal.key").read_text()


def test_the_database_may_lie_elsewhere(tmp_path: Path) -> None:
    data, elsewhere = tmp_path / "data", tmp_path / "elsewhere" / "office.sqlite3"
    assert dondoc(data, "migrate", DONDOC_DATABASE_URL=f"sqlite:///{elsewhere}").returncode == 0
    assert elsewhere.exists()
    assert not (data / "dondoc.sqlite3").exists()


def test_the_console_script_is_the_same(tmp_path: Path) -> None:
    script = Path(sys.executable).parent / "dondoc"
    command = [str(script), "--help"] if script.exists() else [sys.executable, "-m", "api", "--help"]
    done = subprocess.run(
        command, env=surroundings(tmp_path), text=True, encoding="utf-8", capture_output=True, timeout=PATIENCE,
        check=True,
    )  # fmt: skip
    assert done.stdout == dondoc(tmp_path, "--help").stdout
    for name in COMMANDS:
        assert f" {name} " in done.stdout


def test_an_error_is_a_sentence_in_a_real_terminal_too(tmp_path: Path) -> None:
    done = dondoc(tmp_path / "data", "cases")
    assert done.returncode == 1
    assert done.stderr == "Cơ sở dữ liệu chưa đúng phiên bản: chạy «dondoc migrate»\n"
    assert dondoc(tmp_path / "data", "cases", "--limit", "many").returncode == 2


def test_no_command_loads_prefect_and_only_serve_the_web(tmp_path: Path) -> None:
    code = "import sys, api.cli.commands; print([m for m in ('prefect', 'fastapi', 'uvicorn') if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], env=surroundings(tmp_path), text=True, capture_output=True, timeout=PATIENCE,
        check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "[]"


def test_the_service_itself_never_loads_prefect(tmp_path: Path) -> None:
    code = "import sys, api.cli.opening, api.app; print('prefect' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], env=surroundings(tmp_path), text=True, capture_output=True, timeout=PATIENCE,
        check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "False"


def test_the_first_start_brings_the_sample_and_a_call_that_works(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with serving(data, "--sample") as said:
        address = address_in(said)
        token = re.findall(r"Bearer (dondoc_[\w-]+)", said)[0]
        assert fetched(f"{address}/health/ready")[0] == 200
        status, body = fetched(f"{address}/api/v1/petitions", token)
        assert status == 200
        assert "MAU-KN-" in body
        assert fetched(f"{address}/api/v1/petitions")[0] == 401
    with serving(data, "--sample") as said:
        assert "dondoc_" not in said
        assert fetched(f"{address_in(said)}/health/ready")[0] == 200
    assert dondoc(data, "demo", "remove").returncode == 0
    with serving(data, "--sample") as said:
        assert "dondoc council create" in said
    assert json.loads(dondoc(data, "council", "list", "--json").stdout) == []


def test_an_empty_start_says_what_to_do_next(tmp_path: Path) -> None:
    with serving(tmp_path / "data", "--no-sample") as said:
        assert "Chưa có hội đồng nào: dondoc council create" in said


def test_a_port_that_is_taken_is_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = dondoc(tmp_path / "data", "serve", "--port", str(taken.getsockname()[1]), "--prepare")
    assert done.returncode == 1
    assert "chọn cổng khác bằng --port" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_prepare_an_unmigrated_database_is_not_served(tmp_path: Path) -> None:
    done = dondoc(tmp_path / "data", "serve", "--port", "0")
    assert (done.returncode, "dondoc migrate" in done.stderr) == (1, True)


@pytest.mark.parametrize("host", ["256.1.1.1", "no-such-host.invalid"])
def test_an_address_of_another_machine_is_a_sentence(tmp_path: Path, host: str) -> None:
    done = dondoc(tmp_path / "data", "serve", "--port", "0", "--host", host, "--prepare")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
