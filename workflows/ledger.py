"""Writes a drafted move: events, rows, texts and clocks of one case, all or nothing.

This is the only module that assigns a case's state. The expected sequence in the WHERE decides between two people who
move the same case at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from models.cases import Referral
from models.columns import table_of
from models.councils import Account, Person
from models.details import DETAILS
from models.history import Event
from models.searching import index_row
from models.units import Unit, WriteUnit
from models.writing import Change
from states.errors import ChangedSinceOpened
from states.guards import ENDED_REFERRALS
from states.lifecycle import Lifecycle
from states.reckoning import SupersedeReason
from states.text import Text
from states.vocabulary import Phase
from workflows import planning
from workflows.access import NAMED_ONLY, Seen
from workflows.folding import FOLDED, Standing
from workflows.measuring import MOVES
from workflows.regulations import Rules

if TYPE_CHECKING:
    from workflows.orders import Drafted

_event, _account, _person = (table_of(m) for m in (Event, Account, Person))
_referral = table_of(Referral)
_REFERRAL_VALUES = tuple(c.name for c in _referral.columns)
_ANSWERED = frozenset({"answered", "accepted"})


def write(unit: WriteUnit, seen: Seen, drafted: Drafted) -> bool:
    """Write `drafted`; False, with nothing written, when somebody moved the case since it was read."""
    change = change_of(unit, seen, drafted)
    if not unit.write(change):
        return False
    count(unit, seen, drafted)
    return True


def count(unit: WriteUnit, seen: Seen, drafted: Drafted) -> None:
    """Count the moves of `drafted` once they are committed."""
    for event in drafted.draft.events:
        if event["part_of_seq"] is None:
            unit.after(MOVES.labels(seen.row["kind"], event["trigger"]).inc)


def change_of(
    unit: Unit,
    seen: Seen,
    drafted: Drafted,
    *,
    rules: Rules | None = None,
    because: SupersedeReason | None = None,
) -> Change:
    """Return every row that `drafted` writes; `rules` and `because` as `planning.clocks` takes them."""
    work = drafted.draft
    change = Change(expected=seen.row["seq"])
    change.insert("event", *work.events)
    if work.texts:
        change.insert("text_version", *work.texts)
    for paper in {p.id: p for p in (*drafted.others, drafted.document) if p.id}.values():
        if paper.row:
            change.insert("document", paper.row)
        change.insert("case_document", {"case_id": seen.id, "document_id": paper.id})
    if drafted.links:
        change.insert("link", *drafted.links)
    if drafted.search is not None:
        change.update("case_search", index_row(seen.id, drafted.search))
    _referrals(change, seen, drafted)
    _detail(change, seen, drafted)
    _readers(change, seen, drafted)
    due = planning.clocks(unit, seen, drafted, change, rules=rules, because=because)
    change.case = case_row(seen, drafted, due)
    return change


def case_row(seen: Seen, drafted: Drafted, next_due_on: Any) -> dict[str, Any]:
    """Return the case's own row as the draft leaves it."""
    standing = drafted.draft.standing
    values = {name: standing.case.get(name) for name in FOLDED}
    return {
        "id": seen.id,
        "state": standing.state,
        "seq": standing.seq,
        "head_hash": standing.head_hash,
        "holder_id": in_hand(seen.lifecycle, standing, seen.setting.office),
        "next_due_on": next_due_on,
        "changed_at": drafted.draft.now,
        **values,
    }


def in_hand(lifecycle: Lifecycle, standing: Standing, office: UUID) -> UUID:
    """Return who has the case in hand: whom it charges, else who has not answered, else the office.

    What is still being taken in, or has ended, is nobody's but the office's: a slip is not yet with whom it asks.
    """
    state = lifecycle.states[standing.state]
    charged = standing.detail.get(lifecycle.charges) if lifecycle.charges else None
    if charged is not None and not state.final and state.phase is not Phase.INTAKE:
        return UUID(str(charged))
    waiting = [r for r in standing.referrals.values() if r["state"] not in ENDED_REFERRALS | _ANSWERED | {"prepared"}]
    found: UUID = waiting[0]["agency_id"] if waiting else office
    return found


def _referrals(change: Change, seen: Seen, drafted: Drafted) -> None:
    before = {r["id"]: r for r in seen.referrals}
    for key, referral in drafted.draft.standing.referrals.items():
        row = {name: referral.get(name) for name in _REFERRAL_VALUES} | {"case_id": seen.id}
        if key not in before:
            change.insert("referral", row)
        elif any(before[key][name] != row[name] for name in _REFERRAL_VALUES):
            change.update("referral", row)


def _detail(change: Change, seen: Seen, drafted: Drafted) -> None:
    kind = seen.row["kind"]
    if kind not in DETAILS:
        return
    table = table_of(DETAILS[kind])
    after = drafted.draft.standing.detail
    if after != seen.detail:
        change.update(table.name, {c.name: after.get(c.name) for c in table.columns})


def _readers(change: Change, seen: Seen, drafted: Drafted) -> None:
    """Name the readers of a case that only they may see: who made it so, and the officer to whom it is entrusted."""
    before, after = seen.row, drafted.draft.standing.case
    if after["confidentiality"] not in NAMED_ONLY:
        return
    named = set() if before["confidentiality"] in NAMED_ONLY else {drafted.draft.hands.recorded_by.account}
    if after.get("assignee_id") is not None and (named or after["assignee_id"] != before["assignee_id"]):
        named.add(after["assignee_id"])
    change.insert("case_reader", *({"case_id": seen.id, "account_id": account} for account in sorted(named)))


def require_unchanged(unit: Unit, seen: Seen, expected: int | None) -> None:
    """Raise ChangedSinceOpened when the case is no longer at `expected`."""
    if expected is not None and seen.row["seq"] != expected:
        raise changed(unit, seen)


def changed(unit: Unit, seen: Seen) -> ChangedSinceOpened:
    """Say by whom, when and to what the case was moved."""
    last = unit.read(
        select(_event.c.recorded_at, _event.c.trigger, _account.c.login, _person.c.full_name)
        .join(_account, _account.c.id == _event.c.recorded_by)
        .outerjoin(_person, _person.c.id == _account.c.person_id)
        .where(_event.c.case_id == seen.id, _event.c.seq == seen.row["seq"])
    ).one()
    who = last.full_name or last.login
    state = seen.lifecycle.states[seen.row["state"]].label
    when = last.recorded_at
    tables = (seen.lifecycle, seen.lifecycle.referral)
    row = next((found for table in tables if table and (found := table.row(last.trigger))), None)
    done = row.label if row else Text(last.trigger, last.trigger)
    return ChangedSinceOpened(
        Text(
            f"{who} đã ghi «{done.vi}» vào hồ sơ {seen.row['code']}; nay là «{state.vi}»",
            f"{who} recorded “{done.en}” on {seen.row['code']}; it is now “{state.en}”",
        ),
        who=who,
        when=when.isoformat(),
        state=seen.row["state"],
        seq=seen.row["seq"],
        trigger=last.trigger,
    )
