"""What is asked: which council, by whom, which petitions, as of which day, in which rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import get_args
from uuid import UUID

from states.errors import BadInput
from states.facts import Actor
from states.text import Text
from workflows.access import Setting
from workflows.rates.definitions import By
from workflows.rates.tables import Period

Key = str | UUID | None
"""What a row stands for: an agency's identifier, the code of a field or locality as written, None where unknown."""


@dataclass(frozen=True, slots=True)
class Question:
    """One table to be counted; `own` is the council's level of government, which only petitions ask for."""

    setting: Setting
    actor: Actor
    period: Period
    as_of: date
    by: By
    own: str = ""

    @property
    def last(self) -> date:
        """Return the last day of receipt that can be known on the as-of day."""
        return min(self.period.last, self.as_of)

    @property
    def of_referrals(self) -> bool:
        """Tell whether sendings are counted rather than petitions."""
        return self.by == "agency"


def require_sense(question: Question, today: date) -> None:
    """Refuse a period that ends before it begins, a day still to come, rows that there are not.

    Raises: BadInput naming period, as_of or by.
    """
    problems: dict[str, Text] = {}
    if question.period.first > question.period.last:
        problems["period"] = Text("«Từ ngày» phải không sau «đến ngày»", "The first day must not be after the last")
    if question.as_of > today:
        problems["as_of"] = Text(
            "«Tính đến ngày» ở tương lai; chọn hôm nay hoặc một ngày đã qua",
            "The as-of day is in the future; choose today or an earlier day",
        )
    if question.by not in get_args(By):
        known = ", ".join(get_args(By))
        problems["by"] = Text(
            f"Không chia theo «{question.by}» được; chọn một trong: {known}", f"Choose one of: {known}"
        )
    if problems:
        raise BadInput(problems)
