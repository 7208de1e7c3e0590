"""The conditions of moves of a resolution that is followed."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from states.facts import Facts
from states.findings import Reads, guard
from states.text import Text
from states.vocabulary import AgencyKind

if TYPE_CHECKING:
    from states.carrying_out import CarryingOutPlan

_FOLLOWERS = frozenset({AgencyKind.COUNCIL_COMMITTEE, AgencyKind.DEPUTY_GROUP, AgencyKind.STANDING_BODY})


@guard(
    holds=Text("Nơi theo dõi là cơ quan của HĐND", "A body of the council follows it"),
    fails=Text("Nơi theo dõi không phải Ban, Tổ đại biểu hay Thường trực HĐND", "Who follows it is no council body"),
    mend=Text("Chọn một Ban của HĐND", "Choose a committee of the council"),
    reads=Reads.ENTRY,
)
def follower_is_of_the_council(facts: Facts) -> bool:
    """Following a resolution is supervision: only the council's own side does it."""
    return all(agency.kind in _FOLLOWERS for agency in facts.reference.agencies.values())


@guard(
    holds=Text("Nơi theo dõi không phải nơi thực hiện", "Who follows it does not carry it out"),
    fails=Text("Nơi theo dõi cũng là nơi thực hiện nghị quyết", "Who follows it is the body that carries it out"),
    mend=Text("Giao Ban khác theo dõi", "Let another committee follow it"),
    reads=Reads.ENTRY,
)
def follower_does_not_carry_it_out(facts: Facts) -> bool:
    """Nobody supervises itself."""
    return facts.case.charged not in facts.reference.agencies


@guard(
    holds=Text("Kế hoạch có thời hạn", "The plan has a time"),
    fails=Text("Kế hoạch chưa có thời hạn hoàn thành", "The plan says no time"),
    mend=Text("Hỏi lại cơ quan thực hiện rồi ghi kế hoạch lần nữa", "Ask the body and record the plan again"),
    reads=Reads.ENTRY,
)
def plan_has_time(facts: Facts) -> bool:
    """A warning: the plan is kept although it says no time."""
    return cast("CarryingOutPlan", facts.entry).says_when
