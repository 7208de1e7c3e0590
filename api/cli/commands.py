"""All commands: importing a module of commands hangs them on the root, in the order in which help lists them."""

from __future__ import annotations

from api.cli import (  # isort: skip - the order of help
    serving_commands,
    demo_commands,
    council_commands,
    session_commands,
    import_commands,
    case_commands,
    deadline_commands,
    calendar_commands,
    regulation_commands,
    rates_commands,
    lifecycle_commands,
    token_commands,
    trust_commands,
    installation_commands,
)
from api.cli.root import app

MODULES = (
    serving_commands,
    demo_commands,
    council_commands,
    session_commands,
    import_commands,
    case_commands,
    deadline_commands,
    calendar_commands,
    regulation_commands,
    rates_commands,
    lifecycle_commands,
    token_commands,
    trust_commands,
    installation_commands,
)

__all__ = ["MODULES", "app"]
