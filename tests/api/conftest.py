"""What tests of the HTTP interface share: an invented council at work and clients that are signed in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from api.app import create_app
from api.logging import tell_errors_by_place
from api.settings import Settings
from tests.desk import Desk
from tests.office import AGENCIES, Office, open_office
from workflows import councils
from workflows.councils import CouncilSpec, PersonSpec


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Log to nowhere, with the processors of an installation: those of a console picture whole stacks."""
    structlog.configure(
        processors=[tell_errors_by_place, structlog.processors.JSONRenderer(default=str)],
        logger_factory=structlog.ReturnLoggerFactory(),
    )
    yield
    structlog.reset_defaults()


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    """A council with people, agencies and a session, on a fresh database."""
    with open_office(database_url) as opened:
        yield opened


@pytest.fixture
def desk(office: Office, tmp_path: Path) -> Desk:
    """The application over the office."""
    url = office.database.engine.url.render_as_string(hide_password=False)
    settings = Settings(database_url=url, data_dir=tmp_path / "data")
    return Desk(office, create_app(settings, database=office.database))


@pytest.fixture
def paper(desk: Desk) -> str:
    """The letter by which a petition was sent to UBND."""
    desk.sent("UBND")
    return desk.paper()


@pytest.fixture
def neighbour(desk: Desk) -> Desk:
    """The same application with a second council, whose clerk is "stranger"."""
    people = (
        PersonSpec(full_name="Người Hội Đồng Khác", agency="VP", role="council_office", login="stranger"),
        PersonSpec(full_name="Người Phòng Khác", agency="KT", role="officer", login="stranger_kt"),
    )
    spec = CouncilSpec(code="PM", name="HĐND xã Phiêng Mu", agencies=AGENCIES, people=people)
    with desk.office.database.writing() as unit:
        councils.create(unit, spec=spec, actor=desk.office.operator)
    return desk


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what speaks to the HTTP interface."""
    for item in items:
        if "desk" in getattr(item, "fixturenames", ()):
            item.add_marker("api")
