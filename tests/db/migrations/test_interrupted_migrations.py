"""A migration that is killed leaves the old schema; two at once wait for each other; a newer schema is not touched."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import inspect

from models.inspecting import trigger_faults
from models.units import connect
from workflows.migrating import (
    NotMigrated,
    SchemaTooNew,
    current,
    downgrade,
    head,
    is_current,
    require_current,
    upgrade,
)

REPOSITORY = Path(__file__).parents[3]
KILLED_AFTER = """
import os, signal, sys
from sqlalchemy import Engine, event
from workflows import migrating

way, url, left = sys.argv[1], sys.argv[2], [int(sys.argv[3])]

@event.listens_for(Engine, "after_cursor_execute")
def count(*_):
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)

migrating.upgrade(url) if way == "up" else migrating.downgrade(url, "base")
"""


def start(script: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", script, *arguments], cwd=REPOSITORY, stderr=subprocess.PIPE)


def killed(way: str, url: str, after: int) -> None:
    """Migrate in a process of its own that is killed after its n-th statement."""
    process = start(KILLED_AFTER, way, url, str(after))
    _, told = process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL, told.decode()


def tables(url: str) -> list[str]:
    database = connect(url)
    with database.reading() as unit:
        found = inspect(unit.connection).get_table_names()
    database.close()
    return found


@pytest.mark.parametrize("after", [8, 130])
def test_an_upgrade_killed_between_statements_leaves_nothing(empty_database_url: str, after: int) -> None:
    killed("up", empty_database_url, after)
    assert tables(empty_database_url) == []
    upgrade(empty_database_url)
    assert is_current(empty_database_url)


def test_a_step_down_killed_between_statements_leaves_everything(database_url: str) -> None:
    before = tables(database_url)
    killed("down", database_url, 45 if database_url.startswith("sqlite") else 40)
    assert tables(database_url) == before
    assert is_current(database_url)
    database = connect(database_url)
    with database.reading() as unit:
        assert trigger_faults(unit.connection) == []
    database.close()


def test_migrations_started_at_once_do_not_collide(empty_database_url: str) -> None:
    script = "import sys; from workflows.migrating import upgrade; upgrade(sys.argv[1])"
    processes = [start(script, empty_database_url) for _ in range(3)]
    for process in processes:
        _, told = process.communicate(timeout=120)
        assert process.returncode == 0, told.decode()
    assert is_current(empty_database_url)


def from_the_future(url: str) -> None:
    database = connect(url)
    with database.writing() as unit:
        unit.take_lock()
        unit.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999_from_the_future'")
    database.close()


def test_an_older_version_refuses_a_newer_schema_and_leaves_it_alone(database_url: str) -> None:
    from_the_future(database_url)
    before = tables(database_url)
    with pytest.raises(SchemaTooNew, match="9999_from_the_future"):
        upgrade(database_url)
    with pytest.raises(SchemaTooNew, match="9999_from_the_future"):
        downgrade(database_url, "base")
    assert not is_current(database_url)
    assert current(database_url) == "9999_from_the_future"
    assert tables(database_url) == before


def test_work_on_another_schema_is_refused(empty_database_url: str) -> None:
    database = connect(empty_database_url)
    with database.reading() as unit, pytest.raises(NotMigrated) as refused:
        require_current(unit)
    assert "dondoc migrate" in refused.value.text.vi
    upgrade(empty_database_url)
    with database.reading() as unit:
        require_current(unit)
    from_the_future(empty_database_url)
    with database.reading() as unit, pytest.raises(SchemaTooNew) as newer:
        require_current(unit)
    assert newer.value.data == {"found": "9999_from_the_future", "known": head()}
    database.close()


def test_asking_for_the_revision_makes_no_file(tmp_path: Path) -> None:
    assert current(f"sqlite:///{tmp_path / 'none.sqlite3'}") is None
    assert list(tmp_path.iterdir()) == []


def test_migrating_makes_the_folder_of_the_file(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new' / 'deep' / 'dondoc.sqlite3'}"
    upgrade(url)
    assert is_current(url)
