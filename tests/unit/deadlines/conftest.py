"""What the tests of time share: the shipped calendar."""

from __future__ import annotations

import pytest

from deadlines.announcements import shipped_announcements, shipped_edition
from deadlines.calendar import Calendar, build_calendar


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    return build_calendar(shipped_announcements(), edition=shipped_edition())
