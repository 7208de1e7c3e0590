"""How a share is printed: rounded half up, never by floating point; what truncation would give is said beside it.

Published reports mix both ways: one prints 86,74% for 144 of 166, which is 86,747 cut, not rounded.
"""

from __future__ import annotations

from decimal import Decimal

from states.text import Text

NO_RATE = Text("—", "—")
ROUNDING = Text(
    "làm tròn đến một chữ số thập phân (từ 5 làm tròn lên), không cắt bỏ",
    "rounded half up to one decimal, not truncated",
)


def percent(numerator: int, denominator: int, *, places: int = 1, cut: bool = False) -> Decimal | None:
    """Return the share in percent with `places` decimals, exactly; None when the denominator is 0."""
    if denominator == 0:
        return None
    whole = 10 ** (2 + places) * numerator
    steps = whole // denominator if cut else (2 * whole + denominator) // (2 * denominator)
    return Decimal(steps).scaleb(-places)


def rounding(numerator: int, denominator: int) -> Text:
    """Say how a rate was rounded, and what truncation would print where that differs."""
    cut = percent(numerator, denominator, cut=True)
    if cut == percent(numerator, denominator):
        return ROUNDING
    other = percent_words(cut)
    return Text(f"{ROUNDING.vi}; nếu cắt bỏ là {other.vi}", f"{ROUNDING.en}; truncated it would be {other.en}")


def percent_words(share: Decimal | None) -> Text:
    """Return "86,7%" for people who read Vietnamese, "86.7%" in English, a dash where there is no rate."""
    if share is None:
        return NO_RATE
    return Text(f"{share}%".replace(".", ","), f"{share}%")
