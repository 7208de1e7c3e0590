"""What is wrong or doubtful in one row, said to the person who can mend it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from states.text import Text


class Severity(StrEnum):
    """An error rejects the row; a warning goes with it."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding about a row: `column` is the heading as the file writes it, empty for the whole row."""

    severity: Severity
    column: str
    code: str
    text: Text


def error(column: str, code: str, text: Text) -> Problem:
    """Return a finding that rejects the row."""
    return Problem(Severity.ERROR, column, code, text)


def warning(column: str, code: str, text: Text) -> Problem:
    """Return a finding that the office should look at."""
    return Problem(Severity.WARNING, column, code, text)
