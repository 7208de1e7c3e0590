"""What the headings of a list mean for a kind: the labels and names of its birth's form, and what every list may say.

A heading may stand for several fields, as “Thời hạn” does for a day and for words: a cell then belongs to the first
that can read it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from models.columns import table_of
from models.details import DETAILS
from states.entries import DocumentSlip, Entry, Petitioner
from states.folding import fold_words
from states.lifecycle import Lifecycle, Transition
from states.text import Text
from states.vocabulary import Named
from states.wording import field_label
from workflows.importing.headings import KNOWN, Field

_BRACKETS = re.compile(r"\([^()]*\)")
RECEIVED_ON, CODE, ORDINAL, WHY_REJECTED = "received_on", "code", "ordinal", "why_rejected"
DOCUMENT, PETITIONER = "document", "petitioner"
_BODIES = ("Cơ quan", "Đơn vị", "Cơ quan, đơn vị", "Agency")
_COMMON: Mapping[str, tuple[str, ...]] = {
    ORDINAL: KNOWN[Field.ORDINAL],
    CODE: KNOWN[Field.CODE],
    WHY_REJECTED: KNOWN[Field.WHY_REJECTED],
    RECEIVED_ON: KNOWN[Field.RECEIVED_ON],
    f"{DOCUMENT}.number": KNOWN[Field.LETTER_NUMBER],
    f"{DOCUMENT}.issued_on": KNOWN[Field.LETTER_DATE],
    f"{DOCUMENT}.issuer": ("Cơ quan ban hành", "Issuer"),
}
_OF_PERSON: Mapping[str, tuple[str, ...]] = {
    f"{PETITIONER}.name": KNOWN[Field.PETITIONER],
    f"{PETITIONER}.address": KNOWN[Field.ADDRESS],
    f"{PETITIONER}.phone": KNOWN[Field.PHONE],
}
_PARTS: Mapping[str, type[Entry]] = {DOCUMENT: DocumentSlip, PETITIONER: Petitioner}
_OF_ALL: Mapping[str, Text] = {RECEIVED_ON: Text("Ngày nhận", "Date received")}
_META = {ORDINAL: Field.ORDINAL, CODE: Field.CODE, WHY_REJECTED: Field.WHY_REJECTED, "text": Field.TEXT}


@dataclass(frozen=True)
class KindColumns:
    """The columns that a list of cases of one kind may have, by the name of what they fill."""

    lifecycle: Lifecycle

    @cached_property
    def birth(self) -> Transition:
        """Return the row by which a case of the kind is born."""
        return next(row for row in self.lifecycle.transitions if not row.source)

    @property
    def form(self) -> type[Entry]:
        """Return what is entered for it."""
        return self.birth.needs

    @cached_property
    def has_petitioner(self) -> bool:
        """Tell whether its cases are somebody's."""
        detail = DETAILS.get(self.lifecycle.kind)
        return detail is not None and "petitioner_id" in table_of(detail).c

    @cached_property
    def required(self) -> tuple[str, ...]:
        """Return what no row can do without."""
        return tuple(name for name, info in self.form.model_fields.items() if info.is_required())

    def meanings(self, heading: str) -> tuple[str, ...]:
        """Return what a heading may fill, as written first, then without what stands in brackets."""
        forms = (fold_words(heading), fold_words(_BRACKETS.sub(" ", heading)))
        return next((found for ways in self._ways for form in forms if (found := ways.get(form))), ())

    def label(self, name: str) -> Text:
        """Return what a column is called for people."""
        part, _, inner = name.partition(".")
        if inner:
            return field_label(_PARTS[part], inner)
        return field_label(self.form, name) if name in self.form.model_fields else _OF_ALL.get(name, Text(name, name))

    def names(self) -> tuple[str, ...]:
        """Return the names of all columns, as mapping files write them."""
        return (*self.form.model_fields, *_COMMON, *(_OF_PERSON if self.has_petitioner else ()))

    def sort(self, name: str) -> Field:
        """Return what the reader of tables must know of a column: which are of one row alone."""
        return _META.get(name, Field.OTHER)

    @cached_property
    def _ways(self) -> tuple[Mapping[str, tuple[str, ...]], ...]:
        """Return the headings by how surely they are meant: the form's own, without brackets, usual ones, common."""
        labels = {n: field_label(self.form, n) for n in self.form.model_fields}
        own = {n: (n, *label) for n, label in labels.items()}
        bare = {n: tuple(_BRACKETS.sub(" ", said) for said in ways) for n, ways in own.items()}
        common = {**_COMMON, **(_OF_PERSON if self.has_petitioner else {})}
        common |= {n: (n, *ways) for n, ways in common.items()}
        levels: tuple[Mapping[str, Iterable[str]], ...] = (own, bare, dict(self._usual()), common)
        return tuple(_by_heading(level) for level in levels)

    def _usual(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield what offices write besides the labels, by what the table says of a field."""
        named = self.birth.names or {}
        kept = {field: column for column, field in (self.birth.keeps or {}).items()}
        bodies = [name for name, what in named.items() if what is Named.AGENCY]
        for name in self.form.model_fields:
            if name == "text":
                yield name, ("Nội dung", "Text")
            elif name in bodies and len(bodies) == 1:
                yield name, (*_BODIES, *KNOWN[Field.AGENCY])
            elif named.get(name) is Named.SESSION:
                yield name, KNOWN[Field.SESSION]
            elif kept.get(name) in _PLACES:
                yield name, KNOWN[_PLACES[kept[name]]]


_PLACES = {"case.field": Field.SUBJECT, "case.locality": Field.LOCALITY}


def _by_heading(ways: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, headings in ways.items():
        for form in dict.fromkeys(map(fold_words, headings)):
            found[form] = (*found.get(form, ()), name)
    return found
