"""What guards, permissions and milestones see of a case: one frozen value, no rows inside.

`case`, `referrals` and `referral` belong to what the case's sequence number guards: if any of them changed
since they were read, the write finds another sequence and nothing happens. `reference` is tolerable reference
data (agencies, the council's own set-up): it may be a moment old. `hands`, `on` and `entry` come with the request.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from states.entries import Entry
from states.vocabulary import AgencyKind, Confidentiality, Level, PetitionNature, Result, Role


@dataclass(frozen=True, slots=True)
class Grant:
    """One role held in one agency for one council; `council_side`: a body of the council, not one that answers."""

    role: Role
    agency: UUID
    council: UUID
    council_side: bool = True


@dataclass(frozen=True, slots=True)
class Actor:
    """The account that records. An operator sits at the machine itself and may record for everybody."""

    account: UUID
    name: str
    grants: tuple[Grant, ...] = ()
    operator: bool = False
    person: UUID | None = None

    def has(self, council: UUID, *roles: Role) -> bool:
        """Tell whether the actor holds one of `roles` in `council` (an operator holds all)."""
        return self.operator or any(g.council == council and g.role in roles for g in self.grants)

    def councils(self) -> frozenset[UUID]:
        """Return the councils in which the actor holds any role."""
        return frozenset(g.council for g in self.grants)

    def agencies(self) -> frozenset[UUID]:
        """Return the agencies in which the actor holds any role."""
        return frozenset(g.agency for g in self.grants)


@dataclass(frozen=True, slots=True)
class Signed:
    """Who decided or signed: a body, and where known the person (of the council's list) and the capacity."""

    agency: UUID | None = None
    person: UUID | None = None
    capacity: str | None = None


@dataclass(frozen=True, slots=True)
class Hands:
    """The two hands of an entry: who decided, and which account records it."""

    recorded_by: Actor
    decided_by: Signed = Signed()


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """The case's own values, all written with the move that changes them; `detail` is what its kind alone has."""

    id: UUID
    code: str
    kind: str
    council: UUID
    state: str
    seq: int
    received_on: date | None = None
    level: Level | None = None
    nature: PetitionNature | None = None
    detail: Mapping[str, Any] = field(default_factory=dict, hash=False)  # before the column that is called `field`
    field: str | None = None
    confidentiality: Confidentiality = Confidentiality.INTERNAL
    round_kind: str = "none"
    claimed: Result | None = None
    judged: Result | None = None
    final: bool = False
    charged: UUID | None = None


@dataclass(frozen=True, slots=True)
class ReferralFacts:
    """One sending of the case to one agency."""

    id: UUID
    agency: UUID
    state: str
    lead: UUID | None = None
    claimed: Result | None = None
    received: bool = False


@dataclass(frozen=True, slots=True)
class AgencyFacts:
    """What a guard may know of an agency; validity dates are inclusive civil dates."""

    id: UUID
    code: str
    name: str
    kind: AgencyKind
    level: Level
    valid_from: date | None = None
    valid_to: date | None = None

    def in_office(self, day: date) -> bool:
        """Tell whether the agency exists on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class OtherCase:
    """A case that the entry names."""

    id: UUID
    kind: str
    state: str
    final: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """Reference data that a decision tolerates to be a moment old."""

    standing_body: UUID | None = None
    council_office: UUID | None = None
    agencies: Mapping[UUID, AgencyFacts] = field(default_factory=dict)
    cases: Mapping[UUID, OtherCase] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a decision may look at."""

    case: CaseFacts
    hands: Hands
    on: date | None
    today: date
    referrals: tuple[ReferralFacts, ...] = ()
    referral: ReferralFacts | None = None
    reference: Reference = Reference()
    entry: Entry | None = None
    has_document: bool = False
    has_petitioner: bool = False

    @property
    def deciding_body(self) -> UUID | None:
        """Return the agency that decided or signed."""
        return self.hands.decided_by.agency

    @property
    def answering_bodies(self) -> frozenset[UUID]:
        """Return the agencies whose answers are on the case: who signed, who drafted, and whom the case charges."""
        answered = [r for r in self.referrals if r.claimed is not None]
        bodies = {self.case.charged, *(r.agency for r in answered), *(r.lead for r in answered)}
        return frozenset(body for body in bodies if body is not None)
