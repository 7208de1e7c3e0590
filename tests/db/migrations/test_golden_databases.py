"""Databases as older versions left them come up to this version with every row, and step down only without loss."""

from __future__ import annotations

import hashlib

import pytest
from sqlalchemy import inspect

from models.ddl import FTS_TABLES, RowsWouldBeLost
from models.inspecting import missing_search_objects, trigger_faults
from models.searching import matching
from models.units import Database, Unit, connect
from tests.db.golden.make import SEAL_KEY
from tests.db.migrations.conftest import GOLDEN
from workflows import verifying
from workflows.migrating import current, downgrade, head, is_current, upgrade


def content(unit: Unit) -> dict[str, tuple[int, str]]:
    """Return number and digest of the rows of every table."""
    found = {}
    for name in sorted(set(inspect(unit.connection).get_table_names()) - FTS_TABLES - {"alembic_version"}):
        rows = sorted(repr(tuple(row)) for row in unit.connection.exec_driver_sql(f'SELECT * FROM "{name}"'))
        found[name] = (len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest())
    return found


def test_there_is_a_golden_database_of_the_newest_revision() -> None:
    assert head() in GOLDEN


def test_upgrading_keeps_history_whole(golden: Database, golden_url: str) -> None:
    with golden.reading() as unit:
        before = content(unit)
    upgrade(golden_url)
    assert is_current(golden_url)
    with golden.reading() as unit:
        after = content(unit)
        verdict = verifying.verify(unit, key=SEAL_KEY)
        assert trigger_faults(unit.connection) == []
        assert missing_search_objects(unit.connection) == []
    assert verdict.faults == ()
    assert (verdict.events, verdict.seals) == (before["event"][0], 1)
    assert after["event"] == before["event"]
    assert all(after[name][0] >= count for name, (count, _digest) in before.items())


def test_what_was_findable_is_still_found(golden: Database, golden_url: str) -> None:
    upgrade(golden_url)
    matches = matching(golden.dialect, "nuoc sach")
    assert matches is not None
    with golden.reading() as unit:
        assert len(unit.read(matches.either).all()) == 2


def test_stepping_down_is_refused_while_rows_would_be_lost(golden: Database, golden_url: str) -> None:
    upgrade(golden_url)
    with golden.reading() as unit:
        before = content(unit)
    with pytest.raises(RowsWouldBeLost) as refused:
        downgrade(golden_url, "base")
    for table in ("event", "case", "agency", "council", "seal"):
        assert f"{table} (" in refused.value.text.vi
    assert "calendar_day" not in refused.value.text.vi
    assert is_current(golden_url)
    with golden.reading() as unit:
        assert content(unit) == before
        assert trigger_faults(unit.connection) == []


def test_an_office_body_of_its_own_is_not_reference_data(database_url: str) -> None:
    database = connect(database_url)
    with database.writing() as unit:
        unit.take_lock()
        unit.connection.exec_driver_sql(
            "INSERT INTO account (id, login, operator, created_at) "
            "VALUES ('01900000000070008000000000000001', 'an', false, '2026-01-01T00:00:00+00:00')"
        )
    database.close()
    with pytest.raises(RowsWouldBeLost) as refused:
        downgrade(database_url, "base")
    assert refused.value.data["tables"] == {"account": 1}
    assert current(database_url) == head()
