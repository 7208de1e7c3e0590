"""The one door for every state change, by person, API, command line, timer or flow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from models.units import Unit, WriteUnit
from states import machine
from states.answers import missing_parts
from states.corrections import Amendment, Correction, Undoing
from states.entries import AnswerRow, DocumentSlip, Entry, TransferSlip
from states.errors import NotFound, UnknownTrigger
from states.facts import Actor, Facts, Hands, Reference, Signed
from states.kinds import KINDS
from states.lifecycle import Lifecycle, Transition
from states.machine import Decision, Offer
from states.text import Text
from states.vocabulary import Decider, LinkKind, Named
from workflows import access, cautioning, correcting, documents, lapsing, ledger, locking, merging, naming, proposing
from workflows.access import Seen
from workflows.documents import Papers
from workflows.drafting import Draft, Step, new_id, standing_of
from workflows.orders import Drafted, Moved, Order

_TRIES = 4


def move(unit: WriteUnit, *, code: str, order: Order) -> Moved:
    """Fire a trigger on the case `code`, or refuse with every reason, in the unit's transaction.

    Raises: NotFound (absent or hidden), ChangedSinceOpened, Refused, BadInput.
    """
    tied = _tied(order)
    if tied:
        locking.lock(unit, [code, *tied])
    for attempt in range(_TRIES):
        seen = access.case(unit, code=code, actor=order.actor)
        ledger.require_unchanged(unit, seen, order.expected)
        drafted = draft(unit, seen, order)
        if ledger.write(unit, seen, drafted):
            for link in drafted.links:
                if link["kind"] == LinkKind.MERGED_INTO.value:
                    merging.take_in(unit, merged=seen, stays=link["other_id"], order=order)
            lapsing.lapse(unit, seen, state=drafted.moved.state, events=drafted.draft.events, actor=order.actor)
            proposing.propose(unit, seen, drafted)
            return drafted.moved
        if order.expected is not None or attempt == _TRIES - 1:
            break
    raise ledger.changed(unit, access.case(unit, code=code, actor=order.actor))


def _tied(order: Order) -> list[str]:
    """Return the codes of cases that the order ties to its own: nobody may end them meanwhile."""
    rows = [lifecycle.row(order.trigger) for lifecycle in KINDS.values()]
    linking = [row.names or {} for row in rows if row is not None and row.links]
    fields = {name for names in linking for name, what in names.items() if what is Named.CASE}
    return [str(order.payload[name]) for name in sorted(fields) if order.payload.get(name)]


@dataclass(slots=True)
class Known:
    """What orders of one council by one actor have looked up already: codes, and papers by their slip."""

    names: naming.Memo = field(default_factory=dict)
    papers: dict[DocumentSlip, Papers] = field(default_factory=dict)

    def paper(self, unit: Unit, order: Order, council: UUID) -> Papers:
        """Return the paper of `order`, looked up once; a paper without a number is one paper for all of them."""
        if order.document is None:
            return Papers()
        if order.document not in self.papers:
            self.papers[order.document] = documents.paper(unit, order.document, council=council, actor=order.actor)
        return self.papers[order.document]


def draft(unit: Unit, seen: Seen, order: Order, *, known: Known | None = None) -> Drafted:
    """Decide `order` on `seen` and build its events; nothing is written. Orders of one list may share what is `known`.

    Raises: Refused, BadInput.
    """
    known, council = known or Known(), seen.setting.council
    row, lifecycle, state = _row(seen, order)
    entry = machine.read_entry(row, order.payload)
    names = naming.resolve(unit, row=row, entry=entry, council=council, actor=order.actor, memo=known.names)
    facts = facts_for(unit, seen, order, row, entry=entry, names=names)
    marked: dict[str, Any] = {"old_register": True} if order.old_register else {}
    if isinstance(entry, Correction | Undoing):
        papers = known.paper(unit, order, council)
        return correcting.draft(unit, seen, facts=facts, row=row, entry=entry, papers=papers, extra=marked)
    decision = machine.decide(lifecycle, facts, row.trigger, state=state)
    papers = known.paper(unit, order, council)
    work = Draft(
        seen.lifecycle,
        seen.id,
        standing_of(seen.row, seen.detail, seen.referrals),
        unit.now,
        facts.hands,
        order.on,
        papers.id,
    )
    extra = dict(marked)
    missing = missing_parts(entry, facts.case.nature) if isinstance(entry, AnswerRow) else entry.lacking()
    if missing or isinstance(entry, AnswerRow):
        extra["missing"] = list(missing)
    _add_main(work, seen, order, decision, {"entry": entry, "ids": names.ids, "extra": extra})
    opened = _add_referrals(work, facts, entry, names, marked) if decision.row.opens else ()
    if decision.row.each_referral:
        _add_to_each(work, facts, decision.row.each_referral, marked)
    cautions = cautioning.at_move(
        unit, seen, row, entry=entry, on=order.on, named=names.agencies.values(), referral=order.referral
    )
    moved = Moved(
        seen.id,
        seen.row["code"],
        work.standing.seq,
        work.standing.state,
        tuple(e["seq"] for e in work.events),
        (*decision.warnings, *cautions),
        missing,
        opened,
    )
    search = entry.text if isinstance(entry, Amendment) else None
    return Drafted(work, moved, papers, links_of(work, decision.row, names), search)


def facts_for(
    unit: Unit, seen: Seen, order: Order, row: Transition | None, *, entry: Entry | None, names: naming.Names
) -> Facts:
    """Assemble what guards may look at."""
    case, referrals = seen.facts(), seen.referral_facts()
    referral = next((r for r in referrals if r.id == order.referral), None)
    signed = order.decided_by or Signed()
    if signed.agency is None:
        signed = replace(signed, agency=_default_decider(seen, row, referral.agency if referral else case.charged))
    return Facts(
        case=case,
        hands=Hands(order.actor, signed),
        on=order.on,
        today=unit.today,
        referrals=referrals,
        referral=referral,
        reference=Reference(seen.setting.standing_body, seen.setting.office, names.agencies, names.cases),
        entry=entry,
        has_document=order.document is not None and order.document.is_numbered,
    )


def _default_decider(seen: Seen, row: Transition | None, addressee: UUID | None) -> UUID | None:
    if row is None:
        return None
    if row.decider is Decider.STANDING_BODY:
        return seen.setting.standing_body
    return addressee if row.decider is Decider.ADDRESSEE else seen.setting.office


def _row(seen: Seen, order: Order) -> tuple[Transition, Lifecycle, str]:
    """Return the row that the order means, its lifecycle and the state it leaves from."""
    if order.referral is None:
        lifecycle, state = seen.lifecycle, str(seen.row["state"])
    else:
        found = next((r for r in seen.referrals if r["id"] == order.referral), None)
        if found is None or seen.lifecycle.referral is None:
            raise NotFound(Text("Hồ sơ không có lần chuyển này", "The case has no such referral"))
        lifecycle, state = seen.lifecycle.referral, str(found["state"])
    edges = lifecycle.edges_from.get((state, order.trigger))
    row = edges[0].row if edges else lifecycle.row(order.trigger)
    if row is None or row.carried:
        raise _foreign(seen, order)
    return row, lifecycle, state


def _foreign(seen: Seen, order: Order) -> UnknownTrigger:
    table = seen.lifecycle.referral
    if order.referral is None and table is not None and table.row(order.trigger) is not None:
        text = Text(
            f"«{order.trigger}» là việc của một lần chuyển; nêu rõ lần chuyển nào (referral)",
            f"“{order.trigger}” belongs to a referral; name which one (referral)",
        )
    else:
        known = ", ".join(seen.lifecycle.triggers)
        text = Text(
            f"Không có việc «{order.trigger}»; các việc có: {known}", f"No trigger “{order.trigger}”; known: {known}"
        )
    return UnknownTrigger(text, trigger=order.trigger)


def _add_main(work: Draft, seen: Seen, order: Order, decision: Decision, said: Mapping[str, Any]) -> None:
    """Add the event of the trigger itself; `said` is its entry, the identifiers it names and what was derived."""
    row, case_state = decision.row, work.standing.state
    common: dict[str, Any] = {"act": row.act, "marks": row.marks, **said}
    if order.referral is None:
        work.add(Step(row.trigger, case_state, decision.to_state, **common))
        return
    states = [decision.to_state if r["id"] == order.referral else r["state"] for r in work.standing.referrals.values()]
    follows = seen.lifecycle.follows
    rule = follows.rule(case_state, states) if follows else None
    to_state = case_state if rule is None else str(rule.target)
    if rule is not None and to_state != case_state:
        common["marks"] = (*row.marks, *rule.marks)
    work.add(
        Step(
            row.trigger,
            case_state,
            to_state,
            referral=order.referral,
            referral_from=decision.from_state,
            referral_to=decision.to_state,
            **common,
        )
    )


def _add_referrals(
    work: Draft, facts: Facts, entry: Entry, names: naming.Names, marked: Mapping[str, Any]
) -> tuple[UUID, ...]:
    """Open one referral per addressee; with a numbered letter each is sent at once.

    What an old register tells was sent, although its letter may no longer be known.
    """
    table = work.lifecycle.referral
    birth = table.row("prepare") if table else None
    send = table.row("send") if table else None
    if table is None or birth is None or send is None:
        return ()
    opened = []
    for agency in names.ids["addressees"]:
        key, state = new_id(), work.standing.state
        work.add(
            Step(
                birth.trigger,
                state,
                state,
                referral=key,
                referral_to=table.start,
                extra={**marked, "agency": str(agency)},
            )
        )
        if facts.has_document or marked:
            asked = entry.asked_by if isinstance(entry, TransferSlip) else None
            slip = send.needs.model_validate({"asked_by": asked})
            work.add(
                Step(
                    send.trigger,
                    state,
                    state,
                    referral=key,
                    referral_from=table.start,
                    referral_to=str(send.target),
                    marks=send.marks,
                    entry=slip,
                    extra=marked,
                )
            )
        opened.append(key)
    return tuple(opened)


def _add_to_each(work: Draft, facts: Facts, trigger: str, marked: Mapping[str, Any]) -> None:
    """Fire `trigger` on every referral that is in a state to take it, guarded like any other move."""
    table = work.lifecycle.referral
    if table is None:
        return
    for referral in facts.referrals:
        if (referral.state, trigger) not in table.edges_from:
            continue
        decision = machine.decide(table, replace(facts, referral=referral), trigger, state=referral.state)
        state = work.standing.state
        work.add(
            Step(
                trigger,
                state,
                state,
                referral=referral.id,
                referral_from=referral.state,
                referral_to=decision.to_state,
                marks=decision.row.marks,
                extra=marked,
            )
        )


def links_of(work: Draft, row: Transition, names: naming.Names) -> list[dict[str, Any]]:
    """Return a link to every case that the entry names, of the kind that the row says."""
    if row.links is None:
        return []
    others = [other for name, ids in names.ids.items() if (row.names or {})[name] is Named.CASE for other in ids]
    return [
        {
            "case_id": work.case_id,
            "kind": row.links.value,
            "other_id": o,
            "event_seq": work.first_seq,
            "created_at": work.now,
        }
        for o in others
    ]


@dataclass(frozen=True, slots=True)
class OfferOn:
    """An offer and the referral it belongs to (None: the case itself)."""

    offer: Offer
    referral: UUID | None


def offers(unit: Unit, seen: Seen, *, actor: Actor) -> tuple[OfferOn, ...]:
    """Say what may be done with the case and each of its referrals, by the same guards as doing it."""
    order = Order("", actor, unit.today)
    own = facts_for(unit, seen, order, None, entry=None, names=naming.Names())
    found = [
        OfferOn(correcting.at_offer(unit, seen, _cautioned(unit, seen, seen.lifecycle, o, None)), None)
        for o in machine.offers(seen.lifecycle, own, state=seen.row["state"])
    ]
    if seen.lifecycle.referral is not None and not own.case.final:
        for referral in own.referrals:
            facts = replace(own, referral=referral)
            table = seen.lifecycle.referral
            found += [
                OfferOn(_cautioned(unit, seen, table, o, referral.id), referral.id)
                for o in machine.offers(table, facts, state=referral.state)
            ]
    return tuple(found)


def _cautioned(unit: Unit, seen: Seen, table: Lifecycle, offer: Offer, referral: UUID | None) -> Offer:
    row = table.row(offer.trigger)
    return offer if row is None else cautioning.at_offer(unit, seen, offer, row, referral)
