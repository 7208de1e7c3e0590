"""What the headings of a sort of table mean, and what such a table cannot do without."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from states.folding import fold_words
from states.text import Text
from workflows.importing.headings import KNOWN, Field

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


@dataclass(frozen=True, slots=True)
class Need:
    """Something that a table must say in at least one of some fields; `heading` is how to name such a column."""

    fields: frozenset[Field]
    name: Text
    heading: str


class Headings:
    """The headings of one sort of table: what each means, and what the table cannot do without.

    `ticked` are the fields whose heading may span boxes to tick. `boxes` are headings of boxes that may stand without
    such a span. The first of `needs` is what makes a row of headings likely.
    """

    def __init__(
        self,
        known: Mapping[Field, Iterable[str]],
        *,
        needs: tuple[Need, ...],
        ticked: frozenset[Field],
        boxes: Mapping[Field, Iterable[str]] = MappingProxyType({}),
    ) -> None:
        self.needs = needs
        self.ticked = ticked
        self.fields = frozenset(known)
        self._aliases = _folded(known)
        self._boxes = _folded(boxes)

    def field(self, heading: str) -> Field | None:
        """Return the field that a heading names, with or without what stands in brackets; None if unknown."""
        return _named(self._aliases, heading) or _named(self._boxes, heading)

    def is_box(self, heading: str) -> bool:
        """Say whether a heading is that of a box to tick."""
        return _named(self._aliases, heading) is None and _named(self._boxes, heading) is not None

    @property
    def folded(self) -> tuple[str, ...]:
        """Return every heading we know, folded, for suggestions."""
        return tuple(self._aliases)


def _folded(known: Mapping[Field, Iterable[str]]) -> dict[str, Field]:
    return {fold_words(name): meaning for meaning, names in known.items() for name in names}


def _named(aliases: Mapping[str, Field], heading: str) -> Field | None:
    return aliases.get(fold_words(heading)) or aliases.get(fold_words(_BRACKETS.sub(" ", heading)))


PETITION_HEADINGS = Headings(
    KNOWN,
    needs=(Need(frozenset({Field.TEXT}), Text("nội dung kiến nghị", "the petition's text"), "Nội dung kiến nghị"),),
    ticked=frozenset({Field.SUBJECT}),
)


def known_field(heading: str) -> Field | None:
    """Return the field that a heading of a list of petitions names; None if unknown."""
    return PETITION_HEADINGS.field(heading)
