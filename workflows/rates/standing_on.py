"""A case as it stood on a day: which of its events count by then, and what they fold to.

Facts count from their own day (`occurred_on`): what happened after the as-of day is left out. Corrections, amendments
and voidings are no facts but better knowledge and count for every day. A fact whose day is honestly unknown counts
from the day it was recorded, or earlier where a later entry of the same case already counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from models.units import HANOI
from states.lifecycle import SAME, Lifecycle
from states.vocabulary import Act
from workflows.folding import CHANGES_NO_STATE, Effective, Standing, apply, find_row


def known_on(history: Sequence[Effective], cut: date | None) -> frozenset[int]:
    """Return the numbers of the events that count on the day `cut` (None: all of them)."""
    if cut is None:
        return frozenset(item.event["seq"] for item in history)
    kept: set[int] = set()
    later = False
    for item in reversed(history):
        row = item.event
        day = row["occurred_on"]
        if row["act"] != Act.MOVE.value:
            kept.add(row["seq"])
        elif (day <= cut) if day else (later or row["recorded_at"].astimezone(HANOI).date() <= cut):
            kept.add(row["seq"])
            later = later or not item.taken_back
    return frozenset(kept)


def folded(lifecycle: Lifecycle, history: Iterable[Effective]) -> Standing:
    """Fold events of which some may be missing: the state follows from the referrals that are known so far.

    The stored state of a referral's event was decided with all that was recorded before it; here only what had
    happened counts. Without gaps the result is the fold of the whole history.
    """
    standing = Standing()
    for item in history:
        row = item.event
        if item.taken_back or row["act"] in CHANGES_NO_STATE:
            continue
        key = row["referral_id"]
        if key is None:
            known = find_row(lifecycle, row["trigger"], row["from_state"], row["to_state"])
            state = standing.state if known is not None and known.target == SAME else row["to_state"]
        elif key in standing.referrals or row["trigger"] == "prepare":
            states = {k: r["state"] for k, r in standing.referrals.items()} | {key: row["referral_to"]}
            follows = lifecycle.follows
            state = follows.state(standing.state, list(states.values())) if follows else standing.state
        else:
            continue  # dated before the day on which it was sent: unknown to that day
        apply(lifecycle, standing, {**row, "to_state": str(state)}, item.payload)
    return standing
