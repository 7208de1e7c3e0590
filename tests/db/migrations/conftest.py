"""What tests of the database itself share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from models.units import Database, connect


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated database, closed after the test."""
    opened = connect(database_url)
    yield opened
    opened.close()
