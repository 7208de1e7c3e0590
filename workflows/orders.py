"""What is asked of a case and what came of it: plain values that the writing use cases share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from states.entries import DocumentSlip
from states.facts import Actor, Signed
from states.findings import Finding
from workflows.documents import Papers
from workflows.drafting import Draft


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move did."""

    case_id: UUID
    code: str
    seq: int
    state: str
    events: tuple[int, ...]
    warnings: tuple[Finding, ...] = ()
    missing: tuple[str, ...] = ()
    referrals: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked: which trigger, on the case or one of its referrals, with what entry, by whom, on which day.

    `on` is the civil date of the legal fact, None where it is honestly unknown. `expected` is the sequence at which
    the case was opened; None means "as it stands". `old_register` marks what is taken over from an old register.
    """

    trigger: str
    actor: Actor
    on: date | None
    payload: Mapping[str, Any] = field(default_factory=dict)
    referral: UUID | None = None
    decided_by: Signed | None = None
    document: DocumentSlip | None = None
    expected: int | None = None
    old_register: bool = False


@dataclass(slots=True)
class Drafted:
    """A decided move, ready to be written; `search` is the text by which the case is found now, if it changed.

    `others` are the papers of moves that were drafted before it and are written with it.
    """

    draft: Draft
    moved: Moved
    document: Papers
    links: list[dict[str, Any]] = field(default_factory=list)
    search: str | None = None
    others: list[Papers] = field(default_factory=list)
