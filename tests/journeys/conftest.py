"""What journeys share: an office at work, spoken to over HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from api.app import create_app
from api.settings import Settings
from tests.desk import Desk
from tests.office import Office, open_office


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    """A council with people, agencies and a session, on a fresh database."""
    with open_office(database_url) as opened:
        yield opened


@pytest.fixture
def desk(office: Office) -> Desk:
    """The application over the office."""
    url = office.database.engine.url.render_as_string(hide_password=False)
    return Desk(office, create_app(Settings(database_url=url), database=office.database))
