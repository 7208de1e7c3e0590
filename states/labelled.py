"""Closed vocabularies whose members carry the words that people read."""

from __future__ import annotations

from enum import StrEnum

from states.text import Text

LABELS: dict[StrEnum, Text] = {}
"""The words of every member; each module of vocabularies adds its own."""


class Labelled(StrEnum):
    """A vocabulary whose members carry the words that people read."""

    @property
    def label(self) -> Text:
        """Return the words for this member; every member has them (a test proves it)."""
        return LABELS[self]
