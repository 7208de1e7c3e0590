"""What tests of the use cases share: an invented council at work on a real database of each engine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.office import Office, open_office


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    """A council with people, agencies and a session, on a fresh database."""
    with open_office(database_url) as opened:
        yield opened
