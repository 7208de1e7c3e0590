"""Who may record what: the whole policy on one screen.

A permission says who may *record* a move. Who *decided* it is another matter and is checked by guards: one clerk may
record for every body, and no body confirms its own result.
"""

from __future__ import annotations

from states.facts import Facts
from states.findings import Guard, guard
from states.text import Text
from states.vocabulary import Role

_DESK = (Role.CLERK, Role.OFFICER, Role.COUNCIL_OFFICE, Role.STANDING_BODY)
_ASKS_OFFICE = Text("Nhờ Văn phòng HĐND nhập", "Ask the council office to enter it")


def _at_desk(facts: Facts, *roles: Role) -> bool:
    actor = facts.hands.recorded_by
    if actor.operator:
        return True
    desks = {facts.reference.council_office, facts.reference.standing_body}
    return any(g.role in roles and g.agency in desks and g.council == facts.case.council for g in actor.grants)


@guard(
    holds=Text("Tài khoản thuộc Văn phòng HĐND", "The account belongs to the council office"),
    fails=Text("Chỉ Văn phòng HĐND được ghi việc này", "Only the council office may record this"),
    mend=_ASKS_OFFICE,
)
def council_desk(facts: Facts) -> bool:
    """Allow the people of the council office and of the standing body."""
    return _at_desk(facts, *_DESK)


@guard(
    holds=Text("Tài khoản phụ trách của Văn phòng HĐND", "The account may correct the register"),
    fails=Text(
        "Chỉ phụ trách Văn phòng HĐND được ghi việc này", "Only those in charge of the council office may do this"
    ),
    mend=_ASKS_OFFICE,
)
def council_desk_in_charge(facts: Facts) -> bool:
    """Allow those in charge of the register."""
    return _at_desk(facts, Role.COUNCIL_OFFICE, Role.STANDING_BODY)


@guard(
    holds=Text("Tài khoản được ghi hồ sơ", "The account may enter cases"),
    fails=Text(
        "Chỉ Văn phòng HĐND, Mặt trận và đại biểu được ghi việc này",
        "Only the council office, the Front and deputies may record this",
    ),
    mend=_ASKS_OFFICE,
)
def council_side(facts: Facts) -> bool:
    """Allow the council office, the Front and deputies of this council."""
    return _at_desk(facts, *_DESK) or facts.hands.recorded_by.has(facts.case.council, Role.FRONT, Role.DEPUTY)


@guard(
    holds=Text(
        "Tài khoản thuộc cơ quan được chuyển hoặc Văn phòng HĐND", "The account belongs to the addressee or the office"
    ),
    fails=Text(
        "Chỉ cơ quan được chuyển hoặc Văn phòng HĐND được ghi việc này",
        "Only the addressee or the council office may record this",
    ),
    mend=_ASKS_OFFICE,
)
def addressee_or_desk(facts: Facts) -> bool:
    """Allow the addressee of the referral, its lead unit, and the council office."""
    if _at_desk(facts, *_DESK):
        return True
    if facts.referral is None:
        return False
    theirs = {facts.referral.agency, facts.referral.lead}
    return any(
        g.agency in theirs and g.role in (Role.CLERK, Role.OFFICER, Role.HEAD) for g in facts.hands.recorded_by.grants
    )


PERMISSIONS: tuple[Guard, ...] = (council_desk, council_desk_in_charge, council_side, addressee_or_desk)
