"""What can be asked of each kind of job, as its work reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum, unique

from deadlines.announcements import Announcement
from workflows.answering.plans import Told
from workflows.importing.mapping import ColumnMapping
from workflows.importing.of_kinds.taking import KindOrder
from workflows.importing.taking import ImportOrder
from workflows.printing.making import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionsOrder:
    """Take a list of petitions in. The path in `taking` is set when the list is laid out."""

    taking: ImportOrder
    suffix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesOrder:
    """Take a list of cases of a kind in. The path in `taking` is set when the list is laid out."""

    taking: KindOrder
    suffix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersOrder:
    """Take an answer report in; with `attach` its file stays with the paper."""

    told: Told
    name: str
    suffix: str
    mapping: ColumnMapping | None = None
    sheet: str | None = None
    attach: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClocksOrder:
    """Reckon the clocks of a council anew: by a regulation that it adopted, else by the calendar in use."""

    regulation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptionOrder:
    """Adopt a regulation from a day on, as `adopting.adopt` does."""

    regulation: str
    from_on: date
    version: str | None = None
    precedence: str | None = None
    basis: str = "started"
    switches: Mapping[str, Mapping[str, bool]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysOrder:
    """Put announcements about days off into force, as `announcing.announce` does."""

    announced: tuple[Announcement, ...]


@unique
class Batch(StrEnum):
    """Which files are made in one go."""

    PACKETS = "packets"
    FOLLOWUPS = "followups"


@dataclass(frozen=True, slots=True, kw_only=True)
class LettersOrder:
    """Make the packet of every hamlet, or the follow-up sheet of every unit, into one archive."""

    batch: Batch
    round: str | None = None
    form: Form = Form.XLSX


@dataclass(frozen=True, slots=True)
class BackupOrder:
    """Back up the whole installation."""


@dataclass(frozen=True, slots=True)
class VerifyOrder:
    """Verify the whole history."""
