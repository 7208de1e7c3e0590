"""Migrating an empty database."""

from __future__ import annotations

from workflows.migrating import current, downgrade, head, is_current, upgrade


def test_an_empty_database_becomes_current(empty_database_url: str) -> None:
    assert current(empty_database_url) is None
    upgrade(empty_database_url)
    assert current(empty_database_url) == head() == "0001_spine"
    assert is_current(empty_database_url)


def test_migrating_twice_changes_nothing(empty_database_url: str) -> None:
    upgrade(empty_database_url)
    upgrade(empty_database_url)
    assert is_current(empty_database_url)


def test_stepping_down_to_nothing_and_up_again_works(empty_database_url: str) -> None:
    upgrade(empty_database_url)
    downgrade(empty_database_url, "base")
    assert current(empty_database_url) is None
    upgrade(empty_database_url)
    assert is_current(empty_database_url)
