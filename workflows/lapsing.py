"""Lets proposals lapse that a case can no longer take: part of the move that led it elsewhere."""

from __future__ import annotations

from sqlalchemy import and_, update

from models.cases import Proposal
from models.columns import table_of
from models.units import WriteUnit
from states.vocabulary import ProposalState
from workflows.access import Seen

_proposal = table_of(Proposal)


def lapse(unit: WriteUnit, seen: Seen, *, state: str) -> None:
    """Close the open proposals of a case whose trigger is not possible in `state`, where the case is now."""
    if not seen.has_proposals or state == seen.row["state"]:
        return
    no_longer = and_(
        _proposal.c.case_id == seen.id,
        _proposal.c.state == ProposalState.OPEN.value,
        _proposal.c.trigger.not_in(seen.lifecycle.offered(state)),
    )
    unit.run(update(_proposal).where(no_longer), {"state": ProposalState.LAPSED.value})
