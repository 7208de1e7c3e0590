from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

import pytest

from tests import registers
from tests.lists import ROAD, Lists, totals
from tests.office import Office
from workflows import verifying
from workflows.importing.report import ImportReport

ROWS = [(str(n), f"{ROAD} đoạn {n}", "", "", "", "") for n in range(450)]

# Imports the list given second into the database given first, and kills itself at a named point.
KILLED = """
import os, signal, sys
from datetime import date
from pathlib import Path
from models.units import connect
from workflows import access, accounts
from workflows.importing.taking import ImportOrder, take_petitions

url, path, point = sys.argv[1:]
database = connect(url)
with database.writing() as unit:
    actor = accounts.operator(unit, user="test")
    setting = access.council(unit, code="NP", actor=actor)


def progress(done, total):
    if (point, total, done) in {("looking", None, 200), ("writing", 450, 400), ("written", 450, 450)}:
        os.kill(os.getpid(), signal.SIGKILL)


order = ImportOrder(path=Path(path))
take_petitions(database, setting=setting, actor=actor, order=order, today=date(2026, 9, 10), progress=progress)
"""


@pytest.mark.faults
@pytest.mark.parametrize("point", ["looking", "writing", "written"])
def test_an_import_that_is_killed_leaves_nothing_and_can_be_run_again(
    office: Office, lists: Lists, database_url: str, point: str
) -> None:
    path = lists.csv(*ROWS)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, database_url, str(path), point],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        check=False,
        capture_output=True,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    assert [lists.count(table) for table in ("case", "event", "source_row", "proposal", "person_data")] == [0] * 5
    assert totals(lists.take(path))["written"] == 450
    assert totals(lists.take(path))["already_there"] == 450
    with office.database.reading() as unit:
        assert verifying.verify(unit, key=None).ok


def test_two_imports_of_one_list_at_the_same_moment_take_it_once(office: Office, lists: Lists) -> None:
    path = lists.csv(*ROWS)
    both_have_looked = threading.Barrier(2)
    reports: list[ImportReport] = []

    def progress(done: int, total: int | None) -> None:
        if total is None and done == len(ROWS):
            both_have_looked.wait(60)

    def take() -> None:
        reports.append(lists.take(path, progress=progress))

    threads = [threading.Thread(target=take) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert sorted((report.written, report.already_there) for report in reports) == [(0, 450), (450, 0)]
    assert (lists.count("case"), lists.count("source_row")) == (450, 450)
    codes = office.rows('SELECT code FROM "case" ORDER BY code')
    assert [row["code"] for row in codes] == [f"NP-KN-26-{n:04d}" for n in range(1, 451)]


def test_petitions_entered_while_a_list_is_written_keep_their_own_codes(office: Office, lists: Lists) -> None:
    path = lists.csv(*ROWS)
    entered: list[threading.Thread] = []

    def progress(done: int, total: int | None) -> None:
        if total is not None and done == 200:
            entered.append(threading.Thread(target=office.record))
            entered[0].start()

    assert totals(lists.take(path, progress=progress))["written"] == 450
    entered[0].join(60)
    codes = [str(row["code"]) for row in office.rows('SELECT code FROM "case"')]
    assert len(codes) == len(set(codes)) == 451


@pytest.mark.faults
@pytest.mark.parametrize("point", ["writing", "written"])
def test_a_register_that_is_killed_while_it_is_taken_over_leaves_nothing(
    office: Office, lists: Lists, database_url: str, point: str
) -> None:
    lines = [registers.whole(n, f"{ROAD} đoạn {n}") for n in range(450)]
    path = registers.write(lists.folder / "so-cu.xlsx", lines)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, database_url, str(path), point],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        check=False,
        capture_output=True,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    tables = ("case", "event", "referral", "document", "document_row", "source_row", "clock")
    assert [lists.count(table) for table in tables] == [0] * 7
    assert (lists.take(path).written, lists.count("document_row")) == (450, 900)
    assert lists.take(path).already_there == 450
    with office.database.reading() as unit:
        assert verifying.verify(unit, key=None).ok
