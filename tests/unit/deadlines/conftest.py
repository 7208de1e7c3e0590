"""What the tests of time share: the shipped calendar, and the shared data beside the repository."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from deadlines.announcements import shipped_announcements, shipped_edition
from deadlines.calendar import Calendar, build_calendar

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    return build_calendar(shipped_announcements(), edition=shipped_edition())


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of shared data; its absence fails in CI and skips visibly elsewhere."""
    if SHARED.is_dir():
        return SHARED
    message = f"shared data is missing: {SHARED}"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    return pytest.skip(message)
