"""Who may see which rows: conditions for queries, in one place.

Visible is what is my council's, what was sent to my agency, and what charges it; restricted cases only to the persons
named. What belongs to a removed sample council is seen by nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, or_, select

from models.cases import Case, CaseReader, Referral
from models.columns import table_of
from models.councils import Council
from models.databases import SQLITE
from models.history import CaseDocument, Document
from models.jobs import Job
from models.units import Unit
from states.facts import Actor
from states.kinds import KINDS
from states.vocabulary import Confidentiality, Role

_case, _referral, _council, _reader, _job = (table_of(m) for m in (Case, Referral, Council, CaseReader, Job))
_paper, _joined = table_of(Document), table_of(CaseDocument)
_OPEN_LEVELS = (Confidentiality.PUBLIC.value, Confidentiality.INTERNAL.value)
_ADDRESSEE_KINDS = (Role.OFFICER, Role.HEAD, Role.CLERK)
_FEW = 1_000


def visible(actor: Actor) -> ColumnElement[bool]:
    """Return the condition under which `actor` may see a row of `case`."""
    return or_(false(), *_ways(actor, is_sent))


def ways_to_see(unit: Unit, actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """Return the ways in which `actor` may come to see a row of `case`: any of them is enough, none means nothing.

    A list asks each way by itself: one may go by the index of the councils, the other by the referrals.
    """
    return _ways(actor, partial(having_referral, unit))


def having_referral(unit: Unit, such: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that a case has a referral `such` as is said.

    PostgreSQL weighs whether to begin with the referrals or with the cases in their order. SQLite does not: where the
    referrals are few, it is told their cases, else it would look through all cases for them.
    """
    if unit.dialect == SQLITE:
        few = list(unit.read(select(_referral.c.case_id).where(such).limit(_FEW + 1)).scalars())
        if len(few) <= _FEW:
            return _case.c.id.in_(few)
    return is_sent(such)


def is_sent(such: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that a case has a referral `such` as is said."""
    return exists().where(_referral.c.case_id == _case.c.id, such)


def _ways(actor: Actor, sent: Callable[[ColumnElement[bool]], ColumnElement[bool]]) -> tuple[ColumnElement[bool], ...]:
    if actor.operator:
        return (_case.c.council_id.not_in(select(_council.c.id).where(_council.c.removed_at.is_not(None))),)
    councils, agencies = reach(actor)
    ways: list[ColumnElement[bool]] = [_case.c.council_id.in_(councils)] if councils else []
    if agencies:
        here = _case.c.council_id.in_(sorted(actor.councils()))  # by which the index of holders begins
        ways += [sent(sent_to(agencies)), and_(here, charges(agencies))]
    return tuple(and_(way, legible_to(actor.account)) for way in ways)


def charges(agencies: Any) -> ColumnElement[bool]:
    """Return the condition that a case charges one of `agencies`, as a promise does, and is in its hands."""
    charging = sorted(kind for kind, lifecycle in KINDS.items() if lifecycle.charges is not None)
    return and_(_case.c.kind.in_(charging), _case.c.holder_id.in_(agencies))


def reach(actor: Actor) -> tuple[list[UUID], list[UUID]]:
    """Return the councils whose own side the actor belongs to, and the agencies for which it answers."""
    councils = {g.council for g in actor.grants if g.council_side}
    return sorted(councils), sorted({g.agency for g in actor.grants if g.role in _ADDRESSEE_KINDS})


def sent_to(agencies: Any) -> ColumnElement[bool]:
    """Return the condition that a referral went to one of `agencies`, as addressee or lead unit."""
    theirs = or_(_referral.c.agency_id.in_(agencies), _referral.c.lead_id.in_(agencies))
    return and_(theirs, ~_referral.c.state.in_(("prepared", "recalled")))


def legible_to(account: Any) -> ColumnElement[bool]:
    """Return the condition that a case is not restricted, or names `account` as a reader."""
    named = exists().where(_reader.c.case_id == _case.c.id, _reader.c.account_id == account)
    return or_(_case.c.confidentiality.in_(_OPEN_LEVELS), named)


def legible(actor: Actor) -> ColumnElement[bool]:
    """Return the condition under which `actor` may see a row of `document`.

    A paper is seen with any of its cases; one that has none, by the council's own side and by who entered it, while
    working for its council. One that belongs to hidden cases only is seen by nobody else.
    """
    living = _paper.c.council_id.not_in(select(_council.c.id).where(_council.c.removed_at.is_not(None)))
    if actor.operator:
        return living
    of_this = _joined.c.document_id == _paper.c.id
    cases = select(_joined.c.case_id).join(_case, _case.c.id == _joined.c.case_id).where(of_this)
    seen = cases.where(visible(actor)).correlate(_paper).exists()
    entered = and_(_paper.c.created_by == actor.account, _paper.c.council_id.in_(sorted(actor.councils())))
    alone = ~exists().where(of_this)
    return and_(living, or_(seen, and_(alone, or_(entered, _paper.c.council_id.in_(reach(actor)[0])))))


def jobs_seen(actor: Actor) -> ColumnElement[bool]:
    """Return the condition under which `actor` may see a row of `job`.

    A job of a council is seen by the council's own side, one of no council by operators and by who asked for it.
    """
    removed = select(_council.c.id).where(_council.c.removed_at.is_not(None))
    living = or_(_job.c.council_id.is_(None), _job.c.council_id.not_in(removed))
    if actor.operator:
        return living
    own = and_(_job.c.council_id.is_(None), _job.c.requested_by == actor.account)
    return and_(living, or_(own, _job.c.council_id.in_(reach(actor)[0])))
