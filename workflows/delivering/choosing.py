"""How an account wants to be told: when in the morning, to which address, in which language, or through whom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from models.alerting import NoticeChoice
from models.columns import table_of
from models.councils import Account
from models.units import Unit, WriteUnit
from states.errors import BadInput
from states.facts import Actor
from states.text import Language, Text
from workflows import accounts
from workflows.delivering.mailing import require_address
from workflows.delivering.moments import EARLIEST, LATEST, USUAL

_choice, _account = table_of(NoticeChoice), table_of(Account)


@dataclass(frozen=True, slots=True)
class Wishes:
    """How an account is told. With `mail` off only what a law or a regulation demands is still written.

    `redirect_to` is the login of whoever gets its letters instead, where that person may see the case.
    """

    email: str | None = None
    digest_at: time = USUAL
    mail: bool = True
    language: Language = "vi"
    redirect_to: str | None = None


def wishes_of(unit: Unit, *, actor: Actor) -> Wishes:
    """Return what an account chose, or what holds until it does."""
    wanted = select(_choice, _account.c.login).outerjoin(_account, _account.c.id == _choice.c.redirect_to)
    row = unit.read(wanted.where(_choice.c.account_id == actor.account)).mappings().first()
    if row is None:
        return Wishes()
    language: Language = "en" if row["language"] == "en" else "vi"
    return Wishes(row["email"], row["digest_at"], row["mail"], language, row["login"])


def choose(unit: WriteUnit, *, actor: Actor, wishes: Wishes) -> Wishes:
    """Keep how `actor` wants to be told.

    Raises: BadInput for an address that is none, an hour at night, or somebody to redirect to who is not of a council
    of the actor's.
    """
    kept = replace(wishes, email=require_address(wishes.email, field="email") if wishes.email else None)
    _require_hour(kept.digest_at)
    other = _other(unit, actor, kept.redirect_to) if kept.redirect_to else None
    values: dict[str, Any] = {
        "email": kept.email,
        "digest_at": kept.digest_at,
        "mail": kept.mail,
        "language": kept.language,
        "redirect_to": other,
    }
    unit.take_turns(f"choose.{actor.account}")
    known = update(_choice).where(_choice.c.account_id == actor.account).values(**values).returning(_choice.c.mail)
    if unit.run(known).first() is None:
        unit.run(insert(_choice).values(account_id=actor.account, **values))
    return wishes_of(unit, actor=actor)


def _require_hour(clock: time) -> None:
    if not EARLIEST <= clock <= LATEST:
        told = Text(
            f"«Giờ nhận» phải từ {EARLIEST:%H:%M} đến {LATEST:%H:%M}",
            f"The digest comes between {EARLIEST:%H:%M} and {LATEST:%H:%M}",
        )
        raise BadInput({"digest_at": told})


def _other(unit: Unit, actor: Actor, login: str) -> UUID:
    """Return the open account of a council of the actor's with this login; whether it is elsewhere is not told."""
    unknown = Text(f"Không chuyển được sang «{login}»", f"Letters cannot be redirected to “{login}”")
    found = unit.read(
        select(_account.c.id, _account.c.person_id).where(_account.c.login == login, _account.c.disabled_at.is_(None))
    ).first()
    if found is None or found.id == actor.account:
        raise BadInput({"redirect_to": unknown})
    held = accounts.grants_of(unit, found.person_id, unit.today) if found.person_id is not None else ()
    if not actor.operator and not {grant.council for grant in held} & actor.councils():
        raise BadInput({"redirect_to": unknown})
    key: UUID = found.id
    return key
