"""Long work at the terminal: asked for, listed, shown, fetched; and what a worker needs before it begins."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import UUID

from api.settings import Settings
from api.workshop import workshop_of
from models.units import connect
from tests import sheets
from tests.cli.conftest import Terminal
from workflows.working import running


def written(folder: Path, *texts: str) -> str:
    path = folder / "danh-sach.csv"
    path.write_bytes(sheets.petitions(*texts))
    return str(path)


def submitted(office: Terminal, *words: str) -> str:
    return str(json.loads(office.well("job submit", *words, "--json"))["id"])


def run(office: Terminal, job: str) -> None:
    """Run a job as a worker does, in the surroundings of the terminal."""
    url, data = office.environment["DONDOC_DATABASE_URL"], Path(office.environment["DONDOC_DATA_DIR"])
    database = connect(url)
    try:
        shop = workshop_of(Settings(database_url=url, data_dir=data), database)
        held = running.take(shop, job=UUID(job), by="worker")
        assert held is not None
        assert running.run(shop, held)
    finally:
        database.close()


def test_a_job_is_asked_for_shown_and_its_file_fetched(office: Terminal, tmp_path: Path) -> None:
    said = office.well("job submit import_petitions", written(tmp_path, "Xin nước", "Xin đường"), "--as", "lan")
    assert "Đã gửi việc" in said
    [job] = json.loads(office.well("job list --json"))
    assert (job["kind"]["code"], job["state"]["code"], job["council"]) == ("import_petitions", "queued", "NP")
    run(office, job["id"])
    shown = office.well("job show", job["id"], "--wait")
    assert "Đã xong, 2/2" in shown
    assert "written: 2" in shown
    english = office.well("--lang en job show", job["id"])
    assert "Import petitions. Done" in english
    out = tmp_path / "bao-cao.json"
    office.well("job fetch", job["id"], "--out", str(out))
    assert json.loads(out.read_text())["written"] == 2
    assert office("job fetch", job["id"], "--out", str(out)).code == 1
    assert "Nhập danh sách kiến nghị" in office.well("job list")


def test_what_fails_ends_with_one(office: Terminal, tmp_path: Path) -> None:
    job = submitted(office, "import_petitions", written(tmp_path, ""))
    run(office, job)
    failed = office("job show", job)
    assert failed.code == 1
    assert failed.err


def test_days_and_lists_are_typed_as_people_write_them(office: Terminal, tmp_path: Path) -> None:
    file = written(tmp_path, "Xin nước")
    words = ("--set", "received_on=20/10/2026", "--set", "partial=có", "--set", "fill_down=locality")
    run(office, submitted(office, "import_petitions", file, *words))
    wrong = {
        "received_on=31/11/2026": "31/11",
        "partial": "TÊN=GIÁ_TRỊ",
        "khong_co=1": "khong_co",
        "round_kind=x": "Loại đợt",
    }
    for word, told in wrong.items():
        refused = office("job submit import_petitions", file, "--set", word)
        assert (refused.code, told in refused.err) == (1, True), refused.err
    assert len(json.loads(office.well("job list --json"))) == 1


def test_an_unknown_kind_names_those_there_are(office: Terminal) -> None:
    refused = office("job submit backwards")
    assert refused.code == 1
    assert "import_petitions" in refused.err
    assert office("job show khong-phai-ma").code == 1


def test_who_may_not_ask_is_refused(office: Terminal, tmp_path: Path) -> None:
    refused = office("job submit import_petitions", written(tmp_path, "Xin nước"), "--as", "uy")
    assert refused.code == 1
    assert json.loads(office.well("job list --json")) == []


def test_switches_of_a_regulation_are_typed_with_dots(office: Terminal) -> None:
    words = ("--set", "regulation=sample-2021", "--set", "from_on=01/01/2027")
    job = submitted(office, "adopt_regulation", *words, "--set", "switches.answer.before_session.pause=on")
    run(office, job)
    shown = json.loads(office("job show", job, "--json").out)
    assert shown["state"]["code"] == "done", shown


def test_a_worker_asks_for_a_prefect_that_is_near_and_closed(terminal: Terminal) -> None:
    for words in ("worker", "flows deploy"):
        assert "PREFECT_API_URL" in terminal(words, PREFECT_API_URL="").err
        far = terminal(words, PREFECT_API_URL="http://8.8.8.8:4200/api", PREFECT_API_AUTH_STRING="a:" + 30 * "x")
        assert (far.code, "8.8.8.8" in far.err) == (1, True)
        open_one = terminal(words, PREFECT_API_URL="http://127.0.0.1:4200/api", PREFECT_API_AUTH_STRING="")
        assert (open_one.code, "PREFECT_API_AUTH_STRING" in open_one.err) == (1, True)
