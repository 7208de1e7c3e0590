"""What a guard or a permission found: the sentence that holds or fails, and where to mend it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum, unique
from typing import TYPE_CHECKING

from states.text import Text

if TYPE_CHECKING:
    from states.facts import Facts


@unique
class Reads(StrEnum):
    """What a guard needs to see before it can speak."""

    CASE = "case"
    ENTRY = "entry"


@dataclass(frozen=True, slots=True)
class Finding:
    """One condition of a move, as it stands now; `holds` is None until the entry is filled in."""

    code: str
    text: Text
    holds: bool | None
    mend: Text | None = None


@dataclass(frozen=True, slots=True)
class Guard:
    """A small named predicate over `Facts` with its two sentences."""

    code: str
    check: Callable[[Facts], bool]
    holds: Text
    fails: Text
    mend: Text | None
    reads: Reads

    def look(self, facts: Facts) -> Finding:
        """Evaluate against `facts`; an entry guard stays open (None) while nothing is entered."""
        if self.reads is Reads.ENTRY and facts.entry is None:
            return Finding(self.code, self.holds, None, self.mend)
        if self.check(facts):
            return Finding(self.code, self.holds, holds=True)
        return Finding(self.code, self.fails, holds=False, mend=self.mend)


def guard(
    *, holds: Text, fails: Text, mend: Text | None = None, reads: Reads = Reads.CASE
) -> Callable[[Callable[[Facts], bool]], Guard]:
    """Turn a predicate into a `Guard` whose code is the predicate's name."""

    def wrap(check: Callable[[Facts], bool]) -> Guard:
        return Guard(check.__name__, check, holds, fails, mend, reads)

    return wrap
