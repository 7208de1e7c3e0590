"""The root with all its commands, for whoever wants them all: tests, and the reference of commands."""

from __future__ import annotations

from api.cli.loading import load
from api.cli.root import app

__all__ = ["app"]

load()
