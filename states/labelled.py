"""Closed vocabularies whose members carry the words that people read."""

from __future__ import annotations

from enum import StrEnum

from states.text import Text


class Labels:
    """The words of every member, by its vocabulary and value: "front" is a role and a kind of agency.

    A plain mapping would take members of two vocabularies for one, since both are equal to their text.
    """

    def __init__(self) -> None:
        self._words: dict[tuple[type[StrEnum], str], Text] = {}

    def add(self, *words: tuple[StrEnum, Text]) -> None:
        """Say the words of members; each has them once."""
        for member, text in words:
            place = (type(member), member.value)
            if place in self._words:
                message = f"{member!r} has its words already"
                raise ValueError(message)
            self._words[place] = text

    def __getitem__(self, member: StrEnum) -> Text:
        """Return the words of a member."""
        return self._words[type(member), member.value]


LABELS = Labels()
"""Each module of vocabularies adds its own."""


class Labelled(StrEnum):
    """A vocabulary whose members carry the words that people read."""

    @property
    def label(self) -> Text:
        """Return the words for this member; every member has them (a test proves it)."""
        return LABELS[self]
