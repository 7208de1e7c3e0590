"""Splits one petition that is several: the first part stays, each other part becomes a case, both texts are kept.

Everything happens in one transaction, the case that is split being locked: its `split`, which keeps the first part as
its text (the whole stays readable in its history), and the birth of each other part with the same round, session,
place, petitioner and day of receipt, so that no age begins anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import insert, select

from models.cases import CaseReader, Link
from models.columns import table_of
from models.history import Event
from models.units import Unit, WriteUnit
from states import machine
from states.entries import Splitting
from states.errors import BadInput, UnknownTrigger
from states.facts import Actor
from states.lifecycle import Transition
from states.text import Text
from states.vocabulary import Confidentiality, LinkKind, Named
from states.wording import problems_of
from workflows import access, ledger, locking, moving, registering
from workflows.access import Seen
from workflows.documents import Papers
from workflows.drafting import Draft, Step, standing_of
from workflows.naming import Names
from workflows.orders import Drafted, Moved, Order
from workflows.registering import Birth
from workflows.views import codes_of

_event, _link, _reader = table_of(Event), table_of(Link), table_of(CaseReader)
TRIGGER = "split"
FEWEST, MOST = 2, 30


@dataclass(frozen=True, slots=True)
class Split:
    """What a split did: the case that stays, and the cases that its other parts became, in order."""

    stays: Moved
    born: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class SplitOrder:
    """Into which parts a petition is split; the first one stays. `on` is the day on which it was decided."""

    parts: Sequence[str]
    actor: Actor
    on: date | None
    words: str | None = None
    expected: int | None = None


def split(unit: WriteUnit, *, code: str, order: SplitOrder) -> Split:
    """Split the petition `code`.

    Raises: NotFound, ChangedSinceOpened, Refused and UnknownTrigger (not a step of this case), BadInput (parts).
    """
    locking.lock(unit, [code])
    seen = access.case(unit, code=code, actor=order.actor)
    ledger.require_unchanged(unit, seen, order.expected)
    row = seen.lifecycle.row(TRIGGER)
    if row is None:
        raise UnknownTrigger(
            Text(f"«{seen.lifecycle.label.vi}» không tách được", f"A “{seen.lifecycle.label.en}” cannot be split"),
            trigger=TRIGGER,
        )
    first, *others = _parts(order.parts)
    _entry(row, first, [seen.row["code"]], order.words)
    whole = Order(TRIGGER, order.actor, order.on)
    facts = moving.facts_for(unit, seen, whole, row, entry=Splitting(text=first, parts=("-",)), names=Names())
    decision = machine.decide(seen.lifecycle, facts, TRIGGER, state=str(seen.row["state"]))
    born = _born(unit, seen, others, order.actor)
    entry = _entry(row, first, [moved.code for moved in born], order.words)
    draft = Draft(
        seen.lifecycle,
        seen.id,
        standing_of(seen.row, seen.detail, seen.referrals),
        unit.now,
        facts.hands,
        order.on,
    )
    state = decision.to_state
    draft.add(Step(TRIGGER, state, state, entry=entry, ids={"parts": tuple(moved.case_id for moved in born)}))
    stays = Moved(seen.id, seen.row["code"], draft.standing.seq, state, (draft.standing.seq,), decision.warnings)
    if not ledger.write(unit, seen, Drafted(draft, stays, Papers(), search=entry.text)):
        raise ledger.changed(unit, access.case(unit, code=code, actor=order.actor))
    _tie(unit, seen, born)
    return Split(stays, tuple(born))


def _parts(written: Sequence[str]) -> list[str]:
    parts = [part.strip() for part in written]
    if not FEWEST <= len(parts) <= MOST or not all(parts):
        raise BadInput(
            {
                "parts": Text(
                    f"«Các phần»: cần từ {FEWEST} đến {MOST} phần, phần nào cũng có nội dung; phần đầu giữ mã cũ",
                    f"“Parts”: {FEWEST} to {MOST} parts, none of them empty; the first one keeps the code",
                )
            }
        )
    return parts


def _entry(row: Transition, text: str, codes: Sequence[str], words: str | None) -> Splitting:
    try:
        return Splitting(text=text, parts=tuple(codes), words=words)
    except ValidationError as error:
        problems = problems_of(row.needs, error)
        raise BadInput({("parts" if name == "text" else name): said for name, said in problems.items()}) from error


def _born(unit: WriteUnit, seen: Seen, parts: Sequence[str], actor: Actor) -> list[Moved]:
    """Enter each part as a case of its own, born with all that the whole brought along."""
    payload = _brought_along(unit, seen, actor)
    birth = Birth(
        seen.row["kind"],
        {},
        seen.row["received_on"],
        confidentiality=Confidentiality(seen.row["confidentiality"]),
        of_person=seen.detail.get("petitioner_id"),
    )
    paper = unit.read(select(_event.c.document_id).where(_event.c.case_id == seen.id, _event.c.seq == 1)).scalar()
    prepared = [
        registering.prepare(
            unit, setting=seen.setting, birth=replace(birth, payload={**payload, "text": text}), actor=actor
        )
        for text in parts
    ]
    whole = [replace(item, papers=Papers(paper)) for item in prepared]
    return registering.write_all(unit, setting=seen.setting, prepared=whole)


def _brought_along(unit: Unit, seen: Seen, actor: Actor) -> dict[str, Any]:
    """Return what each part has in common with the whole, as it would be entered."""
    row, detail = seen.row, seen.detail

    def code(what: Named, key: UUID | None) -> str | None:
        return codes_of(unit, what, [key], actor=actor).get(key) if key else None

    found = {
        "nature": detail.get("nature"),
        "channel": detail.get("channel"),
        "field": row["field"],
        "locality": row["locality"],
        "level": row["level"],
        "round": code(Named.CASE, row["round_id"]),
        "round_kind": detail.get("round_kind"),
        "session": code(Named.SESSION, row["session_id"]),
        "agency_written": detail.get("agency_written"),
        "suggested": code(Named.AGENCY, detail.get("suggested_id")),
        "source": detail.get("source"),
        "times": detail.get("times_raised") or None,
    }
    return {name: value for name, value in found.items() if value is not None}


def _tie(unit: WriteUnit, seen: Seen, born: Sequence[Moved]) -> None:
    """Link the parts to the whole, and let the readers of a restricted one read them."""
    links = [
        {
            "case_id": moved.case_id,
            "kind": LinkKind.SPLIT_FROM.value,
            "other_id": seen.id,
            "event_seq": 1,
            "created_at": unit.now,
        }
        for moved in born
    ]
    unit.run(insert(_link), links)
    readers = set(unit.read(select(_reader.c.account_id).where(_reader.c.case_id == seen.id)).scalars())
    ids = [moved.case_id for moved in born]
    known = {(row.case_id, row.account_id) for row in unit.read(select(_reader).where(_reader.c.case_id.in_(ids)))}
    new = [(key, account) for key in ids for account in sorted(readers) if (key, account) not in known]
    if new:
        unit.run(insert(_reader), [{"case_id": key, "account_id": account} for key, account in new])
