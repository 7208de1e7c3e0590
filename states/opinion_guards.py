"""Conditions of a deputy group's opinion."""

from __future__ import annotations

from typing import cast

from states.facts import Facts
from states.findings import Reads, guard
from states.opining import GroupOpinion
from states.text import Text
from states.vocabulary import AgencyKind


@guard(
    holds=Text("Do Tổ đại biểu nêu", "Raised by a deputy group"),
    fails=Text("Nơi nêu không phải Tổ đại biểu", "What raised it is no deputy group"),
    mend=Text("Ý kiến của cử tri thì ghi là kiến nghị", "What voters say is entered as a petition"),
    reads=Reads.ENTRY,
)
def raised_by_a_deputy_group(facts: Facts) -> bool:
    """A warning: a council may keep no list of its groups."""
    return any(agency.kind is AgencyKind.DEPUTY_GROUP for agency in facts.reference.agencies.values())


@guard(
    holds=Text("Đã ghi kỳ họp", "The session is known"),
    fails=Text("Chưa ghi kỳ họp: chưa có hạn giải trình", "No session: no explanation is due yet"),
    mend=Text("Ghi kỳ họp khi đã có lịch", "Set the session once it is known"),
    reads=Reads.ENTRY,
)
def opinion_has_session(facts: Facts) -> bool:
    """A warning: the session may not be called yet."""
    return cast("GroupOpinion", facts.entry).session is not None
