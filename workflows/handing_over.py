"""Handover: one act moves all open work of a person to another; an account with open work stays open.

Drafts and reminders will follow the case's officer; what is handed over is every open case the person follows.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import func, select, update

from models.cases import Case
from models.columns import table_of
from models.councils import Account, Person, Token
from models.units import Unit, WriteUnit
from states.entries import DocumentSlip
from states.errors import AlreadyExists, BadInput, NotFound
from states.facts import Actor
from states.paper_acts import PaperAct
from states.paper_words import DocumentType
from states.text import Text
from workflows import councils, gathering
from workflows.access import Setting
from workflows.enacting.orders import PaperOrder, PaperRow
from workflows.gathering import Gathering, still_open

_case, _account, _person, _token = (table_of(m) for m in (Case, Account, Person, Token))


class OpenWork(AlreadyExists):
    """The person still follows open cases: they are handed over first."""

    code = "open_work"


def order_of(
    unit: Unit,
    *,
    setting: Setting,
    actor: Actor,
    giver: str,
    receiver: str,
    on: date | None,
    slip: DocumentSlip | None = None,
) -> PaperOrder:
    """Return the handover of all open work of `giver` to `receiver` (logins), with its minutes as the paper.

    Raises: NotPermitted, NotFound for a login that the council does not have, BadInput when there is nothing to hand
    over or both are the same.
    """
    councils.require_in_charge(actor, setting.council)
    names = {login: name_of(unit, setting, login) for login in (giver, receiver)}
    if giver == receiver:
        raise BadInput({"to": Text("Người giao và người nhận là một", "Giver and receiver are the same")})
    codes = gathering.codes(
        unit, setting=setting, actor=actor, wanted=Gathering(assignee=giver, kind=None, unended=True)
    )
    if not codes:
        raise BadInput({"from": Text(f"{names[giver]} không còn việc đang mở", f"{names[giver]} has no open work")})
    said = f"Bàn giao hồ sơ đang giải quyết từ {names[giver]} sang {names[receiver]}"
    minutes = slip or DocumentSlip()
    if minutes.subject is None:
        minutes = minutes.model_copy(update={"subject": said[:500]})
    minutes = minutes.model_copy(update={"type": DocumentType.MINUTES, "issued_on": minutes.issued_on or on})
    order = PaperOrder(PaperAct.HANDOVER, minutes, tuple(map(PaperRow, codes)), actor, on)
    return replace(order, values={"officer": receiver})


def name_of(unit: Unit, setting: Setting, login: str) -> str:
    """Return the full name behind a login of the council.

    Raises: NotFound.
    """
    wanted = (
        select(_person.c.full_name)
        .join(_account, _account.c.person_id == _person.c.id)
        .where(_account.c.login == login, _person.c.council_id == setting.council)
    )
    found: str | None = unit.read(wanted).scalar()
    if found is None:
        raise NotFound(Text(f"Hội đồng không có tài khoản {login}", f"The council has no account {login}"))
    return found


def open_work(unit: Unit, login: str) -> int:
    """Return how many open cases an account follows, whoever may see them."""
    wanted = select(func.count()).select_from(_case).join(_account, _account.c.id == _case.c.assignee_id)
    return int(unit.read(wanted.where(_account.c.login == login, still_open())).scalar_one())


def require_no_open_work(unit: Unit, login: str) -> None:
    """Let pass an account that follows no open case.

    Raises: OpenWork.
    """
    count = open_work(unit, login)
    if count:
        raise OpenWork(
            Text(
                f"{login} còn theo dõi {count} hồ sơ đang mở; bàn giao trước: dondoc handover {login} NGƯỜI_NHẬN",
                f"{login} still follows {count} open cases; hand them over: dondoc handover {login} RECEIVER",
            ),
            count=count,
        )


def close_account(unit: WriteUnit, *, setting: Setting, login: str, actor: Actor) -> None:
    """Close an account for good: its tokens end with it; what it recorded keeps its name.

    Raises: NotPermitted, NotFound, OpenWork.
    """
    councils.require_in_charge(actor, setting.council)
    name_of(unit, setting, login)
    unit.take_lock()
    # A case that is being entrusted to the account holds its row: it is counted once that is done.
    key = unit.read(select(_account.c.id).where(_account.c.login == login).with_for_update()).scalar_one()
    require_no_open_work(unit, login)
    now = unit.now
    unit.run(update(_account).where(_account.c.id == key, _account.c.disabled_at.is_(None)).values(disabled_at=now))
    unit.run(update(_token).where(_token.c.account_id == key, _token.c.revoked_at.is_(None)).values(revoked_at=now))
    councils.touch(unit, setting.council)
