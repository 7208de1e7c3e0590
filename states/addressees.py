"""What the referrals of a case say together. The tables of kinds whose cases are sent to agencies share it."""

from __future__ import annotations

from collections.abc import Sequence

from states.guards import ENDED_REFERRALS

_ANSWERED = ENDED_REFERRALS | {"answered", "accepted"}


def nobody_left(states: Sequence[str]) -> bool:
    """Tell whether no addressee has the case any more."""
    return all(state in ENDED_REFERRALS for state in states)


def all_answered(states: Sequence[str]) -> bool:
    """Tell whether every addressee that has the case has answered."""
    return all(state in _ANSWERED for state in states)


def some_waiting(states: Sequence[str]) -> bool:
    """Tell whether an addressee has not answered."""
    return not all_answered(states)
