"""What tests of the use cases share: an invented council at work on a real database of each engine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import sqlite_url
from tests.jobs import Jobs, jobs_of
from tests.lists import Lists
from tests.office import Office, open_office


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    """A council with people, agencies and a session, on a fresh database."""
    with open_office(database_url) as opened:
        yield opened


@pytest.fixture
def sqlite_office(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Office]:
    """The same council on SQLite only, for what concerns its file."""
    copy = tmp_path / "only.sqlite3"
    shutil.copyfile(migrated_sqlite, copy)
    with open_office(sqlite_url(copy)) as opened:
        yield opened


@pytest.fixture
def lists(office: Office, tmp_path: Path) -> Lists:
    """Lists that come to the office, as files."""
    return Lists(office, tmp_path)


@pytest.fixture
def jobs(office: Office, tmp_path: Path) -> Iterator[Jobs]:
    """Long jobs of the office."""
    with jobs_of(office, tmp_path) as made:
        yield made
