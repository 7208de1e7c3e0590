"""Asks the permissions alone: may this account still record such an entry? A replayed answer is checked by it."""

from __future__ import annotations

from uuid import UUID

from models.units import Unit
from states.errors import NotFound, NotPermitted
from states.facts import Actor, CaseFacts, Facts, Hands, Reference
from states.findings import Finding
from states.kinds import lifecycle_of
from states.lifecycle import ABSENT
from workflows import access, moving, naming
from workflows.access import Setting
from workflows.orders import Order


def require_mover(unit: Unit, *, code: str, order: Order) -> None:
    """Let pass who sees the case `code` and may record `order.trigger` on it, whatever state it is in now.

    Raises: NotFound, NotPermitted.
    """
    seen = access.case(unit, code=code, actor=order.actor)
    table = seen.lifecycle if order.referral is None else seen.lifecycle.referral
    row = table.row(order.trigger) if table is not None else None
    if row is None:
        raise NotFound
    _let_pass(row.who.look(moving.facts_for(unit, seen, order, row, entry=None, names=naming.Names())))


def require_registrar(unit: Unit, *, setting: Setting, kind: str, actor: Actor) -> None:
    """Let pass who may enter a case of `kind` in the register of the council.

    Raises: NotFound, NotPermitted.
    """
    row = next(r for r in lifecycle_of(kind).transitions if not r.source)
    facts = Facts(
        case=CaseFacts(UUID(int=0), "", kind, setting.council, ABSENT, 0),
        hands=Hands(actor),
        on=None,
        today=unit.today,
        reference=Reference(setting.standing_body, setting.office),
    )
    _let_pass(row.who.look(facts))


def _let_pass(finding: Finding) -> None:
    if not finding.holds:
        raise NotPermitted(finding.text)
