"""What is asked: which council, by whom, which petitions, as of which day, in which rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from states.facts import Actor
from workflows.access import Setting
from workflows.rates.definitions import By
from workflows.rates.tables import Period

Key = str | UUID | None
"""What a row stands for: an agency's identifier, the code of a field or locality as written, None where unknown."""


@dataclass(frozen=True, slots=True)
class Question:
    """One table to be counted; `own` is the council's level of government."""

    setting: Setting
    actor: Actor
    period: Period
    as_of: date
    by: By
    own: str

    @property
    def last(self) -> date:
        """Return the last day of receipt that can be known on the as-of day."""
        return min(self.period.last, self.as_of)

    @property
    def of_referrals(self) -> bool:
        """Tell whether sendings are counted rather than petitions."""
        return self.by == "agency"
