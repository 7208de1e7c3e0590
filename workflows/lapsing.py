"""What becomes of a case's proposals when it moves: what is done now is taken, what is impossible now lapses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, update

from models.cases import Proposal
from models.columns import table_of
from models.units import WriteUnit
from states.facts import Actor
from states.vocabulary import Act, ProposalState
from workflows.access import Seen

_proposal = table_of(Proposal)
BY_MOVE = "move:"
"""How the cause of a proposal begins that a move made."""


def lapse(unit: WriteUnit, seen: Seen, *, state: str, events: Iterable[Mapping[str, Any]], actor: Actor) -> None:
    """Settle the open proposals of a case that `events` brought to `state`.

    What a ladder or a move proposed and somebody has now done, with or without looking at the proposal, is taken; the
    others lapse where the case can no longer take them. A proposal on a referral lapses with its clock.
    """
    if not seen.has_proposals:
        return
    here = and_(_proposal.c.case_id == seen.id, _proposal.c.state == ProposalState.OPEN.value)
    taken = {"state": ProposalState.TAKEN.value, "decided_by": actor.account, "decided_at": unit.now}
    for event in events:
        if event["act"] == Act.MOVE.value:
            mine = or_(_proposal.c.referral_id.is_(None), _proposal.c.referral_id == event["referral_id"])
            done = and_(_of_the_engine(), _proposal.c.trigger == event["trigger"])
            unit.run(update(_proposal).where(here, done, mine), taken)
    if state != seen.row["state"]:
        gone = and_(_proposal.c.referral_id.is_(None), _proposal.c.trigger.not_in(seen.lifecycle.offered(state)))
        unit.run(update(_proposal).where(here, gone), {"state": ProposalState.LAPSED.value})


def _of_the_engine() -> ColumnElement[bool]:
    """Return the condition that a ladder or a move proposed it: whoever does it has taken it."""
    return or_(_proposal.c.clock_id.is_not(None), _proposal.c.cause.startswith(BY_MOVE))
