"""One row of a list, read into the words of a petition, with everything that is wrong or doubtful about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from states.text import Text
from states.vocabulary import PetitionNature, RoundKind
from workflows.importing.late_columns import Late
from workflows.importing.problems import Problem, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionRow:
    """A petition as the source wrote it: clean text, matched to nothing yet.

    `…_written` is the source's own wording; kinds are None when it says nothing or something else. `late` is what an
    old register says of its later life. `other` holds every cell that has no field, by heading, and may hold personal
    data. `row_number` is the number seen beside the row in a spreadsheet program. `same_text_as` is the number of an
    earlier accepted row of the same words.
    """

    row_number: int
    fingerprint: str
    text: str = ""
    text_key: str = ""
    same_text_as: int | None = None
    ordinal: str = ""
    code_in_source: str = ""
    nature_written: str = ""
    nature: PetitionNature | None = None
    locality_written: str = ""
    agency_written: str = ""
    field_written: str = ""
    session_written: str = ""
    round_written: str = ""
    round_kind: RoundKind | None = None
    plan_written: str = ""
    letter_written: str = ""
    letter_on: date | None = None
    received_on: date | None = None
    petitioner_name: str = ""
    petitioner_address: str = ""
    petitioner_phone: str = ""
    channel_written: str = ""
    note: str = ""
    late: Late = field(default_factory=Late)
    other: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Return what rejects the row."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """Return what the office should look at."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.WARNING)

    @property
    def is_rejected(self) -> bool:
        """Say whether the row cannot be recorded as it is."""
        return bool(self.errors)


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that is no petition: repeated headings, column numbers, the title of a group. Not counted as read."""

    row_number: int
    content: str
    reason: Text
