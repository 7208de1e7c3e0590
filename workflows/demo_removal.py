"""Takes the sample council away.

History is append-only for the sample as for any council: the database refuses to delete an event, and seals name its
cases. So nothing of the chain is deleted, and no trigger is lifted, not even for a moment. The council is marked
removed, which hides it, its cases, agencies, people, papers and sessions from everybody, operators too (`access`). What
is no part of history goes: search entries, proposals, tokens, kept answers, fingerprints of imported rows. Its accounts
are closed and their logins given free. `verify` stays clean. What stays in the file is invented and names nobody; the
code of the council stays taken, because its case codes live on in the history.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, func, select, update

from models.cases import Case, CaseReader, CaseSearch, Proposal, SourceRow
from models.columns import table_of
from models.councils import Account, Council, Person, Token
from models.history import Idempotency
from models.units import WriteUnit
from states.errors import NotFound, NotPermitted
from states.facts import Actor
from states.text import Text

_council, _case, _person, _account = (table_of(m) for m in (Council, Case, Person, Account))
_OF_CASES = tuple(table_of(m) for m in (CaseSearch, CaseReader, Proposal, SourceRow))
_OF_ACCOUNTS = tuple(table_of(m) for m in (Token, Idempotency))


@dataclass(frozen=True, slots=True)
class Removed:
    """What was taken away."""

    councils: tuple[str, ...]
    cases: int
    accounts: int


def remove(unit: WriteUnit, *, actor: Actor) -> Removed:
    """Take every sample council away, in one transaction.

    Raises: NotPermitted unless an operator asks, NotFound when there is no sample.
    """
    if not actor.operator:
        raise NotPermitted(
            Text("Chỉ người vận hành máy được gỡ hội đồng mẫu", "Only an operator may remove the sample")
        )
    samples = select(_council.c.id, _council.c.code).where(_council.c.sample, _council.c.removed_at.is_(None))
    found = unit.read(samples.order_by(_council.c.code)).all()
    if not found:
        raise NotFound(Text("Không có hội đồng mẫu để gỡ", "There is no sample council to remove"))
    councils = [row.id for row in found]
    unit.run(update(_council).where(_council.c.id.in_(councils)).values(removed_at=unit.now))
    cases = select(_case.c.id).where(_case.c.council_id.in_(councils))
    counted: int = unit.read(select(func.count()).select_from(cases.subquery())).scalar_one()
    for table in _OF_CASES:
        unit.run(delete(table).where(table.c.case_id.in_(cases)))
    return Removed(tuple(row.code for row in found), counted, _close_accounts(unit, councils))


def _close_accounts(unit: WriteUnit, councils: Sequence[UUID]) -> int:
    """Close the accounts of the sample's people and give their logins free."""
    people = select(_person.c.id).where(_person.c.council_id.in_(councils))
    accounts = list(unit.read(select(_account.c.id).where(_account.c.person_id.in_(people))).scalars())
    for table in _OF_ACCOUNTS:
        unit.run(delete(table).where(table.c.account_id.in_(accounts)))
    for account in accounts:
        closed = {"login": f"removed-{account.hex}", "disabled_at": unit.now}
        unit.run(update(_account).where(_account.c.id == account).values(**closed))
    return len(accounts)
