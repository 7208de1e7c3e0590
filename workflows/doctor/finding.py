"""What one check of the installation found, in words, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from states.text import Text

Grade = Literal["ok", "warning", "fault"]
NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Check:
    """One finding. A fault endangers data or work; a warning can wait; `mend` is empty when all is well."""

    code: str
    grade: Grade
    sentence: Text
    mend: Text = NOTHING

    @property
    def is_ok(self) -> bool:
        """Whether there is nothing to do."""
        return self.grade == "ok"


def ok(code: str, vi: str, en: str) -> Check:
    """Return the finding that all is well."""
    return Check(code, "ok", Text(vi, en))
