"""The composition root of HTTP: puts routes, errors and the edge together. Nothing is opened at import."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from datetime import timedelta
from importlib.metadata import version
from typing import Any

from fastapi import APIRouter, FastAPI

from api import errors
from api.edge import Edge
from api.installation import Installation
from api.routes import (
    carrying,
    cases,
    catalogues,
    documentation,
    files,
    health,
    imports,
    inbox,
    jobs,
    letters,
    lifecycles,
    lists,
    mailing,
    moves,
    noticing,
    papers,
    proposals,
    question_groups,
    questions,
    rates,
    registering,
    reminders,
    similar,
    splitting,
    time,
)
from api.settings import Settings
from api.shapes.examples import filled
from api.uploads import TAKES_FILES
from api.workshop import embedded_of, workshop_of
from models.units import Database, connect
from workflows.flows.watching import Watch

_ROUTERS: tuple[APIRouter, ...] = (
    registering.router,
    cases.router,
    moves.router,
    papers.router,
    proposals.router,
    question_groups.router,
    reminders.router,
    catalogues.router,
    files.router,
    imports.router,
    jobs.router,
    time.router,
    letters.router,
    lifecycles.router,
    rates.router,
    lists.router,
    similar.router,
    splitting.router,
    noticing.router,
    carrying.router,
    questions.router,
    inbox.router,
    mailing.router,
)


class Application(FastAPI):
    """FastAPI whose documentation has its examples in place."""

    def openapi(self) -> dict[str, Any]:
        """Return the OpenAPI description, made on first asking."""
        if self.openapi_schema is None:
            described: dict[str, Any] = filled(super().openapi())
            self.openapi_schema = described
        return self.openapi_schema


_DESCRIPTION = (
    "Follows what a people's council has asked for until it is done: petitions, questions, promises, recommendations, "
    "tasks and more (GET /lifecycles/{kind} is the table of a kind). Sign in with a personal token. Open a case, send "
    "its ETag as If-Match with the move, and an Idempotency-Key with every entry. Errors are problem documents "
    "(RFC 9457) in the language of Accept-Language: vi, en."
)


def _installed(settings: Settings, database: Database, patience: float) -> Installation:
    """Return what every request shares; long jobs are watched from here unless workers of their own do them."""
    shop, embedded = workshop_of(settings, database), embedded_of(settings)
    return Installation(
        database,
        shop.files,
        shop,
        Watch(database, embedded) if embedded is not None else None,
        shop.scanner,
        longest_file=settings.file_megabytes << 20,
        page_size=settings.page_size,
        patience=patience,
        kept_for=timedelta(days=settings.idempotency_days),
    )


def create_app(settings: Settings, *, database: Database | None = None, patience: float = 10.0) -> FastAPI:
    """Make the application. It opens the database of `settings` unless one is given, and closes what it opened.

    `patience`: how many seconds a repeated key waits for its first request before it is told that it is in flight.
    """
    used = database or connect(settings.database_url, pool_size=settings.pool_size)
    installation = _installed(settings, used, patience)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        with installation.watch or nullcontext():
            yield
        if database is None:
            used.close()

    app = Application(
        title="Dondoc",
        version=version("dondoc"),
        description=_DESCRIPTION,
        openapi_url="/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        separate_input_output_schemas=False,
    )
    app.state.installation = installation
    errors.install(app)
    for router in _ROUTERS:
        app.include_router(router)
    app.include_router(health.router)
    app.include_router(documentation.router)
    app.add_middleware(
        Edge, longest_body=installation.longest_body, longest_file=installation.longest_file, takes_files=TAKES_FILES
    )
    return app
