"""All commands: importing a module of commands hangs them on the root."""

from __future__ import annotations

from api.cli import case_commands, installation_commands, serving_commands
from api.cli.root import app

MODULES = (serving_commands, case_commands, installation_commands)

__all__ = ["MODULES", "app"]
