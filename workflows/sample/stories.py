"""What happens to the cases of the sample, as plain values: one story a case, one deed an entry of the register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from states.entries import DocumentSlip, Petitioner


@dataclass(frozen=True, slots=True)
class CodeOf:
    """Stands for the code that another story's case gets when it is born."""

    story: str


@dataclass(frozen=True, slots=True)
class NumberOf:
    """Stands for the sequence number of an earlier deed of the same story, by its trigger."""

    trigger: str


@dataclass(frozen=True, slots=True)
class Deed:
    """One entry: what happened on which day, who entered it and when (the same day unless said otherwise).

    `at` is the addressee whose referral is meant; `paper` the document that says it; `capacity` that of the signer.
    """

    trigger: str
    on: date
    payload: Mapping[str, Any] = field(default_factory=dict)
    at: str | None = None
    paper: DocumentSlip | None = None
    by: str = "vanthu"
    entered: date | None = None
    capacity: str | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """One case from its birth on."""

    key: str
    born: Deed
    deeds: tuple[Deed, ...] = ()
    kind: str = "petition"
    petitioner: Petitioner | None = None


def did(
    trigger: str,
    on: date,
    *,
    at: str | None = None,
    paper: DocumentSlip | None = None,
    by: str = "vanthu",
    entered: date | None = None,
    capacity: str | None = None,
    **payload: Any,
) -> Deed:
    """Return a deed whose entry is given by name."""
    return Deed(trigger, on, payload, at=at, paper=paper, by=by, entered=entered, capacity=capacity)
