"""What tests that kill processes share: an office on a fresh database, and the wait until nobody writes any more."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.office import Office, open_office


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    """A council on a fresh database of each engine."""
    with open_office(database_url) as opened:
        yield opened


def nobody_writes_any_more(office: Office) -> None:
    """Wait: a server may still finish what a killed client had sent."""
    if office.database.dialect == "sqlite":
        return
    others = "SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    give_up = time.monotonic() + 10
    while office.rows(f"{others} AND state <> 'idle'")[0]["n"] and time.monotonic() < give_up:
        time.sleep(0.02)
