"""What tests of the database itself share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import tests.db.golden
from models.units import Database, connect
from workflows.migrating import upgrade

GOLDEN = {path.stem: path for path in Path(tests.db.golden.__path__[0]).glob("*.sql")}


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated database, closed after the test."""
    opened = connect(database_url)
    yield opened
    opened.close()


@pytest.fixture(params=sorted(GOLDEN))
def golden_url(request: pytest.FixtureRequest, empty_database_url: str) -> str:
    """A database of an older version: its schema, and the rows it had."""
    upgrade(empty_database_url, revision=request.param, reference=False)
    database = connect(empty_database_url)
    with database.writing() as unit:
        unit.take_lock()
        for statement in GOLDEN[request.param].read_text(encoding="utf-8").splitlines():
            unit.connection.exec_driver_sql(statement, execution_options={"no_parameters": True})
    database.close()
    return empty_database_url


@pytest.fixture
def golden(golden_url: str) -> Iterator[Database]:
    database = connect(golden_url)
    yield database
    database.close()
