"""One plain case of every kind, in one office."""

from __future__ import annotations

from states.kinds import KINDS
from states.lifecycle import Lifecycle
from tests.facts import ENTRIES
from tests.office import RECEIVED, Office
from workflows.registering import Birth


def plain_birth(table: Lifecycle) -> Birth:
    """Return what enters a plain case of a kind on the day that petitions are received."""
    birth = next(row for row in table.transitions if not row.source)
    return Birth(table.kind, ENTRIES[birth.needs].model_dump(mode="json", exclude_none=True), RECEIVED)


def one_of_each(office: Office) -> dict[str, str]:
    """Enter one plain case of every kind and return their codes by kind; rounds come before their meetings."""
    return {kind: office.born(plain_birth(table)) for kind, table in KINDS.items()}
