"""Asks the permissions alone: may this account still record such an entry? A replayed answer is checked by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from models.units import Unit
from states.errors import NotFound, NotPermitted
from states.facts import Actor, CaseFacts, Facts, Hands, Reference, ReferralFacts
from states.findings import Finding
from states.kinds import KINDS, lifecycle_of
from states.lifecycle import ABSENT
from states.paper_acts import PaperAct, Way, ways_of
from workflows import access, moving, naming
from workflows.access import Seen, Setting
from workflows.enacting import doing
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


def require_enactor(
    unit: Unit, *, setting: Setting, act: PaperAct | None, moves: Mapping[str, str | None], actor: Actor
) -> None:
    """Let pass who sees these cases and may record what such a paper does to them; without any, who is at the desk.

    `moves` are the codes of the cases, each with the move that the paper says itself. Raises: NotFound, NotPermitted.
    """
    found = access.cases(unit, codes=moves, actor=actor)
    if any(code.strip().upper() not in found for code in moves):
        raise NotFound
    if act is None or not found:
        doing.require_registrar(setting, actor)
        return
    for code, trigger in moves.items():
        looks = list(_looks(unit, found[code.strip().upper()], ways_of(act, trigger), actor))
        if looks and not any(look.holds for look in looks):  # none: its kind knows no such act, nothing was done to it
            _let_pass(looks[0])


def require_hand(*, setting: Setting, act: PaperAct, actor: Actor) -> None:
    """Let pass who may record what such a paper does to some case of the council; which ones, each case says itself.

    Raises: NotPermitted.
    """
    nobody = UUID(int=0)
    facts = Facts(
        case=CaseFacts(nobody, "", "", setting.council, ABSENT, 0),
        hands=Hands(actor),
        on=None,
        today=date.min,
        reference=Reference(setting.standing_body, setting.office),
    )
    sendings = [ReferralFacts(nobody, agency, ABSENT) for agency in {nobody, *(g.agency for g in actor.grants)}]
    rows = [way.table(lifecycle).row(way.trigger) for lifecycle in KINDS.values() for way in ways_of(act)]
    looks = [row.who.look(replace(facts, referral=sending)) for row in rows if row is not None for sending in sendings]
    if not any(look.holds for look in looks):
        _let_pass(looks[0])


def _looks(unit: Unit, seen: Seen, ways: Iterable[Way], actor: Actor) -> Iterator[Finding]:
    """Say of each way, and each referral it may move, whether the actor may record it."""
    order = Order("", actor, unit.today)
    own = moving.facts_for(unit, seen, order, None, entry=None, names=naming.Names())
    for way in ways:
        row = way.table(seen.lifecycle).row(way.trigger)
        if row is None:
            continue
        for referral in own.referrals if way.moves_referral(seen.lifecycle) else (None,):
            yield row.who.look(replace(own, referral=referral))


def _let_pass(finding: Finding) -> None:
    if not finding.holds:
        raise NotPermitted(finding.text)
