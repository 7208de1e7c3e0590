"""What tests of backups share: an office that worked, its backup, and an empty place of each engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.backups import Place, empty_place, work
from tests.office import Office, open_office
from workflows.backing_up.making import BackedUp


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    """A council on a fresh database of each engine."""
    with open_office(database_url) as opened:
        yield opened


@pytest.fixture
def home(office: Office, database_url: str, tmp_path: Path) -> Place:
    """The installation of the office, which has worked for a while."""
    place = Place(database_url, tmp_path / "home")
    work(office, place)
    return place


@pytest.fixture
def made(home: Place, tmp_path: Path) -> BackedUp:
    """A backup of it."""
    return home.back_up(tmp_path / "backup.zip")


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """A place on each engine in which nothing is yet."""
    with empty_place(request.param, tmp_path / "elsewhere", request) as place:
        yield place


@pytest.fixture
def beside(home: Place, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """A place on the engine of the office in which nothing is yet."""
    with empty_place(home.engine, tmp_path / "beside", request) as place:
        yield place
