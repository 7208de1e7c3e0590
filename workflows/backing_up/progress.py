"""How long work is told: what is being done, how much of it, of how much."""

from __future__ import annotations

from collections.abc import Callable

from states.text import Text

Progress = Callable[[Text, int, int], None]
"""Called often with what is being done, how much is done and how much there is; the units depend on what it is."""


def silent(_what: Text, _done: int, _total: int) -> None:
    """Tell nobody."""
