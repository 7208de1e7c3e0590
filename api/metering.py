"""Opens the figures of this process to Prometheus, on this machine only and on a port of their own.

The address of the service itself has no such page: what is put in front of it cannot show it by mistake.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import start_http_server

from api.settings import Settings, variable
from models.units import Database
from states.errors import BadInput
from states.text import Text
from workflows.gauging import Standing
from workflows.measuring import REGISTRY

_LOOPBACK = "127.0.0.1"


@contextmanager
def serve_metrics(settings: Settings, database: Database) -> Iterator[None]:
    """Serve /metrics on the port of the settings until the block ends; without a port do nothing.

    Raises: BadInput when the port is taken.
    """
    if settings.metrics_port is None:
        yield
        return
    standing = Standing(database)
    try:
        server, thread = start_http_server(settings.metrics_port, addr=_LOOPBACK, registry=REGISTRY)
    except OSError as error:
        name, why = variable("metrics_port"), error.strerror or str(error)
        raise BadInput(
            {name: Text(f"Không mở được cổng «{name}» ({why})", f"Cannot open the port of “{name}” ({why})")}
        ) from None
    REGISTRY.register(standing)
    try:
        yield
    finally:
        REGISTRY.unregister(standing)
        server.shutdown()
        thread.join()
