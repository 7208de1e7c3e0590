"""Do the parts make the whole? Counts of reports are compared line by line; what does not add up is said in words.

Pure arithmetic on whole numbers. Nothing is put right: a report says what it says, and people look.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from states.text import Text


@dataclass(frozen=True, slots=True)
class Counted:
    """A number and what it counts."""

    label: Text
    number: int


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Counts that do not add up; `difference` is what the parts have too many (positive) or too few of the whole."""

    sentence: Text
    difference: int


def parts_and_whole(whole: Counted, parts: Sequence[Counted], *, may_overlap: bool = False) -> Mismatch | None:
    """Return how the sum of `parts` differs from `whole`, None where it does not.

    `may_overlap`: one thing may be in several parts (a proposal sent to two bodies: 35, but 18 and 26), so a sum that
    is too large may be right, and the sentence says so.
    """
    total = sum(part.number for part in parts)
    difference = total - whole.number
    if difference == 0:
        return None
    vi = f"{_said(whole, 'vi')}; {_sum(parts, total, 'vi')}, {_off(difference).vi}"
    en = f"{_said(whole, 'en')}; {_sum(parts, total, 'en')}, {_off(difference).en}"
    if may_overlap and difference > 0:
        vi += f" (đúng nếu {difference} mục nằm ở nhiều nhóm, như gửi nhiều nơi; nếu không là nhầm)"
        en += f" (right if {difference} are in several groups, such as sent to several; else a mistake)"
    return Mismatch(Text(vi, en), difference)


def at_most(part: Counted, whole: Counted) -> Mismatch | None:
    """Return by how much `part` is larger than the `whole` that it is taken from, None where it is not."""
    difference = part.number - whole.number
    if difference <= 0:
        return None
    vi = f"{_said(part, 'vi')}, nhiều hơn {_lower(_said(whole, 'vi'))}, {_off(difference).vi}"
    en = f"{_said(part, 'en')}, more than {_lower(_said(whole, 'en'))}, {_off(difference).en}"
    return Mismatch(Text(vi, en), difference)


def _said(counted: Counted, language: str) -> str:
    label = counted.label.vi if language == "vi" else counted.label.en
    return f"{label} {counted.number}"


def _sum(parts: Sequence[Counted], total: int, language: str) -> str:
    said = " + ".join(_lower(_said(part, language)) for part in parts)
    return said if len(parts) == 1 else f"{said} = {total}"


def _lower(words: str) -> str:
    """Return words as they go on within a sentence; an abbreviation stays."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def _off(difference: int) -> Text:
    if difference < 0:
        return Text(f"thiếu {-difference}", f"{-difference} too few")
    return Text(f"thừa {difference}", f"{difference} too many")
