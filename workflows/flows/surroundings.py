"""The environment in which Prefect runs: closed, quiet, at home in our data folder. Prefect itself is not loaded."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

LOOPBACK = "127.0.0.1"
API_URL = "PREFECT_API_URL"
AUTH = "PREFECT_API_AUTH_STRING"
SERVER_AUTH = "PREFECT_SERVER_API_AUTH_STRING"
_QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_TELEMETRY_ENABLED": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_LOGGING_SERVER_LEVEL": "WARNING",
    "PREFECT_LOGGING_INTERNAL_LEVEL": "ERROR",
    "PREFECT_LOGGING_COLORS": "false",
    "PYTHONUNBUFFERED": "1",
}
# Nobody schedules, pages or automates here: the embedded server only records runs and what they say of themselves.
_UNUSED = ("SCHEDULER", "LATE_RUNS", "TRIGGERS", "PAUSE_EXPIRATIONS", "CANCELLATION_CLEANUP", "FOREMAN")


def new_auth() -> str:
    """Return a user and a password that nobody can guess."""
    return f"dondoc:{secrets.token_urlsafe(32)}"


def server_environment(home: Path, *, port: int, auth: str) -> dict[str, str]:
    """Return the environment of the embedded server."""
    return {
        **_ours(home),
        SERVER_AUTH: auth,
        "PREFECT_SERVER_API_HOST": LOOPBACK,
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED": "true",
        "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": origin(port),
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{home / 'prefect.db'}",
        "PREFECT_SERVER_UI_ENABLED": "false",
        "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",
        **{f"PREFECT_SERVER_SERVICES_{name}_ENABLED": "false" for name in _UNUSED},
    }


def worker_environment(home: Path, *, port: int, auth: str) -> dict[str, str]:
    """Return the environment of the worker beside the embedded server."""
    return {**_ours(home), API_URL: f"{origin(port)}/api", AUTH: auth}


def origin(port: int) -> str:
    """Return where the embedded server answers."""
    return f"http://{LOOPBACK}:{port}"


def _ours(home: Path) -> dict[str, str]:
    """Return our environment without anything that was said to another Prefect on this machine.

    The server works in its own folder, where no file of anybody's tells it anything, and must still find our modules.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    paths = [str(Path(__file__).parents[2]), *filter(None, [kept.get("PYTHONPATH")])]
    return {**kept, **_QUIET, "PREFECT_HOME": str(home), "PYTHONPATH": os.pathsep.join(paths)}


def quiet(environment: Mapping[str, str]) -> dict[str, str]:
    """Return what a worker of a scaled installation adds to its environment where nothing else is said."""
    return {name: value for name, value in _QUIET.items() if name not in environment}
