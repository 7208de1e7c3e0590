"""Personal tokens: shown once, kept as SHA-256, expiring, revocable. Rights are read anew at every request."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from models.columns import table_of
from models.councils import Account, Token
from models.units import Unit, WriteUnit
from states.errors import BadInput, DomainError, NotFound
from states.facts import Actor
from states.text import Text
from workflows import accounts
from workflows.drafting import new_id

_token, _account = table_of(Token), table_of(Account)
PREFIX = "dondoc_"
LONGEST_DAYS = 366
_LONGEST_NAME = 100


class NotSignedIn(DomainError):
    """No token, or one that is unknown, expired, revoked or of a closed account: all look alike."""

    code = "not_signed_in"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Chưa đăng nhập: gửi mã truy cập còn hiệu lực trong «Authorization: Bearer …»",
                "Not signed in: send a valid token in “Authorization: Bearer …”",
            )
        )


@dataclass(frozen=True, slots=True)
class Issued:
    """A new token. `secret` is shown now and never again."""

    id: UUID
    secret: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class TokenView:
    """A token as it is listed, without its secret; `live` tells whether it still opens the door."""

    id: UUID
    login: str
    name: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    live: bool


def issue(unit: WriteUnit, *, account: UUID, name: str, days: int) -> Issued:
    """Make a token for `account` that lives `days` days.

    Raises: BadInput naming the field, NotFound when there is no such open account.
    """
    problems: dict[str, Text] = {}
    if not 1 <= len(name.strip()) <= _LONGEST_NAME:
        problems["name"] = Text("«Tên» dài từ 1 đến 100 ký tự", "“name” has 1 to 100 characters")
    if not 1 <= days <= LONGEST_DAYS:
        problems["days"] = Text(f"«Số ngày» từ 1 đến {LONGEST_DAYS}", f"“days” is 1 to {LONGEST_DAYS}")
    if problems:
        raise BadInput(problems)
    accounts.account_by_id(unit, account_id=account)
    secret, key, expires_at = PREFIX + secrets.token_urlsafe(32), new_id(), unit.now + timedelta(days=days)
    unit.run(
        insert(_token).values(
            id=key,
            account_id=account,
            digest=_digest(secret),
            name=name.strip(),
            created_at=unit.now,
            expires_at=expires_at,
        )
    )
    return Issued(key, secret, expires_at)


def revoke(unit: WriteUnit, *, token: UUID, account: UUID | None = None) -> None:
    """Close a token now; with `account` only one of that account. Closing it twice is fine.

    Raises: NotFound.
    """
    known = select(_token.c.id).where(_token.c.id == token)
    known = known if account is None else known.where(_token.c.account_id == account)
    if unit.read(known).first() is None:
        raise NotFound(Text("Không có mã truy cập này", "There is no such token"))
    unit.run(update(_token).where(_token.c.id == token, _token.c.revoked_at.is_(None)).values(revoked_at=unit.now))


def listed(unit: Unit, *, account: UUID | None = None) -> tuple[TokenView, ...]:
    """Return the tokens, oldest first; with `account` only those of that account."""
    wanted = select(_token, _account.c.login).join(_account, _account.c.id == _token.c.account_id)
    if account is not None:
        wanted = wanted.where(_token.c.account_id == account)
    return tuple(_view(row, unit.now) for row in unit.read(wanted.order_by(_token.c.id)))


def authenticate(unit: Unit, *, secret: str) -> Actor:
    """Return who holds `secret`, with the roles of today.

    Raises: NotSignedIn.
    """
    wanted = select(_token.c.account_id, _token.c.expires_at, _token.c.revoked_at)
    row = unit.read(wanted.where(_token.c.digest == _digest(secret))).first()
    if row is None or row.revoked_at is not None or row.expires_at <= unit.now:
        raise NotSignedIn
    try:
        return accounts.account_by_id(unit, account_id=row.account_id)
    except NotFound as error:
        raise NotSignedIn from error


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()


def _view(row: Any, now: datetime) -> TokenView:
    live = row.revoked_at is None and row.expires_at > now
    return TokenView(row.id, row.login, row.name, row.created_at, row.expires_at, row.revoked_at, live)
